"""The scenes in the order in which they happened: each with its thread, and with the words that show its place."""

from __future__ import annotations

import msgspec
from msgspec import UNSET

from fabula.forms.basics import names_of, opening_of, scene_numbers
from fabula.story import Frame, Order, Scene, Story
from fabula.story.shortening import shortened

__all__ = ["TimelineRow", "to_timeline"]

_KINDS = {
    "told": "as told",
    "continues": "goes on where it broke off",
    "memory": "looks back",
    "tale": "is told by somebody",
    "time": "words of time",
    "date": "dates",
    "age": "ages",
    "plan": "planned in the one, done in the other",
    "death": "dead in the one, alive in the other",
    "meanwhile": "at the same time",
    "user": "you say so",
}
_SHOWN = 60
"""Characters of the words that show an order."""


class TimelineRow(msgspec.Struct, frozen=True, kw_only=True):
    """One scene. `order` is its place in story time, `told` its number in order of telling, both from 1; `why` are
    sentences on what shows its place, each with its words and their line."""

    order: int | None
    told: int
    id: str
    line: int
    thread: int | None
    frame: Frame
    time: str | None
    place: str | None
    present: tuple[str, ...]
    opening: str
    confidence: float
    why: tuple[str, ...]


def to_timeline(story: Story) -> tuple[TimelineRow, ...]:
    """The scenes in story order; those whose order is open, and those that happen at once, as told.

    Raises:
        NotRead: if the story's scenes were not read.
    """
    numbers, names = scene_numbers(story), names_of(story)
    orders = () if story.layers.orders is UNSET else story.orders
    why: dict[str, list[str]] = {}
    for order in orders:
        if order.kind != "told":
            both = ((order.before, order.after, "before"), (order.after, order.before, "after"))
            for here, other, way in both if order.held else both[:1]:
                why.setdefault(here, []).append(_because(story, order, other, way))
    scenes = sorted(story.scenes, key=lambda scene: (scene.order or numbers[scene.id], numbers[scene.id]))
    return tuple(_row(story, scene, numbers[scene.id], names, why.get(scene.id, ())) for scene in scenes)


def _row(story: Story, scene: Scene, told: int, names: dict[str, str], why: list[str] | tuple[str, ...]) -> TimelineRow:
    words = story.words(scene)
    return TimelineRow(
        order=scene.order,
        told=told,
        id=scene.id,
        line=story.text.line(scene.start + len(words) - len(words.lstrip())),
        thread=scene.thread,
        frame=scene.frame,
        time=scene.time,
        place=scene.place,
        present=tuple(names.get(who, who) for who in scene.present),
        opening=opening_of(story, scene),
        confidence=scene.confidence,
        why=tuple(dict.fromkeys(why)),
    )


def _because(story: Story, order: Order, other: str, way: str) -> str:
    """A sentence: "before s1: planned in the one, done in the other: “die” (line 31), “killed” (line 70)"."""
    words = []
    for span in order.evidence:
        words.append(f"“{shortened(story.words(span), _SHOWN)}” (line {story.text.line(span.start):,})")
    way = "with" if order.kind == "meanwhile" else way if order.held else f"too little to set it {way}"
    return f"{way} {other}: {_KINDS[order.kind]}" + (f": {', '.join(words)}" if words else "")
