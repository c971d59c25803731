"""The part of M10 that asks who has what, from when until when."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeAlias

import msgspec

from benchmarks.corpora.gold import GoldStory
from benchmarks.metrics.hits import Hits
from benchmarks.metrics.mapping import CastMap, normalised
from fabula.story import Span, Story

__all__ = ["PossessionResult", "measure_possessions"]

_DETERMINER = re.compile(r"^(?:the|an?|this|that|his|her|its|my|your|our|their)\s+", re.IGNORECASE)


_Interval: TypeAlias = tuple[str, str | None, str, str | None]


class PossessionResult(msgspec.Struct, frozen=True):
    """Possessions of the objects that matter.

    Attributes:
        whole: object, holder, and the scenes in which it begins and ends.
        begun: object, holder, and the scene in which it begins.
        by_scene: object and holder, scene by scene in story order, in whatever scenes somebody (or nobody) has it.
    """

    whole: Hits
    begun: Hits
    by_scene: Hits


def measure_possessions(predicted: Story, gold: GoldStory, cast: CastMap) -> PossessionResult:
    """Possession intervals. Predicted ones of objects that are not listed are left out: the list holds what matters,
    not everything that somebody has. A holder who is nobody on the list counts as wrong."""
    things = _things(predicted, gold)
    said = [
        (things[held.object], _holder(held.holder, cast), held.from_scene, held.until_scene)
        for held in predicted.possessions
        if held.object in things
    ]
    known = [
        (held.object, held.holder, _scene(predicted, held.start), _scene(predicted, held.until) if held.until else None)
        for held in gold.custody
    ]
    return PossessionResult(
        whole=Hits.of(said, known),
        begun=Hits.of([row[:-1] for row in said], [row[:-1] for row in known]),
        by_scene=Hits.of(_by_scene(predicted, said), _by_scene(predicted, known)),
    )


def _by_scene(story: Story, rows: Iterable[_Interval]) -> set[tuple[str, str | None, str]]:
    """Each interval scene by scene in story order, the first and the last with it."""
    told = list(enumerate(story.scenes))
    told.sort(key=lambda row: (row[1].order if row[1].order is not None else row[0] + 1, row[0]))
    order = [scene.id for _, scene in told]
    return {
        (object_, holder, scene)
        for object_, holder, since, until in rows
        for scene in order[order.index(since) : order.index(until) + 1 if until is not None else None]
    }


def _holder(holder: str | None, cast: CastMap) -> str | None:
    return None if holder is None else cast.find(holder) or f"?{holder}"


def _scene(predicted: Story, place: Span) -> str:
    return predicted.scene_at(place.start).id


def _things(predicted: Story, gold: GoldStory) -> dict[str, str]:
    """From what a predicted possession calls its object to the known object, by any name they share.

    A possession names an object or an entity by its id, or else the object by its words.
    """
    layers = predicted.layers
    listed = [row for layer in (layers.entities, layers.objects) if layer is not msgspec.UNSET for row in layer]
    names = {one.id: (one.name, *one.aliases) for one in listed}
    owners = {_bare(name): thing.id for thing in gold.objects for name in thing.names}
    found = {}
    for object_ in dict.fromkeys(held.object for held in predicted.possessions):
        known = [owners[_bare(name)] for name in names.get(object_, (object_,)) if _bare(name) in owners]
        found.update({object_: known[0]} if known else {})
    return found


def _bare(name: str) -> str:
    return normalised(_DETERMINER.sub("", name.strip()))
