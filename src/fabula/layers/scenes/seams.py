"""Every place between two paragraphs, and what there speaks for a new scene."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from fabula.layers.scenes.closings import signs_of_closing
from fabula.layers.scenes.cohesion import cohesions, depths
from fabula.layers.scenes.openings import signs_of_opening
from fabula.layers.scenes.passages import Passage, lay_passages
from fabula.layers.scenes.people_at_seams import PeopleAtSeams
from fabula.layers.scenes.phrases import phrases_at
from fabula.layers.scenes.talk import Talk
from fabula.layers.scenes.tenses import Tenses
from fabula.segment.wording import Wording
from fabula.story import Mention

__all__ = ["Seam", "find_seams"]

_CLOSE, _FAR = 50, 400
"""Content words on either side, for the closer and the wider view."""


class Seam(msgspec.Struct, frozen=True):
    """The place before a paragraph of story that is no chapter's first.

    Attributes:
        start: of that paragraph.
        word: the index of its first word.
        signs: what speaks for or against a new scene there, by name.
    """

    start: int
    word: int
    signs: dict[str, float]


def find_seams(wording: Wording, mentions: Sequence[Mention], *, chapters: bool = True) -> list[Seam]:
    """All seams of a text, in order.

    Args:
        wording: of the text.
        mentions: in order of place; only names count.
        chapters: whether a chapter's start is known to be one; else it is a seam like others.
    """
    passages = lay_passages(wording, mentions)
    if not chapters:
        passages = [msgspec.structs.replace(p, fresh=at == 0) for at, p in enumerate(passages)]
    if not passages:
        return []
    near, far = cohesions(wording, passages).tolist(), cohesions(wording, passages, window=_FAR).tolist()
    close = cohesions(wording, passages, window=_CLOSE).tolist()
    deep, company = depths(near), PeopleAtSeams(wording, passages)
    talk, tenses = Talk(wording, passages), Tenses(wording, passages)
    seams = []
    for at, passage in enumerate(passages):
        if not passage.fresh:
            signs = {"cohesion": near[at], "far cohesion": far[at], "near cohesion": close[at], "depth": deep[at]}
            signs |= dict(signs_of_opening(wording, passage))
            signs |= dict(signs_of_closing(wording, passages[at - 1]))
            signs |= dict(company.signs(at))
            signs |= dict(talk.signs(at))
            signs |= dict(tenses.signs(at))
            signs |= dict(_around(passages, at))
            signs |= dict.fromkeys(phrases_at(wording, passages[at - 1], passage), 1.0)
            seams.append(Seam(passage.start, passage.first, {name: value for name, value in signs.items() if value}))
    return seams


def _around(passages: Sequence[Passage], at: int) -> Iterator[tuple[str, float]]:
    before, after = passages[at - 1], passages[at + 1] if at + 1 < len(passages) else None
    yield "between speech", float(before.closes and passages[at].opens)
    yield "next opens in speech", float(after is not None and not after.fresh and after.opens)
    yield "quiet around", float(not any(p.speaks for p in passages[max(0, at - 2) : at + 2]))
    yield "chapter just begun", float(any(p.fresh for p in passages[max(0, at - 4) : at]))
    yield "chapter nearly done", float(any(p.fresh for p in passages[at + 1 : at + 4]) or at + 3 >= len(passages))
