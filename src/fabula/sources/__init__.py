"""Opens the file a story is in, whatever its format, and says which part of it is the story."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec

from fabula.errors import NotFound, NotReadable, TooLarge
from fabula.sources._decode import refuse_control_characters
from fabula.sources._kinds import Format, guess_format
from fabula.sources._prose import doubts, refuse_no_prose
from fabula.sources.apart import set_apart
from fabula.sources.docx import read_docx
from fabula.sources.epub import read_epub
from fabula.sources.html import read_html
from fabula.sources.md import read_md
from fabula.sources.odt import read_odt
from fabula.sources.txt import read_txt
from fabula.story.text import Text

__all__ = ["read_bytes", "read_source"]

MAX_FILE = 400_000_000
"""An illustrated EPUB may have some hundred megabytes of pictures; its words are bounded on their own."""

_READERS: Final[dict[Format, Callable[..., Text]]] = {
    "txt": read_txt,
    "md": read_md,
    "html": read_html,
    "epub": read_epub,
    "docx": read_docx,
    "odt": read_odt,
}


def read_source(path: Path | str, *, format: str | None = None) -> Text:
    """The text in a file: txt, md, html, epub, docx or odt.

    Args:
        format: one of these, if neither the file's suffix nor its contents should decide.

    Raises:
        NotFound: there is no such file.
        NotReadable: a folder, no permission, encrypted, broken, or a format Fabula does not read.
        NotText: binary data, a control character, an encoding error.
        NotProse: nothing in it can be read as a story.
        TooLarge: more than Fabula reads at once.
    """
    path = Path(path)
    return read_bytes(_bytes_of(path), name=path.name, format=format)


def read_bytes(data: bytes, *, name: str, format: str | None = None) -> Text:
    """The text in the bytes of a file called `name`; see `read_source`.

    Raises:
        NotReadable, NotText, NotProse, TooLarge: as `read_source`.
    """
    if len(data) > MAX_FILE:
        raise TooLarge("the file is over 400 MB", where=name, hint="Split it into volumes.")
    kind = guess_format(data, name=name, format=format)
    text = _READERS[kind](data, name=name)
    refuse_control_characters(text.content, name=name)
    refuse_no_prose(text.content, name=name)
    digest = hashlib.sha256(data).hexdigest()
    text = set_apart(msgspec.structs.replace(text, source=msgspec.structs.replace(text.source, digest=digest)))
    return msgspec.structs.replace(text, notes=(*text.notes, *doubts(text)))


def _bytes_of(path: Path) -> bytes:
    name = str(path)
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise NotReadable(
                "this is a folder, not a file", where=name, hint="Name the file in it that holds the story."
            )
        if not stat.S_ISREG(mode):
            raise NotReadable("this is a device or pipe, not a file", where=name, hint="Use - to read standard input.")
        with path.open("rb") as file:
            data = file.read(MAX_FILE + 1)
    except FileNotFoundError as error:
        raise NotFound(where=name) from error
    except PermissionError as error:
        raise NotReadable("you may not read this file", where=name, hint="Change its permissions.") from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise NotReadable(f"the file cannot be read ({why})", where=name, hint="Check the path.") from error
    return data
