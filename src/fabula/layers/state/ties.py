"""The nouns that say how one person stands to another, and which of those ties go both ways."""

from __future__ import annotations

from functools import cache

from fabula import lexicon

__all__ = ["ENDING", "SYMMETRIC", "kind_of", "tie_nouns"]

SYMMETRIC = frozenset(
    "sibling cousin spouse friend enemy colleague partner neighbour lover rival betrothed in-law".split()
)
ENDING = frozenset(
    "spouse lover betrothed friend enemy boss servant employer master colleague partner neighbour".split()
)
"""What ends with a death; kin stay kin."""


@cache
def tie_nouns() -> dict[str, tuple[str, str]]:
    """By noun: the gender it tells, and the tie; kin and the like, and who serves or commands."""
    both = lexicon.table("office_nouns") | lexicon.table("kin")
    return {noun: (row[0], row[1]) for noun, row in both.items()}


def kind_of(noun: str) -> str:
    """What a relation by this noun is called: kin by the noun itself, offices by what they come to."""
    return noun if noun in lexicon.table("kin") else tie_nouns()[noun][1]
