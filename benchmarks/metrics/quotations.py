"""M1: are the quotations found, and is what was found one?"""

from __future__ import annotations

import msgspec

from benchmarks.metrics.matching import Places, is_found
from benchmarks.metrics.shares import Share, f1
from fabula.story import Story

__all__ = ["QuotationResult", "measure_quotations"]


class QuotationResult(msgspec.Struct, frozen=True):
    """`found`: known quotations that some predicted one covers by half or more. `true`: predicted spoken quotations
    that overlap a known one."""

    found: Share
    true: Share

    @property
    def f1(self) -> float:
        """The harmonic mean of the two shares."""
        return f1(self.true, self.found)


def measure_quotations(predicted: Story, gold: Story) -> QuotationResult:
    """M1. Predicted quotations of every mode may find a known one; only spoken ones count against precision."""
    known, guessed = Places(gold.quotes), Places(predicted.quotes)
    spoken = [quote for quote in predicted.quotes if quote.mode == "spoken"]
    return QuotationResult(
        found=Share.of(any(is_found(q, g) for g in guessed.overlapping(q)) for q in gold.quotes),
        true=Share.of(bool(known.overlapping(quote)) for quote in spoken),
    )
