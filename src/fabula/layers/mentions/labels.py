"""The names before the speeches of a play: each is somebody's, however it is written."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from fabula.segment.quotations.plays import labels_in
from fabula.segment.wording import Wording
from fabula.story import Mention, Span

__all__ = ["find_labels"]


def find_labels(wording: Wording, names: Sequence[Mention]) -> list[Mention]:
    """The names, with those that stand before speeches in the place of what was found there."""
    labels = labels_in(wording.segments)
    kept = [name for name in names if not any(name.overlaps(label) for label in _near(labels, name))]
    return [*kept, *(Mention(label.start, label.end, form="name", type="PER") for label in labels)]


def _near(labels: Sequence[Span], name: Span) -> Sequence[Span]:
    at = bisect_left(labels, name.start, key=lambda label: label.start)
    return labels[max(0, at - 1) : at + 1]
