"""Where somebody speaks, thinks or writes in the text: every stretch that quotation marks or the like set off."""

from __future__ import annotations

from collections.abc import Sequence

from fabula.segment.quotations.dashes import find_dashes
from fabula.segment.quotations.modes import modes_of
from fabula.segment.quotations.plays import find_play
from fabula.segment.quotations.spans import Stretch, find_stretches
from fabula.segment.quotations.thoughts import find_thoughts
from fabula.segment.quotations.turns import turns_of
from fabula.segment.quotations.unmarked import find_unmarked
from fabula.segment.segments import Quotation
from fabula.story import Paragraph, Text

__all__ = ["find_quotations"]


def find_quotations(text: Text, paragraphs: Sequence[Paragraph]) -> tuple[Quotation, ...]:
    """The quotations of a text, ordered by start, the longer first; they nest and never leave their paragraph."""
    content = text.content
    marked = find_stretches(content, paragraphs)
    play = find_play(content, paragraphs)
    if not play:
        marked += find_dashes(content, paragraphs, marked)
        marked += find_unmarked(content, paragraphs, marked)
        marked += find_thoughts(text, paragraphs, marked)
    marked += play
    stretches = _nested(marked)
    modes = modes_of(content, paragraphs, stretches)
    depths = _depths(stretches)
    turns = turns_of(content, stretches, depths, [mode == "term" for mode, _ in modes])
    return tuple(
        Quotation(
            s.start, s.end, convention=s.convention, mode=mode, depth=depth, turn=turn, closed=s.closed, confidence=sure
        )
        for s, (mode, sure), depth, turn in zip(stretches, modes, depths, turns, strict=True)
    )


def _nested(stretches: list[Stretch]) -> list[Stretch]:
    """The stretches in order; one that would cross the end of another is left out, as is one that repeats another."""
    stretches.sort(key=lambda s: (s.start, -s.end))
    kept: list[Stretch] = []
    ends: list[int] = []
    for stretch in stretches:
        while ends and ends[-1] <= stretch.start:
            ends.pop()
        if stretch.end <= stretch.start or (ends and stretch.end > ends[-1]):
            continue
        if kept and (kept[-1].start, kept[-1].end) == (stretch.start, stretch.end):
            continue
        kept.append(stretch)
        ends.append(stretch.end)
    return kept


def _depths(stretches: list[Stretch]) -> list[int]:
    """How many quotations each lies in."""
    depths: list[int] = []
    ends: list[int] = []
    for stretch in stretches:
        while ends and ends[-1] <= stretch.start:
            ends.pop()
        depths.append(len(ends))
        ends.append(stretch.end)
    return depths
