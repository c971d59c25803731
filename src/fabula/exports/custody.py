"""Who has a thing, one after another in story order, with the words that show it."""

from __future__ import annotations

import msgspec

from fabula.story import Custody, Story

__all__ = ["CustodyRow", "to_custody"]


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
    names = {character.id: character.name for character in story.characters}
    content = story.text.content
    return tuple(
        CustodyRow(
            object=thing.name,
            holder=None if held.holder is None else names.get(held.holder, held.holder),
            from_scene=held.from_scene,
            until_scene=held.until_scene,
            how=held.how,
            confidence=held.confidence,
            line=1 + content.count("\n", 0, held.evidence[0].start) if held.evidence else 0,
            words=" ".join(story.words(held.evidence[0]).split()) if held.evidence else "",
        )
        for held in story.holds(name)
    )
