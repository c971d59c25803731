"""The people of earlier books, brought into the next one with their ids, names and pronouns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from fabula.errors import CorrectionsError, FabulaError
from fabula.story.codec import from_json
from fabula.story.corrections import CarriedEntry, CastEntry, Corrections, SameEntry, group_names, name_key
from fabula.story.corrections.entries import is_pronouns
from fabula.story.corrections.file import file_bytes, file_content, read_corrections
from fabula.story.story import Story

__all__ = ["Book", "Series", "gather_series"]

Book = Story | str | Path
"""An earlier book: a story at hand, a saved one, or a corrections file with its cast list."""

_ID = re.compile(r"c([1-9]\d{0,8})")
_ARTICLES = ("the", "a", "an", "my")
_LARGEST = 512_000_000
"""Bytes. A saved story of two million words has a hundredth of it."""


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """Everybody with a name in the earlier books, the number of the first id that nobody has, and notes."""

    people: tuple[CarriedEntry, ...] = ()
    free: int = 1
    notes: tuple[str, ...] = ()

    def carried_into(self, corrections: Corrections) -> Corrections:
        """The corrections of the next book with these people; what the next book's own say goes before."""
        nobody = {name_key(entry.name) for entry in corrections.nobody}
        parted = [{name_key(name) for name in entry.names} for entry in corrections.apart]
        carried = (_without(known, nobody, parted) for known in self.people if name_key(known.name) not in nobody)
        return msgspec.structs.replace(corrections, carried=tuple(carried), free=self.free)


def gather_series(books: Book | Sequence[Book]) -> Series:
    """The people of some earlier books of a series, those of the first one first.

    Somebody who has no name ("the landlord") does not come along: the next book's landlord may be another. His id
    stays his. In a corrections file the listed characters have the ids c1, c2, … in the order of the list, as a
    reading with it gives them.

    Raises:
        FabulaError: if a file cannot be read, or two books give one id to different people.
    """
    given = [books] if isinstance(books, Story | str | Path) else list(books)
    people: dict[str, tuple[CarriedEntry, str]] = {}
    free, notes = 1, list[str]()
    for book in given:
        name = book.text.source.name if isinstance(book, Story) else str(book)
        known, next_free, slips = _people(book)
        for somebody in known:
            people[somebody.id] = _met_again(people.get(somebody.id), somebody, name), name
        free = max(free, next_free)
        notes += slips
    return Series(people=tuple(somebody for somebody, _ in people.values()), free=free, notes=tuple(notes))


def _people(book: Book) -> tuple[tuple[CarriedEntry, ...], int, tuple[str, ...]]:
    if isinstance(book, Story):
        return (*_people_of(book), ())
    path = Path(book)
    data = file_bytes(path, most=_LARGEST, kind="a cast")
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return (*_people_of(from_json(data.removeprefix(b"\xef\xbb\xbf"), name=str(path))), ())
    try:
        corrections, slips = read_corrections(file_content(path), name=str(path))
    except CorrectionsError as error:
        hint = "A cast comes from a story saved by `fabula read -o`, or from a corrections file."
        raise CorrectionsError(error.what, where=error.where, hint=hint) from error
    if not corrections.cast:
        raise CorrectionsError(
            "lists nobody", where=str(path), hint="Each character of a cast has an entry under [[cast]]."
        )
    people = tuple(_people_listed(corrections))
    used = len(corrections.cast) + len(corrections.same) + len(corrections.rename)
    other = sum(1 for _ in corrections.entries()) - used
    if other:
        unheard = f"{path}: of a cast only [[cast]], [[same]] and [[rename]] are heard; the others ({other}) are not."
        slips = (*slips, unheard)
    return people, len(people) + 1, slips


def _people_of(story: Story) -> tuple[tuple[CarriedEntry, ...], int]:
    """Who has a name in a story, and the first id behind all of its characters'."""
    people = tuple(
        CarriedEntry(
            id=known.id,
            name=known.name,
            aliases=tuple(alias for alias in known.aliases if _is_name(alias)),
            pronouns=known.pronouns if known.pronouns and is_pronouns(known.pronouns) else None,
            kind=known.kind,
        )
        for known in story.characters
        if _is_name(known.name)
    )
    numbers = (int(match[1]) for known in story.characters if (match := _ID.fullmatch(known.id)))
    return people, max(numbers, default=0) + 1


def _people_listed(corrections: Corrections) -> Iterator[CarriedEntry]:
    """Those on the list, each under all the names the file ties to him."""
    number = group_names(corrections.entries())
    shown = {number[name_key(entry.old)]: entry.new for entry in corrections.rename}
    entries: dict[int, CastEntry] = {}
    for entry in corrections.cast:
        entries.setdefault(number[name_key(entry.name)], entry)
    for place, (who, entry) in enumerate(entries.items(), start=1):
        tied: Iterable[CastEntry | SameEntry] = (*corrections.cast, *corrections.same)
        names = [entry.name, *(name for other in tied for name in other.people if number[name_key(name)] == who)]
        name = shown.get(who, entry.name)
        aliases = dict.fromkeys(alias for alias in names if name_key(alias) != name_key(name))
        yield CarriedEntry(id=f"c{place}", name=name, aliases=tuple(aliases), pronouns=entry.pronouns, kind=entry.kind)


def _is_name(name: str) -> bool:
    """Whether it has a capital that is not only its article's: "the Voice", not "the landlord"."""
    words = name.split()
    words = words[1:] if len(words) > 1 and words[0].lower() in _ARTICLES else words
    return bool(name_key(name)) and any(word[:1].isupper() for word in words)


def _met_again(before: tuple[CarriedEntry, str] | None, now: CarriedEntry, book: str) -> CarriedEntry:
    """Somebody of several books, as the last of them has it, with the names of all."""
    if before is None:
        return now
    known, first = before
    if not {*map(name_key, known.people)} & {*map(name_key, now.people)}:
        raise FabulaError(
            f"{now.id} is {now.name}, and in {first} it is {known.name}",
            where=book,
            hint=f"Read the later book with the cast of the earlier one first (--cast {first}).",
        )
    names: dict[str, str] = {}
    for name in (*now.people, *known.people):
        names.setdefault(name_key(name), name)
    return msgspec.structs.replace(now, aliases=tuple(names.values())[1:], pronouns=now.pronouns or known.pronouns)


def _without(known: CarriedEntry, nobody: set[str], parted: Sequence[set[str]]) -> CarriedEntry:
    """Somebody without the names that the next book's corrections say are nobody's, or somebody else's."""
    kept = [known.name]
    for alias in known.aliases:
        mine = {*map(name_key, kept)}
        key = name_key(alias)
        if key not in nobody and not any(key in names and names & mine for names in parted):
            kept.append(alias)
    return msgspec.structs.replace(known, aliases=tuple(kept[1:]))
