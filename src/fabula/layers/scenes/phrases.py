"""The very words at a seam: those a paragraph begins with, and those the one before ends with."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.layers.scenes.passages import Passage
from fabula.segment.wording import Wording

__all__ = ["is_phrase", "phrases_at"]

_FIRST, _LAST = 12, 8
"""So many words of narration count at the beginning, and at the end."""
_KINDS = ("head ", "tag ", "says ", "start ", "tail ")
_SPOKEN = 3
"""So many words of a paragraph that opens in speech."""


def is_phrase(sign: str) -> bool:
    """Whether the sign is one of these, by its name."""
    return sign.startswith(_KINDS)


def phrases_at(wording: Wording, before: Passage, passage: Passage) -> Iterator[str]:
    """Each as a sign: single words, and pairs at the very beginning. Names do not count."""
    told = [_plain(wording, i) for i in passage.told[:_FIRST]]
    way = "tag" if passage.opens else "head"
    for word in dict.fromkeys(told):
        if word:
            yield f"{way} {word}"
    if passage.opens:
        for i in range(passage.first, min(passage.end, passage.first + _SPOKEN + 1)):
            if wording.lower[i].isalpha():
                yield f"says {wording.lower[i]}"
    elif len(told) > 1:
        yield f"start {told[0] or 'Name'} {told[1] or 'Name'}"
        yield f"start {told[0] or 'Name'}"
    for word in dict.fromkeys(_plain(wording, i) for i in before.told[-_LAST:]):
        if word:
            yield f"tail {word}"


def _plain(wording: Wording, at: int) -> str:
    """The word in lower case; "" for a name, and for what is no word."""
    form = wording.forms[at]
    if not form[:1].isalpha() or (form[:1].isupper() and not wording.opening[at] and form != "I"):
        return ""
    return wording.lower[at]
