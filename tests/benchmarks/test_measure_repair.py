"""One correction, and what it mends: counted by hand, and written as a user would write it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from by_hand import novel, people, story

from benchmarks.given import write_lines
from benchmarks.metrics.repair import Moved, RepairResult, first_wrong, measure_repair
from benchmarks.metrics.speakers import Verdict, judge_speakers
from benchmarks.records import load_results, make_result, save
from benchmarks.repair_running import RepairRun, corrections_of
from benchmarks.repair_tables import repair_table
from benchmarks.report import render
from fabula.story import Span, Story, read_corrections

GOLD_CAST = people(g1="Anna Karenina, Anna", g2="Vronsky", g3="Kitty")
CAST = people(c1="Anna", c2="Vronsky", c4="Annie, Anna")
TOLD = '[{}|"One."] [{}|"Two."] [{}|"Three."]\n[{}|"Four."] [{}|"Five."]\n[{}|"Six."]\n[{}|"Seven."]'
GOLD = novel(story(TOLD.format("g1", "g2", "g1", "g2", "g1", "g1", "?"), GOLD_CAST))
WRONG = ("c1", "c1", "c2", "c2", "c2", "c1", "c1")


def reading(*speakers: str) -> Story:
    return story(TOLD.format(*speakers), CAST)


def lines(told: Story) -> list[Span]:
    """A chapter for each line of the text."""
    starts = [0, *(at + 1 for at, letter in enumerate(told.text.content) if letter == "\n"), len(told.text)]
    return [Span(start, end) for start, end in pairwise(starts)]


def verdicts(*speakers: str, turns: dict[str, int] | None = None) -> tuple[Verdict, ...]:
    found = judge_speakers(reading(*speakers), GOLD)
    same = turns or {}
    return tuple(
        msgspec.structs.replace(v, gold=msgspec.structs.replace(v.gold, turn=same.get(v.gold.id, v.gold.turn)))
        for v in found
    )


BEFORE = verdicts(*WRONG)
CHAPTERS = lines(reading(*WRONG))
FIRST = first_wrong(BEFORE, CHAPTERS)


def test_the_first_wrong_line_of_each_chapter_that_has_one() -> None:
    assert {chapter: verdict.gold.id for chapter, verdict in FIRST.items()} == {0: "q2", 1: "q5"}


def test_a_line_that_nobody_can_get_right_is_not_wrong() -> None:
    assert first_wrong(verdicts("c1", "c2", "c1", "c2", "c1", "c1", "c1"), CHAPTERS) == {}


def measured(*speakers: str, said: tuple[int, ...] = (0, 1), turns: dict[str, int] | None = None) -> RepairResult:
    first = first_wrong(verdicts(*WRONG, turns=turns), CHAPTERS)
    return measure_repair(
        verdicts(*WRONG, turns=turns), verdicts(*speakers, turns=turns), CHAPTERS, first, said=frozenset(said)
    )


def test_a_correction_that_mends_its_neighbour() -> None:
    result = measured("c1", "c2", "c1", "c2", "c1", "c1", "c1")
    assert (result.chapters, result.said, result.heard, result.other) == (2, 2, 2, 1)
    assert (result.lines, result.speeches, result.elsewhere) == (Moved(1, 0), Moved(1, 0), Moved())
    assert result.per_correction == 0.5


def test_a_correction_that_breaks_its_neighbours() -> None:
    result = measured("c2", "c2", "c2", "c1", "c1", "c2", "c2")
    assert (result.lines, result.elsewhere) == (Moved(0, 2), Moved(0, 1))
    assert result.per_correction == -1.0


def test_the_corrected_line_itself_is_not_counted() -> None:
    assert measured("c1", "c2", "c2", "c2", "c1", "c1", "c1").lines == Moved()


def test_a_correction_that_was_not_heard_or_not_said() -> None:
    result = measured("c1", "c1", "c2", "c2", "c1", "c1", "c1", said=(1,))
    assert (result.chapters, result.said, result.heard) == (2, 1, 1)
    result = measured("c1", "c2", "c2", "c2", "c2", "c1", "c1", said=(1,))
    assert (result.said, result.heard) == (1, 0)


def test_the_rest_of_the_same_speech_is_told_apart() -> None:
    result = measured("c1", "c2", "c1", "c2", "c1", "c1", "c1", turns={"q3": 2})
    assert (result.lines, result.speeches) == (Moved(1, 0), Moved())


def test_two_readings_of_different_lines_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="same lines"):
        measure_repair(BEFORE, BEFORE[1:], CHAPTERS, FIRST, said=())


def test_a_novel_without_a_wrong_line_has_nothing_to_repair() -> None:
    right = verdicts("c1", "c2", "c1", "c2", "c1", "c1", "c1")
    result = measure_repair(right, right, CHAPTERS, {}, said=())
    assert (result.chapters, result.per_correction, result.elsewhere) == (0, 0.0, Moved())


def written(gold: str, guess: str, tmp_path: Path) -> list[tuple[str, int | None, str | None]]:
    """The corrections of a text that is one chapter for each line, as the file has them."""
    known, told = novel(story(gold, GOLD_CAST)), story(guess, CAST)
    first = first_wrong(judge_speakers(told, known), lines(told))
    entries = corrections_of(told, known, first)
    corrections, notes = read_corrections(write_lines(tuple(entries.values()), tmp_path))
    assert notes == ()
    said, notes = corrections.said_in(told.text, within=told.quotes)
    assert (notes, len(said)) == ((), len(entries))
    assert all(first[chapter].gold.overlaps(place) for chapter, place in zip(entries, said, strict=True))
    return [(entry.words, entry.nth, entry.by) for entry in corrections.said]


def test_a_line_is_quoted_by_its_first_words_and_its_speaker_named_as_the_reading_names_him(tmp_path: Path) -> None:
    gold = '{g1|Anna}. {g1|Annie}. {g1|Annie}. [g1|"It is a cold and dark night."]\n[g3|"It is a cold day."]'
    guess = '{c1|Anna}. {c4|Anna}. {c4|Anna}. [c2|"It is a cold and dark night."]\n[?|"It is a cold day."]'
    assert written(gold, guess, tmp_path) == [
        ('"It is a cold and', None, "Annie"),
        ('"It is a cold day."', None, "Kitty"),
    ]


def test_a_line_that_stands_twice_is_counted(tmp_path: Path) -> None:
    told = '[{}|"No."]\n[{}|"No."]\n[{}|"No."]'
    found = written(told.format("g1", "g2", "g1"), told.format("c1", "c1", "c2"), tmp_path)
    assert found == [('"No."', 2, "Vronsky"), ('"No."', 3, "Anna")]


def test_a_line_that_is_no_quotation_to_the_reading_is_not_corrected(tmp_path: Path) -> None:
    assert written('[g1|"No."] [g1|"Yes."]', '"No." [c2|"Yes."]', tmp_path) == []


def test_a_result_is_kept_and_shown(tmp_path: Path) -> None:
    repair = measured("c1", "c2", "c1", "c2", "c1", "c1", "c1")
    run = RepairRun(novel="ByHand", words=9, quotes=7, chapters=4, seconds=1.0, repair=repair)
    result = make_result("repair", digest="abc", repairs=[run])
    save(result, place=tmp_path)
    assert load_results(tmp_path) == (result,)
    assert (result.corpus.novels, result.corpus.quotes) == (1, 7)
    shown = render([result])
    assert "## One correction" in shown
    assert "+0.50" in shown
    assert "**all**" in repair_table([run, run])
    assert repair_table([run, run]).splitlines()[-1].split()[3:8:2] == ["8", "4", "4"]
