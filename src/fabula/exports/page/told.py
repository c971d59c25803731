"""What stands in the text itself, for the page: its paragraphs, who is meant, and what is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from msgspec import UNSET

from fabula.exports.page.form import ChapterForm, MentionColumns, ParagraphColumns, QuoteColumns
from fabula.exports.page.index import LETTERS, NOBODY, Index, sure
from fabula.exports.page.places import steps
from fabula.story import Mention, Paragraph, Span, Story, tile

__all__ = ["chapters", "italics", "mentions", "paragraphs", "quotes", "title"]

_LOW_LINES = re.compile(r"(?<![\w_])_(?=[^\s_])((?:[^_\n]|\n(?!\s*\n)){0,400}?[^\s_])_(?![\w_])")
"""Italics as plain texts have them, _so_, within a paragraph; the longest passages so set have 300 letters."""


def title(story: Story) -> str:
    """What the file says, or what it sets apart as the title, or the file's own name as one would write a title."""
    source = story.text.source
    apart = next((" ".join(story.words(a).split()) for a in story.text.apart if a.kind == "title"), "")
    file = source.name.replace("\\", "/").rpartition("/")[2]
    words = re.split(r"[\s_-]+", file.rpartition(".")[0] or file)
    return source.title or apart.lstrip("# ") or " ".join(w[:1].upper() + w[1:] for w in words) or "A story"


def paragraphs(known: Index) -> ParagraphColumns:
    """Paragraphs that tile the text, whether or not they were read."""
    found = list(_tiles(known.story))
    return ParagraphColumns(
        sizes=[known.at(p.end) - known.at(p.start) for p in found],
        tails=[known.at(p.end) - known.at(p.body) for p in found],
        kinds="".join(LETTERS[p.kind] for p in found),
    )


def italics(known: Index) -> list[int]:
    """Where the file has italics, as start, end, start, end, …; in a plain text what stands between two low lines."""
    text = known.story.text
    marks = [mark.span for mark in text.marks if mark.kind == "italic" and len(mark)]
    if text.source.format == "txt" and not marks:
        marks = [Span(found.start(1), found.end(1)) for found in _LOW_LINES.finditer(text.content)]
    return known.at.pairs(sorted(marks))


def chapters(known: Index) -> list[ChapterForm]:
    """The chapters in order of place."""
    return [ChapterForm(start=known.at(c.start), title=c.title) for c in sorted(known.story.chapters)]


def mentions(known: Index) -> MentionColumns:
    """Every name, description and pronoun, and whom or what it means."""
    begins, sizes = steps(known.mentions, known.at)
    return MentionColumns(
        steps=begins,
        sizes=sizes,
        who=[_meant(mention, known) for mention in known.mentions],
        forms="".join(LETTERS[mention.form] for mention in known.mentions),
        types="".join(LETTERS[mention.type] for mention in known.mentions),
        sure=[sure(mention.confidence) for mention in known.mentions],
    )


def quotes(known: Index) -> QuoteColumns:
    """Everything in quotation marks: who says it, to whom, how it is known, and how sure that is."""
    begins, sizes = steps(known.quotes, known.at)
    return QuoteColumns(
        steps=begins,
        sizes=sizes,
        words=[len(known.story.words(quote).split()) for quote in known.quotes],
        who=[known.who(quote.speaker) for quote in known.quotes],
        to=[[known.people[who] for who in quote.addressees if who in known.people] for quote in known.quotes],
        modes="".join(LETTERS[quote.mode] for quote in known.quotes),
        cues=[quote.cue for quote in known.quotes],
        depths=[quote.depth for quote in known.quotes],
        sure=[sure(quote.confidence) for quote in known.quotes],
        why=[known.at.pairs(quote.evidence) for quote in known.quotes],
    )


def _meant(mention: Mention, known: Index) -> int:
    if mention.entity in known.entities and mention.character is None:
        return NOBODY - 1 - known.entities[mention.entity]
    return known.who(mention.character)


def _tiles(story: Story) -> Iterator[Paragraph]:
    """The story's paragraphs, what lies between them, or else its blocks between empty lines."""
    whole = Span(0, len(story.text))
    given = _blocks(story.text.content) if story.layers.paragraphs is UNSET else sorted(story.paragraphs)
    kinds = {paragraph.start: paragraph for paragraph in given}
    for span, known in tile(given, whole):
        paragraph = kinds[span.start] if known else None
        kind, body = (paragraph.kind, paragraph.body) if paragraph else ("prose", span.end)
        yield Paragraph(span.start, span.end, kind=kind, body=min(max(body, span.start), span.end))


def _blocks(content: str) -> list[Paragraph]:
    ends = [found.end() for found in re.finditer(r"\n[^\S\n]*\n\s*", content)]
    edges = [0, *(end for end in ends if end < len(content)), len(content)]
    pairs = ((start, end) for start, end in pairwise(edges) if end > start)
    return [Paragraph(start, end, body=start + len(content[start:end].rstrip())) for start, end in pairs]
