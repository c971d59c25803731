"""Who speaks and who listens at any place of the text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from fabula.layers.resolve.places import Place
from fabula.segment.wording import Wording
from fabula.story import Mention, Quote

__all__ = ["SILENCE", "Speeches", "Talk"]

_BACK = 8
"""So many speeches and paragraphs back the last other speaker is still spoken to, if nothing else tells."""
_GUESSED = 0.4
"""How sure such a guessed hearer is at most."""


class Talk(msgspec.Struct, frozen=True, gc=False):
    """Who speaks to whom, and how sure that is; the likeliest hearer first."""

    speaker: str | None
    hearers: tuple[str, ...]
    confidence: float


SILENCE = Talk(None, (), 0.0)


class Speeches:
    """The quotes of a text by place. `count`: how many they are."""

    def __init__(self, wording: Wording, quotes: Sequence[Quote]) -> None:
        self._quotes = quotes
        self.count = len(quotes)
        self._spoken = sorted((q for q in quotes if q.mode != "term" and q.depth == 0), key=lambda q: q.start)
        self._starts = [q.start for q in self._spoken]
        self._paragraphs = [wording.segments.paragraph_at(q.start) for q in self._spoken]
        self._tagged: dict[int, str] = {}  # by where the subject of a tag begins, or, negative, ends
        for quote in self._spoken:
            if quote.speaker is not None and quote.cue in ("tag", "beat"):
                for span in quote.evidence:
                    self._tagged.setdefault(span.start, quote.speaker)
                    self._tagged.setdefault(-span.end, quote.speaker)

    def inside(self, quote: int) -> Talk:
        """The talk in a quote, by its index."""
        if quote >= self.count:
            return SILENCE
        own = self._quotes[quote]
        if own.addressees or own.depth:
            return Talk(own.speaker, own.addressees, own.confidence)
        other = self._last_other(own)
        return Talk(own.speaker, (other,) if other else (), min(own.confidence, _GUESSED) if other else own.confidence)

    def beside(self, mention: Mention, place: Place) -> Talk:
        """The talk around a mention in the narration: in its paragraph the quote before it, else the one behind."""
        at = bisect_right(self._starts, mention.start) - 1
        for near in (at, at + 1):
            if 0 <= near < len(self._spoken) and self._paragraphs[near] == place.paragraph:
                own = self._spoken[near]
                return Talk(own.speaker, own.addressees, own.confidence)
        return SILENCE

    def tagged(self, mention: Mention) -> str | None:
        """The speaker whose tag this mention is the subject of: "…," she said."""
        return self._tagged.get(mention.start) or self._tagged.get(-mention.end)

    def _last_other(self, own: Quote) -> str | None:
        at = bisect_right(self._starts, own.start) - 1
        for near in range(at - 1, max(-1, at - _BACK), -1):
            if self._paragraphs[at] - self._paragraphs[near] > _BACK:
                return None
            speaker = self._spoken[near].speaker
            if speaker is not None and speaker != own.speaker:
                return speaker
        return None
