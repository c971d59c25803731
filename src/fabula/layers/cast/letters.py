"""Letters in the text, whose "I" is whoever signs them, and tales told in it without quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from fabula.layers.cast.headed import TellerLine, signed_by
from fabula.layers.cast.posted import find_posted
from fabula.segment.wording import Wording
from fabula.story import Mention, Span

__all__ = ["Letter", "Tale", "find_letters", "find_tales"]

_FOOT = 3
"""The signature stands in one of the last so many paragraphs of a letter; a postscript may follow it."""
_CUE = re.compile(
    r"(?:\bas (?:he|she|they|\w+ \w+) (?:gave|told|related|had it)\b|\bin (?:his|her|their) own words\b|"
    r"\b(?:this|here|following) (?:is|was|then is) "
    r"(?:what|the (?:story|tale|account)|(?:his|her|their) (?:story|tale))|"
    r"\b(?:began|told|related|commenced|gave|resumed|continued)\b(?: \w+){0,3} "
    r"(?:his|her|their|this|the(?: following)?) (?:\w+ )?(?:story|tale|narrative|account|history|recital)\b"
    r"|\b(?:began|spoke|related|told)\b.{0,30}\b(?:as follows|thus))[^.!?]{0,40}[.:—–-]+$",
    re.IGNORECASE,
)
"""How a paragraph ends before somebody's own telling begins."""
_OVER = re.compile(
    r"\b(?:finished|was (?:over|silent)|fell silent|go on|ceased|stopped speaking|paused|concluded|ended|"
    r"(?:his|her|their|the) (?:story|tale|narrative))\b",
    re.IGNORECASE,
)
"""What the narration says when the telling is over."""
_I = frozenset({"i", "me", "my", "mine", "myself"})


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """A letter's place, the name it is signed with ("" where it is not), and where that stands."""

    span: Span
    name: str
    signature: Span


class Tale(msgspec.Struct, frozen=True, kw_only=True):
    """The paragraphs of a tale somebody tells, and the last paragraph before it, which brings in the teller."""

    span: Span
    opened: Span


def find_letters(wording: Wording, lines: Sequence[TellerLine] = ()) -> list[Letter]:
    """The letters that the text sets out as such, those left out among which lines stand that say who tells.

    Several that follow each other may be set out as one; each of them then comes behind that one.
    """
    headed = [line.span.start for line in lines]
    found = []
    for first, last in _runs([p.kind == "letter" for p in wording.segments.paragraphs]):
        paragraphs = wording.segments.paragraphs
        span = Span(paragraphs[first].start, paragraphs[last].end)
        if any(span.start <= place < span.end for place in headed):
            continue
        letter = Letter(span=span, name="", signature=span)
        for paragraph in reversed(paragraphs[max(first + 1, last - _FOOT + 1) : last + 1]):
            line = wording.segments.text.content[paragraph.start : paragraph.body]
            name = signed_by(line[-60:].split("\n")[-1] if "\n" in line[-60:] else line) if len(line) < 120 else None
            if name:
                letter = Letter(span=span, name=name, signature=Span(paragraph.start, paragraph.body))
                break
        found.append(letter)
    posted = [
        Letter(span=span, name=name, signature=signature)
        for span, name, signature in find_posted(wording)
        if not any(span.start <= place < span.end for place in headed)
    ]
    kept = [old for old in found if old.name or not any(_overlap(old.span, new.span) for new in posted)]
    return sorted([*kept, *posted], key=lambda letter: (letter.span.start, -letter.span.end))


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _runs(wanted: Sequence[bool]) -> Iterator[tuple[int, int]]:
    first = None
    for i, is_wanted in enumerate([*wanted, False]):
        if is_wanted and first is None:
            first = i
        elif not is_wanted and first is not None:
            yield first, i - 1
            first = None


def find_tales(wording: Wording, mentions: Sequence[Mention]) -> list[Tale]:
    """Tales that are announced ("I give the story as he gave it.") and told without quotation marks.

    They end where a chapter or a marked break does, where the narration says that it is over, or names the teller.
    """
    segments = wording.segments
    breaks = {*segments.breaks, *(chapter.start for chapter in segments.chapters)}
    found: list[Tale] = []
    for i, paragraph in enumerate(segments.paragraphs[:-1]):
        following = segments.paragraphs[i + 1]
        if paragraph.kind != "prose" or following.kind != "prose" or (found and found[-1].span.end > paragraph.start):
            continue
        written = segments.text.content[max(paragraph.start, paragraph.body - 160) : paragraph.body]
        if not _CUE.search(written) or not _tells(wording, following):
            continue
        last = i + 1
        while last + 1 < len(segments.paragraphs) and _goes_on(wording, last + 1, breaks):
            last += 1
        end = segments.paragraphs[last].end
        found.append(Tale(span=Span(following.start, end), opened=Span(paragraph.start, paragraph.body)))
    return found


def _tells(wording: Wording, span: Span) -> bool:
    """Whether a paragraph is told as "I" and stands in no quotation marks."""
    own = [i for i in wording.within(span) if wording.quote[i] == -1]
    return bool(own) and wording.quote[wording.at(span.start)] == -1 and any(wording.lower[i] in _I for i in own)


def _goes_on(wording: Wording, i: int, breaks: set[int]) -> bool:
    paragraph = wording.segments.paragraphs[i]
    if paragraph.kind in ("heading", "break") or paragraph.start in breaks:
        return False
    written = " ".join(wording.forms[w] for w in wording.within(paragraph) if wording.quote[w] == -1)
    return not _OVER.search(written)
