"""In what order the scenes happened: as told, but for those whose words, dates, people or deeds set them earlier."""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

from fabula.layers.order.dates import signs_of_ages, signs_of_dates
from fabula.layers.order.deeds import find_deeds
from fabula.layers.order.departed import signs_of_the_departed
from fabula.layers.order.excursions import signs_of_excursions, signs_of_heads
from fabula.layers.order.heads import read_heads
from fabula.layers.order.signs import Sign
from fabula.layers.order.solve import Line
from fabula.layers.order.strands import find_strands, signs_of_strands
from fabula.segment.wording import Wording
from fabula.story import Mention, Order, Quote, Scene

__all__ = ["Ordered", "order_scenes"]

_SHORT, _LONG = 1_500, 60_000
"""Words of a short story and of a novel."""
_BAR = (1.5, 4.2)
"""What must speak for it before a scene is put earlier than it is told, in a short story and in a novel. Of our
twenty-four stories every second is told out of order; in a novel of fifty scenes hardly one is."""
_TOLD = 0.5
"""How sure it is that a scene happened when it is told, where nothing speaks against it."""
_HINTED = 0.35
"""The same where something does, but not enough to move it."""
_MOST = 0.9
"""How sure anything but the user's word makes it."""
_USER = 99.0


class Ordered(msgspec.Struct, frozen=True):
    """The scenes with `order` and `thread`; why they stand so, and what speaks against it; contradictions, a sentence
    each."""

    scenes: tuple[Scene, ...]
    orders: tuple[Order, ...]
    notes: tuple[str, ...] = ()


def order_scenes(
    wording: Wording,
    scenes: Sequence[Scene],
    mentions: Sequence[Mention] = (),
    quotes: Sequence[Quote] = (),
    *,
    settled: Sequence[tuple[int, int]] = (),
    together: Sequence[tuple[int, int]] = (),
) -> Ordered:
    """The order in which the scenes happened, with what shows it.

    Signs are weighed, not obeyed: only what passes a bar, higher in a long text, sets a scene before one told sooner;
    of signs that contradict each other the stronger is kept. Everything else happened when it is told.

    Args:
        settled: pairs of indices of scenes of which the user has said that the first happened before the second.
        together: pairs of which the user has said that they are of one thread.
    """
    heads = read_heads(wording, scenes)
    strands = find_strands(wording, scenes, heads, quotes)
    deeds = find_deeds(wording, scenes, mentions, quotes)
    signs = [
        *signs_of_dates(wording, scenes),
        *signs_of_ages(wording, scenes, mentions),
        *signs_of_excursions(scenes, heads, strands, deeds),
        *signs_of_heads(scenes, heads, strands),
        *signs_of_the_departed(scenes, quotes, heads, strands, deeds),
    ]
    bar = _bar(len(wording))
    line, told = Line(len(scenes)), _as_told(len(scenes))
    line.add(Sign(before=a, after=b, kind="user", weight=_USER) for a, b in settled)
    firm = [s for s in signs if s.kind != "meanwhile" and (s.before < s.after or s.weight >= bar)]
    line.add(_strongest(firm))
    notes = tuple(_contradiction(wording, scenes, line, sign) for sign in line.refused if sign.weight >= bar)
    line.add(signs_of_strands(heads, strands))
    line.add(told)
    hints = [s for s in signs if s not in firm or s in line.refused]
    order = line.places()
    at_once = {
        s.after for s in hints if s.kind == "meanwhile" and abs(order.index(s.before) - order.index(s.after)) == 1
    }
    return Ordered(
        _placed(scenes, _ranks(order, at_once), _joined(strands.of, together), line.kept, hints),
        (
            *(_order(scenes, sign) for sign in [*line.kept, *(s for s in hints if s.after in at_once)]),
            *(_order(scenes, s, held=False) for s in _strongest(hints) if s.kind != "meanwhile" and s.before > s.after),
        ),
        notes,
    )


