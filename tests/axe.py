"""What axe-core, which looks for barriers to readers with disabilities, has to say of a page in the browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.browser import Browser

__all__ = ["needs_axe", "serious"]

_AXE = Path(__file__).parents[1] / "web" / "node_modules" / "axe-core" / "axe.min.js"
_VIOLATIONS = (
    "axe.run(document, {resultTypes: ['violations']}).then(r => r.violations.filter(v => "
    "['serious', 'critical'].includes(v.impact)).map(v => v.id + ': ' + v.nodes[0].html))"
)

needs_axe = pytest.mark.skipif(not _AXE.is_file(), reason="needs axe-core: `npm ci` in web/")


def serious(page: Browser) -> list[str]:
    """The serious and critical barriers on the page as it is now."""
    if not page.run("!!window.axe"):
        page.run(_AXE.read_text(encoding="utf-8") + "; 0")
    found: list[str] = page.run(_VIOLATIONS)
    return found
