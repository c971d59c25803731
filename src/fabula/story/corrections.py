"""What the user has said is so: who is who, who says what, where scenes begin, what happened before what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain

import msgspec

from fabula.story.anchors import Anchors
from fabula.story.records import CharacterKind
from fabula.story.text import Span, Text

__all__ = [
    "ApartEntry",
    "Before",
    "CastEntry",
    "Corrections",
    "Entry",
    "NarratorEntry",
    "NobodyEntry",
    "OrderEntry",
    "RenameEntry",
    "Said",
    "SaidEntry",
    "SameEntry",
    "SceneEntry",
    "SceneWord",
    "group_names",
    "name_key",
]

_PRONOUNS = re.compile(r"[^\W\d_]+(/[^\W\d_]+)+")
_LINES_SHOWN = 6
"""Lines named in a note about words that stand in many."""


@lru_cache(maxsize=65_536)
def name_key(name: str) -> str:
    """A name as names are compared: "The  Old Woman" and "an old woman" are one, so are "Mr Darcy" and "Mr. Darcy".

    But "a man" is not "the man".
    """
    words = name.casefold().replace("’", "'").replace(".", " ").split()
    definite = len(words) > 1 and words[0] == "the"
    return " ".join(words[1:] if definite or (len(words) > 2 and words[0] in ("a", "an")) else words)


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One thing the user has said, and the line of the file that says it (0: no file)."""

    line: int = 0

    @property
    def people(self) -> tuple[str, ...]:
        """The names of those whom the entry takes for somebody."""
        return ()


