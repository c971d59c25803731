"""From marks to stretches of text: where each quotation begins and ends, also where a mark is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

import msgspec

from fabula.segment.quotations.marks import FAMILIES, Mark, has_marks, read_marks
from fabula.segment.quotations.parse import Reading, read_pairs
from fabula.segment.quotations.tags import is_tag, tag_after
from fabula.segment.segments import Convention
from fabula.story import Mode, Paragraph

__all__ = ["Stretch", "find_stretches"]

REACH = 12
"""A speech that runs on without marks at its paragraphs' beginnings is followed over at most this many paragraphs."""

NEAR = 50
"""A passage, for the choice between single and double marks, is this many paragraphs each way."""

CROWDED = 200
"""In a paragraph with more quotations than this no lost opening marks are looked for."""

_CONVENTIONS: dict[str, Convention] = {
    "D": "double",
    "S": "single",
    "G": "guillemet",
    "g": "guillemet",
    "C": "corner",
    "c": "corner",
}
_FIRST_SIGNS = re.compile(r"[_*\s>]*((?:``|''|[\"“„«‹「『‘'`—–])+)")


class Stretch(msgspec.Struct):
    """A quotation before its mode is known.

    `run` numbers the speeches that run over paragraphs (−1: none), `begins` marks their first part.
    """

    start: int
    end: int
    paragraph: int
    convention: Convention
    closed: bool = True
    run: int = -1
    begins: bool = False
    mode: Mode | None = None
    confidence: float = 0.0


def find_stretches(content: str, paragraphs: Sequence[Paragraph]) -> list[Stretch]:
    """Everything between quotation marks, paragraph by paragraph."""
    found: list[Stretch] = []
    carried, until, run = "", -1, 0
    singles = _single_passages(content, paragraphs)
    for at, paragraph in enumerate(paragraphs):
        if paragraph.kind not in ("prose", "letter", "verse"):
            if paragraph.kind in ("heading", "apart"):
                carried = ""
            continue
        if carried and at <= until and not has_marks(content, paragraph.start, paragraph.body):
            found.append(Stretch(_words(content, paragraph), paragraph.body, at, _CONVENTIONS[carried[0]], run=run))
            continue
        marks = list(read_marks(content, paragraph.start, paragraph.body, singles=singles[at]))
        if not marks:
            carried = ""
            continue
        first = _first_family(content, paragraph)
        reopens = bool(carried) and first.startswith(carried[0])
        following = _following(paragraphs, at)
        ahead = _first_family(content, paragraphs[following]) if following >= 0 else ""
        reading = read_pairs(marks, carried=carried[:1] if at <= until and not reopens else "", runs_on=ahead)
        own = list(_stretches(content, paragraph, at, marks, reading))
        goes_on = reopens or any(pair.first < 0 for pair in reading.pairs)
        if goes_on and own:
            own[0].run = run
        if reading.open:
            run += not (goes_on and own and not own[0].closed and own[0].end == paragraph.body)
            until = (
                following
                if ahead.startswith(reading.open[0])
                else _carried_until(content, paragraphs, at, reading.open[0])
            )
            carried = reading.open if until > at else ""
            if carried:
                for stretch in own:
                    if not stretch.closed and stretch.end == paragraph.body:
                        stretch.closed = True
                        stretch.begins = stretch.run != run
                        stretch.run = run
        else:
            carried = ""
        found += _mended(content, paragraph, at, marks, reading, own)
    return found


def _mended(
    content: str, paragraph: Paragraph, at: int, marks: Sequence[Mark], reading: Reading, own: list[Stretch]
) -> list[Stretch]:
    """The stretches of a paragraph, unclosed ones ended where a tag shows it, lost opening marks made good."""
    for index, stretch in enumerate(own):
        alone = index + 1 == len(own) or own[index + 1].start >= stretch.end
        if alone and not stretch.closed and stretch.run < 0:
            stretch.end = _tag_inside(content, stretch)
    if len(own) > CROWDED:
        return own
    for idle in reading.idle:
        mark = marks[idle]
        if mark.family == "D" and mark.closes == 0.0 and mark.opens >= 1.5 and content[mark.start - 1] in ".,!?…—-":
            start = _lost_opening(content, paragraph, own, mark)
            if start >= 0:
                own.append(Stretch(start, mark.end, at, "double", closed=True))
                own.sort(key=lambda s: (s.start, -s.end))
    return own


