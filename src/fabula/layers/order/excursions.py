"""Scenes that lie elsewhere in time than where they are told: memories, tales, and strands that happened earlier."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

import msgspec

from fabula.layers.order.deeds import SOMEBODY, Deeds
from fabula.layers.order.heads import Head
from fabula.layers.order.signs import Sign
from fabula.layers.order.strands import Strands
from fabula.story import OrderKind, Scene, Span

__all__ = ["signs_of_excursions", "signs_of_heads"]

_FRAMES: dict[str, tuple[OrderKind, float]] = {"memory": ("memory", 2.0), "told": ("tale", 2.5)}
"""By how a scene is framed: the kind of sign that it happened before the scene that holds it, and its weight."""
_NOW = frozenset({"dream", "vision", "imagined"})
"""What is dreamt or seen happens while it is dreamt."""


_PLAN, _DEATH, _UNSURE, _MOST_PLANS = 0.8, 1.2, 0.75, 3
"""How much it weighs that something is planned in the one and done in the other; that it is a death; what is left of it
where it is not said to whom it is done; and how many such things count."""
_YOUNG = 1.1
"""How much it weighs that somebody is a child where another strand takes over."""
_STEPS, _GOING_BACK = 2, 1.7
"""A story that has gone back so many times in a row, each time before the scene told last, goes on so where a scene
names a time of its own: how much that weighs."""
_FARTHER = 0.3
"""How much less it weighs for the scenes told behind one that goes back."""
_BEGUN = 1.6
"""How much it weighs that it tells how something began."""
_TENSE = 1.8
"""How much it weighs that it is told in the past, and what holds it in the present."""
_OPENING, _RESUMED = 0.4, 0.5
"""How much it weighs that the story opens with the scene that is taken up again (so do 17 of 26 returns from the past
in the stories looked at, and 8 of 28 others), and that it is so with past perfects, which tell what has been done there
in the meantime: "Billie had stopped shelling" (12 of 26, and 1 of 28). A good deal less than these counts say."""
_CROSSING = 1.2
"""What plans and deaths must weigh before the part of a strand that is told last of all is put before the other."""


class Reason(msgspec.Struct, frozen=True):
    """One thing that speaks for an excursion into the past, or against it."""

    kind: OrderKind
    weight: float
    evidence: tuple[Span, ...] = ()


def signs_of_excursions(
    scenes: Sequence[Scene], heads: Sequence[Head], strands: Strands, deeds: Deeds
) -> Iterator[Sign]:
    """For two strands that interleave, which of them happened first: all that speaks for it added up."""
    for outer, inner in _interleaved(strands):
        reasons = list(_reasons(outer, inner, scenes, heads, strands, deeds))
        crossing = sum(reason.weight for reason in reasons if reason.kind in ("plan", "death"))
        told = any(reason.kind == "tale" for reason in reasons)
        last = max(outer) if crossing < _CROSSING or told else max(inner)
        for one in (one for one in inner if one <= last):
            sign = _sign(one, outer[0], [*reasons, *_of_return(one, outer, heads, strands)])
            if sign is not None:
                yield sign


def _sign(before: int, after: int, reasons: Sequence[Reason]) -> Sign | None:
    """What the reasons come to together, if that is anything."""
    weight = sum(reason.weight for reason in reasons)
    if weight <= 0:
        return None
    best = max(reasons, key=lambda reason: (reason.weight, reason.kind))
    speaking = sorted((r for r in reasons if r.weight > 0), key=lambda r: (r.kind != best.kind, -r.weight))
    evidence = tuple(dict.fromkeys(span for reason in speaking for span in reason.evidence))[:6]
    return Sign(before=before, after=after, kind=best.kind, weight=weight, evidence=evidence)


def _of_return(one: int, outer: Sequence[int], heads: Sequence[Head], strands: Strands) -> Iterator[Reason]:
    """What the scene says that takes up the outer strand again behind scene `one`, where the story opens with it."""
    back = next((r for r in strands.returns if r.since < one < r.to and strands.of[r.to] == strands.of[outer[0]]), None)
    if back is None or back.since != 0 or heads[back.to].on is not None:
        return
    taken_up = heads[back.since].closing, heads[back.to].opening
    yield Reason("continues", _OPENING, taken_up)
    if heads[back.to].perfect_first:
        yield Reason("continues", _RESUMED, taken_up)


def signs_of_heads(scenes: Sequence[Scene], heads: Sequence[Head], strands: Strands) -> Iterator[Sign]:
    """For scenes that no return shows to be excursions: what their own first words say. What is told behind one of
    them belongs to it, up to the scene in which it goes on where it was broken off."""
    moved_back: list[int] = []
    steps = 0
    for told in range(1, len(scenes)):
        head = heads[told]
        if head.meanwhile is not None:
            yield Sign(before=told - 1, after=told, kind="meanwhile", weight=1.5, evidence=(head.meanwhile,))
        signs = list(_of_opening(told, scenes, heads, strands, follows=told - 1 in moved_back))
        if not signs and steps >= _STEPS and head.once is not None and head.on is None:
            signs = [Sign(before=told, after=told - 1, kind="time", weight=_GOING_BACK, evidence=(head.once,))]
        steps = steps + 1 if any(sign.after == told - 1 and sign.weight >= _GOING_BACK for sign in signs) else 0
        if head.before_that is not None or head.far is not None:
            moved_back.append(told)
        yield from signs
        for sign in signs:
            back = strands.resumed(sign.after) if sign.after == told - 1 and scenes[told].frame != "told" else None
            for inside in range(told + 1, back if back is not None else 0):
                shown = (*sign.evidence[:2], heads[told - 1].closing, heads[back or 0].opening)
                yield Sign(
                    before=inside, after=sign.after, kind=sign.kind, weight=sign.weight - _FARTHER, evidence=shown
                )


def _of_opening(
    told: int, scenes: Sequence[Scene], heads: Sequence[Head], strands: Strands, *, follows: bool
) -> Iterator[Sign]:
    """What the first words of one scene say; `follows` one that goes back in time itself."""
    head, frame = heads[told], scenes[told].frame
    if head.before_that is not None:
        yield Sign(before=told, after=told - 1, kind="time", weight=4.5, evidence=(head.before_that,))
    elif head.far is not None:
        for anchor in sorted({0} if follows else {0, told - 1}):
            yield Sign(before=told, after=anchor, kind="time", weight=4.5, evidence=(head.far,))
    elif frame in _FRAMES:
        since = _holder(told, scenes)
        if since is not None:
            kind, weight = _FRAMES[frame]
            evidence = head.perfects[:1] or (head.opening,)
            yield Sign(
                before=told, after=since, kind=kind, weight=weight + 0.8 * bool(head.perfects), evidence=evidence
            )
    elif (held := _present_before(told, heads, scenes)) is not None:
        shown = (heads[held].opening, head.opening)
        yield Sign(before=told, after=held, kind="memory", weight=_TENSE, evidence=shown)
    elif _speaks(head, taken_up=any(found.to == told for found in strands.returns)):
        reasons = list(_of_head(head))
        weight = sum(reason.weight for reason in reasons)
        if weight > 0:
            best = max(reasons, key=lambda reason: (reason.weight, reason.kind))
            evidence = tuple(span for reason in reasons for span in reason.evidence)
            yield Sign(before=told, after=told - 1, kind=best.kind, weight=weight, evidence=evidence)


def _speaks(head: Head, *, taken_up: bool) -> bool:
    """Whether a head says something of its own; where a strand is taken up again, a past perfect alone does not."""
    if taken_up:
        return head.once is not None and head.perfect_first
    return head.perfect_first or head.near is not None or head.begun is not None


def _holder(told: int, scenes: Sequence[Scene]) -> int | None:
    """The scene told before it that happens itself: the one in which somebody remembers or tells."""
    frame = scenes[told].frame
    return next((k for k in range(told - 1, -1, -1) if scenes[k].frame != frame), None)


def _present_before(told: int, heads: Sequence[Head], scenes: Sequence[Scene]) -> int | None:
    """The scene told last before it that is told in the present, if the story comes back to the present later, or
    has done so before. Letters and diaries tell in both what is now."""
    if heads[told].tense != "past" or any(scene.frame == "letter" for scene in scenes):
        return None
    now = [k for k, head in enumerate(heads) if head.tense == "present"]
    before = [k for k in now if k < told]
    return before[-1] if before and (now[-1] > told or before != [*range(before[0], before[-1] + 1)]) else None


def _interleaved(strands: Strands) -> Iterator[tuple[list[int], list[int]]]:
    """Pairs of strands of which the first goes on after the second has begun, each as its scenes in told order."""
    members: dict[int, list[int]] = {}
    for told, number in enumerate(strands.of):
        members.setdefault(number, []).append(told)
    done = set()
    for found in strands.returns:
        for k in range(found.since + 1, found.to):
            outer, inner = strands.of[found.to], strands.of[k]
            if inner != outer and (outer, inner) not in done and members[outer][0] < members[inner][0]:
                done.add((outer, inner))
                yield members[outer], members[inner]


def _reasons(
    outer: Sequence[int],
    inner: Sequence[int],
    scenes: Sequence[Scene],
    heads: Sequence[Head],
    strands: Strands,
    deeds: Deeds,
) -> Iterator[Reason]:
    first = inner[0]
    head, frame = heads[first], scenes[first].frame
    yield from _of_head(head)
    if frame in _FRAMES:
        yield Reason(*_FRAMES[frame], head.perfects[:1] or (head.opening,))
    elif frame in _NOW:
        yield Reason("memory", -4.0)
    tenses = {heads[k].tense for k in inner if k < max(outer)}, {heads[k].tense for k in outer}
    if tenses == ({"past"}, {"present"}) and frame != "letter":
        yield Reason("memory", _TENSE, (heads[outer[0]].opening, head.opening))
    own = [heads[k].first_person for k in inner if k < max(outer)]
    if min(own) > 0.03 > 0.005 > max(heads[k].first_person for k in outer):
        yield Reason("tale", 2.0, (head.opening,))
    back = next(found for found in strands.returns if strands.of[found.to] == strands.of[outer[0]] and found.to > first)
    people = [strands.people[k] for k in (*outer, *inner)]
    if frozenset.intersection(*people):
        if heads[back.to].on is None:
            yield Reason("continues", 0.7, (heads[back.since].closing, heads[back.to].opening))
    elif not frozenset.intersection(frozenset.union(*people[: len(outer)]), frozenset.union(*people[len(outer) :])):
        yield Reason("meanwhile", -1.5)
    yield from _of_deeds(outer, inner, heads, strands, deeds)


def _of_deeds(
    outer: Sequence[int], inner: Sequence[int], heads: Sequence[Head], strands: Strands, deeds: Deeds
) -> Iterator[Reason]:
    """What the one strand plans and the other speaks of as done, each deed once; and who is dead in the other."""
    for earlier, later, sense in ((inner, outer, 1.0), (outer, inner, -1.0)):
        plans: dict[str, Reason] = {}
        for one, other in product(earlier, later):
            for plan, deed in deeds.done_after(one, other):
                sure = (_DEATH if plan.verb == "die" else _PLAN) * (_UNSURE if deed.whom == SOMEBODY else 1.0)
                plans.setdefault(plan.verb, Reason("plan", sense * sure, (plan.place, deed.place)))
        yield from list(plans.values())[:_MOST_PLANS]
    for one, other in product(inner, outer):
        for who, place in deeds.dead_in(other).items():
            if one > other and who in strands.people[one] and who not in strands.people[other]:
                yield Reason("death", _DEATH, (place, heads[one].opening))
                return


def _of_head(head: Head) -> Iterator[Reason]:
    if head.far is not None:
        yield Reason("time", 3.0, (head.far,))
    if head.near is not None:
        yield Reason("time", 1.4, (head.near,))
    if head.begun is not None:
        yield Reason("time", _BEGUN, (head.begun,))
    if head.perfects:
        weight = 0.4 * min(3, len(head.perfects)) + 0.8 * head.perfect_first
        yield Reason("memory", weight, head.perfects[:2])
    if head.once is not None:
        yield Reason("time", 0.7, (head.once,))
    if head.young is not None:
        yield Reason("age", _YOUNG, (head.young,))
    if head.on is not None:
        yield Reason("time", -1.2)
    if head.meanwhile is not None:
        yield Reason("meanwhile", -3.0)
