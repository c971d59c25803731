"""Paragraphs that begin to look back: the past perfect opens them, as it opens a memory."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from fabula.layers.scenes.lengths import between
from fabula.layers.scenes.seams import Seam
from fabula.segment.perfects import find_perfects
from fabula.segment.wording import Wording
from fabula.story import Paragraph, Span

__all__ = ["looks_back", "raise_lookbacks"]

_WEIGHT = (1.2, 0.0)
"""What that adds to the score of a seam, in a short story and in a novel. Of fifteen such paragraphs of the gold
stories ten begin a scene; in novels one looks back within the scene."""
_SENTENCES, _PERFECTS = 3, 2
"""So many of the first sentences are looked at, and so many past perfects must stand in them, …"""
_MAIN = 80
"""… the first so many characters from the beginning."""


def raise_lookbacks(wording: Wording, seams: Sequence[Seam], scores: Sequence[float]) -> list[float]:
    """The scores, raised where a paragraph begins to look back and the one before it did not."""
    weight, looks = between(_WEIGHT, len(wording)), False
    raised = []
    paragraphs = wording.segments.paragraphs
    for seam, score in zip(seams, scores, strict=True):
        at = bisect_left(paragraphs, seam.start, key=lambda paragraph: paragraph.start)
        looked, looks = looks, looks_back(wording, paragraphs[at])
        raised.append(score + weight * (looks and not looked))
    return raised


def looks_back(wording: Wording, paragraph: Paragraph) -> bool:
    """Whether its first sentences, outside speech, are in the past perfect."""
    content = wording.segments.text.content
    found = [list(find_perfects(content, sentence)) for sentence in _first(wording, paragraph)]
    if not found or not found[0] or found[0][0].start > paragraph.start + _MAIN:
        return False
    return sum(map(len, found)) >= _PERFECTS


def _first(wording: Wording, paragraph: Paragraph) -> Iterator[Span]:
    """The paragraph's first sentences; none where it opens in speech."""
    word = wording.at(paragraph.start)
    if word == len(wording) or wording.quote[word] != -1:
        return
    sentences = wording.segments.sentences
    at = wording.segments.sentence_at(wording.starts[word])
    for sentence in sentences[at : at + _SENTENCES]:
        if sentence.start < paragraph.end:
            yield sentence.span
