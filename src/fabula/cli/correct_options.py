"""The options of `fabula correct`: for each thing that one may say, the words that say it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = [
    "ADD",
    "APART",
    "BEFORE",
    "BY",
    "FILE",
    "LIST",
    "NARRATOR",
    "NOBODY",
    "NO_SCENE_HERE",
    "NTH",
    "PRONOUNS",
    "RENAME",
    "SAID",
    "SAME",
    "SCENE_HERE",
    "SOURCE",
    "THREAD",
    "TO",
    "TO_NOBODY",
    "UNDO",
    "UNKEPT",
]

_NAME = "NAME"
_WORDS = "WORDS"

SOURCE = Annotated[
    str,
    typer.Argument(
        metavar="STORY",
        help="A text (txt, Markdown, HTML, EPUB, DOCX, ODT), or - for standard input with --corrections.",
        show_default=False,
    ),
]
SAME = Annotated[tuple[str, str] | None, typer.Option("--same", metavar="NAME NAME", help="The two are one character.")]
APART = Annotated[
    tuple[str, str] | None, typer.Option("--apart", metavar="NAME NAME", help="The two are different characters.")
]
RENAME = Annotated[
    tuple[str, str] | None,
    typer.Option("--rename", metavar="NAME NEW", help="Show somebody under another name."),
]
NOBODY = Annotated[str | None, typer.Option("--nobody", metavar=_NAME, help="This is no character.")]
NARRATOR = Annotated[str | None, typer.Option("--narrator", metavar=_NAME, help='Who says "I" and tells the story.')]
ADD = Annotated[
    str | None, typer.Option("--add", metavar=_NAME, help="A character, even if the text never names them.")
]
PRONOUNS = Annotated[
    tuple[str, str] | None,
    typer.Option("--pronouns", metavar="NAME PRONOUNS", help="A character's pronouns, such as she/her."),
]
SAID = Annotated[
    str | None,
    typer.Option("--said", metavar=_WORDS, help="The first words of a quotation, enough to find it; with --by, --to."),
]
BY = Annotated[str | None, typer.Option("--by", metavar=_NAME, help="Who says it.")]
TO = Annotated[
    list[str] | None, typer.Option("--to", metavar=_NAME, help="To whom it is said; once for each of several.")
]
TO_NOBODY = Annotated[bool, typer.Option("--to-nobody", help="It is said to nobody.")]
SCENE_HERE = Annotated[
    str | None, typer.Option("--scene-here", metavar=_WORDS, help="A new scene begins with these words.")
]
NO_SCENE_HERE = Annotated[
    str | None, typer.Option("--no-scene-here", metavar=_WORDS, help="No new scene begins at these words.")
]
NTH = Annotated[
    int | None,
    typer.Option("--nth", metavar="NUMBER", help="Which of several places with the same words is meant."),
]
BEFORE = Annotated[
    tuple[str, str] | None,
    typer.Option(
        "--before", metavar="WORDS WORDS", help="The scene with the first words happened before that of the second."
    ),
]
THREAD = Annotated[
    tuple[str, str] | None,
    typer.Option("--thread", metavar="WORDS WORDS", help="The scenes with these words are of one thread."),
]
LIST = Annotated[bool, typer.Option("--list", help="Show the entries, and whether each still finds its place.")]
UNDO = Annotated[bool, typer.Option("--undo", help="Take the last entry back.")]
FILE = Annotated[
    Path | None,
    typer.Option(
        "--corrections",
        metavar="FILE",
        help="The file to write. Without it: tale.corrections.toml beside tale.txt.",
    ),
]
UNKEPT = Annotated[bool, typer.Option("--no-cache", help="Keep nothing of the reading that checks it.")]
