"""Plays: each speech stands behind the name of whoever speaks it, and stage directions stand in brackets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from fabula.lexicon.counting import DAYS, MONTHS
from fabula.segment.quotations.spans import Stretch
from fabula.segment.segments import Segments
from fabula.story import Paragraph, Span

__all__ = ["find_play", "label_of", "labels_in"]

_FEWEST = 4
"""Speeches that a text must have under names that come again, …"""
_SHARE = 0.4
"""… and the part of its paragraphs they must be. Chats inside a story are fewer."""
_SURE = 0.9

_ASIDE = r"(?:[ _*]*(?:\([^()\n]{1,160}\)|\[[^\[\]\n]{1,160}\]))"
_CAPITALS = r"[A-Z][A-Z0-9’'-]*\.?(?: (?:[A-Z0-9][A-Z0-9’'-]*\.?|AND|OF|THE)){0,4}"
_NAME = r"[A-Z][\w’'-]+\.?(?: (?:of |the |de )?[A-Z0-9][\w’'-]*\.?){0,3}"
_LABEL = re.compile(
    rf"[_*]{{0,2}}(?P<name>{_CAPITALS}(?=\.?[_*]{{0,2}}{_ASIDE}?[.:])|{_NAME}(?=[_*]{{0,2}}{_ASIDE}?:))"
    rf"[_*]{{0,2}}{_ASIDE}?[.:][_*]{{0,2}}\s+(?=\S)"
)
_DIRECTION = re.compile(r"[_*]?\([^()]{1,400}\)[_*]?|[_*]?\[[^\[\]]{1,400}\][_*]?")
_NO_SPEECH = re.compile(
    r"(?:ACT|SCENE|SETTING|TIME|PLACE|CHAPTER|PROLOGUE|EPILOGUE|CURTAIN|NOTE|PERSONS|CHARACTERS)\b", re.IGNORECASE
)
_HEADS = frozenset((*DAYS, *MONTHS)) | frozenset(
    "morning noon afternoon evening night breakfast lunch dinner supper tea dear "
    "to from date subject re note item day week step part question answer example total".split()
)
"""Words that head the entry of a diary, a list or a letter: nobody's name."""
_STORY = frozenset({"prose", "verse", "letter"})


class _Part(msgspec.Struct, frozen=True):
    """A speech of a play: its paragraph, the name before it, and where what is spoken begins."""

    paragraph: int
    name: Span
    spoken: int


def find_play(content: str, paragraphs: Sequence[Paragraph]) -> list[Stretch]:
    """What is spoken in a play, stage directions left out; nothing in a text that is none."""
    parts = [part for at, p in enumerate(paragraphs) if p.kind in _STORY and (part := _part(content, p, at))]
    names = Counter(content[part.name.start : part.name.end].rstrip(".") for part in parts)
    again = [part for part in parts if names[content[part.name.start : part.name.end].rstrip(".")] > 1]
    story = sum(paragraph.kind in _STORY for paragraph in paragraphs)
    if len(again) < max(_FEWEST, _SHARE * story) or len(names) < 2:
        return []
    return [
        Stretch(start, end, part.paragraph, "play", mode="spoken", confidence=_SURE)
        for part in parts
        for start, end in _spoken(content, part.spoken, paragraphs[part.paragraph].body)
    ]


def label_of(content: str, paragraph: Paragraph) -> Span | None:
    """The name under which a speech of a play stands, at its paragraph's beginning."""
    part = _part(content, paragraph, 0)
    return part.name if part is not None else None


def labels_in(segments: Segments) -> list[Span]:
    """All names under which the speeches of a play stand, in order of place; none in a text that is no play."""
    spoken = {segments.paragraph_at(q.start) for q in segments.quotations if q.convention == "play"}
    found = (label_of(segments.text.content, segments.paragraphs[at]) for at in sorted(spoken))
    return [label for label in found if label is not None]


def _part(content: str, paragraph: Paragraph, at: int) -> _Part | None:
    found = _LABEL.match(content, paragraph.start, paragraph.body)
    if found is None or _NO_SPEECH.match(found["name"]) or found["name"].lower().rstrip(".").split()[0] in _HEADS:
        return None
    return _Part(at, Span(*found.span("name")), found.end())


def _spoken(content: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What stands between the stage directions."""
    for direction in _DIRECTION.finditer(content, start, end):
        yield from _trimmed(content, start, direction.start())
        start = direction.end()
    yield from _trimmed(content, start, end)


def _trimmed(content: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    words = content[start:end]
    if any(letter.isalnum() for letter in words):
        yield start + len(words) - len(words.lstrip()), start + len(words.rstrip())
