"""The one place where the benchmarks call the reader, so that a measure never knows how a story came to be."""

from __future__ import annotations

import os
from pathlib import Path

from fabula.encode import FileShelf, Shelf
from fabula.errors import PackError
from fabula.reader import read as read_story
from fabula.story import Story, Text

__all__ = ["ReaderAbsent", "read"]


class ReaderAbsent(Exception):
    """This checkout cannot read yet, or not in the way a measure needs. `str(error)` is one line."""


_SHELF = "FABULA_SHELF"
"""An environment variable: a file in which what the encoder read is kept from one run to the next."""
_LARGEST = 4_000_000_000


def read(text: Text, *, corrections: Path | None = None, shelf: Shelf | None = None) -> Story:
    """What `fabula.read` makes of a text, without a cache. `corrections` is a corrections file, `shelf` where what the
    encoder read is kept.

    Raises:
        ReaderAbsent: if this checkout has no model pack to read with.
    """
    kept = os.environ.get(_SHELF)
    if shelf is None and kept:
        shelf = FileShelf(Path(kept), largest=_LARGEST)
    try:
        return read_story(text, corrections=corrections, shelf=shelf)
    except PackError as error:
        raise ReaderAbsent(f"skipped: {error}") from error
