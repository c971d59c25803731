"""The one place where the benchmarks call the reader, so that a measure never knows how a story came to be."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

from fabula.story import Story, Text

__all__ = ["ReaderAbsent", "read"]


class ReaderAbsent(Exception):
    """This checkout cannot read yet, or not in the way a measure needs. `str(error)` is one line."""


def read(text: Text, *, corrections: Path | None = None) -> Story:
    """What `fabula.read` makes of a text, without a cache. `corrections` is a corrections file.

    Raises:
        ReaderAbsent: if this checkout has no reader.
    """
    reader: Any = getattr(importlib.import_module("fabula"), "read", None)
    if reader is None:
        raise ReaderAbsent("skipped: this checkout has no fabula.read yet")
    story = reader(text) if corrections is None else reader(text, corrections=corrections)
    if not isinstance(story, Story):
        raise TypeError(f"fabula.read gave {type(story).__name__}, not a Story")
    return story
