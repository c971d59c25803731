"""The story as those hear it who give each line a voice: lines, each with a voice's name, none of what is not story."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import msgspec

from fabula.forms.lines import Line, to_script
from fabula.forms.naming import voice_names
from fabula.story import Story

__all__ = ["NARRATOR", "UNKNOWN", "Voices", "spoken_paragraphs", "voices_of"]

NARRATOR = "Narrator"
UNKNOWN = "Unknown"
"""The voice of what somebody says and nobody knows who."""


class Voices(msgspec.Struct, frozen=True):
    """The voices of a story: names of letters and digits, by the id of the character who has it."""

    names: dict[str, str]

    def of(self, line: Line) -> str:
        """The voice that reads a line. The narrator reads all that is no quotation, headings too."""
        if line.kind != "quote":
            return NARRATOR
        return UNKNOWN if line.speaker is None else self.names.get(line.speaker, UNKNOWN)


def voices_of(story: Story) -> Voices:
    """A voice for each character; two who are called the same, or like the narrator, get a number.

    Raises:
        NotRead: if the characters were not read.
    """
    names = voice_names((NARRATOR, UNKNOWN, *(who.name for who in story.characters)))
    return Voices(dict(zip((who.id for who in story.characters), names[2:], strict=True)))


def spoken_paragraphs(story: Story) -> Iterator[list[Line]]:
    """The lines to be read aloud, paragraph by paragraph, and scene breaks as such; nothing that is not story.

    Raises:
        NotRead: if the paragraphs, quotes or characters were not read.
    """
    for _, lines in groupby(to_script(story), key=lambda line: line.paragraph):
        kept = [line for line in lines if line.kind != "apart" and story.words(line).strip()]
        if kept:
            yield kept
