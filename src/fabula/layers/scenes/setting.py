"""Where and when a scene plays, in the text's own words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from fabula.lexicon.counting import MONTHS, TENS, UNITS
from fabula.segment.wording import Wording
from fabula.story import Mention, Span

__all__ = ["find_place", "find_time"]

_AT = frozenset("in at to into inside outside".split())
_PLACES = frozenset({"GPE", "LOC", "FAC"})

_OPENING = 6
"""Time words count in so many paragraphs from the scene's beginning; further on they rather tell how it goes on."""

_NUMBER = (
    rf"(?:(?:{'|'.join(TENS)})(?:[- ](?:{'|'.join(UNITS[1:10])}))?|an?|{'|'.join(UNITS[1:])}|"
    r"a hundred|\d+|some|several|many|a few|half an?|a couple of)"
)
_UNIT = r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|fortnight|months?|years?|winters?|summers?)"
_SEASON = r"(?:spring|summer|autumn|fall|winter)"
_PART = rf"(?:morning|forenoon|noon|afternoon|evening|night|day|midnight|dawn|week|month|year|{_SEASON})"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Christmas(?: Eve| Day)?|Easter)"
_MONTH = rf"(?:{'|'.join(MONTHS).title()})"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_HOUR = rf"(?:{'|'.join(UNITS[1:13])}|\d{{1,2}}(?:[:.]\d\d)?)"
_PAST = r"(?:half[- ]past|(?:a )?quarter[- ](?:past|to)|(?:five|ten|twenty|twenty-five) (?:minutes )?(?:past|to))"
_ABOUT = r"(?:about |nearly |almost |just (?:before |after |past )?|exactly |around )?"
_OF_DAY = r"(?:in the (?:morning|afternoon|evening)|at night|that (?:morning|afternoon|evening|night))"
_TIME = re.compile(
    r"\b(?:"
    + "|".join(
        (
            rf"(?i:(?:(?:on|by|in|late|early) )?(?:(?:the|that) )?(?:very )?(?:next|following|same|previous) {_PART})",
            rf"(?i:(?:(?:early|late) )?(?:that|this|one|last|next) (?:same )?)(?:{_WEEKDAY} )?{_PART}",
            rf"(?i:on (?:an? )?|the |an? )?{_WEEKDAY}(?: {_PART})?(?: in {_MONTH})?",
            rf"(?i:{_NUMBER}(?: (?:or {_NUMBER}|more|long))? {_UNIT} "
            r"(?:later|before(?! (?:I|he|she|it|we|they|any(?:one|body))\b)|earlier|ago|after(?:wards?)?))",
            rf"(?i:(?:in |on |towards? )?(?:the )?(?:{_SEASON}|year) (?:of )?1\d\d\d)",
            rf"(?i:(?:on |in )?(?:the )?){_DAY}(?: of)? {_MONTH}(?:,? \d{{4}})?",
            rf"(?i:(?:on |in )?){_MONTH} (?:the )?{_DAY}(?:,? \d{{4}})?(?!\d)",
            rf"(?i:in (?:early |late )?)(?:{_MONTH}|[12]\d\d\d)",
            r"In the (?:morning|afternoon|evening)",
            rf"(?i:(?:(?:at|by|towards?|until|till|before|after) )?{_ABOUT}(?:{_PAST} )?{_HOUR} o['’]clock"
            rf"(?: {_OF_DAY})?)",
            rf"(?i:(?:(?:at|by|towards?|until|till|before|after) {_ABOUT}{_PAST}|half[- ]past|a quarter (?:past|to)) "
            rf"{_HOUR}(?: {_OF_DAY})?)(?![- ]\w+s\b)",
            rf"(?i:(?:at|by|around|about) {_ABOUT}{_HOUR} {_OF_DAY})",
            r"(?i:(?:at|by) \d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?)",
            r"The (?:evening|night|day|morning|afternoon|week|month|year) (?:before|after)(?=[,.;:—])",
            r"(?i:at (?:noon|midnight|dawn|dusk|sunset|sunrise|nightfall))",
            rf"(?i:yesterday(?: {_PART})?|tomorrow(?: {_PART})?|tonight)",
        )
    )
    + r")\b"
)

_BACK = re.compile(r"\b(?:before|earlier|ago|previous)$|^(?:yesterday|the previous)\b", re.IGNORECASE)


def find_place(wording: Wording, mentions: Sequence[Mention], scene: Span) -> Span | None:
    """The last place the narration names as where somebody is or goes ("in Bath", "to the Tower"); None without one."""
    first = bisect_left(mentions, scene.start, key=lambda mention: mention.start)
    end = bisect_left(mentions, scene.end, first, key=lambda mention: mention.start)
    for mention in reversed(mentions[first:end]):
        if mention.form != "name" or mention.type not in _PLACES:
            continue
        at = wording.at(mention.start)
        before = at - 1
        if before > 0 and wording.lower[before] == "the":
            before -= 1
        if _is_on_the_way(wording, before):
            continue
        if before >= 0 and at < len(wording) and wording.quote[at] == -1 and wording.lower[before] in _AT:
            return mention.span
    return None


def _is_on_the_way(wording: Wording, to: int) -> bool:
    """ "Half-way to Exeter", "on her way to Exeter": not there yet."""
    before = wording.lower[max(0, to - 3) : to]
    if not before or to >= len(wording) or wording.lower[to] != "to":
        return False
    return before[-1] in ("halfway", "half-way") or (before[-1] == "way" and bool({"half", "on"} & set(before)))


def find_time(wording: Wording, scene: Span) -> Span | None:
    """The first words of time in the narration of the scene's first paragraphs; None without any."""
    segments = wording.segments
    first = segments.paragraph_at(scene.start)
    told = [p for p in segments.paragraphs[first : first + 3 * _OPENING] if p.kind in ("prose", "letter", "heading")]
    for number, paragraph in enumerate(told[:_OPENING]):
        if paragraph.start >= scene.end:
            break
        for found in _TIME.finditer(segments.text.content, paragraph.start, paragraph.body):
            at = wording.at(found.start())
            if number and _BACK.search(found[0]):
                continue  # further on it tells what was before, not when the scene plays
            if at < len(wording) and wording.quote[at] == -1:
                return Span(found.start(), found.end())
    return None
