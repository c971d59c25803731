"""People told apart by what they wear or have with them, or where they belong: the woman with the pram, the man in the
cap, the girl from the bank."""

from __future__ import annotations

from fabula import lexicon
from fabula.segment.wording import Wording

__all__ = ["mark_behind"]

_DETERMINERS = frozenset({"a", "an", "the"})
_POSTS = frozenset("counter desk bar glass till grille wheel pulpit piano".split())
"""Who stands behind them is there for that."""
_LONGEST = 5


def mark_behind(wording: Wording, after: int) -> str:
    """The noun of "in a grey cap", "with the pram", "from the bank", "behind the bar" that stands at `after`, behind a
    description: of whoever is told apart so one knows no more than that. "" for anything else: "with a smile", "from
    the door" say how and whence somebody speaks."""
    nouns = _telling(wording.lower[after]) if after < len(wording) else frozenset[str]()
    determiner, *words = wording.lower[after + 1 : after + 1 + _LONGEST] or [""]
    if not nouns or determiner not in _DETERMINERS:
        return ""
    for word in words:
        if not word[0].isalpha():
            return ""
        if word in nouns:
            return word
    return ""


def _telling(preposition: str) -> frozenset[str]:
    """The nouns behind a preposition that tell who somebody is."""
    if preposition == "with":
        return lexicon.words("things")
    if preposition == "in":
        return lexicon.words("clothes")
    if preposition == "from":
        return lexicon.words("organisation_nouns")
    return _POSTS if preposition == "behind" else frozenset()
