"""The people of the story as a reader knows them: their gender, their family, how often they are met."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import log

import msgspec

from fabula import lexicon
from fabula.layers.resolve.pronouns import gender_of_pronouns
from fabula.story import Character, Mention

__all__ = ["People", "gather_people", "gender_of_noun"]


class People(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked up about the characters, by id.

    Attributes:
        gender: "m", "f", "t" (they), … ; "" where nothing tells.
        told: whether the text itself tells the gender, not the first name alone.
        often: how often each is named beside the one named most, as a logarithm (0 for that one);
            `rarest`: the same for somebody who is never named.
        narrator: the id of who tells the story as "I".
        groups: those who are several.
        titled: from a word before a name ("aunt", "colonel") to those who have it.
        families: the family name of those who are called by a first name and it.
        heads: from a family name and a gender to the one "Mr." or the one "Mrs." of that name.
        spouses: of each of a Mr. and Mrs. of one name the other.
    """

    gender: Mapping[str, str]
    told: Mapping[str, bool]
    often: Mapping[str, float]
    rarest: float
    narrator: str | None
    groups: frozenset[str]
    titled: Mapping[str, tuple[str, ...]]
    families: Mapping[str, str]
    heads: Mapping[tuple[str, str], str]
    spouses: Mapping[str, str]

    def fits(self, character: str, gender: str) -> bool:
        """Whether somebody can be meant by this gender ("": any); of whom nothing is told, by "he" and "she"."""
        own = self.gender[character]
        return not gender or own == gender or (not own and gender in ("m", "f"))


def gather_people(characters: Sequence[Character], mentions: Sequence[Mention]) -> People:
    """Lay out what is known about the characters before anybody is resolved."""
    told = {c.id: gender_of_pronouns(c.pronouns) for c in characters}
    heads = _heads(characters)
    counts = Counter(m.character for m in mentions if m.character is not None)
    most = max(counts.values(), default=0)
    return People(
        gender={c.id: told[c.id] or _gender_of_first_name(c) for c in characters},
        told={c.id: bool(told[c.id]) for c in characters},
        often={c.id: log((1 + counts[c.id]) / (1 + most)) for c in characters},
        rarest=-log(1 + most),
        narrator=next((c.id for c in characters if c.narrator), None),
        groups=frozenset(c.id for c in characters if c.kind == "group"),
        titled=_titled(characters),
        families=_families(characters),
        heads=heads,
        spouses=_spouses(heads),
    )


def gender_of_noun(noun: str) -> str:
    """The gender a noun for a person tells: "m", "f", "p" for several, "" for either."""
    gender = lexicon.table("person_nouns").get(noun, ("n",))[0]
    return "" if gender == "n" else gender


def _gender_of_first_name(character: Character) -> str:
    names = lexicon.table("first_names")
    for name in (character.name, *character.aliases):
        gender = names.get(name.lower().split()[0], ("b",))[0]
        if gender in ("m", "f"):
            return gender
    return ""


def _titled(characters: Sequence[Character]) -> dict[str, tuple[str, ...]]:
    titles = lexicon.table("titles")
    found: dict[str, dict[str, None]] = {}
    for character in characters:
        for name in (character.name, *character.aliases):
            first, _, rest = name.lower().partition(" ")
            if rest and first in titles:
                found.setdefault(first.rstrip("."), {})[character.id] = None
    return {title: tuple(ids) for title, ids in found.items()}


def _families(characters: Sequence[Character]) -> dict[str, str]:
    """The family name of everybody who is once called by a first name and it."""
    titles = lexicon.table("titles")
    families = {}
    for character in characters:
        words = character.name.lower().split()
        if (
            len(words) >= 2
            and words[0] != "the"
            and not (words[0] in titles and len(words) == 2 and words[0] not in ("miss", "master"))
        ):
            families[character.id] = words[-1]
    return families


def _heads(characters: Sequence[Character]) -> dict[tuple[str, str], str]:
    """The one "Mr. X" and the one "Mrs. X" of a family, by family name and gender."""
    found: dict[tuple[str, str], list[str]] = {}
    for character in characters:
        for name in {n.lower() for n in (character.name, *character.aliases)}:
            title, _, family = name.partition(" ")
            gender = {"mr.": "m", "mr": "m", "mrs.": "f", "mrs": "f"}.get(title)
            if gender and family and " " not in family:
                found.setdefault((family, gender), []).append(character.id)
    return {key: ids[0] for key, ids in found.items() if len(ids) == 1}


def _spouses(heads: Mapping[tuple[str, str], str]) -> dict[str, str]:
    pairs = [
        (heads[family, "m"], heads[family, "f"]) for family, gender in heads if gender == "m" and (family, "f") in heads
    ]
    return {one: other for pair in pairs for one, other in (pair, pair[::-1]) if one != other}
