"""Finds notes, pictures' captions and closing lines: what stands in the book but not in the story."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fabula.sources._front import lines_of
from fabula.story.text import Apart, Span

__all__ = ["find_endings", "find_notes"]

_BRACKETED = re.compile(
    r"(?<!\[)\[(?:footnote(?:\s+(\d{1,3}|[A-Z]))?\b|illustration|frontispiece|sidenote|transcriber|blank page|note:"
    r"|editor['’]s note|music)",
    re.I,
)
_MAX_NOTE = 6_000
_MAX_OPEN_ENDED = 100
"""After so many brackets that never close, brackets mean something else here."""
_NOTE_BLOCK = re.compile(
    r"(?:(?<=\n)|\A)[ \t]*\[(\d{1,3}|[A-Z]|\*{1,3})\][ \t]+\S[^\n]*"
    r"(?:\n(?![ \t\r]*\n|[ \t]*\[(?:\d{1,3}|[A-Z])\][ \t])[^\n]*)*"
)
_NOTES_TITLE = re.compile(r"(?:(?<=\n)|\A)[ \t]*(?:FOOTNOTES?|Footnotes?|NOTES|ENDNOTES|Endnotes):?[ \t]*(?=\r?\n)")

_THE_END = re.compile(
    r"[\W_]*(?:the\s+end|finis|fin|end)[\W_]*(?:of\s+(?:the\s+)?(?:book|novel|story|volume)\W*)?", re.I
)
_STARS = re.compile(r"[\W_]+")
_AFTERWARDS = re.compile(
    r"[\W_]*(?:transcriber['’]?s?['’]?\s+notes?|transcribers['’]\s+notes?|a note on the text"
    r"|(?:production|proofreading)\s+notes?|notes? on the (?:e-?text|text)"
    r"|(?:notes?|appendix)[:.]?\s*(?:the\s+)?(?:differences|edition|e-?text|production)[^\n]{0,60})[\W_]*",
    re.I,
)
_ENDING = 400
"""THE END is believed in the last lines only: this many characters from the end."""
_AFTER_END = 12_000


def find_notes(content: str, body: Span) -> Iterator[Apart]:
    """Footnotes, their marks in the text, and what stands in brackets for a picture."""
    names: set[str] = set()
    open_ended = 0
    for found in _BRACKETED.finditer(content, body.start, body.end):
        if open_ended > _MAX_OPEN_ENDED:
            break
        end = _closing(content, found.start(), min(body.end, found.start() + _MAX_NOTE))
        if end:
            yield Apart(found.start(), end, "footnote")
            names |= {found[1]} if found[1] else set()
        else:
            open_ended += 1
    for found in _NOTE_BLOCK.finditer(content, body.start, body.end):
        names.add(found[1])
        yield Apart(found.start() + found[0].index("["), found.start() + len(found[0].rstrip()), "footnote")
    if not names:
        return
    for found in _NOTES_TITLE.finditer(content, body.start, body.end):
        yield Apart(found.start(), found.end(), "footnote")
    for found in re.compile(r"\[(\d{1,3}|[A-Z]|\*{1,3})\]").finditer(content, body.start, body.end):
        if found[1] in names:
            yield Apart(found.start(), found.end(), "footnote")


def _closing(content: str, start: int, end: int) -> int | None:
    """Behind the bracket that closes the one at `start`."""
    depth = 0
    for found in re.compile(r"[\[\]]").finditer(content, start, end):
        depth += 1 if found[0] == "[" else -1
        if not depth:
            return found.end()
    return None


def find_endings(content: str, body: Span) -> Iterator[Apart]:
    """The line THE END with the stars around it, and an editor's note on the text that follows it all."""
    end = body.start + len(content[body.start : body.end].rstrip())
    tail = list(lines_of(content, Span(max(body.start, end - _AFTER_END), end)))
    for line in tail:
        if len(line.words) < 90 and line.gap and _AFTERWARDS.fullmatch(line.words):
            yield Apart(line.start, end, "back")
            end = line.start
            break
    before = [line for line in tail if line.start < end]
    last = len(before)
    while last > 1 and _STARS.fullmatch(before[last - 1].words):
        last -= 1
    closing = before[last - 1] if last else None
    if closing and closing.end > end - _ENDING and _THE_END.fullmatch(closing.words):
        yield Apart(closing.start, before[-1].end, "back")
