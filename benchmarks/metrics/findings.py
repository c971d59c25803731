"""M11: which of the planted flaws are found at the right place, and how much is found in sound texts."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from benchmarks.flaws import EXPECTED, Flaw
from benchmarks.metrics.shares import Share
from fabula.story import Finding, Span, Story

__all__ = ["FindingsResult", "SoundResult", "measure_flaws", "measure_sound"]


class FindingsResult(msgspec.Struct, frozen=True):
    """Planted flaws by kind: `found` at any severity, `told` as a warning or an error."""

    found: Mapping[str, Share]
    told: Mapping[str, Share]


class SoundResult(msgspec.Struct, frozen=True):
    """What is found in a sound text, by kind of finding: above the level of hints, and hints."""

    words: int
    told: Mapping[str, int]
    hints: Mapping[str, int]


def measure_flaws(flawed: Story, flaws: Sequence[Flaw], places: Sequence[Span], sound: Story) -> FindingsResult:
    """Which flaws are found. A finding counts if its kind is one of those that name the flaw, if a place it quotes is
    in the paragraph of the flaw or in one of those beside it, and if the sound text does not have it already."""
    old = {_words_of(sound, finding) for finding in sound.findings}
    new = [finding for finding in flawed.findings if _words_of(flawed, finding) not in old]
    found: dict[str, Share] = {}
    told: dict[str, Share] = {}
    for flaw, place in zip(flaws, places, strict=True):
        around = _around(flawed, place)
        hits = [f for f in new if f.kind in EXPECTED[flaw.kind] and any(span.overlaps(around) for span in f.evidence)]
        _count(found, flaw.kind, bool(hits))
        _count(told, flaw.kind, any(hit.severity != "hint" for hit in hits))
    return FindingsResult(found, told)


def measure_sound(story: Story) -> SoundResult:
    """What is found in a text that has no flaw."""
    told = Counter(finding.kind for finding in story.findings if finding.severity != "hint")
    hints = Counter(finding.kind for finding in story.findings if finding.severity == "hint")
    return SoundResult(len(story.text.content.split()), dict(sorted(told.items())), dict(sorted(hints.items())))


def _around(story: Story, place: Span) -> Span:
    """The paragraph a place stands in, with the filled ones before and after it."""
    filled = [paragraph for paragraph in story.paragraphs if paragraph.kind != "blank"]
    at = max(0, bisect_right(filled, place.start, key=lambda paragraph: paragraph.start) - 1)
    return Span(filled[max(0, at - 1)].start, filled[min(len(filled) - 1, at + 1)].end)


def _words_of(story: Story, finding: Finding) -> tuple[str, ...]:
    return (finding.kind, finding.severity, *(story.words(span) for span in finding.evidence))


def _count(shares: dict[str, Share], kind: str, hit: bool) -> None:
    before = shares.get(kind, Share())
    shares[kind] = Share(before.right + hit, before.total + 1)
