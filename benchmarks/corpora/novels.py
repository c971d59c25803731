"""Works from Standard Ebooks, one author each, whose chapters and scene breaks are marked."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import msgspec

from benchmarks.corpora.place import folder, read_characters
from benchmarks.corpora.raw import file_name, list_files, open_text
from fabula.story import Text

__all__ = ["Work", "load_text", "manifest", "names"]


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """A work as the manifest lists it. `words` are counted there; `scene_breaks` are those the edition marks."""

    slug: str
    title: str
    author: str
    year: str
    words: int
    chapters: int
    scene_breaks: int
    licence: str


def manifest(*, root: Path | None = None) -> tuple[Work, ...]:
    """Every work of the collection, in the manifest's order.

    Raises:
        DataAbsent: if the collection is not on this machine.
    """
    rows = csv.DictReader(io.StringIO(read_characters(folder("novels", root=root) / "MANIFEST.csv"), newline=""))
    return tuple(msgspec.convert(row, Work, strict=False) for row in rows)


def names(*, root: Path | None = None) -> tuple[str, ...]:
    """The slugs of the texts at hand, in alphabetical order."""
    return tuple(file_name(path) for path in list_files("novels", root=root))


def load_text(slug: str, *, root: Path | None = None) -> Text:
    """The text of one work: `# ` headings, `* * *` breaks, `_italics_`, `> ` set-off passages."""
    return open_text(next(path for path in list_files("novels", root=root) if file_name(path) == slug))
