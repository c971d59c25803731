"""Every layer of a story as a table: a column for each field of its records, a row for each record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args, get_type_hints

import msgspec
from msgspec import UNSET

from fabula.story import Layers, Span, Story

__all__ = ["Table", "tables_of"]

_TOO_LONG = ("chapters", "scenes")
"""Layers whose words are the whole text again; their rows have places but no words."""


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A layer as a table. `columns` maps a column's name to its values, one for each record.

    `types` are the same columns' types; those of lists are tuples. Layers that stand in the text have a column `text`.
    """

    name: str
    types: dict[str, Any]
    columns: dict[str, list[Any]]

    def rows(self) -> list[tuple[Any, ...]]:
        """The values, record by record."""
        return list(zip(*self.columns.values(), strict=True))


def tables_of(story: Story) -> tuple[Table, ...]:
    """A table for each layer that was read, in the order of the layers."""
    made = []
    for name, hint in get_type_hints(Layers).items():
        records = getattr(story.layers, name)
        if records is not UNSET:
            made.append(_table(story, name, get_args(get_args(hint)[0])[0], records))
    return tuple(made)


def _table(story: Story, name: str, record: type[msgspec.Struct], records: Sequence[Any]) -> Table:
    types = {field.name: field.type for field in msgspec.structs.fields(record)}
    columns = {field: [getattr(one, field) for one in records] for field in types}
    if issubclass(record, Span) and name not in _TOO_LONG:
        types["text"] = str
        columns["text"] = [story.words(one) for one in records]
    return Table(name=name, types=types, columns=columns)
