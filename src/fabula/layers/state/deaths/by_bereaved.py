"""Deaths told by those who are left: a widow's husband, an orphan's father and mother."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.layers.state.deaths.told import Told
from fabula.layers.state.ground import Ground, Meant

__all__ = ["find_bereaved"]

_LOST = {
    "widow": ("husband",),
    "widowed": ("husband", "wife"),
    "widowhood": ("husband", "wife"),
    "widower": ("wife",),
    "orphan": ("father", "mother"),
    "orphaned": ("father", "mother"),
}
_AGAIN = frozenset("new second third next future".split())
_SURE = 0.7


def find_bereaved(ground: Ground) -> Iterator[Told]:
    """The husbands, wives, fathers and mothers of whom the text speaks, of those it calls widows or orphans."""
    lower, grammar = ground.who.wording.lower, ground.grammar
    lost: dict[tuple[str, str], int] = {}
    for at, word in enumerate(lower):
        if word in _LOST and (left := _left(ground, at)) is not None:
            for kin in _LOST[word]:
                lost.setdefault((left.id, kin), at)
    kinds = {kin for _, kin in lost}
    for at, word in enumerate(lower):
        if word not in kinds or set(lower[max(0, at - 2) : at]) & _AGAIN:
            continue
        owner, dead = ground.owner(at), ground.person(at)
        left_at = lost.get((owner.id, word)) if owner is not None else None
        if left_at is not None and owner is not None and dead is not None and dead.id != owner.id:
            yield Told(dead, left_at, left_at, False, _SURE * (1.0 if grammar.is_asserted(left_at) else 0.5))


def _left(ground: Ground, at: int) -> Meant | None:
    """Who is called a widow, or has a widow's weeds."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    found = None
    if lower[at] == "widowhood" or lower[at + 1 : at + 2] in (["'s"], ["’s"]):
        found = ground.owner(at) or ground.owner(grammar.head[at])
    elif grammar.relation[at] == "appos":
        found = ground.person(grammar.head[at])
    elif grammar.under(at, "cop", "aux:pass") or grammar.passive(at) or lower[at - 1 : at] == ["left"]:
        found = ground.sufferer(at)
    elif (case := grammar.under(at, "case")) and lower[case[0]] == "as":
        found = ground.person(grammar.subject(grammar.head[at]))
    if found is None and not grammar.under(at, "nmod:poss"):
        found = ground.person(at)  # "the Widow Brown"
    return found
