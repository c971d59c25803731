"""Judges whether a text can be read as a story, and whether the reader should be told of doubts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fabula.errors import NotProse
from fabula.sources._decode import place_of
from fabula.story.text import Span, Text, tile

__all__ = ["NOT_ENGLISH", "NOT_PROSE", "doubts", "refuse_no_prose"]

NOT_ENGLISH = "This does not look like English: names and speakers may be wrong."
NOT_PROSE = "This does not look like prose (a play, verse, a list, code?): speakers and scenes may be wrong."

LONGEST_WORD = 100_000
LONGEST_SENTENCE = 200_000
"""Ulysses set on one line goes on for 63,601 characters without an end of sentence."""

_STRETCH = re.compile(r"[^\s.!?…。！？]+")
_UNENDED = re.compile(r"[^\r\n.!?…。！？]+")


def refuse_no_prose(content: str, *, name: str) -> None:
    """Raise NotProse where there is nothing a story could be read from: no letters, no end of word or sentence."""
    if not content.strip():
        raise NotProse("there is nothing in the file", where=name, hint="Was it saved?")
    if not any(letter.isalpha() for letter in content):
        raise NotProse("there is not one letter in the text", where=name, hint="Is it the right file?")
    for pattern, longest, what in (
        (_STRETCH, LONGEST_WORD, "a 'word' of over 100,000 characters"),
        (_UNENDED, LONGEST_SENTENCE, "a line that goes on for over 200,000 characters without an end of sentence"),
    ):
        for found in pattern.finditer(content):
            if found.end() - found.start() >= longest:
                where = f"{name}, {place_of(content, found.start())}"
                raise NotProse(f"there is {what}", where=where, hint="Is it data rather than a story?")


_STOP = frozenset((
    "the", "and", "of", "to", "that", "was", "his", "her", "with", "you", "had", "for", "she", "he", "it", "at", "not",
    "my", "him", "they", "have", "this", "were", "there", "what", "which", "would", "said", "from", "be", "is", "but",
    "your", "are", "we", "them", "then", "when", "who", "me", "so", "as", "on",
))  # fmt: skip
ENGLISH = 0.18
"""Share of these words. Measured on 201 texts of English fiction: 0.30 (Manhattan Transfer) to 0.41; the floor
leaves room for dialect."""
ENOUGH_WORDS = 60
ENOUGH_LINES = 20
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SAMPLE = 20_000
_SAMPLES = 12


def doubts(text: Text) -> tuple[str, ...]:
    """What the reader should be told: that it looks like no English, or like no prose."""
    samples = list(_samples(text))
    found = []
    if not _is_english("\n".join(samples)):
        found.append(NOT_ENGLISH)
    if not _is_prose(samples):
        found.append(NOT_PROSE)
    return tuple(found)


def _samples(text: Text) -> Iterator[str]:
    """Up to twelve stretches of the story, from all over it."""
    story = [span for span, apart in tile((a.span for a in text.apart), Span(0, len(text))) if not apart]
    content = "".join(text[span] for span in story)
    step = max(_SAMPLE, len(content) // _SAMPLES)
    for start in range(0, len(content), step):
        begin = content.find("\n", start) + 1 if start else 0
        yield content[begin or start : start + _SAMPLE]


def _is_english(sample: str) -> bool:
    letters = sum(1 for letter in sample if letter.isalpha())
    latin = sum(1 for letter in sample if letter.isalpha() and letter < "\u0250")
    if letters >= ENOUGH_WORDS and latin < 0.7 * letters:
        return False
    words = [word.lower() for word in _WORD.findall(sample)]
    return len(words) < ENOUGH_WORDS or sum(word in _STOP for word in words) >= ENGLISH * len(words)


_ENDED = re.compile(r".*[.!?…。！？:][\W_]*|.*[—–-]+[\"”’'»]?|[\W_]+", re.S)
_SPEAKER = re.compile(r"(?:[A-Z][A-Z.’' ]{2,24}[.:]|[A-Z][a-z]{2,14}:)[ \t]+\S|[A-Z][A-Z.’' ]{2,24}\.?$")
_CODE = re.compile(
    r".*[;{}]|(?:def|class|import|from|return|if|for|while|else|elif|#include|//|/\*)\b.*[:;)]|.*\)\s*\{?"
)


def _is_prose(samples: list[str]) -> bool:
    lines = [line for sample in samples for line in sample.splitlines()]
    words = [line.strip() for line in lines if line.strip()]
    if len(words) < ENOUGH_LINES:
        return True
    sample = "".join(words)
    figures = sum(1 for sign in sample if sign.isdigit() or sign in "|\t{}[]=<>;/\\")
    if figures > 0.15 * len(sample):
        return False
    speakers = sum(len(line) for line in words if _SPEAKER.match(line))
    return speakers < 0.3 * len(sample) and _flows(lines)


def _flows(lines: list[str]) -> bool:
    """Whether most of the text stands in lines whose sentence goes on over the line's end, or ends there."""
    flowing = code = count = 0
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        words, follows = line.strip(), after.strip()
        size = len(words)
        count += size
        if _CODE.fullmatch(words) and not words.endswith((".)", "?)", "!)")):
            code += size
        elif size > 160 or _ENDED.fullmatch(words) or follows[:1].islower() or words[:1].islower():
            flowing += size
    return flowing >= 0.5 * count and code < 0.4 * count
