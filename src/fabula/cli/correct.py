"""`fabula correct`: what the user knows better, checked against the story and written beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from textwrap import wrap

import typer

from fabula.cli.correct_options import (
    ADD,
    APART,
    BEFORE,
    BY,
    FILE,
    LIST,
    NARRATOR,
    NO_SCENE_HERE,
    NOBODY,
    NTH,
    PRONOUNS,
    RENAME,
    SAID,
    SAME,
    SCENE_HERE,
    SOURCE,
    THREAD,
    TO,
    TO_NOBODY,
    UNDO,
    UNKEPT,
)
from fabula.cli.given import Given, look
from fabula.cli.screen import columns, one_line, show, talk
from fabula.errors import CorrectionsError, NotFound, NotInStory, NotWritten
from fabula.files import write
from fabula.story.corrections import (
    ApartEntry,
    CastEntry,
    Corrections,
    Entry,
    NarratorEntry,
    NobodyEntry,
    OrderEntry,
    RenameEntry,
    SaidEntry,
    SameEntry,
    SceneEntry,
    ThreadEntry,
    name_key,
)
from fabula.story.corrections.check import Fitting
from fabula.story.corrections.edit import without_last_entry
from fabula.story.corrections.file import file_content, read_corrections
from fabula.story.corrections.write import with_entries
from fabula.story.story import Story

__all__ = ["correct"]


def correct(
    story: SOURCE,
    same: SAME = None,
    apart: APART = None,
    rename: RENAME = None,
    nobody: NOBODY = None,
    narrator: NARRATOR = None,
    add: ADD = None,
    pronouns: PRONOUNS = None,
    said: SAID = None,
    by: BY = None,
    to: TO = None,
    to_nobody: TO_NOBODY = False,
    scene_here: SCENE_HERE = None,
    no_scene_here: NO_SCENE_HERE = None,
    nth: NTH = None,
    before: BEFORE = None,
    thread: THREAD = None,
    show_list: LIST = False,
    undo: UNDO = False,
    corrections: FILE = None,
    no_cache: UNKEPT = False,
) -> None:
    """Write down what you know better: the next reading hears it first. Without an option: show what is written."""
    _fit_together(said, (scene_here, no_scene_here), nth, by=by, to=to, to_nobody=to_nobody)
    addressees = () if to_nobody else tuple(to) if to else None
    try:
        wanted = [
            *_cast(add, pronouns),
            *([SameEntry(names=same)] if same else []),
            *([ApartEntry(names=apart)] if apart else []),
            *([RenameEntry(old=rename[0], new=rename[1])] if rename else []),
            *([NobodyEntry(name=nobody)] if nobody is not None else []),
            *([NarratorEntry(name=narrator)] if narrator is not None else []),
            *([SaidEntry(words=said, by=by, to=addressees, nth=nth)] if said is not None else []),
            *([SceneEntry(begins=scene_here, nth=nth)] if scene_here is not None else []),
            *([SceneEntry(goes_on=no_scene_here, nth=nth)] if no_scene_here is not None else []),
            *([OrderEntry(earlier=before[0], later=before[1])] if before else []),
            *([ThreadEntry(words=thread)] if thread else []),
        ]
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    if sum((bool(wanted), show_list, undo)) > 1:
        raise typer.BadParameter("--list and --undo stand alone")
    given = look(story)
    file = _file(given, corrections)
    if undo:
        _take_back(given, file)
    elif wanted:
        _write_down(given, file, wanted, added=[add] if add else [], use_cache=not no_cache)
    else:
        _show(given, file, use_cache=not no_cache)


def _fit_together(
    said: str | None,
    scenes: Sequence[str | None],
    nth: int | None,
    *,
    by: str | None,
    to: Sequence[str] | None,
    to_nobody: bool,
) -> None:
    """Refuse options that mean nothing without another, or contradict each other."""
    if said is None and (by is not None or to or to_nobody):
        raise typer.BadParameter("--by and --to say who speaks a line, and --said says which line")
    if to and to_nobody:
        raise typer.BadParameter("--to and --to-nobody cannot both be")
    if nth is not None and sum(words is not None for words in (said, *scenes)) != 1:
        raise typer.BadParameter("--nth belongs to one of --said, --scene-here and --no-scene-here")


def _cast(add: str | None, pronouns: tuple[str, str] | None) -> Iterator[CastEntry]:
    """The entries of the cast list; one where both are said of one name."""
    mine = pronouns is not None and add is not None and name_key(add) == name_key(pronouns[0])
    if add is not None:
        yield CastEntry(name=add, pronouns=pronouns[1] if mine and pronouns else None)
    if pronouns is not None and not mine:
        yield CastEntry(name=pronouns[0], pronouns=pronouns[1])


def _file(given: Given, corrections: Path | None) -> Path:
    if given.saved:
        raise CorrectionsError(
            "corrections are heard while a source is read, and this is a saved story",
            where=given.name,
            hint="Give the source.",
        )
    file = corrections or given.beside
    if file is None:
        raise CorrectionsError(
            "there is no file beside it to write to", where=given.name, hint="Say --corrections FILE."
        )
    return file


def _read(given: Given, file: Path, *, use_cache: bool) -> tuple[Story, Corrections, dict[int, str]]:
    """The story as read with what is written so far, that, and what the reading noted, by the line of the file."""
    heard = file if file.exists() else None
    written = read_corrections(heard)[0] if heard else Corrections(source=str(file))
    story = given.story(corrections=heard, use_cache=use_cache)
    notes: dict[int, str] = {}
    for note in story.text.notes:
        line, colon, what = note.removeprefix(f"{file}, line ").partition(": ")
        if note.startswith(f"{file}, line ") and colon and line.isdecimal():
            notes[int(line)] = f"{notes[int(line)]} {what}" if int(line) in notes else what
    return story, written, notes


def _write_down(given: Given, file: Path, wanted: Sequence[Entry], *, added: Sequence[str], use_cache: bool) -> None:
    """Check the entries against the story, and write all of them or none."""
    story, _, notes = _read(given, file, use_cache=use_cache)
    for line, what in sorted(notes.items()):
        talk(f"note: {file}, line {line}: {what}")
    content = file_content(file) if file.exists() else ""
    written = with_entries(content, wanted, story, name=str(file), added=added)
    if not written.entries:
        print(one_line(f"Nothing was written: {file} says so already."))
        return
    write(written.content.encode("utf-8"), file, never_over=(given.path,))
    changes = "; ".join(written.changes)
    print(one_line(f"Written to {file}. On the next reading {changes}; what hangs on it is weighed anew."))


def _take_back(given: Given, file: Path) -> None:
    """Take the last entry out of the file; a file with nothing left in it goes too."""
    if not file.exists():
        raise CorrectionsError("there is nothing to take back", where=str(file))
    content, taken = without_last_entry(file_content(file), name=str(file))
    if content.strip("\ufeff \t\r\n"):
        write(content.encode("utf-8"), file, never_over=(given.path,))
    else:
        try:
            file.unlink()
        except OSError as error:
            raise NotWritten(f"cannot be taken away: {error.strerror}", where=str(file)) from error
    corrections, _ = read_corrections(taken)
    said = "; ".join(entry.says for entry in corrections.entries()) or taken
    left = "" if file.exists() else f" Nothing is left, so {file} is gone."
    print(one_line(f"Taken back: {said}.{left}"))


def _show(given: Given, file: Path, *, use_cache: bool) -> None:
    """List the entries in the order of the file, each with its place in the text or the reason why it has none."""
    if not file.exists():
        if given.path is not None and not given.path.exists():
            raise NotFound(where=given.name)
        print(one_line(f"Nothing is written yet: there is no {file}."))
        return
    story, written, notes = _read(given, file, use_cache=use_cache)
    fitting = Fitting(story)
    rows = {entry.line: (_where(fitting, entry, notes), entry.says) for entry in written.entries()}
    rows |= {line: ("left out", "") for line in notes if line not in rows}
    heading = "In the text"
    width = max(len(heading), *(len(place) for place, _ in rows.values())) if rows else len(heading)
    lines = []
    for line, (place, says) in sorted(rows.items()):
        head = f"{line:>4}  {place:<{width}}  "
        body = [*([says] if says else []), *([notes[line]] if line in notes else [])]
        parts = [part for words in body for part in wrap(one_line(words), max(30, columns() - len(head)))]
        lines += [(head if number == 0 else " " * len(head)) + part for number, part in enumerate(parts)]
    lost = len(notes)
    told = f"{len(rows)} {'entry' if len(rows) == 1 else 'entries'}, {lost or 'none'} with something to mend"
    show("".join(line.rstrip() + "\n" for line in (f"Line  {heading:<{width}}  What is said", *lines, told)))


def _where(fitting: Fitting, entry: Entry, notes: Mapping[int, str]) -> str:
    """Where an entry stands in the text."""
    if entry.line in notes:
        return "see below"
    try:
        lines = fitting.place(entry)
    except NotInStory:
        return "nowhere"
    return f"line{'s' if len(lines) > 1 else ''} {', '.join(map(str, lines))}" if lines else "found"
