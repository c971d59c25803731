"""What the commands share: the options they all take, how they come by a story, and how they give a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fabula.cli.given import Given
from fabula.cli.screen import page_bytes, show, talk
from fabula.files import write

if TYPE_CHECKING:
    from msgspec import Struct
    from rich.console import RenderableType

    from fabula.story import Story

__all__ = [
    "CORRECTIONS",
    "NO_CACHE",
    "NO_CORRECTIONS",
    "OUT",
    "ROWS",
    "STORY",
    "RowFormat",
    "answer",
    "story_last",
    "story_of",
]


class RowFormat(StrEnum):
    """How a list is written."""

    table = "table"
    json = "json"
    csv = "csv"


STORY = Annotated[
    str,
    typer.Argument(
        metavar="STORY",
        help="A text (txt, Markdown, HTML, EPUB, DOCX, ODT), a saved story, or - for standard input.",
        show_default=False,
    ),
]
OUT = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FILE", help="Write the answer into this file, not on standard output."),
]
CORRECTIONS = Annotated[
    Path | None,
    typer.Option(
        "--corrections",
        metavar="FILE",
        help="What you know better, heard before the story is read. Without it: tale.corrections.toml beside tale.txt.",
    ),
]
NO_CORRECTIONS = Annotated[bool, typer.Option("--no-corrections", help="Hear no corrections, whatever lies there.")]
NO_CACHE = Annotated[bool, typer.Option("--no-cache", help="Read anew, and keep nothing for the next question.")]
ROWS = Annotated[RowFormat, typer.Option("--format", help="How to write the list.")]


def story_of(
    given: Given, corrections: Path | None, no_corrections: bool, no_cache: bool, cast: Sequence[Path] = ()
) -> Story:
    """The story, read with the corrections that were given or lie beside the source; notes on them are told."""
    if corrections is not None and no_corrections:
        raise typer.BadParameter("--corrections names a file, and --no-corrections says not to hear any")
    heard = None if no_corrections else given.heard(corrections)
    if heard is not None and corrections is None:
        talk(f"note: {heard} is heard. (--no-corrections reads without it.)")
    story = given.story(corrections=heard, cast=cast, use_cache=not no_cache)
    changed = given.outgrown(story)
    if changed is not None:
        talk(f"note: {changed} is no longer what {given.name} was read from. Read it again to hear of the change.")
    told = tuple(f"{file}{end}" for file in (heard, *cast) if file is not None for end in (", line ", ": of a cast"))
    for note in story.text.notes:
        if told and note.startswith(told):
            talk(f"note: {note}")
    return story


def story_last(*asked: str) -> tuple[str, ...]:
    """What was asked and the story, in this order, whichever of them was said first."""
    first, last = asked[0], asked[-1]
    turned = last != "-" and not Path(last).exists() and (first == "-" or Path(first).is_file())
    return (*asked[1:], first) if turned else asked


def answer(
    given: Given,
    output: Path | None,
    form: RowFormat,
    page: Callable[[], RenderableType],
    rows: Sequence[Struct],
    row_type: type[Struct],
) -> None:
    """Give a list in the form that was asked for, on the screen or into a file."""
    from fabula.exports.table import to_csv, to_json_rows

    if form is RowFormat.table and (output is None or str(output) == "-"):
        show(page())
        return
    makers = {
        RowFormat.table: lambda: page_bytes(page()),
        RowFormat.json: lambda: to_json_rows(rows),
        RowFormat.csv: lambda: to_csv(rows, row_type),
    }
    write(makers[form](), output, never_over=(given.path,))
