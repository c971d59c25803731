"""What the user has said is so: who is who, who says what, where scenes begin, what happened before what."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import chain

import msgspec

from fabula.story.anchors import Anchors
from fabula.story.corrections.entries import (
    ApartEntry,
    CarriedEntry,
    CastEntry,
    Entry,
    NarratorEntry,
    NobodyEntry,
    OrderEntry,
    RenameEntry,
    SaidEntry,
    SameEntry,
    SceneEntry,
    ThreadEntry,
    VerdictEntry,
    name_key,
)
from fabula.story.text import Span, Text

__all__ = [
    "ApartEntry",
    "Before",
    "CarriedEntry",
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
    "ThreadEntry",
    "VerdictEntry",
    "group_names",
    "name_key",
]


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
    more than once, gives a note and nothing else. Of two that contradict each other at one place the first holds.

    `carried` are the people of earlier books, and `free` is the number of the first id that none of those books has
    given; no file has them, and no note is about them.
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
    thread: tuple[ThreadEntry, ...] = ()
    verdict: tuple[VerdictEntry, ...] = ()
    source: str = ""
    carried: tuple[CarriedEntry, ...] = ()
    free: int = 1

    def __bool__(self) -> bool:
        return any(True for _ in self.entries())

    def entries(self) -> Iterable[Entry]:
        """Every entry, table by table, the people of earlier books last."""
        told = (
            self.cast, self.same, self.apart, self.rename, self.nobody, self.narrator, self.said, self.scene,
            self.order, self.thread, self.verdict,
        )  # fmt: skip
        return chain(*told, self.carried)

    def note(self, entry: Entry, message: str) -> str:
        """A note about an entry: where it stands, what is wrong with it, what next."""
        return f"{self.source or 'corrections'}, line {entry.line}: {' '.join(message.split())}"

    def said_in(self, text: Text, *, within: Sequence[Span] = ()) -> tuple[tuple[Said, ...], tuple[str, ...]]:
        """What is said in this text and by whom, in order of place; and notes on what is not found.

        Args:
            within: the quotations; with them only words inside one count, before all those at its head.
        """
        finder = _Finder(self, text, within)
        number = group_names(self.entries())
        told: dict[Span, Said] = {}
        for entry in sorted(self.said, key=lambda entry: entry.line):
            at = finder.one(entry, entry.words, entry.nth)
            if at is None:
                continue
            said = Said(at.start, at.end, by=entry.by, to=entry.to, line=entry.line)
            quote = max((span.span for span in within if span.covers(at)), key=len, default=at.span)
            first = told.setdefault(quote, said)
            if _disagree(first, said, number):
                finder.contradicts(entry, first.line, text.line(at.start))
            else:
                told[quote] = msgspec.structs.replace(
                    first,
                    by=said.by if first.by is None else first.by,
                    to=said.to if first.to is None else first.to,
                )
        return tuple(sorted(told.values(), key=lambda s: (s.start, s.end))), tuple(finder.notes)

    def scenes_in(self, text: Text, *, within: Sequence[Span] = ()) -> tuple[tuple[SceneWord, ...], tuple[str, ...]]:
        """Where scenes begin in this text and where they do not, in order of place; and notes on what is not found.

        Args:
            within: the paragraphs, at whose heads scenes begin; with them two answers for one are a contradiction.
        """
        finder = _Finder(self, text)
        starts = [span.start for span in within]
        told: dict[int, tuple[SceneWord, SceneEntry]] = {}
        for entry in sorted(self.scene, key=lambda entry: entry.line):
            at = finder.one(entry, entry.begins or entry.goes_on or "", entry.nth)
            if at is None:
                continue
            word = SceneWord(at.start, at.end, begins=entry.begins is not None)
            place = starts[max(0, bisect_right(starts, at.start) - 1)] if starts else at.start
            first, before = told.setdefault(place, (word, entry))
            if first.begins != word.begins:
                finder.contradicts(entry, before.line, text.line(at.start))
        words = (word for word, _ in told.values())
        return tuple(sorted(words, key=lambda word: (word.start, word.end))), tuple(finder.notes)

    def orders_in(self, text: Text, *, within: Sequence[Span] = ()) -> tuple[tuple[Before, ...], tuple[str, ...]]:
        """What happened before what in this text, as said; and notes on what is not found.

        Args:
            within: the scenes; with them two places of one scene have no order, and no scene is before itself.
        """
        finder = _Finder(self, text)
        starts = [span.start for span in within]
        told: list[Before] = []
        after: dict[int, set[int]] = {}
        for entry in sorted(self.order, key=lambda entry: entry.line):
            one, other = finder.one(entry, entry.earlier, None), finder.one(entry, entry.later, None)
            if one is None or other is None:
                continue
            a, b = (bisect_right(starts, place.start) - 1 for place in (one, other))
            if starts and a == b:
                lines = f"lines {text.line(one.start)} and {text.line(other.start)} of the text"
                finder.leave_out(entry, f"both stand in one scene ({lines}). Say with [[scene]] where it ends")
            elif starts and a in _reached(after, b):
                finder.leave_out(entry, "with the orders before it, its scenes would be earlier than themselves")
            else:
                after.setdefault(a, set()).add(b)
                told.append(Before(one, other))
        return tuple(told), tuple(finder.notes)

    def threads_in(
        self, text: Text, *, within: Sequence[Span] = ()
    ) -> tuple[tuple[tuple[Span, ...], ...], tuple[str, ...]]:
        """For each thread the user tells of, words in its scenes, in order of place; and notes on what is not found.

        Args:
            within: the scenes; with them it takes places in two of them.
        """
        finder = _Finder(self, text)
        starts = [span.start for span in within]
        told: list[tuple[Span, ...]] = []
        for entry in sorted(self.thread, key=lambda entry: entry.line):
            places = [finder.one(entry, words, None) for words in entry.words]
            found = sorted((place for place in places if place is not None), key=lambda place: place.start)
            if len(found) < len(places):
                continue
            if starts and len({bisect_right(starts, place.start) for place in found}) == 1:
                lines = " and ".join(str(text.line(place.start)) for place in found)
                finder.leave_out(entry, f"all stand in one scene (lines {lines} of the text); nothing is to be joined")
            else:
                told.append(tuple(found))
        return tuple(told), tuple(finder.notes)


def group_names(entries: Iterable[Entry]) -> dict[str, int]:
    """The number of the person behind each name (as `name_key` has it) that the entries speak of.

    A listed character and his aliases have one number, and so have names said to be the same; an alias that two
    listed characters claim is the first one's, and a character's own name before anybody's alias. Somebody of an
    earlier book is the listed character whose name or alias is his name.
    """
    entries = list(entries)
    carried = [entry for entry in entries if isinstance(entry, CarriedEntry)]
    cast = [entry for entry in entries if isinstance(entry, CastEntry) and not isinstance(entry, CarriedEntry)]
    number: dict[str, int] = {}
    for listed in cast:
        number.setdefault(name_key(listed.name), len(number))
    for listed in cast:
        for alias in listed.aliases:
            number.setdefault(name_key(alias), number[name_key(listed.name)])
    for known in carried:
        number.setdefault(name_key(known.name), len(number))
    for known in carried:
        for alias in known.aliases:
            number.setdefault(name_key(alias), number[name_key(known.name)])
    for name in chain.from_iterable(entry.people for entry in entries):
        number.setdefault(name_key(name), len(number))
    for entry in entries:
        if isinstance(entry, SameEntry):
            joined = {number[name_key(name)] for name in entry.names}
            number = {key: min(joined) if own in joined else own for key, own in number.items()}
    number.pop("", None)
    return number


def _disagree(first: Said, other: Said, number: dict[str, int]) -> bool:
    """Whether two answers for one quotation name different people."""

    def who(name: str) -> int | str:
        return number.get(name_key(name), name_key(name))

    by = first.by is not None and other.by is not None and who(first.by) != who(other.by)
    to = first.to is not None and other.to is not None and {*map(who, first.to)} != {*map(who, other.to)}
    return by or to


def _reached(after: dict[int, set[int]], start: int) -> set[int]:
    """Everything that follows from a scene, itself included."""
    reached, waiting = {start}, [start]
    while waiting:
        new = after.get(waiting.pop(), set()) - reached
        reached |= new
        waiting += new
    return reached


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
        found = self._anchors.one(words, nth=nth, within=self._within)
        if isinstance(found, Span):
            return found
        if not found.places:
            hint = "Quote the words as they are there"
        else:
            hint = "Quote more words or add nth = 1, 2, …" if nth is None else "Count again"
        self.leave_out(entry, f"{found.what}. {hint}")
        return None

    def contradicts(self, entry: Entry, line: int, at: int) -> None:
        """Note that an earlier entry says something else of the same place."""
        self.leave_out(entry, f"line {line} already says something else of this place (line {at} of the text)")

    def leave_out(self, entry: Entry, what: str) -> None:
        self.notes.append(self._corrections.note(entry, f"{what}; this entry was left out."))
