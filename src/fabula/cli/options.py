"""What the commands share: the options they all take, how they come by a story, and how they give a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import wraps
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, get_type_hints

import typer

from fabula.cli.given import Given
from fabula.cli.screen import page_bytes, show, talk
from fabula.files import write

if TYPE_CHECKING:
    from msgspec import Struct
    from rich.console import RenderableType

    from fabula.story import Story

__all__ = [
    "NO_CACHE",
    "OUT",
    "STORY",
    "Heard",
    "Listed",
    "RowFormat",
    "answer",
    "corrections_of",
    "spread",
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
NO_CACHE = Annotated[bool, typer.Option("--no-cache", help="Read anew, and keep nothing for the next question.")]


class Listed(NamedTuple):
    """How a list is written, and where to."""

    form: Annotated[RowFormat, typer.Option("--format", help="How to write the list.")] = RowFormat.table
    output: OUT = None


class Heard(NamedTuple):
    """What is heard besides the text when it is read, and whether an earlier reading will do."""

    corrections: Annotated[
        Path | None,
        typer.Option(
            "--corrections",
            metavar="FILE",
            help="What you know better, heard before the story is read. Without it: tale.corrections.toml beside "
            "tale.txt.",
        ),
    ] = None
    no_corrections: Annotated[
        bool, typer.Option("--no-corrections", help="Hear no corrections, whatever lies there.")
    ] = False
    no_cache: NO_CACHE = False


def spread(command: Callable[..., None]) -> Callable[..., None]:
    """The command as Typer has to see it: each option of `Listed` and `Heard` by itself, behind its own."""
    hints = get_type_hints(command, include_extras=True)
    groups: dict[str, type[Listed] | type[Heard]] = {name: of for name, of in hints.items() if of in (Listed, Heard)}
    own = [one.replace(annotation=hints[name]) for name, one in signature(command).parameters.items()]
    seen = [one for one in own if one.name not in groups]
    seen += [option for group in groups.values() for option in _options(group)]

    @wraps(command)
    def told(**said: Any) -> None:
        for name, group in groups.items():
            said[name] = group(**{option: said.pop(option) for option in group._fields})
        command(**said)

    told.__annotations__ = {one.name: one.annotation for one in seen}
    told.__signature__ = Signature(seen)  # type: ignore[attr-defined]
    return told


def _options(group: type[Listed] | type[Heard]) -> list[Parameter]:
    hints, defaults = get_type_hints(group, include_extras=True), group._field_defaults
    return [
        Parameter(name, Parameter.POSITIONAL_OR_KEYWORD, default=defaults[name], annotation=hints[name])
        for name in group._fields
    ]


def story_of(given: Given, heard: Heard, cast: Sequence[Path] = ()) -> Story:
    """The story, read with the corrections that were given or lie beside the source; notes on them are told."""
    if heard.corrections is not None and heard.no_corrections:
        raise typer.BadParameter("--corrections names a file, and --no-corrections says not to hear any")
    file = corrections_of(given, heard)
    if file is not None and heard.corrections is None:
        talk(f"note: {file} is heard. (--no-corrections reads without it.)")
    story = given.story(corrections=file, cast=cast, use_cache=not heard.no_cache)
    changed = given.outgrown(story)
    if changed is not None:
        talk(f"note: {changed} is no longer what {given.name} was read from. Read it again to hear of the change.")
    told = tuple(f"{name}{end}" for name in (file, *cast) if name is not None for end in (", line ", ": of a cast"))
    for note in story.text.notes:
        if told and note.startswith(told):
            talk(f"note: {note}")
    return story


def corrections_of(given: Given, heard: Heard) -> Path | None:
    """The corrections that are heard: the file given, else the one beside the source, or none at all."""
    return None if heard.no_corrections else given.heard(heard.corrections)


def story_last(*asked: str) -> tuple[str, ...]:
    """What was asked and the story, in this order, whichever of them was said first."""
    first, last = asked[0], asked[-1]
    turned = last != "-" and not Path(last).exists() and (first == "-" or Path(first).is_file())
    return (*asked[1:], first) if turned else asked


def answer(
    given: Given, listed: Listed, page: Callable[[], RenderableType], rows: Sequence[Struct], row_type: type[Struct]
) -> None:
    """Give a list in the form that was asked for, on the screen or into a file."""
    from fabula.exports.table import to_csv, to_json_rows

    if listed.form is RowFormat.table and (listed.output is None or str(listed.output) == "-"):
        show(page())
        return
    makers = {
        RowFormat.table: lambda: page_bytes(page()),
        RowFormat.json: lambda: to_json_rows(rows),
        RowFormat.csv: lambda: to_csv(rows, row_type),
    }
    write(makers[listed.form](), listed.output, never_over=(given.path,))
