"""The commands about time: in what order the scenes happened, and how things stand at a moment."""

from __future__ import annotations

import re
from bisect import bisect_left
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from fabula.cli.given import look
from fabula.cli.options import STORY, Heard, Listed, answer, spread, story_of
from fabula.cli.screen import show, talk
from fabula.errors import NotInStory
from fabula.story.corrections import name_key

if TYPE_CHECKING:
    from rich.console import RenderableType

    from fabula.story import Scene, Story

__all__ = ["moment_in", "state", "timeline"]

_END = "end"


class OrderOf(StrEnum):
    """By which of a story's two orders something is asked."""

    told = "told"
    story = "story"


@spread
def timeline(
    story: STORY,
    listed: Listed,
    heard: Heard,
    why: Annotated[bool, typer.Option("--why", help="Show the words that put each scene where it is.")] = False,
) -> None:
    """List the scenes in the order in which they happened, threads as columns."""
    from fabula.exports.timeline import TimelineRow, to_timeline

    given = look(story)
    rows = to_timeline(story_of(given, heard))

    def page() -> RenderableType:
        from fabula.cli.timeline_page import timeline_page

        return timeline_page(rows, why=why)

    answer(given, listed, page, rows, TimelineRow)


@spread
def state(
    story: STORY,
    heard: Heard,
    at: Annotated[
        str,
        typer.Option(
            "--at", metavar="MOMENT", help="A scene (s3), a line (120), a place, words of the text, or its end."
        ),
    ] = _END,
    by: Annotated[
        OrderOf, typer.Option("--by", help="As far as it is told until then, or as far as it has happened.")
    ] = OrderOf.told,
) -> None:
    """Say how things stand at a moment: who is there, who lives, where everybody was seen last."""
    from fabula.cli.timeline_page import moment_page

    found = story_of(look(story), heard)
    moment = found.at(moment_in(found, at), by="told" if by is OrderOf.told else "story")
    show(moment_page(found, moment))


def moment_in(story: Story, said: str) -> int | str:
    """The scene's id, or the place in the text; of several scenes in one place the last, and a line says so.

    Raises:
        NotInStory: if there is no such line, or the words are not in one place.
    """
    words = said.strip()
    if words == _END:
        return max(0, len(story.text) - 1)
    if re.fullmatch(r"s\d+", words):
        return words
    if words.isdigit():
        return _line(story, int(words))
    there = _set_in(story, words)
    if len(there) > 1:
        shown = ", ".join(f"{scene.id} (line {story.text.line(scene.start):,})" for scene in there)
        talk(f"{len(there)} scenes are in {there[-1].place}: {shown}. This is the last; ask by id for another.")
    return there[-1].id if there else _words(story, words)


def _set_in(story: Story, words: str) -> list[Scene]:
    """The scenes whose place is called so or, where none is, has these words in its name."""
    wanted = name_key(words)
    placed = [(scene, name_key(scene.place)) for scene in story.scenes if scene.place]
    called = [scene for scene, place in placed if place == wanted]
    whole = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)")
    return called or [scene for scene, place in placed if wanted and whole.search(place)]


def _line(story: Story, number: int) -> int:
    """The last place of a line of the text."""
    last = story.text.line(max(0, len(story.text) - 1))
    if not 1 <= number <= last:
        raise NotInStory(f"there is no line {number:,} in this text", hint=f"Its lines are 1 to {last:,}.")
    return max(0, bisect_left(range(len(story.text)), number + 1, key=story.text.line) - 1)


def _words(story: Story, words: str) -> int:
    from fabula.story.anchors import Anchors, Missed

    if not any(map(str.isalnum, words)):
        said = f"“{words}” has no word in it" if words else "no moment is named"
        raise NotInStory(said, hint="Quote a few words of the text, or name a scene (s3), a line (120) or the end.")
    found = Anchors(story.text).one(words)
    if isinstance(found, Missed):
        hint = (
            "Quote more words, or name one of the lines."
            if found.places
            else "Quote the words as they are there, or name a scene (s3)."
        )
        raise NotInStory(found.what, hint=hint)
    return found.end - 1
