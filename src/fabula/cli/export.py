"""`fabula export`: a story in the format of another program."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path

import typer

from fabula.cli.folders import write_folder
from fabula.cli.given import Given
from fabula.errors import NotReadable, NotWritten
from fabula.files import write
from fabula.story import Story

__all__ = ["ExportFormat", "export_story"]


class ExportFormat(StrEnum):
    """What a story can be written as; docs/exports.md says what each holds."""

    booknlp = "booknlp"
    conll = "conll"
    corefud = "corefud"
    csv = "csv"
    docx = "docx"
    epub = "epub"
    fountain = "fountain"
    gexf = "gexf"
    graphml = "graphml"
    jsonl = "jsonl"
    markdown = "markdown"
    network = "network"
    obsidian = "obsidian"
    parquet = "parquet"
    sml = "sml"
    spacy = "spacy"
    ssml = "ssml"
    tagged = "tagged"
    tei = "tei"


_BINARY = (ExportFormat.docx, ExportFormat.epub, ExportFormat.spacy)


def export_story(story: Story, form: ExportFormat, given: Given, *, output: Path | None, source: Path | None) -> None:
    """Write a story in a format: a file, standard output, or a folder.

    Raises:
        NotWritten: if it cannot be written there, or something stands there that is not Fabula's; nothing was changed.
        NotRead: if the format needs what was not read.
    """
    from fabula.cli.export_formats import FILES, FOLDERS, to_docx

    aloud = output is None or str(output) == "-"
    if form in FOLDERS:
        if output is None or aloud:
            raise typer.BadParameter(f"{form} is several files: name a folder for them with -o")
        write_folder(FOLDERS[form](story), output, never_over=(given.path, source))
        return
    if aloud and form in _BINARY and sys.stdout.isatty():
        raise typer.BadParameter(f"{form} is nothing to look at: name a file for it with -o")
    data = to_docx(story, _source(given, source)) if form == "docx" else FILES[form](story)
    write(data, output, never_over=(given.path, source))


def _source(given: Given, source: Path | None) -> bytes:
    """The bytes of the document that the story was read from."""
    if source is None and given.data is not None and not given.saved:
        return given.data
    path = source or (None if given.saved else given.path)
    if path is None:
        raise NotWritten(
            "the document itself is needed to write comments into", where=given.name, hint="Name it with --source."
        )
    try:
        return path.read_bytes()
    except OSError as error:
        raise NotReadable(f"cannot be read: {error.strerror or error}", where=str(path)) from error
