"""The cuts through a text that every later reading stands on."""

from __future__ import annotations

from bisect import bisect_right
from typing import Literal

import msgspec

from fabula.story import Chapter, Mode, Paragraph, Span, Text

__all__ = ["Convention", "Quotation", "Segments", "Sentence", "Word"]

Convention = Literal["double", "single", "dash", "guillemet", "low", "corner", "italic", "unmarked", "block", "play"]
"""How a passage sets off speech: "…", '…', —…, «…», „…“, 「…」, _…_, no mark at all, a set-off block (a letter),
the name of the speaker before it (a play)."""


class Sentence(Span, frozen=True):
    """A sentence with the white space behind it. Sentences tile each paragraph."""


class Word(Span, frozen=True):
    """A word, number or mark of punctuation. `word`: whether it has a letter or digit."""


class Quotation(Span, frozen=True, kw_only=True):
    """A stretch set off as speech or the like, its marks included; never over the end of a paragraph.

    Attributes:
        convention: how it is set off.
        mode: what kind of quotation it is, as far as its form and its neighbours say.
        depth: 0 in the narration, 1 inside another quotation, and so on. Spans nest.
        turn: quotations of depth 0 with the same number are one speech: interrupted by a tag
            ("A," said B, "c"; "A," said B. "C.") or running on over paragraphs. The speaker layer may join more.
        closed: whether its closing mark was found (or none is wanted: dashes; speech that runs on).
        confidence: that this is a quotation of this mode.
    """

    convention: Convention = "double"
    mode: Mode = "spoken"
    depth: int = 0
    turn: int = 0
    closed: bool = True
    confidence: float = 1.0


class Segments(msgspec.Struct, frozen=True, kw_only=True):
    """A text cut into chapters, paragraphs, sentences and words, and its quotations.

    Chapters and paragraphs tile the text, sentences tile it too (no sentence crosses a paragraph's end); words leave
    out the white space. All are in order of place; quotations are ordered by start, the longer first, and nest.
    `breaks` are the starts of the paragraphs before which a marked scene break stands: asterisms, rules, and breaks
    that exist only as a mark of the file's format and have no characters.
    """

    text: Text
    chapters: tuple[Chapter, ...]
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    words: tuple[Word, ...]
    quotations: tuple[Quotation, ...]
    breaks: tuple[int, ...] = ()

    def paragraph_at(self, place: int) -> int:
        """The index of the paragraph that holds the character at `place`."""
        return max(0, bisect_right(self.paragraphs, place, key=lambda p: p.start) - 1)

    def sentence_at(self, place: int) -> int:
        """The index of the sentence that holds the character at `place`."""
        return max(0, bisect_right(self.sentences, place, key=lambda s: s.start) - 1)
