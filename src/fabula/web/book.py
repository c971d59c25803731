"""One story on the desk: its file, what is said of it, and its reading as it is now."""

from __future__ import annotations

import contextlib
import hashlib
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from fabula.errors import Behind, Contradiction, CorrectionsError, FabulaError, NotWritten
from fabula.files import write
from fabula.story import Story
from fabula.story.corrections import VerdictEntry
from fabula.story.corrections.edit import without_entry, without_last_entry
from fabula.story.corrections.file import file_content, read_corrections
from fabula.story.corrections.write import with_entries
from fabula.web.asked import Asked, entries_of
from fabula.web.changes import Changes, changes
from fabula.web.tools import Progress, Tools

__all__ = ["Book", "Reading"]

_KEPT = 200
"""States of the corrections file that are remembered, to tell what somebody who clicks has seen of it."""


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """One reading, whole: the story, of which file it is, which corrections it heard, what it changed."""

    number: int
    story: Story
    text: str
    heard: str
    changed: Changes = Changes()


class Book:
    """A story that lies on the desk. Its methods may be called from any thread.

    Args:
        corrections: where what is said of it is written; None for a saved story, which hears nothing.
    """

    def __init__(self, id_: str, source: Path, corrections: Path | None, tools: Tools, *, passing: bool) -> None:
        self.id, self.source, self.corrections, self.passing = id_, source, corrections, passing
        self.reading: Reading | None = None
        self.error: str | None = None
        self.busy: dict[str, Any] | None = None
        self._tools, self._lock = tools, threading.Lock()
        self._seen: dict[str, str] = {}
        self._decided: tuple[VerdictEntry, ...] = ()
        self.read_of: tuple[object, ...] = ()

    @property
    def name(self) -> str:
        return self.source.name

    def stamp(self) -> tuple[object, ...]:
        """Tells whether the files are still those that were read."""
        return (_stamp(self.source), None if self.corrections is None else _stamp(self.corrections))

    def read(self, progress: Progress) -> Reading:
        """Read it anew and keep that reading.

        Raises:
            FabulaError: if it cannot be read; the reading before stays.
        """
        stamp, heard = self.stamp(), self._remembered(self._content())
        hearing = self.corrections if self.corrections is not None and self.corrections.is_file() else None
        story = self._tools.read(self.source, corrections=hearing, progress=progress)
        before = self.reading
        self.reading = Reading(
            number=before.number + 1 if before else 1,
            story=story,
            text=hashlib.sha256(story.text.content.encode("utf-8", "surrogatepass")).hexdigest(),
            heard=heard,
            changed=changes(before.story, story) if before else Changes(),
        )
        self.read_of = stamp
        return self.reading

    def say(self, asked: Asked) -> tuple[str, tuple[str, ...]]:
        """Write down what was clicked; which state of the corrections the clicker knows now, and what it changes.

        Raises:
            Behind: if the text is another one now, or somebody else has said something of the same meanwhile.
            FabulaError: if it does not fit the story, or cannot be written; nothing was written then.
        """
        with self._lock:
            reading, file = self._to_correct()
            if asked.text != reading.text:
                raise Behind("the text is another one by now", hint="Look at it again. Nothing was written.")
            before = self._content()
            try:
                wanted = entries_of(asked, reading.story)
            except ValueError as error:
                raise CorrectionsError(str(error), hint="Nothing was written.") from error
            content = before
            while True:
                try:
                    written = with_entries(content, wanted, reading.story, name=str(file), added=asked.add)
                    break
                except Contradiction as error:
                    content = self._without_older(content, error, asked.heard, str(file))
            if written.content != before:
                self._write(written.content)
            return self._knows(asked.heard, before), written.changes

    def take_back(self, heard: str, line: int | None) -> tuple[str, str]:
        """Take an entry back, the last one if no line is named; the state known now, and what the entry said.

        Raises:
            Behind: if the corrections are no longer those that the clicker has seen.
        """
        with self._lock:
            _, file = self._to_correct()
            before = self._content()
            if heard != _digest(before):
                hint = "Look at the list again. Nothing was taken back."
                raise Behind("something else was written meanwhile, in another window or by hand", hint=hint)
            if line is None:
                content, taken = without_last_entry(before, name=str(file))
            else:
                content, taken = without_entry(before, line, name=str(file))
            self._write(content)
            return self._knows(heard, before), _says(taken)

    def entries(self) -> tuple[str, list[dict[str, Any]]]:
        """The state of the corrections, and each entry with its line and what it says."""
        content = self._content()
        corrections, notes = read_corrections(content, name=str(self.corrections)) if content else (None, ())
        told = sorted(corrections.entries(), key=lambda entry: entry.line) if corrections else []
        rows: list[dict[str, Any]] = [{"line": entry.line, "says": entry.says} for entry in told]
        return self._remembered(content), [*rows, *({"line": 0, "says": note} for note in notes)]

    def verdicts(self) -> tuple[VerdictEntry, ...]:
        """What is decided of findings, as it stands in the corrections now; while they cannot be read (somebody is at
        work in the file), as it stood last."""
        with contextlib.suppress(CorrectionsError):
            content = self._content()
            self._decided = read_corrections(content, name=str(self.corrections))[0].verdict if content else ()
        return self._decided

    def _to_correct(self) -> tuple[Reading, Path]:
        if self.corrections is None:
            raise CorrectionsError(
                "corrections are heard while a source is read, and this is a saved story",
                where=self.name,
                hint="Open the source.",
            )
        if self.reading is None:
            raise CorrectionsError("it is still being read", where=self.name, hint="Wait until it is.")
        return self.reading, self.corrections

    def _without_older(self, content: str, error: Contradiction, heard: str, name: str) -> str:
        """The corrections without what the new entry contradicts, if whoever contradicts it has seen it.

        The newest word counts; but nobody takes back unseen what was said in another window.
        """
        if not error.line:
            raise error
        shorter, taken = without_entry(content, error.line, name=name)
        if _says(taken) not in set(_all_said(self._seen.get(heard, ""))):
            what = f"meanwhile something else was said of it, in another window or by hand: {_says(taken)}"
            raise Behind(what, hint="If that is wrong, say it again. Nothing was written.") from error
        return shorter

    def _content(self) -> str:
        return file_content(self.corrections) if self.corrections is not None and self.corrections.exists() else ""

    def _write(self, content: str) -> None:
        assert self.corrections is not None
        if content.strip("\ufeff \t\r\n"):
            write(content.encode("utf-8"), self.corrections, never_over=(self.source,))
            return
        try:
            self.corrections.unlink(missing_ok=True)
        except OSError as error:
            raise NotWritten(f"cannot be taken away: {error.strerror}", where=str(self.corrections)) from error

    def _knows(self, heard: str, before: str) -> str:
        """What the clicker knows after writing: the new state, if the one before was known too."""
        after = self._remembered(self._content())
        return after if heard == _digest(before) else heard

    def _remembered(self, content: str) -> str:
        digest = _digest(content)
        self._seen[digest] = content
        while len(self._seen) > _KEPT:
            self._seen.pop(next(iter(self._seen)))
        return digest


def _all_said(content: str) -> Iterator[str]:
    if content:
        yield from (entry.says for entry in read_corrections(content)[0].entries())


def _says(taken: str) -> str:
    with contextlib.suppress(FabulaError):
        return "; ".join(entry.says for entry in read_corrections(taken)[0].entries()) or taken
    return taken


def _digest(content: str) -> str:
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size
