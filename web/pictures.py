"""Makes the pictures of the documentation: each view of the page of the shipped story, filled in by hand, the desk,
and the plots for notebooks.

python web/pictures.py      (the plots want vl-convert-python, which draws Vega-Lite without a browser)
"""

from __future__ import annotations

import base64
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "exports"), str(ROOT / "tests" / "web")]

from conftest import opened  # noqa: E402
from page_story import full_story  # noqa: E402

from benchmarks.browser import Browser, browser  # noqa: E402
from fabula.examples import NAME, example  # noqa: E402
from fabula.exports.page import to_page  # noqa: E402

INTO = ROOT / "docs" / "pictures"


def keep(page: Browser, name: str) -> None:
    """What is on the screen, as a small WebP."""
    shot = page.send("Page.captureScreenshot", format="webp", quality=82)
    (INTO / f"{name}.webp").write_bytes(base64.b64decode(shot["data"]))


def keep_desk(page: Browser, folder: Path) -> None:
    """The desk: the shipped story as it is read, a line asked about, and what one may say of it."""
    folder.mkdir()
    (folder / NAME).write_bytes(example())
    with opened(folder) as desk:
        page.send("Emulation.setDeviceMetricsOverride", width=1280, height=760, deviceScaleFactor=1, mobile=False)
        page.send("Emulation.setTouchEmulationEnabled", enabled=False)
        page.send("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "light"}])
        page.send("Page.navigate", url=desk.home)
        page.wait("document.querySelector('#files li')")
        page.click("#files button")
        page.wait("document.getElementById('desk') && performance.getEntriesByName('fabula:shown').length", seconds=60)
        page.pause()
        page.click('[data-q="0"]')
        page.wait("!document.querySelector('.card').hidden")
        page.pause()
        keep(page, "desk")
        page.send("Page.navigate", url="about:blank")


def keep_plots() -> None:
    """The plots that a notebook draws."""
    for name in ("orders", "presence", "relations"):
        getattr(full_story().plots, name)().save(INTO / f"plot-{name}.svg")


def main() -> None:
    """Take every picture again."""
    INTO.mkdir(exist_ok=True)
    keep_plots()
    with tempfile.TemporaryDirectory() as folder, browser() as page:
        file = Path(folder) / "page.html"
        file.write_text(to_page(full_story()), encoding="utf-8")
        page.open(file, high=760)
        page.hover('[data-q="0"]')
        page.wait("!document.querySelector('.card').hidden")
        page.pause()
        keep(page, "page-text")
        for view in ("orders", "scenes", "relations", "things", "knowledge", "secrets", "plans", "findings", "unsure"):
            page.go(view)
            keep(page, f"page-{view}")
        page.open(file, high=760, dark=True)
        page.go("cast")
        keep(page, "page-cast-dark")
        page.open(file, wide=390, high=760, phone=True)
        page.tap('[data-q="0"]')
        keep(page, "page-phone")
        keep_desk(page, Path(folder) / "desk")


if __name__ == "__main__":
    main()
