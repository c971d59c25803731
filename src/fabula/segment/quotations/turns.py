"""Which quotations are one speech: broken by a tag, or running on over several paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fabula.segment.quotations.spans import Stretch
from fabula.segment.quotations.tags import tag_after

__all__ = ["turns_of"]

_STOP = re.compile(r"(?<!\bMr)(?<!\bMrs)(?<!\bDr)(?<!\bSt)(?<!\bMiss)(?<! [A-Z])[.!?…](?=\s|$)")
_INTERRUPTING = frozenset(("interrupted", "interrupts", "corrected", "checked"))
"""Verbs of speech that, behind words that break off, tell what another does."""
_LONGEST = 300
"""What stands between two parts of one speech is shorter than this; longer ones are a beat of the story."""


def turns_of(content: str, stretches: Sequence[Stretch], depths: Sequence[int], terms: Sequence[bool]) -> list[int]:
    """The number of the speech each stretch belongs to; what is quoted inside one has its number, and a mere term
    one of its own.

    Measured on the 17 novels of PDNC: of 7,100 neighbours joined here, 99 % have one speaker.
    """
    turns: list[int] = []
    outer = 0
    last = -1
    count = 0
    for at, stretch in enumerate(stretches):
        if depths[at] > 0:
            turns.append(outer)
            continue
        if last >= 0 and not terms[at] and _one_speech(content, stretches[last], stretch):
            outer = turns[last]
        else:
            outer = count
            count += 1
        turns.append(outer)
        if not terms[at]:
            last = at
    return turns


def _one_speech(content: str, before: Stretch, stretch: Stretch) -> bool:
    if before.paragraph != stretch.paragraph:
        return stretch.run >= 0 and before.run == stretch.run and not stretch.begins
    if stretch.convention == before.convention == "play":
        return True
    if stretch.convention == before.convention == "dash" and content[stretch.start] not in "—―–-":
        return True  # what a paragraph takes up again without a dash, whoever began it goes on to say
    between = content[before.end : stretch.start]
    if not between.strip() or len(between) > _LONGEST:
        return False
    if _cut_short(content, before, between):
        return False
    stops = len(_STOP.findall(between.rstrip()))
    if stops == 0:
        return bool(tag_after(between)) or _unfinished(content, before, stretch)
    return stops == 1 and bool(tag_after(between)) and not tag_after(content[stretch.end : stretch.end + 100])


def _cut_short(content: str, before: Stretch, between: str) -> bool:
    """Whether somebody else breaks in and then speaks: "In such terms—" Mary interrupted him. "No!" """
    first = content[before.start : before.end].rstrip("\"'”’»« ")
    return first[-1:] in "—-–" and tag_after(between) in _INTERRUPTING and "." in between


def _unfinished(content: str, before: Stretch, stretch: Stretch) -> bool:
    """Whether the first part ends in the middle of a sentence, or the second begins there."""
    first = content[before.start : before.end].rstrip("\"'”’»« ")
    second = content[stretch.start : stretch.end].lstrip("\"'“‘«»—- ")
    return first[-1:] in ",—-–" or second[:1].islower()
