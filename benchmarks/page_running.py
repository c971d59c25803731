"""How large a long novel's page is, how soon it is shown, how smoothly it scrolls, in a browser without a window."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from statistics import median

import msgspec

from benchmarks.browser import Browser, browser
from fabula.exports.page import to_page
from fabula.story import Story

__all__ = ["PageRun", "Scrolled", "measure_page", "scroll"]

_SCROLL = (
    "new Promise(done => { let n = 0; const from = performance.now(); const step = () => { n++; scrollBy(0, 60); "
    "const t = performance.now() - from; if (t < 1500) requestAnimationFrame(step); else done([n, t]); }; "
    "requestAnimationFrame(step); })"
)


class Scrolled(msgspec.Struct, frozen=True):
    """A second and a half of scrolling by a script: pictures a second, and what each costs the page's own thread, in
    milliseconds of its time alone; the second does not depend on what else the machine is doing."""

    rate: float
    cost: float


class PageRun(msgspec.Struct, frozen=True, kw_only=True):
    """A page, several times. `load` is how many programs wanted the machine in the minute before."""

    work: str
    words: int
    megabytes: float
    shown_ms: tuple[float, ...]
    scrolled: tuple[Scrolled, ...]
    load: float

    @property
    def rate(self) -> float:
        return median(one.rate for one in self.scrolled)

    @property
    def cost(self) -> float:
        return median(one.cost for one in self.scrolled)


def scroll(page: Browser) -> Scrolled:
    """Scroll the open page sixty pixels a picture, for a second and a half."""
    page.send("Performance.enable", timeDomain="threadTicks")
    before = _busy(page)
    pictures, took = page.run(_SCROLL)
    return Scrolled(rate=round(1000 * pictures / took, 1), cost=round(1000 * (_busy(page) - before) / pictures, 2))


def measure_page(story: Story, *, work: str, runs: int) -> PageRun:
    """Open the story's page so often, and scroll it each time."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    with tempfile.TemporaryDirectory() as folder, browser() as page:
        file = Path(folder) / "page.html"
        file.write_text(to_page(story), encoding="utf-8")
        shown, scrolled = [], []
        for _ in range(runs):
            page.open(file)
            shown.append(page.run("performance.getEntriesByName('fabula:shown')[0].startTime"))
            scrolled.append(scroll(page))
        return PageRun(
            work=work,
            words=len(story.text.content.split()),
            megabytes=round(file.stat().st_size / 1_000_000, 2),
            shown_ms=tuple(round(time) for time in shown),
            scrolled=tuple(scrolled),
            load=round(load, 2),
        )


def _busy(page: Browser) -> float:
    """Seconds that the page's thread has worked so far."""
    metrics = page.send("Performance.getMetrics")["metrics"]
    return float(next(metric["value"] for metric in metrics if metric["name"] == "TaskDuration"))
