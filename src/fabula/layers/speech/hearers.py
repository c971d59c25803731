"""Who is spoken to: whoever is named as hearer or called by name, else the other who speaks nearest in that talk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fabula.layers.speech.decide import Decision
from fabula.layers.speech.turns import Turn

__all__ = ["find_hearers"]

_BEFORE, _AFTER = 4, 3
"""So many speeches before and after one belong to the same round of talk."""
_GAP = 2
"""With more than one paragraph of narration between two speeches the round may have changed."""
_FAR = 3
"""So many speeches off, whatever lies between, somebody is looked for where the round has nobody else."""


def find_hearers(run: Sequence[Turn], decisions: Sequence[Decision], t: int) -> tuple[str, ...]:
    """Whom turn `t` of a conversation is said to; nobody where nothing tells.

    One who is not named is one only: everybody who speaks in the round would be right as often on PDNC (whose
    annotators list all who are present for 42 % of speeches), but half as often in our own stories.
    """
    speaker = decisions[t].speaker
    named = [s.to.character for s in run[t].signs if s.to is not None and s.to.character]
    called = [c for c in (*named, *run[t].called) if c != speaker]
    if called:
        return tuple(dict.fromkeys(called))
    round_ = (*_round(run, t, -1, _BEFORE), *_round(run, t, 1, _AFTER))
    far = (n for n in range(t - _FAR, t + _FAR + 1) if 0 <= n < len(run))
    for n in (*_nearest_first(round_, t), *_nearest_first(far, t)):
        other = decisions[n].speaker
        if other is not None and other != speaker:
            return (other,)
    return ()


def _nearest_first(turns: Iterator[int] | Sequence[int], t: int) -> list[int]:
    """Of two as near as each other the earlier one: a speech answers more often than it asks."""
    return sorted(turns, key=lambda n: (abs(n - t), n > t))


def _round(run: Sequence[Turn], t: int, step: int, reach: int) -> Iterator[int]:
    """The turns of the same round of talk, on one side of a turn, the nearest first."""
    for n in range(t + step, t + step * (reach + 1), step):
        if not 0 <= n < len(run):
            return
        earlier, later = sorted((n, n - step))
        if run[later].paragraph - run[earlier].last > _GAP:
            return
        yield n
