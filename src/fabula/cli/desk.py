"""`fabula desk`: a story to look at and to correct in the browser, served on this computer to nobody else."""

from __future__ import annotations

import webbrowser
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fabula.cli.given import look
from fabula.cli.screen import talk
from fabula.errors import NotFound, NotReadable

if TYPE_CHECKING:
    from fabula.reader import Progress
    from fabula.story import Story
    from fabula.web.run import Running

__all__ = ["FileTools", "desk"]


def desk(
    story: Annotated[
        str | None,
        typer.Argument(
            metavar="[STORY]",
            help="A text (txt, Markdown, HTML, EPUB, DOCX, ODT) or a saved story; without it: open one there.",
            show_default=False,
        ),
    ] = None,
    port: Annotated[
        int, typer.Option("--port", metavar="NUMBER", min=0, max=65535, help="Where to listen; 0: any that is free.")
    ] = 0,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Open no browser, only say the address.")] = False,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Keep nothing of what is read.")] = False,
) -> None:
    """Open a story in the browser and correct it by a click; what you say is written beside it, and it is read anew."""
    from fabula.web import serve

    if story == "-":
        raise NotReadable("a desk needs a file", where="standard input", hint="Save it first, and give its name.")
    source = None if story is None else Path(story)
    if source is not None and not source.is_file():
        if source.is_dir():
            raise NotReadable("this is a folder, not a file", where=str(source), hint="Name the file in it.")
        raise NotFound(where=str(source))

    def opened(server: Running) -> None:
        talk(f"The desk is open at {server.address} (Ctrl-C closes it)")
        if not no_browser:
            webbrowser.open(server.address)

    folder = Path.cwd() if source is None else source.absolute().parent
    with suppress(KeyboardInterrupt):  # the way out that is announced
        serve(FileTools(use_cache=not no_cache), folder, story=source and source.absolute(), port=port, opened=opened)


class FileTools:
    """How the commands read a file."""

    def __init__(self, *, use_cache: bool) -> None:
        self._use_cache = use_cache

    def read(self, source: Path, *, corrections: Path | None, progress: Progress) -> Story:
        given = look(str(source))
        return given.story(corrections=corrections, use_cache=self._use_cache, tell=progress)

    def is_saved(self, source: Path) -> bool:
        return look(str(source)).saved

    def beside(self, source: Path) -> Path:
        beside = look(str(source)).beside
        assert beside is not None, "a file has a place beside it"
        return beside
