"""People who give their name without being asked: "We must meet again. Peg Lomax." """

from __future__ import annotations

from fabula import lexicon
from fabula.segment.wording import Wording

__all__ = ["is_own_full_name"]

_STOPS = frozenset({".", "!", "?", "…"})


def is_own_full_name(wording: Wording, words: range) -> bool:
    """Whether a name in speech is two words or more without a title, and a sentence of its own behind another one: so
    people give their own, and call nobody."""
    first, stop = words.start, words.stop
    if stop - first < 2 or first < 2 or stop >= len(wording) or wording.lower[first] in lexicon.table("titles"):
        return False
    said = wording.quote[first]
    behind_another = wording.lower[first - 1] in _STOPS and wording.quote[first - 2] == said != -1
    ends = wording.lower[stop] == "." and not (
        stop + 1 < len(wording) and wording.lower[stop + 1][0].isalnum() and wording.quote[stop + 1] == said
    )
    return behind_another and ends
