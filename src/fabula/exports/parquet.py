"""All that is known of a story as Arrow tables and Parquet files, for pandas, Polars, DuckDB and R."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import msgspec

from fabula.errors import NotWritten
from fabula.forms.tables import Table, tables_of
from fabula.story import Story

if TYPE_CHECKING:
    import pyarrow

__all__ = ["to_arrow", "to_parquet"]


def to_arrow(story: Story) -> dict[str, pyarrow.Table]:
    """An Arrow table for each layer that was read, by the layer's name: `.to_pandas()`, or `polars.from_arrow`.

    Raises:
        NotWritten: if pyarrow is not installed.
    """
    try:
        import pyarrow
    except ImportError as error:
        raise NotWritten("pyarrow is not installed", hint='Install it: pip install "fabula[parquet]".') from error
    return {table.name: _arrow(table, pyarrow) for table in tables_of(story)}


def to_parquet(story: Story) -> dict[str, bytes]:
    """A Parquet file for each layer that was read, by file name.

    Raises:
        NotWritten: if pyarrow is not installed.
    """
    tables = to_arrow(story)
    from pyarrow import parquet

    files = {}
    for name, table in tables.items():
        out = io.BytesIO()
        parquet.write_table(table, out)
        files[f"{name}.parquet"] = out.getvalue()
    return files


def _arrow(table: Table, pyarrow: Any) -> pyarrow.Table:
    fields = [
        pyarrow.field(name, _type(msgspec.inspect.type_info(kind), pyarrow)) for name, kind in table.types.items()
    ]
    columns = [
        pyarrow.array(msgspec.to_builtins(values), type=field.type)
        for field, values in zip(fields, table.columns.values(), strict=True)
    ]
    return pyarrow.Table.from_arrays(columns, schema=pyarrow.schema(fields))


def _type(kind: msgspec.inspect.Type, pyarrow: Any) -> Any:
    """Arrow's type for what a field may hold."""
    match kind:
        case msgspec.inspect.UnionType():
            return _type(next(one for one in kind.types if not isinstance(one, msgspec.inspect.NoneType)), pyarrow)
        case msgspec.inspect.IntType():
            return pyarrow.int64()
        case msgspec.inspect.FloatType():
            return pyarrow.float64()
        case msgspec.inspect.BoolType():
            return pyarrow.bool_()
        case msgspec.inspect.VarTupleType():
            return pyarrow.list_(_type(kind.item_type, pyarrow))
        case msgspec.inspect.StructType():
            return pyarrow.struct([(field.name, _type(field.type, pyarrow)) for field in kind.fields])
        case _:
            return pyarrow.string()
