"""A story as JSON and back, with the schema that describes it and the steps that bring old files up to date."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import msgspec

from fabula.errors import StoryFileError
from fabula.story.story import Layers, Story
from fabula.story.text import Apart, Mark, Run, Source, Span, Text

__all__ = ["SCHEMA", "from_json", "json_schema", "to_json"]

SCHEMA = 1
"""The number of the JSON form written today. Raise it with a migration whenever an old file would be misread."""

MIGRATIONS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""From a schema number to the step that makes such a file one number younger."""


class StoryFile(Layers, frozen=True, kw_only=True, omit_defaults=False):
    """A story read by Fabula: its text and, layer by layer, what is known about it.

    Places are characters (Unicode code points) of `text`, `end` not included. A layer that is absent was not read.
    """

    schema: int
    text: str
    source: Source
    runs: tuple[Run, ...] = ()
    marks: tuple[Mark, ...] = ()
    apart: tuple[Apart, ...] = ()
    notes: tuple[str, ...] = ()


_LAYERS = Layers.__struct_fields__


def to_json(story: Story, *, indent: int = 0) -> bytes:
    """The story as UTF-8 JSON. The same story gives the same bytes."""
    text = story.text
    file = StoryFile(
        schema=SCHEMA,
        text=text.content,
        source=text.source,
        runs=text.runs,
        marks=text.marks,
        apart=text.apart,
        notes=text.notes,
        **{name: getattr(story.layers, name) for name in _LAYERS},
    )
    data = msgspec.json.encode(file)
    return msgspec.json.format(data, indent=indent) if indent else data


def from_json(data: bytes, *, name: str = "") -> Story:
    """The story that `to_json` wrote, by this or an earlier Fabula. `name` is the file's, for messages.

    Raises:
        StoryFileError: if the data is not such a story, or of a newer schema.
    """
    try:
        raw = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise StoryFileError(f"not a saved story: {error}", where=name, hint="Read the source again.") from error
    if not isinstance(raw, dict) or not isinstance(raw.get("schema"), int) or "text" not in raw:
        raise StoryFileError("JSON, but not a saved story", where=name, hint="`fabula read -o` writes one.")
    try:
        file = msgspec.convert(_up_to_date(raw, name), StoryFile)
    except msgspec.ValidationError as error:
        raise StoryFileError(f"a damaged story: {error}", where=name, hint="Read the source again.") from error
    _refuse_places_outside(file, name)
    text = Text(file.text, file.source, file.runs, file.marks, file.apart, file.notes)
    return Story(text, Layers(**{layer: getattr(file, layer) for layer in _LAYERS}))


def _refuse_places_outside(file: StoryFile, name: str) -> None:
    for layer in (*_LAYERS, "runs", "marks", "apart"):
        records = getattr(file, layer)
        for record in records if records is not msgspec.UNSET else ():
            spans = (record, *getattr(record, "evidence", ())) if isinstance(record, Span) else record.evidence
            parts = (getattr(record, name, None) for name in ("what", "on", "act"))
            spans = (*spans, *(part for part in parts if isinstance(part, Span)))
            if any(span.end > len(file.text) for span in spans):
                raise StoryFileError(
                    f"a damaged story: a place in its {layer} lies outside its text",
                    where=name,
                    hint="Read the source again.",
                )


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a saved story."""
    _, parts = msgspec.json.schema_components([StoryFile], ref_template="#/$defs/{name}")
    root = parts.pop("StoryFile")
    described = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A story read by Fabula",
        **{k: v for k, v in root.items() if k != "title"},
        "$defs": dict(sorted(parts.items())),
    }
    described["properties"]["schema"] = {"const": SCHEMA}
    one_line: dict[str, Any] = _one_line_descriptions(described)
    return one_line


def _up_to_date(raw: dict[str, Any], name: str) -> dict[str, Any]:
    if raw["schema"] > SCHEMA:
        raise StoryFileError(
            f"schema {raw['schema']} is newer than this Fabula reads ({SCHEMA})", where=name, hint="Update Fabula."
        )
    while raw["schema"] < SCHEMA:
        step = MIGRATIONS.get(raw["schema"])
        if step is None:
            raise StoryFileError(f"schema {raw['schema']} is unknown", where=name, hint="Read the source again.")
        raw = step(raw)
    return raw


def _one_line_descriptions(node: Any) -> Any:
    if isinstance(node, dict):
        return {
            key: re.sub(r"\s+", " ", value) if key == "description" else _one_line_descriptions(value)
            for key, value in node.items()
        }
    return [_one_line_descriptions(item) for item in node] if isinstance(node, list) else node
