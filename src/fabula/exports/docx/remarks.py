"""What there is to remark on a story, place by place: findings, and speakers nobody knows for sure."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from msgspec import UNSET

from fabula.forms.basics import is_unsure, names_of, voiced
from fabula.story import Finding, Quote, Span, Story
from fabula.story.shortening import shortened

__all__ = ["Remark", "remarks_of"]

_LONGEST = 120
"""Characters of the other place that a remark quotes."""


class Remark(msgspec.Struct, frozen=True):
    """Words about a place in the text."""

    span: Span
    words: str


def remarks_of(story: Story) -> list[Remark]:
    """The remarks in order of place. A finding has one at each of its places, which quotes the others.

    Raises:
        NotRead: if neither findings nor quotes were read.
    """
    layers = story.layers
    if layers.findings is UNSET and layers.quotes is UNSET:
        _ = story.findings
    findings = () if layers.findings is UNSET else story.findings
    remarks = [remark for finding in findings for remark in _of_finding(story, finding)]
    names = names_of(story)
    if layers.quotes is not UNSET:
        remarks += [Remark(quote.span, _doubt(quote, names)) for quote in voiced(story) if is_unsure(quote)]
    return sorted(remarks, key=lambda remark: (remark.span.start, remark.span.end, remark.words))


def _of_finding(story: Story, finding: Finding) -> Iterator[Remark]:
    for place in finding.evidence:
        others = [f"“{shortened(story.words(other), _LONGEST)}”" for other in finding.evidence if other != place]
        also = f" Compare: {'; '.join(others)}" if others else ""
        yield Remark(place.span, f"{finding.severity.capitalize()}: {finding.message}{also}")


def _doubt(quote: Quote, names: dict[str, str]) -> str:
    if quote.speaker is None:
        return "Who says this? The text does not let one know."
    return f"Who says this? Perhaps {names.get(quote.speaker, quote.speaker)} ({quote.confidence:.0%} sure)."
