"""The commands, one function each: what they are asked, whom they ask, how they answer."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fabula.cli.check import check
from fabula.cli.correct import correct
from fabula.cli.desk import desk
from fabula.cli.export import ExportFormat, export_story
from fabula.cli.given import look
from fabula.cli.guard import guarded
from fabula.cli.moments import state, timeline
from fabula.cli.options import OUT, STORY, Heard, Listed, answer, corrections_of, spread, story_of
from fabula.cli.questions import holds, knows, relations, who_knows, why, without
from fabula.cli.screen import show, speak_utf8, talk
from fabula.files import write

if TYPE_CHECKING:
    from rich.console import RenderableType

    from fabula.exports.script import Verification
    from fabula.story import Story

__all__ = ["app", "main"]

app = typer.Typer(
    name="fabula",
    help="Read a work of fiction on this computer, and ask who is in it, who says what, and what happens where.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class ReadFormat(StrEnum):
    """How `fabula read` answers."""

    summary = "summary"
    json = "json"


class ScriptFormat(StrEnum):
    """How a script is written."""

    text = "text"
    jsonl = "jsonl"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the program: 0 well, 1 a proof that failed, 2 an error told in one line."""
    speak_utf8()
    words = list(sys.argv[1:] if arguments is None else arguments)
    sys.exit(guarded(lambda: app(args=words, prog_name="fabula", standalone_mode=False)))


@app.callback(invoke_without_command=True)
def fabula(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Say which Fabula this is.")] = False,
) -> None:
    if version:
        from importlib.metadata import version as installed

        print(f"fabula {installed('fabula')}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        print(context.get_help())


@app.command()
@spread
def read(
    story: STORY,
    heard: Heard,
    form: Annotated[ReadFormat, typer.Option("--format", help="A page to look at, or everything as JSON.")] = (
        ReadFormat.summary
    ),
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Save the story there as JSON; every command opens it."),
    ] = None,
    earlier: Annotated[
        list[Path] | None,
        typer.Option(
            "--cast",
            metavar="FILE",
            help="An earlier book of the series, saved by `fabula read -o`, or a corrections file with a cast list; "
            "its people keep their ids. Once for each book.",
        ),
    ] = None,
) -> None:
    """Read a story and show its world: cast, speech, scenes, and what is unsure."""
    from fabula.story import to_json

    given = look(story)
    found = story_of(given, heard, earlier or ())
    if output is not None or form is ReadFormat.json:
        kept = (given.path, given.heard(heard.corrections), *(earlier or ()))
        write(to_json(found, indent=1) + b"\n", output, never_over=kept)
    if form is ReadFormat.summary and str(output) != "-":
        show(_summary(found))
    if output is not None and str(output) != "-":
        talk(f"The story is saved in {output}.")


@app.command()
@spread
def script(
    story: STORY,
    heard: Heard,
    form: Annotated[ScriptFormat, typer.Option("--format", help="For people, or a JSON object a line.")] = (
        ScriptFormat.text
    ),
    proof: Annotated[
        bool, typer.Option("--verify", help="Prove that every character is in exactly one line; show only the proof.")
    ] = False,
    against: Annotated[
        Path | None,
        typer.Option("--against", metavar="FILE", help="With --verify: the source that a saved story was read from."),
    ] = None,
    output: OUT = None,
) -> None:
    """Write the whole story in order, each line with the one who says it, the narrator included."""
    from fabula.exports.script import to_script_jsonl, to_script_text, verify

    if against is not None and not proof:
        raise typer.BadParameter("--against says what to compare with: ask for the proof too, with --verify")
    given = look(story)
    found = story_of(given, heard)
    if output is not None or not proof:
        data = to_script_jsonl(found) if form is ScriptFormat.jsonl else to_script_text(found).encode()
        write(data, output, never_over=(given.path, against))
    if proof:
        source = (look(str(against)) if against else given).source(form=found.text.source.format)
        checked = verify(found, source=source)
        print(_proof(checked))
        raise typer.Exit(0 if checked.holds else 1)


@app.command()
@spread
def cast(
    story: STORY,
    listed: Listed,
    heard: Heard,
) -> None:
    """List who is in the story, under which names, and how much each says."""
    from fabula.exports.cast import CastRow, to_cast

    given = look(story)
    rows = to_cast(story_of(given, heard))

    def page() -> RenderableType:
        from fabula.cli.pages import cast_table

        return cast_table(rows)

    answer(given, listed, page, rows, CastRow)


