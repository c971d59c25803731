"""Finds what Project Gutenberg put around a book, from the small print of 1991 to today's licence."""

from __future__ import annotations

import re
from typing import NamedTuple

from fabula.story.text import Apart, Span

__all__ = ["Frame", "find_frame"]

_BOOK = r"(?:COPYRIGHTED\s+)?PROJECT\s+GUTENBERG"
_START = re.compile(
    rf"^[ \t]*\*{{2,}}[ \t]*START\s+OF\s+(?:THE|THIS)\s+{_BOOK}[^*]{{0,400}}(?:\*+[^\n]*|$)", re.M | re.I
)
_SMALL_PRINT = re.compile(r"^[ \t]*\*END[ *]*THE SMALL PRINT!?[^\n]*(?:\n[^\n]*\*END\*[^\n]*)?", re.M | re.I)
_END = re.compile(
    rf"^[ \t]*(?:\*{{2,}}[ \t]*END\s+OF\s+(?:THE|THIS)\s+{_BOOK}"
    r"|End\s+of\s+(?:The\s+|This\s+)?Project\s+Gutenberg(?:['’]s)?\b"
    r"|\*{2,}\s*START:\s+FULL\s+LICENSE|THE FULL PROJECT GUTENBERG LICENSE"
    r"|End of th(?:e|is) (?:etext|e-?book) of [^\n]{1,100}Gutenberg)",
    re.M | re.I,
)
_TITLE = re.compile(r"^Title:[ \t]*([^\r\n]+(?:\r?\n[ \t]{2,}[^\r\n]+)*)", re.M)
_AUTHOR = re.compile(r"^Authors?:[ \t]*([^\r\n]+)", re.M)
_OF = re.compile(
    r"Project\s+Gutenberg(?:['’]s|\s+(?:E-?text|E-?book)\s+of)\s+(?:The\s+Project\s+Gutenberg\s+)?([^\n]+?),?\s+by\s+([^\n*]+)",
    re.I,
)

_PRODUCED = re.compile(
    r"\s*\W*(?:(?:This\s+)?(?:e-?text|e-?book|electronic\s+(?:text|edition)|file|HTML\s+version)\s+(?:was\s+)?)?"
    r"(?:first\s+)?(?:produced|prepared|transcribed|scanned|created|digitized|typed|proofed|proofread|converted|entered"
    r"|posted|updated|edited|submitted|input)\s+(?:for\s+[^\n]{1,60}\s+)?(?:and\s+\w+\s+)?(?:by|from)\b",
    re.I,
)
_MADE = re.compile(
    r"\[?\W{0,2}(?:Transcriber['’]?s?['’]?\s+note|Transcribers?['’]\s+notes?|Note:|E-?text\s+prepared|Editorial note"
    r"|Images? of the original|Transcription by|Scanned by|HTML version by|Project\s+Gutenberg)|.{0,80}pgdp\.net"
    r"|.{0,60}Distributed\s+Proofread|.{0,80}gutenberg\.(?:org|net)",
    re.I | re.S,
)
_HEADER_WITHIN = 40_000
_FOOTER_ALONE = 40_000
"""Without a header a footer is believed only this near the end."""


class Frame(NamedTuple):
    """What stands around the book, what is left between, and who the header says wrote what."""

    apart: tuple[Apart, ...]
    body: Span
    title: str | None
    author: str | None


def find_frame(content: str) -> Frame:
    """The header and footer of a Project Gutenberg text, with the lines about who produced it."""
    start, header = _header(content)
    end = _footer(content, start)
    apart = []
    title = author = None
    if start:
        title, author = _who(header)
        start = _after_credits(content, start, end)
        apart.append(Apart(0, start, "licence"))
        apart += _more_credits(content, Span(min(start, end), min(end, start + _HEADER_WITHIN)))
    if end < len(content):
        apart.append(Apart(end, len(content), "licence"))
    return Frame(tuple(apart), Span(min(start, end), end), title, author)


def _header(content: str) -> tuple[int, str]:
    """Where the header ends, and its words; 0 if there is none."""
    found = _START.search(content, 0, _HEADER_WITHIN)
    small = None
    if "SMALL PRINT" in content[:_HEADER_WITHIN].upper():
        small = _SMALL_PRINT.search(content, 0, _HEADER_WITHIN)
    end = max((match.end() for match in (found, small) if match), default=0)
    return end, content[:end]


def _footer(content: str, start: int) -> int:
    """Where the footer begins: its first sign after the header, or near the end if there was no header."""
    found = _END.search(content, start if start else max(0, len(content) - _FOOTER_ALONE))
    return found.start() if found else len(content)


def _who(header: str) -> tuple[str | None, str | None]:
    title, author = _TITLE.search(header), _AUTHOR.search(header)
    if title is None:
        both = _OF.search(header)
        return (" ".join(both[1].split()), " ".join(both[2].split())) if both else (None, None)
    return " ".join(title[1].split()), " ".join(author[1].split()) if author else None


_BLOCK = re.compile(r"\S[^\n]*(?:\n[ \t\r]*\S[^\n]*)*")


def _after_credits(content: str, start: int, end: int) -> int:
    """Past the paragraphs that say who made the file."""
    while (block := _BLOCK.search(content, start, end)) and len(block[0]) < 3_000:
        if not (_PRODUCED.match(block[0]) or _MADE.match(block[0])):
            break
        start = block.end()
    return start


_OF_THE_FILE = re.compile(r"Project\s+Gutenberg|\be-?texts?\b", re.I)


def _more_credits(content: str, within: Span) -> list[Apart]:
    """Paragraphs further down, behind a title page, that speak of the file."""
    blocks = _BLOCK.finditer(content, within.start, within.end)
    return [Apart(b.start(), b.end(), "licence") for b in blocks if len(b[0]) < 3_000 and _OF_THE_FILE.search(b[0])]
