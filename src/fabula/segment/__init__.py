"""Text → chapters, paragraphs, sentences, words and quotations; joined, the parts are the text."""

from fabula.segment.segments import Convention, Quotation, Segments, Sentence, Word

__all__ = ["Convention", "Quotation", "Segments", "Sentence", "Word"]
