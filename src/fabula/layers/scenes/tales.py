"""Where somebody begins to tell a tale aloud, and where the tale is broken off or ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import msgspec

from fabula.layers.scenes.lengths import between
from fabula.lexicon.verbs import is_past, is_present
from fabula.segment.wording import Wording
from fabula.story import Paragraph

__all__ = ["Tales", "find_tales"]

_STORY = frozenset({"prose", "letter", "verse"})
_WHOLE = 0.85
"""Of a paragraph of a tale so much is one speech: a tag may stand in it."""
_PARAGRAPHS = 2
_LEAST = (80, 1_500)
"""A tale has so many words in a short story, and in a novel."""
_PAST = 2.0
"""A tale has so many times as many pasts as presents: it is no speech about what is or shall be."""


class Tales(msgspec.Struct, frozen=True):
    """The tales told aloud in a text.

    Attributes:
        seams: where each begins, and where what is behind it does.
        inside: where its other paragraphs begin.
    """

    seams: frozenset[int]
    inside: frozenset[int]


def find_tales(wording: Wording) -> Tales:
    """Runs of paragraphs that are nothing but a tale told."""
    least = between(_LEAST, len(wording))
    seams: set[int] = set()
    inside: set[int] = set()
    for run, after in _runs(wording):
        words = [i for paragraph in run for i in wording.within(paragraph)]
        if len(run) >= _PARAGRAPHS and len(words) >= least and _is_past(wording, words):
            seams |= {run[0].start, *([after.start] if after is not None else [])}
            inside |= {paragraph.start for paragraph in run[1:]}
    return Tales(frozenset(seams), frozenset(inside))


def _runs(wording: Wording) -> Iterator[tuple[list[Paragraph], Paragraph | None]]:
    """Paragraphs that follow each other and are nearly all one speech, each run with the paragraph behind it."""
    run: list[Paragraph] = []
    speech: int | None = None
    for paragraph in (p for p in wording.segments.paragraphs if p.kind in _STORY):
        own = _speech_of(wording, paragraph)
        if run and (own is None or own != speech):
            yield run, paragraph
            run = []
        if own is not None:
            run.append(paragraph)
        speech = own
    if run:
        yield run, None


def _speech_of(wording: Wording, paragraph: Paragraph) -> int | None:
    """The speech of which the paragraph is nearly all."""
    quotations = wording.segments.quotations
    words = wording.within(paragraph)
    turns = Counter(quotations[wording.quote[i]].turn for i in words if wording.quote[i] != -1)
    if not turns:
        return None
    (turn, many), *_ = turns.most_common(1)
    return turn if many >= _WHOLE * len(words) else None


def _is_past(wording: Wording, words: list[int]) -> bool:
    past, present = (sum(form(wording.lower[i]) for i in words) for form in (is_past, is_present))
    return past > _PAST * present
