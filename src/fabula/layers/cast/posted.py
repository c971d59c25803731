"""Letters that stand in the text as they were written, each from its greeting to the name under it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fabula import lexicon
from fabula.lexicon.counting import DAYS, MONTHS
from fabula.segment.wording import Wording
from fabula.story import Paragraph, Span

__all__ = ["find_posted"]

_GREETING = re.compile(
    r"[>\s_*]*(?:My )?(?:(?:own|very|poor|[Mm]ost) )*(?:[Dd]ear(?:est)?|[Dd]arling|[Bb]eloved|[Ee]steemed|[Hh]onou?red)"
    r" [A-Z][^.?!\n:—(]{0,40}(?:\.[^.?!\n:—(]{0,30})?(?:\([^)]{1,60}\))?(?:,|[:!]|\s?[—–-]+)[—–-]*[_*]*"
)
"""How a letter begins; it may go on in the same line: "My dear Honor,—It was …"."""
_MONTH = "(?:" + "|".join(f"{month[:3].title()}(?:{month[3:]}|t)?" for month in MONTHS) + r")\.?"
_DAY = "(?:" + "|".join(f"{day[:3].title()}(?:{day[3:]}|{day[3:-3]})?" for day in DAYS) + ")"
_DATED = re.compile(
    rf"(?:[^!?]{{0,50}}\b(?:\d{{1,2}}\w{{0,2}}(?: of)? {_MONTH}|{_MONTH} \d{{1,2}})(?!\w)[^!?]{{0,20}}|"
    rf"{_DAY}\b[^!?]{{0,30}})\.?"
)
_SIGNED = re.compile(
    r"[_*]*(?P<name>[A-Z][\w’'-]*\.?(?: [A-Z][\w’'-]*\.?){0,3}|(?:[A-Z]\.\s?){1,3})[_*]*(?:[\s,]*\(.*|,.*)?"
)
"""A line with a name, and what may stand behind it: "H. Lowe (Miss), No. 9"."""
_LINE = 80
"""Characters of a line that is a greeting, a date or a signature, at most."""
_POSTSCRIPT = 2
_LONGEST = 40
"""So many paragraphs at most stand between a greeting and a signature."""


def find_posted(wording: Wording) -> Iterator[tuple[Span, str, Span]]:
    """Of each such letter its place, the name or the initials under it, and where they stand.

    A postscript is a part of it where the next letter, a date or the end of a part comes right behind.
    """
    content = wording.segments.text.content
    paragraphs = [p for p in wording.segments.paragraphs if p.body > p.start]
    lines = [content[p.start : min(p.body, p.start + 2 * _LINE)] for p in paragraphs]
    at = 0
    while at < len(paragraphs):
        signed = _signature(paragraphs, lines, at) if _greets(paragraphs, lines, at) else None
        if signed is None:
            at += 1
            continue
        foot, name = signed
        last = next(
            (n for n in range(foot, min(foot + _POSTSCRIPT + 1, len(paragraphs))) if _ends(paragraphs, lines, n + 1)),
            foot,
        )
        signature = Span(paragraphs[foot].start, paragraphs[foot].body)
        yield Span(paragraphs[at].start, paragraphs[last].end), name, signature
        at = last + 1


def _greets(paragraphs: Sequence[Paragraph], lines: Sequence[str], at: int) -> bool:
    """Whether a paragraph is a greeting; behind a date it may begin with one."""
    greeting = _GREETING.match(lines[at])
    if greeting is None or paragraphs[at].kind not in ("prose", "letter"):
        return False
    return greeting.end() == paragraphs[at].body - paragraphs[at].start or (
        at > 0 and _is_date(paragraphs, lines, at - 1)
    )


def _is_date(paragraphs: Sequence[Paragraph], lines: Sequence[str], at: int) -> bool:
    return paragraphs[at].body - paragraphs[at].start <= _LINE and _DATED.fullmatch(lines[at]) is not None


def _ends(paragraphs: Sequence[Paragraph], lines: Sequence[str], at: int) -> bool:
    """Whether a letter is over before this paragraph: another, a date, another part of the text comes."""
    if at >= len(paragraphs) or paragraphs[at].kind in ("heading", "break"):
        return True
    return _greets(paragraphs, lines, at) or _DATED.match(lines[at]) is not None


def _signature(paragraphs: Sequence[Paragraph], lines: Sequence[str], at: int) -> tuple[int, str] | None:
    """The number of the paragraph under a letter that is a name, and the name."""
    goes_on = len(lines[at]) > _LINE  # the greeting's own paragraph has the letter in it
    for foot in range(at + (1 if goes_on else 2), min(at + _LONGEST, len(paragraphs))):
        if paragraphs[foot].kind in ("heading", "break") or _greets(paragraphs, lines, foot):
            return None
        if paragraphs[foot].body - paragraphs[foot].start > _LINE or _is_date(paragraphs, lines, foot):
            continue
        signed = _SIGNED.fullmatch(lines[foot])
        if signed is not None and _may_be_name(signed["name"]):
            return foot, _bare(signed["name"].strip())
    return None


def _bare(name: str) -> str:
    """Without the full stop behind it, unless an initial has it: "Edmund." """
    return name.rstrip(".") if len(name.split()[-1]) > 2 else name


def _may_be_name(name: str) -> bool:
    """Whether none of the words is a common one that is nobody's name: "Nothing." """
    words = [word.strip(".").lower() for word in name.split()]
    names, common = lexicon.table("first_names"), lexicon.words("common_words") | lexicon.words("function_words")
    return all(len(word) == 1 or word in names or word not in common for word in words)
