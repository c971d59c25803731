"""What the answers about the story's world look like on a terminal, each row with the words that show it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from fabula.cli.screen import plain
from fabula.exports.custody import CustodyRow
from fabula.exports.knowing import KnowingRow, SecretRow
from fabula.exports.relations import RelationRow
from fabula.exports.resting import RestingRow
from fabula.story import RestKind
from fabula.story.shortening import shortened

__all__ = ["custody_table", "knowing_table", "known_table", "relations_table", "resting_trees"]

_QUOTED = 100
"""Characters of the words that show it."""
_WIDE = 240
"""The words of a dependency have both its sides in them."""
_ABOVE = "as above"
_TIES: dict[RestKind, str] = {
    "cause": "because",
    "condition": "if",
    "result": "and so",
    "after": "only then",
    "purpose": "for that",
    "means": "it takes that",
    "plan": "as planned",
    "deed": "by this deed",
    "custody": "from hand to hand",
    "told": "told on",
    "known": "known",
    "kin": "kin of kin",
    "death": "by a death",
}


def custody_table(rows: Sequence[CustodyRow]) -> RenderableType:
    """Who has it, from when until when."""
    table = _table("Who", "", "From", "Until", "Line", "Words")
    for row in rows:
        nobody = "somebody else" if row.how in ("given", "taken") else "nobody"
        who = Text(plain(row.holder or nobody), style="bold")
        table.add_row(who, row.how, row.from_scene, row.until_scene or "end", f"{row.line:,}", _quoted(row.words))
    return table


def knowing_table(rows: Sequence[KnowingRow], secrets: Sequence[SecretRow] = ()) -> RenderableType:
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
        parts.extend(_kept(secret) for secret in secrets if secret.fact == known[0].fact)
    return Group(*parts)


def _kept(secret: SecretRow) -> RenderableType:
    """Who keeps it from whom, and when it comes out."""
    kept = f"{' and '.join(map(plain, secret.keepers))} keep it from {' and '.join(map(plain, secret.kept_from))}"
    out = f", until {secret.out_scene}" if secret.out_scene else ""
    return Text(f"Secret since {secret.scene or '?'}{out}: {kept} (line {secret.line:,}: {_quoted(secret.words)})")


def known_table(rows: Sequence[KnowingRow]) -> RenderableType:
    """What one person knows."""
    table = _table("Since", "How", "Line", "Fact")
    for row in rows:
        how = (row.how or "") + _source(row.how, row.source)
        table.add_row(row.since_scene or "?", how, f"{row.line:,}", plain(row.text))
    return table


def resting_trees(rows: Sequence[RestingRow], nothing: str) -> RenderableType:
    """What rests on what, a tree for each thing that was meant; `nothing` where a tree has no branch."""
    trees: list[Tree] = []
    path: list[Tree] = []
    quoted: set[str] = set()
    for number, row in enumerate(rows):
        node = _resting(row, quoted)
        del path[row.depth :]
        if path:
            path[-1].add(node)
        else:
            trees.append(node)
            if number + 1 == len(rows) or rows[number + 1].depth == 0:
                node.add(Text(nothing if not row.again else _ABOVE, style="dim"))
        path.append(node)
    return Group(*trees)


def _resting(row: RestingRow, quoted: set[str]) -> Tree:
    """One line of a tree, and below it its words, if they do not stand further up already."""
    line = Text(plain(row.text), style="bold")
    where = f"  {row.id}" + (f", scene {row.scene}" if row.scene else "") + (f", line {row.line:,}" if row.line else "")
    line.append(where, style="dim")
    if row.because is not None:
        line = Text.assemble((f"{_TIES[row.because]}: ", "dim"), line)
    if row.again and row.depth:
        line.append(f"  ({_ABOVE})", style="dim")
    elif row.words and row.words not in quoted:
        quoted.add(row.words)
        line.append("\n" + _quoted(row.words, _WIDE), style="italic")
    return Tree(line, guide_style="dim")


def _table(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in headings:
        table.add_column(heading, justify="right" if heading == "Line" else "left", overflow="fold")
    return table


def _quoted(words: str, most: int = _QUOTED) -> str:
    return plain(shortened(words, most))


def _source(how: str | None, source: str | None) -> str:
    """Who said it: one is told by somebody, and overhears it from somebody."""
    return f" {'by' if how == 'told' else 'from'} {plain(source)}" if source else ""


def relations_table(rows: Sequence[RelationRow]) -> RenderableType:
    """How people stand to each other, since when, until when where one of them ends, and the words that show it."""
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    ends = any(row.until for row in rows)
    for heading in ("Who", "is the", "of", "Since", *(("Until",) if ends else ()), "Line", "Words"):
        table.add_column(heading)
    for row in rows:
        until = (row.until or "end",) if ends else ()
        cells = (row.a, row.kind, row.b, row.since or "?", *until, f"{row.line:,}" if row.line else "?", row.words)
        table.add_row(*map(plain, cells))
    return table
