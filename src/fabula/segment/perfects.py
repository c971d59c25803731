"""Past perfects in the main clauses of sentences: where the telling looks back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fabula.lexicon.verbs import is_participle
from fabula.story import Span

__all__ = ["find_perfects"]

_PERFECT = re.compile(
    r"\b(?:had|['’]d) (?:\w+ly |not |never |only |always |just |already |all |long |once |first |in )*(?P<verb>\w+)"
)
"""Where what stands last is a participle."""
_SUBORDINATE = re.compile(
    r"\b(?:that|which|who|whom|whose|than|as|what|where|when|while|if|because|since|way|though|until|till|after|"
    r"before|by|all|everything|nothing|anything|whatever)\b",
    re.IGNORECASE,
)
"""Between a sentence's beginning, or its last stop, and a verb: it is not the sentence's own."""


def find_perfects(content: str, sentence: Span, *, since: Span | None = None) -> Iterator[Span]:
    """The past perfects of a sentence's main clauses.

    Args:
        since: words of time before them, which open no other clause: "Three days before the wedding".
    """
    for found in _PERFECT.finditer(content, sentence.start, sentence.end):
        if not is_participle(found["verb"]):
            continue
        clause = max(content.rfind(mark, sentence.start, found.start()) for mark in ",;:—") + 1
        clause = max(clause, sentence.start, since.end if since is not None and since.end <= found.start() else 0)
        if not _SUBORDINATE.search(content, clause, found.start()):
            yield Span(*found.span())
