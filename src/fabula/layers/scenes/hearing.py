"""What the encoder hears between paragraphs: how one closes, how the next opens, how alike the two sides are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from fabula import lexicon
from fabula.encode import Encoding
from fabula.layers.scenes.lengths import between
from fabula.layers.scenes.passages import Passage, lay_passages
from fabula.layers.scenes.windows import sides_of
from fabula.segment.wording import Wording

__all__ = ["PARTS", "REACHES", "hear_seams", "seam_vectors"]

PARTS = ("opening", "closing", "likeness")
"""What a seam's vector is made of: the first sentence behind the seam, the last before it, and how alike the sides."""
REACHES = (80, 300, 1000)
"""Words on either side that are compared."""
_BESIDE = (-3, -2, -1, 1, 2, 3)
"""Seams that a seam's likeness is held against."""
_SHARE = (0.0, 1.0)
"""How much of it counts in a short story, and in a novel: the weights are those of novels. In the gold stories, where
it counted whole, the pairs of scenes in order fell from .863 to .835, and exact breaks from .638 to .625."""

Floats = NDArray[np.float64]


def hear_seams(wording: Wording, encoding: Encoding) -> dict[int, float]:
    """What to add to the log odds that a scene begins with a paragraph of story, by the paragraph's start; nothing
    where the encoding is of another encoder than was learned from."""
    known = _weights()
    if encoding.encoder != known.encoder or not len(encoding):
        return {}
    passages = lay_passages(wording, ())
    odds = seam_vectors(wording.sentence, encoding, passages) @ known.weights + known.constant if passages else ()
    share = between(_SHARE, len(wording))
    return {passage.start: share * float(odd) for passage, odd in zip(passages, odds, strict=True)}


def seam_vectors(sentences: Sequence[int], encoding: Encoding, passages: Sequence[Passage]) -> Floats:
    """A row for the seam before each passage; the first has no seam and stands in for what is before it.

    Args:
        sentences: in which each word of the encoding stands.
        encoding: of a text.
        passages: its paragraphs of story, at least one.
    """
    sentence = np.asarray(sentences)
    spans = [(p.first, p.end) for p in passages]
    first = _means(encoding, [(a, a + _run(sentence[a:b])) for a, b in spans])
    last = _means(encoding, [(b - _run(sentence[a:b][::-1]), b) for a, b in spans])
    closing = np.concatenate([last[:1], last[:-1]])
    whole = _means(encoding, spans)
    lengths = [p.words for p in passages]
    return np.concatenate([first, closing, _likenesses(whole, first, lengths)], 1)


def _run(sentences: NDArray[np.int64]) -> int:
    """How many words from the first on are of its sentence."""
    return int((sentences == sentences[0]).sum())


def _means(encoding: Encoding, spans: Sequence[tuple[int, int]]) -> Floats:
    """The mean vector of each stretch of words, both halves."""
    rows = []
    for first, end in spans:
        begin = encoding.begin[first:end] * encoding.begin_step[first:end, None]
        close = encoding.close[first:end] * encoding.close_step[first:end, None]
        rows.append(np.concatenate([begin.mean(0), close.mean(0)]))
    return np.array(rows, np.float64)


def _likenesses(whole: Floats, first: Floats, lengths: Sequence[int]) -> Floats:
    """How alike the two sides of each seam are, in three widths; how alike the first sentence behind it is to what is
    before; and how the sides' likeness differs from that at the seams beside."""
    whole, first = _scaled(whole), _scaled(first)
    sides = [_sides(whole, lengths, reach) for reach in REACHES]
    alike = np.stack([_cosines(before, after) for before, after in sides], 1)
    opening = np.stack([_cosines(before, first) for before, _ in sides], 1)
    far = max(_BESIDE)
    wide = np.pad(alike, ((far, far), (0, 0)), mode="edge")
    beside = np.mean([wide[far + step : len(wide) - far + step] for step in _BESIDE], 0)
    return np.concatenate([alike, opening, alike - beside], 1)


def _scaled(rows: Floats) -> Floats:
    """Each column about its mean in this text: how all of it is written says nothing of a seam."""
    scaled: Floats = (rows - rows.mean(0)) / (rows.std(0) + 1e-3)
    return scaled


def _sides(rows: Floats, lengths: Sequence[int], reach: int) -> tuple[Floats, Floats]:
    """The mean of the passages before each seam, and from it on, so many words far and a passage at least."""
    many = np.asarray(lengths, np.float64)
    ends = np.concatenate([[0.0], np.cumsum(many)])
    total = np.concatenate([np.zeros((1, rows.shape[1])), np.cumsum(rows * many[:, None], 0)])
    at, run = np.arange(len(rows)), sides_of(lengths, reach)
    before = (total[at] - total[run.first]) / np.maximum(1, ends[at] - ends[run.first])[:, None]
    after = (total[run.end] - total[at]) / np.maximum(1, ends[run.end] - ends[at])[:, None]
    return before, after


def _cosines(some: Floats, others: Floats) -> Floats:
    sizes = np.sqrt((some**2).sum(1) * (others**2).sum(1) + 1e-6)
    likeness: Floats = (some * others).sum(1) / sizes
    return likeness


class _Weights:
    """What was learned: of which encoder, and what each number of a seam's vector weighs."""

    def __init__(self, rows: dict[str, tuple[str, ...]]) -> None:
        self.encoder = rows["encoder"][0]
        self.constant = float(rows["constant"][0])
        self.weights = np.array([number for part in PARTS for number in _numbers(rows[part])])


def _numbers(row: Sequence[str]) -> Iterator[float]:
    return (float(number) for column in row for number in column.split())


@cache
def _weights() -> _Weights:
    return _Weights(lexicon.table("scene_vectors"))
