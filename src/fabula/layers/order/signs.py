"""What one scene shows against another: which of the two came first, by what kind of sign, how strongly, and where."""

from __future__ import annotations

import msgspec

from fabula.story import OrderKind, Span

__all__ = ["Sign"]


class Sign(msgspec.Struct, frozen=True, kw_only=True):
    """Something that speaks for one scene before another.

    Attributes:
        before, after: numbers of scenes as told, from 0.
        weight: natural log odds, about: how strongly it speaks.
        evidence: the words.
    """

    before: int
    after: int
    kind: OrderKind
    weight: float
    evidence: tuple[Span, ...] = ()
