"""The story as an EPUB 3 in which each line knows its speaker."""

from fabula.exports.epub.book import to_epub

__all__ = ["to_epub"]
