"""What the user sees while and after a story is read: progress, talk, and pages that no name can disturb."""

from __future__ import annotations

import io
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

__all__ = ["columns", "one_line", "page_bytes", "plain", "progress", "show", "speak_utf8", "talk"]

_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Characters that would steer a terminal instead of standing on it: controls, direction overrides, half characters."""

_WIDTH_OF_A_PIPE = 100
"""Columns where there is no terminal to ask: a file or another program."""


def speak_utf8() -> None:
    """Let everything printed be UTF-8, the same bytes on every system, and never fail on a character."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def plain(words: str) -> str:
    """Words of the story as a terminal may show them: what would steer it becomes a visible sign."""
    return _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", words)


def one_line(message: str) -> str:
    """A message as exactly one line."""
    return plain(" ".join(message.split()))


def talk(message: str) -> None:
    """Say something to the user that is not part of the answer."""
    sys.stderr.write(one_line(message) + "\n")


def columns() -> int:
    """How wide the page may be: the terminal's width, the same for every file and pipe."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else _WIDTH_OF_A_PIPE


def show(page: RenderableType) -> None:
    """Print a page on standard output, coloured only where a terminal shows it."""
    if sys.stdout.isatty() and not isinstance(page, str):
        _console().print(page)
    else:
        sys.stdout.write(page_bytes(page).decode())


def page_bytes(page: RenderableType) -> bytes:
    """A page as a plain text file: UTF-8, no colours, no white space at the ends of lines."""
    if isinstance(page, str):
        return page.encode()
    from rich.console import Console

    out = io.StringIO()
    Console(file=out, width=_WIDTH_OF_A_PIPE, markup=False, emoji=False, highlight=False, color_system=None).print(page)
    return "".join(row.rstrip() + "\n" for row in out.getvalue().splitlines()).encode()


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None] | None]:
    """A callable that draws how far a reading has come, on standard error; None where that is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(bar_width=30), TimeElapsedColumn())
    with Progress(*columns, console=_console(stderr=True), transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def advance(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(plain(stage), total=None)
            bar.update(tasks[stage], completed=done, total=max(total, 1))

        yield advance


def _console(*, stderr: bool = False) -> Console:
    from rich.console import Console

    width = shutil.get_terminal_size().columns
    return Console(stderr=stderr, width=width, highlight=False, markup=False, emoji=False)
