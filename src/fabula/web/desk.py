"""The desk itself: the stories that lie on it, one reader who reads them in turn, and those who look on."""

from __future__ import annotations

import asyncio
import hashlib
import queue
import secrets
import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fabula.errors import FabulaError, NotReadable, NotWritten
from fabula.web.book import Book
from fabula.web.tools import Tools

__all__ = ["Desk", "file_name"]

_LONGEST_NAME = 150
"""Bytes; most file systems take 255, and what is said of a story is kept under its name and more."""
_RESERVED = frozenset({"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10))})
"""Names that Windows keeps for itself, whatever stands behind them."""
_OFTEN = 0.1
"""Seconds between two words on how far a reading is."""
_LISTED = 300
"""Files of the folder that are offered."""
_READ = (".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".epub", ".docx", ".odt", ".json")


class _Dropped(Exception):
    """A reading that nobody waits for any more."""


class Desk:
    """What is open, and its one reader. Close it to leave nothing behind.

    Args:
        folder: whose files are offered, and where corrections of files dropped on the desk are written.
    """

    def __init__(self, tools: Tools, folder: Path) -> None:
        self.tools, self.folder = tools, folder
        self.books: dict[str, Book] = {}
        self._passing = Path(tempfile.mkdtemp(prefix="fabula-desk-"))
        self._asked: queue.SimpleQueue[Book | None] = queue.SimpleQueue()
        self._waiting: set[str] = set()
        self._closing = False
        self._listeners: set[Callable[[dict[str, Any]], None]] = set()
        self._reader = threading.Thread(target=self._read_all, name="fabula-reader", daemon=True)
        self._reader.start()

    def close(self) -> None:
        """Stop reading, and take away what was put aside."""
        self._closing = True
        self._asked.put(None)
        self._reader.join(timeout=10)
        shutil.rmtree(self._passing, ignore_errors=True)

    def open(self, source: Path) -> Book:
        """Lay a file on the desk, and have it read; one that lies there already stays as it is, unless it could not be
        read and has changed since."""
        for book in self.books.values():
            if book.source == source:
                if book.error is not None and book.stamp() != book.read_of:
                    self.read_again(book)
                return book
        saved = self.tools.is_saved(source)
        return self._lay(source, None if saved else self.tools.beside(source), passing=False)

    def files(self) -> list[str]:
        """The files of the folder that can be opened, by name."""
        try:
            found = [p.name for p in self.folder.iterdir() if p.suffix.lower() in _READ and p.is_file()]
        except OSError:
            return []
        return sorted(name for name in found if not name.startswith("."))[:_LISTED]

    def open_here(self, name: str) -> Book:
        """Open a file of the folder. A name that is not on its list is nobody's, whatever path it spells.

        Raises:
            NotReadable: if there is none of this name.
        """
        if name not in self.files():
            raise NotReadable("there is no such file in the folder of this desk", hint="Choose one that is listed.")
        return self.open(self.folder / name)

    def put_aside(self, name: str) -> Path:
        """Where a file that is dropped on the desk is kept while the desk is open.

        Raises:
            NotWritten: if there is no room for it.
        """
        try:
            folder = self._passing / secrets.token_hex(6)
            folder.mkdir()
        except OSError as error:
            raise NotWritten(f"cannot be kept: {error.strerror}", where=name, hint="Is the disk full?") from error
        return folder / file_name(name)

    def open_dropped(self, file: Path) -> Book:
        """Open a file that was put aside: in its place if it lies in the folder, else with its corrections there."""
        here, digest = self.folder / file.name, _digest(file)
        if here.is_file() and _digest(here) == digest:
            shutil.rmtree(file.parent, ignore_errors=True)
            return self.open(here)
        for book in self.books.values():
            if book.passing and book.name == file.name and _digest(book.source) == digest:
                shutil.rmtree(file.parent, ignore_errors=True)
                return book
        if self.tools.is_saved(file):
            return self._lay(file, None, passing=True)
        beside = self.tools.beside(here)
        if here.exists():  # another text of that name: its corrections are not this one's
            beside = beside.with_name(f"{here.stem}-{digest[:8]}{beside.name.removeprefix(here.stem)}")
        return self._lay(file, beside, passing=True)

    def read_again(self, book: Book) -> None:
        """Have a story read as soon as the reader is free; once, however often it is asked."""
        if book.id not in self._waiting:
            self._waiting.add(book.id)
            book.busy = {"stage": "waiting", "done": 0, "whole": 0}
            self._tell(book, "reading", **book.busy)
            self._asked.put(book)

    def look_round(self) -> None:
        """Have every story read again whose files have changed."""
        for book in list(self.books.values()):
            if book.busy is None and book.stamp() != book.read_of:
                self.read_again(book)

    def listen(self) -> tuple[asyncio.Queue[dict[str, Any]], Callable[[], None]]:
        """A queue of what happens on the desk, and how to listen no longer. Call it in the event loop."""
        loop, heard = asyncio.get_running_loop(), asyncio.Queue[dict[str, Any]]()

        def tell(event: dict[str, Any]) -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(heard.put_nowait, event)

        self._listeners.add(tell)
        return heard, lambda: self._listeners.discard(tell)

    def state(self, book: Book) -> dict[str, Any]:
        """How a story stands."""
        reading = book.reading
        return {
            "book": book.id,
            "name": book.name,
            "number": reading.number if reading else 0,
            "busy": book.busy,
            "error": book.error,
            "corrections": str(book.corrections) if book.corrections else None,
        }

    def _lay(self, source: Path, corrections: Path | None, *, passing: bool) -> Book:
        book = Book(secrets.token_hex(4), source, corrections, self.tools, passing=passing)
        self.books[book.id] = book
        self.read_again(book)
        return book

    def _tell(self, book: Book, what: str, **more: Any) -> None:
        for listener in list(self._listeners):
            listener({"what": what, "book": book.id, **more})

    def _read_all(self) -> None:
        while (book := self._asked.get()) is not None:
            self._waiting.discard(book.id)
            try:
                self._read(book)
            except _Dropped:
                continue

    def _read(self, book: Book) -> None:
        last = 0.0

        def progress(stage: str, done: int, whole: int) -> None:
            nonlocal last
            if self._closing or book.id in self._waiting:
                raise _Dropped
            now = time.monotonic()
            if now - last > _OFTEN or done == 0:
                last = now
                book.busy = {"stage": stage, "done": done, "whole": whole}
                self._tell(book, "reading", **book.busy)

        try:
            reading = book.read(progress)
        except FabulaError as error:
            self._failed(book, str(error))
        except (MemoryError, RecursionError, OSError) as error:
            self._failed(
                book, f"{book.name}: {error or type(error).__name__}. Check the file, the memory and the disk."
            )
        except _Dropped:
            raise
        except Exception as error:  # noqa: BLE001 – one story's fault must not take the others from the desk
            self._failed(book, f"a fault in Fabula itself ({type(error).__name__}: {error}). Please report it.")
        else:
            book.error = book.busy = None
            self._tell(book, "ready", number=reading.number)

    def _failed(self, book: Book, what: str) -> None:
        book.error, book.busy = " ".join(what.split()), None
        book.read_of = book.stamp()
        self._tell(book, "failed", error=book.error)


def file_name(given: str) -> str:
    """A name for a file from whatever a browser says it is called: no path, nothing hidden or not to be shown."""
    last = given.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(c for c in last if c.isprintable() and c not in '<>:"|?*').strip(" .")
    stem, dot, suffix = kept.rpartition(".")
    name = f"{_cut(stem)}{dot}{suffix[:12]}" if stem else _cut(kept)
    return f"_{name}" if name.partition(".")[0].upper() in _RESERVED else name or "story.txt"


def _cut(name: str) -> str:
    """As much of a name as any file system takes with what is written behind it; they count bytes."""
    return name.encode("utf-8", "ignore")[:_LONGEST_NAME].decode("utf-8", "ignore")


def _digest(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as content:
        while chunk := content.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()
