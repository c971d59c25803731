"""What rests on what, as rows from the root of each answer downwards, each with the words that record it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from fabula.story import Branch, MatterKind, RestKind, Span, Story

__all__ = ["RestingRow", "to_grounds", "to_ruins"]


class RestingRow(msgspec.Struct, frozen=True, kw_only=True):
    """A matter of the story below another.

    Attributes:
        depth: 0 for what was asked about; 1 for what rests on it, or it on; and so on.
        under: the id of the matter above; None at depth 0.
        because: what ties it to the one above; None at depth 0.
        again: whether it stands further up already, with what is below it there.
        line: where the words stand, from 1; 0 where there are none.
        words: that record the dependency; at depth 0, that show the matter.
    """

    depth: int
    under: str | None
    id: str
    kind: MatterKind
    text: str
    because: RestKind | None
    again: bool
    scene: str | None
    confidence: float | None
    line: int
    words: str


def to_grounds(story: Story, words: str) -> tuple[RestingRow, ...]:
    """What something rests on.

    Raises:
        NotInStory: if nothing recorded is like these words.
    """
    return tuple(_rows(story, story.why(words)))


def to_ruins(story: Story, words: str) -> tuple[RestingRow, ...]:
    """What would fall if something were not so.

    Raises:
        NotInStory: if nothing recorded is like these words.
    """
    return tuple(_rows(story, story.without(words)))


def _rows(story: Story, branches: Sequence[Branch]) -> Iterator[RestingRow]:
    waiting: list[tuple[Branch, int, str | None]] = [(branch, 0, None) for branch in reversed(branches)]
    while waiting:
        branch, depth, under = waiting.pop()
        yield _row(story, branch, depth, under)
        waiting.extend((one, depth + 1, branch.matter.id) for one in reversed(branch.branches))


def _row(story: Story, branch: Branch, depth: int, under: str | None) -> RestingRow:
    matter, by = branch.matter, branch.by
    places = by.evidence if by is not None else matter.evidence[:1]
    return RestingRow(
        depth=depth,
        under=under,
        id=matter.id,
        kind=matter.kind,
        text=matter.text,
        because=by.kind if by is not None else None,
        again=branch.again,
        scene=matter.scene,
        confidence=by.confidence if by is not None else None,
        line=1 + story.text.content.count("\n", 0, places[0].start) if places else 0,
        words=" … ".join(_quoted(story, places)),
    )


def _quoted(story: Story, places: Sequence[Span]) -> list[str]:
    """The words of each place once, a place within another left out."""
    own = [place for place in dict.fromkeys(places) if not any(_inside(place, other) for other in places)]
    return list(dict.fromkeys(" ".join(story.words(place).split()) for place in own))


def _inside(one: Span, other: Span) -> bool:
    return one != other and other.start <= one.start and one.end <= other.end
