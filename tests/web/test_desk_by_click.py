"""Everything one may say on the desk, said by a click: it is heard, kept when the page is loaded again, taken back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from clicking import again, choose, fill, form, open_tale, point_at, press_button, story, undo

from benchmarks.browser import CHROMIUM, Browser
from fabula.examples import example
from tests.axe import needs_axe, serious

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: the desk is not tried in a browser")

BROKEN = "“Come in, said Anne Lee.\n\nMr. Carter sat down.\n\n“Thank you,” said Mr. Carter.\n"
NAMES = "form.people.map(p => p.name)"


def beside(tale: Path) -> Path:
    return tale.with_name(f"{tale.stem}.corrections.toml")


def test_two_people_become_one_and_two_again(page: Browser, tale: Path) -> None:
    open_tale(page)
    before = form(page, NAMES)
    assert {"Harcourt", "the inspector"} <= set(before)
    point_at(page, "Harcourt")
    fill(page, "The same as", "the inspector")
    assert len(form(page, NAMES)) == len(before) - 1
    again(page)
    assert len(form(page, NAMES)) == len(before) - 1
    assert "[[same]]" in beside(tale).read_text(encoding="utf-8")
    undo(page)
    assert sorted(form(page, NAMES)) == sorted(before)
    assert not beside(tale).exists()


def test_somebody_is_called_otherwise_and_by_the_old_name_again(page: Browser, tale: Path) -> None:
    open_tale(page)
    point_at(page, "Nell")
    fill(page, "Is called", "Nell Rowe of Penmarrow")
    assert "Nell Rowe of Penmarrow" in form(page, NAMES)
    assert "new: Nell Rowe of Penmarrow" in page.run("document.querySelector('#desk .changed').textContent")
    again(page)
    assert "Nell Rowe of Penmarrow" in page.run("document.querySelector('.legend').textContent")
    undo(page)
    assert "Nell" in form(page, NAMES)
    assert "Nell Rowe of Penmarrow" not in form(page, NAMES)
    assert not beside(tale).exists()


def test_somebody_tells_the_story_and_tells_it_no_more(page: Browser, tale: Path) -> None:
    open_tale(page)
    tellers = "form.people.filter(p => p.narrator).map(p => p.name)"
    assert form(page, tellers) == []
    point_at(page, "Nell")
    press_button(page, "Tells the story")
    assert form(page, tellers) == ["Nell"]
    again(page)
    page.go("cast")
    assert "tells the story" in page.run("document.querySelector('#view-cast').textContent")
    undo(page)
    assert form(page, tellers) == []
    assert not beside(tale).exists()


def test_a_scene_begins_here_and_does_not(page: Browser, tale: Path) -> None:
    open_tale(page)
    begins = "form.scenes.map(s => s.start)"
    before = form(page, begins)
    content = example().decode("utf-8")
    lines = list(re.finditer(r"(?<=\n\n)“[^”]*”", content))
    far = max(lines, key=lambda line: min(abs(line.start() - place) for place in [*before, len(content)]))
    page.go(f"at-{far.start()}-{far.end()}")
    choose(page, far[0])
    press_button(page, "A new scene begins with this paragraph")
    assert form(page, begins) == sorted([*before, far.start()])
    assert "Changed: 1 new scene" in page.run("document.querySelector('#desk .changed').textContent")
    again(page)
    page.go(f"at-{far.start()}-{far.end()}")
    choose(page, far[0])
    press_button(page, "No new scene here")
    assert form(page, begins) == before
    undo(page)
    assert form(page, begins) == before, "what it contradicted was taken away with it"
    assert not beside(tale).exists()


def test_a_scene_happened_before_another_and_as_told_again(page: Browser, tale: Path) -> None:
    open_tale(page)
    order = "form.scenes.map(s => s.order)"
    before = form(page, order)
    page.click('[data-s="3"] summary')
    page.run(
        "(() => { const [how, which] = document.querySelectorAll('[data-s=\"3\"] select'); "
        "how.value = 'before'; which.value = '0'; })()"
    )
    press_button(page, "Save", '[data-s="3"]')
    after = form(page, order)
    assert after[3] < after[0]
    again(page)
    assert form(page, order) == after
    page.go("orders")
    assert "Before scene 1: you have said so" in page.run("document.querySelector('#view-orders').textContent")
    undo(page)
    assert form(page, order) == before
    assert not beside(tale).exists()


@pytest.fixture
def broken(page: Browser, tale: Path) -> Path:
    """A story with one fault, open at its findings."""
    file = tale.with_name("broken.txt")
    file.write_text(BROKEN, encoding="utf-8")
    page.send("Page.reload")
    page.wait("[...document.querySelectorAll('#files li')].length === 2")
    page.click("#files li button")
    story(page)
    page.go("findings")
    return file


def test_a_finding_is_intended_and_open_again(page: Browser, broken: Path) -> None:
    assert page.run("document.querySelectorAll('.finding').length") == 1
    assert page.run("document.querySelectorAll('.finding.decided').length") == 0
    page.run("document.querySelector('.finding input').focus()")
    page.send("Input.insertText", text="she never stops")
    press_button(page, "Intended", ".finding")
    assert page.run("document.querySelector('.finding.decided .verdict').textContent") == "Intended: she never stops"
    again(page)
    assert page.run("location.hash") == "#findings"
    assert page.run("document.querySelector('.finding.decided .verdict').textContent") == "Intended: she never stops"
    assert 'reason = "she never stops"' in beside(broken).read_text(encoding="utf-8")
    undo(page)
    assert page.run("document.querySelectorAll('.finding.decided').length") == 0
    assert page.run("document.querySelectorAll('.finding').length") == 1
    assert not beside(broken).exists()


def test_a_verdict_on_a_finding_that_is_gone_is_one_line(page: Browser, broken: Path) -> None:
    """The page is behind: its finding has been mended in another window, and the text has stayed as it was."""
    page.run("document.querySelector('.finding').id = 'old'")
    key = form(page, "form.findings[0].key")
    page.run(
        "(real => { window.fetch = (where, given) => real(where, given?.body ? {...given, body: "
        f"given.body.replace('{key}', 'abcdef')}} : given); }})(window.fetch)"
    )
    page.click("#old .buttons button")
    page.wait("document.querySelector('#old .wrong:not([hidden])')")
    said = page.run("document.querySelector('#old .wrong:not([hidden])').textContent")
    assert "this finding is not found any more" in said
    assert "Nothing was written" in said
    assert not beside(broken).exists()
    assert [words for words in page.said if "status of 409" not in words] == [], "the browser tells of the refusal"
    page.said.clear()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])
@needs_axe
def test_axe_has_nothing_serious_to_say_once_something_was_said(
    page: Browser, tale: Path, dark: bool, phone: bool
) -> None:
    wide = 390 if phone else 1280
    page.send("Emulation.setDeviceMetricsOverride", width=wide, height=844, deviceScaleFactor=1, mobile=phone)
    scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    page.send("Emulation.setEmulatedMedia", features=[scheme])
    assert serious(page) == []
    open_tale(page)
    point_at(page, "Nell")
    press_button(page, "Tells the story")
    page.run("document.querySelector('#desk .written').open = true; 0")
    page.wait("document.querySelectorAll('#desk .entries li button').length === 1")
    assert serious(page) == []
    assert page.run("document.documentElement.scrollWidth") <= wide, "nothing is wider than the screen"
    page.run("document.querySelector('#desk .written').open = false; 0")
    page.click('[data-s="1"] summary')
    assert serious(page) == []
    assert page.run("document.documentElement.scrollWidth") <= wide
