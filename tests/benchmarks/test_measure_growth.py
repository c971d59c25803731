"""Whether time and memory grow with the words, and the picture of it."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from benchmarks.metrics.growth import Grown, GrowthResult, fit, join_works, measure_growth, steepness
from benchmarks.metrics.speed import count_stretches, first_stretches
from benchmarks.pack_report import draw_growth
from benchmarks.pack_tables import growth_table
from benchmarks.plot import Panel, draw
from benchmarks.records import make_result
from benchmarks.report import render

COMMAND = [sys.executable, "-c", "import sys; open(sys.argv[1]).read()"]


def grown(power: float) -> GrowthResult:
    points = [Grown(n, round(1 + 1e-4 * n**power, 2), 100 + n / 1000) for n in (1_000, 50_000, 500_000, 2_000_000)]
    return GrowthResult(
        works=("a", "b"),
        runs=1,
        pack="by hand",
        points=tuple(points),
        seconds=fit([(p.words, p.seconds) for p in points]),
        memory=fit([(p.words, p.peak_mib) for p in points]),
        seconds_steepness=steepness([(p.words, p.seconds) for p in points]),
        memory_steepness=steepness([(p.words, p.peak_mib) for p in points]),
    )


def test_a_line_is_found_again() -> None:
    line = fit([(0, 2.0), (10, 4.0), (20, 6.0)])
    assert (line.start, round(line.slope, 6), line.r2) == (2.0, 0.2, 1.0)
    assert line.at(5) == pytest.approx(3)
    assert fit([(3, 7.0)]) == fit([(3, 7.0), (3, 7.0)])


def test_a_square_is_no_line() -> None:
    assert grown(1.0).seconds_steepness == pytest.approx(0.95, abs=0.05)
    square = [(words, words**2 / 1e9) for words in (50_000, 100_000, 400_000, 2_000_000)]
    assert steepness(square) == pytest.approx(2)
    assert fit(square).r2 < 0.99  # which alone would not have told


def test_small_sizes_do_not_count_for_the_steepness() -> None:
    assert steepness([(1_000, 5.0), (50_000, 6.0), (100_000, 12.0)]) == 1.0
    assert steepness([(1_000, 5.0)]) == 1.0


def test_works_are_joined_until_there_are_enough_words() -> None:
    works = [("one", "a b c\n"), ("two", "d e\n"), ("three", "f\n")]
    assert join_works(works, 4) == (("one", "two"), "a b c\n\n\nd e\n")
    with pytest.raises(ValueError, match="94 words short of 100"):
        join_works(works, 100)


def test_words_are_stretches_without_white_space() -> None:
    assert count_stretches("It's  a--dash, \n…") == 3
    assert first_stretches("It's  a--dash, \n…", 2) == "It's  a--dash,"
    assert first_stretches("few words", 9) == "few words"


def test_each_size_is_a_run_of_its_own() -> None:
    told: list[Grown] = []
    growth = measure_growth(
        [("one", "word " * 80), ("two", "word " * 80)], sizes=(10, 100), runs=2, command=COMMAND, tell=told.append
    )
    assert growth.works == ("one", "two")
    assert tuple(told) == growth.points
    assert [point.words for point in growth.points] == [10, 100]
    assert all(point.seconds > 0 and point.peak_mib > 1 for point in growth.points)


def test_the_report_shows_the_table_and_the_picture() -> None:
    result = make_result("growth", digest="abc", growth=grown(1.0))
    text = render([result])
    assert growth_table(grown(1.0)) in text
    assert f"(results/{result.date[:10]}-growth.svg)" in text


def test_the_picture_is_whole_and_holds_every_point(tmp_path: Path) -> None:
    root = ET.fromstring(draw_growth(grown(1.0)))
    circles = [one for one in root.iter() if one.tag.endswith("circle")]
    assert len(circles) == 8
    for circle in circles:
        assert 0 <= float(circle.attrib["cx"]) <= 460
        assert 0 <= float(circle.attrib["cy"]) <= 330
    words = [one.text for one in root.iter() if one.tag.endswith("text")]
    assert {"seconds", "MiB", "words", "2 M", "0"} <= set(words)


@pytest.mark.parametrize("most", [0.0, 0.4, 1.0, 7.0, 9.99, 450.0, 1_000_000.0])
def test_axes_reach_beyond_every_point(most: float) -> None:
    picture = draw([Panel(title="<t>", across="x", up="y", points=[(1, most)], start=-1.0, slope=most)])
    root = ET.fromstring(picture)
    (circle,) = (one for one in root.iter() if one.tag.endswith("circle"))
    assert 39.9 <= float(circle.attrib["cy"]) <= 278.1
