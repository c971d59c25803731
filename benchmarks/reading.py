"""The one place where the benchmarks call the reader, so that a measure never knows how a story came to be."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from fabula.encode import Encoding, FileShelf, Shelf, encode_words
from fabula.errors import PackError
from fabula.models import default_pack
from fabula.reader import read as read_story
from fabula.segment.wording import Wording
from fabula.story import Story, Text

__all__ = ["ReaderAbsent", "encoding_of", "encoding_of_words", "read"]


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
    try:
        return read_story(text, corrections=corrections, shelf=shelf or _shelf())
    except PackError as error:
        raise ReaderAbsent(f"skipped: {error}") from error


def encoding_of(wording: Wording) -> Encoding:
    """What the encoder of the default pack says of a text, where only that part of a reading is measured.

    Raises:
        ReaderAbsent: if this checkout has no model pack to read with.
    """
    return encoding_of_words(wording.forms, wording.sentence)


def encoding_of_words(forms: Sequence[str], sentence: Sequence[int]) -> Encoding:
    """As `encoding_of`, of words that are only a list, with the sentence each stands in."""
    try:
        return encode_words(forms, sentence, default_pack(), shelf=_shelf())
    except PackError as error:
        raise ReaderAbsent(f"skipped: {error}") from error


def _shelf() -> Shelf | None:
    kept = os.environ.get(_SHELF)
    return FileShelf(Path(kept), largest=_LARGEST) if kept else None
