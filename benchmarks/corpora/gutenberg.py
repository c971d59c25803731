"""The full Project Gutenberg texts of LitBank's books, with the header and the licence around them."""

from __future__ import annotations

from pathlib import Path

from benchmarks.corpora.raw import file_name, list_files, open_text
from fabula.story import Text

__all__ = ["load_text", "names"]


def names(*, root: Path | None = None) -> tuple[str, ...]:
    """The names of the texts at hand ("105_persuasion"), in alphabetical order.

    Raises:
        DataAbsent: if the collection is not on this machine.
    """
    return tuple(file_name(path) for path in list_files("gutenberg", root=root))


def load_text(name: str, *, root: Path | None = None) -> Text:
    """The text of one book."""
    return open_text(next(path for path in list_files("gutenberg", root=root) if file_name(path) == name))
