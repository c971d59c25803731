"""What was read before, kept in the user's cache folder: stories, and the windows of texts that may yet change."""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from fabula.errors import FabulaError
from fabula.files import replace_file
from fabula.story import SCHEMA, Story, from_json, to_json

if TYPE_CHECKING:
    from fabula.encode import Shelf

__all__ = ["digest_of", "folder", "key", "recall", "remember", "shelf"]

_LARGEST_CACHE = 500_000_000
"""Bytes kept: about a hundred novels, each 3 to 6 MB as JSON."""

_A_DAY = 86_400
_CHUNK = 1 << 20


def folder() -> Path:
    """Where read stories are kept."""
    return _home() / "stories"


def shelf() -> Shelf:
    """Where the encoder's windows are kept: a story of which one sentence was changed is read anew only there."""
    from fabula.encode import FileShelf

    return FileShelf(_home() / "windows.sqlite")


def _home() -> Path:
    """The user's cache folder for Fabula; the environment variable FABULA_CACHE names another."""
    asked = os.environ.get("FABULA_CACHE")
    if asked:
        return Path(asked)
    from platformdirs import user_cache_path

    return user_cache_path("fabula", appauthor=False)


def digest_of(path: Path, *, limit: int) -> str | None:
    """The SHA-256 of a file's bytes; None where it cannot be read or holds more than `limit` bytes."""
    digest = hashlib.sha256()
    try:
        if not path.is_file() or path.stat().st_size > limit:
            return None
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except OSError:
        return None
    return digest.hexdigest()


def key(*, source: str, name: str, corrections: str, pack: str) -> str:
    """What a reading depends on, as one name: the source and its name, the corrections, the pack, this very Fabula."""
    parts = (source, name, corrections, str(SCHEMA), pack, _this_fabula())
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def recall(name: str) -> Story | None:
    """The story kept under this key; None where there is none, or it is damaged."""
    path = _path(name)
    try:
        story = from_json(path.read_bytes(), name=str(path))
    except (OSError, FabulaError, RecursionError):
        return None
    with contextlib.suppress(OSError):
        os.utime(path)
    return story


def remember(name: str, story: Story) -> None:
    """Keep a story under this key, and drop the ones longest unused. A cache that cannot be written is none."""
    path = _path(name)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, to_json(story))
        _trim(path.parent)
        _sweep(path.parent)


def _path(name: str) -> Path:
    return folder() / f"{name}.json"


def _trim(where: Path) -> None:
    """Remove what was longest unused until the rest fits."""
    kept = []
    for path in where.glob("*.json"):
        with contextlib.suppress(OSError):
            state = path.stat()
            kept.append((state.st_mtime_ns, state.st_size, path))
    size = sum(entry[1] for entry in kept)
    for _, bytes_held, path in sorted(kept):
        if size <= _LARGEST_CACHE:
            return
        with contextlib.suppress(OSError):
            path.unlink()
            size -= bytes_held


def _sweep(where: Path) -> None:
    """Remove what a reading that was cut off left half-written, a day old or more."""
    for path in where.glob(".*.part"):
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > _A_DAY:
                path.unlink()


def _this_fabula() -> str:
    """Names the code that reads: its files' sizes and times, so that no change to Fabula is answered from before it."""
    root = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.suffix in (".py", ".txt", ".json") and "examples" not in path.parts:
            state = path.stat()
            digest.update(f"{path.relative_to(root).as_posix()} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()
