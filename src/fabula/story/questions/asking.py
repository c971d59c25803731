"""Finding the thing or the fact that a question means, in whatever words it is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

__all__ = ["ask_for", "nearest", "stems"]

_WORD = re.compile(r"[\w’']+")
_EMPTY = frozenset(
    "a an the is are was were be been being of to in on at by for with that this it its and or but who whom what which "
    "how when where why his her their my your our he she they i you we him them has have had do does did will would "
    "about knows know knew".split()
)
_ENDS = ("ing", "’s", "'s", "ed", "es", "s", "d", "e")
_HALF = 0.5
"""A fact answers where it has half of the question's words, the emptiest left out."""


def ask_for(question: str, texts: Sequence[str]) -> list[int]:
    """The numbers of the texts that have at least half of a question's words, those that have most of them first."""
    wanted = stems(question)
    if not wanted:
        return []
    scored = []
    for number, text in enumerate(texts):
        has = stems(text)
        share = len(wanted & has) / len(wanted)
        if share >= _HALF:
            scored.append((-share, len(has), number))
    scored.sort()
    return [number for share, _, number in scored if share == scored[0][0]]


def nearest(wanted: str, names: Iterable[str], *, most: int = 3) -> list[str]:
    """The names most like what was asked for."""
    from rapidfuzz import fuzz, process

    found = process.extract(wanted, list(dict.fromkeys(names)), scorer=fuzz.WRatio, limit=most, score_cutoff=45)
    return [name for name, _, _ in found]


def stems(text: str) -> frozenset[str]:
    """The words of a text that say something, without their endings."""
    return frozenset(_stem(word) for word in _WORD.findall(text.lower()) if word not in _EMPTY)


def _stem(word: str) -> str:
    for end in _ENDS:
        if word.endswith(end) and len(word) - len(end) >= 3:
            return word.removesuffix(end)
    return word
