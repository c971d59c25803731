"""Flaws for a text of which nothing is known: what its marks and its spelling alone allow."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from random import Random

from benchmarks.flaws.planting import Flaw
from benchmarks.flaws.words import drifted, filled
from fabula.story import Span, Text

__all__ = ["plant_unknown"]

_SPEECH = re.compile(r"“[^“”]{8,}”")
_TAGGED = re.compile(
    r"(?P<tag>(?:he|she|[A-Z]\w+) (?:said|asked|answered|replied|cried|added)[,:]) (?P<said>“[^“”]{8,}”)$"
)
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{3,}\b")
_FREQUENT = 8
_APART = 3
"""Paragraphs between two flaws of one reading, so that neither hides or shows the other."""


def plant_unknown(text: Text, *, each: int, seed: int) -> tuple[Flaw, ...]:
    """Up to `each` flaws of every kind this text allows, no two near each other; the same seed, the same flaws."""
    random = Random(f"{seed} {text.source.name}")
    paragraphs = list(filled(text.content))
    taken: set[int] = set()
    flaws: list[Flaw] = []
    for kind in (_emptied, _silenced, _unclosed, _misspelt):
        found = list(kind(text.content, paragraphs, random))
        random.shuffle(found)
        left = each
        for at, flaw in found:
            if left and not any(near in taken for near in range(at - _APART, at + _APART + 1)):
                flaws.append(flaw)
                taken.add(at)
                left -= 1
    return tuple(sorted(flaws, key=lambda flaw: flaw.edits[0][0]))


Planter = Callable[[str, Sequence[Span], Random], Iterator[tuple[int, Flaw]]]


def _emptied(content: str, paragraphs: Sequence[Span], random: Random) -> Iterator[tuple[int, Flaw]]:
    """A line of a dialogue, between two others, is lost; its paragraph stays, empty."""
    speaks = [content[p.start] == "“" for p in paragraphs]
    for at in range(1, len(paragraphs) - 1):
        if speaks[at - 1] and speaks[at] and speaks[at + 1] and content[paragraphs[at].end - 1] == "”":
            yield at, Flaw(kind="reply emptied", edits=((paragraphs[at], ""),))


def _silenced(content: str, paragraphs: Sequence[Span], random: Random) -> Iterator[tuple[int, Flaw]]:
    """ "He said," is left, and what he said is lost."""
    for at, paragraph in enumerate(paragraphs):
        match = _TAGGED.search(content[paragraph.start : paragraph.end])
        if match:
            start = paragraph.start + match.end("tag")
            yield at, Flaw(kind="speech removed", edits=((Span(start, paragraph.end), ""),))


def _unclosed(content: str, paragraphs: Sequence[Span], random: Random) -> Iterator[tuple[int, Flaw]]:
    for at, paragraph in enumerate(paragraphs):
        for match in _SPEECH.finditer(content, paragraph.start, paragraph.end):
            yield at, Flaw(kind="mark removed", edits=((Span(match.end() - 1, match.end()), ""),))


def _misspelt(content: str, paragraphs: Sequence[Span], random: Random) -> Iterator[tuple[int, Flaw]]:
    """A name that the text has often is misspelt once."""
    often = Counter(match[0] for match in _NAME.finditer(content))
    lower = set(re.findall(r"\b[a-z]+\b", content))
    names = [name for name, count in often.most_common(12) if count >= _FREQUENT and name.lower() not in lower]
    for at, paragraph in enumerate(paragraphs):
        for match in _NAME.finditer(content, paragraph.start, paragraph.end):
            if match[0] in names:
                wrong = drifted(match[0], random)
                if wrong not in often:
                    often[wrong] = 1  # no slip is made twice
                    yield at, Flaw(kind="name drifts", edits=((Span(match.start(), match.end()), wrong),))
