"""Makes the pictures of `docs/page.md`: the page of the shipped story, every layer of it filled in by hand.

python web/pictures.py
"""

from __future__ import annotations

import base64
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "exports"))

from page_browser import Browser, browser  # noqa: E402
from page_story import full_story  # noqa: E402

from fabula.exports.page import to_page  # noqa: E402

INTO = ROOT / "docs" / "pictures"


def keep(page: Browser, name: str) -> None:
    """What is on the screen, as a small WebP."""
    shot = page.send("Page.captureScreenshot", format="webp", quality=82)
    (INTO / f"{name}.webp").write_bytes(base64.b64decode(shot["data"]))


def main() -> None:
    """Take every picture again."""
    INTO.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, browser() as page:
        file = Path(folder) / "page.html"
        file.write_text(to_page(full_story()), encoding="utf-8")
        page.open(file, high=760)
        page.hover('[data-q="0"]')
        page.wait("!document.querySelector('.card').hidden")
        page.pause()
        keep(page, "page-text")
        for view in ("orders", "scenes"):
            page.go(view)
            keep(page, f"page-{view}")
        page.open(file, high=760, dark=True)
        page.go("cast")
        keep(page, "page-cast-dark")
        page.open(file, wide=390, high=760, phone=True)
        page.tap('[data-q="0"]')
        keep(page, "page-phone")


if __name__ == "__main__":
    main()
