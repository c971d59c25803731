"""Which mark opens and which closes: the cheapest reading of all the marks of a paragraph together."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from fabula.segment.quotations.marks import FORBIDDEN, Mark

__all__ = ["Pair", "Reading", "read_pairs"]

UNCLOSED = {"D": 3.5, "S": 3.2}
"""What it costs to leave a quotation open at the paragraph's end; for doubles less than to call the opening no mark at
all, for singles more unless the passage sets its speech in them."""

RUNS_ON = 0.3
"""The same, where the next paragraph begins with the opening mark again or goes on to a closing one."""

BROKEN = 3.0
"""What it costs to take a quotation for ended because an outer one ends or another begins."""

SAME_INSIDE = {"D": 2.4, "S": 3.0}
"""What it costs to find a quotation directly inside one of its own kind."""

DEEPEST = 4
WIDEST = 6
"""At most this many readings are followed at once; more never changed a reading in the 184 books at hand."""

MANY = 4000
"""A paragraph with more marks than this is not prose: its marks are read greedily."""


class Pair(msgspec.Struct, frozen=True):
    """A quotation by its marks: indices into the marks. `first` −1: began before; `last` −1: never closed;
    `before`: the mark at which an unclosed one must have ended."""

    first: int
    last: int
    before: int = -1


class Reading(msgspec.Struct, frozen=True):
    """What became of the marks of a paragraph: the quotations, the marks left over, what is open at the end."""

    pairs: list[Pair]
    idle: list[int]
    open: str
    cost: float


Step = tuple[float, str, str]
"""Cost so far, the state before, and what the mark did: "o" open, "c" close, "i" idle, "r" restart."""


def read_pairs(marks: Sequence[Mark], *, carried: str = "", runs_on: str = "") -> Reading:
    """The cheapest reading of the marks.

    `carried` are the families of quotations that may still be open from the paragraph before, outermost first;
    `runs_on` those with which the next paragraph goes on.
    """
    plain = None if carried else _plain(marks)
    if plain is not None:
        return plain
    layers: list[dict[str, Step]] = [{"": (0.0, "", "")}]
    if carried:
        layers[0][carried] = (0.4, "", "")
    for mark in marks:
        layers.append(_advance(layers[-1], mark, WIDEST if len(marks) < MANY else 1))
    last = layers[-1]
    state = min(last, key=lambda s: (last[s][0] + _end_cost(s, runs_on), s))
    return _trace(layers, state, last[state][0])


def _plain(marks: Sequence[Mark]) -> Reading | None:
    """The reading of marks that leave no doubt: each plainly opens or closes, and they alternate."""
    pairs = []
    opened = -1
    for at, mark in enumerate(marks):
        if mark.family != marks[0].family:
            return None
        if mark.opens == 0.0 and mark.closes >= 1.8 and mark.idles >= 1.5 and opened < 0:
            opened = at
        elif mark.closes == 0.0 and mark.opens >= 1.8 and mark.idles >= 1.5 and opened >= 0:
            pairs.append(Pair(opened, at))
            opened = -1
        else:
            return None
    return None if opened >= 0 else Reading(pairs, [], "", 0.0)


def _end_cost(state: str, runs_on: str) -> float:
    if state and runs_on.startswith(state):
        return RUNS_ON
    return sum(UNCLOSED.get(family, 3.0) for family in state)


def _advance(layer: dict[str, Step], mark: Mark, widest: int) -> dict[str, Step]:
    """All readings of the marks up to this one, the cheapest for each stack of open quotations."""
    reached: dict[str, Step] = {}
    family = mark.family

    def reach(state: str, cost: float, before: str, deed: str) -> None:
        if state not in reached or cost < reached[state][0]:
            reached[state] = (cost, before, deed)

    for state, (cost, _, _) in layer.items():
        reach(state, cost + mark.idles, state, "i")
        if mark.opens < FORBIDDEN and len(state) < DEEPEST:
            inside = SAME_INSIDE.get(family, 2.0) if family in state else 0.0
            reach(state + family, cost + mark.opens + inside, state, "o")
        at = state.rfind(family)
        if at < 0:
            continue
        broken = sum(BROKEN for _ in state[at + 1 :])
        if mark.closes < FORBIDDEN:
            reach(state[:at], cost + mark.closes + broken, state, "c")
        if mark.opens < FORBIDDEN:
            reach(state[:at] + family, cost + mark.opens + broken + BROKEN, state, "r")
    if len(reached) > widest:
        best = sorted(reached.items(), key=lambda item: (item[1][0], item[0]))[:widest]
        return dict(best)
    return reached


def _trace(layers: list[dict[str, Step]], state: str, cost: float) -> Reading:
    """Follow the cheapest reading back, then forward again to pair its marks."""
    deeds: list[str] = []
    end = state
    for layer in reversed(layers[1:]):
        _, before, deed = layer[state]
        deeds.append(deed)
        state = before
    deeds.reverse()
    return _pair(deeds, layers, state, end, cost)


def _pair(deeds: list[str], layers: list[dict[str, Step]], state: str, end: str, cost: float) -> Reading:
    pairs: list[Pair] = []
    idle: list[int] = []
    stack = [-1 for _ in state]
    sizes = _sizes(deeds, layers, end)
    for at, deed in enumerate(deeds):
        if deed == "i":
            idle.append(at)
        elif deed == "o":
            stack.append(at)
        else:
            keep = sizes[at + 1] - (deed == "r")
            while len(stack) > keep + 1:
                pairs.append(Pair(stack.pop(), -1, at))
            first = stack.pop()
            pairs.append(Pair(first, at) if deed == "c" else Pair(first, -1, at))
            if deed == "r":
                stack.append(at)
    pairs += [Pair(first, -1) for first in stack]
    return Reading(pairs, idle, end, cost)


def _sizes(deeds: list[str], layers: list[dict[str, Step]], end: str) -> list[int]:
    """How many quotations are open after each mark."""
    sizes = [len(end)]
    state = end
    for layer in reversed(layers[1:]):
        state = layer[state][1]
        sizes.append(len(state))
    sizes.reverse()
    return sizes
