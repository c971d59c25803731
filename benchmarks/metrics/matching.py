"""Which predicted place stands for which known one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import Generic, TypeVar

from fabula.story import Span

__all__ = ["Places", "is_found"]

S = TypeVar("S", bound=Span)

FOUND_SHARE = 0.5
"""The share of a known quotation's characters that one predicted quotation must cover (M1)."""


class Places(Generic[S]):
    """Spans of one text, indexed by place, nesting allowed."""

    def __init__(self, spans: Iterable[S]) -> None:
        self._spans = sorted(spans, key=lambda span: (span.start, span.end))
        self._starts = [span.start for span in self._spans]
        self._reach = max((len(span) for span in self._spans), default=0)

    def overlapping(self, place: Span) -> list[S]:
        """The spans that share at least one character with `place`, in order."""
        first = bisect_left(self._starts, place.start - self._reach)
        last = bisect_left(self._starts, place.end)
        return [span for span in self._spans[first:last] if span.overlaps(place)]

    def best(self, place: Span) -> S | None:
        """The span that shares most characters with `place`; of equals the shortest, then the first; None if none does.

        The shortest, because of two that cover a known place wholly the tighter one is meant: a quotation inside
        another quotation, "my" inside "my mother".
        """
        near = self.overlapping(place)
        return max(near, key=lambda span: (span.overlap(place), -len(span), -span.start)) if near else None

    def nearest(self, place: Span) -> S | None:
        """The span that is exactly `place`, else the best."""
        exact = [span for span in self.overlapping(place) if span.start == place.start and span.end == place.end]
        return exact[0] if exact else self.best(place)


def is_found(known: Span, predicted: Span | None) -> bool:
    """Whether a predicted quotation covers at least half of a known one's characters."""
    return predicted is not None and known.overlap(predicted) >= FOUND_SHARE * len(known)
