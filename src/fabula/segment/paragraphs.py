"""The paragraphs of a text, and what kind each is: story, heading, verse, letter, scene break."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from itertools import pairwise

from fabula.segment.kinds import kinds_of
from fabula.segment.lines import Block, Lines, cut_blocks, read_lines
from fabula.story import Paragraph, Text

__all__ = ["cut_paragraphs"]


def cut_paragraphs(text: Text) -> tuple[tuple[Paragraph, ...], tuple[int, ...]]:
    """The paragraphs of a text, which joined are the text, and the places before which a marked scene break stands."""
    lines = read_lines(text.content)
    blocks = cut_blocks(text, lines)
    kinds = kinds_of(text, lines, blocks)
    usual = _usual_gap(blocks)
    paragraphs: list[Paragraph] = []
    if not blocks or blocks[0].first > 0:
        _add_blank(paragraphs, lines, 0, blocks[0].first if blocks else len(lines.bodies))
    for at, block in enumerate(blocks):
        following = blocks[at + 1].first if at + 1 < len(blocks) else len(lines.bodies)
        after = min(following, block.last + 1 + usual) if at + 1 < len(blocks) else following
        start = lines.starts[block.first]
        paragraphs.append(Paragraph(start, lines.starts[after], kind=kinds[at], body=lines.bodies[block.last]))
        _add_blank(paragraphs, lines, after, following)
    return tuple(paragraphs), _breaks(text, paragraphs)


def _usual_gap(blocks: list[Block]) -> int:
    """How many blank lines the text usually has between two paragraphs."""
    gaps = Counter(after.first - before.last - 1 for before, after in pairwise(blocks))
    return gaps.most_common(1)[0][0] if gaps else 0


def _add_blank(paragraphs: list[Paragraph], lines: Lines, first: int, end: int) -> None:
    """Keep the white-space lines first … end as a tile of their own, so that a lost line can be seen."""
    start, stop = lines.starts[first], lines.starts[end]
    if stop > start:
        paragraphs.append(Paragraph(start, stop, kind="blank", body=start))


def _breaks(text: Text, paragraphs: list[Paragraph]) -> tuple[int, ...]:
    """The starts of the paragraphs with words that follow a marked break, of whatever kind."""
    filled = [p.start for p in paragraphs if p.kind not in ("blank", "break")]
    places = [p.end for p in paragraphs if p.kind == "break"]
    places += [mark.end for mark in text.marks if mark.kind == "break"]
    found = {filled[at] for place in places if (at := bisect_left(filled, place)) < len(filled)}
    return tuple(sorted(found))
