"""What every part of the page's form needs at hand: places as browsers count them, and a number for everybody."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec import UNSET

from fabula.exports.page.places import Places
from fabula.story import Character, Fact, Mention, Quote, Scene, Span, Story

__all__ = ["LETTERS", "MOST_FACTS", "NOBODY", "Index", "index", "sure", "surest"]

NOBODY = -1
"""Stands for somebody who is not known; -2 is the first named place, -3 the second, and so on."""

_KINDS = {"prose": "p", "heading": "h", "break": "b", "verse": "v", "letter": "l", "apart": "a", "blank": "_"}
_FORMS = {"name": "n", "nominal": "d", "pronoun": "p"}
_MODES = {"spoken": "s", "thought": "t", "written": "w", "remembered": "r", "imagined": "i", "term": "x"}
_TYPES = {"PER": "P", "ORG": "O", "GPE": "G", "LOC": "L", "FAC": "F", "VEH": "V"}

MOST_FACTS = 400
"""Facts on a page: more than anybody reads in a table, few enough that a long novel's page stays small."""

LETTERS = _KINDS | _FORMS | _MODES | _TYPES
"""One letter for each kind, so that a column of kinds is a string."""


class Index(msgspec.Struct, frozen=True):
    """A story with its records in order of place, and numbers from 0 in the place of ids."""

    story: Story
    at: Places
    characters: tuple[Character, ...]
    mentions: tuple[Mention, ...]
    quotes: tuple[Quote, ...]
    scenes: tuple[Scene, ...]
    people: dict[str, int]
    entities: dict[str, int]
    told: dict[str, int]
    facts: dict[str, int]

    def who(self, id_: str | None) -> int:
        """The number of a person, or that of nobody."""
        return NOBODY if id_ is None else self.people.get(id_, NOBODY)

    def scene(self, id_: str | None) -> int | None:
        """The number of a scene in order of telling."""
        return None if id_ is None else self.told.get(id_)

    def since(self, why: Sequence[Span], scene: str | None = None) -> int:
        """Behind which place of the text one knows of something: its first evidence, not before its scene begins."""
        number = self.scene(scene)
        begins = 0 if number is None else self.scenes[number].start
        return self.at(max(begins, min((span.end for span in why), default=0)))


def index(story: Story) -> Index:
    """Number what the story has; a layer that was not read has nothing to number."""
    layers = story.layers
    characters = _everybody(story)
    scenes = () if layers.scenes is UNSET else tuple(sorted(layers.scenes))
    return Index(
        story=story,
        at=Places(story.text.content),
        characters=characters,
        mentions=() if layers.mentions is UNSET else tuple(sorted(layers.mentions)),
        quotes=() if layers.quotes is UNSET else tuple(sorted(layers.quotes)),
        scenes=scenes,
        people={character.id: number for number, character in enumerate(characters)},
        entities={} if layers.entities is UNSET else {e.id: number for number, e in enumerate(layers.entities)},
        told={scene.id: number for number, scene in enumerate(scenes)},
        facts={fact.id: number for number, fact in enumerate(surest(story))},
    )


def sure(confidence: float) -> int:
    """A confidence as a whole number of a hundred."""
    return round(100 * min(1.0, max(0.0, confidence)))


def surest(story: Story) -> tuple[Fact, ...]:
    """The facts that a page has room for: those that somebody is known to know first, the surest first, as told."""
    if story.layers.facts is UNSET:
        return ()
    facts = story.layers.facts
    known = set() if story.layers.knowledge is UNSET else {row.fact for row in story.layers.knowledge}
    best = sorted(range(len(facts)), key=lambda i: (facts[i].id not in known, -facts[i].confidence, i))
    return tuple(facts[i] for i in sorted(best[:MOST_FACTS]))


def _everybody(story: Story) -> tuple[Character, ...]:
    """The characters or, where they were not read, those whom mentions, quotes and scenes tell of, by their ids."""
    layers = story.layers
    if layers.characters is not UNSET:
        return layers.characters
    ids = dict.fromkeys(
        who
        for who in (
            *(() if layers.mentions is UNSET else (m.character for m in layers.mentions)),
            *(() if layers.quotes is UNSET else (who for q in layers.quotes for who in (q.speaker, *q.addressees))),
            *(() if layers.scenes is UNSET else (who for scene in layers.scenes for who in scene.present)),
        )
        if who is not None
    )
    return tuple(Character(id=id_, name=id_) for id_ in ids)
