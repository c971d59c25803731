"""The windows through which the encoder sees a text: each owns some words and sees a little more on both sides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from fabula.encode.pieces import Pieces, Spelling

__all__ = ["Feed", "Window", "cut_windows", "lay_feed"]

_EARLY = 0.6
"""The part of a window's room that is surely used; within the rest its end is sought."""
_LAST = 6
"""Words that decide whether a window ends behind them."""


class Window(NamedTuple):
    """Words `first` up to `last` are seen, of which `own` up to `end` are answered for; these tile the text."""

    first: int
    own: int
    end: int
    last: int


class Feed(NamedTuple):
    """What the encoder is given for B windows of at most P pieces and W words."""

    pieces: NDArray[np.int64]
    """B×P: numbers of pieces, 0 where there is none."""
    casing: NDArray[np.int64]
    """B×P."""
    first: NDArray[np.int64]
    """B×W: where each word's first piece stands."""
    sentence: NDArray[np.int64]
    """B×W: the word's sentence, -1 where there is no word."""


def cut_windows(
    sizes: Sequence[int], sentence: Sequence[int], forms: Sequence[str], *, room: int, context: int
) -> list[Window]:
    """Cut words into windows.

    A window ends where a sentence does, and which sentence that is depends on words near it alone: after a change
    to the text the cuts soon fall where they fell before, and what was read of those windows still holds.

    Args:
        sizes: how many pieces each word has.
        sentence: the sentence each word stands in.
        forms: the words.
        room: pieces in a window.
        context: pieces a window sees before and behind the words it owns, where there are any.
    """
    windows, own, total = [], 0, len(sizes)
    while own < total:
        first = _reach(sizes, own, -1, context)
        end = _cut(sizes, sentence, forms, own, room - 2 * context)
        windows.append(Window(first, own, end, _reach(sizes, end, 1, context)))
        own = end
    return windows


def _reach(sizes: Sequence[int], at: int, step: int, left: int) -> int:
    """How far `left` pieces go from a border between words."""
    while 0 <= at - (step < 0) < len(sizes) and sizes[at - (step < 0)] <= left:
        left -= sizes[at - (step < 0)]
        at += step
    return at


def _cut(sizes: Sequence[int], sentence: Sequence[int], forms: Sequence[str], own: int, room: int) -> int:
    """Where the owned words end: with the sentence, of those that end in the last part, whose last words hash least."""
    full = max(own + 1, _reach(sizes, own, 1, room))
    if full == len(sizes):
        return full
    early = own + int((full - own) * _EARLY)
    ends = [at for at in range(early + 1, full + 1) if sentence[at - 1] != sentence[at]]
    return min(ends, key=lambda at: (crc32("\0".join(forms[at - _LAST : at]).encode()), at), default=full)


def lay_feed(windows: Sequence[Window], spellings: Sequence[Spelling], sentence: Sequence[int], marks: Pieces) -> Feed:
    """Lay windows side by side, filled up with nothing to the longest of them."""
    sizes = [sum(len(s[0]) for s in spellings[w.first : w.last]) for w in windows]
    long, wide = max(sizes) + 2, max(w.last - w.first for w in windows)
    pieces = np.zeros((len(windows), long), np.int64)
    casing = np.full((len(windows), long), 4, np.int64)
    first = np.zeros((len(windows), wide), np.int64)
    place = np.full((len(windows), wide), -1, np.int64)
    for row, window in enumerate(windows):
        own = spellings[window.first : window.last]
        counts = np.fromiter((len(numbers) for numbers, _ in own), np.int64, len(own))
        size = sizes[row]
        pieces[row, 0], pieces[row, size + 1] = marks.begin, marks.end
        pieces[row, 1 : size + 1] = [number for numbers, _ in own for number in numbers]
        casing[row, 1 : size + 1] = [case for _, cases in own for case in cases]
        first[row, : len(own)] = np.cumsum(counts) - counts + 1
        place[row, : len(own)] = sentence[window.first : window.last]
    return Feed(pieces, casing, first, place)
