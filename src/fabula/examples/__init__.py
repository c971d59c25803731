"""A short story that comes with Fabula, to try things on."""

from __future__ import annotations

from importlib.resources import files

__all__ = ["NAME", "example"]

NAME = "the_heavy_pound.txt"
"""The file's name. The story was written for this project and is under its licence."""


def example() -> bytes:
    """The example story as it lies on disk: plain text in UTF-8."""
    return files(__name__).joinpath(NAME).read_bytes()
