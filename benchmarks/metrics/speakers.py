"""M2 and M3: who speaks each quotation, why it was wrong where it was, and whether the reader knew how sure to be."""

from __future__ import annotations

from collections import Counter
from typing import Literal

import msgspec

from benchmarks.corpora.pdnc import PdncNovel, QuoteType
from benchmarks.metrics.mapping import CastMap, map_cast
from benchmarks.metrics.matching import Places, is_found
from benchmarks.metrics.shares import Share
from fabula.story import Quote, Story

__all__ = ["Bin", "Outcome", "SpeakerResult", "Verdict", "judge_speakers", "measure_speakers"]

Outcome = Literal["right", "not found", "unknown", "unmapped", "other", "unanswerable"]
"""Right; no predicted quotation covers half of it; no speaker given; a speaker nobody on the list is; somebody else;
the corpus itself names nobody (`_group`, `_unknowable`), which no answer can get right."""

BINS = 10
SURE = 9
"""The bin from which on the reader calls itself sure: confidence 0.9 and more."""


class Verdict(msgspec.Struct, frozen=True):
    """One known quotation, the predicted one that stands for it (None: none overlaps), and what came of it.

    `said` is the known character that the predicted speaker maps to.
    """

    gold: Quote
    predicted: Quote | None
    said: str | None
    type: QuoteType
    outcome: Outcome


class Bin(msgspec.Struct, frozen=True):
    """Answers of about one confidence: how many, how many right, and the sum of what the reader claimed."""

    right: int = 0
    total: int = 0
    claimed: float = 0.0


class SpeakerResult(msgspec.Struct, frozen=True):
    """M2 (M3 where the cast was given): shares right over known quotations, micro.

    Attributes:
        all: over every known quotation.
        by_type: the same, apart for each way the text tells the speaker.
        outcomes: how many came out how.
        bins: ten bins of confidence, over the quotations that were found and given a speaker.
    """

    all: Share
    by_type: dict[str, Share]
    outcomes: dict[str, int]
    bins: tuple[Bin, ...]

    @property
    def sure(self) -> Share:
        """Reliability: the share right among answers of confidence 0.9 and more."""
        return Share(sum(b.right for b in self.bins[SURE:]), sum(b.total for b in self.bins[SURE:]))

    @property
    def sure_of(self) -> Share:
        """How many of all known quotations were answered with confidence 0.9 and more."""
        return Share(self.sure.total, self.all.total)

    @property
    def calibration_error(self) -> float:
        """Expected calibration error: the mean distance of claimed from reached share over the bins, by size."""
        answered = sum(b.total for b in self.bins)
        return sum(abs(b.claimed - b.right) for b in self.bins) / answered if answered else 0.0


def measure_speakers(predicted: Story, gold: PdncNovel) -> SpeakerResult:
    """M2, and M3 where the reading was given the cast: the share of known quotations whose best-overlapping predicted
    quotation covers half of it and has a speaker mapped to the known one."""
    verdicts = judge_speakers(predicted, gold)
    kinds = dict.fromkeys(verdict.type for verdict in verdicts)
    return SpeakerResult(
        all=Share.of(v.outcome == "right" for v in verdicts),
        by_type={kind: Share.of(v.outcome == "right" for v in verdicts if v.type == kind) for kind in sorted(kinds)},
        outcomes=dict(Counter(v.outcome for v in verdicts)),
        bins=_bins(verdicts),
    )


def judge_speakers(predicted: Story, gold: PdncNovel) -> tuple[Verdict, ...]:
    """What came of each known quotation, in order of place."""
    cast, places = map_cast(predicted, gold.story), Places(predicted.quotes)
    return tuple(_judge(quote, places.best(quote), cast, gold) for quote in gold.story.quotes)


def _judge(known: Quote, guess: Quote | None, cast: CastMap, gold: PdncNovel) -> Verdict:
    said = cast.find(guess.speaker) if guess else None
    return Verdict(known, guess, said, gold.quote_types.get(known.id, "untyped"), _outcome(known, guess, said))


def _outcome(known: Quote, guess: Quote | None, said: str | None) -> Outcome:
    if known.speaker is None:
        return "unanswerable"
    if guess is None or not is_found(known, guess):
        return "not found"
    if guess.speaker is None:
        return "unknown"
    if said is None:
        return "unmapped"
    return "right" if said == known.speaker else "other"


def _bins(verdicts: tuple[Verdict, ...]) -> tuple[Bin, ...]:
    rows: list[list[tuple[bool, float]]] = [[] for _ in range(BINS)]
    for verdict in verdicts:
        guess = verdict.predicted
        if guess is not None and guess.speaker is not None and is_found(verdict.gold, guess):
            row = min(BINS - 1, int(guess.confidence * BINS + 1e-9))
            rows[row].append((verdict.outcome == "right", guess.confidence))
    return tuple(Bin(sum(right for right, _ in row), len(row), sum(claim for _, claim in row)) for row in rows)
