"""A line of dialogue that seems to have been lost: an empty paragraph for an answer, "he said," and nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from fabula.lexicon import words
from fabula.story import Finding, Paragraph, Severity, Span, Story
from fabula.story.shortening import first_words

__all__ = ["find_lost_lines"]

_OPENING = frozenset("\"“‘'«„「『—–")
_LEADING = (",", ":")
_TELLS = frozenset({"prose", "letter"})
_SETS_OFF = frozenset({"letter", "verse", "break", "heading", "apart"})
_MARGIN = " \t\n_*>"
_LEAST_WORDS = 6
"""A shorter paragraph with a comma or a colon behind it greets somebody or heads a list."""
_TAG_LONG = 70
_TAG_OPEN = re.compile(r"[,!?.…—–-][”\"’'»_]+\s+(?P<tag>[^“”\"«»]{3,50}),$")
"""A tag behind a speech, a comma, and the end of the paragraph: "“I wonder,” she said,"."""
_TAG_LONGEST = 240
_TAG_ON = re.compile(r",[”\"’'»]\s+[^“”\"«»‘:;]{3,}[^\W\d_],$")
"""A speech that a comma ends, words of the narration, a comma, and the end of the paragraph: more was to be said."""
_AUTHORS_OWN = 4
"""So many empty paragraphs outside dialogue, and more than inside it, are the author's way to part scenes."""


def find_lost_lines(story: Story) -> tuple[Finding, ...]:
    """Empty paragraphs within a running dialogue, and words of speaking that nothing follows."""
    paragraphs = story.paragraphs
    speech = _with_speech(story, paragraphs)
    blanks = [at for at in range(1, len(paragraphs) - 1) if paragraphs[at].kind == "blank"]
    inside = [at for at in blanks if _in_dialogue(paragraphs, speech, at)]
    usual = len(blanks) - len(inside) >= max(_AUTHORS_OWN, len(inside))
    found = [_empty(story, paragraphs, at, usual=usual) for at in inside]
    return (*found, *_silent_tags(story, paragraphs))


def _with_speech(story: Story, paragraphs: Sequence[Paragraph]) -> list[bool]:
    """For each paragraph, whether somebody speaks in it."""
    speech = [False] * len(paragraphs)
    at = 0
    for quote in story.quotes:
        while at < len(paragraphs) and paragraphs[at].end <= quote.start:
            at += 1
        if at < len(paragraphs) and quote.mode == "spoken":
            speech[at] = True
    return speech


def _in_dialogue(paragraphs: Sequence[Paragraph], speech: Sequence[bool], at: int) -> bool:
    before, after = paragraphs[at - 1], paragraphs[at + 1]
    return before.kind == after.kind == "prose" and speech[at - 1] and speech[at + 1]


def _empty(story: Story, paragraphs: Sequence[Paragraph], at: int, *, usual: bool) -> Finding:
    before, after = paragraphs[at - 1], paragraphs[at + 1]
    answered = story.text.content[after.start : after.body].lstrip("_* \t")[:1] in _OPENING
    severity: Severity = "warning" if answered and not usual else "hint"
    return Finding(
        kind="lost-line",
        severity=severity,
        message=f"An empty line interrupts this dialogue; a line may be missing between {_end(story, before)} "
        f"and {_beginning(story, after)}.",
        confidence=0.8 if severity == "warning" else 0.4,
        evidence=(_body(before), _body(after)),
    )


def _silent_tags(story: Story, paragraphs: Sequence[Paragraph]) -> Iterator[Finding]:
    """ "She asked," at a paragraph's end, where no speech follows; "“I wonder,” she said," and no more."""
    told = [paragraph for paragraph in paragraphs if paragraph.kind != "blank"]
    tagged = _tagged_openings(story)
    for before, after in zip_longest(told, told[1:]):
        if before.kind not in _TELLS or (after is not None and after.kind in _SETS_OFF - {before.kind}):
            continue
        severity = _silence(story, before, after, tagged)
        if severity is not None:
            yield Finding(
                kind="lost-line",
                severity=severity,
                message=f"Somebody begins to speak here, but no speech follows: {_end(story, before)}.",
                confidence=0.7 if severity == "warning" else 0.5,
                evidence=(_body(before), *([_body(after)] if after is not None else [])),
            )


def _silence(story: Story, before: Paragraph, after: Paragraph | None, tagged: frozenset[int]) -> Severity | None:
    """How surely words that lead to a speech at a paragraph's end lead to none."""
    if _is_cut_short(story, before):
        return "warning"
    if _breaks_off(story, before):
        return "hint"
    if before.kind != "prose" or not (_ends_in_tag(story, before) or _leads_on(story, before)):
        return None
    if after is None:
        return "hint"
    words = story.text.content[after.start : after.body]
    opening = after.start + len(words) - len(words.lstrip(_MARGIN))
    speaks = story.text.content[opening : opening + 1] in _OPENING
    return "hint" if not speaks or opening in tagged else None


def _tagged_openings(story: Story) -> frozenset[int]:
    """Where a speech begins that has a tag of its own behind it: no words before it are its tag."""
    return frozenset(
        quote.start
        for quote in story.quotes
        if quote.cue == "tag" and quote.evidence and all(tag.start >= quote.end for tag in quote.evidence)
    )


def _is_cut_short(story: Story, paragraph: Paragraph) -> bool:
    """Whether a tag behind a speech promises more of it, with a comma, and the paragraph ends there."""
    match = _TAG_OPEN.search(story.text.content, max(paragraph.start, paragraph.body - _TAG_LONG), paragraph.body)
    return match is not None and not words("speech_verbs").isdisjoint(re.findall(r"\w+", match["tag"].lower()))


def _breaks_off(story: Story, paragraph: Paragraph) -> bool:
    """Whether words behind a speech that is to go on end in a comma, however long they are: "“Phil,” said she, down the
    whole length of the table,"."""
    last = paragraph.body - _TAG_LONGEST
    content = story.text.content[max(paragraph.start, last) : paragraph.body]
    return _TAG_ON.search(content) is not None


def _ends_in_tag(story: Story, paragraph: Paragraph) -> bool:
    end = story.text.content[max(paragraph.start, paragraph.body - 40) : paragraph.body]
    if not end.endswith(_LEADING):
        return False
    last = end[:-1].split()
    return bool(last) and last[-1].lower() in words("speech_verbs")


def _leads_on(story: Story, paragraph: Paragraph) -> bool:
    """Whether a sentence of the narration ends in a comma, and with it the paragraph: "… and heard a voice say,"."""
    words = story.words(_body(paragraph))
    return words.endswith(",") and len(words.split()) >= _LEAST_WORDS


def _body(paragraph: Paragraph) -> Span:
    return Span(paragraph.start, paragraph.body)


def _end(story: Story, paragraph: Paragraph) -> str:
    own = story.words(_body(paragraph)).split()
    return ("… " if len(own) > 6 else "") + " ".join(own[-6:])


def _beginning(story: Story, paragraph: Paragraph) -> str:
    return first_words(story.words(_body(paragraph)), 6)
