"""The chapters of a text, each with its heading."""

from __future__ import annotations

from collections.abc import Sequence

from fabula.segment.headings import CAPITALS, CHAPTER, NUMERAL, PART, Heading, heading_of
from fabula.story import Chapter, Paragraph, Text

__all__ = ["cut_chapters"]


def cut_chapters(text: Text, paragraphs: Sequence[Paragraph]) -> tuple[Chapter, ...]:
    """The chapters of a text; joined they are the text. Words before the first heading belong to the first chapter."""
    groups = _groups(text, paragraphs)
    level = _chapter_rank([heading for _, group in groups for heading in group])
    starts = [(start, _title(group, level)) for start, group in groups if any(h.rank <= level for h in group)]
    if not starts:
        starts = [(0, None)]
    places = [0, *(start for start, _ in starts[1:]), len(text)]
    return tuple(
        Chapter(places[i], places[i + 1], id=f"ch{i + 1}", title=title) for i, (_, title) in enumerate(starts)
    )


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
                heading = Heading(at, 10 + levels[paragraph.start], heading.title, heading.number, heading.titled)
            if not together:
                groups.append((paragraph.start, []))
            groups[-1][1].append(heading)
            together = True
        elif paragraph.kind not in ("blank", "break"):
            together = False
    return groups


def _chapter_rank(headings: list[Heading]) -> int:
    """The rank of the headings that begin chapters; lower ones are sections."""
    ranks = {heading.rank for heading in headings}
    marked = [rank for rank in ranks if rank > 10]
    if marked:
        return min(marked)
    for rank in (CHAPTER, NUMERAL, PART, CAPITALS):
        if rank in ranks:
            return rank
    return CAPITALS


def _title(group: list[Heading], level: int) -> str:
    """The words of the headings that begin a chapter together."""
    return ", ".join(heading.title for heading in group if heading.rank <= level)
