"""Gathers the words of a file one stretch at a time, and remembers where in the file each stretch stood."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from fabula.errors import TooLarge
from fabula.story.text import Apart, ApartKind, Mark, MarkKind, Run, Source, Text

__all__ = ["MAX_CHARACTERS", "ORNAMENT", "Builder", "Origin", "in_order"]

MAX_CHARACTERS = 16_000_000
"""Two million words are about 12 million characters."""

ORNAMENT = re.compile(r"[\s*#~•·∗⁂❦❧§◆◇●○■□★☆✦+×]{1,60}|[\s_=\-–—~*]{3,60}")
"""A paragraph that is only this is a printed scene break. Dots alone are not: "…" is often spoken."""


class Origin(NamedTuple):
    """Where in the source file a stretch begins; the fields of `Run`."""

    part: str = ""
    paragraph: int = 0
    run: int = 0
    offset: int = 0


class _Stretch:
    """A run that may still grow."""

    __slots__ = ("end", "origin", "start")

    def __init__(self, start: int, end: int, origin: Origin) -> None:
        self.start, self.end, self.origin = start, end, origin

    def grown_by(self, at: int, origin: Origin) -> bool:
        """Whether a stretch at `at` from `origin` goes on where this one stops, here and in the file."""
        mine = self.origin
        return at == self.end and origin == mine._replace(offset=mine.offset + self.end - self.start)


class Builder:
    """Collects the content, runs, marks and apart of one text.

    `at` is the number of characters so far: the place of the next one.
    """

    def __init__(self, name: str) -> None:
        self.at = 0
        self._name = name
        self._pieces: list[str] = []
        self._stretches: list[_Stretch] = []
        self._marks: list[Mark] = []
        self._apart: list[Apart] = []

    def put(self, words: str, origin: Origin | None = None) -> None:
        """Add words; with an origin they must equal the characters there.

        Raises:
            TooLarge: when the text grows over MAX_CHARACTERS.
        """
        if not words:
            return
        start, self.at = self.at, self.at + len(words)
        if self.at > MAX_CHARACTERS:
            raise TooLarge("the text is over 40 million characters", where=self._name, hint="Split it into volumes.")
        self._pieces.append(words)
        if origin is None:
            return
        last = self._stretches[-1] if self._stretches else None
        if last is not None and last.grown_by(start, origin):
            last.end = self.at
        else:
            self._stretches.append(_Stretch(start, self.at, origin))

    def since(self, start: int) -> str:
        """The words from `start` on; quick where `start` is not long ago."""
        pieces: list[str] = []
        at = self.at
        while at > start:
            pieces.append(self._pieces[-1 - len(pieces)])
            at -= len(pieces[-1])
        return "".join(reversed(pieces))[start - at :]

    def mark(self, kind: MarkKind, start: int, end: int, *, level: int = 0, note: str = "") -> None:
        """Say what the format says about [start, end)."""
        self._marks.append(Mark(start=start, end=end, kind=kind, level=level, note=note))

    def set_apart(self, kind: ApartKind, start: int, end: int) -> None:
        """Say that [start, end) is not story."""
        if end > start:
            self._apart.append(Apart(start=start, end=end, kind=kind))

    def has_heading(self, start: int, end: int) -> bool:
        """Whether a heading begins in [start, end)."""
        return any(mark.kind == "heading" and start <= mark.start < end for mark in reversed(self._marks))

    def finish(self, source: Source, *, paragraphs: int) -> Text:
        """The text. Marks lose the white space at their ends; breaks only seen as style are kept if they are few."""
        content = "".join(self._pieces)
        trimmed = (mark if mark.start == mark.end else _trimmed(mark, content) for mark in self._marks)
        marks = [mark for mark in trimmed if mark.start < mark.end or mark.kind in ("break", "comment") or mark.note]
        marks = _without_habits(marks, paragraphs)
        runs = (Run(s.start, s.end, *s.origin) for s in self._stretches)
        return Text(
            content=content,
            source=source,
            runs=tuple(runs),
            marks=tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end))),
            apart=in_order(self._apart),
        )


def _trimmed(mark: Mark, content: str) -> Mark:
    start, end = mark.start, min(mark.end, len(content))
    while start < end and content[start].isspace():
        start += 1
    while end > start and content[end - 1].isspace():
        end -= 1
    return Mark(start=start, end=end, kind=mark.kind, level=mark.level, note=mark.note)


def _without_habits(marks: list[Mark], paragraphs: int) -> list[Mark]:
    """Empty lines and wide spacing tell of a break only where they are rare; some files set every paragraph so."""
    for habit in ("space", "style"):
        found = sum(1 for mark in marks if mark.kind == "break" and mark.note == habit)
        if found > 4 and found * 5 > paragraphs:
            marks = [mark for mark in marks if mark.kind != "break" or mark.note != habit]
    return marks


def in_order(apart: Iterable[Apart]) -> tuple[Apart, ...]:
    """The stretches sorted and cut so that none overlap; where two meet, the one that begins first keeps the words."""
    kept: list[Apart] = []
    at = 0
    for one in sorted(apart, key=lambda a: (a.start, -a.end)):
        start = max(at, one.start)
        if one.end > start:
            kept.append(Apart(start=start, end=one.end, kind=one.kind))
            at = one.end
    return tuple(kept)
