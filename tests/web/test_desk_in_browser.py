"""The desk in a real browser: open a file, read it, correct a line, see its neighbour change, undo, find it kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from clicking import choose, correct, drop, newly, number, open_tale, speaker, story, told

from benchmarks.browser import CHROMIUM, Browser
from fabula.cli.desk import FileTools
from fabula.examples import example
from tests.axe import needs_axe, serious

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: the desk is not tried in a browser")

CROOKED = "“You’re crooked, Gran,”"


def test_open_read_hover_correct_undo_reload(page: Browser, desk: Any, tale: Path) -> None:
    open_tale(page)
    page.hover(f'[data-q="{number(page, CROOKED)}"]')
    page.wait("document.querySelector('.card:not([hidden]) .says')?.textContent.includes('Nell')")
    assert speaker(page, "“Leave it.”").strip().startswith("Ruth Pellow")
    page.run("scrollTo(0, 150)")
    correct(page, CROOKED, "Ruth Pellow")
    assert "heard differently" in page.run("document.querySelector('#desk .changed').textContent")
    assert page.run("CSS.highlights.get('changed').size") > 1
    assert "Ruth Pellow says" in speaker(page, CROOKED)
    assert speaker(page, "“Leave it.”").strip().startswith("Nell"), "the neighbour is mended too"
    page.send("Page.reload")
    page.pause()
    story(page)
    assert "Ruth Pellow says" in speaker(page, CROOKED), "it is kept"
    before = told(page)
    page.click("#desk > button")
    newly(page, before)
    assert "Nell says" in speaker(page, CROOKED)
    assert not tale.with_name("tale.corrections.toml").exists()


@pytest.mark.parametrize("high", [500, 760, 1000])
def test_a_card_with_all_that_one_may_say_covers_not_its_own_line(page: Browser, high: int) -> None:
    page.send("Emulation.setDeviceMetricsOverride", width=1280, height=high, deviceScaleFactor=1, mobile=False)
    open_tale(page)
    page.click(f'[data-q="{number(page, CROOKED)}"]')
    page.wait("!document.querySelector('.card').hidden")
    line, card = (
        page.run(f"(r => [r.top, r.bottom])(document.querySelector({json.dumps(what)}).getClientRects()[0])")
        for what in (f'[data-q="{number(page, CROOKED)}"]', ".card")
    )
    assert card[1] <= line[0] or line[1] <= card[0]
    assert 0 <= card[0] < card[1] <= high


def test_a_dropped_file_is_read_and_what_is_said_of_it_is_kept(page: Browser, desk: Any, tale: Path) -> None:
    drop(page, "dropped.txt", example().decode("utf-8") + "\n\nThe end of it.\n")
    story(page)
    correct(page, CROOKED, "Ruth Pellow")
    assert "Ruth Pellow" in tale.with_name("dropped.corrections.toml").read_text(encoding="utf-8")


def test_a_chosen_file_that_is_no_story_is_one_line(page: Browser) -> None:
    drop(page, "picture.png", "\x00\x01\x02")
    page.wait("document.querySelector('#wrong:not([hidden])')?.textContent.includes('picture.png')")
    assert "\n" not in page.run("document.querySelector('#wrong').textContent")
    page.click("#back")
    page.wait("document.querySelector('#files li')")


def test_the_slider_stays_where_it_was_when_something_is_said(page: Browser) -> None:
    open_tale(page)
    page.run(
        "(() => { const s = document.getElementById('limit'); s.value = 30; s.dispatchEvent(new Event('input')); })()"
    )
    page.pause()
    correct(page, CROOKED, "Ruth Pellow")
    page.pause()
    assert page.run("document.getElementById('limit').value") == "30"
    assert page.run("document.documentElement.classList.contains('partly')")


def test_two_that_are_one_a_scene_and_its_order(page: Browser, tale: Path) -> None:
    open_tale(page)
    scenes = page.run("document.querySelectorAll('[data-s]').length")
    page.click('[data-s="1"] summary')
    page.wait("document.querySelector('[data-s=\"1\"] details').open")
    before = told(page)
    page.click('[data-s="1"] .panel > .button-and-word button')
    newly(page, before)
    assert page.run("document.querySelectorAll('[data-s]').length") == scenes - 1
    before = told(page)
    page.click('[data-s="1"] summary')
    page.click('[data-s="1"] form button')
    page.pause()
    assert not page.run("document.querySelector('.scene .wrong:not([hidden])')?.textContent")
    newly(page, before)
    written = tale.with_name("tale.corrections.toml").read_text(encoding="utf-8")
    assert "goes_on" in written
    assert "[[order]]" in written


def test_a_stranger_is_added_by_a_second_click(page: Browser, tale: Path) -> None:
    open_tale(page)
    choose(page, CROOKED)
    page.run("(() => { const i = document.querySelector('.card .mend input'); i.focus(); i.select(); })()")
    page.send("Input.insertText", text="Miss Penrose")
    page.press("Enter")
    page.wait("document.querySelector('.card .wrong button')")
    assert "nobody in this story is called" in page.run("document.querySelector('.card .wrong').textContent")
    assert [words for words in page.said if "status of 422" not in words] == [], "the browser tells of the refusal"
    page.said.clear()
    before = told(page)
    page.click(".card .wrong button")
    newly(page, before)
    assert "Miss Penrose says" in speaker(page, CROOKED)


def test_two_windows_see_what_either_says(page: Browser, desk: Any, tale: Path) -> None:
    open_tale(page)
    book = page.run("location.pathname.split('/').at(-2)")
    before = told(page)
    known = json.loads(before)
    asked = {"do": "said", "at": example().decode().index(CROOKED), "by": "Ruth Pellow"}
    status, _ = desk.say(f"/book/{book}/say", {"text": known["text"], "heard": known["heard"], "say": asked})
    assert status == 200
    newly(page, before)
    assert "Ruth Pellow says" in speaker(page, CROOKED)


def test_the_list_takes_back_one_of_several(page: Browser, tale: Path) -> None:
    tale.with_name("tale.corrections.toml").write_text(
        '[[same]]\nnames = ["Harcourt", "the inspector"]\n\n[[narrator]]\nname = "Nell"\n', encoding="utf-8"
    )
    open_tale(page)
    page.click("#desk .written summary")
    page.wait("document.querySelectorAll('#desk .entries li').length === 2")
    before = told(page)
    page.click("#desk .entries li button")
    newly(page, before)
    assert tale.with_name("tale.corrections.toml").read_text(encoding="utf-8").strip() == '[[narrator]]\nname = "Nell"'


def test_a_desk_that_is_closed_says_so(chromium: Browser, opener: Any, tale: Path) -> None:
    with opener(tale.parent) as desk:
        chromium.send("Page.navigate", url=desk.home)
        chromium.wait("document.querySelector('#files li')")
        open_tale(chromium)
    chromium.wait("document.querySelector('#desk .wrong:not([hidden])')?.textContent.includes('does not answer')")
    chromium.send("Page.navigate", url="about:blank")


def test_progress_is_shown_while_it_is_read(page: Browser, opener: Any, tale: Path) -> None:
    class Slow(FileTools):
        def read(self, source: Path, **given: Any) -> Any:
            given["progress"]("every word in its place", 12, 24)
            going.wait(30)
            return super().read(source, **given)

    import threading

    going = threading.Event()
    with opener(tale.parent, None, Slow(use_cache=True)) as slow:
        page.send("Page.navigate", url=slow.home)
        page.wait("document.querySelector('#files li')")
        page.click("#files button")
        page.wait("document.querySelector('#meter')?.value === 0.5")
        assert "every word in its place" in page.run("document.querySelector('#told').textContent")
        going.set()
        story(page)
        page.send("Page.navigate", url="about:blank")
        page.asked.clear()
    page.said.clear()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@needs_axe
def test_axe_has_nothing_serious_to_say_of_the_desk(page: Browser, dark: bool) -> None:
    page.send(
        "Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
    )
    assert serious(page) == []
    open_tale(page)
    page.click("#desk .written summary")
    assert serious(page) == []
    page.click("#desk .written summary")
    choose(page, CROOKED)
    page.run("for (const d of document.querySelectorAll('.card details')) d.open = true; 0")
    page.pause()
    assert serious(page) == []
