"""Everything that can go wrong while reading, each with what happened, where, and what to do next.

FabulaError
├── SourceError            the file cannot be read as a text
│   ├── NotFound             there is no such file
│   ├── NotReadable          a folder, a locked file, an encrypted or broken container
│   ├── NotText              binary data, or characters no text can hold
│   ├── NotProse             there is nothing in it to read as a story
│   └── TooLarge             it is larger than Fabula reads at once
├── StoryFileError         a saved story cannot be opened
├── CorrectionsError       the corrections file cannot be used at all
│   └── Contradiction        a new entry does not go with one that is written already
├── PackError              the model pack is missing, damaged, or of another format
├── NotRead                a layer was asked for that this reading did not produce
├── NotInStory             a question about somebody or something the story does not have
├── NotWritten             the result could not be written where it was asked for
├── Behind                 somebody clicked on a page that is behind the story
└── PortInUse              somebody else listens where the desk was to be opened
"""

from __future__ import annotations

__all__ = [
    "Behind",
    "Contradiction",
    "CorrectionsError",
    "FabulaError",
    "NotFound",
    "NotInStory",
    "NotProse",
    "NotRead",
    "NotReadable",
    "NotText",
    "NotWritten",
    "PackError",
    "PortInUse",
    "SourceError",
    "StoryFileError",
    "TooLarge",
]


NO_FILE, CHECK_PATH = "there is no such file", "Check the path and its spelling."
"""What is wrong with a file that is not there, whatever it was to be, and what to do next."""


class FabulaError(Exception):
    """The root of the family. `str(error)` is one line: what, where, what next.

    Args:
        what: what is wrong, in a few words.
        where: the file, and the line or place in it.
        hint: what the user can do next.
    """

    def __init__(self, what: str, *, where: str = "", hint: str = "") -> None:
        self.what = what
        self.where = where
        self.hint = hint
        line = f"{where}: {what}" if where else what
        super().__init__(" ".join(f"{line}. {hint}".split()) if hint else " ".join(line.split()))


class SourceError(FabulaError):
    """The source cannot be read as a text."""


class NotFound(SourceError):
    """There is no such file."""

    def __init__(self, what: str = NO_FILE, *, where: str, hint: str = CHECK_PATH) -> None:
        super().__init__(what, where=where, hint=hint)


class NotReadable(SourceError):
    """A folder, a file without permission, an encrypted or broken container."""


class NotText(SourceError):
    """Binary data, an undecodable encoding, control characters."""


class NotProse(SourceError):
    """There is nothing in the source that can be read as a story."""


class TooLarge(SourceError):
    """The source is larger than Fabula reads at once, or unpacks to something that is."""


class StoryFileError(FabulaError):
    """A saved story cannot be opened: not JSON, another schema, damaged."""


class CorrectionsError(FabulaError):
    """The corrections file cannot be used at all (one bad entry only gives a note)."""


class Contradiction(CorrectionsError):
    """A new entry does not go with one that is written already. `line`: of that one, 0 where it is not known."""

    line: int = 0


class PackError(FabulaError):
    """The model pack is missing, damaged, or of another format."""


class NotRead(FabulaError):
    """A layer was asked for that this reading did not produce. Not read is not empty."""


class NotInStory(FabulaError):
    """A question about somebody or something the story does not have."""


class NotWritten(FabulaError):
    """The result could not be written where it was asked for; nothing was changed."""


class Behind(FabulaError):
    """Somebody clicked on a page that is behind: what they would change has been changed meanwhile."""


class PortInUse(FabulaError):
    """Somebody else listens where the desk was to be opened."""
