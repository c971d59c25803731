"""Paragraphs that leap into the past with their first words: "Thirty years before, … a stranger had come"."""

from __future__ import annotations

import re

from fabula.segment.perfects import find_perfects
from fabula.segment.wording import Wording
from fabula.story import Span

__all__ = ["find_leaps"]

_NUMBER = (
    r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy)(?:[- ]\w+)?|\d+|some|several|many|a few|"
    r"a hundred)"
)
_BACK = re.compile(
    rf"(?:(?:Some|About|Nearly|Almost|Just|Only) )?{_NUMBER} (?:days?|weeks?|months?|years?|winters?|summers?) "
    r"(?:before|earlier|previously)(?P<stop>,)?",
    re.IGNORECASE,
)
_SHORT = 20_000
"""Words. In a longer text one leaps only with a comma; "two years before he had been to Rome" is told in passing."""
_FIRST = re.compile(r"[^.!?]*")


def find_leaps(wording: Wording) -> set[int]:
    """Where such paragraphs begin. In twelve novels of 1.4 million words there is one, in a short story it is how a
    flashback begins."""
    content = wording.segments.text.content
    found = set()
    for paragraph in wording.segments.paragraphs:
        back = _BACK.match(content, paragraph.start, paragraph.body) if paragraph.kind == "prose" else None
        if back is None or (back["stop"] is None and len(wording) > _SHORT):
            continue
        sentence = _FIRST.match(content, paragraph.start, paragraph.body)
        word = wording.at(paragraph.start)
        spoken = word < len(wording) and wording.quote[word] != -1
        if sentence is None or spoken:
            continue
        if any(find_perfects(content, Span(paragraph.start, sentence.end()), since=Span(*back.span()))):
            found.add(paragraph.start)
    return found
