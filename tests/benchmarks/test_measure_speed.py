"""The time of a whole command, of its stages, and of others beside it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import FunctionType, ModuleType

import pytest

from benchmarks import staging
from benchmarks.metrics import speed as speeds
from benchmarks.metrics.speed import SpeedResult, Stage, Timed, measure_speed, run_timed, time_reading
from benchmarks.pack_tables import speed_table, stage_table
from benchmarks.reading import ReaderAbsent
from benchmarks.records import make_result
from benchmarks.report import render
from fabula.story import Text

COMMAND = [sys.executable, "-c", "import sys; open(sys.argv[1]).read()"]
TEXT = Text.of("word " * 1500, name="words")
SPACY = """
import json, sys
assert sys.argv[4] == "--processes"
said = {"spacy": "9.9", "model": "1.1", "seconds": 0.5 * int(sys.argv[5]), "words": 3}
open(sys.argv[3], "w").write(json.dumps(said))
"""


def test_a_whole_command_is_timed() -> None:
    speed = measure_speed(TEXT, runs=3, command=COMMAND, pack="by hand")
    assert (speed.words, speed.short_words, speed.runs, speed.pack) == (1500, 1000, 3, "by hand")
    assert len(speed.all_seconds) == 3
    assert sorted(speed.all_seconds)[1] == speed.seconds
    assert speed.words_per_second > 0
    assert speed.peak_mib > 1
    assert speed.stages == ()
    assert speed.peers[0].note == "not installed"


def test_each_run_finds_an_empty_cache(tmp_path: Path) -> None:
    log, text = tmp_path / "log", tmp_path / "text"
    text.write_text("word", encoding="utf-8")
    write = "import os, sys; f = os.environ['FABULA_CACHE']; os.makedirs(f); open(sys.argv[1], 'a').write(f + '\\n')"
    for _ in range(2):
        time_reading(text, command=[sys.executable, "-c", write, str(log)])
    first, second = log.read_text().split()
    assert first != second
    assert not Path(first).exists()


def test_spacy_is_timed_with_and_without_its_loading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python = tmp_path / "python"
    python.write_text(f"#!{sys.executable}\nimport sys\n" + SPACY, encoding="utf-8")
    python.chmod(0o755)
    speed = measure_speed(TEXT, runs=1, command=COMMAND, spacy=python)
    one, two = speed.peers
    assert (one.name[-11:], two.name[-11:]) == ("one process", "2 processes")
    assert (one.reading_per_second, two.reading_per_second) == (3000.0, 1500.0)
    assert one.note == "spaCy 9.9, model 1.1"
    assert one.words_per_second
    assert one.peak_mib


def test_a_spacy_that_is_not_there_is_told_and_no_fault() -> None:
    (peer,) = measure_speed(TEXT, runs=1, command=COMMAND, spacy=Path("/no/such/python")).peers
    assert peer.words_per_second is None
    assert "cannot be run" in peer.note


def test_a_command_that_fails_gives_no_time() -> None:
    with pytest.raises(ReaderAbsent, match=r"ended with 3$"):
        run_timed([sys.executable, "-c", "raise SystemExit(3)"])
    with pytest.raises(ReaderAbsent, match=r"ended with 1: ValueError: that is why$"):
        run_timed([sys.executable, "-c", "raise ValueError('that is why')"])
    with pytest.raises(ReaderAbsent, match="cannot be run"):
        run_timed(["no-such-command-anywhere"])


def test_seconds_fall_to_the_stage_begun_last(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 1.0, 3.0, 6.0, 10.0])
    monkeypatch.setattr(staging.time, "perf_counter", lambda: next(clock))
    watch = staging.Watch()
    for stage in ("words", "cast", "words", "end"):
        watch.begin(stage, 1, 2)
    assert watch.seconds == {"start": 1.0, "words": 2.0 + 4.0, "cast": 3.0}
    assert watch.peaks["cast"] > 1


def test_what_the_reader_calls_is_counted_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("fabula.reader")
    module.find = FunctionType((lambda word: word + "!").__code__, {"__name__": "fabula.layers"}, "find")  # type: ignore[attr-defined]
    module.own = FunctionType((lambda: 1).__code__, {"__name__": "fabula.reader"}, "own")  # type: ignore[attr-defined]
    own = module.own
    clock = iter([0.0, 1.0, 3.0, 6.0, 10.0])
    monkeypatch.setattr(staging.time, "perf_counter", lambda: next(clock))
    watch = staging.Watch()
    staging.watch_parts(module, watch)
    assert module.own is own
    watch.begin("cast")
    assert module.find("Anna") == "Anna!"
    watch.begin("end")
    assert watch.seconds == {"start": 1.0, "cast": 2.0 + 4.0, "cast: find": 3.0}


def test_stages_are_written_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fabula.reader

    def read(source: Path, *, progress: staging.Watch) -> None:
        progress("cast", 0, 1)  # type: ignore[operator]

    monkeypatch.setattr(fabula.reader, "read", read)
    monkeypatch.setattr("fabula.story.to_json", lambda story: b"{}")
    monkeypatch.setattr(sys, "argv", ["staging", "x", str(tmp_path / "to.json")])
    staging.main()
    assert [row["name"] for row in json.loads((tmp_path / "to.json").read_text())] == ["start", "cast", "saving"]


def test_the_middle_of_several_runs_is_taken_stage_by_stage() -> None:
    runs = [[Stage("cast", s, 10.0), Stage("words", 2 * s, 20.0)] for s in (3.0, 1.0, 2.0)]
    assert speeds._middle(runs) == (Stage("cast", 2.0, 10.0), Stage("words", 4.0, 20.0))
    assert speeds._middle([]) == ()
    assert speeds._peak([Timed(1, 5.04), Timed(1, 9.0), Timed(1, 1.0)]) == 5.0


def cells(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in table.split("\n")]


def test_the_report_shows_stages_and_others() -> None:
    speed = SpeedResult(
        text="a_novel",
        words=120_000,
        runs=3,
        seconds=24.0,
        words_per_second=5000.0,
        peak_mib=700.0,
        short_words=1000,
        short_seconds=1.2,
        stages=(
            Stage("start", 1.0, 40.0),
            Stage("words: encode", 15.0, 600.0),
            Stage("cast", 4.95, 650.0),
            Stage("checks", 0.05, 650.0),
        ),
        peers=(speeds.Peer("spaCy", 4000.0, 500.0, "spaCy 9.9", 4500.0),),
    )
    assert cells(speed_table(speed))[2] == ["`fabula read`", "5,000", "6,000", "700", ""]
    assert cells(stage_table(speed))[2:] == [
        ["**start**", "1.00", "4.8 %", "40"],
        ["**words: encode**", "15.00", "71.4 %", "600"],
        ["**cast**", "4.95", "23.6 %", "650"],
        ["the rest", "0.05", "0.2 %", "650"],
        ["**all**", "21.00", "", ""],
    ]
    text = render([make_result("speed", digest="abc", speed=speed)])
    assert speed_table(speed) in text
    assert stage_table(speed) in text
