"""A story that has been read: its text, what is known about it, and the questions one can ask."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec import UNSET, UnsetType

from fabula.errors import NotInStory, NotRead
from fabula.story.questions import Branch, By, Moment, facts_meant, moment_of, nearest, rests_on, would_fall
from fabula.story.records import (
    Chapter,
    Character,
    Death,
    Entity,
    Event,
    Fact,
    Finding,
    Knowledge,
    Mention,
    Object,
    Order,
    Paragraph,
    Plan,
    Possession,
    Quote,
    Reason,
    Relation,
    Scene,
    Secret,
)
from fabula.story.text import Span, Text

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    from fabula.notebook import Plots, Tables

__all__ = ["Layers", "Story"]

T = TypeVar("T")

_LISTED = 12
"""So many things are named where none is called what was asked for."""
_CLOSE = 75
"""Of a hundred: a thing's name so like what was asked for may be meant."""


class Layers(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a reading found, layer by layer. A layer that was not read is UNSET, which is not the same as empty."""

    chapters: tuple[Chapter, ...] | UnsetType = UNSET
    paragraphs: tuple[Paragraph, ...] | UnsetType = UNSET
    scenes: tuple[Scene, ...] | UnsetType = UNSET
    orders: tuple[Order, ...] | UnsetType = UNSET
    characters: tuple[Character, ...] | UnsetType = UNSET
    entities: tuple[Entity, ...] | UnsetType = UNSET
    mentions: tuple[Mention, ...] | UnsetType = UNSET
    quotes: tuple[Quote, ...] | UnsetType = UNSET
    events: tuple[Event, ...] | UnsetType = UNSET
    objects: tuple[Object, ...] | UnsetType = UNSET
    facts: tuple[Fact, ...] | UnsetType = UNSET
    possessions: tuple[Possession, ...] | UnsetType = UNSET
    knowledge: tuple[Knowledge, ...] | UnsetType = UNSET
    secrets: tuple[Secret, ...] | UnsetType = UNSET
    deaths: tuple[Death, ...] | UnsetType = UNSET
    relations: tuple[Relation, ...] | UnsetType = UNSET
    plans: tuple[Plan, ...] | UnsetType = UNSET
    reasons: tuple[Reason, ...] | UnsetType = UNSET
    findings: tuple[Finding, ...] | UnsetType = UNSET


class Story(msgspec.Struct, frozen=True):
    """A text and what is known about it. Equal by content; nothing in it changes.

    Asking for a layer that was not read raises `NotRead`.
    """

    text: Text
    layers: Layers = Layers()

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        return self._read("chapters", self.layers.chapters)

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        return self._read("paragraphs", self.layers.paragraphs)

    @property
    def scenes(self) -> tuple[Scene, ...]:
        return self._read("scenes", self.layers.scenes)

    @property
    def orders(self) -> tuple[Order, ...]:
        return self._read("orders", self.layers.orders)

    @property
    def characters(self) -> tuple[Character, ...]:
        return self._read("characters", self.layers.characters)

    @property
    def entities(self) -> tuple[Entity, ...]:
        return self._read("entities", self.layers.entities)

    @property
    def mentions(self) -> tuple[Mention, ...]:
        return self._read("mentions", self.layers.mentions)

    @property
    def quotes(self) -> tuple[Quote, ...]:
        return self._read("quotes", self.layers.quotes)

    @property
    def events(self) -> tuple[Event, ...]:
        return self._read("events", self.layers.events)

    @property
    def objects(self) -> tuple[Object, ...]:
        return self._read("objects", self.layers.objects)

    @property
    def facts(self) -> tuple[Fact, ...]:
        return self._read("facts", self.layers.facts)

    @property
    def possessions(self) -> tuple[Possession, ...]:
        return self._read("possessions", self.layers.possessions)

    @property
    def knowledge(self) -> tuple[Knowledge, ...]:
        return self._read("knowledge", self.layers.knowledge)

    @property
    def secrets(self) -> tuple[Secret, ...]:
        return self._read("secrets", self.layers.secrets)

    @property
    def deaths(self) -> tuple[Death, ...]:
        return self._read("deaths", self.layers.deaths)

    @property
    def relations(self) -> tuple[Relation, ...]:
        return self._read("relations", self.layers.relations)

    @property
    def plans(self) -> tuple[Plan, ...]:
        return self._read("plans", self.layers.plans)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return self._read("reasons", self.layers.reasons)

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self._read("findings", self.layers.findings)

    def words(self, span: Span) -> str:
        """The words of the text at a place: `story.words(quote)`."""
        return self.text[span]

    def character(self, name: str) -> Character:
        """The character with this id or, however it is capitalised, this name or alias.

        Raises:
            NotInStory: if nobody goes by that name, or several do; the message names the nearest.
        """
        wanted = name.casefold().strip()
        for character in self.characters:
            if character.id == wanted or character.name.casefold() == wanted:
                return character
        found = [c for c in self.characters if wanted in {alias.casefold() for alias in c.aliases}]
        if len(found) == 1:
            return found[0]
        if found:
            raise NotInStory(
                f"{name!r} may be {' or '.join(c.name for c in found)}", hint="Ask again with the full name or the id."
            )
        raise NotInStory(f"nobody in this story is called {name!r}", hint=self._nearest(name))

    def quotes_by(self, name: str) -> tuple[Quote, ...]:
        """What this character says, in order of telling."""
        speaker = self.character(name).id
        return tuple(quote for quote in self.quotes if quote.speaker == speaker)

    def object(self, name: str) -> Object:
        """The thing with this id or, with or without an article, this name or alias; of several the most spoken of.

        Raises:
            NotInStory: if nothing goes by that name; the message names the nearest.
        """
        return self.objects_called(name)[0]

    def objects_called(self, name: str) -> tuple[Object, ...]:
        """Every thing that goes by a name, the one most spoken of first: two keys may both be "the key".

        Raises:
            NotInStory: if nothing goes by that name; the message names the nearest.
        """
        wanted = _bare(name)
        known = self.objects
        found = [one for one in known if one.id == wanted or wanted in (_bare(one.name), *map(_bare, one.aliases))]
        if found:
            return tuple(sorted(found, key=lambda one: (one.id != wanted, -len(one.evidence))))
        near = nearest(name, (n for one in known for n in (one.name, *one.aliases)), least=_CLOSE)
        meant = f"Did you mean {' or '.join(near)}? " if near else ""
        hint = meant + _listed(known) if known else "Nothing changes hands in this story."
        raise NotInStory(f"nothing that somebody has in this story is called {name!r}", hint=hint)

    def holds(self, name: str) -> tuple[Possession, ...]:
        """Who has a thing, one after another in story order.

        Raises:
            NotInStory: if there is no such thing.
        """
        wanted = self.object(name).id
        return tuple(held for held in self.possessions if held.object == wanted)

    def facts_about(self, words: str) -> tuple[Fact, ...]:
        """The facts that a few words mean, the nearest first: a fact's id, words of it, or else words that show it.

        Raises:
            NotInStory: if no fact has as much as half of these words, or they name what is not in the story; the
                message names the nearest.
        """
        return facts_meant(self, words)

    def who_knows(self, words: str) -> tuple[Knowledge, ...]:
        """Who knows what these words mean, since when and how; in the order of the facts, then of learning.

        Raises:
            NotInStory: if no fact is like it.
        """
        wanted = {fact.id for fact in self.facts_about(words)}
        return tuple(known for known in self.knowledge if known.fact in wanted)

    def knows(self, name: str, *, at: str | None = None) -> tuple[Knowledge, ...]:
        """What somebody knows: by the end of the story or, in story order, by the end of a scene (its id).

        Raises:
            NotInStory: if nobody goes by that name, or there is no such scene.
        """
        who = self.character(name).id
        ranks = self._ranks()
        if at is not None and at not in ranks:
            raise NotInStory(f"there is no scene {at!r}", hint="`fabula scenes` lists them.")
        last = max(ranks.values(), default=(0, 0)) if at is None else ranks[at]
        return tuple(known for known in self.knowledge if known.who == who and ranks[known.since_scene] <= last)

    def why(self, words: str) -> tuple[Branch, ...]:
        """What something in the story rests on, as the text records it: a plan, a deed, who has a thing, who knows
        what, a death, a relation, the place of a scene in story order; a record's id, or a few words that mean it.

        Raises:
            NotInStory: if nothing recorded is like these words; the message names the nearest.
        """
        return rests_on(self, words)

    def without(self, words: str) -> tuple[Branch, ...]:
        """What would fall if something in the story were not so: everything that is recorded to rest on it, and on
        that in turn. A branch without branches: nothing recorded rests on it.

        Raises:
            NotInStory: if nothing recorded is like these words; the message names the nearest.
        """
        return would_fall(self, words)

    def _ranks(self) -> dict[str, tuple[int, int]]:
        """Each scene's place in story order; where that cannot be told, as told."""
        told = enumerate(self.scenes, 1)
        return {scene.id: (scene.order if scene.order is not None else number, number) for number, scene in told}

    def scene_at(self, place: int) -> Scene:
        """The scene told at a place in the text.

        Raises:
            NotInStory: if the story has no scenes.
        """
        if not self.scenes:
            raise NotInStory("there is no scene in this story", hint="There is nothing in it to happen anywhere.")
        return self.scenes[max(0, bisect_right(self.scenes, place, key=lambda scene: scene.start) - 1)]

    def at(self, moment: int | str, *, by: By = "told") -> Moment:
        """How things stand at a place in the text, or in the scene with this id: who is there, who lives, where
        everybody was seen last.

        Args:
            moment: a place (characters of the text), or a scene's id.
            by: "told": as far as the story is told there, so that nothing is given away; "story": as far as it has
                happened then, however it is told.

        Raises:
            NotInStory: if there is no such scene.
        """
        return moment_of(self, moment, by=by)

    def mentions_of(self, character: Character) -> tuple[Mention, ...]:
        """Every place where the text means this character."""
        return tuple(mention for mention in self.mentions if mention.character == character.id)

    @property
    def tables(self) -> Tables:
        """The story as tables of pandas or Polars: `story.tables.people()`."""
        from fabula.notebook import Tables

        return Tables(self)

    @property
    def plots(self) -> Plots:
        """The story as plots of Altair: `story.plots.orders()`."""
        from fabula.notebook import Plots

        return Plots(self)

    def to_spacy(self, *, vocab: Vocab | None = None) -> Doc:
        """The story as spaCy's `Doc`; see `fabula.exports.spacy_doc.to_spacy`."""
        from fabula.exports.spacy_doc import to_spacy

        return to_spacy(self, vocab=vocab)

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from fabula.notebook import to_html

        return to_html(self)

    def _nearest(self, name: str) -> str:
        from rapidfuzz import fuzz, process

        names = [c.name for c in self.characters]
        near = [n for n, _, _ in process.extract(name, names, scorer=fuzz.WRatio, limit=3, score_cutoff=60)]
        return f"Did you mean {' or '.join(near)}?" if near else "`fabula cast` lists who is there."

    def _read(self, name: str, layer: T | UnsetType) -> T:
        if isinstance(layer, UnsetType):
            raise NotRead(
                f"the {name} of this story were not read", where=self.text.source.name, hint="Read the source again."
            )
        return layer


def _listed(things: Sequence[Object]) -> str:
    """The things of a story by name, those most spoken of where there are many."""
    spoken_of = sorted(things, key=lambda one: -len(one.evidence))
    names = list(dict.fromkeys(one.name for one in spoken_of))
    return f"The things are: {', '.join(names[:_LISTED])}{', …' if len(names) > _LISTED else ''}."


def _bare(name: str) -> str:
    """A thing's name in lower case, without an article."""
    words = name.casefold().split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in ("the", "a", "an") else words)
