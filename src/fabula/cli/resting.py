"""`fabula why` and `fabula without`: on what something in a story rests, and what would fall if it were not so."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fabula.cli.given import Given, look
from fabula.cli.options import CORRECTIONS, NO_CACHE, NO_CORRECTIONS, OUT, ROWS, STORY, RowFormat, answer, story_of

if TYPE_CHECKING:
    from rich.console import RenderableType

    from fabula.exports.resting import RestingRow

__all__ = ["why", "without"]

_WORDS = typer.Argument(
    metavar="WORDS",
    help='Something of the story in a few words, "James trusts Ianto", or a record’s id: n2, f27.',
    show_default=False,
)


def why(
    story: STORY,
    words: Annotated[str, _WORDS],
    form: ROWS = RowFormat.table,
    output: OUT = None,
    corrections: CORRECTIONS = None,
    no_corrections: NO_CORRECTIONS = False,
    no_cache: NO_CACHE = False,
) -> None:
    """Tell what something in the story rests on: a plan, a deed, a death, who has or knows what. From its own words."""
    from fabula.exports.resting import to_grounds

    story, words = _either_way(story, words)
    given = look(story)
    rows = to_grounds(story_of(given, corrections, no_corrections, no_cache), words)
    _give(given, output, form, rows, "it rests on nothing that is recorded")


def without(
    story: STORY,
    words: Annotated[str, _WORDS],
    form: ROWS = RowFormat.table,
    output: OUT = None,
    corrections: CORRECTIONS = None,
    no_corrections: NO_CORRECTIONS = False,
    no_cache: NO_CACHE = False,
) -> None:
    """Tell what would fall if something in the story were not so: all that is recorded to rest on it."""
    from fabula.exports.resting import to_ruins

    story, words = _either_way(story, words)
    given = look(story)
    rows = to_ruins(story_of(given, corrections, no_corrections, no_cache), words)
    _give(given, output, form, rows, "nothing recorded rests on this")


def _either_way(story: str, words: str) -> tuple[str, str]:
    """The story may come last, as in the other questions."""
    turned = story != "-" and not Path(story).exists() and (words == "-" or Path(words).is_file())
    return (words, story) if turned else (story, words)


def _give(given: Given, output: Path | None, form: RowFormat, rows: Sequence[RestingRow], nothing: str) -> None:
    from fabula.exports.resting import RestingRow
    from fabula.exports.table import to_csv, to_json_rows

    def page() -> RenderableType:
        from fabula.cli.world_pages import resting_trees

        return resting_trees(rows, nothing)

    answer(given, output, form, page, lambda: to_json_rows(rows), lambda: to_csv(rows, RestingRow))
