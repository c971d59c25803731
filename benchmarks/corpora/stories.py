"""The user's own story, on which the product is accepted or not."""

from __future__ import annotations

from pathlib import Path

from benchmarks.corpora.raw import file_name, list_files, open_text
from fabula.story import Text

__all__ = ["load_text", "names"]

_FOLDER = "../stories"


def names(*, root: Path | None = None) -> tuple[str, ...]:
    """The names of the stories at hand.

    Raises:
        DataAbsent: if there is none on this machine.
    """
    return tuple(file_name(path) for path in list_files(_FOLDER, root=root))


def load_text(name: str, *, root: Path | None = None) -> Text:
    """The text of one story."""
    return open_text(next(path for path in list_files(_FOLDER, root=root) if file_name(path) == name))
