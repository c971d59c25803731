"""The commands that ask what is so in the story's world: who has what, who knows what, since when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from fabula.cli.given import look
from fabula.cli.options import CORRECTIONS, NO_CACHE, NO_CORRECTIONS, OUT, ROWS, STORY, RowFormat, answer, story_of
from fabula.cli.screen import talk

if TYPE_CHECKING:
    from rich.console import RenderableType

    from fabula.story import Object, Story

__all__ = ["holds", "knows", "who_knows"]

_AT = Annotated[
    str | None,
    typer.Option("--at", metavar="SCENE", help="Only what is known by the end of this scene, in story order: s3."),
]


def holds(
    thing: Annotated[
        str, typer.Argument(metavar="OBJECT", help='A thing of the story: "the key".', show_default=False)
    ],
    story: STORY,
    form: ROWS = RowFormat.table,
    output: OUT = None,
    corrections: CORRECTIONS = None,
    no_corrections: NO_CORRECTIONS = False,
    no_cache: NO_CACHE = False,
) -> None:
    """Tell who has a thing, from which scene until which, in story order, and the words that show it."""
    from fabula.exports.custody import CustodyRow, to_custody
    from fabula.exports.table import to_csv, to_json_rows

    given = look(story)
    found = story_of(given, corrections, no_corrections, no_cache)
    rows = to_custody(found, thing)
    if not rows:
        talk(f"The story does not let one know who has {thing}.")
    others = ", ".join(_placed(found, one) for one in found.objects_called(thing)[1:])
    if others:
        talk(f"Of the things called so this is the one most spoken of. Ask by id for another: {others}.")

    def page() -> RenderableType:
        from fabula.cli.world_pages import custody_table

        return custody_table(rows)

    answer(given, output, form, page, lambda: to_json_rows(rows), lambda: to_csv(rows, CustodyRow))


def _placed(story: Story, thing: Object) -> str:
    """A thing's id, and where it first comes up."""
    return f"{thing.id} (line {story.text.line(thing.evidence[0].start):,})" if thing.evidence else thing.id


def who_knows(
    fact: Annotated[
        str,
        typer.Argument(metavar="FACT", help="What is known: 'the ring is lost'.", show_default=False),
    ],
    story: STORY,
    form: ROWS = RowFormat.table,
    output: OUT = None,
    corrections: CORRECTIONS = None,
    no_corrections: NO_CORRECTIONS = False,
    no_cache: NO_CACHE = False,
) -> None:
    """Tell who knows something, since which scene and how, and the words that show it."""
    from fabula.exports.knowing import KnowingRow, to_knowing, to_secrets
    from fabula.exports.table import to_csv, to_json_rows

    given = look(story)
    told = story_of(given, corrections, no_corrections, no_cache)
    rows = to_knowing(told, fact)

    def page() -> RenderableType:
        from fabula.cli.world_pages import knowing_table

        return knowing_table(rows, to_secrets(told, {row.fact for row in rows}))

    answer(given, output, form, page, lambda: to_json_rows(rows), lambda: to_csv(rows, KnowingRow))


def knows(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Somebody: a name, an alias or an id.", show_default=False)
    ],
    story: STORY,
    at: _AT = None,
    form: ROWS = RowFormat.table,
    output: OUT = None,
    corrections: CORRECTIONS = None,
    no_corrections: NO_CORRECTIONS = False,
    no_cache: NO_CACHE = False,
) -> None:
    """List what somebody knows, since which scene and how; with --at only by then."""
    from fabula.exports.knowing import KnowingRow, to_known
    from fabula.exports.table import to_csv, to_json_rows

    given = look(story)
    rows = to_known(story_of(given, corrections, no_corrections, no_cache), name, at=at)
    if not rows:
        talk(f"{name} is not shown to know anything{f' by {at}' if at else ''}.")

    def page() -> RenderableType:
        from fabula.cli.world_pages import known_table

        return known_table(rows)

    answer(given, output, form, page, lambda: to_json_rows(rows), lambda: to_csv(rows, KnowingRow))
