"""The gate: measures may rise; none sinks below its floor unless somebody says so and why."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from benchmarks.records import HERE

__all__ = [
    "FLOORS",
    "Floors",
    "GateError",
    "check",
    "load_floors",
    "lower",
    "pin_corpus",
    "raise_floors",
    "save_floors",
]

FLOORS = HERE / "floors.json"

MARGIN = 0.003
"""What a floor leaves below the number reached: one standard error of a share of .7 over 28,631 quotations is .0027."""


class GateError(Exception):
    """The gate cannot do what it was told. `str(error)` is one line."""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """Why a floor was lowered, or another corpus pinned (`id` "corpus", no values)."""

    date: str
    id: str
    because: str
    before: float | None = None
    after: float | None = None


class Floors(msgspec.Struct, frozen=True, kw_only=True):
    """What may not be undercut: a floor for each headline number, on the corpus of this digest ("": none yet)."""

    corpus: str = ""
    margin: float = MARGIN
    floors: dict[str, float] = {}
    history: tuple[Change, ...] = ()


def load_floors(path: Path = FLOORS) -> Floors:
    """The pinned floors; none where there is no file yet."""
    return msgspec.json.decode(path.read_bytes(), type=Floors) if path.exists() else Floors()


def save_floors(floors: Floors, path: Path = FLOORS) -> None:
    """Write the floors, one to a line, so that a change shows in a diff."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(floors), indent=2) + b"\n")


def check(values: Mapping[str, float], digest: str, floors: Floors) -> tuple[str, ...]:
    """What is wrong, one line each; nothing: the gate is passed. A floor whose number was not measured is a fault."""
    faults = []
    if floors.corpus != digest:
        faults.append(f"corpus: digest {digest[:16]} is not the pinned {floors.corpus[:16] or '(none)'}")
    for name, floor in floors.floors.items():
        value = values.get(name)
        if value is None:
            faults.append(f"{name}: not measured; its floor is {floor:.4f}")
        elif value < floor:
            faults.append(f"{name}: {value:.4f} is below the floor {floor:.4f}")
    return tuple(faults)


def raise_floors(values: Mapping[str, float], digest: str, floors: Floors) -> Floors:
    """Floors at what is reached less the margin; one that is higher already stays.

    Raises:
        GateError: if another corpus is pinned.
    """
    if floors.corpus not in ("", digest):
        raise GateError("another corpus is pinned: floors on different data are not comparable; use --pin --because")
    reached = {name: math.floor((value - floors.margin) * 10_000) / 10_000 for name, value in values.items()}
    names = sorted({*floors.floors, *reached})
    best = {name: max(reached.get(name, 0.0), floors.floors.get(name, 0.0)) for name in names}
    return msgspec.structs.replace(floors, corpus=digest, floors=best)


def lower(name: str, value: float, because: str, floors: Floors) -> Floors:
    """Lower one floor and write down why.

    Raises:
        GateError: if there is no such floor, it is not higher than `value`, or no sentence says why.
    """
    _must_say_why(because)
    before = floors.floors.get(name)
    if before is None:
        raise GateError(f"there is no floor {name}; there are: {', '.join(floors.floors) or 'none'}")
    if value >= before:
        raise GateError(f"{name} stands at {before}: {value} would not lower it; --raise raises floors")
    change = Change(date=_today(), id=name, because=because.strip(), before=before, after=value)
    return msgspec.structs.replace(floors, floors={**floors.floors, name: value}, history=(*floors.history, change))


def pin_corpus(digest: str, because: str, floors: Floors) -> Floors:
    """Pin another corpus and write down why. The floors stay.

    Raises:
        GateError: if no sentence says why.
    """
    _must_say_why(because)
    change = Change(date=_today(), id="corpus", because=because.strip())
    return msgspec.structs.replace(floors, corpus=digest, history=(*floors.history, change))


def _must_say_why(because: str) -> None:
    if len(because.split()) < 3:
        raise GateError('say why, in a sentence: --because "…"')


def _today() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d")
