"""Floors never sink silently."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import gate_commands
from benchmarks.__main__ import main
from benchmarks.gate import Floors, GateError, check, load_floors, lower, pin_corpus, raise_floors, save_floors
from benchmarks.gate_commands import FLOORS_OF, GATED
from benchmarks.records import make_result

FLOORS = Floors(corpus="abc", margin=0.01, floors={"M2.micro": 0.5})


def test_at_the_floor_is_not_below_it() -> None:
    assert check({"M2.micro": 0.5}, "abc", FLOORS) == ()


def test_below_the_floor_is_a_fault() -> None:
    assert check({"M2.micro": 0.4999}, "abc", FLOORS) == ("M2.micro: 0.4999 is below the floor 0.5000",)


def test_not_measured_is_not_passed() -> None:
    assert check({}, "abc", FLOORS) == ("M2.micro: not measured; its floor is 0.5000",)


def test_another_corpus_is_a_fault() -> None:
    (fault,) = check({"M2.micro": 0.9}, "xyz", FLOORS)
    assert fault.startswith("corpus: digest xyz")


def test_raising_leaves_the_margin_and_never_lowers() -> None:
    raised = raise_floors({"M2.micro": 0.6, "M1.recall": 0.99}, "abc", FLOORS)
    assert raised.floors == {"M1.recall": 0.98, "M2.micro": 0.59}
    assert raise_floors({"M2.micro": 0.3}, "abc", FLOORS).floors == FLOORS.floors
    assert raise_floors({}, "xyz", Floors()).corpus == "xyz"
    with pytest.raises(GateError, match="another corpus"):
        raise_floors({"M2.micro": 0.6}, "xyz", FLOORS)


def test_lowering_needs_a_sentence_and_is_remembered() -> None:
    lowered = lower("M2.micro", 0.45, "The old reader knew the answers.", FLOORS)
    assert lowered.floors == {"M2.micro": 0.45}
    (change,) = lowered.history
    assert (change.id, change.before, change.after) == ("M2.micro", 0.5, 0.45)
    assert change.because == "The old reader knew the answers."
    for name, value, because in (
        ("M2.micro", 0.45, " "),
        ("M2.micro", 0.55, "It is no lowering."),
        ("M9", 0.1, "There is none such."),
    ):
        with pytest.raises(GateError):
            lower(name, value, because, FLOORS)


def test_pinning_another_corpus_is_remembered() -> None:
    pinned = pin_corpus("xyz", "Two novels were added.", FLOORS)
    assert (pinned.corpus, pinned.floors, pinned.history[0].id) == ("xyz", FLOORS.floors, "corpus")
    with pytest.raises(GateError, match="say why"):
        pin_corpus("xyz", "", FLOORS)


def test_floors_are_saved_and_loaded_equal(tmp_path: Path) -> None:
    save_floors(FLOORS, tmp_path / "floors.json")
    assert load_floors(tmp_path / "floors.json") == FLOORS
    assert load_floors(tmp_path / "none.json") == Floors()


@pytest.mark.parametrize("place", FLOORS_OF.values(), ids=FLOORS_OF)
def test_the_committed_floors_can_be_read(place: Path) -> None:
    assert all(0 <= value <= 1 for value in load_floors(place).floors.values())


@pytest.mark.parametrize("name", [name for name, gated in GATED.items() if gated.now is None])
def test_what_takes_long_is_held_as_it_was_last_measured(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(
        gate_commands.GATED, name, GATED[name]._replace(digest=lambda: "abc", headline=lambda _: {"M": 0.6})
    )
    monkeypatch.setitem(FLOORS_OF, name, tmp_path / "floors.json")
    monkeypatch.setattr(gate_commands, "load_results", list)
    assert main(["gate", name]) == 1
    assert "run the measure first" in capsys.readouterr().out
    monkeypatch.setattr(gate_commands, "load_results", lambda: [make_result(name, digest="abc")])
    assert main(["gate", name, "--raise"]) == 0
    save_floors(Floors(corpus="abc", floors={"M": 0.7}), tmp_path / "floors.json")
    assert main(["gate", name]) == 1
    assert "FAILED M: 0.6000 is below the floor 0.7000" in capsys.readouterr().out


def test_without_data_the_gate_says_so_and_passes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FABULA_DATA", str(tmp_path / "nowhere"))
    assert main(["gate"]) == 0
    lines = capsys.readouterr().out.strip().splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("skipped: no data at ")
    assert lines[0].endswith("(set FABULA_DATA)")


def test_lowering_from_the_command_line_reminds_of_the_changelog(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "floors.json"
    save_floors(FLOORS, path)
    monkeypatch.setitem(FLOORS_OF, "pdnc", path)
    assert main(["gate", "--lower", "M2.micro", "0.4"]) == 1
    assert main(["gate", "--lower", "M2.micro", "0.4", "--because", "We chose honesty over score."]) == 0
    assert "CHANGELOG.md: We chose honesty over score." in capsys.readouterr().out
    assert load_floors(path).floors == {"M2.micro": 0.4}
