"""Reads plain text: the text is the file."""

from __future__ import annotations

from fabula.sources._decode import decode
from fabula.story.text import Source, Text

__all__ = ["read_txt"]


def read_txt(data: bytes, *, name: str) -> Text:
    """The decoded file, newlines untouched.

    Raises:
        NotText, NotProse, TooLarge: see `fabula.errors`.
    """
    return Text(content=decode(data, name=name), source=Source(name=name, format="txt"))
