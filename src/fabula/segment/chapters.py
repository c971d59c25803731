"""The chapters of a text, each with its heading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from fabula.segment.headings import CAPITALS, CHAPTER, MARKED, NUMERAL, PART, Heading, heading_of
from fabula.story import Chapter, Paragraph, Text

__all__ = ["cut_chapters"]

_PART = re.compile(r"(?i:part|book|volume|vol\.)\b")
_CLOSING = re.compile(
    r"(?i:epilogue|afterword|postscript|conclusion|coda|envoi|finale|postlude|appendix|"
    r"\w+[s’']{1,2} (?:note|postscript))\b"
)
"""How a heading begins that has the story before it, and not the title page."""
_STORY = 5
"""So many paragraphs of prose before it are more than a title page."""


def cut_chapters(text: Text, paragraphs: Sequence[Paragraph]) -> tuple[Chapter, ...]:
    """The chapters of a text; joined they are the text. Words before the first heading belong to the first chapter,
    unless that is an afterword."""
    groups = _groups(text, paragraphs)
    ranks = _chapter_rank([heading for _, group in groups for heading in group])
    starts: list[tuple[int, str | None]] = [
        (start, _title(group, ranks)) for start, group in groups if any(heading.rank in ranks for heading in group)
    ]
    before = (p for p in paragraphs if p.kind == "prose" and starts and p.start < starts[0][0])
    if not starts or (_CLOSING.match(starts[0][1] or "") and sum(1 for _ in before) >= _STORY):
        starts = [(0, None), *starts]
    places = [0, *(start for start, _ in starts[1:]), len(text)]
    return tuple(Chapter(places[i], places[i + 1], id=f"ch{i + 1}", title=title) for i, (_, title) in enumerate(starts))


def _groups(text: Text, paragraphs: Sequence[Paragraph]) -> list[tuple[int, list[Heading]]]:
    """Headings that stand together, with the place where each group begins."""
    levels = {mark.start: mark.level for mark in text.marks if mark.kind == "heading"}
    groups: list[tuple[int, list[Heading]]] = []
    together = False
    for at, paragraph in enumerate(paragraphs):
        if paragraph.kind == "heading":
            words = text.content[paragraph.start : paragraph.body]
            heading = heading_of(words.strip(), at) or Heading(at, CAPITALS, " ".join(words.split()), titled=True)
            if paragraph.start in levels:
                heading = Heading(at, MARKED + levels[paragraph.start], heading.title, heading.number, heading.titled)
            if not together:
                groups.append((paragraph.start, []))
            groups[-1][1].append(heading)
            together = True
        elif paragraph.kind not in ("blank", "break"):
            together = False
    return groups


def _chapter_rank(headings: list[Heading]) -> range:
    """The ranks of the headings that begin chapters; lower ones are sections.

    Marks of the format outweigh words. A single heading of the highest level is the book's title, and parts, if each
    is at once followed by a chapter's heading, leave the chapters one level down.
    """
    marked = Counter(heading.rank for heading in headings if heading.rank >= MARKED)
    if marked:
        levels = sorted(marked)
        top = levels[0]
        if len(levels) > 1 and (marked[top] == 1 or _are_parts(headings, top)):
            return range(MARKED, levels[1] + 1)
        return range(MARKED, top + 1)
    numbered = {heading.rank for heading in headings if heading.rank != CHAPTER or heading.number is not None}
    for rank in (CHAPTER, NUMERAL, PART):
        if rank in numbered:
            return range(PART, rank + 1)
    return range(PART, CAPITALS + 1)


def _are_parts(headings: list[Heading], top: int) -> bool:
    """Whether all headings of the highest level call themselves part, book or volume."""
    return all(_PART.match(heading.title) for heading in headings if heading.rank == top)


def _title(group: list[Heading], ranks: range) -> str:
    """The words of the headings that begin a chapter together: "PART ONE, CHAPTER I: THE EVE OF THE WAR"."""
    titles: list[str] = []
    bare = False
    for heading in group:
        if heading.rank in ranks and not (bare and heading.rank == CAPITALS):
            titles.append(heading.title)
            bare = not heading.titled
        elif bare and heading.rank == CAPITALS:
            titles[-1] += f": {heading.title}"
            bare = False
    return ", ".join(titles)
