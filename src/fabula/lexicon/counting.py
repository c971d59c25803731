"""Words that count: numbers, what comes first and second, the months of a year and the days of a week."""

from __future__ import annotations

from fabula.lexicon import table

__all__ = ["DAYS", "MONTHS", "ORDINALS", "TENS", "UNITS", "worth"]

_WORTH = {word: int(worth) for word, (worth, _) in table("numbers").items()}

UNITS = tuple(word for word, worth in _WORTH.items() if worth < 20)
"""From zero to nineteen, each in the place of its worth."""
TENS = {word: worth for word, worth in _WORTH.items() if 20 <= worth < 100}
"""From twenty to ninety, with their worth."""
ORDINALS = tuple(ordinal for worth, ordinal in table("numbers").values() if 1 <= int(worth) <= 20)
"""From first to twentieth: the first stands at 0."""
MONTHS = tuple(word for word, (part,) in table("calendar").items() if part == "month")
"""From january on."""
DAYS = tuple(word for word, (part,) in table("calendar").items() if part == "day")
"""From monday on."""


def worth(words: str) -> int:
    """What a number below a hundred is worth that is written out, "seven" or "twenty-three"; 0 for what is none."""
    tens, _, unit = words.replace("-", " ").partition(" ")
    return TENS.get(tens, 0) + sum(UNITS.index(word) for word in (tens, unit) if word in UNITS)
