"""A story's tables hold what its records say, in the library that the user has."""

from __future__ import annotations

import subprocess
import sys
from typing import Any, get_args

import narwhals
import pytest
from hand_story import hand_story

import fabula
from fabula.forms.tables import tables_of
from fabula.notebook.frames import Backend
from fabula.story import Layers, Scene, Story, Text

BACKENDS: tuple[Backend, ...] = get_args(Backend)
TABLES = """people quotes scenes timeline presence relations hands facts knowledge plans deaths findings""".split()


def rows(frame: Any) -> list[dict[str, Any]]:
    return list(narwhals.from_native(frame, eager_only=True).rows(named=True))


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("name", TABLES)
def test_each_table_is_one_of_the_library_that_was_asked_for(name: str, backend: Backend) -> None:
    frame = getattr(hand_story().tables, name)(backend=backend)
    assert type(frame).__module__.partition(".")[0] == backend
    assert len(rows(frame)) > 0


@pytest.mark.parametrize("backend", BACKENDS)
def test_who_is_there_heard_and_spoken_of(backend: Backend) -> None:
    found = rows(hand_story().tables.presence(backend=backend))
    assert [(row["told"], row["person"], row["how"], row["words"]) for row in found] == [
        (1, "Ann <b>", "there", 3),
        (1, "Bo", "there", 2),
        (1, "Cy", "heard", 0),
        (2, "Ann <b>", "there", 0),
        (2, "Bo", "spoken of", 0),
    ]


def test_names_stand_in_the_place_of_ids() -> None:
    tables = hand_story().tables
    assert rows(tables.facts())[0]["about"] == ["Ann <b>", "ring"]
    assert [row["holder"] for row in rows(tables.hands())] == ["Ann <b>", "Bo"]
    assert (rows(tables.knowledge())[0]["who"], rows(tables.knowledge())[0]["source"]) == ("Bo", "Ann <b>")
    assert (rows(tables.plans())[0]["who"], rows(tables.plans())[0]["line"]) == ("Bo", 3)
    assert rows(tables.deaths())[0]["who"] == "Cy"
    assert rows(tables.findings())[0]["other_lines"] == [5]


def test_what_is_not_known_is_missing_and_not_a_word() -> None:
    assert [row["speaker"] for row in rows(hand_story().tables.quotes(backend="polars"))] == ["Ann <b>", "Bo", None]
    assert [row["order"] for row in rows(hand_story().tables.scenes(backend="polars"))] == [2, None]
    assert hand_story().tables.scenes(backend="pandas")["order"].isna().tolist() == [False, True]


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_table_without_rows_has_its_columns_and_types(backend: Backend) -> None:
    frame = narwhals.from_native(Story(Text.of(""), Layers(scenes=())).tables.presence(backend=backend))
    assert frame.columns[:3] == ["scene", "told", "order"]
    assert frame.schema["told"] == narwhals.Int64


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("layer", [table.name for table in tables_of(hand_story())])
def test_every_layer_is_a_table_as_it_was_read(layer: str, backend: Backend) -> None:
    story = hand_story()
    assert len(rows(story.tables.layer(layer, backend=backend))) == len(getattr(story, layer)) > 0


def test_unread_is_not_empty() -> None:
    with pytest.raises(fabula.NotRead, match="plans of this story were not read"):
        Story(Text.of("")).tables.layer("plans")
    with pytest.raises(fabula.NotRead, match="There are chapters"):
        hand_story().tables.layer("people")
    with pytest.raises(fabula.NotRead):
        Story(Text.of(""), Layers(scenes=(Scene(0, 0, id="s1"),))).tables.people()


def alone(code: str, *, hidden: tuple[str, ...] = ()) -> str:
    """What a line says in a Python of its own, in which some libraries cannot be found."""
    before = "import sys, fabula; story = fabula.read(fabula.Text.of('A.'))\n"
    hide = f"sys.modules.update(dict.fromkeys({hidden!r}))\n"
    ran = subprocess.run(
        [sys.executable, "-c", before + hide + code], capture_output=True, encoding="utf-8", timeout=60, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_the_library_at_work_comes_before_one_that_is_only_installed() -> None:
    says = "import {}; print(type(story.tables.scenes()).__module__.partition('.')[0])"
    assert alone(says.format("pandas")).strip() == "pandas"
    assert alone(says.format("polars")).strip() == "polars"
    assert alone(says.format("json")).strip() == "polars", "none is imported: Polars comes first"


@pytest.mark.parametrize(
    ("hidden", "asked", "said"),
    [
        (("narwhals",), "tables.scenes()", "narwhals is not installed"),
        (("polars",), "tables.scenes(backend='polars')", "polars is not installed"),
        (("polars", "pandas", "pyarrow"), "tables.scenes()", "neither pandas nor Polars is installed"),
        (("altair",), "plots.orders()", "Altair is not installed"),
        (("spacy",), "to_spacy()", "spaCy is not installed"),
    ],
)
def test_without_the_libraries_one_line_says_what_to_do(hidden: tuple[str, ...], asked: str, said: str) -> None:
    told = alone(f"try: story.{asked}\nexcept fabula.NotWritten as error: print(error)", hidden=hidden)
    assert said in told
    assert "pip install" in told
    assert told.count("\n") == 1
