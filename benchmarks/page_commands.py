"""What the command about the page does, and its table; prints, as `commands.py` does."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from statistics import median

from benchmarks.browser import CHROMIUM
from benchmarks.corpora.place import digest, folder, read_characters
from benchmarks.page_running import PageRun, measure_page
from benchmarks.reading import read
from benchmarks.records import Result, make_result, save
from benchmarks.tables import table
from fabula.story import Text

__all__ = ["ON_PAGES", "page_section"]

_LONG = "louisa-may-alcott_little-women"
"""The novel of Standard Ebooks that comes nearest to 200,000 words."""


def run_page(options: Namespace) -> None:
    """The page of a long novel; written as "page"."""
    if CHROMIUM is None:
        print("skipped: there is no Chromium here")
        return
    place = folder("novels")
    work = options.novels or _LONG
    file = place / f"{work}.txt.gz"
    story = read(Text.of(read_characters(file), name=f"{work}.txt"))
    run = measure_page(story, work=work, runs=options.runs or 5)
    print(page_table(run))
    name = options.name or ("" if options.novels else "page")
    if name:
        result = make_result(name, digest=digest([file], base=place), pages=[run], corpus="Standard Ebooks")
        print(f"written: benchmarks/results/{save(result).name}")


def page_table(run: PageRun) -> str:
    """What was measured, in one row."""
    head = ("work", "words", "MB", "shown after, ms", "pictures a second", "least", "ms each costs", "load")
    shown, rates = median(run.shown_ms), [one.rate for one in run.scrolled]
    row = [run.work, f"{run.words:,}", f"{run.megabytes:g}", f"{shown:.0f}", f"{run.rate:.1f}", f"{min(rates):.1f}"]
    return table(head, [[*row, f"{run.cost:.1f}", f"{run.load:g}"]])


def page_section(result: Result) -> list[str]:
    """The section of RESULTS.md."""
    machine = result.machine
    where = f"{result.date[:10]}, commit `{result.commit}`, {machine.cores} cores of {machine.cpu}, {machine.system}.\n"
    about = (
        "The page of a long novel in Chromium without a window, drawn by the processor; the median of several runs.\n"
        "What a picture costs is time of the page's own thread: at 60 pictures a second there are 16.7 ms for each.\n"
        "Load: how many programs wanted the machine in the minute before.\n"
    )
    return ["## The page\n", where, about, *(page_table(run) + "\n" for run in result.pages)]


ON_PAGES: dict[str, Callable[[Namespace], None]] = {"page": run_page}
"""What is measured of the page, by name."""
