"""Speech that nothing marks but its tags, as in some modern novels: Come away from there, Coates said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fabula.segment.quotations.spans import Stretch
from fabula.segment.quotations.tags import is_tag
from fabula.segment.quotations.telling import goes_on, is_told, sentences_of
from fabula.story import Paragraph

__all__ = ["find_unmarked"]

ENOUGH = 3
"""A text has unmarked speech if at least this many of its paragraphs have a tag and no mark …"""
FEW = 3
"""… and this many times as many as have marks."""
SHORT = 30
"""An answer without a tag is taken for one up to so many words; longer ones are mostly narration."""
_LONG = 12
"""So many words of narration before "he said" are a report of speech: "He shut the door, since, he said, …"."""
_BRIEF = 10
"""So many words before words that have a tag are spoken too ("Come in. Sit down, she said."); more may be narration."""
_TAG = 7
"""A clause of more words is no mere tag."""
_COMMA = re.compile(r",\s+")


Part = tuple[int, int, str]
"""A stretch of a paragraph: "said" (a tag shows it), "tag", or "open" (nothing shows yet what it is)."""


def find_unmarked(content: str, paragraphs: Sequence[Paragraph], quoted: Sequence[Stretch]) -> list[Stretch]:
    """The speech of a text that has tags but no marks; nothing in a text that has marks."""
    marked = {stretch.paragraph for stretch in quoted if stretch.convention != "italic"}
    plain = [at for at, paragraph in enumerate(paragraphs) if paragraph.kind == "prose" and at not in marked]
    if len(plain) < max(ENOUGH, FEW * len(marked)):
        return []
    parts = {at: list(_parts(content, paragraphs[at])) for at in plain}
    tagged = [at for at in plain if any(kind != "open" for _, _, kind in parts[at])]
    if len(tagged) < max(ENOUGH, FEW * len(marked)):
        return []
    found: list[Stretch] = []
    last = ""
    for at in plain:
        spans = _spoken(content, parts[at]) if at in tagged else _answer(content, paragraphs[at], parts[at], last)
        last = content[spans[-1][1] - 1] if spans else ""
        found += [Stretch(a, b, at, "unmarked", mode="spoken", confidence=0.6) for a, b in spans]
    return found


def _parts(content: str, paragraph: Paragraph) -> Iterator[Part]:
    """A paragraph cut at its tags, in order."""
    before = "."
    for start, stop in sentences_of(content, paragraph.start, paragraph.body):
        start += len(content[start:stop]) - len(content[start:stop].lstrip())
        pieces = _pieces(content, start, stop)
        first = 0 if before in "?!…" else 1
        tag = next((n for n, (a, b) in enumerate(pieces) if n >= first and _is_tag(content[a:b])), None)
        if tag is None or _is_report(content, start, pieces[tag][0]):
            yield start, stop, "open"
        else:
            if tag:
                yield start, pieces[tag - 1][1] + 1, "said"
            later = pieces[tag + 1 : tag + 2]
            goes = not later or goes_on(content[later[0][0] : later[0][1]])
            yield pieces[tag][0], stop if goes else later[0][0], "tag"
            if not goes:
                yield later[0][0], stop, "said"
        before = content[stop - 1]


def _is_tag(clause: str) -> bool:
    return not clause.endswith("?") and len(clause.split()) <= _TAG and is_tag(clause.rstrip(" .!?…"))


def _pieces(content: str, start: int, stop: int) -> list[tuple[int, int]]:
    """A sentence cut at its commas."""
    cuts = [found.span() for found in _COMMA.finditer(content, start, stop)]
    return list(zip([start, *(b for _, b in cuts)], [*(a for a, _ in cuts), stop], strict=True))


def _is_report(content: str, start: int, tag: int) -> bool:
    """Whether what stands before a tag is a long piece of narration: "He shut the door, since, he said, …"."""
    return len(content[start:tag].split()) > _LONG and is_told(content[start:tag])


def _spoken(content: str, parts: Sequence[Part]) -> list[tuple[int, int]]:
    """The stretches of speech of a paragraph that has a tag."""
    kinds = [kind for _, _, kind in parts]
    speech = [kind == "said" for kind in kinds]
    can = [kind == "open" and not is_told(content[a:b]) for a, b, kind in parts]
    brief = [len(content[a:b].split()) <= _BRIEF for a, b, _ in parts]
    for n in range(1, len(parts)):  # after a tag speech goes on
        speech[n] = speech[n] or (can[n] and (speech[n - 1] or kinds[n - 1] == "tag"))
    for n in range(len(parts) - 1, 0, -1):  # before a tag, or words that have one
        asked = kinds[n] == "tag" and kinds[n - 1] == "open"
        speech[n - 1] = speech[n - 1] or asked or (can[n - 1] and brief[n - 1] and speech[n])
    spans: list[tuple[int, int]] = []
    for n, (start, stop, _) in enumerate(parts):
        if speech[n] and n and speech[n - 1]:
            spans[-1] = (spans[-1][0], stop)
        elif speech[n]:
            spans.append((start, stop))
    return spans


def _answer(content: str, paragraph: Paragraph, parts: Sequence[Part], last: str) -> list[tuple[int, int]]:
    """A paragraph without a tag, if it can be an answer to the one before, which ended in `last` ("" for narration)."""
    own = content[parts[0][0] : paragraph.body] if parts else ""
    if not last or own[-1:] not in ".!?…—–" or len(own.split()) > SHORT:
        return []
    if is_told(content[parts[0][0] : parts[0][1]]) and not (last == "?" and len(own.split()) <= _BRIEF):
        return []
    return [(parts[0][0], paragraph.body)]
