"""Read a text once with the encoder: windows, batches, and the one place where windows become the text again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from fabula.encode.encoding import Encoding
from fabula.encode.pieces import Pieces
from fabula.encode.session import Network, Reading, open_network
from fabula.encode.windows import Window, cut_windows, lay_feed
from fabula.models import Manifest, ModelPack
from fabula.models.pack import PIECES
from fabula.segment.wording import Wording

__all__ = ["FLOOR", "encode", "encode_words"]

FLOOR = -2.0
"""Log odds below which a stretch of words is not kept as a possible mention."""
_BATCH = 8
"""Windows in a batch; larger ones use more memory and are no faster on two cores."""


def encode(
    wording: Wording,
    pack: ModelPack,
    *,
    network: Network | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Encoding:
    """Read the words of a text with the pack's encoder, each window once.

    Args:
        wording: the words.
        pack: a proved pack.
        network: the pack made ready, if it is at hand.
        progress: called with how many windows are read, and how many there are.
    """
    network = network or open_network(pack)
    return encode_words(wording.forms, wording.sentence, pack, network=network, progress=progress)


def encode_words(
    forms: Sequence[str],
    sentence: Sequence[int],
    pack: ModelPack,
    *,
    network: Network,
    progress: Callable[[int, int], None] | None = None,
) -> Encoding:
    """As `encode`, for words that are only a list, with the sentence each stands in."""
    marks = Pieces(pack.path(PIECES).read_text(encoding="utf-8").rstrip("\n").split("\n"))
    spellings = marks.spell(forms)
    views = pack.manifest.views
    sizes = [len(numbers) for numbers, _ in spellings]
    windows = cut_windows(sizes, sentence, room=views.room, context=views.context)
    stitch = _Stitch(len(forms), pack.manifest)
    read = 0
    for batch in _batches(windows, sizes):
        stitch.take(batch, network.read(lay_feed(batch, spellings, sentence, marks)))
        read += len(batch)
        if progress is not None:
            progress(read, len(windows))
    return stitch.whole()


def _batches(windows: Sequence[Window], sizes: Sequence[int]) -> Iterator[list[Window]]:
    """Windows of like length together, so that little is filled up with nothing."""
    ends = np.concatenate([[0], np.cumsum(sizes)])
    ordered = sorted(windows, key=lambda w: (int(ends[w.last] - ends[w.first]), w.first))
    for at in range(0, len(ordered), _BATCH):
        yield ordered[at : at + _BATCH]


class _Stitch:
    """The text's columns, filled window by window: each window answers for the words it owns."""

    def __init__(self, words: int, manifest: Manifest) -> None:
        self._labels = manifest.labels
        self._event = np.zeros(words, np.float32)
        self._class = np.zeros(words, np.uint8)
        self._sure = np.zeros(words, np.float32)
        self._head = np.arange(words, dtype=np.int32)
        self._relation = np.zeros(words, np.uint8)
        self._spans: list[tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.float16]]] = []

    def take(self, windows: Sequence[Window], reading: Reading) -> None:
        """Put what was read of a batch of windows where it belongs."""
        for row, window in enumerate(windows):
            inner = slice(window.own - window.first, window.end - window.first)
            outer = slice(window.own, window.end)
            self._event[outer] = reading.event[row, inner]
            odds = reading.word_class[row, inner]
            self._class[outer] = odds.argmax(-1)
            self._sure[outer] = 1 / np.exp(odds - odds.max(-1, keepdims=True)).sum(-1)
            self._head[outer] = reading.head[row, inner] + window.first
            self._relation[outer] = reading.relation[row, inner].argmax(-1)
            self._spans.append(_spans(window, row, inner, reading))

    def whole(self) -> Encoding:
        """The encoding of the whole text."""
        places = np.concatenate([s[0] for s in self._spans]) if self._spans else np.zeros((0, 4), np.int32)
        scores = np.concatenate([s[1] for s in self._spans]) if self._spans else np.zeros(0, np.float32)
        vectors = np.concatenate([s[2] for s in self._spans]) if self._spans else np.zeros((0, 0), np.float16)
        order = np.lexsort((-places[:, 1], places[:, 0]))
        places = places[order]
        return Encoding(
            labels=self._labels,
            event=self._event,
            word_class=self._class,
            class_score=self._sure,
            head=self._head,
            relation=self._relation,
            first=places[:, 0],
            last=places[:, 1],
            type=places[:, 2].astype(np.uint8),
            form=places[:, 3].astype(np.uint8),
            score=scores[order],
            vector=vectors[order],
        )


def _spans(
    window: Window, row: int, inner: slice, reading: Reading
) -> tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.float16]]:
    """The possible mentions that begin at a word this window owns: (first, last, type, form), score, vector."""
    odds = reading.mention[row, inner]
    best = odds[..., 1:].max(-1) - odds[..., 0]
    width = np.arange(best.shape[1])
    there = inner.start + np.arange(best.shape[0])[:, None] + width < window.last - window.first
    begin, wide = np.nonzero((best >= FLOOR) & there)
    kind = odds[begin, wide, 1:].argmax(-1)
    first = begin + inner.start
    form = reading.form[row, first, wide].argmax(-1)
    vector = np.maximum(0, reading.begin[row, first] + reading.close[row, first + wide]).astype(np.float16)
    places = np.stack([first + window.first, first + wide + window.first, kind, form], 1).astype(np.int32)
    return places, best[begin, wide].astype(np.float32), vector
