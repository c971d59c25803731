"""What the answers about the story's world look like on a terminal, each row with the words that show it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from fabula.cli.screen import plain
from fabula.exports.custody import CustodyRow
from fabula.exports.knowing import KnowingRow

__all__ = ["custody_table", "knowing_table", "known_table"]

_QUOTED = 100
"""Characters of the words that show it."""


def custody_table(rows: Sequence[CustodyRow]) -> RenderableType:
    """Who has it, from when until when."""
    table = _table("Who", "", "From", "Until", "Line", "Words")
    for row in rows:
        who = Text(plain(row.holder or "nobody"), style="bold")
        table.add_row(who, row.how, row.from_scene, row.until_scene or "end", f"{row.line:,}", _quoted(row.words))
    return table


def knowing_table(rows: Sequence[KnowingRow]) -> RenderableType:
    """Fact by fact, who knows it."""
    parts: list[RenderableType] = []
    for _, group in groupby(rows, key=lambda row: row.fact):
        known = list(group)
        parts.append(Text(f"{known[0].fact}  {plain(known[0].text)}", style="bold"))
        table = _table("Who", "Since", "How", "Line", "Words")
        for row in known:
            how = "not shown" if row.how is None else row.how + _source(row.how, row.source)
            table.add_row(plain(row.who or "nobody"), row.since_scene or "?", how, f"{row.line:,}", _quoted(row.words))
        parts.append(table)
    return Group(*parts)


def known_table(rows: Sequence[KnowingRow]) -> RenderableType:
    """What one person knows."""
    table = _table("Since", "How", "Line", "Fact")
    for row in rows:
        how = (row.how or "") + _source(row.how, row.source)
        table.add_row(row.since_scene or "?", how, f"{row.line:,}", plain(row.text))
    return table


def _table(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in headings:
        table.add_column(heading, justify="right" if heading == "Line" else "left", overflow="fold")
    return table


def _quoted(words: str) -> str:
    return plain(words if len(words) <= _QUOTED else words[: _QUOTED - 1].rstrip() + "…")


def _source(how: str | None, source: str | None) -> str:
    """Who said it: one is told by somebody, and overhears it from somebody."""
    return f" {'by' if how == 'told' else 'from'} {plain(source)}" if source else ""
