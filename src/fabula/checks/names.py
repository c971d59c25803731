"""A name that changes its spelling on the way: Jon and John, Katharine and Katherine."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import msgspec
from rapidfuzz.distance import DamerauLevenshtein

from fabula import lexicon
from fabula.story import Character, Finding, Mention, Severity, Span, Story

__all__ = ["find_name_drift"]

_RARE = 2
"""A spelling used so often at most may be a slip; one used more often is somebody's name."""
_FREQUENT = 6
"""A spelling used so often at least is how the name is meant."""
_SHORTEST = 4
"""Letters. Shorter names lie one letter apart by chance: Ann, Dan, Jan; three letters count if only one is added."""
_TWO_APART = 8
"""Letters from which on two may differ: Katharine, Catherine."""


class _Name(msgspec.Struct, frozen=True):
    """One word of somebody's name, with the rest of that name and the places where it stands."""

    word: str
    owner: str
    others: frozenset[str]
    places: tuple[Span, ...]


def find_name_drift(story: Story) -> tuple[Finding, ...]:
    """Two spellings a letter or two apart, one rare and one frequent, that seem to mean one person."""
    names = _names(story, story.characters, story.mentions)
    findings = []
    for one, other in combinations(names, 2):
        rare, frequent = sorted((one, other), key=lambda name: len(name.places))
        severity = _suspicion(rare, frequent)
        if severity is not None:
            findings.append(_finding(story, rare, frequent, severity))
    return tuple(findings)


def _names(story: Story, characters: Sequence[Character], mentions: Sequence[Mention]) -> list[_Name]:
    """Every word of every person's names, titles left out, in order of first appearance."""
    people = {character.id: character for character in characters if character.kind == "person"}
    titles = lexicon.table("titles")
    places: dict[tuple[str, str], list[Span]] = {}
    others: dict[tuple[str, str], set[str]] = {}
    for mention in mentions:
        if mention.form != "name" or mention.character not in people:
            continue
        own = [w.strip("_.'’") for w in story.words(mention).split()]
        words = [w for w in own if w[:1].isupper() and w.isalpha() and w.lower() not in titles]
        for word in words:
            key = (mention.character, word)
            places.setdefault(key, []).append(mention.span)
            others.setdefault(key, set()).update(w for w in words if w != word)
    return [_Name(word, who, frozenset(others[who, word]), tuple(own)) for (who, word), own in places.items()]


def _suspicion(rare: _Name, frequent: _Name) -> Severity | None:
    if len(rare.places) > _RARE or len(frequent.places) < _FREQUENT or not _near(rare.word, frequent.word):
        return None
    if rare.others and frequent.others and not rare.others & frequent.others and rare.owner != frequent.owner:
        return None  # two full names with nothing in common: two people
    common = lexicon.words("common_words")
    if rare.word.lower() in common:
        return None
    known = lexicon.table("first_names")
    both_known = rare.word.lower() in known and frequent.word.lower() in known
    if both_known and not _sound_alike(rare.word.lower(), frequent.word.lower()):
        return None  # Mary and Marx, Ellen and Allen: two names people really bear
    return "hint" if both_known or len(rare.places) > 1 else "warning"


def _near(one: str, other: str) -> bool:
    """Whether two words differ by a letter or two, and not as a plural, a nickname or a capital does."""
    a, b = one.lower(), other.lower()
    if a == b or a[0] != b[0] and {a[0], b[0]} not in ({"c", "k"}, {"g", "j"}, {"i", "y"}, {"f", "p"}):
        return False
    short, long = sorted((a, b), key=len)
    if long.startswith(short) and long[len(short) :] in ("s", "es", "y", "ie", "ey", "a", "o", "in", "kin", "n", "er"):
        return False
    if short in lexicon.table("nicknames") and long in lexicon.table("nicknames")[short]:
        return False
    if len(short) < _SHORTEST and not (len(short) == 3 and len(long) == 4):
        return False
    return DamerauLevenshtein.distance(a, b) <= (2 if len(short) >= _TWO_APART else 1)


def _sound_alike(one: str, other: str) -> bool:
    """Whether two known first names are spellings of one: Jon and John, Katharine and Katherine, Ann and Anne."""
    return _sound(one) == _sound(other)


def _sound(name: str) -> str:
    sound = name.replace("ph", "f").replace("c", "k").replace("y", "i").replace("h", "").replace("z", "s")
    flat = "".join(letter for at, letter in enumerate(sound) if at == 0 or letter not in "aeiou")
    return "".join(letter for at, letter in enumerate(flat) if at == 0 or letter != flat[at - 1])


def _finding(story: Story, rare: _Name, frequent: _Name, severity: Severity) -> Finding:
    often = "once" if len(rare.places) == 1 else "twice"
    return Finding(
        kind="name-drift",
        severity=severity,
        message=f"“{rare.word}” is written {often} (line {story.text.line(rare.places[0].start)}), but "
        f"“{frequent.word}” {len(frequent.places)} times (first in line {story.text.line(frequent.places[0].start)}): "
        "is this the same name?",
        confidence=0.7 if severity == "warning" else 0.4,
        evidence=(rare.places[0], _nearest(frequent.places, rare.places[0])),
    )


def _nearest(places: Sequence[Span], to: Span) -> Span:
    return min(places, key=lambda place: (abs(place.start - to.start), place.start))

