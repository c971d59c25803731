"""Fabula reads a work of fiction and implements the world it describes.

story = fabula.read("novel.epub")
story.quotes_by("Elizabeth")
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fabula.errors import (
    CorrectionsError,
    FabulaError,
    NotFound,
    NotInStory,
    NotProse,
    NotRead,
    NotReadable,
    NotText,
    NotWritten,
    PackError,
    SourceError,
    StoryFileError,
    TooLarge,
)
from fabula.story import (
    Apart,
    Chapter,
    Character,
    Death,
    Dependency,
    Entity,
    Event,
    Fact,
    Finding,
    Knowledge,
    Layers,
    Mark,
    Mention,
    Object,
    Order,
    Paragraph,
    Plan,
    Possession,
    Quote,
    Relation,
    Run,
    Scene,
    Secret,
    Source,
    Span,
    Story,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fabula.encode import Shelf
    from fabula.models import ModelPack
    from fabula.reader import Progress
    from fabula.story import Book

__all__ = [
    "Apart",
    "Chapter",
    "Character",
    "CorrectionsError",
    "Death",
    "Dependency",
    "Entity",
    "Event",
    "FabulaError",
    "Fact",
    "Finding",
    "Knowledge",
    "Layers",
    "Mark",
    "Mention",
    "NotFound",
    "NotInStory",
    "NotProse",
    "NotRead",
    "NotReadable",
    "NotText",
    "NotWritten",
    "Object",
    "Order",
    "PackError",
    "Paragraph",
    "Plan",
    "Possession",
    "Quote",
    "Relation",
    "Run",
    "Scene",
    "Secret",
    "Source",
    "SourceError",
    "Span",
    "Story",
    "StoryFileError",
    "Text",
    "TooLarge",
    "open_story",
    "read",
]


def __getattr__(name: str) -> str:
    """`__version__`, looked up when it is asked for: what tells it takes a tenth of the start."""
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib.metadata import version

    return version("fabula")


def read(
    source: str | Path | Text,
    *,
    corrections: Path | None = None,
    cast: Book | Sequence[Book] = (),
    pack: ModelPack | None = None,
    shelf: Shelf | None = None,
    progress: Progress | None = None,
) -> Story:
    """Read a work of fiction: a file (txt, md, html, epub, docx, odt) or a `Text` at hand.

    Args:
        corrections: a file with what the user says is so.
        cast: the earlier books of a series, whose people keep their ids: a `Story` or the file of a saved one, or
            a corrections file with a cast list; or several of these.
        pack: another model pack than the one that is shipped: what `fabula.models.open_pack` opens.
        shelf: where what was read is kept, so that a text that has changed is read anew only there: a
            `fabula.encode.MemoryShelf` or `FileShelf`. Without one nothing is kept.
        progress: called with the stage's name, how much of it is done, and how much there is.

    Raises:
        SourceError: if the file cannot be read as a text.
        CorrectionsError: if the corrections file cannot be used.
        PackError: if the model pack is missing or damaged.
    """
    from fabula.reader import read as read_now

    return read_now(source, corrections=corrections, cast=cast, pack=pack, shelf=shelf, progress=progress)


def open_story(path: str | Path) -> Story:
    """Open a story saved as JSON, by this or an earlier Fabula.

    Raises:
        NotFound: if there is no such file.
        StoryFileError: if the file is not a saved story.
    """
    from fabula.story import from_json

    file = Path(path)
    try:
        data = file.read_bytes()
    except FileNotFoundError as error:
        raise NotFound("no such file", where=str(file), hint="Look at the name and the folder.") from error
    except OSError as error:
        raise StoryFileError(f"cannot be read: {error.strerror}", where=str(file), hint="Is it a file?") from error
    return from_json(data, name=str(file))
