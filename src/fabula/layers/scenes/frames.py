"""Whether a scene happens, or is written in a letter, or told by somebody."""

from __future__ import annotations

import re
from collections import Counter

from fabula.lexicon.counting import MONTHS
from fabula.segment.wording import Wording
from fabula.story import Frame, Paragraph, Span

__all__ = ["find_frame", "greeting_of", "greets", "is_date_line", "is_salutation", "is_signature"]

_STORY = frozenset({"prose", "letter", "verse"})
_TOLD = 0.9
"""A scene is a tale told when so much of it is speech, …"""
_ONE = 0.6
"""… so much of it is one speech, and …"""
_SPEECH = 60
"""… one of its paragraphs of speech has so many words: talk has shorter ones."""
_TALE = 80
"""Words of one speech that is nearly all of a scene and runs over several paragraphs, however short these are."""
_SIGNED = 6
"""Words at most."""
_MONTH = rf"(?:{'|'.join(MONTHS).title()})"
_WEEKDAY = r"(?:Mon|Tues?|Wed(?:nes|s)?|Thurs?|Fri|Sat(?:ur)?|Sun)(?:day)?"
_YEAR = r"(?:1[5-9]|20)\d\d"
_DATELINE = re.compile(
    rf"[^.!?]{{0,50}}(?:\d{{1,2}}\w{{0,2}}(?: of)? {_MONTH}|{_MONTH} \d{{1,2}})[^.!?]{{0,20}}\.?|"
    rf"{_WEEKDAY}\.?,? (?:the )?\d{{1,2}}(?:st|nd|rd|th)?\.?|"
    rf"(?:(?:Early |Late )?(?:{_MONTH}|Spring|Summer|Autumn|Fall|Winter)(?:,| of)? )?{_YEAR}\.?"
)
_SALUTATION = re.compile(
    r"(?:My |Most )?(?:[Dd]ear(?:est)?|[Ee]steemed|[Hh]onou?red|[Bb]eloved)\b"
    r"(?:[^.?!]|\b[A-Z][a-z]{0,2}\.){0,80}?[,:—]+"
)


def find_frame(wording: Wording, scene: Span) -> Frame:
    """`letter` or `told` where the scene's form says so; else `main`. Dreams, visions and memories are not told
    apart yet: a past perfect at a scene's head finds two memories of the gold stories, and five that are none."""
    segments = wording.segments
    first, last = segments.paragraph_at(scene.start), segments.paragraph_at(max(scene.start, scene.end - 1))
    own = [p for p in segments.paragraphs[first : last + 1] if p.kind in _STORY]
    if own and (all(p.kind == "letter" for p in own) or _opens_letter(wording, own)):
        return "letter"
    if _is_told(wording, own):
        return "told"
    return "main"


def _opens_letter(wording: Wording, own: list[Paragraph]) -> bool:
    """A date line and a salutation, in a line of its own or before what follows, or a salutation by itself."""
    lines = [wording.segments.text.content[p.start : p.body].strip("_*> ") for p in own[:3]]
    dated = is_date_line(lines[0])
    if dated and len(lines) > 1 and greets(lines[1]):
        return True
    return len(lines) > dated + 1 and is_salutation(lines[dated])


def is_date_line(line: str) -> bool:
    """Whether the line is a place and a date, or a date: "Vale de Mel, 2 March 1947"."""
    return _DATELINE.fullmatch(line) is not None


def is_salutation(line: str) -> bool:
    """Whether the line is "Dear Anne," or the like."""
    return _SALUTATION.fullmatch(line) is not None


def greets(line: str) -> bool:
    """Whether the line begins with "Dear Anne," or the like, whatever stands behind it."""
    return _SALUTATION.match(line) is not None


def greeting_of(line: str) -> int:
    """How many characters of the line are such a greeting."""
    found = _SALUTATION.match(line)
    return found.end() if found is not None else 0


def is_signature(line: str) -> bool:
    """Whether the line is a name, or "Your servant," and a name: short, without a full stop."""
    return len(line.split()) <= _SIGNED and line[-1:].isalpha() and line.split()[-1][:1].isupper()


def _is_told(wording: Wording, own: list[Paragraph]) -> bool:
    """Whether one speech is nearly all of it; a conversation in which somebody says a good deal is none."""
    quotations = wording.segments.quotations
    words, longest = 0, 0
    speeches: Counter[int] = Counter()
    for paragraph in own:
        span = wording.within(paragraph)
        spoken = Counter(quotations[wording.quote[i]].turn for i in span if wording.quote[i] != -1)
        speeches += spoken
        words, longest = words + len(span), max(longest, spoken.total())
    most = max(speeches.values(), default=0)
    if not words or speeches.total() < _TOLD * words:
        return False
    return (most >= _ONE * words and longest >= _SPEECH) or (most >= _TOLD * words and most >= _TALE and len(own) > 1)
