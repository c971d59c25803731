"""The whole story as a script: every word in order, each with the one who says it, and a proof that none is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal, TypeVar

import msgspec

from fabula.story import Character, Mode, Paragraph, Quote, Span, Story, tile

__all__ = ["Line", "LineKind", "Verification", "to_script", "to_script_jsonl", "to_script_text", "verify"]

S = TypeVar("S", Paragraph, Quote)

LineKind = Literal["narration", "quote", "heading", "break", "apart"]

_WHOLE: dict[str, LineKind] = {"heading": "heading", "break": "break", "apart": "apart"}
"""Paragraphs that are one line whatever stands in them."""

_LABELS = {"narration": "Narrator", "quote": "Unknown", "heading": "Heading", "break": "Break", "apart": "Apart"}
_WIDEST_LABEL = 28
"""Characters of a name before the script's left column cuts it: longer than any cast name in a sample of novels."""


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


class Verification(msgspec.Struct, frozen=True, kw_only=True):
    """What a count of a script's characters found.

    Attributes:
        characters: how many the text has.
        covered: how many of them are in exactly one line.
        lines, quotes: how many lines there are, and how many of them are quotations.
        unknown: quotations without a speaker.
        missing, repeated: places in no line, and places in more than one.
        joined: whether the lines, joined in order, are the text.
        same: whether the text is the source's; None where no source was given to compare.
    """

    characters: int
    covered: int
    lines: int
    quotes: int
    unknown: int
    missing: tuple[Span, ...]
    repeated: tuple[Span, ...]
    joined: bool
    same: bool | None = None

    @property
    def holds(self) -> bool:
        """Whether every character of the source is in exactly one line, in order."""
        return self.covered == self.characters and self.joined and self.same is not False

    @property
    def share(self) -> float:
        """The share of quotations that have a speaker, 0 to 1; 1 where there are no quotations."""
        return 1.0 - self.unknown / self.quotes if self.quotes else 1.0


class _Piece(Span, frozen=True, kw_only=True):
    """A stretch on its way to becoming a line."""

    kind: LineKind
    paragraph: int | None = None
    blank: bool = False
    quote: Quote | None = None


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


def to_script_text(story: Story) -> str:
    """The script to be read by people: a name, then what is said; a blank line between paragraphs."""
    lines = to_script(story)
    labels = [_label(line) for line in lines]
    width = min(_WIDEST_LABEL, max(map(len, labels), default=0))
    blocks = []
    for _, group in groupby(zip(lines, labels, strict=True), key=lambda pair: pair[0].paragraph):
        rows = [f"{label[:width]:<{width}} | {' '.join(story.words(line).split())}" for line, label in group]
        blocks.append("\n".join(rows))
    return "\n\n".join(blocks) + "\n" if blocks else ""


def to_script_jsonl(story: Story) -> bytes:
    """The script for programs: one JSON object a line, UTF-8. Their `text` fields, joined, are the story's text."""
    encoder = msgspec.json.Encoder()
    rows = [encoder.encode({**msgspec.structs.asdict(ln), "text": story.words(ln)}) for ln in to_script(story)]
    return b"".join(row + b"\n" for row in rows)


def verify(story: Story, *, lines: Sequence[Line] | None = None, source: str | None = None) -> Verification:
    """Count the characters of a script: of these lines, or of `to_script(story)`.

    Args:
        story: whose text the lines must tile.
        lines: the lines to count.
        source: the source's own characters, to compare with the story's text.
    """
    script = to_script(story) if lines is None else lines
    content = story.text.content
    missing, repeated = _miscounted(script, len(content))
    quotes = [line for line in script if line.kind == "quote"]
    return Verification(
        characters=len(content),
        covered=len(content) - sum(map(len, missing)) - sum(map(len, repeated)),
        lines=len(script),
        quotes=len(quotes),
        unknown=sum(line.speaker is None for line in quotes),
        missing=missing,
        repeated=repeated,
        joined="".join(story.words(line) for line in script) == content,
        same=None if source is None else source == content,
    )


def _pieces(story: Story) -> Iterator[_Piece]:
    """The text cut at paragraphs and quotations, white space still standing alone."""
    whole = Span(0, len(story.text))
    quotes = [quote for quote in story.quotes if quote.depth == 0 and quote.mode != "term"]
    quotes.sort()
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


def _label(line: Line) -> str:
    name = line.name or line.speaker or _LABELS[line.kind]
    return f"{name} ({line.mode})" if line.mode not in (None, "spoken") else name


def _miscounted(lines: Iterable[Line], length: int) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The places of a text that no line holds, and those that more than one holds."""
    steps: dict[int, int] = {0: 0, length: 0}
    for line in lines:
        steps[line.start] = steps.get(line.start, 0) + 1
        steps[line.end] = steps.get(line.end, 0) - 1
    missing: list[Span] = []
    repeated: list[Span] = []
    holding = at = 0
    for place in sorted(place for place in steps if place <= length):
        if place > at and holding != 1:
            (repeated if holding else missing).append(Span(at, place))
        holding += steps[place]
        at = place
    return tuple(missing), tuple(repeated)
