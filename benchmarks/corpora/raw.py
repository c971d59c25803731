"""Works without known answers, for speed and for the law that every cut joins back."""

from __future__ import annotations

from pathlib import Path

from benchmarks.corpora.place import DataAbsent, folder, read_characters
from fabula.story import Text

__all__ = ["file_name", "list_files", "open_text"]


def list_files(corpus: str, *, root: Path | None = None) -> tuple[Path, ...]:
    """The text files of a corpus folder, packed or not, in alphabetical order.

    Raises:
        DataAbsent: if the corpus is not on this machine.
    """
    place = folder(corpus, root=root)
    files = tuple(sorted(path for path in place.iterdir() if path.name.endswith((".txt", ".txt.gz"))))
    if not files:
        raise DataAbsent(place)
    return files


def file_name(path: Path) -> str:
    """The name of a work's file without its endings: "105_persuasion"."""
    return path.name.removesuffix(".gz").removesuffix(".txt")


def open_text(path: Path) -> Text:
    """The text of one file, every line end as it is in the file."""
    return Text.of(read_characters(path), name=file_name(path))
