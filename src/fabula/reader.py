"""The order of reading; the only place that knows it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from fabula.checks import run_checks
from fabula.layers.cast import gather_cast
from fabula.layers.events import find_events
from fabula.layers.mentions import find_mentions
from fabula.layers.order import order_scenes
from fabula.layers.resolve import resolve_mentions
from fabula.layers.scenes import cut_scenes
from fabula.layers.speech import attribute_speech
from fabula.layers.state import trace_state
from fabula.segment import segment
from fabula.segment.wording import lay_out
from fabula.story import Layers, Story, Text

__all__ = ["Progress", "read", "read_text"]

Progress = Callable[[str, int, int], None]
"""Called with the stage's name, how much of it is done, and how much there is."""

_STAGES = ("text", "sentences and quotations", "names", "cast", "speech", "who is meant", "scenes", "state", "checks")


def read(source: str | Path | Text, *, corrections: Path | None = None, progress: Progress | None = None) -> Story:
    """Read a work of fiction: a file, or a `Text` at hand.

    Raises:
        SourceError: if the file cannot be read as a text.
    """
    tell = _counted(progress)
    if isinstance(source, Text):
        return read_text(source, progress=progress)
    from fabula.sources import read_source

    tell("text")
    return read_text(read_source(source), progress=progress)


def read_text(text: Text, *, progress: Progress | None = None) -> Story:
    """Read a text from its first page to its last.

    The one circle of the field, speech and cast, is broken here in view: names first give the people; the narration's
    pronouns are resolved to them; that tells who speaks; and that, who is meant by "I" and "you" in speech.
    """
    tell = _counted(progress)
    tell("sentences and quotations")
    segments = segment(text)
    wording = lay_out(segments)
    tell("names")
    found = find_mentions(wording)
    tell("cast")
    cast = gather_cast(wording, found)
    tell("speech")
    narrated = resolve_mentions(wording, cast.characters, cast.mentions, ())
    quotes = attribute_speech(wording, cast.characters, narrated)
    tell("who is meant")
    mentions = resolve_mentions(wording, cast.characters, cast.mentions, quotes)
    tell("scenes")
    events = find_events(wording)
    scenes = order_scenes(wording, cut_scenes(wording, cast.characters, mentions, quotes))
    tell("state")
    state = trace_state(wording, cast.characters, mentions, quotes, scenes)
    tell("checks")
    layers = Layers(
        chapters=segments.chapters,
        paragraphs=segments.paragraphs,
        scenes=scenes,
        characters=cast.characters,
        entities=cast.entities,
        mentions=mentions,
        quotes=quotes,
        events=events,
        relations=state.relations,
        deaths=state.deaths,
    )
    return Story(text, msgspec.structs.replace(layers, findings=run_checks(Story(text, layers))))


def _counted(progress: Progress | None) -> Callable[[str], None]:
    def tell(stage: str) -> None:
        if progress is not None:
            progress(stage, _STAGES.index(stage), len(_STAGES))

    return tell
