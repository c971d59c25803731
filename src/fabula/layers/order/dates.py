"""What can be counted: dates at the heads of scenes, and the ages of those who are in them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from fabula.layers.order.signs import Sign
from fabula.lexicon.counting import MONTHS, ORDINALS, TENS, UNITS
from fabula.segment.wording import Wording
from fabula.story import Mention, Scene, Span

__all__ = ["signs_of_ages", "signs_of_dates"]

_MONTH = "|".join(MONTHS)
_YEAR = r"(?P<year>1[0-9]\d\d|20\d\d)"
_DATE = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{_MONTH})|"
    rf"(?P<first>{_MONTH}) (?P<then>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)|"
    rf"(?:the )?(?P<word>{'|'.join(ORDINALS)}) of (?P<of>{_MONTH})|(?:week of |in )(?P<bare>{_MONTH}))"
    rf"(?:,? {_YEAR})?\b",
    re.IGNORECASE,
)
_SEASONS = {"winter": 1, "spring": 4, "summer": 7, "autumn": 10, "fall": 10}
"""The month as which a season counts among dates that name one."""
_YEARLY = re.compile(
    rf"[\s_*#—–-]*(?P<in>in |by |early in |late in )?(?:the )?"
    rf"(?P<part>{_MONTH}|{'|'.join(_SEASONS)})?(?:,| of)? ?{_YEAR}"
    r"(?=[\s_*]*(?P<end>[.,:;—–\n]|$)|\s)",
    re.IGNORECASE,
)
"""A month or a season with its year, or a year: "August 1931", "In the winter of 1911", "1958"."""
_DATELINE = 70
"""Characters in which a letter's date, or a diary's, stands."""
_HEAD = 420
"""The same for a date told in a sentence: "It was the second week of March, 1948"."""
_OPENING, _OPENING_BARE = 12, 5
"""So many words of its sentence stand before it at most, with a year and without one: further on it is the date of
something that is spoken of."""
_BEFORE = re.compile(r"\b(?:had|since|until|till|born|before|from|after|next|last)\b[^.]*$", re.IGNORECASE)
"""Words in front that make it a date of something else."""

_SPELLED = "|".join((*TENS, *reversed(UNITS[3:])))
_AGE = re.compile(
    rf"\s+(?:was|am|is)\s+(?:only |just |now |then |about |barely |nearly |already )?"
    rf"(?P<ten>{_SPELLED}|\d\d?)(?:[- ](?P<one>{'|'.join(UNITS[1:10])}))?"
    r"(?: years? old| years of age)?(?=[,.;:—]|\s+(?:and|when|with|in|that|then|now)\b)",
    re.IGNORECASE,
)
_DATED, _IN_PROSE = 4.5, 2.5
_AGED = 2.6


class _Date(msgspec.Struct, frozen=True):
    year: int | None
    month: int
    day: int | None
    place: Span
    weight: float


def signs_of_dates(wording: Wording, scenes: Sequence[Scene]) -> Iterator[Sign]:
    """Between scenes whose heads are dated, those that follow each other by their dates. A date without a year is of
    the year named last."""
    dated = [(told, date) for told, scene in enumerate(scenes) if (date := _date_of(wording, scene)) is not None]
    known: list[tuple[tuple[int, int, int], int, _Date]] = []
    year = next((date.year for _, date in dated if date.year is not None), 0)
    for told, date in dated:
        year = date.year if date.year is not None else year
        known.append(((year or 0, date.month, date.day or 0), told, date))
    known.sort(key=lambda entry: entry[:2])
    for at, (then, other, second) in enumerate(known):
        for when, one, first in reversed(known[:at]):
            if _is_earlier(first, second, when, then):
                weight = min(first.weight, second.weight)
                yield Sign(before=one, after=other, kind="date", weight=weight, evidence=(first.place, second.place))
                break


def _is_earlier(first: _Date, second: _Date, when: tuple[int, int, int], then: tuple[int, int, int]) -> bool:
    """Whether the first is surely the earlier: a year by itself may be any of its days, and so may a month."""
    if when[0] != then[0]:
        return True
    if not (first.month and second.month):
        return False
    return when[1] != then[1] or (when != then and first.day is not None and second.day is not None)


def _date_of(wording: Wording, scene: Scene) -> _Date | None:
    """The date at the scene's head, where it stands in the narration."""
    content = wording.segments.text.content
    for found in _DATE.finditer(content, scene.start, min(scene.end, scene.start + _HEAD)):
        word = wording.at(found.start())
        headed = found.start() < scene.start + _DATELINE
        if word >= len(wording) or wording.quote[word] != -1:
            continue
        sentence = wording.segments.sentences[wording.segments.sentence_at(found.start())]
        within = len(content[sentence.start : found.start()].split())
        if not headed and within > (_OPENING if found["year"] else _OPENING_BARE if found["word"] else -1):
            continue
        if _BEFORE.search(content[sentence.start : found.start()]):
            continue
        if found["bare"] and not found["year"]:
            continue
        month = MONTHS.index((found["month"] or found["first"] or found["of"] or found["bare"]).lower()) + 1
        day = int(found["day"] or found["then"] or 0) or (
            ORDINALS.index(found["word"].lower()) + 1 if found["word"] else None
        )
        alone = headed and not content[sentence.start : found.start()].strip(" \n\r\t_*").count(" ") > 4
        weight = _DATED if alone else _IN_PROSE
        return _Date(int(found["year"]) if found["year"] else None, month, day, Span(*found.span()), weight)
    return _year_of(wording, scene)


