"""Fabula reads a work of fiction and implements the world it describes.

story = fabula.read("novel.epub")
story.quotes_by("Elizabeth")
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fabula.errors import (
    Behind,
    Contradiction,
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
    PortInUse,
    SourceError,
    StoryFileError,
    TooLarge,
)
from fabula.story import (
    Apart,
    Branch,
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
    Matter,
    Mention,
    Moment,
    Object,
    Order,
    Paragraph,
    Plan,
    Possession,
    Quote,
    Reason,
    Relation,
    Rest,
    Run,
    Scene,
    Secret,
    Seen,
    Source,
    Span,
    Statement,
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
    "Behind",
    "Branch",
    "Chapter",
    "Character",
    "Contradiction",
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
    "Matter",
    "Mention",
    "Moment",
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
    "PortInUse",
    "Possession",
    "Quote",
    "Reason",
    "Relation",
    "Rest",
    "Run",
    "Scene",
    "Secret",
    "Seen",
    "Source",
    "SourceError",
    "Span",
    "Statement",
    "Story",
    "StoryFileError",
    "Text",
    "TooLarge",
    "open_story",
    "read",
    "save_story",
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
    corrections: str | Path | None = None,
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
        raise NotFound(where=str(file)) from error
    except OSError as error:
        what = "a folder, not a saved story" if file.is_dir() else f"cannot be read: {error.strerror}"
        raise StoryFileError(what, where=str(file), hint="Give the file that `fabula read -o` wrote.") from error
    return from_json(data, name=str(file))


def save_story(story: Story, path: str | Path) -> None:
    """Save a story as JSON, to be opened by `open_story`; whole or not at all.

    Raises:
        NotWritten: if it cannot be written there; what was there before is untouched.
    """
    from fabula.files import write
    from fabula.story import to_json

    write(to_json(story), Path(path))
