"""The last word on the cast is the user's: the names to show, who tells the story, and what could not be found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from fabula.layers.cast.given import Given
from fabula.story import CastEntry, Character, Mention, Text
from fabula.story.corrections import CarriedEntry, Entry, NarratorEntry, RenameEntry, SaidEntry, name_key

__all__ = ["settle"]


def settle(
    characters: tuple[Character, ...], text: Text, mentions: Sequence[Mention], given: Given
) -> tuple[tuple[Character, ...], tuple[str, ...]]:
    """The characters under the names to show, the narrators marked; and notes on names the story does not have."""
    if not given.corrections:
        return characters, ()
    notes = list(_unmet(text, mentions, given))
    tellers = {id_ for entry in given.corrections.narrator if (id_ := _find(characters, entry.name))}
    if tellers:
        characters = tuple(msgspec.structs.replace(c, narrator=c.id in tellers) for c in characters)
    at = {entry: _find(characters, entry.old) for entry in given.corrections.rename}
    for entry, id_ in at.items():
        other = _find(characters, entry.new)
        if other not in (None, id_):
            again = "If the two are one, say so with [[same]]; this entry was left out."
            notes.append(given.corrections.note(entry, f"somebody else is called {entry.new}. {again}"))
        elif id_ is not None:
            characters = tuple(_renamed(c, entry) if c.id == id_ else c for c in characters)
    return characters, tuple(notes)


def _find(characters: Sequence[Character], name: str) -> str | None:
    """The id of who has this name or, if nobody has, this alias."""
    key = name_key(name)
    own = [c.id for c in characters if name_key(c.name) == key]
    return next(iter(own or [c.id for c in characters if key in map(name_key, c.aliases)]), None)


def _renamed(character: Character, entry: RenameEntry) -> Character:
    names = (character.name, *character.aliases)
    aliases = tuple(dict.fromkeys(n for n in names if n.casefold() != entry.new.casefold()))
    return msgspec.structs.replace(character, name=entry.new, aliases=aliases)


def _unmet(text: Text, mentions: Sequence[Mention], given: Given) -> Iterator[str]:
    """A note for each entry that speaks of somebody whom the text names nowhere."""
    met = {name_key(text[m]) for m in mentions if m.form != "pronoun"}
    seen: dict[int, bool] = {}
    for key, number in given.number.items():
        seen[number] = seen.get(number, False) or key in met
    for entry in given.corrections.entries():
        for name in _missing(entry, met, seen, given):
            yield given.corrections.note(entry, _what(entry, name))


def _missing(entry: Entry, met: set[str], seen: Mapping[int, bool], given: Given) -> Iterator[str]:
    number = given.number
    if isinstance(entry, CarriedEntry):
        return
    if isinstance(entry, CastEntry):
        people: tuple[str, ...] = () if seen[number[name_key(entry.name)]] else (entry.name,)
    elif isinstance(entry, SaidEntry | NarratorEntry):
        unseen = [name for name in entry.people if not seen[number[name_key(name)]]]
        people = tuple(name for name in unseen if number[name_key(name)] not in given.listed)  # noted there
    else:
        people = tuple(name for name in entry.people if name_key(name) not in met)
    yield from people


def _what(entry: Entry, name: str) -> str:
    if isinstance(entry, CastEntry | SaidEntry | NarratorEntry):
        return f"the text names {name} nowhere. Is it spelled as there? Somebody of that name was added all the same."
    return f"the text names {name} nowhere. Write the name as it stands there."
