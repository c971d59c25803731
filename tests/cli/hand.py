"""What the tests of the command line share: its answers, its streams, and a stand-in for the reader."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from fabula.story import Chapter, Character, Layers, Mention, Paragraph, Quote, Scene, Source, Story, Text

TOLD = "“Come, [bold]Amos[/bold],” said Nell.\r\n\r\n“No.”\r\n"


class Ran(NamedTuple):
    """What a command answered."""

    code: int
    data: bytes
    talk: str

    @property
    def text(self) -> str:
        return self.data.decode("utf-8")


Run = Callable[..., Ran]


class Stream(io.TextIOWrapper):
    """A standard stream that is no terminal and can be read afterwards."""

    def __init__(self, data: bytes = b"") -> None:
        super().__init__(io.BytesIO(data), encoding="cp1252", newline="\r\n")

    def held(self) -> bytes:
        self.flush()
        buffer = self.buffer
        assert isinstance(buffer, io.BytesIO)
        return buffer.getvalue()


def short_story(text: Text) -> Story:
    """What the stand-in reader makes of any text: two paragraphs, two quotations, two people."""
    size, amos, nell = len(text), text.content.find("[bold]Amos[/bold]"), text.content.find("Nell")
    first = text.content.index("\r\n\r\n") + 4
    told = text.content.index("” said") + 1
    return Story(
        text,
        Layers(
            chapters=(Chapter(0, size, id="ch1"),),
            paragraphs=(Paragraph(0, first, body=first - 4), Paragraph(first, size, body=size - 2)),
            scenes=(Scene(0, size, id="s1", present=("c1", "c2")),),
            characters=(
                Character(id="c1", name="[bold]Amos[/bold]"),
                Character(id="c2", name="Nell", pronouns="she/her"),
            ),
            entities=(),
            mentions=(
                Mention(amos, amos + 17, form="name", character="c1"),
                Mention(nell, nell + 4, form="name", character="c2"),
            ),
            quotes=(
                Quote(0, told, id="q1", speaker="c2", addressees=("c1",), confidence=0.9),
                Quote(first, size - 2, id="q2"),
            ),
            findings=(),
        ),
    )


class Reader:
    """Stands in for the reader: knows how often it was asked, and with which corrections."""

    def __init__(self) -> None:
        self.asked: list[Path | None] = []

    def read(
        self,
        source: Path | Text,
        *,
        corrections: Path | None = None,
        cast: object = (),
        pack: object = None,
        shelf: object = None,
        progress: object = None,
    ) -> Story:
        self.asked.append(corrections)
        if isinstance(source, Text):
            return short_story(source)
        content = source.read_bytes().decode("utf-8")
        return short_story(Text(content, Source(name=str(source), title="The [red]Ferry[/red]")))
