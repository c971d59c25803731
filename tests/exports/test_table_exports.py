"""Tables: every layer that was read is one, and no word or place is lost on the way to CSV, Arrow or Parquet."""

from __future__ import annotations

import csv
import io

import pyarrow.parquet
from hypothesis import given
from tale import CONTENT, laws, stories, tale, without

from fabula.exports.parquet import to_arrow, to_parquet
from fabula.exports.table import to_csv_tables
from fabula.story import Story


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def test_there_is_a_table_for_each_layer_that_was_read() -> None:
    read = set(tale().layers.__struct_fields__)
    assert {*to_csv_tables(tale())} == {f"{name}.csv" for name in read} | {"text.txt"}
    assert "quotes.csv" not in to_csv_tables(without(tale(), "quotes"))
    assert {*to_arrow(without(tale(), "quotes"))} == read - {"quotes"}


def test_csv_has_places_words_and_evidence() -> None:
    files = to_csv_tables(tale())
    first = rows(files["quotes.csv"])[0]
    assert (first["id"], first["speaker"], first["addressees"], first["text"]) == (
        "q1",
        "c1",
        "c2",
        "“Come here, Amos,”",
    )
    start, end = map(int, first["evidence"].split("-"))
    assert CONTENT[start:end] == "said Nell"
    assert rows(files["deaths.csv"])[0]["scene"] == ""


def test_parquet_keeps_types_and_what_is_not_known() -> None:
    table = pyarrow.parquet.read_table(io.BytesIO(to_parquet(tale())["quotes.parquet"]))
    assert str(table.schema.field("evidence").type) == "list<element: struct<start: int64, end: int64>>"
    assert table.column("speaker").to_pylist() == ["c1", "c1", "c2", None, None]
    assert table.column("addressees").to_pylist()[2] == ["c1", "c3"]


def test_a_layer_without_records_has_its_columns_and_types() -> None:
    story = tale()
    full = to_arrow(story)["findings"].schema
    empty = Story(story.text, type(story.layers)(findings=()))
    assert to_arrow(empty)["findings"].schema == full
    assert to_csv_tables(empty)["findings.csv"] == b"kind,severity,message,confidence,evidence\r\n"


@laws
@given(stories())
def test_words_in_tables_are_the_texts(story: Story) -> None:
    files, tables = to_csv_tables(story), to_arrow(story)
    assert files["text.txt"].decode() == story.text.content
    for name in ("quotes", "mentions", "paragraphs"):
        for row in rows(files[f"{name}.csv"]):
            assert story.text.content[int(row["start"]) : int(row["end"])] == row["text"]
        for known in tables[name].to_pylist():
            assert story.text.content[known["start"] : known["end"]] == known["text"]
