"""Writes down what the user says of a story, once it is known to fit the story and to contradict nothing written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from fabula.errors import Contradiction, CorrectionsError, NotInStory
from fabula.story.corrections.check import Fitting
from fabula.story.corrections.edit import with_entry, without_verdict
from fabula.story.corrections.entries import Entry, NobodyEntry, VerdictEntry
from fabula.story.corrections.file import read_corrections
from fabula.story.story import Story

__all__ = ["Written", "with_entries"]

_LEFT_OUT = re.compile(r"(?:;|\.) [Tt]his entry was left out\.$")


class Written(msgspec.Struct, frozen=True):
    """A corrections file with new entries: its characters, the entries that were not there yet, what they change."""

    content: str
    entries: tuple[Entry, ...]
    changes: tuple[str, ...]


def with_entries(
    content: str, wanted: Sequence[Entry], story: Story, *, name: str = "corrections", added: Iterable[str] = ()
) -> Written:
    """The corrections file with all of the entries behind the others, or none.

    Args:
        content: the file's characters; empty where there is no file.
        wanted: what the user says; names and words as typed.
        story: as it was read with what is written so far.
        name: what to call the file in errors.
        added: names that the user adds to the cast with these entries.

    Raises:
        NotInStory: if a name is nobody's, or words are not in one place.
        Contradiction: if an entry contradicts one that is there.
        CorrectionsError: if an entry says nothing, or the file takes none.
    """
    fitting = Fitting(story, also=added)
    try:
        entries = [fitted for entry in wanted for fitted in _fitted(fitting, entry)]
    except NotInStory as error:
        raise NotInStory(error.what, hint=f"{error.hint} Nothing was written.") from error
    except ValueError as error:
        raise CorrectionsError(str(error), where=name, hint="Nothing was written.") from error
    there = read_corrections(content, name=name)[0].entries()
    new = [entry for entry in entries if not any(msgspec.structs.replace(e, line=0) == entry for e in there)]
    longer = _longer(content, new, story, name=name) if new else content
    return Written(longer, tuple(new), tuple(fitting.change(entry) for entry in new))


def _fitted(fitting: Fitting, entry: Entry) -> Iterator[Entry]:
    """The entry as the story has its names; that somebody is nobody is said of each of his names."""
    if isinstance(entry, NobodyEntry):
        yield from (NobodyEntry(name=name) for name in fitting.names(entry.name))
    else:
        yield fitting.fit(entry)


def _longer(content: str, new: Sequence[Entry], story: Story, *, name: str) -> str:
    """The file with the new entries behind the others, if they contradict none."""
    for entry in new:
        if isinstance(entry, VerdictEntry):
            content = without_verdict(content, entry, name=name)
        notes = _slips(content, name, story)
        content = with_entry(content, entry, name=name)
        fresh = [note for note in _slips(content, name, story) if note not in notes]
        if fresh:
            raise _contradiction(fresh[0].removeprefix(f"{name}, line ").partition(": ")[2], name)
    return content


def _contradiction(what: str, name: str) -> Contradiction:
    error = Contradiction(
        f"the new entry contradicts what is there: {_LEFT_OUT.sub('', what)}",
        where=name,
        hint="Change that line, or take it back with --undo if it is the last. Nothing was written.",
    )
    earlier = re.match(r"line (\d+) ", what)
    error.line = int(earlier[1]) if earlier else 0
    return error


def _slips(content: str, name: str, story: Story) -> list[str]:
    """Notes on all that a reading would leave out of a file."""
    corrections, slips = read_corrections(content, name=name)
    _, unsaid = corrections.said_in(story.text, within=story.quotes)
    _, unbegun = corrections.scenes_in(story.text, within=story.paragraphs)
    _, unordered = corrections.orders_in(story.text, within=story.scenes)
    _, unjoined = corrections.threads_in(story.text, within=story.scenes)
    return [*slips, *unsaid, *unbegun, *unordered, *unjoined]
