"""Where the works lie on this machine, how their files are opened, and a digest that says they are unchanged."""

from __future__ import annotations

import gzip
import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

__all__ = ["DataAbsent", "data_root", "digest", "folder", "read_characters"]

REPOSITORY = Path(__file__).resolve().parents[2]


class DataAbsent(Exception):
    """A corpus is not on this machine. `str(error)` is one line that says where it was looked for."""

    def __init__(self, place: Path) -> None:
        self.place = place
        super().__init__(f"skipped: no data at {_readable(place)} (set FABULA_DATA)")

    def __reduce__(self) -> tuple[type[DataAbsent], tuple[Path]]:
        """So that it comes whole out of another process."""
        return DataAbsent, (self.place,)


def data_root() -> Path:
    """The data folder: FABULA_DATA, or `../shared/data` beside the repository. It need not exist."""
    given = os.environ.get("FABULA_DATA")
    return Path(given) if given else REPOSITORY.parent / "shared" / "data"


def folder(name: str, *, root: Path | None = None) -> Path:
    """The folder of one corpus.

    Raises:
        DataAbsent: if there is no such folder.
    """
    place = ((root or data_root()) / name).resolve()
    if not place.is_dir():
        raise DataAbsent(place)
    return place


def read_characters(path: Path) -> str:
    """The characters of a UTF-8 file, packed (`.gz`) or not, every line end as it is in the file."""
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8", newline="") as packed:
            return packed.read()
    with path.open(encoding="utf-8", newline="") as plain:
        return plain.read()


def digest(paths: Iterable[Path], *, base: Path) -> str:
    """SHA-256 over the names (below `base`) and unpacked bytes of the files, in order of name; hexadecimal."""
    total = hashlib.sha256()
    for path in sorted(paths):
        data = path.read_bytes()
        data = gzip.decompress(data) if path.suffix == ".gz" else data
        total.update(f"{path.relative_to(base).as_posix()}\0{len(data)}\0".encode())
        total.update(data)
    return total.hexdigest()


def _readable(place: Path) -> str:
    beside = REPOSITORY.parent
    return f"../{place.relative_to(beside).as_posix()}" if place.is_relative_to(beside) else str(place)
