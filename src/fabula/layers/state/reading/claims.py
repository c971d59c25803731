"""What was read in each stretch of a text, and how sure it is; what was asked and is unlikely is kept as well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from fabula.story import Span

__all__ = ["Claims", "DeathClaim", "HandClaim", "TieClaim"]


class DeathClaim(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody is dead by the end of the words `first` … `stop` (not included), or not.

    Attributes:
        who: a character's id.
        probability: that they are; `shown`: if so, that it happens before our eyes.
        evidence: the sentence that speaks loudest; `at`: the word in it that does.
    """

    who: str
    probability: float
    shown: float
    first: int
    stop: int
    at: int
    evidence: Span


class TieClaim(msgspec.Struct, frozen=True, kw_only=True):
    """`a` is the `kind` of `b`, as far as the words `first` … `stop` tell. For the rest see `DeathClaim`."""

    a: str
    b: str
    kind: str
    probability: float
    first: int
    stop: int
    at: int
    evidence: Span


class HandClaim(msgspec.Struct, frozen=True, kw_only=True):
    """`who` does something with a thing: gets it, parts with it, has, finds, hides, loses or destroys it; or holds it
    when the words `first` … `stop` end. For the rest see `DeathClaim`.

    `thing`: the number under which the thing was asked for.
    """

    who: str
    thing: int
    deed: str
    probability: float
    first: int
    stop: int
    at: int
    evidence: Span


class Claims(msgspec.Struct, frozen=True, kw_only=True):
    """All that was read, in order of place. Stretches overlap, so one death is claimed by two of them or more.

    `ties` leaves out what is less probable than one in fifty; of `asked` pairs of ids nothing else is said.
    """

    deaths: tuple[DeathClaim, ...] = ()
    ties: tuple[TieClaim, ...] = ()
    hands: tuple[HandClaim, ...] = ()
    asked: frozenset[tuple[str, str]] = frozenset()

    def dead(self, who: str, *, first: int = 0, stop: int | None = None) -> float:
        """How probable it is, at most, that somebody is dead by stretches that hold any of the words; 0 unasked."""
        near = (one for one in self.deaths if one.who == who and _overlaps(one, first, stop))
        return max((one.probability for one in near), default=0.0)

    def tied(self, a: str, b: str, kind: str) -> float:
        """How probable a tie is over all stretches that tell of the two: each may tell it by itself, none must."""
        return noisy_or(one.probability for one in self.ties if (one.a, one.b, one.kind) == (a, b, kind))

    def handled(self, who: str, thing: int, *, first: int = 0, stop: int | None = None) -> Iterator[HandClaim]:
        """What somebody is read to do with a thing in stretches that hold any of the words."""
        for one in self.hands:
            if one.who == who and one.thing == thing and _overlaps(one, first, stop):
                yield one


def _overlaps(claim: DeathClaim | HandClaim, first: int, stop: int | None) -> bool:
    return claim.stop > first and (stop is None or claim.first < stop)


def noisy_or(probabilities: Iterable[float]) -> float:
    """That at least one holds, were they independent; of overlapping stretches only the three best count."""
    missed = 1.0
    for one in sorted(probabilities, reverse=True)[:3]:
        missed *= 1 - one
    return 1 - missed
