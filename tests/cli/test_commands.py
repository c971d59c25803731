"""Each command answers what it was asked: data on standard output, talk on standard error, no colours in a pipe."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import msgspec
import pytest
from hand import TOLD, Reader, Run, Stream, short_story

from fabula.cli.guard import guarded
from fabula.examples import example
from fabula.story import Story, Text, from_json, to_json

pytestmark = pytest.mark.usefixtures("reader")


@pytest.fixture
def saved(kept_apart: Path) -> Path:
    path = kept_apart / "a story by no telling name"
    path.write_bytes(to_json(short_story(Text.of(TOLD, name="ferry.txt"))))
    return path


def test_the_summary_shows_names_and_titles_as_they_are_written(run: Run, ferry: Path) -> None:
    ran = run("read", ferry)
    assert (ran.code, ran.talk) == (0, "")
    assert "The [red]Ferry[/red]" in ran.text
    assert "[bold]Amos[/bold]" in ran.text
    assert "she/her" in ran.text


def test_the_summary_says_what_is_unsure(run: Run, ferry: Path) -> None:
    assert "Quotations whose speaker the text does not let one know: 1" in run("read", ferry).text
    assert "line 3: “No.”" in run("read", ferry).text


def test_a_pipe_gets_no_colour_codes_and_no_progress(run: Run, ferry: Path) -> None:
    for command in ("read", "cast", "quotes", "scenes"):
        ran = run(command, ferry)
        assert b"\x1b" not in ran.data
        assert ran.talk == ""


def test_json_on_standard_output_is_the_story_and_nothing_else(run: Run, ferry: Path) -> None:
    ran = run("read", ferry, "--format", "json")
    assert from_json(ran.data).text.content == TOLD
    assert ran.talk == ""


def test_a_saved_story_opens_to_the_same_story(run: Run, ferry: Path) -> None:
    ran = run("read", ferry, "-o", "ferry.json")
    assert (ran.code, ran.talk) == (0, "The story is saved in ferry.json.\n")
    story = from_json(Path("ferry.json").read_bytes())
    assert story.characters == short_story(story.text).characters
    assert run("cast", "ferry.json").data == run("cast", ferry).data


def test_a_saved_story_is_known_by_what_is_in_it(run: Run, saved: Path, reader: Reader) -> None:
    assert "Nell" in run("cast", saved).text
    assert "Nell" in run("cast", "-", stdin=saved.read_bytes()).text
    assert "Nell" in run("cast", "-", stdin=b"\xef\xbb\xbf\n " + saved.read_bytes()).text
    assert reader.asked == []


def test_standard_input_is_read(run: Run, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "fabula.sources.read_bytes", lambda data, *, name: Text.of(data.decode(), name=name), raising=False
    )
    assert run("script", "-", "--format", "jsonl", stdin=TOLD.encode()).code == 0
    assert len(reader.asked) == 1


def test_a_story_that_begins_with_a_brace_is_prose(run: Run, kept_apart: Path, reader: Reader) -> None:
    path = kept_apart / "brace.txt"
    path.write_bytes(f"{{sic}} {TOLD}".encode())
    run("scenes", path)
    assert len(reader.asked) == 1


def test_a_script_joined_is_the_source_byte_for_byte(run: Run, ferry: Path) -> None:
    rows = [json.loads(row) for row in run("script", ferry, "--format", "jsonl").text.split("\n") if row]
    assert "".join(row["text"] for row in rows).encode() == ferry.read_bytes()
    assert [row["name"] for row in rows] == ["Nell", None, None]


def test_verify_shows_the_proof_only(run: Run, ferry: Path) -> None:
    ran = run("script", ferry, "--verify")
    assert (ran.code, ran.talk) == (0, "")
    assert ran.text.splitlines() == [
        "48 characters, each in exactly one of 3 lines.",
        "Joined, the lines are the source, character by character.",
        "2 quotations, 1 without a speaker (50.0% have one).",
    ]


def test_verify_fails_where_the_story_is_not_the_source(run: Run, saved: Path, ferry: Path) -> None:
    assert run("script", saved, "--verify", "--against", ferry).code == 0
    ferry.write_bytes(TOLD.replace("No", "So").encode())
    ran = run("script", saved, "--verify", "--against", ferry)
    assert ran.code == 1
    assert "NOT VERIFIED" in ran.text


def test_a_source_to_compare_with_asks_for_the_proof(run: Run, saved: Path, ferry: Path) -> None:
    ran = run("script", saved, "--against", ferry)
    assert ran.code == 2
    assert "--verify" in ran.talk


def test_verify_of_a_saved_story_says_that_no_source_was_compared(run: Run, saved: Path) -> None:
    assert "--against FILE" in run("script", saved, "--verify").text


@pytest.mark.parametrize("command", ["cast", "quotes", "scenes"])
def test_lists_come_as_table_json_and_csv(run: Run, ferry: Path, command: str) -> None:
    assert run(command, ferry).code == 0
    rows = json.loads(run(command, ferry, "--format", "json").data)
    table = list(csv.DictReader(io.StringIO(run(command, ferry, "--format", "csv").text, newline="")))
    assert [row["id"] for row in rows] == [row["id"] for row in table]
    assert rows


def test_quotes_by_a_name_are_hers_alone(run: Run, ferry: Path) -> None:
    rows = json.loads(run("quotes", ferry, "--by", "nell", "--format", "json").data)
    assert [row["id"] for row in rows] == ["q1"]


def test_somebody_who_says_nothing_is_no_error(run: Run, ferry: Path) -> None:
    ran = run("quotes", ferry, "--by", "[bold]Amos[/bold]", "--format", "json")
    assert (ran.code, ran.data) == (0, b"[]\n")
    assert "says nothing" in ran.talk


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_a_list_written_to_a_file_is_what_the_screen_shows(run: Run, ferry: Path, form: str) -> None:
    run("cast", ferry, "--format", form, "-o", "out")
    assert Path("out").read_bytes() == run("cast", ferry, "--format", form).data


def test_corrections_reach_the_reader(run: Run, ferry: Path, reader: Reader) -> None:
    Path("mine.json").write_text("{}", encoding="utf-8")
    run("read", ferry, "--corrections", "mine.json")
    assert reader.asked == [Path("mine.json")]


def test_corrections_of_a_saved_story_are_refused_not_ignored(run: Run, saved: Path) -> None:
    ran = run("read", saved, "--corrections", "mine.json")
    assert ran.code == 2
    assert "Give the source" in ran.talk


def test_the_schema_describes_a_saved_story(run: Run) -> None:
    schema = json.loads(run("schema").data)
    assert {"text", "chapters", "scenes", "characters", "mentions", "quotes", "events", "findings"} <= set(
        schema["properties"]
    )


def test_the_example_is_written_as_it_ships(run: Run) -> None:
    assert run("example").data == example()
    run("example", "-o", "it.txt")
    assert Path("it.txt").read_bytes() == example()


def test_help_and_version_are_no_errors(run: Run) -> None:
    for words in ((), ("--help",), ("read", "-h"), ("--version",)):
        ran = run(*words)
        assert (ran.code, ran.talk) == (0, "")
        assert ran.data


@pytest.mark.parametrize("columns", ["20", "60", "240"])
def test_narrow_and_wide_terminals_both_get_a_page(
    run: Run, ferry: Path, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setattr(Stream, "isatty", lambda _: True, raising=False)
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("TERM", "xterm-256color")
    ran = run("read", ferry)
    assert ran.code == 0
    assert b"\x1b[" in ran.data
    assert b"\x1b[3" not in run_without_colour(run, ferry, monkeypatch)


def run_without_colour(run: Run, ferry: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    monkeypatch.setenv("NO_COLOR", "1")
    return run("read", ferry).data


def test_a_name_cannot_steer_the_terminal(run: Run, kept_apart: Path) -> None:
    story = short_story(Text.of(TOLD))
    wicked = msgspec.structs.replace(story.characters[1], name="Nell\x1b[2J\u202e")
    layers = msgspec.structs.replace(story.layers, characters=(story.characters[0], wicked))
    Path("wicked.json").write_bytes(to_json(Story(story.text, layers)))
    for command in ("read", "cast", "quotes"):
        assert "\x1b" not in run(command, "wicked.json").text
        assert "\u202e" not in run(command, "wicked.json").text


def test_a_reader_that_goes_away_ends_it_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    err = Stream()
    monkeypatch.setattr(sys, "stdout", Stream())
    monkeypatch.setattr(sys, "stderr", err)

    def piping() -> None:
        raise BrokenPipeError

    assert guarded(piping) == 0
    assert err.held() == b""
