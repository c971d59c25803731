"""The story as lines that tile its text, each read by one voice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, TypeVar

import msgspec

from fabula.forms.basics import voiced
from fabula.story import Character, Mode, Paragraph, Quote, Span, Story, tile

__all__ = ["Line", "LineKind", "label_of", "to_script"]

S = TypeVar("S", Paragraph, Quote)

LineKind = Literal["narration", "quote", "heading", "break", "apart"]

_WHOLE: dict[str, LineKind] = {"heading": "heading", "break": "break", "apart": "apart"}
"""Paragraphs that are one line whatever stands in them."""

_LABELS = {"narration": "Narrator", "quote": "Unknown", "heading": "Heading", "break": "Break", "apart": "Apart"}


class Line(Span, frozen=True, kw_only=True):
    """A stretch of the text that one voice reads. Lines tile the text: joined, they are the text.

    Attributes:
        number: from 1, in order of place.
        kind: the narrator's words, a quotation, a heading, a scene break, or what is not story.
        paragraph: the paragraph it stands in, from 1; None where the story has no paragraphs.
        quote: the id of the quotation, None for every other kind.
        speaker: the id of who says it; None for the narrator, and where nobody knows.
        name: that speaker's name.
        addressees: the ids of those it is said to.
        mode: how the quotation is meant (spoken, thought, …); None for every other kind.
        confidence: that the speaker is right; None where there is none.
    """

    number: int
    kind: LineKind
    paragraph: int | None = None
    quote: str | None = None
    speaker: str | None = None
    name: str | None = None
    addressees: tuple[str, ...] = ()
    mode: Mode | None = None
    confidence: float | None = None


def to_script(story: Story) -> tuple[Line, ...]:
    """The story as lines that tile its text, the narrator's among them.

    Lines follow the paragraphs and, inside them, the quotations of depth 0; a quoted term stays the narrator's. White
    space belongs to the line before it, an indent to the line behind it.

    Raises:
        NotRead: if the story's paragraphs, quotes or characters were not read.
    """
    cast = {character.id: character for character in story.characters}
    pieces = _settled(story.text.content, _pieces(story))
    return tuple(_line(number, piece, cast) for number, piece in enumerate(pieces, 1))


def label_of(line: Line) -> str:
    """Who a line is headed with: the speaker's name, or what the line is."""
    return line.name or line.speaker or _LABELS[line.kind]


class _Piece(Span, frozen=True, kw_only=True):
    """A stretch on its way to becoming a line."""

    kind: LineKind
    paragraph: int | None = None
    blank: bool = False
    quote: Quote | None = None


def _pieces(story: Story) -> Iterator[_Piece]:
    """The text cut at paragraphs and quotations, white space still standing alone."""
    whole = Span(0, len(story.text))
    quotes = voiced(story)
    first = 0
    paragraphs = list(_apart_from_each_other(story.paragraphs, whole))
    numbers = {paragraph.start: number for number, (paragraph, _) in enumerate(paragraphs, 1)}
    kinds = {paragraph.start: known.kind for paragraph, known in paragraphs}
    for paragraph, _ in tile((span for span, _ in paragraphs), whole):
        kind = kinds.get(paragraph.start, "prose")
        number = numbers.get(paragraph.start)
        while first < len(quotes) and quotes[first].end <= paragraph.start:
            first += 1
        if kind in _WHOLE or kind == "blank":
            line = _WHOLE.get(kind, "narration")
            yield _Piece(paragraph.start, paragraph.end, kind=line, paragraph=number, blank=kind == "blank")
        else:
            yield from _voices(paragraph, number, _inside(paragraph, quotes, first))


def _voices(paragraph: Span, number: int | None, quotes: Iterable[Quote]) -> Iterator[_Piece]:
    """One paragraph cut into the narrator's words and the quotations."""
    cuts = list(_apart_from_each_other(quotes, paragraph))
    said = {span.start: quote for span, quote in cuts}
    for span, is_quote in tile((span for span, _ in cuts), paragraph):
        quote = said[span.start] if is_quote else None
        yield _Piece(span.start, span.end, kind="quote" if quote else "narration", paragraph=number, quote=quote)


def _inside(paragraph: Span, quotes: Sequence[Quote], first: int) -> Iterator[Quote]:
    for at in range(first, len(quotes)):
        if quotes[at].start >= paragraph.end:
            return
        yield quotes[at]


def _apart_from_each_other(records: Iterable[S], whole: Span) -> Iterator[tuple[Span, S]]:
    """Records in order with the stretch of `whole` that is each one's own: what an earlier one holds is left out."""
    at = whole.start
    for record in records:
        start, end = max(at, record.start), min(record.end, whole.end)
        if start < end:
            yield Span(start, end), record
            at = end


def _settled(content: str, pieces: Iterable[_Piece]) -> list[_Piece]:
    """The pieces with all white space given to a neighbour: to the piece before, an indent to the piece behind."""
    settled: list[_Piece] = []
    waiting: int | None = None
    for piece in pieces:
        words = content[piece.start : piece.end]
        before = settled[-1] if settled and waiting is None else None
        same = before is not None and before.paragraph == piece.paragraph
        if not words.strip():
            if before is not None and (same or piece.blank):
                settled[-1] = msgspec.structs.replace(before, end=piece.end)
            elif waiting is None:
                waiting = piece.start
            continue
        start = piece.start if waiting is None else waiting
        if before is not None and same:
            start += len(words) - len(words.lstrip())
            settled[-1] = msgspec.structs.replace(before, end=start)
        settled.append(msgspec.structs.replace(piece, start=start))
        waiting = None
    if waiting is not None and settled:
        settled[-1] = msgspec.structs.replace(settled[-1], end=len(content))
    elif waiting is not None:
        settled.append(_Piece(0, len(content), kind="narration"))
    return settled


def _line(number: int, piece: _Piece, cast: dict[str, Character]) -> Line:
    quote = piece.quote
    if quote is None:
        return Line(piece.start, piece.end, number=number, kind=piece.kind, paragraph=piece.paragraph)
    speaker = cast.get(quote.speaker) if quote.speaker is not None else None
    return Line(
        piece.start,
        piece.end,
        number=number,
        kind="quote",
        paragraph=piece.paragraph,
        quote=quote.id,
        speaker=quote.speaker,
        name=speaker.name if speaker else None,
        addressees=quote.addressees,
        mode=quote.mode,
        confidence=quote.confidence if quote.speaker is not None else None,
    )
