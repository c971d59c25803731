"""What the desk needs from the program around it: how a file is read, and where its corrections lie."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from fabula.story import Story

__all__ = ["Progress", "Tools"]

Progress = Callable[[str, int, int], None]


class Tools(Protocol):
    """How files become stories."""

    def read(self, source: Path, *, corrections: Path | None, progress: Progress) -> Story:
        """The story of a file, with the corrections heard."""

    def is_saved(self, source: Path) -> bool:
        """Whether the file is a saved story, which hears no corrections."""

    def beside(self, source: Path) -> Path:
        """Where the corrections of a source lie."""
