"""Who tells which part of a text as "I": a letter its writer, a chapter whoever's it is, a frame its own narrator."""

from __future__ import annotations

from bisect import bisect_right

import msgspec

from fabula.story.text import Span

__all__ = ["Narration", "Narrations"]


class Narration(Span, frozen=True, kw_only=True):
    """A stretch of text told by one voice.

    Attributes:
        teller: the id of whoever says "I" there; None where it is told in the third person, or nobody can know.
        evidence: places that show it: a heading, a signature, a name called out.
    """

    teller: str | None = None
    confidence: float = 0.0
    evidence: tuple[Span, ...] = ()


class Narrations(msgspec.Struct, frozen=True):
    """The narrations of a text in order of place. They do not overlap: a letter cuts the chapter it stands in."""

    stretches: tuple[Narration, ...] = ()

    def around(self, place: int) -> Narration | None:
        """The narration in which a character of the text stands."""
        at = bisect_right(self.stretches, place, key=lambda stretch: stretch.start) - 1
        return self.stretches[at] if at >= 0 and place < self.stretches[at].end else None

    def teller_at(self, place: int) -> str | None:
        """The id of whoever is "I" in the narration at a place; None where nobody is, or nobody knows."""
        held = self.around(place)
        return held.teller if held is not None else None

    @property
    def tellers(self) -> tuple[str, ...]:
        """Everybody who tells a part, in order of place."""
        return tuple(dict.fromkeys(s.teller for s in self.stretches if s.teller is not None))
