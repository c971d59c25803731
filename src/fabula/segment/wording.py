"""The words of a text laid out side by side: how each is written, and whether it stands in speech or narration."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

import msgspec

from fabula.segment.segments import Segments
from fabula.story import Span

__all__ = ["Wording", "lay_out"]

_OPENERS = frozenset("\"'“‘«„‚「『‹([—–-_*…") | {"--", "...", "''", "``"}
_ENDERS = frozenset(".!?:…") | {"...", "--", "—"}


class Wording(msgspec.Struct, frozen=True, kw_only=True):
    """Parallel columns over `segments.words`; all of the same length.

    Attributes:
        segments: the cuts these words belong to.
        forms: each word as written; `lower`: in lower case, curly apostrophes made straight.
        starts, ends: its place in the text.
        paragraph, sentence: the index of the one it stands in.
        quote: the index in `segments.quotations` of the outermost quotation it stands in, -1 in the narration
            (mere terms count as narration).
        opening: whether a capital here says nothing: the first word of a sentence or a quotation.
    """

    segments: Segments
    forms: Sequence[str]
    lower: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    paragraph: Sequence[int]
    sentence: Sequence[int]
    quote: Sequence[int]
    opening: Sequence[bool]

    def __len__(self) -> int:
        return len(self.forms)

    def at(self, place: int) -> int:
        """The index of the first word that begins at or after the character at `place`."""
        return bisect_left(self.starts, place)

    def within(self, span: Span) -> range:
        """The indices of the words that begin inside `span`."""
        return range(self.at(span.start), self.at(span.end))


def lay_out(segments: Segments) -> Wording:
    """Lay the words of a text out in columns."""
    content = segments.text.content
    words = segments.words
    starts = [word.start for word in words]
    ends = [word.end for word in words]
    forms = [content[start:end] for start, end in zip(starts, ends, strict=True)]
    outer = [q if q.depth == 0 and q.mode != "term" else None for q in segments.quotations]
    quote = _owner(starts, [(i, q) for i, q in enumerate(outer) if q is not None])
    sentence = _owner(starts, enumerate(segments.sentences))
    return Wording(
        segments=segments,
        forms=forms,
        lower=[form.lower().replace("’", "'") for form in forms],
        starts=starts,
        ends=ends,
        paragraph=_owner(starts, enumerate(segments.paragraphs)),
        sentence=sentence,
        quote=quote,
        opening=_openings(forms, sentence, quote),
    )


def _owner(starts: Sequence[int], spans: Iterable[tuple[int, Span]]) -> list[int]:
    """For each start, the index of the span that holds it, -1 for none. The spans are in order and do not overlap."""
    owner = [-1] * len(starts)
    for index, span in spans:
        first = bisect_left(starts, span.start)
        last = bisect_left(starts, span.end, first)
        owner[first:last] = [index] * (last - first)
    return owner


def _openings(forms: Sequence[str], sentence: Sequence[int], quote: Sequence[int]) -> list[bool]:
    opening = []
    fresh = True
    for i, form in enumerate(forms):
        if i == 0 or sentence[i] != sentence[i - 1] or quote[i] != quote[i - 1]:
            fresh = True
        word = form[0].isalnum()
        opening.append(fresh)
        if word:
            fresh = False
        elif form in _OPENERS or form in _ENDERS:
            fresh = True
    return opening