class CastEntry(Entry, frozen=True, kw_only=True):
    """A character: the name to show, the other names that mean nobody else, and what the user knows besides."""

    name: str
    aliases: tuple[str, ...] = ()
    pronouns: str | None = None
    kind: CharacterKind | None = None

    def __post_init__(self) -> None:
        _require(name_key(self.name), "a character needs a name")
        _require(self.pronouns is None or _PRONOUNS.fullmatch(self.pronouns), 'pronouns look like "she/her"')

    @property
    def people(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


class SameEntry(Entry, frozen=True, kw_only=True):
    """Names that are one character's."""

    names: tuple[str, ...]

    def __post_init__(self) -> None:
        _require(len({*map(name_key, self.names)} - {""}) > 1, "it takes two different names to be the same")

    @property
    def people(self) -> tuple[str, ...]:
        return self.names


class ApartEntry(Entry, frozen=True, kw_only=True):
    """Names that are each another character's."""

    names: tuple[str, ...]

    def __post_init__(self) -> None:
        keys = {*map(name_key, self.names)} - {""}
        _require(len(keys) > 1 and len(keys) == len(self.names), "it takes different names to tell people apart")

    @property
    def people(self) -> tuple[str, ...]:
        return self.names


class RenameEntry(Entry, frozen=True, kw_only=True, rename={"old": "from", "new": "to"}):
    """The name to show for somebody the story knows under another."""

    old: str
    new: str

    def __post_init__(self) -> None:
        _require(name_key(self.old) and name_key(self.new), "it takes the name the story has and the name to show")

    @property
    def people(self) -> tuple[str, ...]:
        return (self.old,)


class NobodyEntry(Entry, frozen=True, kw_only=True):
    """What looks like a name and is nobody's."""

    name: str

    def __post_init__(self) -> None:
        _require(name_key(self.name), "say which name is nobody's")


class NarratorEntry(Entry, frozen=True, kw_only=True):
    """The one who tells the story as "I"."""

    name: str

    def __post_init__(self) -> None:
        _require(name_key(self.name), "a narrator needs a name")

    @property
    def people(self) -> tuple[str, ...]:
        return (self.name,)


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


class SceneEntry(Entry, frozen=True, kw_only=True):
    """Words with which a scene begins, or at which it goes on: one of the two."""

    begins: str | None = None
    goes_on: str | None = None
    nth: int | None = None

    def __post_init__(self) -> None:
        _require((self.begins is None) != (self.goes_on is None), "say where a scene `begins` or where it `goes_on`")
        _require(self.nth is None or self.nth > 0, "`nth` counts from 1")


class OrderEntry(Entry, frozen=True, kw_only=True):
    """Words of a scene that happened earlier, and of one that happened later, however they are told."""

    earlier: str
    later: str


class Said(Span, frozen=True, kw_only=True):
    """A quotation's words in the text, with the names of who says them and to whom (None: the user did not say)."""

    by: str | None = None
    to: tuple[str, ...] | None = None
    line: int = 0


class SceneWord(Span, frozen=True, kw_only=True):
    """Words of the text at which a scene begins, or does not."""

    begins: bool


class Before(msgspec.Struct, frozen=True):
    """Two places of the text: what stands at the one happened before what stands at the other."""

    earlier: Span
    later: Span


class Corrections(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the user has said. `source` names the file in notes; none at all is `Corrections()`.

    What is quoted from the text is looked for again in whatever the text is now; a place that is not found, or found
    more than once, gives a note and nothing else.
    """

    cast: tuple[CastEntry, ...] = ()
    same: tuple[SameEntry, ...] = ()
    apart: tuple[ApartEntry, ...] = ()
    rename: tuple[RenameEntry, ...] = ()
    nobody: tuple[NobodyEntry, ...] = ()
    narrator: tuple[NarratorEntry, ...] = ()
    said: tuple[SaidEntry, ...] = ()
    scene: tuple[SceneEntry, ...] = ()
    order: tuple[OrderEntry, ...] = ()
    source: str = ""

    def __bool__(self) -> bool:
        return any(True for _ in self.entries())

    def entries(self) -> Iterable[Entry]:
        """Every entry, table by table."""
        return chain(
            self.cast, self.same, self.apart, self.rename, self.nobody, self.narrator, self.said, self.scene, self.order
        )

    def note(self, entry: Entry, message: str) -> str:
        """A note about an entry: where it stands, what is wrong with it, what next."""
        return f"{self.source or 'corrections'}, line {entry.line}: {' '.join(message.split())}"

    def said_in(self, text: Text, *, within: Sequence[Span] = ()) -> tuple[tuple[Said, ...], tuple[str, ...]]:
        """What is said in this text and by whom, in order of place; and notes on what is not found.

        Args:
            within: the quotations; with them only words inside one count, before all those at its head.
        """
        finder = _Finder(self, text, within)
        found = [(finder.one(entry, entry.words, entry.nth), entry) for entry in self.said]
        said = [Said(at.start, at.end, by=e.by, to=e.to, line=e.line) for at, e in found if at is not None]
        return tuple(sorted(said, key=lambda s: (s.start, s.end))), tuple(finder.notes)

    def scenes_in(self, text: Text) -> tuple[tuple[SceneWord, ...], tuple[str, ...]]:
        """Where scenes begin in this text and where they do not, in order of place; and notes on what is not found."""
        finder = _Finder(self, text)
        found = [(finder.one(entry, entry.begins or entry.goes_on or "", entry.nth), entry) for entry in self.scene]
        words = [SceneWord(at.start, at.end, begins=e.begins is not None) for at, e in found if at is not None]
        return tuple(sorted(words, key=lambda s: (s.start, s.end))), tuple(finder.notes)

    def orders_in(self, text: Text) -> tuple[tuple[Before, ...], tuple[str, ...]]:
        """What happened before what in this text, as said; and notes on what is not found."""
        finder = _Finder(self, text)
        found = [(finder.one(e, e.earlier, None), finder.one(e, e.later, None)) for e in self.order]
        return tuple(Before(a, b) for a, b in found if a is not None and b is not None), tuple(finder.notes)


def group_names(entries: Iterable[Entry]) -> dict[str, int]:
    """The number of the person behind each name (as `name_key` has it) that the entries speak of.

    A listed character and his aliases have one number, and so have names said to be the same; an alias that two
    listed characters claim is the first one's, and a character's own name before anybody's alias.
    """
    entries = list(entries)
    cast = [entry for entry in entries if isinstance(entry, CastEntry)]
    number: dict[str, int] = {}
    for listed in cast:
        number.setdefault(name_key(listed.name), len(number))
    for listed in cast:
        for alias in listed.aliases:
            number.setdefault(name_key(alias), number[name_key(listed.name)])
    for name in chain.from_iterable(entry.people for entry in entries):
        number.setdefault(name_key(name), len(number))
    for entry in entries:
        if isinstance(entry, SameEntry):
            joined = {number[name_key(name)] for name in entry.names}
            number = {key: min(joined) if own in joined else own for key, own in number.items()}
    number.pop("", None)
    return number


def _require(condition: object, message: str) -> None:
    if not condition:
        raise ValueError(message)


class _Finder:
    """Looks for quoted words in a text, and keeps notes on those it cannot place."""

    def __init__(self, corrections: Corrections, text: Text, within: Sequence[Span] = ()) -> None:
        self.notes: list[str] = []
        self._corrections = corrections
        self._text = text
        self._within = within
        self._anchors: Anchors | None = None

    def one(self, entry: Entry, words: str, nth: int | None) -> Span | None:
        """The one place that is meant; None, and a note, where there is none or nobody can say which."""
        self._anchors = self._anchors or Anchors(self._text)
        places = self._anchors.find(words)
        where = "the text"
        if self._within and places:
            places, where = self._quoted(places), "a quotation of the text"
        if nth is not None and 0 < nth <= len(places):
            return places[nth - 1]
        if len(places) == 1 and nth is None:
            return places[0]
        self.notes.append(self._corrections.note(entry, self._missed(words, places, nth, where)))
        return None

    def _quoted(self, places: Sequence[Span]) -> tuple[Span, ...]:
        """The places inside quotations; only those at the head of one, if there are any."""
        inside = [(place, quote) for place in places for quote in self._within if quote.covers(place)]
        heads = [p for p, quote in inside if not any(c.isalnum() for c in self._text.content[quote.start : p.start])]
        return tuple(sorted({p.span for p in heads or [p for p, _ in inside]}))

    def _missed(self, words: str, places: Sequence[Span], nth: int | None, where: str) -> str:
        quoted = f"“{' '.join(words.split())}”"
        if not places:
            return f"{quoted} does not stand in {where}. Quote the words as they are there; this entry was left out."
        lines = list(dict.fromkeys(self._text.line(place.start) for place in places))
        shown = ", ".join(map(str, lines[:_LINES_SHOWN])) + (", …" if len(lines) > _LINES_SHOWN else "")
        found = f"{quoted} stands {'once' if len(places) == 1 else f'{len(places)} times'} in {where}"
        found += f" (line{'s' if len(lines) > 1 else ''} {shown})"
        if nth is not None:
            return f"{found}, and nth is {nth}. Count again; this entry was left out."
        return f"{found}. Quote more words or add nth = 1, 2, …; this entry was left out."
