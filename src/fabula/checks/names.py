"""A name that changes its spelling on the way: Jon and John, Katharine and Katherine."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import msgspec
from rapidfuzz.distance import DamerauLevenshtein

from fabula import lexicon
from fabula.story import Character, Finding, Mention, Severity, Span, Story

__all__ = ["find_name_drift"]

_RARE = 2
"""A spelling used so often at most may be a slip; one used more often is somebody's name."""
_FREQUENT = 6
"""A spelling used so often at least is how the name is meant."""
_OFTEN_ENOUGH = 3
"""In a short story, where nobody is named often; the rare spelling must then be no word and no known name."""
_SHORT_STORY = 12_000
"""Words."""
_SHORTEST = 4
"""Letters. Shorter names lie one letter apart by chance: Ann, Dan, Jan; three letters count if only one is added."""


_SAME_START = ({"c", "k"}, {"g", "j"}, {"i", "y"})
"""First letters that may stand for one another; otherwise two names begin alike."""
_ENDINGS = ("s", "es", "y", "ie", "ey", "a", "o", "kin", "er")
"""What makes a plural, a pet name or a sister's name of a name: the Bennets, Georgie, Roberta."""

_LONG = 5
"""Letters. Among shorter names a letter's difference is common between two people (Hong and Hoang, Mick and Mike)."""


_CAPITAL = re.compile(r"(?<![^\W\d_])[^\W\d_]+(?![^\W\d_])")


class _Name(msgspec.Struct, frozen=True):
    """One word of people's names, whose it is, the words that stand with it, and its places."""

    word: str
    owners: frozenset[str]
    others: frozenset[str]
    places: tuple[Span, ...]


def find_name_drift(story: Story) -> tuple[Finding, ...]:
    """Two spellings a letter or two apart, one rare and one frequent, that seem to mean one person."""
    names = _names(story, story.characters, story.mentions)
    least = _OFTEN_ENOUGH if len(story.text.content.split()) < _SHORT_STORY else _FREQUENT
    frequent = [name for name in names if len(name.places) >= least]
    lower, rare = _rare_words(story, names)
    by_start: dict[str, list[_Name]] = defaultdict(list)
    for name in rare:
        by_start[_start(name.word)].append(name)
    findings = []
    for known in frequent:
        for name in by_start.get(_start(known.word), ()):
            severity = _suspicion(name, known, strange=_is_strange(name.word, lower))
            if severity is not None:
                findings.append(_finding(story, name, known, severity))
    return tuple(findings)


def _start(word: str) -> str:
    """What two spellings of one name have in common: the first letter, alike letters being one."""
    first = word[0].lower()
    return next((min(alike) for alike in _SAME_START if first in alike), first)


def _rare_words(story: Story, names: Sequence[_Name]) -> tuple[Mapping[str, int], list[_Name]]:
    """How often each word stands in lower case; and the names that stand once or twice, also those nobody has taken for
    a name: words with a capital inside a sentence that stand nowhere in lower case."""
    lower: Counter[str] = Counter()
    capital: dict[str, list[Span]] = defaultdict(list)
    for match in _CAPITAL.finditer(story.text.content):
        word = match[0]
        if word.islower():
            lower[word] += 1
        elif word[0].isupper() and word[1:].islower():
            capital[word].append(Span(match.start(), match.end()))
    rare = [name for name in names if len(name.places) <= _RARE]
    known = {name.word for name in names}
    for word, places in capital.items():
        if len(places) <= _RARE and word not in known and not lower[word.lower()]:
            rare.append(_Name(word, frozenset(), frozenset(), tuple(places)))
    return lower, rare


def _is_strange(word: str, lower: Mapping[str, int]) -> bool:
    """Whether a spelling is no word and no name anybody knows."""
    small = word.lower()
    known = lexicon.table("first_names")
    return small not in known and small not in lexicon.words("common_words") and not lower.get(small)


def _names(story: Story, characters: Sequence[Character], mentions: Sequence[Mention]) -> list[_Name]:
    """Every word of the names of people and places, in order of first appearance.

    A name that nobody owns counts too: a slip of the pen often stands alone.
    """
    known = {character.id for character in characters if character.kind == "person"}
    places: dict[str, list[Span]] = {}
    owners: dict[str, set[str]] = {}
    others: dict[str, set[str]] = {}
    for mention in mentions:
        lost = mention.character is None and mention.entity is None
        if mention.form != "name" or not (lost or mention.entity or mention.character in known):
            continue
        own = [word.strip("_.,'’") for word in story.words(mention).split()]
        words = [word for word in own if word[:1].isupper() and word.isalpha()]
        for word in words:
            places.setdefault(word, []).append(mention.span)
            owners.setdefault(word, set()).update(own for own in (mention.character, mention.entity) if own)
            others.setdefault(word, set()).update(other for other in words if other != word)
    return [_Name(w, frozenset(owners[w]), frozenset(others[w]), tuple(own)) for w, own in places.items()]


def _suspicion(rare: _Name, frequent: _Name, *, strange: bool) -> Severity | None:
    if len(frequent.places) <= len(rare.places) or not _near(rare.word, frequent.word):
        return None
    if not strange and len(frequent.places) < _FREQUENT:
        return None
    if rare.others and frequent.others and not rare.others & frequent.others and not rare.owners & frequent.owners:
        return None  # two full names with nothing in common: two people
    if rare.word.lower() in lexicon.words("common_words"):
        return None
    known = lexicon.table("first_names")
    both_known = rare.word.lower() in known and frequent.word.lower() in known
    if both_known and not _sound_alike(rare.word.lower(), frequent.word.lower()):
        return None  # Ellen and Allen: two names people really bear
    doubled = both_known and len(rare.word) != len(frequent.word)
    long = min(len(rare.word), len(frequent.word)) >= _LONG
    slip = strange and (long or _is_slip(rare.word.lower(), frequent.word.lower()))
    sure = len(rare.places) == 1 and (
        doubled or slip or (not both_known and long and len(frequent.places) >= _FREQUENT)
    )
    return "warning" if sure else "hint"


def _is_slip(one: str, other: str) -> bool:
    """Whether two letters changed places."""
    return sorted(one) == sorted(other)


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
    often, line = "once" if len(rare.places) == 1 else "twice", story.text.line
    return Finding(
        kind="name-drift",
        severity=severity,
        message=f"“{rare.word}” is written {often} (line {line(rare.places[0].start):,}), but "
        f"“{frequent.word}” {len(frequent.places)} times (first in line {line(frequent.places[0].start):,}): "
        "is this the same name?",
        confidence=0.7 if severity == "warning" else 0.4,
        evidence=(rare.places[0], _nearest(frequent.places, rare.places[0])),
    )


def _nearest(places: Sequence[Span], to: Span) -> Span:
    return min(places, key=lambda place: (abs(place.start - to.start), place.start))
