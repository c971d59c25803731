"""The windows through which the encoder sees a text: each owns some words and sees a little more on both sides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fabula.encode.pieces import Pieces, Spelling

__all__ = ["Feed", "Window", "cut_windows", "lay_feed"]


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


def cut_windows(sizes: Sequence[int], sentence: Sequence[int], *, room: int, context: int) -> list[Window]:
    """Cut words into windows.

    Args:
        sizes: how many pieces each word has.
        sentence: the sentence each word stands in.
        room: pieces in a window.
        context: pieces a window sees before and behind the words it owns, where there are any.
    """
    windows, own, total = [], 0, len(sizes)
    while own < total:
        first, left = own, context
        while first > 0 and sizes[first - 1] <= left:
            first -= 1
            left -= sizes[first]
        last, left = first, room
        while last < total and sizes[last] <= left:
            left -= sizes[last]
            last += 1
        end = total if last == total else _cut(sizes, sentence, own, max(own + 1, last), context)
        windows.append(Window(first, own, end, max(last, end)))
        own = end
    return windows


def _cut(sizes: Sequence[int], sentence: Sequence[int], own: int, last: int, context: int) -> int:
    """Where the owned words end: `context` pieces before the window does, at a sentence's end if one is near."""
    end, left = last, context
    while end > own + 1 and sizes[end - 1] <= left:
        end -= 1
        left -= sizes[end]
    for back in range(end, own + (end - own) * 3 // 4, -1):
        if back > own and sentence[back - 1] != sentence[back]:
            return back
    return end


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
