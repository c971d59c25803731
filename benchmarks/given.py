"""What the reader is given as a corrections file: for M3 the known cast, for repair the first wrong lines."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fabula.story import CastEntry, Corrections, Story, write_corrections
from fabula.story.corrections import SaidEntry

__all__ = ["CAST_CAN_BE_GIVEN", "write_cast", "write_lines"]

CAST_CAN_BE_GIVEN = True
"""Whether this checkout takes corrections."""


def write_cast(gold: Story, place: Path) -> Path:
    """Write the known characters' names and aliases into a corrections file in the folder `place`; return the file.

    Those who stand for nobody in particular (`_group`, `_unknowable`) are left out, as they are by the measure.
    """
    listed = (character for character in gold.characters if not character.name.startswith("_"))
    cast = tuple(CastEntry(name=character.name, aliases=character.aliases) for character in listed)
    return _written(Corrections(cast=cast), place / "cast.corrections.toml")


def write_lines(lines: Sequence[SaidEntry], place: Path) -> Path:
    """Write who says some lines into a corrections file in the folder `place`; return the file."""
    return _written(Corrections(said=tuple(lines)), place / "lines.corrections.toml")


def _written(corrections: Corrections, path: Path) -> Path:
    path.write_text(write_corrections(corrections), encoding="utf-8", newline="\n")
    return path
