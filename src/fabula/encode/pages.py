"""What is kept of one window once it is read: small, plain, and the same whenever the window is the same."""

from __future__ import annotations

import hashlib

import msgspec
import numpy as np
from numpy.typing import NDArray

from fabula.encode.session import Reading
from fabula.encode.windows import Feed

__all__ = ["FLOOR", "Page", "fill_page", "name_of_row"]

FLOOR = -2.0
"""Log odds below which a stretch of words is not kept as a possible mention."""
_STEPS = 127
_KIND = 1
"""Grows whenever a page comes to hold something else of the same window and pack; no old page is then taken for it."""


class Page(msgspec.Struct, frozen=True, array_like=True):
    """What the heads say of the words a window owns: W words, S possible mentions. Arrays as bytes, little-endian.

    Attributes:
        event: W float16, log odds.
        word_class, lemma, relation: W uint8.
        sure: W float16, the probability of the word class.
        head: W int16, how far behind the word its governor stands.
        spans: S×4 int16: first word, last word (from the first owned one), type, form; score: S float16.
        begin, close: W×D int8, and what their steps are worth, W float16 each.
    """

    event: bytes
    word_class: bytes
    lemma: bytes
    relation: bytes
    sure: bytes
    head: bytes
    spans: bytes
    score: bytes
    begin: bytes
    begin_step: bytes
    close: bytes
    close_step: bytes


def fill_page(reading: Reading, row: int, own: slice, seen: int) -> Page:
    """What is kept of a row of a batch: the words in `own`, of `seen` that stand in the window."""
    odds = reading.word_class[row, own]
    sure = 1 / np.exp(odds - odds.max(-1, keepdims=True)).sum(-1)
    there = np.arange(own.start, own.stop)
    spans, score = _spans(reading, row, own, seen)
    begin, begin_step = _small(reading.begin[row, own])
    close, close_step = _small(reading.close[row, own])
    return Page(
        reading.event[row, own].astype("<f2").tobytes(),
        odds.argmax(-1).astype(np.uint8).tobytes(),
        reading.lemma[row, own].argmax(-1).astype(np.uint8).tobytes(),
        reading.relation[row, own].argmax(-1).astype(np.uint8).tobytes(),
        sure.astype("<f2").tobytes(),
        (reading.head[row, own] - there).astype("<i2").tobytes(),
        spans.astype("<i2").tobytes(),
        score.astype("<f2").tobytes(),
        begin,
        begin_step,
        close,
        close_step,
    )


def name_of_row(feed: Feed, row: int, own: slice, pack: str) -> bytes:
    """A name for what a window shows the encoder, of which words, and of which pack: the same name, the same page."""
    digest = hashlib.sha256(pack.encode())
    digest.update(f" {_KIND} {own.start} {own.stop} ".encode())
    words = int((feed.sentence[row] >= 0).sum())
    size = int((feed.pieces[row] > 0).sum())
    borders = np.diff(feed.sentence[row, :words]) != 0
    for column in (feed.pieces[row, :size], feed.casing[row, :size], feed.first[row, :words], borders):
        digest.update(np.ascontiguousarray(column).tobytes())
    return digest.digest()


def _small(halves: NDArray[np.float32]) -> tuple[bytes, bytes]:
    step = np.abs(halves).max(-1, initial=0) / _STEPS
    step = np.maximum(step, 1e-6).astype("<f2")
    rounded = np.rint(halves / step.astype(np.float32)[:, None])
    return np.clip(rounded, -_STEPS, _STEPS).astype(np.int8).tobytes(), step.tobytes()


def _spans(reading: Reading, row: int, own: slice, seen: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    odds = reading.mention[row, own]
    best = odds[..., 1:].max(-1) - odds[..., 0]
    width = np.arange(best.shape[1])
    there = own.start + np.arange(best.shape[0])[:, None] + width < seen
    begin, wide = np.nonzero((best >= FLOOR) & there)
    kind = odds[begin, wide, 1:].argmax(-1)
    form = reading.form[row, begin + own.start, wide].argmax(-1)
    return np.stack([begin, begin + wide, kind, form], 1), best[begin, wide]
