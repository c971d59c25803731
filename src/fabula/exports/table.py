"""Any list of plain rows as a spreadsheet (CSV) or as JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

import msgspec

__all__ = ["to_csv", "to_json_rows"]


def to_csv(rows: Sequence[msgspec.Struct], row_type: type[msgspec.Struct]) -> bytes:
    """Rows as CSV in UTF-8, a heading first; "; " parts several values in one cell, what is unknown is empty."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    fields = row_type.__struct_fields__
    writer.writerow(fields)
    for row in rows:
        writer.writerow([_cell(getattr(row, field)) for field in fields])
    return out.getvalue().encode("utf-8")


def to_json_rows(rows: Sequence[msgspec.Struct]) -> bytes:
    """Rows as a JSON array of objects in UTF-8, readable, with a line end behind it."""
    return msgspec.json.format(msgspec.json.encode(list(rows)), indent=2) + b"\n"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "; ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
