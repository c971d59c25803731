"""Paragraphs that leap into the past with their first words: "Thirty years before, … a stranger had come"."""

from __future__ import annotations

import re

from fabula.segment.wording import Wording

__all__ = ["find_leaps"]

_NUMBER = (
    r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy)(?:[- ]\w+)?|\d+|some|several|many|a few|"
    r"a hundred)"
)
_BACK = re.compile(
    rf"(?:(?:Some|About|Nearly|Almost|Just|Only) )?{_NUMBER} (?:days?|weeks?|months?|years?|winters?|summers?) "
    r"(?:before|earlier|previously),",
    re.IGNORECASE,
)
_PERFECT = re.compile(
    r"\bhad (?:\w+ly |just |never |not )?(?:been|\w+(?:ed|en|ne|me|un|wn|ght|id|ld|lt|pt|st|nt|ft|ut|et))\b"
)
"""Past perfects by their look; a few verbs that look otherwise are not found."""
_FIRST = re.compile(r"[^.!?]*")


def find_leaps(wording: Wording) -> set[int]:
    """Where such paragraphs begin. In twelve novels of 1.4 million words there is one, in a short story it is how a
    flashback begins."""
    content = wording.segments.text.content
    found = set()
    for paragraph in wording.segments.paragraphs:
        back = _BACK.match(content, paragraph.start, paragraph.body) if paragraph.kind == "prose" else None
        if back is None:
            continue
        sentence = _FIRST.match(content, paragraph.start, paragraph.body)
        word = wording.at(paragraph.start)
        spoken = word < len(wording) and wording.quote[word] != -1
        if sentence and not spoken and _PERFECT.search(content, paragraph.start, sentence.end()):
            found.add(paragraph.start)
    return found
