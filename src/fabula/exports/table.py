"""Rows, and all that is known of a story, as spreadsheets (CSV) or as JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from fabula.forms.network import Edge, Node, network_of
from fabula.forms.tables import tables_of
from fabula.story import Span, Story

__all__ = ["to_csv", "to_csv_network", "to_csv_tables", "to_json_rows"]


def to_csv(rows: Sequence[msgspec.Struct], row_type: type[msgspec.Struct]) -> bytes:
    """Rows as CSV in UTF-8, a heading first; "; " parts several values in one cell, what is unknown is empty."""
    fields = row_type.__struct_fields__
    return _csv(fields, ([getattr(row, field) for field in fields] for row in rows))


def to_csv_tables(story: Story) -> dict[str, bytes]:
    """A CSV file for each layer that was read, by file name, and `text.txt`, in which their places count characters.

    A place in a cell is "start-end".
    """
    files = {f"{table.name}.csv": _csv(tuple(table.columns), table.rows()) for table in tables_of(story)}
    return {**files, "text.txt": story.text.content.encode("utf-8", "surrogatepass")}


def to_csv_network(story: Story) -> dict[str, bytes]:
    """The network of the story's people as `nodes.csv` and `edges.csv`, with the headings that Gephi looks for.

    Raises:
        NotRead: if the characters were not read, or neither the quotes nor the scenes.
    """
    network = network_of(story)
    nodes, edges = Node.__struct_fields__, Edge.__struct_fields__
    return {
        "nodes.csv": _csv(["Id", "Label", *nodes[2:]], map(msgspec.structs.astuple, network.nodes)),
        "edges.csv": _csv(
            ["Type", "Source", "Target", *edges[2:]],
            (("Undirected" if e.mutual else "Directed", *msgspec.structs.astuple(e)) for e in network.edges),
        ),
    }


def to_json_rows(rows: Sequence[msgspec.Struct]) -> bytes:
    """Rows as a JSON array of objects in UTF-8, readable, with a line end behind it."""
    return msgspec.json.format(msgspec.json.encode(list(rows)), indent=2) + b"\n"


def _csv(heading: Sequence[str], rows: Iterable[Iterable[Any]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heading)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8", "surrogatepass")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Span):
        return f"{value.start}-{value.end}"
    return "; ".join(map(_cell, value)) if isinstance(value, (list, tuple)) else str(value)
