"""The commands that ask what is so in the story's world: who has what, knows what, is what to whom; and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from fabula.cli.given import look
from fabula.cli.options import STORY, Heard, Listed, RowFormat, answer, spread, story_last, story_of
from fabula.cli.screen import talk

if TYPE_CHECKING:
    from rich.console import RenderableType

    from fabula.exports.resting import RestingRow
    from fabula.story import Object, Story

__all__ = ["holds", "knows", "relations", "who_knows", "why", "without"]

_AT = Annotated[
    str | None,
    typer.Option("--at", metavar="SCENE", help="Only what is known by the end of this scene, in story order: s3."),
]
_WORDS = typer.Argument(
    metavar="WORDS",
    help='Something of the story in a few words, "James trusts Ianto", or a record’s id: n2, f27.',
    show_default=False,
)


@spread
def holds(
    thing: Annotated[
        str, typer.Argument(metavar="OBJECT", help='A thing of the story: "the key".', show_default=False)
    ],
    story: STORY,
    listed: Listed,
    heard: Heard,
) -> None:
    """Tell who has a thing, from which scene until which, in story order, and the words that show it."""
    from fabula.exports.custody import CustodyRow, to_custody

    thing, story = story_last(thing, story)
    given = look(story)
    found = story_of(given, heard)
    rows = to_custody(found, thing)
    if not rows:
        talk(f"The story does not let one know who has {thing}.")
    others = ", ".join(_placed(found, one) for one in found.objects_called(thing)[1:])
    if others:
        talk(f"Of the things called so this is the one most spoken of. Ask by id for another: {others}.")

    def page() -> RenderableType:
        from fabula.cli.world_pages import custody_table

        return custody_table(rows)

    answer(given, listed, page, rows, CustodyRow)


def _placed(story: Story, thing: Object) -> str:
    """A thing's id, and where it first comes up."""
    return f"{thing.id} (line {story.text.line(thing.evidence[0].start):,})" if thing.evidence else thing.id


@spread
def who_knows(
    fact: Annotated[
        str,
        typer.Argument(metavar="FACT", help="What is known: 'the ring is lost'.", show_default=False),
    ],
    story: STORY,
    listed: Listed,
    heard: Heard,
) -> None:
    """Tell who knows something, since which scene and how, and the words that show it."""
    from fabula.exports.knowing import KnowingRow, to_knowing, to_secrets

    fact, story = story_last(fact, story)
    given = look(story)
    told = story_of(given, heard)
    rows = to_knowing(told, fact)

    def page() -> RenderableType:
        from fabula.cli.world_pages import knowing_table

        return knowing_table(rows, to_secrets(told, {row.fact for row in rows}))

    answer(given, listed, page, rows, KnowingRow)


@spread
def knows(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Somebody: a name, an alias or an id.", show_default=False)
    ],
    story: STORY,
    listed: Listed,
    heard: Heard,
    at: _AT = None,
) -> None:
    """List what somebody knows, since which scene and how; with --at only by then."""
    from fabula.exports.knowing import KnowingRow, to_known

    name, story = story_last(name, story)
    given = look(story)
    rows = to_known(story_of(given, heard), name, at=at)
    if not rows:
        talk(f"{name} is not shown to know anything{f' by {at}' if at else ''}.")

    def page() -> RenderableType:
        from fabula.cli.world_pages import known_table

        return known_table(rows)

    answer(given, listed, page, rows, KnowingRow)


@spread
def relations(
    asked: Annotated[
        list[str],
        typer.Argument(
            metavar="[NAME [NAME]] STORY",
            help="One or two people (a name, an alias or an id), then the story; without a name everybody's.",
            show_default=False,
        ),
    ],
    listed: Listed,
    heard: Heard,
) -> None:
    """Tell how people stand to each other, since which scene, and the words that show it."""
    from fabula.exports.relations import RelationRow, to_relations

    *names, story = story_last(*asked)
    if len(names) > 2:
        raise typer.BadParameter("it takes one name or two, and then the story")
    given = look(story)
    rows = to_relations(story_of(given, heard), names)
    if not rows:
        between = " and ".join(names)
        talk(f"The story states no relation{f' of {between}' if names else ''} that this reading knows of.")
        if listed.form is RowFormat.table and listed.output is None:
            return

    def page() -> RenderableType:
        from fabula.cli.world_pages import relations_table

        return relations_table(rows)

    answer(given, listed, page, rows, RelationRow)


@spread
def why(words: Annotated[str, _WORDS], story: STORY, listed: Listed, heard: Heard) -> None:
    """Tell what something in the story rests on: a plan, a deed, a death, who has or knows what. From its own words."""
    from fabula.exports.resting import to_grounds

    _rest(words, story, listed, heard, to_grounds, "it rests on nothing that is recorded")


@spread
def without(words: Annotated[str, _WORDS], story: STORY, listed: Listed, heard: Heard) -> None:
    """Tell what would fall if something in the story were not so: all that is recorded to rest on it."""
    from fabula.exports.resting import to_ruins

    _rest(words, story, listed, heard, to_ruins, "nothing recorded rests on this")


def _rest(
    words: str,
    story: str,
    listed: Listed,
    heard: Heard,
    ask: Callable[[Story, str], Sequence[RestingRow]],
    nothing: str,
) -> None:
    from fabula.exports.resting import RestingRow

    words, story = story_last(words, story)
    given = look(story)
    rows = ask(story_of(given, heard), words)

    def page() -> RenderableType:
        from fabula.cli.world_pages import resting_trees

        return resting_trees(rows, nothing)

    answer(given, listed, page, rows, RestingRow)
