"""Since which scene two people stand to each other so, and until which: a death, a divorce, friends who fall out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

import msgspec

from fabula.layers.state.ground import Ground
from fabula.layers.state.relations.tie_nouns import ENDING, tie_of
from fabula.story import Death, Relation

__all__ = ["last"]

_SURE = 0.5
"""A death that is less sure than this ends nothing."""
_GIVES_WAY = {
    "friend": frozenset({"lover", "betrothed", "spouse", "enemy"}),
    "lover": frozenset({"spouse", "enemy"}),
    "betrothed": frozenset({"spouse", "enemy"}),
    "spouse": frozenset({"enemy"}),
    "enemy": frozenset({"friend", "lover", "betrothed", "spouse"}),
}
"""What two people no longer are once they have become something else to each other."""


def last(
    ground: Ground, relations: Sequence[Relation], deaths: Sequence[Death], parted: Mapping[frozenset[str], int]
) -> list[Relation]:
    """The relations with the scenes in which they begin and end, in order of their first evidence."""
    placed = [_placed(ground, one) for one in relations]
    by_pair: dict[frozenset[str], list[Relation]] = {}
    for one in placed:
        by_pair.setdefault(frozenset((one.a, one.b)), []).append(one)
    ended = [_ended(ground, one, by_pair[frozenset((one.a, one.b))], deaths, parted) for one in placed]
    return sorted(ended, key=lambda relation: (relation.evidence, relation.a, relation.b))


def _placed(ground: Ground, relation: Relation) -> Relation:
    """The relation with the first scene in story order whose words tell of it."""
    if not ground.scenes or not relation.evidence:
        return relation
    told = {_scene(ground, span.start) for span in relation.evidence}
    return msgspec.structs.replace(relation, from_scene=min(told, key=lambda scene: ground.ranks[scene]))


def _scene(ground: Ground, place: int) -> str:
    at = bisect_right(ground.scenes, place, key=lambda scene: scene.start) - 1
    return ground.scenes[max(0, at)].id


def _ended(
    ground: Ground,
    relation: Relation,
    others: Sequence[Relation],
    deaths: Sequence[Death],
    parted: Mapping[frozenset[str], int],
) -> Relation:
    """The relation with the scene in which one of the two dies, they part, or become something else to each other."""
    tie = tie_of(relation.kind)
    if tie not in ENDING or relation.from_scene is None:
        return relation
    begun = ground.ranks[relation.from_scene]
    ends = [death.scene for death in deaths if _dies(death, relation)]
    pair = frozenset((relation.a, relation.b))
    if pair in parted and tie in ("spouse", "lover", "betrothed"):
        ends.append(_scene(ground, parted[pair]))
    becomes = _GIVES_WAY.get(tie, frozenset())
    later = [one.from_scene for one in others if tie_of(one.kind) in becomes]
    ends += [scene for scene in later if scene is not None and ground.ranks[scene] > begun]
    after = sorted((ground.ranks[scene], scene) for scene in ends if scene and ground.ranks[scene] >= begun)
    return msgspec.structs.replace(relation, until_scene=after[0][1]) if after else relation


def _dies(death: Death, relation: Relation) -> bool:
    return death.who in (relation.a, relation.b) and death.undone_in is None and death.confidence >= _SURE
