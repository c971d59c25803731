"""Corrections beside the source are heard, said to be heard, and what could not be used is told on standard error."""

from __future__ import annotations

from pathlib import Path

import pytest
from hand import Reader, Run, short_story

import fabula
from fabula.story import Story, Text

MINE = '[[narrator]]\nname = "Nell"\n'


@pytest.fixture
def beside(ferry: Path) -> Path:
    path = ferry.with_name("ferry.corrections.toml")
    path.write_text(MINE, encoding="utf-8")
    return path


@pytest.mark.parametrize("command", ["read", "cast", "quotes", "scenes", "script"])
def test_what_lies_beside_the_source_is_heard_by_every_command(
    run: Run, ferry: Path, beside: Path, reader: Reader, command: str
) -> None:
    ran = run(command, ferry)
    assert ran.code == 0
    assert ran.talk == f"note: {beside} is heard. (--no-corrections reads without it.)\n"
    assert reader.asked == [beside]


@pytest.mark.parametrize("command", ["read", "cast"])
def test_another_file_or_none_is_heard_where_that_is_asked_for(
    run: Run, ferry: Path, beside: Path, reader: Reader, command: str
) -> None:
    Path("other.toml").write_text(MINE, encoding="utf-8")
    assert run(command, ferry, "--corrections", "other.toml").talk == ""
    assert run(command, ferry, "--no-corrections").talk == ""
    assert reader.asked == [Path("other.toml"), None]
    both = run(command, ferry, "--corrections", "other.toml", "--no-corrections")
    assert both.code == 2
    assert both.talk.count("\n") == 1


def test_a_changed_file_is_heard_anew(run: Run, ferry: Path, beside: Path, reader: Reader) -> None:
    for content in (MINE, MINE, MINE + "\n"):
        beside.write_text(content, encoding="utf-8")
        run("cast", ferry)
    beside.unlink()
    run("cast", ferry)
    run("cast", ferry, "--no-corrections")
    assert reader.asked == [beside, beside, None]


def test_notes_on_corrections_are_told_each_time(run: Run, ferry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(source: Path, *, corrections: Path | None = None, **_: object) -> Story:
        notes = (f"{corrections}, line 3: the text names Nel nowhere.", "This does not look like English.")
        return short_story(Text(source.read_bytes().decode(), notes=notes))

    monkeypatch.setattr(fabula, "read", read)
    Path("mine.toml").write_text(MINE, encoding="utf-8")
    for _ in range(2):
        ran = run("cast", ferry, "--corrections", "mine.toml")
        assert ran.talk == "note: mine.toml, line 3: the text names Nel nowhere.\n"


def test_the_corrections_are_never_written_over(run: Run, ferry: Path, beside: Path, reader: Reader) -> None:
    ran = run("read", ferry, "-o", beside)
    assert ran.code == 2
    assert beside.read_text(encoding="utf-8") == MINE


def test_a_saved_story_hears_nothing_that_lies_beside_it(run: Run, ferry: Path, reader: Reader) -> None:
    run("read", ferry, "-o", "ferry.json")
    Path("ferry.corrections.toml").write_text(MINE, encoding="utf-8")
    assert run("cast", "ferry.json").talk == ""
