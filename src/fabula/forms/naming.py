"""Names that other programs accept: for files in any folder, and for voices in a script."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

__all__ = ["file_names", "voice_names"]

_NOT_IN_FILES = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff<>:\"/\\|?*#^\[\]%]+")
"""What Windows, Obsidian's links or a terminal would stumble over."""

_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_LONGEST = 80
"""Characters of a file's name: with the folders around it far below the 255 bytes of every file system."""


def file_names(names: Iterable[str]) -> list[str]:
    """A file name without suffix for each, in order: none empty, none a path, no two alike whatever their capitals."""
    given: set[str] = set()
    return [_apart(_plain(name), given, between=" ") for name in names]


def voice_names(names: Iterable[str]) -> list[str]:
    """A name of letters and digits alone for each, in order ("Mr. Weston" is MrWeston); no two alike."""
    given: set[str] = set()
    spelled = (re.sub(r"['’]", "", name) for name in names)
    parts = (re.split(r"[\W_]+", name) for name in spelled)
    return [
        _apart("".join(part[:1].upper() + part[1:] for part in each) or "Voice", given, between="") for each in parts
    ]


def _plain(name: str) -> str:
    words = " ".join(_NOT_IN_FILES.sub(" ", unicodedata.normalize("NFC", name)).split())
    words = words[:_LONGEST].strip(" .")
    return f"{words} _" if _RESERVED.match(words) else words or "Unnamed"


def _apart(name: str, given: set[str], *, between: str) -> str:
    """The name, with a number where it was given before."""
    number, tried = 2, name
    while tried.casefold() in given:
        tried, number = f"{name}{between}{number}", number + 1
    given.add(tried.casefold())
    return tried
