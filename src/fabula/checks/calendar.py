"""A scene out of time: it was Monday, and the next morning is Thursday."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

import msgspec

from fabula.lexicon.counting import DAYS
from fabula.story import Finding, Paragraph, Span, Story

__all__ = ["find_out_of_time"]

_DAY = "|".join(DAYS)
_TODAY = re.compile(
    rf"(?:\b(?:it|this|today|that) (?:was|is) (?:now |already |still |only )?(?:a |the )?"
    rf"(?:\w+ )?(?P<a>{_DAY})\b(?! week))"
    rf"|(?:^[^\w]*(?:on )?(?:the )?(?P<b>{_DAY})(?: (?:morning|afternoon|evening|night))?\b\s*[,.:—–])",
    re.IGNORECASE,
)
"""Words that say which day it is now, in the narration."""
_STEP = re.compile(
    r"\b(?P<next>(?:the |on the )?(?:next|following) (?:day|morning|afternoon|evening|night)|the day after)\b"
    r"|\b(?P<same>(?:later )?(?:that|the same) (?:day|afternoon|evening|night|morning))\b"
    r"|\b(?P<lost>days? later|weeks?|months?|years?|(?:two|three|four|five|six|several|few|some) (?:days|nights)|"
    r"fortnight|every|each|ago|before|last|once|used to)\b",
    re.IGNORECASE,
)


class _Now(msgspec.Struct, frozen=True):
    """Which day it is, and the words that say so."""

    day: int
    span: Span


def find_out_of_time(story: Story) -> tuple[Finding, ...]:
    """Days of the week that do not follow as the words between them say: next day, same evening."""
    quotes = [quote for quote in story.quotes if quote.depth == 0 and quote.mode != "term"]
    return tuple(_findings(story, [p for p in story.paragraphs if p.kind in ("prose", "heading")], quotes))


def _findings(story: Story, paragraphs: Sequence[Paragraph], quotes: Sequence[Span]) -> Iterator[Finding]:
    now: _Now | None = None
    days = 0
    for paragraph in paragraphs:
        words = _told(story, paragraph, quotes)
        for match in sorted([*_STEP.finditer(words), *_TODAY.finditer(words)], key=lambda found: found.start()):
            named = match.groupdict()
            if "a" not in named:
                days, now = _stepped(named, days, now)
                continue
            day = DAYS.index((named["a"] or named["b"]).lower())
            span = Span(paragraph.start + match.start(), paragraph.start + match.end())
            if now is not None and days >= 0 and (now.day + days) % 7 != day and days > 0:
                yield _finding(story, now, span, days)
            now, days = _Now(day, span), 0


def _stepped(named: dict[str, str | None], days: int, now: _Now | None) -> tuple[int, _Now | None]:
    """How many days have gone by after some words of time; after words that let nobody count, nothing is known."""
    if named["lost"]:
        return 0, None
    return (days + 1 if named["next"] else days), now


def _told(story: Story, paragraph: Paragraph, quotes: Sequence[Span]) -> str:
    """The narration of a paragraph, what is spoken blanked out. The quotes are in order of place, none in another."""
    words = story.text.content[paragraph.start : paragraph.body]
    first = bisect_right(quotes, paragraph.start, key=lambda quote: quote.end)
    behind = bisect_left(quotes, paragraph.body, key=lambda quote: quote.start)
    for quote in quotes[first:behind]:
        start, end = max(0, quote.start - paragraph.start), min(len(words), quote.end - paragraph.start)
        words = f"{words[:start]}{chr(0) * (end - start)}{words[end:]}"
    return words


def _finding(story: Story, now: _Now, span: Span, days: int) -> Finding:
    gone = "one day" if days == 1 else f"{days} days"
    return Finding(
        kind="out-of-time",
        severity="warning",
        message=f"It is {DAYS[now.day].title()} in line {story.text.line(now.span.start):,}; {gone} later, in line "
        f"{story.text.line(span.start):,}, it is not {DAYS[(now.day + days) % 7].title()}: {story.words(span)}",
        confidence=0.7,
        evidence=(now.span, span),
    )
