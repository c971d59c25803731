"""What is reported is what was measured."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from by_hand import novel, people, story

from benchmarks.metrics.speed import measure_speed, run_timed
from benchmarks.mistakes import select_mistakes, show_mistakes
from benchmarks.reading import ReaderAbsent
from benchmarks.records import load_results, make_result, newest, save
from benchmarks.report import REPORT, load_published, render
from benchmarks.running import NovelRun, measure_story
from benchmarks.summary import headline
from benchmarks.tables import novel_table, number, table
from fabula.story import Text

GOLD = novel(story('Anna: [g1>g2|"One."] [g2>g1|"Two."] [g1>g2|"Three."]', people(g1="Anna", g2="Vronsky")))
GUESS = story('{c1|Anna}: [c1>c2|"One."] [c1>c2|"Two."] [c1@0.95>c2|"Three."]', people(c1="Anna", c2="Vronsky"))


def measured(*measures: str) -> NovelRun:
    return measure_story(GUESS, GOLD, wanted=measures, seconds=1.5, informed=GUESS if "m3" in measures else None)


def test_results_md_is_what_report_generates() -> None:
    assert REPORT.read_text(encoding="utf-8") == render(load_results())


def test_only_wanted_measures_are_taken() -> None:
    run = measured("m2", "m4")
    assert (run.m1, run.m3, run.m5, run.m7) == (None, None, None, None)
    assert headline([run]).keys() >= {"M2.micro", "M2.macro", "M2.Explicit", "M4.hit"}
    assert "M1.recall" not in headline([run])


def test_headline_values() -> None:
    values = headline([measured("m1", "m2", "m3", "m4", "m5", "m7")])
    assert values["M2.micro"] == values["M3.micro"] == 0.6667
    assert values["M1.f1"] == 1
    assert values["M2.sure"] == 1
    assert values["M4.exact"] == 0.6667
    assert values["M5.major"] == 1
    assert "M2.Implicit" not in values


def test_a_result_is_saved_and_loaded_equal(tmp_path: Path) -> None:
    result = make_result("pdnc", digest="abc", novels=[measured("m1", "m2", "m5")])
    path = save(result, place=tmp_path)
    assert path.name == f"{result.date[:10]}-pdnc.json"
    assert load_results(tmp_path) == (result,)
    assert newest(load_results(tmp_path), "pdnc") == result
    assert newest(load_results(tmp_path), "speed") is None
    assert result.corpus.quotes == 3
    assert result.machine.cores > 0


def test_the_report_shows_booknlp_beside_ours() -> None:
    run = measured("m2")
    named = type(run)(novel="DaisyMiller", words=9, quotes=3, seconds=1.0, m2=run.m2)
    text = render([make_result("pdnc", digest="abc", novels=[named])])
    assert "| DaisyMiller" in text
    assert ".701" in text
    assert "ahead on 0 of 1" in text
    assert "M2.Explicit" in text


def test_without_results_the_report_says_so() -> None:
    assert "No run has been recorded yet." in render([])


def test_published_numbers_are_shares() -> None:
    published = load_published()
    assert len(published.booknlp_m2.novels) == 15
    assert all(0 < value < 1 for value in published.booknlp_m2.novels.values())


def test_tables_are_padded_and_numbers_short() -> None:
    assert table(("a", "b"), [["xxxx", "1"]]) == "| a    |   b |\n| ---- | --: |\n| xxxx |   1 |"
    assert (number(0.5), number(1.0), number(None), number(float("nan"))) == (".500", "1.000", "–", "–")


def test_many_novels_have_micro_and_macro_rows() -> None:
    rows = novel_table([measured("m2"), measured("m2")]).splitlines()
    assert len(rows) == 6
    assert "all, micro" in rows[-2]
    assert "all, macro" in rows[-1]


def test_mistakes_are_shown_with_context_and_who_was_said() -> None:
    (wrong,) = select_mistakes(GUESS, GOLD)
    first, tally = show_mistakes(GUESS, GOLD, [wrong], limit=50)
    assert '⟦"Two."⟧' in first
    assert "is: Vronsky   said: Anna → Anna" in first
    assert "other" in tally
    assert select_mistakes(GUESS, GOLD, kind="Implicit") == ()
    assert select_mistakes(GUESS, GOLD, outcome="unknown") == ()
    assert select_mistakes(GUESS, GOLD, cue="none") == (wrong,)


def test_speed_is_of_a_whole_command() -> None:
    text = Text.of("word " * 1500, name="words")
    speed = measure_speed(text, runs=1, command=[sys.executable, "-c", "import sys; open(sys.argv[1]).read()"])
    assert (speed.words, speed.short_words, speed.runs) == (1500, 1000, 1)
    assert speed.words_per_second > 0
    assert speed.peak_mib > 1
    assert speed.peers[0].note == "not installed" or speed.peers[0].words_per_second


def test_a_command_that_fails_gives_no_time() -> None:
    with pytest.raises(ReaderAbsent, match="ended with 3"):
        run_timed([sys.executable, "-c", "raise SystemExit(3)"])
    with pytest.raises(ReaderAbsent, match="cannot be run"):
        run_timed(["no-such-command-anywhere"])
