"""One step of a thing's way: who has it from a word on, how that came, and how sure it is."""

from __future__ import annotations

import msgspec

from fabula.layers.state.custody.things import Thing
from fabula.layers.state.ground import Ground
from fabula.story import Custody, Span

__all__ = ["ASKED", "CALLED", "End", "Handing", "handing"]

_SHOWN, _SAID = 0.75, 0.6
"""How sure it is where the narration says it, and where somebody says it."""
CALLED = 0.4
"""How sure somebody has what is only called his."""
ASKED = 0.45
"""Who is asked for a thing has it, rather."""
_BY_IT = 0.9
"""What is left of that where the thing is only "it"."""


class Handing(msgspec.Struct, frozen=True):
    """From the word at `at` on, `holder` (None: nobody, or nobody who is named) has a thing.

    Attributes:
        over: somebody tells it as past.
        giver: from whom it comes, where the words say so.
        weak: shows who has it, but takes it from nobody.
        ends: only ends that somebody has it: what was in nobody's hands is no more lost than it was.
    """

    thing: Thing
    at: int
    holder: str | None
    how: Custody
    sure: float
    over: bool
    evidence: Span
    giver: str | None = None
    weak: bool = False
    ends: bool = False


class End(msgspec.Struct, frozen=True):
    """What a verb makes of a thing."""

    holder: str | None
    how: Custody
    giver: str | None = None
    weak: bool = False
    ends: bool = False


def handing(ground: Ground, word: int, verb: int, end: End, thing: Thing, *, over: bool = True) -> Handing:
    spoken = ground.is_spoken(verb)
    sure = (_SAID if spoken else _SHOWN) * (_BY_IT if ground.who.wording.lower[word] in ("it", "them") else 1.0)
    return Handing(
        thing=thing,
        at=verb,
        holder=end.holder,
        how=end.how,
        sure=sure,
        over=over and spoken,
        evidence=ground.clause(verb),
        giver=end.giver,
        weak=end.weak,
        ends=end.ends,
    )
