"""Windows already read, kept so that a text that has changed is read again only where it changed."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol
from zlib import crc32

import msgspec

from fabula.encode.pages import Page

__all__ = ["FileShelf", "MemoryShelf", "Shelf"]

_LARGEST = 400_000_000
"""Bytes kept: some twelve novels of 120,000 words, each about 33 MB."""
_PATIENCE = 5
"""Seconds to wait while another Fabula writes."""


class Shelf(Protocol):
    """Where pages are kept by the name of what they show."""

    def take(self, names: Sequence[bytes]) -> Mapping[bytes, Page]:
        """Those of the pages that are there."""

    def put(self, pages: Mapping[bytes, Page]) -> None:
        """Keep pages."""


class MemoryShelf:
    """Pages kept while the program runs: for whoever reads one text again and again."""

    def __init__(self) -> None:
        self._pages: dict[bytes, Page] = {}

    def take(self, names: Sequence[bytes]) -> Mapping[bytes, Page]:
        return {name: self._pages[name] for name in names if name in self._pages}

    def put(self, pages: Mapping[bytes, Page]) -> None:
        self._pages.update(pages)


class FileShelf:
    """Pages kept in one file, those longest unused dropped first. Where no file can be used nothing is kept, and where
    it is damaged it is begun anew.

    Args:
        path: of the file; it and its folder are made when something is kept.
        largest: how many bytes of pages are kept.
    """

    def __init__(self, path: Path, *, largest: int = _LARGEST) -> None:
        self._path, self._largest = path, largest

    def take(self, names: Sequence[bytes]) -> Mapping[bytes, Page]:
        found: dict[bytes, Page] = {}

        def look(base: sqlite3.Connection) -> None:
            for name in names:
                row = base.execute("SELECT content FROM page WHERE name = ?", (name,)).fetchone()
                if row is not None:
                    found[name] = _unsealed(row[0])
            now = _now(base)
            base.executemany("UPDATE page SET used = ? WHERE name = ?", [(now, name) for name in found])

        if self._path.is_file():
            self._open(look)
        return found

    def put(self, pages: Mapping[bytes, Page]) -> None:
        def keep(base: sqlite3.Connection) -> None:
            base.execute("CREATE TABLE IF NOT EXISTS page (name BLOB PRIMARY KEY, used INTEGER, content BLOB)")
            base.execute("CREATE INDEX IF NOT EXISTS by_use ON page (used)")
            now = _now(base)
            rows = ((name, now, _sealed(page)) for name, page in pages.items())
            base.executemany("INSERT OR REPLACE INTO page VALUES (?, ?, ?)", rows)
            self._trim(base)

        if pages:
            self._open(keep)

    def _open(self, work: Callable[[sqlite3.Connection], None]) -> None:
        """Do some work with the file, as far as it goes: what is wrong with the file harms no reading."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with contextlib.closing(sqlite3.connect(self._path, timeout=_PATIENCE)) as base, base:
                work(base)
        except (sqlite3.OperationalError, OSError):
            return  # in use, not to be written, or the disk is full
        except (sqlite3.DatabaseError, msgspec.MsgspecError):
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)

    def _trim(self, base: sqlite3.Connection) -> None:
        held = base.execute("SELECT ifnull(sum(length(content)), 0) FROM page").fetchone()[0]
        rows = base.execute("SELECT name, length(content) FROM page ORDER BY used, rowid")
        gone = []
        for name, size in rows:
            if held <= self._largest:
                break
            gone.append((name,))
            held -= size
        base.executemany("DELETE FROM page WHERE name = ?", gone)


def _now(base: sqlite3.Connection) -> int:
    """The number of this use: one more than any before."""
    number: int = base.execute("SELECT ifnull(max(used), 0) + 1 FROM page").fetchone()[0]
    return number


def _sealed(page: Page) -> bytes:
    """A page as bytes, after the sum that shows whether they are still the same: the file proves nothing by itself."""
    content = msgspec.msgpack.encode(page)
    return crc32(content).to_bytes(4, "big") + content


def _unsealed(kept: bytes) -> Page:
    if crc32(kept[4:]).to_bytes(4, "big") != kept[:4]:
        raise sqlite3.DatabaseError("what was kept is damaged")
    return msgspec.msgpack.decode(kept[4:], type=Page)
