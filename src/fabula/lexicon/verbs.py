"""Forms of verbs by their look: participles, pasts and presents."""

from __future__ import annotations

from functools import cache

from fabula.lexicon import table

__all__ = ["is_participle", "is_past", "is_present"]

_NO_VERBS = frozenset({"hundred", "indeed", "kindred", "naked", "wicked", "sacred", "speed", "breed", "steed", "greed"})
"""End as participles do, and are none."""
_NOUNS = frozenset(
    f"{word}s"
    for word in "bear bid bind bite cost cut feed flee fly leave light lie read ring rise set shed shoe split spring "
    "stick string tear thrust wind wound".split()
)
"""As often the plural of a noun."""


def is_participle(word: str) -> bool:
    """Whether a word in lower case may be a verb's past participle: "gone" and "asked", not "seven" or "children"."""
    return word in _participles() or (word.endswith("ed") and len(word) > 4 and word not in _NO_VERBS)


def is_past(word: str) -> bool:
    """Whether a word is the past of a verb in -ed or of an irregular one, and is not its present."""
    return word in _pasts() or (word.endswith("ed") and len(word) > 4 and word not in _NO_VERBS)


def is_present(word: str) -> bool:
    """Whether a word is the present of a common verb as one tells of a third person: "is", "says", "goes"."""
    return word in _presents()


@cache
def _participles() -> frozenset[str]:
    return frozenset({"been", *(form for row in table("irregular_verbs").values() for form in row[-1].split("/"))})


@cache
def _pasts() -> frozenset[str]:
    rows = table("irregular_verbs")
    pasts = (past for verb, row in rows.items() for past in row[0].split("/") if past != verb)
    return frozenset({"was", "were", *pasts})


@cache
def _presents() -> frozenset[str]:
    bare = table("irregular_verbs")
    return frozenset({"is", "are", "am", "has", "does", "goes", *(f"{verb}s" for verb in bare)} - _NOUNS)
