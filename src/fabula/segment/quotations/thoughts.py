"""Thoughts without quotation marks: in italics, or with nothing but a tag: It's all for work, he told himself."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from fabula.segment.quotations.spans import Stretch
from fabula.segment.quotations.tags import THINKING, tag_after, tag_before
from fabula.story import Mode, Paragraph, Text

__all__ = ["find_thoughts"]

_NAME = (
    r"(?:[Hh]e|[Ss]he|I|[Tt]hey|[Ww]e|(?:Mr|Mrs|Dr)\. [A-Z][\w'’-]+|[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?|"
    r"the (?:\w+ )?\w+)"
)
_SELF = r"(?:myself|himself|herself|themselves|itself|ourselves)"
_TAG = re.compile(
    rf"[,?!…—]\s+(?P<tag>{_NAME} (?:\w+ly |then )?(?:thought|thinks?|mused|reflected|wondered|decided|"
    rf"(?:reminded|told|asked|assured|promised|tells|asks|reminds) {_SELF}|(?:said|thought|says) to {_SELF})"
    rf"|(?:thought|mused|reflected|wondered) {_NAME})(?=[.!?…;]|, (?:\w+ing|and|with|as)\b|$)"
)
_SENTENCE_START = re.compile(r"(?:^|[.!?…][\"”’)]*\s+)(?=[A-Z\"“‘'¿])")
_LEADING = re.compile(
    r"(?:When|While|After|Before|Since|Once|Until|With|Without|For|In|At|On|During|As|Then|Later|Soon|So|"
    r"Now|Again|By|From|"
    r"Sometimes|Perhaps|Still|And|But|To|\w+ing)\b[^,]*,?$"
)
_ITALIC = re.compile(
    r"(?<![^\W_])_(?=\S)([^_\n]{2,900}?(?:\n(?!\s*\n)[^_\n]{1,200}){0,8}?)_(?![^\W_])"
    r"|(?<![\w*])\*(?=[^\s*])([^*\n]{2,900}?(?:\n(?!\s*\n)[^*\n]{1,200}){0,8}?)(?<=\S)\*(?![\w*])"
)
_WRITES = re.compile(
    rf"\s*(?:{_NAME} (?:\w+ly )?(?:typed|types|wrote|writes|texted|texts|scribbled|scrawled|read|reads)\b"
    rf"|(?:typed|types|wrote|writes|texted|texts) (?:{_NAME}|\w+)|said the (?:phone|screen|note|letter|card|sign)\b"
    rf"|says the (?:phone|screen|note|letter|card|sign)\b)"
)
_SOON = 40
"""So near behind a thought in italics, another sentence in italics goes on with it: *Oh, no,* he thought. *Not now.*"""
_MESSAGE = re.compile(
    r"\b(?:letter|note|message|telegram|phone|screen|postcard|card|texts?|typed?|types|wrote|writes?|reads)\b"
)
"""What shows that a paragraph in italics behind it is something written."""
_ENDED = re.compile(r"[.!?…—][\"”’)]*$")
_INWARD = re.compile(
    r"\b(?:I|I'm|I’m|I'll|I’ll|I've|I’ve|I'd|I’d|my|me|you|your|we|our|us|is|are|am|don['’]t|can['’]t|"
    r"won['’]t|isn['’]t|it['’]s|"
    r"that['’]s|what['’]s|there['’]s|he['’]s|she['’]s|they['’]re|must|will|has|have)\b|\?",
    re.IGNORECASE,
)


def find_thoughts(text: Text, paragraphs: Sequence[Paragraph], quoted: Sequence[Stretch]) -> list[Stretch]:
    """The thoughts of a text outside its quotations."""
    taken = _Taken(quoted)
    found = [s for s in _italics(text, paragraphs) if taken.is_free(s)]
    taken = _Taken([*quoted, *found])
    found += [s for s in _tagged(text.content, paragraphs) if taken.is_free(s)]
    return found


class _Taken:
    """The places that quotations already hold."""

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        ordered = sorted(stretches, key=lambda s: s.start)
        self.starts = [s.start for s in ordered]
        self.reach: list[int] = []
        for stretch in ordered:
            self.reach.append(max(stretch.end, self.reach[-1] if self.reach else 0))

    def is_free(self, stretch: Stretch) -> bool:
        at = bisect_right(self.starts, stretch.end - 1)
        return at == 0 or self.reach[at - 1] <= stretch.start


def _italics(text: Text, paragraphs: Sequence[Paragraph]) -> Iterator[Stretch]:
    """Sentences in italics that somebody thinks; a stressed word, a ship, a title are none."""
    starts = [p.start for p in paragraphs]
    places = [(m.start(), m.end(), m.group(1) or m.group(2)) for m in _ITALIC.finditer(text.content)]
    places += [(m.start, m.end, text[m]) for m in text.marks if m.kind == "italic" and 2 < m.end - m.start < 1000]
    last: Stretch | None = None
    for start, end, inner in sorted(places):
        at = bisect_right(starts, start) - 1
        paragraph = paragraphs[at]
        if paragraph.kind != "prose" or end > paragraph.body:
            continue
        inner = inner.strip()
        before = text.content[max(paragraph.start, start - 120) : start].rstrip()
        after = text.content[end : min(end + 120, paragraph.body)]
        mode = _mode(before, inner, after)
        if mode == "thought" and not before and _MESSAGE.search(text.content, max(0, start - 160), start):
            mode = "written"
        if mode is None and last is not None and last.paragraph == at and 0 <= start - last.end < _SOON:
            mode = last.mode if inner[-1:] in ".!?…" else None
        if mode is not None:
            last = Stretch(start, end, at, "italic", mode=mode, confidence=0.7)
            yield last


def _mode(before: str, inner: str, after: str) -> Mode | None:
    """Whether a stretch in italics is thought or written by somebody, by its tag or its words; None where neither."""
    if _WRITES.match(after):
        return "written"
    thinks = tag_after(after) in THINKING or (before[-1:] in ",:" and tag_before(before) in THINKING)
    if thinks and any(map(str.isalpha, inner)):
        return "thought"
    own = before[-1:] in ("", ".", "!", "?", "…", ":", "—", "”", '"')
    long = len(inner.split()) >= 3 and (inner[:1].isupper() or (inner[:1].isdigit() and len(inner.split()) > 8))
    return "thought" if own and long and _ENDED.search(inner) and _INWARD.search(inner) else None


def _tagged(content: str, paragraphs: Sequence[Paragraph]) -> Iterator[Stretch]:
    """Sentences without any marks that a tag of thought ends."""
    starts = [p.start for p in paragraphs]
    for tag in _TAG.finditer(content):
        at = bisect_right(starts, tag.start()) - 1
        paragraph = paragraphs[at]
        if paragraph.kind != "prose" or tag.end() > paragraph.body:
            continue
        low = max(paragraph.start, tag.start() - 400)
        begin = low
        for sentence in _SENTENCE_START.finditer(content[low : tag.start()]):
            begin = low + sentence.end()
        if begin == low and low > paragraph.start:
            continue
        begin += len(content[begin : tag.start()]) - len(content[begin : tag.start()].lstrip())
        own = content[begin : tag.start()]
        mark = content[tag.start()]
        if len(own.split()) >= 2 and (mark in "?!" or not _LEADING.fullmatch(own)) and "\n\n" not in own:
            yield Stretch(begin, tag.start() + 1, at, "unmarked", mode="thought", confidence=0.7)
