"""The words of the story as the author left them, and a way to point at any of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Literal, Self

import msgspec

__all__ = ["Apart", "ApartKind", "Mark", "MarkKind", "Run", "Source", "Span", "Text", "tile"]


class Span(msgspec.Struct, frozen=True, order=True):
    """A place in a text: characters (code points) from `start` up to but not including `end`.

    Every record that stands somewhere in the text is a Span, so `text[record]` is its words.

    Raises:
        ValueError: if `start` is negative or `end` lies before `start`.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a place in a text: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def __bool__(self) -> bool:
        return True

    @property
    def span(self) -> Span:
        """The bare place, without what else the record knows."""
        return Span(self.start, self.end)

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def overlap(self, other: Span) -> int:
        """How many characters the two share."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))


class Run(Span, frozen=True):
    """A stretch of the text that stands unbroken in the source file: the way back to it.

    `part` is the file inside the container ("" for a plain file), `paragraph` and `run` count from 0 in the part's own
    order, `offset` is where in that run's own characters the stretch begins.
    """

    part: str = ""
    paragraph: int = 0
    run: int = 0
    offset: int = 0


MarkKind = Literal["heading", "break", "italic", "indented", "comment"]


class Mark(Span, frozen=True):
    """Something the file's format says about a stretch of text: a heading, a scene break, italics, a set-off passage.

    A mark may have no width: a break that exists only as a rule or a style stands between two characters.
    """

    kind: MarkKind
    level: int = 0
    note: str = ""


ApartKind = Literal["front", "back", "licence", "contents", "byline", "title", "footnote"]


class Apart(Span, frozen=True):
    """A stretch that belongs to the file but not to the story: licence, title page, table of contents, footnote."""

    kind: ApartKind


class Source(msgspec.Struct, frozen=True):
    """Where a text came from. `digest` is the SHA-256 of the source's bytes, in hexadecimal."""

    name: str = ""
    format: str = "txt"
    digest: str = ""
    title: str | None = None
    author: str | None = None


class Text(msgspec.Struct, frozen=True):
    """A whole text, stored once and never changed, with what its file said about it.

    Attributes:
        content: the characters. For plain text and Markdown exactly the decoded file; for other formats the words of
            the file's paragraphs, a blank line between two.
        source: where it came from.
        runs: the way back to the source file, in order; empty where the text *is* the file.
        marks: what the format says: headings, breaks, italics; in order of place.
        apart: what is not story, in order, without overlaps.
        notes: what the reader should be told about how this text was read ("does not look like English").
    """

    content: str
    source: Source = Source()
    runs: tuple[Run, ...] = ()
    marks: tuple[Mark, ...] = ()
    apart: tuple[Apart, ...] = ()
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, content: str, *, name: str = "", marks: Iterable[Mark] = (), apart: Iterable[Apart] = ()) -> Self:
        """A text from characters at hand, as a test or a notebook has them."""
        return cls(content=content, source=Source(name=name), marks=tuple(marks), apart=tuple(apart))

    def __len__(self) -> int:
        return len(self.content)

    def __getitem__(self, span: Span) -> str:
        return self.content[span.start : span.end]

    def __str__(self) -> str:
        return self.content

    def origin(self, place: int) -> Run | None:
        """The run of the source file that holds the character at `place`; None where the text itself is the file."""
        at = bisect_right(self.runs, place, key=lambda run: run.start) - 1
        return self.runs[at] if at >= 0 and place < self.runs[at].end else None

    def line(self, place: int) -> int:
        """The line of the text, counted from 1, in which the character at `place` stands."""
        return self.content.count("\n", 0, place) + 1


def tile(spans: Iterable[Span], whole: Span) -> Iterator[tuple[Span, bool]]:
    """Cut `whole` into the given spans and what lies between them: (span, whether it was given).

    The spans must be in order and must not overlap; joined, the pieces are `whole`.
    """
    at = whole.start
    for span in spans:
        if span.start > at:
            yield Span(at, span.start), False
        if span.end > span.start:
            yield span, True
        at = max(at, span.end)
    if at < whole.end:
        yield Span(at, whole.end), False