@app.command()
@spread
def quotes(
    story: STORY,
    listed: Listed,
    heard: Heard,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="NAME", help="Only what this character says: a name, an alias or an id."),
    ] = None,
) -> None:
    """List what is said, by whom, to whom, and where it stands."""
    from fabula.exports.quotes import QuoteRow, to_quotes

    given = look(story)
    rows = to_quotes(story_of(given, heard), by=by)
    if by is not None and not rows:
        talk(f"{by} says nothing that this reading knows of.")

    def page() -> RenderableType:
        from fabula.cli.pages import quotes_list
        from fabula.cli.screen import columns

        return quotes_list(rows, columns())

    answer(given, listed, page, rows, QuoteRow)


@app.command()
@spread
def scenes(
    story: STORY,
    listed: Listed,
    heard: Heard,
) -> None:
    """List the scenes as told: where each begins, who is there."""
    from fabula.exports.scenes import SceneRow, to_scenes

    given = look(story)
    rows = to_scenes(story_of(given, heard))

    def page() -> RenderableType:
        from fabula.cli.pages import scenes_table

        return scenes_table(rows)

    answer(given, listed, page, rows, SceneRow)


@app.command()
@spread
def page(
    story: STORY,
    heard: Heard,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write the page into this file: page.html.")
    ] = None,
) -> None:
    """Write the story as one HTML page to look at: text and voices, cast, scenes, both orders, plans, findings."""
    from fabula.exports.page import to_page
    from fabula.story import read_corrections

    if output is None and sys.stdout.isatty():
        raise typer.BadParameter("a page is a file that a browser opens: say where, with -o page.html")
    given = look(story)
    found = story_of(given, heard)
    file = corrections_of(given, heard)
    verdicts = () if file is None else read_corrections(file)[0].verdict
    write(to_page(found, verdicts=verdicts).encode(), output, never_over=(given.path, given.heard(heard.corrections)))
    if output is not None and str(output) != "-":
        talk(f"The page is {output}. Open it with a browser.")


@app.command()
@spread
def export(
    story: STORY,
    heard: Heard,
    to: Annotated[ExportFormat, typer.Option("--to", help="The format; docs/exports.md says what each holds.")],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="PATH", help="The file or, for several files, the folder to write."),
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option("--source", metavar="FILE", help="With docx: the document that a saved story was read from."),
    ] = None,
) -> None:
    """Write the story in the format of another program, without the findings of which something was decided."""
    from fabula.story import read_corrections
    from fabula.story.verdicts import undecided

    given = look(story)
    found = story_of(given, heard)
    file = corrections_of(given, heard)
    verdicts = () if file is None else read_corrections(file)[0].verdict
    export_story(undecided(found, verdicts), to, given, output=output, source=source)


app.command()(check)
app.command()(timeline)
app.command()(state)
app.command()(correct)
app.command()(holds)
app.command("who-knows")(who_knows)
app.command()(knows)
app.command()(desk)
app.command()(relations)
app.command()(why)
app.command()(without)


@app.command()
def schema(output: OUT = None) -> None:
    """Print the JSON Schema of a saved story."""
    import json

    from fabula.story import json_schema

    write(json.dumps(json_schema(), indent=2, ensure_ascii=False).encode() + b"\n", output)


@app.command()
def example(output: OUT = None) -> None:
    """Print the short story that comes with Fabula, to try things on."""
    from fabula.examples import example as shipped

    write(shipped(), output)


def _summary(story: Story) -> RenderableType:
    from msgspec import UNSET

    from fabula.cli.pages import summary_page
    from fabula.exports.cast import to_cast
    from fabula.exports.scenes import to_scenes
    from fabula.exports.summary import to_summary

    layers = story.layers
    peopled = UNSET not in (layers.characters, layers.mentions, layers.quotes)
    return summary_page(
        to_summary(story),
        to_cast(story) if peopled else None,
        None if layers.scenes is UNSET else to_scenes(story),
    )


def _proof(checked: Verification) -> str:
    """The count, as a few plain sentences."""
    if checked.covered == checked.characters and checked.joined:
        first = f"{checked.characters:,} characters, each in exactly one of {checked.lines:,} lines."
    else:
        first = (
            f"NOT VERIFIED: {checked.characters - checked.covered:,} of {checked.characters:,} characters are not in "
            f"exactly one line (missing at {[s.start for s in checked.missing[:5]]}, "
            f"repeated at {[s.start for s in checked.repeated[:5]]})."
        )
    source = {
        True: "Joined, the lines are the source, character by character.",
        False: "NOT VERIFIED: the text of the story is not the text of the source.",
        None: "Joined, the lines are the story's text. (To compare a source too: --against FILE.)",
    }[checked.same]
    known = f"{checked.quotes:,} quotations, {checked.unknown:,} without a speaker ({checked.share:.1%} have one)."
    return "\n".join((first, source, known))
