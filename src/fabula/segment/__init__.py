"""Text → chapters, paragraphs, sentences, words and quotations; joined, the parts are the text."""

from __future__ import annotations

from fabula.segment.chapters import cut_chapters
from fabula.segment.paragraphs import cut_paragraphs
from fabula.segment.quotations import find_quotations
from fabula.segment.segments import Convention, Quotation, Segments, Sentence, Word
from fabula.segment.sentences import cut_sentences
from fabula.segment.words import cut_words
from fabula.story import Text

__all__ = ["Convention", "Quotation", "Segments", "Sentence", "Word", "segment"]


def segment(text: Text) -> Segments:
    """Cut a text into chapters, paragraphs, sentences and words, and find what is quoted in it."""
    paragraphs, breaks = cut_paragraphs(text)
    quotations = find_quotations(text, paragraphs)
    return Segments(
        text=text,
        chapters=cut_chapters(text, paragraphs),
        paragraphs=paragraphs,
        sentences=cut_sentences(text, paragraphs),
        words=cut_words(text.content, quotations),
        quotations=quotations,
        breaks=breaks,
    )
