"""Writing a file whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import stat
import sys
from collections.abc import Iterable
from pathlib import Path

from fabula.errors import NotWritten

__all__ = ["replace_file", "write"]


def write(data: bytes, path: Path | None, *, never_over: Iterable[Path | None] = ()) -> None:
    """Put `data` into a file, or on standard output where `path` is None or "-".

    A file is written under another name beside it and moved when it is whole, so there is never half of one.

    Args:
        never_over: files that must not be lost: the source itself, the corrections.

    Raises:
        NotWritten: if it cannot be written; what was there before is untouched.
    """
    if path is None or str(path) == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    for kept in never_over:
        if kept is not None and _same(kept, path):
            raise NotWritten("this is the file to be read", where=str(path), hint="Choose another name to write to.")
    if path.is_dir():
        raise NotWritten("a folder stands there", where=str(path), hint="Give the name of a file.")
    if not path.parent.is_dir():
        raise NotWritten("there is no such folder", where=str(path.parent), hint="Make it first.")
    try:
        if _is_device(path):
            path.write_bytes(data)
        else:
            replace_file(path.resolve(), data)
    except OSError as error:
        raise NotWritten(
            f"cannot be written: {error.strerror or error}", where=str(path), hint="Nothing was changed."
        ) from error


def replace_file(path: Path, data: bytes) -> None:
    """Write under a passing name in the same folder, then move.

    Raises:
        OSError: if either fails; the passing file is gone then.
    """
    passing = path.with_name(f".{path.name[:100]}.{secrets.token_hex(6)}.part")
    try:
        with passing.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            with contextlib.suppress(OSError):
                shutil.copymode(path, passing)
        passing.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            passing.unlink(missing_ok=True)
        raise


def _same(a: Path, b: Path) -> bool:
    try:
        return a.samefile(b)
    except OSError:
        return False


def _is_device(path: Path) -> bool:
    """Whether the path is something that may not be replaced by a file: /dev/null, a named pipe."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode)
