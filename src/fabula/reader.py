"""The order of reading; the only place that knows it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from fabula.layers.cast import gather_cast
from fabula.layers.mentions import find_mentions
from fabula.layers.speech import attribute_speech
from fabula.segment import segment
from fabula.segment.wording import lay_out
from fabula.story import Layers, Story, Text

__all__ = ["Progress", "read", "read_text"]

Progress = Callable[[str, int, int], None]
"""Called with the stage's name, how much of it is done, and how much there is."""


def read(source: str | Path | Text, *, corrections: Path | None = None, progress: Progress | None = None) -> Story:
    """Read a work of fiction: a file, or a `Text` at hand.

    Raises:
        SourceError: if the file cannot be read as a text.
    """
    if isinstance(source, Text):
        return read_text(source, progress=progress)
    from fabula.sources import read_source

    return read_text(read_source(source), progress=progress)


def read_text(text: Text, *, progress: Progress | None = None) -> Story:
    """Read a text from its first page to its last."""
    tell = progress or _silent
    segments = segment(text)
    wording = lay_out(segments)
    mentions = find_mentions(wording)
    cast = gather_cast(wording, mentions)
    quotes = attribute_speech(wording, cast.characters, cast.mentions)
    tell("done", 1, 1)
    return Story(
        text,
        Layers(
            chapters=segments.chapters,
            paragraphs=segments.paragraphs,
            characters=cast.characters,
            entities=cast.entities,
            mentions=cast.mentions,
            quotes=quotes,
        ),
    )


def _silent(stage: str, done: int, total: int) -> None:
    """Nobody wants to know how far the reading is."""
