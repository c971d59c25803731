"""Counts places as a browser does: in UTF-16 units, where an emoji is two."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable

from fabula.story import Span

__all__ = ["Places", "steps"]

_BEYOND = re.compile("[\U00010000-\U0010ffff]")


class Places:
    """Turns places of a text, counted in characters, into places as JavaScript counts them."""

    def __init__(self, content: str) -> None:
        self._beyond = [found.start() for found in _BEYOND.finditer(content)]

    def __call__(self, place: int) -> int:
        return place + bisect_left(self._beyond, place) if self._beyond else place

    def pairs(self, spans: Iterable[Span]) -> list[int]:
        """Spans as start, end, start, end, …"""
        return [self(place) for span in spans for place in (span.start, span.end)]


def steps(records: Iterable[Span], at: Callable[[int], int]) -> tuple[list[int], list[int]]:
    """Where records stand, small: how far each begins behind the one before, and how long each is."""
    begins, sizes, before = [], [], 0
    for record in records:
        start, end = at(record.start), at(record.end)
        begins.append(start - before)
        sizes.append(end - start)
        before = start
    return begins, sizes
