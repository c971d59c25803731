"""Speech that opens with a quotation mark and never closes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from fabula.story import Finding, Paragraph, Quote, Severity, Span, Story
from fabula.story.shortening import first_words

__all__ = ["find_unclosed"]

_CLOSING = {
    '"': '"”',
    "“": '”"“',
    "'": "'’",
    "‘": "’'",
    "«": "»",
    "»": "«",
    "„": '“”"',
    "‚": "‘’'",
    "「": "」",
    "『": "』",
}
"""Each opening mark with those that close it (some programs turn a mark the wrong way round)."""

_NEVER_NESTED = '“«„"'
_SHORT = 200
"""Characters. Speech that really runs over paragraphs comes in longer ones: two in three on 11 novels."""
_TAG_INSIDE = re.compile(
    r"[^\W\d_][,!?] (?:(?:said|asked|answered|replied|cried|whispered|shouted) (?:he|she|they|(?:[A-Z]\w+\.? ?){1,3})"
    r"|(?:he|she|they|[A-Z]\w+) (?:said|asked|answered|replied|cried|whispered|shouted))(?=[.,;:])"
)
"""A tag without marks before and behind it: "Hold on to my foot, said Ket."."""
_AROUND = re.compile(r"[\s_*>]+")
_SETS_OFF = frozenset({"letter", "verse", "apart"})


def find_unclosed(story: Story) -> tuple[Finding, ...]:
    """Quotations without a closing mark, but for speech that opens again in the next paragraph, as it should."""
    return tuple(_findings(story, story.paragraphs, story.quotes))


def _findings(story: Story, paragraphs: Sequence[Paragraph], quotes: Sequence[Quote]) -> Iterator[Finding]:
    open_before = -3
    for number, quote in enumerate(quotes):
        mark = story.text.content[quote.start]
        closing = _CLOSING.get(mark)
        if quote.depth or closing is None:
            continue
        opened_again = _opens_again(story, quotes, number, mark)
        if not opened_again and _ends_with(story, quote, closing):
            continue
        at = bisect_right(paragraphs, quote.start, key=lambda p: p.start) - 1
        here, following = paragraphs[at], _next(paragraphs, at)
        if quote.end >= here.body and (here.kind != "prose" or (following and following.kind in _SETS_OFF)):
            continue
        goes_on = following is not None and _first_mark(story, following) == mark
        if opened_again or quote.end < here.body or following is None:
            yield _unclosed(story, quote, "warning", 0.9)
        elif not goes_on:
            continues = _closes_first(story, following, closing)
            yield _unopened(story, quote, following) if continues else _unclosed(story, quote, "warning", 0.9)
        elif open_before < at - 2:
            severity = _suspicion(story, quote, here, following)
            if severity is not None:
                yield _unclosed(story, quote, severity, 0.6 if severity == "warning" else 0.35)
        open_before = at


def _ends_with(story: Story, quote: Quote, closing: str) -> bool:
    words = story.words(quote).rstrip("_*")
    return len(words) > 1 and words[-1] in closing


def _opens_again(story: Story, quotes: Sequence[Quote], number: int, mark: str) -> bool:
    """Whether a double quotation holds another of its own kind, as it must not: "Come, said he, "come here."."""
    if mark not in _NEVER_NESTED or number + 1 == len(quotes):
        return False
    inner = quotes[number + 1]
    return inner.depth == 1 and inner.end <= quotes[number].end and story.text.content[inner.start] == mark


def _next(paragraphs: Sequence[Paragraph], at: int) -> Paragraph | None:
    return next((p for p in paragraphs[at + 1 : at + 4] if p.kind != "blank"), None)


def _first_mark(story: Story, paragraph: Paragraph) -> str:
    words = _AROUND.sub("", story.text.content[paragraph.start : min(paragraph.body, paragraph.start + 8)])
    return words[:1]


def _closes_first(story: Story, paragraph: Paragraph, closing: str) -> bool:
    """Whether the paragraph closes a double quotation before it opens one: it goes on with the speech before."""
    words = story.text.content[paragraph.start : paragraph.body]
    marks = re.findall(r"[“”\"«»„「」]", words)
    if not marks or not set(closing) & {"”", '"', "»", "」"}:
        return False
    return marks[0] in "”»」" or (marks[0] == '"' and len(marks) % 2 == 1)


def _suspicion(story: Story, quote: Quote, here: Paragraph, following: Paragraph) -> Severity | None:
    """Whether a short speech left open looks like a line of a dialogue, not like the first part of a long speech; or a
    long one, if it has a tag inside that is spoken with it."""
    if _TAG_INSIDE.search(story.words(quote)):
        return "hint"
    if len(quote) > _SHORT or _runs_on(story, following):
        return None
    brief = max(here.body - here.start, following.body - following.start) <= _SHORT
    return "warning" if brief and _narrates(story, here, quote) and _tagged(story, following) else "hint"


def _runs_on(story: Story, paragraph: Paragraph) -> bool:
    """Whether the paragraph leaves its own speech open too: then a long speech goes on."""
    words = story.text.content[paragraph.start : paragraph.body]
    return words.count("“") > words.count("”") or words.count('"') % 2 == 1


def _narrates(story: Story, paragraph: Paragraph, quote: Quote) -> bool:
    """Whether some narration stands before the quotation in its paragraph."""
    return any(map(str.isalpha, _outside(story.text.content[paragraph.start : quote.start])))


def _tagged(story: Story, paragraph: Paragraph) -> bool:
    return any(map(str.isalpha, _outside(story.text.content[paragraph.start : paragraph.body])))


def _outside(words: str) -> str:
    """The words outside double marks."""
    return re.sub(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)|«[^»]*(?:»|$)|‘.*?[,.!?…]’", " ", words)


def _unclosed(story: Story, quote: Quote, severity: Severity, confidence: float) -> Finding:
    return Finding(
        kind="unclosed-quotation",
        severity=severity,
        message=f"This speech opens with a quotation mark but never closes: {first_words(story.words(quote), 8)}",
        confidence=confidence,
        evidence=(quote.span,),
    )


def _unopened(story: Story, quote: Quote, following: Paragraph) -> Finding:
    return Finding(
        kind="unclosed-quotation",
        severity="hint",
        message="This speech goes on in the next paragraph without opening marks there: "
        + first_words(story.words(quote), 8),
        confidence=0.6,
        evidence=(quote.span, Span(following.start, following.body)),
    )
