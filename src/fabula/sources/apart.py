"""Sets apart what belongs to the file but not to the story, and learns from it who wrote what."""

from __future__ import annotations

import msgspec

from fabula.sources._builder import in_order
from fabula.sources._front import read_front
from fabula.sources._gutenberg import find_frame
from fabula.sources._notes import find_endings, find_notes
from fabula.story.text import Apart, Span, Text

__all__ = ["set_apart"]


def set_apart(text: Text) -> Text:
    """The same text, with licences, title page, contents, notes and closing lines set apart.

    Whatever is not surely one of these is left to the story. What the file's format has set apart stays as it is; title
    and author are filled in from the header or the byline where the format did not say them.
    """
    content = text.content
    frame = find_frame(content)
    body = _without(frame.body, text.apart)
    levels = {mark.start: mark.level for mark in text.marks if mark.kind == "heading"}
    front = read_front(content, body, levels)
    found = [*frame.apart, *front.apart, *find_notes(content, frame.body), *find_endings(content, body)]
    found += _end_of_file_sign(content)
    source = text.source
    known = msgspec.structs.replace(
        source, title=source.title or frame.title or front.title, author=source.author or frame.author or front.author
    )
    return msgspec.structs.replace(text, source=known, apart=in_order([*text.apart, *_outside(found, text.apart)]))


def _outside(found: list[Apart], apart: tuple[Apart, ...]) -> list[Apart]:
    """What the format set apart already is not set apart again."""
    return [one for one in found if not any(other.covers(one) for other in apart)]


def _without(body: Span, apart: tuple[Apart, ...]) -> Span:
    """The body without what the format has set apart at its two ends."""
    start, end = body.start, body.end
    for one in apart:
        if one.start <= start + 4:
            start = max(start, min(one.end, end))
    for one in reversed(apart):
        if one.end >= end - 4:
            end = min(end, max(one.start, start))
    return Span(start, end)


def _end_of_file_sign(content: str) -> list[Apart]:
    bare = len(content.rstrip("\x1a"))
    return [Apart(bare, len(content), "back")] if bare < len(content) else []
