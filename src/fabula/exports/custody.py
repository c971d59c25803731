"""Who has a thing, one after another in story order, with the words that show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from fabula.forms.basics import names_of
from fabula.story import Custody, Possession, Story

__all__ = ["CustodyRow", "to_custody", "to_hands"]


class CustodyRow(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody (None: nobody) has a thing from one scene until another. `line` is that of the words, from 1."""

    object: str
    holder: str | None
    from_scene: str
    until_scene: str | None
    how: Custody
    confidence: float
    line: int
    words: str


def to_custody(story: Story, name: str) -> tuple[CustodyRow, ...]:
    """Who has the thing of this name, in story order.

    Raises:
        NotInStory: if nothing is called so; the message names the nearest.
        NotRead: if custody was not read.
    """
    thing = story.object(name)
    return tuple(_rows(story, {thing.id: thing.name}, story.holds(name)))


def to_hands(story: Story) -> tuple[CustodyRow, ...]:
    """Who has each thing, thing by thing, in story order.

    Raises:
        NotRead: if custody was not read.
    """
    names = {thing.id: thing.name for thing in story.objects}
    number = {id_: place for place, id_ in enumerate(names)}
    held = sorted(story.possessions, key=lambda one: number.get(one.object, len(number)))
    return tuple(_rows(story, names, held))


def _rows(story: Story, things: dict[str, str], possessions: Iterable[Possession]) -> Iterator[CustodyRow]:
    names = names_of(story)
    for held in possessions:
        yield CustodyRow(
            object=things.get(held.object, held.object),
            holder=None if held.holder is None else names.get(held.holder, held.holder),
            from_scene=held.from_scene,
            until_scene=held.until_scene,
            how=held.how,
            confidence=held.confidence,
            line=story.text.line(held.evidence[0].start) if held.evidence else 0,
            words=" ".join(story.words(held.evidence[0]).split()) if held.evidence else "",
        )
