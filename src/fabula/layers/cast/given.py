"""What the user has said about the people of the story, ready to be asked while they are gathered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, count

import msgspec

from fabula.story import CastEntry, Corrections
from fabula.story.corrections import CarriedEntry, Entry, NarratorEntry, SaidEntry, group_names, name_key

__all__ = ["NOTHING", "Given", "bare", "take_given"]

NOTHING = Corrections()

_SEX = {"he": "m", "she": "f"}


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """The people the user speaks of, numbered.

    Attributes:
        number: for each name, as `name_key` has it, the number of the person it means.
        written: for each number the names as the user wrote them, the first the one to show.
        listed: the entry of the cast list for those who are on it, and of those known from earlier books.
        ids: the id to keep of those known from earlier books.
        real: the numbers of those who are in the story even if it never names them.
        parted: pairs of numbers, the smaller first, that are two people's.
        nobody: names, as `name_key` has them, that nobody bears.
        described: descriptions, as `name_key` has them, that the user wrote without a capital.
    """

    corrections: Corrections = NOTHING
    number: Mapping[str, int] = {}
    written: Mapping[int, tuple[str, ...]] = {}
    listed: Mapping[int, CastEntry] = {}
    ids: Mapping[int, str] = {}
    real: frozenset[int] = frozenset()
    parted: frozenset[tuple[int, int]] = frozenset()
    nobody: frozenset[str] = frozenset()
    described: frozenset[str] = frozenset()

    def who(self, name: str) -> int | None:
        """The number of the person whom the user means by this name."""
        return self.number.get(name_key(name)) if self.number else None

    def apart(self, names: Iterable[str], others: Iterable[str]) -> bool:
        """Whether the user has said that somebody of the first names is not somebody of the second."""
        if not self.number:
            return False
        mine = {self.who(name) for name in names} - {None}
        theirs = {self.who(name) for name in others} - {None}
        return any(
            one != two
            and ((one in self.listed and two in self.listed) or (min(one, two), max(one, two)) in self.parted)
            for one in mine
            for two in theirs
            if one is not None and two is not None
        )

    def ids_of(self, people: Iterable[int | None]) -> list[str]:
        """Everybody's id: the one kept from an earlier book, or a new one."""
        free = count(self.corrections.free)
        kept: dict[str, None] = {}
        for number in people:
            known = None if number is None else self.ids.get(number)
            kept[known if known is not None and known not in kept else f"c{next(free)}"] = None
        return list(kept)

    def ids_after(self, ids: Iterable[str]) -> Iterator[str]:
        """Ids that nobody has yet, in order."""
        taken = {*ids}
        return (id_ for number in count(self.corrections.free) if (id_ := f"c{number}") not in taken)

    def sex(self, name: str) -> str:
        """ "m" or "f" where the user has given that person's pronouns, and they say so."""
        entry = self.listed.get(self.number.get(name_key(name), -1)) if self.listed else None
        return _SEX.get((entry.pronouns or "").split("/")[0].lower(), "") if entry else ""


def take_given(corrections: Corrections) -> Given:
    """The people of the corrections."""
    if not corrections:
        return Given()
    number = group_names(corrections.entries())
    written: dict[int, dict[str, None]] = {}
    for entry in corrections.entries():
        for name in entry.people:
            written.setdefault(number[name_key(name)], {})[name] = None
    pairs = (pair for entry in corrections.apart for pair in combinations(entry.names, 2))
    parted = {tuple(sorted((number[name_key(one)], number[name_key(two)]))) for one, two in pairs}
    return Given(
        corrections=corrections,
        number=number,
        written={who: tuple(names) for who, names in written.items()},
        listed=_listed(corrections, number),
        ids=_ids(corrections, number),
        real=frozenset(number[name_key(n)] for e in corrections.entries() if _makes_real(e) for n in e.people[:1]),
        parted=frozenset((one, two) for one, two in parted),
        nobody=frozenset(name_key(entry.name) for entry in corrections.nobody),
        described=frozenset(name_key(name) for names in written.values() for name in names if name == name.lower()),
    )


def _listed(corrections: Corrections, number: Mapping[str, int]) -> dict[int, CastEntry]:
    """The people of earlier books, then those of this book's list; who is on both is as this book's list has it."""
    listed: dict[int, CastEntry] = {}
    for known in corrections.carried:
        listed.setdefault(number[name_key(known.name)], known)
    mine: set[int] = set()
    for entry in corrections.cast:
        who = number[name_key(entry.name)]
        before = listed.get(who)
        if who not in mine:
            mine.add(who)
            pronouns = entry.pronouns or (before.pronouns if before else None)
            kind = entry.kind or (before.kind if before else None)
            listed[who] = msgspec.structs.replace(entry, pronouns=pronouns, kind=kind)
    return listed


def _ids(corrections: Corrections, number: Mapping[str, int]) -> dict[int, str]:
    ids: dict[int, str] = {}
    for known in corrections.carried:
        ids.setdefault(number[name_key(known.name)], known.id)
    return ids


def bare(name: str) -> str:
    """A name without its article, "Voice" of "the Voice"; "" for a description, which has no capital."""
    words = name.split()
    if len(words) > 1 and words[0].lower() in ("the", "a", "an"):
        words = words[1:]
    return " ".join(words) if words and words[0][:1].isupper() else ""


def _makes_real(entry: Entry) -> bool:
    return isinstance(entry, CastEntry | NarratorEntry | SaidEntry) and not isinstance(entry, CarriedEntry)
