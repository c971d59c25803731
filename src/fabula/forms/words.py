"""The story's words and sentences, cut so that every mention, quotation and event begins and ends with a word."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import groupby

import msgspec
from msgspec import UNSET

from fabula.segment.quotations import find_quotations
from fabula.segment.sentences import cut_sentences
from fabula.segment.words import cut_words
from fabula.story import Span, Story

__all__ = ["Word", "Words", "words_of"]


class Word(Span, frozen=True, kw_only=True):
    """A word as the tables of linguists have it. All numbers count from 0.

    Attributes:
        number: in the story.
        within: in its sentence.
        sentence, paragraph: the sentence and the paragraph it stands in; those without words are not counted.
    """

    number: int
    within: int
    sentence: int
    paragraph: int


class Words(msgspec.Struct, frozen=True):
    """All words of a story, in order; only white space is between them."""

    all: tuple[Word, ...]

    def inside(self, span: Span) -> range:
        """The numbers of the words that share at least one character with a span."""
        return range(
            bisect_right(self.all, span.start, key=lambda word: word.end),
            bisect_left(self.all, span.end, key=lambda word: word.start),
        )

    def sentences(self) -> Iterator[tuple[Word, ...]]:
        """The words, sentence by sentence."""
        for _, group in groupby(self.all, key=lambda word: word.sentence):
            yield tuple(group)


def words_of(story: Story) -> Words:
    """The words of a story. No sentence ends inside a mention.

    Raises:
        NotRead: if the paragraphs were not read.
    """
    text, paragraphs = story.text, story.paragraphs
    words = _parted(cut_words(text.content, find_quotations(text, paragraphs)), _edges(story))
    breaks = {paragraph.start for paragraph in paragraphs}
    starts = sorted(_outside({s.start for s in cut_sentences(text, paragraphs)} | breaks, story))
    paragraph_starts = sorted(breaks)
    made: list[Word] = []
    sentence = paragraph = within = -1
    seen = (-1, -1)
    for number, word in enumerate(words):
        here = (bisect_right(starts, word.start), bisect_right(paragraph_starts, word.start))
        within = 0 if here[0] != seen[0] or not made else within + 1
        sentence += within == 0
        paragraph += here[1] != seen[1] or not made
        seen = here
        made.append(Word(word.start, word.end, number=number, within=within, sentence=sentence, paragraph=paragraph))
    return Words(tuple(made))


def _edges(story: Story) -> list[int]:
    """Where records begin and end."""
    layers = (story.layers.mentions, story.layers.quotes, story.layers.events)
    return sorted({edge for layer in layers if layer is not UNSET for one in layer for edge in (one.start, one.end)})


def _parted(words: Iterable[Span], edges: list[int]) -> Iterator[Span]:
    """The words, cut at the edges that fall inside them."""
    for word in words:
        at = word.start
        for edge in edges[bisect_right(edges, word.start) : bisect_left(edges, word.end)]:
            yield Span(at, edge)
            at = edge
        yield Span(at, word.end)


def _outside(starts: set[int], story: Story) -> Iterator[int]:
    """The starts of sentences that do not fall inside a mention ("Mr. | Weston" is one sentence)."""
    mentions = () if story.layers.mentions is UNSET else story.mentions
    wrong = {place for one in mentions for place in range(one.start + 1, one.end) if place in starts}
    return (start for start in starts if start not in wrong)
