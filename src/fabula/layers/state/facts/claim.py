"""A fact as it is asserted at some words, before it is known which assertions are one."""

from __future__ import annotations

import msgspec

from fabula.story import FactKind, Span

__all__ = ["NARRATED", "SAID", "Claim"]

NARRATED, SAID = 0.8, 0.6
"""How sure it is that things are as the narration says, and as somebody says."""


class Claim(msgspec.Struct, frozen=True):
    """A fact as it is asserted at some words: `at` is one of them, `gist` what it is made of."""

    kind: FactKind
    at: int
    text: str
    about: tuple[str, ...]
    value: str | None
    gist: frozenset[str]
    confidence: float
    evidence: Span