def _year_of(wording: Wording, scene: Scene) -> _Date | None:
    """The year with which the scene's first words date it, and its month or season."""
    content = wording.segments.text.content
    found = _YEARLY.match(content, scene.start, min(scene.end, scene.start + _DATELINE))
    if found is None or (found["in"] is None and found["end"] is None):
        return None
    word = wording.at(found.start("year"))
    if word >= len(wording) or wording.quote[word] != -1:
        return None
    part = (found["part"] or "").lower()
    month = MONTHS.index(part) + 1 if part in MONTHS else _SEASONS.get(part, 0)
    place = Span(found.start("part") if part else found.start("year"), found.end("year"))
    return _Date(int(found["year"]), month, None, place, _IN_PROSE if found["in"] else _DATED)


def signs_of_ages(wording: Wording, scenes: Sequence[Scene], mentions: Sequence[Mention]) -> Iterator[Sign]:
    """Between scenes that give ages of one person: the younger first."""
    ages: dict[str, list[tuple[int, int, Span, float]]] = {}
    for told, scene in enumerate(scenes):
        for who, age, place, sure in _ages_in(wording, scene, mentions):
            ages.setdefault(who, []).append((age, told, place, sure))
    for known in ages.values():
        known.sort()
        for (age, one, first, sure), (older, other, second, too) in pairwise(known):
            if one != other and age < older:
                yield Sign(before=one, after=other, kind="age", weight=_AGED * min(sure, too), evidence=(first, second))


def _ages_in(wording: Wording, scene: Scene, mentions: Sequence[Mention]) -> Iterator[tuple[str, int, Span, float]]:
    content = wording.segments.text.content
    first = bisect_left(mentions, scene.start, key=lambda mention: mention.start)
    last = bisect_left(mentions, scene.end, first, key=lambda mention: mention.start)
    for mention in mentions[first:last]:
        if mention.character is None:
            continue
        found = _AGE.match(content, mention.end)
        word = wording.at(mention.start)
        if found is None or word >= len(wording) or wording.quote[word] != -1:
            continue
        age = _number(found["ten"]) + (_number(found["one"]) if found["one"] else 0)
        yield mention.character, age, Span(mention.start, found.end()), 1.0 if mention.form == "name" else 0.7


def _number(word: str) -> int:
    lower = word.lower()
    return int(lower) if lower.isdigit() else TENS.get(lower) or UNITS.index(lower)
