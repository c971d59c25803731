"""M8: which breaks count, and which count as hit."""

from __future__ import annotations

import pytest
from gold_by_hand import known_scenes, reading

from benchmarks.metrics.breaks import measure_breaks
from benchmarks.metrics.hits import Hits


def hits(right: int, said: int, known: int) -> Hits:
    return Hits.counted(right, said=said, known=known)


def test_exact_and_within_a_paragraph() -> None:
    result = measure_breaks(reading("ab|cde|fg|h"), known_scenes("abc|de|fgh"))
    assert result.exact == hits(1, said=3, known=2)
    assert result.near == hits(2, said=3, known=2)
    assert result.exact.f1 == pytest.approx(2 / 5)
    assert result.near.f1 == pytest.approx(4 / 5)


def test_two_paragraphs_away_is_a_miss() -> None:
    assert measure_breaks(reading("abcd|e"), known_scenes("ab|cde")).near == hits(0, said=1, known=1)


def test_one_break_hits_but_one_other() -> None:
    result = measure_breaks(reading("abc|def"), known_scenes("ab|cd|ef"))
    assert result.near == hits(1, said=1, known=2)
    chain = measure_breaks(reading("a|bc|def"), known_scenes("ab|c|def"))
    assert chain.near == hits(2, said=2, known=2)


def test_chapters_and_the_beginning_are_given() -> None:
    result = measure_breaks(reading("|ab|#cd|e"), known_scenes("ab#cd|e"))
    assert result.exact == hits(1, said=1, known=1)


def test_a_scene_may_begin_at_its_heading_or_break_or_behind_it() -> None:
    known = known_scenes("ab*cd#ef")
    for cut in ("ab|*cd|#ef", "ab*|cd#|ef"):
        assert measure_breaks(reading(cut), known).exact == hits(1, said=1, known=1)


def test_unmarked_ones_are_scored_apart() -> None:
    result = measure_breaks(reading("ab|*cd|e|fg"), known_scenes("ab*cd|efg"))
    assert result.exact == hits(2, said=3, known=2)
    assert result.unmarked == hits(1, said=2, known=1)
    assert result.unmarked_near == hits(1, said=2, known=1)


def test_a_missed_mark_is_no_miss_among_the_unmarked() -> None:
    result = measure_breaks(reading("ab*cd"), known_scenes("ab*cd"))
    assert result.exact == hits(0, said=0, known=1)
    assert result.exact.f1 == 0
    assert result.unmarked == hits(0, said=0, known=0)
