"""A pack measured, written down, reported, and held to its floors."""

from __future__ import annotations

import gzip
from argparse import Namespace
from pathlib import Path

import msgspec
import pytest
from pack_by_hand import Chance, pack_by_hand
from test_measure_pack import CONLLU

from benchmarks import commands, gate, gate_commands, pack_commands, pack_running
from benchmarks.metrics.parity import HeadParity, Parity
from benchmarks.metrics.tallies import Scored
from benchmarks.pack_running import PackRun, run_pack
from benchmarks.pack_summary import pack_headline, spreads
from benchmarks.pack_tables import document_table, pack_table, seed_table
from benchmarks.reading import ReaderAbsent
from benchmarks.records import load_results, make_result, newest, save
from benchmarks.report import render


def lay_data(root: Path) -> None:
    files = {
        "coref/tsv/x_brat.txt": "Anna saw the cat .",
        "coref/tsv/x_brat.ann": "MENTION\tT1\t0\t0\t0\t0\tAnna\tPER\tPROP",
        "quotations/tsv/x_brat.ann": "",
        "events/tsv/x_brat.tsv": "Anna\tO\nsaw\tEVENT\nthe\tO\ncat\tO\n.\tO",
        "entities/tsv/x_brat.tsv": "Anna\tB-PER\nsaw\tO\nthe\tO\ncat\tO\n.\tO",
    }
    for name, content in files.items():
        path = root / "litbank" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    (root / "ud_ewt").mkdir(parents=True)
    (root / "ud_ewt" / "test.conllu.gz").write_bytes(gzip.compress(CONLLU.encode()))


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PackRun:
    lay_data(tmp_path / "data")
    monkeypatch.setenv("FABULA_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(pack_running, "open_network", lambda pack: Chance())
    told: list[str] = []
    found = run_pack(pack_by_hand(tmp_path / "pack"), documents=("x",), tell=told.append)
    assert told == ["x", "UD EWT test"]
    return found


def changed(run: PackRun, name: str, **values: float) -> PackRun:
    marks = {**run.marks, **{measure: Scored(value, value, value) for measure, value in values.items()}}
    return msgspec.structs.replace(run, pack=name, marks=marks)


def test_a_run_holds_every_document_and_kind(run: PackRun) -> None:
    assert (run.pack, run.made, run.reach) == ("by hand", "2026-01-01", 200)
    assert [(d.name, d.words) for d in run.documents] == [("x", 5)]
    assert [(k.name, k.words) for k in run.kinds] == [("email", 1), ("reviews", 4)]
    assert run.syntax["class"].value == sum(k.tallies["class"].right for k in run.kinds) / 5
    assert {"mentions", "events", "coreference", "PER", "muc"} <= run.marks.keys()


def test_what_stands_under_the_gate_is_the_first_pack(run: PackRun) -> None:
    values = pack_headline([changed(run, "one", events=0.7), changed(run, "two", events=0.9)])
    assert values["M6.events"] == 0.7
    assert {"M6.mentions", "M6.coreference", "EWT.class", "EWT.las"} <= values.keys()
    assert pack_headline([]) == {}


def test_seeds_have_a_mean_and_a_deviation(run: PackRun) -> None:
    runs = [changed(run, name, events=value) for name, value in (("one", 0.7), ("two", 0.74), ("three", 0.72))]
    found = spreads(runs)["M6.events"]
    assert (found.mean, found.deviation, found.low, found.high) == (0.72, 0.02, 0.7, 0.74)
    assert "**mean**" in seed_table(runs)
    assert "**mean**" not in seed_table(runs[:1])


def test_the_report_shows_reached_beside_wanted(run: PackRun) -> None:
    parity = Parity(
        pack=run.digest,
        checkpoint="c",
        documents=("x",),
        heads=(HeadParity(head="voice", decisions=10, same=9, least=0.9, mean=0.1, most=1.0),),
    )
    one = msgspec.structs.replace(changed(run, "one", events=0.7), parity=parity)
    text = render([make_result("pack", digest="abc", packs=[one, changed(run, "two", events=0.8)])])
    assert "## The model pack (M6)" in text
    assert ".720" in pack_table(one)
    assert "### Several seeds" in text
    assert "### 8-bit beside 32-bit" in text
    assert "| voice |" in text
    assert document_table(one) in text


def test_a_pack_result_is_saved_and_loaded_equal(run: PackRun, tmp_path: Path) -> None:
    result = make_result("pack", digest="abc", packs=[run])
    save(result, place=tmp_path / "results")
    assert newest(load_results(tmp_path / "results"), "pack") == result


def test_several_packs_are_measured_and_written(
    run: PackRun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pack_commands, "pack_at", lambda place: pack_by_hand(tmp_path / "pack"))
    monkeypatch.setattr(pack_commands, "run_pack", lambda pack, tell: run)
    monkeypatch.setattr(pack_commands, "pack_digest", lambda: "abc")
    monkeypatch.setattr(pack_commands, "save", lambda result: save(result, place=tmp_path))
    commands.run(Namespace(measures=["m6"], pack=["one", "two"], parity="", name=""))
    (result,) = load_results(tmp_path)
    assert (result.name, result.packs, result.corpus.words) == ("pack", (run, run), 10)
    assert "written: benchmarks/results/" in capsys.readouterr().out


def test_parity_goes_with_the_pack_it_is_of(run: PackRun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pack_commands, "pack_at", lambda place: pack_by_hand(tmp_path / "pack"))
    monkeypatch.setattr(pack_commands, "run_pack", lambda pack, tell: run)
    parity = Parity(pack=run.digest, checkpoint="c", documents=(), heads=())
    path = tmp_path / "parity.json"
    path.write_bytes(msgspec.json.encode(parity))
    (measured,) = pack_commands.measured_packs(Namespace(pack=[], parity=str(path)))
    assert measured.parity == parity
    path.write_bytes(msgspec.json.encode(msgspec.structs.replace(parity, pack="another")))
    with pytest.raises(ReaderAbsent, match="about another pack"):
        pack_commands.measured_packs(Namespace(pack=[], parity=str(path)))


def test_the_gate_holds_a_stored_result_of_a_pack(
    run: PackRun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(gate_commands.GATED, "pack", gate_commands.GATED["pack"]._replace(digest=lambda: "abc"))
    monkeypatch.setitem(gate_commands.FLOORS_OF, "pack", tmp_path / "floors-pack.json")
    options = Namespace(corpus="pack", lower=None, pin=False, higher=True, stored="", jobs=1)
    reached = save(make_result("pack", digest="abc", packs=[changed(run, "one", events=0.73)]), place=tmp_path)
    options.stored = str(reached)
    assert gate_commands.gate(options) == 0
    assert gate.load_floors(tmp_path / "floors-pack.json").floors["M6.events"] == 0.727
    options.higher = False
    assert gate_commands.gate(options) == 0
    sunk = save(make_result("sunk", digest="abc", packs=[changed(run, "one", events=0.72)]), place=tmp_path)
    options.stored = str(sunk)
    assert gate_commands.gate(options) == 1
    assert "FAILED M6.events: 0.7200 is below the floor 0.7270" in capsys.readouterr().out


def test_a_missing_pack_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(ReaderAbsent, match=r"^skipped: "):
        pack_running.pack_at(tmp_path / "nowhere")
