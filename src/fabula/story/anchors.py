"""Find a place in the story again by the words somebody quoted from it, however they typed them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from fabula.story.text import Span, Text

__all__ = ["Anchors", "Missed", "find_words", "fold"]

_LINES_SHOWN = 6
"""Lines named where words stand in many."""
_WORDS_SHOWN = 60
"""Characters shown of words that were not found."""
_HEAD = 3
"""So many of the first words show where a sentence that was changed still begins; two stand everywhere."""

_TYPED = re.compile(
    r"(?P<drop>[\"'“”„‟«»‹›‘’‚‛`´′″「」『』_*\u00ad\u200b-\u200d\ufeff]+)"
    r"|(?P<dash>\s*(?:[—–―‒]|--+)\s*|\s+-\s+)"
    r"|(?P<dots>\s*(?:…|\.(?:\s?\.)+))"
    r"|(?P<space>\s+)"
)
"""What people type differently from what is printed: quotation marks, dashes, dots, white space, marks of italics."""

_STANDS_FOR = {"drop": "", "dash": "-", "dots": "...", "space": " "}


def fold(words: str) -> str:
    """Words as they are compared: lower case, single blanks, no quotation marks, one kind of dash."""
    return _fold(words)[0].strip()


def find_words(text: Text, words: str, *, nth: int | None = None) -> tuple[Span, ...]:
    """Every place where the text has these words, or only the `nth` (from 1); empty where there is none.

    Only whole words are found. White space, line ends, capitals, the kind of quotation marks and dashes do not matter.
    """
    places = Anchors(text).find(words)
    return places if nth is None else places[nth - 1 : nth] if nth > 0 else ()


class Missed(msgspec.Struct, frozen=True):
    """Why words have no one place: what was found instead of it. `places`: how many places have the words."""

    what: str
    places: int


class Anchors:
    """A text made ready for finding words in it many times."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._folded, self._at, self._from = _fold(text.content)

    def one(self, words: str, *, nth: int | None = None, within: Sequence[Span] = ()) -> Span | Missed:
        """The one place that is meant, or why nobody can say which it is.

        Args:
            nth: which of several places, from 1.
            within: with them only words inside one of these count, before all those at its head.
        """
        places = self.find(words)
        where = "the text"
        if within and places:
            places, where = self._inside(places, within), "a quotation of the text"
        if nth is not None and 0 < nth <= len(places):
            return places[nth - 1]
        if len(places) == 1 and nth is None:
            return places[0]
        return Missed(self._missed(words, places, nth, where), len(places))

    def find(self, words: str) -> tuple[Span, ...]:
        """Every place where the text has these words, in order; overlapping ones once."""
        wanted = fold(words)
        places: list[Span] = []
        at = self._folded.find(wanted) if wanted else -1
        while at != -1:
            end = at + len(wanted)
            if self._is_whole(at, end):
                places.append(self._trimmed(self._origin(at), self._origin(end - 1) + 1))
            at = self._folded.find(wanted, end)
        return tuple(places)

    def _trimmed(self, start: int, end: int) -> Span:
        """The place without the white space around it, which a dash at either end brings with it."""
        found = self._text.content[start:end]
        return Span(end - len(found.lstrip()), start + len(found.rstrip()))

    def _inside(self, places: Sequence[Span], within: Sequence[Span]) -> tuple[Span, ...]:
        """The places inside the given spans; only those at the head of one, if there are any."""
        inside = [(place, span) for place in places for span in within if span.covers(place)]
        heads = [p for p, span in inside if not any(c.isalnum() for c in self._text.content[span.start : p.start])]
        return tuple(sorted({p.span for p in heads or [p for p, _ in inside]}))

    def _missed(self, words: str, places: Sequence[Span], nth: int | None, where: str) -> str:
        shown = " ".join(words.split())
        quoted = f"“{shown if len(shown) <= _WORDS_SHOWN else shown[: _WORDS_SHOWN - 1].rstrip() + '…'}”"
        if not places:
            return f"{quoted} does not stand in {where}{self._head_of(words)}"
        found = f"{quoted} stands {'once' if len(places) == 1 else f'{len(places)} times'} in {where}"
        return f"{found} ({self._lines(places)})" + (f", and nth is {nth}" if nth is not None else "")

    def _head_of(self, words: str) -> str:
        """Where the text still has the first of some words, if that is one place."""
        parts = words.split()
        for length in range(len(parts) - 1, _HEAD - 1, -1):
            places = self.find(" ".join(parts[:length]))
            if places:
                head = f", but “{' '.join(parts[:length])}” does ({self._lines(places)})"
                return head if len(places) == 1 else ""
        return ""

    def _lines(self, places: Sequence[Span]) -> str:
        lines = list(dict.fromkeys(self._text.line(place.start) for place in places))
        shown = ", ".join(map(str, lines[:_LINES_SHOWN])) + (", …" if len(lines) > _LINES_SHOWN else "")
        return f"line{'s' if len(lines) > 1 else ''} {shown}"

    def _is_whole(self, at: int, end: int) -> bool:
        head, tail = self._folded[max(0, at - 1) : at + 1], self._folded[end - 1 : end + 1]
        return not (len(head) == 2 and head.isalnum()) and not (len(tail) == 2 and tail.isalnum())

    def _origin(self, place: int) -> int:
        """The place in the text of a character of the folded text."""
        piece = bisect_right(self._at, place) - 1
        start, end = self._from[piece], self._from[piece + 1]
        return min(start + place - self._at[piece], max(start, end - 1))


def _fold(content: str) -> tuple[str, list[int], list[int]]:
    """The folded text, and where each of its pieces begins in it and in the content, their ends last."""
    parts: list[str] = []
    at: list[int] = []
    origin: list[int] = []
    length = end = 0

    def take(part: str, start: int) -> None:
        nonlocal length
        at.append(length)
        origin.append(start)
        if part:
            parts.append(part)
            length += len(part)

    for match in _TYPED.finditer(content):
        if match.start() > end:
            take(_small(content[end : match.start()]), end)
        stands_for = _STANDS_FOR[match.lastgroup or "drop"]
        doubled = stands_for == " " and parts and parts[-1] in (" ", "-")
        take("" if doubled else stands_for, match.start())
        end = match.end()
    take(_small(content[end:]), end)
    return "".join(parts), [*at, length], [*origin, len(content)]


def _small(words: str) -> str:
    """In lower case, as long as that has as many characters ("İ" has not)."""
    small = words.lower()
    return small if len(small) == len(words) else words
