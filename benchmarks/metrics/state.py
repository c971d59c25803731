"""M10: who is there, who dies, who has what, and who knows what, since when."""

from __future__ import annotations

import msgspec

from benchmarks.corpora.gold import GoldStory, as_novel
from benchmarks.metrics.hits import Hits
from benchmarks.metrics.knowledge import KnowledgeResult, measure_knowledge
from benchmarks.metrics.mapping import CastMap, map_cast
from benchmarks.metrics.order import stand_for
from benchmarks.metrics.possessions import PossessionResult, measure_possessions
from benchmarks.metrics.relations import RelationResult, measure_relations
from benchmarks.metrics.shares import Share
from fabula.story import Death, Story

__all__ = ["DeathResult", "StateResult", "measure_deaths", "measure_presence", "measure_state"]


class DeathResult(msgspec.Struct, frozen=True):
    """Who dies, whenever that is.

    Attributes:
        dead: the people; one that dies twice is one.
        placed: of those rightly said to die, those of whom it is told in the right scene.
        shown: of those, those of whom it is rightly said whether it is shown or only reported.
    """

    dead: Hits
    placed: Share
    shown: Share


class StateResult(msgspec.Struct, frozen=True, omit_defaults=True):
    """M10, part by part. None: nothing is known of that in this story, or that layer was not read."""

    deaths: DeathResult | None = None
    presence: Hits | None = None
    possessions: PossessionResult | None = None
    knowledge: KnowledgeResult | None = None
    relations: RelationResult | None = None


def measure_state(predicted: Story, gold: GoldStory) -> StateResult:
    """M10, over the layers that were read and the tables that were written down."""
    cast, read, tables = map_cast(predicted, as_novel(gold, lines=()).story), predicted.layers, gold.tables
    scened = read.scenes is not msgspec.UNSET
    whole = scened and read.possessions is not msgspec.UNSET
    known = scened and read.knowledge is not msgspec.UNSET and read.facts is not msgspec.UNSET
    present = any(scene.present for scene in gold.scenes)
    dying = scened and read.deaths is not msgspec.UNSET
    related = read.relations is not msgspec.UNSET and "relations" in tables
    return StateResult(
        deaths=measure_deaths(predicted, gold, cast) if dying and "deaths" in tables else None,
        presence=measure_presence(predicted, gold, cast) if scened and present else None,
        possessions=measure_possessions(predicted, gold, cast) if whole and "custody" in tables else None,
        knowledge=measure_knowledge(predicted, gold, cast) if known and "knowledge" in tables else None,
        relations=measure_relations(predicted, gold, cast) if related else None,
    )


def measure_deaths(predicted: Story, gold: GoldStory, cast: CastMap) -> DeathResult:
    """Deaths by who dies. A predicted one who is nobody on the list counts as wrong."""
    said: dict[str, Death] = {}
    for death in predicted.deaths:
        said.setdefault(cast.find(death.who) or f"?{death.who}", death)
    known = dict.fromkeys(death.who for death in gold.deaths)
    places = {who: {predicted.scene_at(d.at.start).id for d in gold.deaths if d.who == who} for who in known}
    shown = {who: any(d.shown for d in gold.deaths if d.who == who) for who in known}
    right = {who: said[who] for who in known if who in said}
    return DeathResult(
        dead=Hits.of(said, known),
        placed=Share.of((death.told_in or death.scene) in places[who] for who, death in right.items()),
        shown=Share.of((death.scene is not None) == shown[who] for who, death in right.items()),
    )


def measure_presence(predicted: Story, gold: GoldStory, cast: CastMap) -> Hits:
    """Who is there, scene by scene, by the predicted scene that covers most of the known one. One who is nobody on the
    list, and one who is only heard from afar, counts as wrong."""
    said, known = set(), set()
    for number, (scene, guess) in enumerate(zip(gold.scenes, stand_for(gold.scenes, predicted), strict=True)):
        known |= {(number, who) for who in scene.present}
        said |= {(number, cast.find(who) or f"?{who}") for who in guess.present}
    return Hits.of(said, known)