def _bar(words: int) -> float:
    """What must speak for moving a scene; between short and long it grows with the logarithm of the length."""
    low, high = _BAR
    part = (math.log(max(1, words)) - math.log(_SHORT)) / (math.log(_LONG) - math.log(_SHORT))
    return low + (high - low) * min(1.0, max(0.0, part))


def _as_told(many: int) -> list[Sign]:
    return [Sign(before=told - 1, after=told, kind="told", weight=0.0) for told in range(1, many)]


def _strongest(signs: Sequence[Sign]) -> list[Sign]:
    """Of signs of one kind for one pair of scenes the strongest."""
    best: dict[tuple[int, int, str], Sign] = {}
    for sign in signs:
        pair = (sign.before, sign.after, sign.kind)
        if pair not in best or best[pair].weight < sign.weight:
            best[pair] = sign
    return list(best.values())


def _ranks(order: Sequence[int], at_once: set[int]) -> list[int]:
    """For each scene its place in story time, from 1; what happens at once shares one."""
    ranks, place = [0] * len(order), 0
    for told in order:
        place += not (told in at_once and place)
        ranks[told] = place
    return ranks


def _joined(threads: Sequence[int], together: Sequence[tuple[int, int]]) -> list[int]:
    """The threads, where the user says that scenes are of one; numbered by first appearance."""
    joined = list(threads)
    for one, other in together:
        low, high = sorted((joined[one], joined[other]))
        joined = [low if thread == high else thread for thread in joined]
    number: dict[int, int] = {}
    return [number.setdefault(thread, len(number) + 1) for thread in joined]


def _placed(
    scenes: Sequence[Scene], ranks: Sequence[int], threads: Sequence[int], kept: Sequence[Sign], hints: Sequence[Sign]
) -> tuple[Scene, ...]:
    """The scenes with their place, their thread, and how sure that is."""
    moved = {sign.before: sign for sign in kept if sign.before > sign.after}
    doubted = {sign.before: sign for sign in hints if sign.before > sign.after and sign.before not in moved}
    placed = []
    for told, scene in enumerate(scenes):
        sure = _sure(moved[told]) if told in moved else _HINTED if told in doubted else _TOLD
        sign = moved.get(told) or doubted.get(told)
        evidence = dict.fromkeys((*scene.evidence, *(sign.evidence if sign is not None else ())))
        placed.append(
            msgspec.structs.replace(
                scene,
                order=ranks[told],
                thread=threads[told],
                confidence=scene.confidence if len(scenes) == 1 else min(scene.confidence, sure),
                evidence=tuple(evidence),
            )
        )
    return tuple(placed)


def _sure(sign: Sign) -> float:
    """How sure a sign is; natural log odds made a share, never beyond what such signs have been right."""
    if sign.kind == "user":
        return 1.0
    return _TOLD if sign.kind in ("told", "continues") else round(min(_MOST, 1 / (1 + math.exp(-sign.weight / 2))), 3)


def _order(scenes: Sequence[Scene], sign: Sign, *, held: bool = True) -> Order:
    return Order(
        before=scenes[sign.before].id,
        after=scenes[sign.after].id,
        kind=sign.kind,
        held=held,
        confidence=_sure(sign) if held else min(_HINTED, _sure(sign)),
        evidence=sign.evidence,
    )


def _contradiction(wording: Wording, scenes: Sequence[Scene], line: Line, sign: Sign) -> str:
    """A sentence on a sign that contradicts stronger ones, with both places."""
    text = wording.segments.text
    here = text.line(sign.evidence[0].start if sign.evidence else scenes[sign.before].start)
    other = max(line.kept, key=lambda s: ({s.before, s.after} == {sign.before, sign.after}, s.weight))
    there = text.line(other.evidence[0].start if other.evidence else scenes[other.before].start)
    first, second = scenes[sign.before].id, scenes[sign.after].id
    return (
        f"the order of scenes {first} and {second} contradicts itself: line {here:,} ({sign.kind}) puts {first} first, "
        f"line {there:,} ({other.kind}) does not; the latter was kept."
    )
