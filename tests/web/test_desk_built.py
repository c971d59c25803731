"""What the desk sends to a browser is what its sources make."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from fabula.web.pages import home, script

WEB = Path(__file__).parents[2] / "web"


@pytest.mark.skipif(not WEB.is_dir(), reason="the sources of the desk are not here")
def test_the_built_desk_is_of_these_sources() -> None:
    sources = sorted(path for folder in ("desk", "src") for path in (WEB / folder).iterdir())
    sources.sort(key=lambda path: (path.parent.name, path.name))
    words = [path.read_text(encoding="utf-8") for path in (*sources, WEB / "build.mjs", WEB / "package-lock.json")]
    digest = hashlib.sha256("\0".join(words).encode()).hexdigest()[:16]
    for name in ("desk.js", "desk.css", "home.js", "home.css"):
        assert f"sources {digest}".encode() in script(name), "run `npm run build` in web/"


def test_what_is_built_is_small_and_asks_nobody() -> None:
    for name in ("desk.js", "desk.css", "home.js", "home.css", "home.html"):
        built = re.sub(rb"(?s)/\*.*?\*/", b"", script(name))
        assert len(built) < (120_000 if name == "home.css" else 30_000), "the letters are in it"
        assert b"http" not in built.replace(b"http://www.w3.org/2000/svg", b"").replace(b"http-equiv", b"")


def test_the_pages_of_the_desk_have_no_script_of_their_own() -> None:
    page, rules = home("../../")
    assert b"<script>" not in page
    assert b'src="../../home.js"' in page
    assert "unsafe" not in rules
