"""The words of a text, with the numbers and marks between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from fabula.segment.segments import Quotation, Word

__all__ = ["cut_words"]

_SHORTENED = (
    "Mr|Mrs|Ms|Messrs|Dr|St|Capt|Col|Gen|Lt|Lieut|Sgt|Maj|Rev|Hon|Prof|Sr|Jr|Esq|Mme|Mlle|No|Nos|Vol|vs|viz|etc|Co|Ltd"
)
"""Shortened words that keep their stop, as one word."""

_WORD = re.compile(
    rf"(?:{_SHORTENED})\.(?!\w)"
    r"|(?:[A-Z]\.){2,}|(?:[ap]\.m\.|i\.e\.|e\.g\.|&c\.)|\b[A-HJ-Z]\.(?=\s*[A-Z])"
    r"|\d+(?:[.,:/]\d+)*(?:st|nd|rd|th|s)?(?![^\W\d_])"
    r"|(?<=[^\W_])['’][sS](?![\w'’])"
    # A word may have lost its head ('tis) or its tail (goin'); inside it, apostrophes and hyphens hold it together,
    # but the 's of a possessive or a short "is" is a word of its own.
    r"|['’]?[^\W_]+(?:(?!['’][sS](?![\w'’]))['’‐‑·\u00ad-][^\W_]+)*(?:(?<![sS])['’](?![\w'’]))?"
    r"|\.\.+|…+|--+|\*+|''|``|\S"
)
_APOSTROPHES = "'’"


def cut_words(content: str, quotations: Iterable[Quotation] = ()) -> tuple[Word, ...]:
    """Every word, number and mark of punctuation in order; only white space is left out.

    An apostrophe belongs to its word unless it opens or closes one of the quotations.
    """
    spans = [match.span() for match in _WORD.finditer(content)]
    singles = [q for q in quotations if q.convention == "single"]
    if singles:
        opening = {q.start for q in singles}
        closing = {q.end for q in singles if q.closed}
        spans = list(_parted(content, spans, opening, closing))
    return tuple([Word(start, end) for start, end in spans])


def _parted(
    content: str, spans: list[tuple[int, int]], opening: set[int], closing: set[int]
) -> Iterator[tuple[int, int]]:
    """The spans with the marks of quotations parted from the words beside them."""
    for start, end in spans:
        if end - start > 1:
            if start in opening and content[start] in _APOSTROPHES:
                yield start, start + 1
                start += 1
            if end in closing and end - start > 1 and content[end - 1] in _APOSTROPHES:
                yield start, end - 1
                start = end - 1
        yield start, end
