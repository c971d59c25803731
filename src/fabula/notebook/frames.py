"""The one door to narwhals: rows become a table of the library that the user has, pandas or Polars."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from typing import Any, Literal, get_type_hints

import msgspec

from fabula.errors import NotWritten

__all__ = ["Backend", "frame_of", "rows_to_frame"]

Backend = Literal["pandas", "polars", "pyarrow"]
_BACKENDS: tuple[Backend, ...] = ("polars", "pandas", "pyarrow")
"""Tried in this order; which of them the session has imported already comes before all."""

_WANTED = 'Install the tables: pip install "fabula[notebook]" and pandas or polars.'


def rows_to_frame(rows: Sequence[msgspec.Struct], row_type: type[msgspec.Struct], backend: Backend | None) -> Any:
    """Rows as a table: a column for each field, a row for each row; typed where there is none, too."""
    fields = row_type.__struct_fields__
    hints = get_type_hints(row_type)
    columns = {field: [getattr(row, field) for row in rows] for field in fields}
    return frame_of(columns, {field: hints[field] for field in fields}, backend)


def frame_of(columns: Mapping[str, list[Any]], types: Mapping[str, Any], backend: Backend | None) -> Any:
    """Columns as a table of this library; of the one that the user works with if none is named.

    Raises:
        NotWritten: if narwhals or the library is not installed.
    """
    chosen = backend or _at_hand()
    try:
        import narwhals
    except ImportError as error:
        raise NotWritten("narwhals is not installed", hint=_WANTED) from error
    if find_spec(chosen) is None:
        raise NotWritten(f"{chosen} is not installed", hint=_WANTED)
    made = {}
    for name, values in columns.items():
        plain = msgspec.to_builtins(values)
        kind = _kind(msgspec.inspect.type_info(types[name]), narwhals)
        fits = chosen != "pandas" or (kind != narwhals.List and None not in plain)
        made[name] = narwhals.new_series(name, plain, kind if fits else None, backend=chosen)
    return narwhals.from_dict(made, backend=chosen).to_native()


def _at_hand() -> Backend:
    imported = [backend for backend in _BACKENDS if sys.modules.get(backend) is not None]
    found = imported or [backend for backend in _BACKENDS if find_spec(backend) is not None]
    if not found:
        raise NotWritten("neither pandas nor Polars is installed", hint=_WANTED)
    return found[0]


def _kind(kind: msgspec.inspect.Type, narwhals: Any) -> Any:
    """The column's type; None for records inside a cell, which each library takes as it does."""
    match kind:
        case msgspec.inspect.UnionType():
            return _kind(next(one for one in kind.types if not isinstance(one, msgspec.inspect.NoneType)), narwhals)
        case msgspec.inspect.IntType():
            return narwhals.Int64
        case msgspec.inspect.FloatType():
            return narwhals.Float64
        case msgspec.inspect.BoolType():
            return narwhals.Boolean
        case msgspec.inspect.VarTupleType():
            inner = _kind(kind.item_type, narwhals)
            return None if inner is None else narwhals.List(inner)
        case msgspec.inspect.StructType():
            return None
        case _:
            return narwhals.String
