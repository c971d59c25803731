"""M8: where one scene ends and the next begins."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

import msgspec

from benchmarks.corpora.gold import GoldScene
from benchmarks.metrics.hits import Hits
from fabula.story import Paragraph, Span, Story

__all__ = ["BreakResult", "measure_breaks", "near_hits"]

_STORY = frozenset({"prose", "letter", "verse"})
"""The paragraphs that count: a scene that begins at a heading, a row of asterisks or a lost line begins behind it."""


class BreakResult(msgspec.Struct, frozen=True):
    """Break paragraphs hit exactly, and within one paragraph; all of them, and those apart that nothing marks."""

    exact: Hits
    near: Hits
    unmarked: Hits
    unmarked_near: Hits


def measure_breaks(predicted: Story, gold: tuple[GoldScene, ...]) -> BreakResult:
    """M8, on the text as it is: its marked breaks are scored with the others, and left out of the unmarked.

    The beginning of the text and the starts of chapters are given and not scored. Numbers are of paragraphs of story;
    each break hits at most one other.
    """
    bodies = [paragraph.body for paragraph in predicted.paragraphs if _is_story(paragraph)]
    given = _numbers((scene for scene in gold if scene.starts in ("text", "chapter")), bodies) | {0}
    marked = _numbers((scene for scene in gold if scene.starts == "marked"), bodies) - given
    known = _numbers(gold, bodies) - given
    said = _numbers(predicted.scenes, bodies) - given
    return BreakResult(
        exact=Hits.of(said, known),
        near=near_hits(said, known),
        unmarked=Hits.of(said - marked, known - marked),
        unmarked_near=near_hits(said - marked, known - marked),
    )


def _is_story(paragraph: Paragraph) -> bool:
    return paragraph.kind in _STORY


def _numbers(scenes: Iterable[Span], bodies: list[int]) -> set[int]:
    """The numbers, from 0, of the paragraphs with which these scenes begin."""
    return {number for scene in scenes if (number := bisect_right(bodies, scene.start)) < len(bodies)}


def near_hits(said: set[int], known: set[int]) -> Hits:
    """The most pairs that lie within one paragraph of each other; taken in order, no better choice is passed by."""
    theirs, ours, right = sorted(said), sorted(known), 0
    at = among = 0
    while at < len(theirs) and among < len(ours):
        apart = theirs[at] - ours[among]
        right += abs(apart) <= 1
        at += apart <= 1
        among += apart >= -1
    return Hits.counted(right, said=len(theirs), known=len(ours))
