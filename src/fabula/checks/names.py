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


_SAME_START = ({"c", "k"}, {"g", "j"}, {"i", "y"})
"""First letters that may stand for one another; otherwise two names begin alike."""
_ENDINGS = ("s", "es", "y", "ie", "ey", "a", "o", "kin", "er")
"""What makes a plural, a pet name or a sister's name of a name: the Bennets, Georgie, Roberta."""

_LONG = 5
"""Letters. Among shorter names a letter's difference is common between two people (Hong and Hoang, Mick and Mike)."""


_TOO_MANY = 3_000
"""So many different names are a directory, no story (War and Peace has some 600); comparing each pair would not end."""


class _Name(msgspec.Struct, frozen=True):
    """One word of people's names, whose it is, the words that stand with it, and its places."""

    word: str
    owners: frozenset[str]
    others: frozenset[str]
    places: tuple[Span, ...]


def find_name_drift(story: Story) -> tuple[Finding, ...]:
    """Two spellings a letter or two apart, one rare and one frequent, that seem to mean one person."""
    names = _names(story, story.characters, story.mentions)
    findings = []
    for one, other in combinations(names, 2) if len(names) <= _TOO_MANY else ():
        rare, frequent = sorted((one, other), key=lambda name: len(name.places))
        severity = _suspicion(rare, frequent)
        if severity is not None:
            findings.append(_finding(story, rare, frequent, severity))
    return tuple(findings)


def _names(story: Story, characters: Sequence[Character], mentions: Sequence[Mention]) -> list[_Name]:
    """Every word of people's names, titles left out, in order of first appearance.

    A name that nobody owns counts too: a slip of the pen often stands alone.
    """
    known = {character.id for character in characters if character.kind == "person"}
    titles = lexicon.table("titles")
    places: dict[str, list[Span]] = {}
    owners: dict[str, set[str]] = {}
    others: dict[str, set[str]] = {}
    for mention in mentions:
        lost = mention.character is None and mention.entity is None
        if mention.form != "name" or mention.type != "PER" or not (lost or mention.character in known):
            continue
        own = [word.strip("_.,'’") for word in story.words(mention).split()]
        words = [word for word in own if word[:1].isupper() and word.isalpha() and word.lower() not in titles]
        for word in words:
            places.setdefault(word, []).append(mention.span)
            owners.setdefault(word, set()).update([mention.character] if mention.character else [])
            others.setdefault(word, set()).update(other for other in words if other != word)
    return [_Name(w, frozenset(owners[w]), frozenset(others[w]), tuple(own)) for w, own in places.items()]


def _suspicion(rare: _Name, frequent: _Name) -> Severity | None:
    if len(rare.places) > _RARE or len(frequent.places) < _FREQUENT or not _near(rare.word, frequent.word):
        return None
    if rare.others and frequent.others and not rare.others & frequent.others and not rare.owners & frequent.owners:
        return None  # two full names with nothing in common: two people
    if {rare.word.lower(), frequent.word.lower()} & lexicon.words("common_words"):
        return None
    known = lexicon.table("first_names")
    both_known = rare.word.lower() in known and frequent.word.lower() in known
    if both_known and not _sound_alike(rare.word.lower(), frequent.word.lower()):
        return None  # Ellen and Allen: two names people really bear
    doubled = both_known and len(rare.word) != len(frequent.word)
    sure = len(rare.places) == 1 and (doubled or (not both_known and min(len(rare.word), len(frequent.word)) >= _LONG))
    return "warning" if sure else "hint"


def _near(one: str, other: str) -> bool:
    """Whether two words differ by a letter, or by two that sound the same; not as a plural or a pet name differs."""
    a, b = one.lower(), other.lower()
    short, long = sorted((a, b), key=len)
    if a == b or (len(short) < _SHORTEST and not (len(short) == 3 and len(long) == 4)):
        return False
    if a[0] != b[0] and {a[0], b[0]} not in _SAME_START:
        return False
    stem = short.removesuffix("e")
    if any(long == kept + ending for kept in (short, stem) for ending in _ENDINGS):
        return False
    if a.endswith(("man", "men")) and a[:-3] == b[:-3]:
        return False
    if short in lexicon.table("nicknames") and long in lexicon.table("nicknames")[short]:
        return False
    apart = DamerauLevenshtein.distance(a, b, score_cutoff=2)
    return apart == 1 or (apart == 2 and len(short) > _LONG and _sound_alike(a, b))


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
