"""The measure of the page: a row of what was measured, and a real page in a browser where there is one."""

from __future__ import annotations

import pytest

from benchmarks.browser import CHROMIUM
from benchmarks.page_commands import page_section
from benchmarks.page_running import PageRun, Scrolled, measure_page
from benchmarks.records import make_result
from benchmarks.report import render
from fabula.story import Story, Text

RUN = PageRun(
    work="a-novel",
    words=200_000,
    megabytes=2.5,
    shown_ms=(300.0, 200.0, 900.0),
    scrolled=(Scrolled(20.0, 3.0), Scrolled(60.0, 2.0), Scrolled(58.0, 9.0)),
    load=0.4,
)


def test_the_report_tells_the_middle_of_the_runs_and_the_worst() -> None:
    result = make_result("page", digest="0" * 64, pages=[RUN], corpus="Standard Ebooks")
    assert (result.corpus.novels, result.corpus.words) == (1, 200_000)
    (row,) = [line for part in page_section(result) for line in part.splitlines() if line.startswith("| a-novel")]
    assert [cell.strip() for cell in row.split("|")[1:-1]] == [
        "a-novel", "200,000", "2.5", "300", "58.0", "20.0", "3.0", "0.4",
    ]  # fmt: skip
    assert row in render([result])


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: the page is not measured")
def test_a_page_is_opened_and_scrolled_so_often() -> None:
    run = measure_page(Story(Text.of("A word.\n\n" * 400)), work="words", runs=2)
    assert (len(run.shown_ms), len(run.scrolled), run.words) == (2, 2, 800)
    assert run.rate > 0
    assert 0 < run.cost < 100
