"""The kinds of things a user can say is so, one small record each; none of them knows a text yet."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

import msgspec

from fabula.story.records import CharacterKind
from fabula.story.shortening import shortened

__all__ = [
    "ApartEntry",
    "CarriedEntry",
    "CastEntry",
    "Entry",
    "NarratorEntry",
    "NobodyEntry",
    "OrderEntry",
    "RenameEntry",
    "SaidEntry",
    "SameEntry",
    "SceneEntry",
    "ThreadEntry",
    "Verdict",
    "VerdictEntry",
    "is_pronouns",
    "name_key",
]

Verdict = Literal["fixed", "ignore", "intended"]

_PRONOUNS = re.compile(r"[^\W\d_]+(/[^\W\d_]+)+")
_WORDS_SHOWN = 60
"""Characters of quoted words in a sentence about them."""


@lru_cache(maxsize=65_536)
def name_key(name: str) -> str:
    """A name as names are compared: "The  Old Woman" and "an old woman" are one, so are "Mr Darcy" and "Mr. Darcy".

    But "a man" is not "the man".
    """
    words = name.casefold().replace("’", "'").replace(".", " ").split()
    definite = len(words) > 1 and words[0] == "the"
    return " ".join(words[1:] if definite or (len(words) > 2 and words[0] in ("a", "an")) else words)


def is_pronouns(words: str) -> bool:
    """Whether words look like pronouns: "she/her"."""
    return bool(_PRONOUNS.fullmatch(words))


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One thing the user has said, and the line of the file that says it (0: no file)."""

    line: int = 0

    @property
    def people(self) -> tuple[str, ...]:
        """The names of those whom the entry takes for somebody."""
        return ()

    @property
    def says(self) -> str:
        """What the entry says, as a few plain words."""
        return ""


class CastEntry(Entry, frozen=True, kw_only=True):
    """A character: the name to show, the other names that mean nobody else, and what the user knows besides."""

    name: str
    aliases: tuple[str, ...] = ()
    pronouns: str | None = None
    kind: CharacterKind | None = None

    def __post_init__(self) -> None:
        _require(name_key(self.name), "a character needs a name")
        _require(self.pronouns is None or is_pronouns(self.pronouns), 'pronouns look like "she/her"')

    @property
    def people(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)

    @property
    def says(self) -> str:
        also = f" (also {', '.join(self.aliases)})" if self.aliases else ""
        kind = f"a{'n' if self.kind == 'animal' else ''} {self.kind}" if self.kind else ""
        known = ", ".join(part for part in (kind, self.pronouns) if part)
        return f"{self.name}{also} is {known or 'somebody'}"


class SameEntry(Entry, frozen=True, kw_only=True):
    """Names that are one character's."""

    names: tuple[str, ...]

    def __post_init__(self) -> None:
        _require(len({*map(name_key, self.names)} - {""}) > 1, "it takes two different names to be the same")

    @property
    def people(self) -> tuple[str, ...]:
        return self.names

    @property
    def says(self) -> str:
        return f"{' and '.join(self.names)} are one character"


class ApartEntry(Entry, frozen=True, kw_only=True):
    """Names that are each another character's."""

    names: tuple[str, ...]

    def __post_init__(self) -> None:
        keys = {*map(name_key, self.names)} - {""}
        _require(len(keys) > 1 and len(keys) == len(self.names), "it takes different names to tell people apart")

    @property
    def people(self) -> tuple[str, ...]:
        return self.names

    @property
    def says(self) -> str:
        return f"{' and '.join(self.names)} are different characters"


class RenameEntry(Entry, frozen=True, kw_only=True, rename={"old": "from", "new": "to"}):
    """The name to show for somebody the story knows under another."""

    old: str
    new: str

    def __post_init__(self) -> None:
        _require(name_key(self.old) and name_key(self.new), "it takes the name the story has and the name to show")

    @property
    def people(self) -> tuple[str, ...]:
        return (self.old,)

    @property
    def says(self) -> str:
        return f"{self.old} is called {self.new}"


