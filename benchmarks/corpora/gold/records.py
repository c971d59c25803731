"""What is known about a gold story, one small plain record for each kind of thing."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from benchmarks.corpora.gold.form import How, LineType, SceneStart
from benchmarks.corpora.pdnc import Category
from fabula.story import CharacterKind, Frame, Mode, Span, Text

__all__ = [
    "GoldCustody",
    "GoldDeath",
    "GoldError",
    "GoldFact",
    "GoldKnowledge",
    "GoldLine",
    "GoldObject",
    "GoldPerson",
    "GoldRelation",
    "GoldScene",
    "GoldStory",
]


class GoldError(Exception):
    """A gold file is wrong. `problems` are lines, each with file, key and what; `str(error)` is all of them."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))

    def __reduce__(self) -> tuple[type[GoldError], tuple[tuple[str, ...]]]:
        """So that it comes whole out of another process."""
        return GoldError, (self.problems,)


class GoldPerson(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody of the story under every name the text has for them, the fullest first. `pronouns` is "" for none."""

    id: str
    names: tuple[str, ...]
    kind: CharacterKind
    pronouns: str
    role: Category
    narrator: bool


class GoldLine(Span, frozen=True, kw_only=True):
    """An unbroken stretch of speech, thought, writing, its marks included. `by` is None where nobody can know."""

    by: str | None
    to: tuple[str, ...]
    mode: Mode
    type: LineType


class GoldScene(Span, frozen=True, kw_only=True):
    """A scene. Scenes tile the text: the first begins at 0, each ends where the next begins.

    Attributes:
        starts: what shows that it begins; the first has "text".
        order: rank in story time, 1 for what happened first.
        heard: those who are heard from afar and not there.
        teller: who remembers, dreams or tells it; None where nobody does.
    """

    starts: SceneStart
    order: int
    thread: int
    frame: Frame
    place: str
    time: str
    present: tuple[str, ...]
    heard: tuple[str, ...]
    teller: str | None


class GoldObject(msgspec.Struct, frozen=True, kw_only=True):
    """A thing that matters, under its names."""

    id: str
    names: tuple[str, ...]


class GoldCustody(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody (None: nobody) has an object, from the words at `start` until those at `until` (None: the end)."""

    object: str
    holder: str | None
    start: Span
    until: Span | None


class GoldFact(msgspec.Struct, frozen=True, kw_only=True):
    """Something somebody may know."""

    id: str
    text: str


class GoldKnowledge(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody knows a fact since the words at `since`."""

    who: str
    fact: str
    since: Span
    how: How


class GoldDeath(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody dies, as the words at `at` show or (not `shown`) report."""

    who: str
    at: Span
    shown: bool


class GoldRelation(msgspec.Struct, frozen=True, kw_only=True):
    """`a` is the `kind` of `b`, first shown at `start`, until the words at `until` (None: the end)."""

    a: str
    b: str
    kind: str
    start: Span
    until: Span | None


class GoldStory(msgspec.Struct, frozen=True, kw_only=True):
    """A text and what is known about it.

    `tables`: the kinds of table that were written down. A story has them all; of what a case does not speak of, nothing
    is known: that is not the same as empty.
    """

    name: str
    title: str
    about: str
    tags: tuple[str, ...]
    tables: frozenset[str]
    text: Text
    people: tuple[GoldPerson, ...]
    lines: tuple[GoldLine, ...]
    scenes: tuple[GoldScene, ...] = ()
    objects: tuple[GoldObject, ...] = ()
    custody: tuple[GoldCustody, ...] = ()
    facts: tuple[GoldFact, ...] = ()
    knowledge: tuple[GoldKnowledge, ...] = ()
    deaths: tuple[GoldDeath, ...] = ()
    relations: tuple[GoldRelation, ...] = ()
