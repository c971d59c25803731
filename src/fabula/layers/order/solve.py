"""One order out of many signs: the strongest first, and none that would make a scene earlier than itself."""

from __future__ import annotations

import heapq
from collections.abc import Iterable

from fabula.layers.order.signs import Sign

__all__ = ["Line"]


class Line:
    """A partial order of scenes that grows by one sign after another and never turns back on itself."""

    def __init__(self, many: int) -> None:
        self._after: list[set[int]] = [set() for _ in range(many)]
        self.kept: list[Sign] = []
        self.refused: list[Sign] = []

    def add(self, signs: Iterable[Sign]) -> None:
        """Take in the signs, the strongest first; one that contradicts those before it is refused."""
        for sign in sorted(signs, key=lambda s: (-s.weight, s.before, s.after, s.kind)):
            if sign.before == sign.after or self.leads(sign.after, sign.before):
                self.refused.append(sign)
            else:
                self._after[sign.before].add(sign.after)
                self.kept.append(sign)

    def leads(self, start: int, end: int) -> bool:
        """Whether it is said already that `start` happened before `end`."""
        reached, waiting = {start}, [start]
        while waiting:
            here = waiting.pop()
            if here == end:
                return True
            new = self._after[here] - reached
            reached |= new
            waiting += new
        return False

    def places(self) -> list[int]:
        """The scenes in story order; what no sign parts, in order of telling."""
        waits = [0] * len(self._after)
        for later in self._after:
            for one in later:
                waits[one] += 1
        free = [told for told, many in enumerate(waits) if not many]
        heapq.heapify(free)
        line: list[int] = []
        while free:
            here = heapq.heappop(free)
            line.append(here)
            for one in sorted(self._after[here]):
                waits[one] -= 1
                if not waits[one]:
                    heapq.heappush(free, one)
        return line
