"""The headline numbers of a model pack, and how far packs of several seeds lie apart."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import mean, stdev

import msgspec

from benchmarks.metrics.tallies import Scored
from benchmarks.pack_running import PackRun

__all__ = ["MARKS", "SYNTAX", "TARGETS", "Spread", "pack_headline", "spreads"]

MARKS: tuple[str, ...] = ("mentions", "events", "coreference")
SYNTAX: tuple[str, ...] = ("class", "lemma", "uas", "las", "las_full")
TARGETS: dict[str, float] = {
    "M6.mentions": 0.865,
    "M6.events": 0.72,
    "M6.coreference": 0.76,
    "EWT.class": 0.955,
    "EWT.las": 0.87,
}
"""What was to be reached."""


class Spread(msgspec.Struct, frozen=True):
    """One measure over several packs."""

    mean: float
    deviation: float
    low: float
    high: float


def pack_headline(runs: Sequence[PackRun]) -> dict[str, float]:
    """The numbers that stand under the gate, by id ("M6.events", "EWT.las"): of the first pack, which is the shipped
    one."""
    return {name: scored.value for name, scored in scores(runs[0]).items()} if runs else {}


def scores(run: PackRun) -> dict[str, Scored]:
    """The headline measures of one pack with their bounds."""
    marks = {f"M6.{name}": run.marks[name] for name in MARKS if name in run.marks}
    return marks | {f"EWT.{name}": run.syntax[name] for name in SYNTAX if name in run.syntax}


def spreads(runs: Sequence[PackRun]) -> dict[str, Spread]:
    """Each headline measure over all packs: mean, standard deviation (of the sample), least and most."""
    found = {}
    for name in pack_headline(runs):
        values = [scores(run)[name].value for run in runs]
        deviation = stdev(values) if len(values) > 1 else 0.0
        found[name] = Spread(round(mean(values), 4), round(deviation, 4), min(values), max(values))
    return found
