"""`fabula relations`: how people stand to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from fabula.cli.given import look
from fabula.cli.options import CORRECTIONS, NO_CACHE, NO_CORRECTIONS, OUT, ROWS, RowFormat, answer, story_of
from fabula.cli.screen import plain, talk

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["relations"]


def relations(
    asked: Annotated[
        list[str],
        typer.Argument(
            metavar="[NAME [NAME]] STORY",
            help="One or two people (a name, an alias or an id), then the story; without a name everybody's.",
            show_default=False,
        ),
    ],
    form: ROWS = RowFormat.table,
    output: OUT = None,
    corrections: CORRECTIONS = None,
    no_corrections: NO_CORRECTIONS = False,
    no_cache: NO_CACHE = False,
) -> None:
    """Tell how people stand to each other, since which scene, and the words that show it."""
    from fabula.exports.relations import RelationRow, to_relations
    from fabula.exports.table import to_csv, to_json_rows

    *names, story = asked
    if len(names) > 2:
        raise typer.BadParameter("it takes one name or two, and then the story")
    given = look(story)
    rows = to_relations(story_of(given, corrections, no_corrections, no_cache), names)
    if not rows:
        between = " and ".join(names)
        talk(f"The story states no relation{f' of {between}' if names else ''} that this reading knows of.")
        if form is RowFormat.table and output is None:
            return

    def page() -> RenderableType:
        from rich.table import Table

        table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
        for heading in ("Who", "is the", "of", "Since", "Line", "Words"):
            table.add_column(heading)
        for row in rows:
            cells = (row.a, row.kind, row.b, row.since or "?", f"{row.line:,}" if row.line else "?", row.words)
            table.add_row(*map(plain, cells))
        return table

    answer(given, output, form, page, lambda: to_json_rows(rows), lambda: to_csv(rows, RelationRow))
