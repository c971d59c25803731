"""Writing several files into a folder without losing anything that stands there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from fabula.errors import NotWritten
from fabula.files import replace_file

__all__ = ["write_folder"]

_LIST = ".fabula-export.json"
"""In every folder written: what was written, with the digest of each file, so that the next export knows its own."""


def write_folder(files: Mapping[str, bytes], folder: Path, *, never_over: tuple[Path | None, ...]) -> None:
    """Put files into a folder that is new, empty, or holds what an earlier export wrote and nobody changed.

    Files of an earlier export that this one does not have are removed. Others in the folder are left alone, and none is
    ever written over.

    Raises:
        NotWritten: if one of the files would be written over something else, or cannot be written.
    """
    if folder.exists() and not folder.is_dir():
        raise NotWritten("a file stands there", where=str(folder), hint="This format is several files: name a folder.")
    if not folder.parent.is_dir():
        raise NotWritten("there is no such folder", where=str(folder.parent), hint="Make it first.")
    own = _own(folder)
    for name in files:
        _refuse_foreign(folder, name, own, never_over)
    _refuse_foreign(folder, _LIST, {**own, _LIST: ""} if own else own, never_over)
    try:
        for name, data in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            replace_file(folder / name, data)
        for name in own.keys() - files.keys():
            (folder / name).unlink()
        listed = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
        replace_file(folder / _LIST, json.dumps(listed, indent=1, ensure_ascii=False).encode() + b"\n")
    except OSError as error:
        raise NotWritten(
            f"cannot be written: {error.strerror or error}", where=str(error.filename or folder), hint="Try again."
        ) from error


def _own(folder: Path) -> dict[str, str]:
    """The files in a folder that an earlier export wrote and that are still as it wrote them."""
    try:
        listed = json.loads((folder / _LIST).read_bytes())
    except (OSError, ValueError):
        return {}
    if not isinstance(listed, dict):
        return {}
    return {
        name: digest for name, digest in listed.items() if _is_inside(folder, name) and _digest(folder / name) == digest
    }


def _digest(path: Path) -> str | None:
    try:
        return None if path.is_symlink() else hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


def _is_inside(folder: Path, name: str) -> bool:
    """Whether a name leads to a place in the folder, by no path around it and through no link."""
    try:
        return (folder / name).parent.resolve().is_relative_to(folder.resolve()) and Path(name).name not in ("", "..")
    except (OSError, ValueError):
        return False


def _refuse_foreign(folder: Path, name: str, own: Mapping[str, str], kept: tuple[Path | None, ...]) -> None:
    path = folder / name
    if not _is_inside(folder, name):
        raise NotWritten("leads out of the folder", where=str(path), hint="Choose another folder.")
    if name not in own and (path.exists() or path.is_symlink()):
        raise NotWritten(
            "this file is not Fabula's, or was changed since", where=str(path), hint="Choose another folder."
        )
    if any(one is not None and one.exists() and path.exists() and path.samefile(one) for one in kept):
        raise NotWritten("this is the file to be read", where=str(path), hint="Choose another folder.")
