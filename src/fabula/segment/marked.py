"""People told apart by what they wear or have with them: the woman with the pram, the man in the cap."""

from __future__ import annotations

from fabula import lexicon
from fabula.segment.wording import Wording

__all__ = ["mark_behind"]

_DETERMINERS = frozenset({"a", "an", "the"})
_LONGEST = 5


def mark_behind(wording: Wording, after: int) -> str:
    """The noun of "in a grey cap" or "with the pram" that stands at `after`, behind a description: of whoever is told
    apart so one knows no more than that. "" for anything else: "with a smile" says how, "with her hat on" not who."""
    if wording.lower[after : after + 1] == ["with"]:
        nouns = lexicon.words("things")
    elif wording.lower[after : after + 1] == ["in"]:
        nouns = lexicon.words("clothes")
    else:
        return ""
    determiner, *words = wording.lower[after + 1 : after + 1 + _LONGEST] or [""]
    if determiner not in _DETERMINERS:
        return ""
    for word in words:
        if not word[0].isalpha():
            return ""
        if word in nouns:
            return word
    return ""
