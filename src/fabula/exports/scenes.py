"""The scenes as told: where each begins, who is there, and what is known of its place and time."""

from __future__ import annotations

from bisect import bisect_right

import msgspec
from msgspec import UNSET

from fabula.forms.basics import names_of, opening_of
from fabula.story import Frame, Scene, Story

__all__ = ["SceneRow", "to_scenes"]


class SceneRow(msgspec.Struct, frozen=True, kw_only=True):
    """One scene. `line` is the line of the text, from 1; `present` are names; `opening` is how the scene begins."""

    id: str
    start: int
    end: int
    line: int
    chapter: str | None
    order: int | None
    thread: int | None
    frame: Frame
    place: str | None
    time: str | None
    present: tuple[str, ...]
    words: int
    opening: str
    confidence: float


def to_scenes(story: Story) -> tuple[SceneRow, ...]:
    """The scenes in order of telling.

    Raises:
        NotRead: if the story's scenes were not read.
    """
    names = names_of(story)
    return tuple(_row(story, scene, names) for scene in story.scenes)


def _row(story: Story, scene: Scene, names: dict[str, str]) -> SceneRow:
    words = story.words(scene)
    lead = scene.start + len(words) - len(words.lstrip())
    return SceneRow(
        id=scene.id,
        start=scene.start,
        end=scene.end,
        line=story.text.line(lead),
        chapter=_chapter(story, lead),
        order=scene.order,
        thread=scene.thread,
        frame=scene.frame,
        place=scene.place,
        time=scene.time,
        present=tuple(names.get(who, who) for who in scene.present),
        words=len(words.split()),
        opening=opening_of(story, scene),
        confidence=scene.confidence,
    )


def _chapter(story: Story, place: int) -> str | None:
    if story.layers.chapters is UNSET or not story.chapters:
        return None
    return story.chapters[max(0, bisect_right(story.chapters, place, key=lambda chapter: chapter.start) - 1)].title