_STOPPED = re.compile(r"[,.!?…]\s+|--?\s*|[—–]\s*")


def _tag_inside(content: str, stretch: Stretch) -> int:
    """Where an unclosed quotation ends: before the tag that follows its words without a mark, else where it did."""
    places = [found.span() for found in _STOPPED.finditer(content, stretch.start, stretch.end)]
    for (start, end), (following, _) in pairwise([*places, (stretch.end, stretch.end)]):
        if start > stretch.start + 1 and is_tag(content[end:following]):
            return start + 1
    return stretch.end


def _lost_opening(content: str, paragraph: Paragraph, own: Sequence[Stretch], mark: Mark) -> int:
    """Where a quotation began whose opening mark is lost; −1 where nothing shows it."""
    before = [stretch for stretch in own if stretch.start < mark.start]
    if any(stretch.end > mark.start for stretch in before):
        return -1
    if not before:
        after = content[mark.end : min(paragraph.body, mark.end + 100)]
        return _words(content, paragraph) if not after.strip() or tag_after(after) else -1
    for found in _STOPPED.finditer(content, before[-1].end, mark.start - 1):
        if is_tag(content[before[-1].end : found.start()].strip()):
            return found.end()
    return -1


def _single_passages(content: str, paragraphs: Sequence[Paragraph]) -> list[bool]:
    """For each paragraph, whether more of its neighbours begin with a single mark than with a double one."""
    leads = [_first_family(content, paragraph)[:1] for paragraph in paragraphs]
    balance = [0, *accumulate((lead == "S") - (lead == "D") for lead in leads)]
    last = len(paragraphs)
    return [balance[min(last, at + NEAR + 1)] > balance[max(0, at - NEAR)] for at in range(last)]


def _words(content: str, paragraph: Paragraph) -> int:
    return paragraph.body - len(content[paragraph.start : paragraph.body].lstrip())


def _first_family(content: str, paragraph: Paragraph) -> str:
    """The families of the marks with which a paragraph begins: "DS" for a quotation that begins with another."""
    if paragraph.kind not in ("prose", "letter", "verse"):
        return ""
    found = _FIRST_SIGNS.match(content, paragraph.start, paragraph.body)
    return "".join(FAMILIES.get(sign, "") for sign in found.group(1)) if found else ""


def _following(paragraphs: Sequence[Paragraph], at: int) -> int:
    """The index of the next paragraph with words; −1 where a heading or the end comes first."""
    for following in range(at + 1, min(at + 4, len(paragraphs))):
        kind = paragraphs[following].kind
        if kind in ("prose", "letter", "verse"):
            return following
        if kind != "blank":
            return -1
    return -1


def _carried_until(content: str, paragraphs: Sequence[Paragraph], at: int, family: str) -> int:
    """The paragraph in which a quotation left open in paragraph `at` is closed, though no paragraph reopens it."""
    for following in range(at + 1, min(at + REACH, len(paragraphs))):
        paragraph = paragraphs[following]
        if paragraph.kind in ("heading", "break", "apart"):
            return at
        for mark in read_marks(content, paragraph.start, paragraph.body):
            if mark.family == family and min(mark.opens, mark.closes) + 1 < mark.idles:
                return following if mark.closes < mark.opens else at
    return at


def _stretches(
    content: str, paragraph: Paragraph, at: int, marks: Sequence[Mark], reading: Reading
) -> Iterator[Stretch]:
    """The stretches of a paragraph, in order of their starts."""
    spans = []
    for pair in reading.pairs:
        start = marks[pair.first].start if pair.first >= 0 else _words(content, paragraph)
        family = marks[pair.first].family if pair.first >= 0 else marks[pair.last].family if pair.last >= 0 else "D"
        low = pair.first >= 0 and marks[pair.first].sign in "„‚"
        end = (
            marks[pair.last].end if pair.last >= 0 else marks[pair.before].start if pair.before >= 0 else paragraph.body
        )
        end = start + len(content[start:end].rstrip())
        spans.append(Stretch(start, end, at, "low" if low else _CONVENTIONS[family], pair.last >= 0))
    spans.sort(key=lambda s: (s.start, -s.end))
    yield from spans
