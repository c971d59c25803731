"""Records over a stretch of text as a tree: what begins earlier, or is longer, holds what lies inside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, TypeVar

from fabula.story import Paragraph, ParagraphKind, Span, Story, tile

__all__ = ["Block", "Step", "blocks_of", "nested"]

R = TypeVar("R", bound=Span)

_SPACE = " \t\r\n"
"""What XML calls white space: a no-break space or a form feed is a character like any other."""

Step = Literal["words", "open", "close"]


class Block(Span, frozen=True, kw_only=True):
    """A paragraph. Blocks tile the text; `body` is where the white space at a block's end begins, as XML knows it."""

    kind: ParagraphKind
    body: int


def blocks_of(story: Story) -> Iterator[Block]:
    """The paragraphs, cut so that they tile the text: what none of them holds is a block of prose, or blank.

    Raises:
        NotRead: if the paragraphs were not read.
    """
    at, kept = 0, dict[int, Paragraph]()
    for paragraph in story.paragraphs:
        if max(at, paragraph.start) < min(paragraph.end, len(story.text)):
            kept[max(at, paragraph.start)] = paragraph
            at = paragraph.end
    spans = [Span(start, min(one.end, len(story.text))) for start, one in kept.items()]
    for span, _ in tile(spans, Span(0, len(story.text))):
        words = story.words(span)
        kind = kept[span.start].kind if span.start in kept else "prose"
        yield Block(
            span.start,
            span.end,
            kind=kind if words.strip(_SPACE) else "blank",
            body=span.start + len(words.rstrip(_SPACE)),
        )


def nested(whole: Span, records: Iterable[R]) -> Iterator[tuple[Step, Span | R]]:
    """Walk through a stretch: its words between the places where records open and close, each inside the one around it.

    Of two records that cross, the one that comes later in `records` is left out. Records are cut to the stretch; the
    words, joined, are the stretch.
    """
    opened: list[tuple[int, R]] = []
    at = whole.start
    for start, end, record in (*_uncrossed(whole, records), (whole.end, whole.end, None)):
        while opened and opened[-1][0] <= start:
            closing, ending = opened.pop()
            if closing > at:
                yield "words", Span(at, closing)
                at = closing
            yield "close", ending
        if start > at:
            yield "words", Span(at, start)
            at = start
        if record is not None:
            opened.append((end, record))
            yield "open", record


def _uncrossed(whole: Span, records: Iterable[R]) -> Sequence[tuple[int, int, R]]:
    """The records, cut to the stretch, that cross none before them; in order of place, the longer first."""
    kept: list[tuple[int, int, int, R]] = []
    for rank, record in enumerate(records):
        start, end = max(whole.start, record.start), min(whole.end, record.end)
        if start < end and not any(s < start < e < end or start < s < end < e for s, e, _, _ in kept):
            kept.append((start, end, rank, record))
    kept.sort(key=lambda one: (one[0], -one[1], one[2]))
    return [(start, end, record) for start, end, _, record in kept]
