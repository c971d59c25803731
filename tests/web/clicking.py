"""What one does on the desk in a browser, as the tests of it say it: open, choose a line, write a name, wait."""

from __future__ import annotations

import json
from typing import Any

from benchmarks.browser import Browser

__all__ = [
    "again",
    "choose",
    "correct",
    "drop",
    "fill",
    "form",
    "newly",
    "number",
    "open_tale",
    "point_at",
    "press_button",
    "speaker",
    "story",
    "told",
    "undo",
]


def story(page: Browser) -> None:
    """Until the story is there, dressed and quiet."""
    page.wait("document.getElementById('desk') && performance.getEntriesByName('fabula:shown').length", seconds=60)
    page.pause()


def open_tale(page: Browser) -> None:
    page.click("#files button")
    story(page)


def drop(page: Browser, name: str, content: str) -> None:
    """A file let fall on the page."""
    page.run(
        f"(() => {{ const data = new DataTransfer(); data.items.add(new File([{json.dumps(content)}], "
        f"{json.dumps(name)})); dispatchEvent(new DragEvent('drop', {{dataTransfer: data, cancelable: true}})); }})()"
    )


def number(page: Browser, words: str) -> int:
    """The line that begins with these words."""
    found: int = page.run(
        f"[...document.querySelectorAll('[data-q]')].find(q => q.textContent.startsWith({json.dumps(words)})).dataset.q"
    )
    return int(found)


def choose(page: Browser, words: str) -> None:
    """Click on a line itself, and on no name in it."""
    line = f"document.querySelector('[data-q=\"{number(page, words)}\"]')"
    page.run(f"{line}.scrollIntoView({{block: 'center'}}); {line}.click()")
    page.pause()


def speaker(page: Browser, words: str) -> str:
    page.press("Escape")
    choose(page, words)
    said: str = page.run("document.querySelector('.card .says').textContent")
    page.press("Escape")
    return said


def correct(page: Browser, words: str, by: str) -> None:
    """Choose a line, write who says it, press Enter, and wait for what that changes."""
    page.press("Escape")
    choose(page, words)
    page.run("(() => { const i = document.querySelector('.card .mend input'); i.focus(); i.select(); })()")
    page.send("Input.insertText", text=by)
    before = page.run("document.querySelector('meta[name=fabula-desk]').content")
    page.press("Enter")
    newly(page, before)


def newly(page: Browser, before: str) -> None:
    page.wait(
        f"document.querySelector('meta[name=fabula-desk]')?.content && "
        f"JSON.parse(document.querySelector('meta[name=fabula-desk]').content).number > {json.loads(before)['number']}",
        seconds=60,
    )
    story(page)


def told(page: Browser) -> str:
    content: str = page.run("document.querySelector('meta[name=fabula-desk]').content")
    return content


def point_at(page: Browser, name: str) -> None:
    """Click on the first mention of somebody by this name, and open what one may say of them."""
    mark = page.run(
        f"[...document.querySelectorAll('.book [data-m]')].find(m => m.textContent === {json.dumps(name)})?.dataset.m"
    )
    assert mark is not None, name
    page.press("Escape")
    page.click(f'[data-m="{mark}"]')
    page.wait("!document.querySelector('.card').hidden")
    page.run("for (const d of document.querySelectorAll('.card .mend details')) d.open = true; 0")
    page.pause()


def fill(page: Browser, label: str, words: str) -> None:
    """Write into the field of the card that has this label, and press Enter; until the story is read anew."""
    focus = (
        f"(() => {{ const l = [...document.querySelectorAll('.card label')].find(l => l.textContent.trim() === "
        f"{json.dumps(label)}); const i = l.querySelector('input'); i.focus(); i.select(); "
        "return document.activeElement === i; })()"
    )
    assert page.run(focus)
    page.send("Input.insertText", text=words)
    before = told(page)
    page.press("Enter")
    newly(page, before)


def press_button(page: Browser, words: str, within: str = ".card") -> None:
    """Click on a button by its words; until the story is read anew."""
    page.run(
        f"(() => {{ const all = [...document.querySelectorAll({json.dumps(within + ' button')})]; "
        f"for (const b of all) delete b.dataset.pressed; "
        f"all.find(b => b.textContent === {json.dumps(words)}).dataset.pressed = ''; }})()"
    )
    before = told(page)
    page.click("[data-pressed]")
    newly(page, before)


def undo(page: Browser) -> None:
    """Take the last thing back, by the button that tells what it changed or, without one, that of the bar."""
    page.press("Escape")
    before = told(page)
    page.click("#desk .changed:not([hidden]) button, #desk > button:not(:has(~ .news .changed:not([hidden])))")
    newly(page, before)


def again(page: Browser) -> None:
    """Load the page again."""
    page.send("Page.reload")
    page.pause()
    story(page)


def form(page: Browser, what: str) -> Any:
    """A value of the plain form that the page is drawn from, as an expression on it."""
    return page.run(f"(form => {what})(JSON.parse(document.getElementById('story').textContent))")