class NobodyEntry(Entry, frozen=True, kw_only=True):
    """What looks like a name and is nobody's."""

    name: str

    def __post_init__(self) -> None:
        _require(name_key(self.name), "say which name is nobody's")

    @property
    def says(self) -> str:
        return f"{self.name} is nobody"


class NarratorEntry(Entry, frozen=True, kw_only=True):
    """The one who tells the story as "I"."""

    name: str

    def __post_init__(self) -> None:
        _require(name_key(self.name), "a narrator needs a name")

    @property
    def people(self) -> tuple[str, ...]:
        return (self.name,)

    @property
    def says(self) -> str:
        return f"{self.name} tells the story"


class SaidEntry(Entry, frozen=True, kw_only=True):
    """By whom the quotation with these words is said, and to whom: `to` is None where nothing is said of that."""

    words: str
    by: str | None = None
    to: tuple[str, ...] | None = None
    nth: int | None = None

    def __post_init__(self) -> None:
        _require(self.by is not None or self.to is not None, "say by whom it is said, or to whom")
        _require(self.by is None or name_key(self.by), "`by` needs a name")
        _require(self.nth is None or self.nth > 0, "`nth` counts from 1")

    @property
    def people(self) -> tuple[str, ...]:
        return (*(() if self.by is None else (self.by,)), *(self.to or ()))

    @property
    def says(self) -> str:
        by = "" if self.by is None else f" by {self.by}"
        to = "" if self.to is None else f" to {' and '.join(self.to) or 'nobody'}"
        return f"{_quoted(self.words, self.nth)} is said{by}{to}"


class SceneEntry(Entry, frozen=True, kw_only=True):
    """Words with which a scene begins, or at which it goes on: one of the two."""

    begins: str | None = None
    goes_on: str | None = None
    nth: int | None = None

    def __post_init__(self) -> None:
        _require((self.begins is None) != (self.goes_on is None), "say where a scene `begins` or where it `goes_on`")
        _require(self.nth is None or self.nth > 0, "`nth` counts from 1")

    @property
    def says(self) -> str:
        begins = "a scene begins" if self.begins is not None else "no scene begins"
        return f"{begins} at {_quoted(self.begins or self.goes_on or '', self.nth)}"


class OrderEntry(Entry, frozen=True, kw_only=True):
    """Words of a scene that happened earlier, and of one that happened later, however they are told."""

    earlier: str
    later: str

    @property
    def says(self) -> str:
        return f"{_quoted(self.earlier)} happened before {_quoted(self.later)}"


class ThreadEntry(Entry, frozen=True, kw_only=True):
    """Scenes of one thread, each found by words that stand in it."""

    words: tuple[str, ...]

    def __post_init__(self) -> None:
        different = {" ".join(words.casefold().split()) for words in self.words} - {""}
        _require(len(different) > 1, "it takes words of two different scenes to be of one thread")

    @property
    def says(self) -> str:
        return f"{' and '.join(map(_quoted, self.words))} are of one thread"


class VerdictEntry(Entry, frozen=True, kw_only=True):
    """What was decided of a finding of this kind about these words: fixed, to be ignored, or intended, and why."""

    kind: str
    words: tuple[str, ...]
    verdict: Verdict
    reason: str | None = None

    def __post_init__(self) -> None:
        _require(self.kind.strip() and any(word.strip() for word in self.words), "say which kind, and quote the words")

    @property
    def says(self) -> str:
        what = {"fixed": "is fixed", "ignore": "is to be ignored", "intended": "is intended"}[self.verdict]
        return f"{self.kind} at {_quoted(self.words[0])} {what}" + (f": {self.reason}" if self.reason else "")


class CarriedEntry(CastEntry, frozen=True, kw_only=True):
    """Somebody known from an earlier book, with the id to keep; not in this one unless its text has them."""

    id: str


def _quoted(words: str, nth: int | None = None) -> str:
    return f"“{shortened(words, _WORDS_SHOWN)}”" + (f" (number {nth})" if nth is not None else "")


def _require(condition: object, message: str) -> None:
    if not condition:
        raise ValueError(message)
