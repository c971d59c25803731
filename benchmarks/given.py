"""What M3 gives the reader: the known cast, names and aliases, as a corrections file."""

from __future__ import annotations

from pathlib import Path

from fabula.story import CastEntry, Corrections, Story, write_corrections

__all__ = ["CAST_CAN_BE_GIVEN", "write_cast"]

CAST_CAN_BE_GIVEN = True
"""Whether this checkout takes corrections."""


def write_cast(gold: Story, place: Path) -> Path:
    """Write the known characters' names and aliases into a corrections file in the folder `place`; return the file.

    Those who stand for nobody in particular (`_group`, `_unknowable`) are left out, as they are by the measure.
    """
    listed = (character for character in gold.characters if not character.name.startswith("_"))
    cast = tuple(CastEntry(name=character.name, aliases=character.aliases) for character in listed)
    path = place / "cast.corrections.toml"
    path.write_text(write_corrections(Corrections(cast=cast)), encoding="utf-8", newline="\n")
    return path
