"""How people stand to each other, as rows: who is whose sister, wife, superior, since which scene, in which words."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from fabula.story import Relation, Story

__all__ = ["RelationRow", "to_relations"]

_SHOWN = 120
"""Characters of the words that show it."""


class RelationRow(msgspec.Struct, frozen=True, kw_only=True):
    """`a` is the `kind` of `b`; `since` and `until` are scenes, `line` is where the words stand that first show it."""

    a: str
    kind: str
    b: str
    since: str | None
    until: str | None
    confidence: float
    line: int | None
    words: str


def to_relations(story: Story, names: Sequence[str] = ()) -> tuple[RelationRow, ...]:
    """The relations in order of their first words; with one name only this one's, with two those between them.

    Raises:
        NotInStory: if nobody goes by a name, or several do; the message names the nearest.
    """
    wanted = {story.character(name).id for name in names}
    called = {character.id: character.name for character in story.characters}
    return tuple(_row(story, row, called) for row in story.relations if wanted <= {row.a, row.b})


def _row(story: Story, relation: Relation, called: dict[str, str]) -> RelationRow:
    first = relation.evidence[0] if relation.evidence else None
    return RelationRow(
        a=called.get(relation.a, relation.a),
        kind=relation.kind,
        b=called.get(relation.b, relation.b),
        since=relation.from_scene,
        until=relation.until_scene,
        confidence=relation.confidence,
        line=story.text.line(first.start) if first else None,
        words=" ".join(story.words(first).split())[:_SHOWN] if first else "",
    )
