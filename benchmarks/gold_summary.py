"""The headline numbers of a run over our own stories or cases."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TypeVar

from benchmarks.gold_running import GoldRun
from benchmarks.metrics.hits import Hits
from benchmarks.metrics.shares import summed
from benchmarks.metrics.state import StateResult
from benchmarks.summary import headline

__all__ = ["gold_headline", "total_run"]

T = TypeVar("T")


def gold_headline(runs: Sequence[GoldRun]) -> dict[str, float]:
    """The numbers that stand under the gate, by id ("M8.unmarked"); only those that were measured. Micro, over all
    lines, scenes, pairs of scenes, people; unless the name says macro."""
    if not runs:
        return {}
    whole = total_run(runs)
    speech = {"M1.modes": whole.modes.right.value, "M1.terms": whole.modes.terms.value}
    values = {**headline([run.novel for run in runs]), **speech, **_breaks(whole), **_order(whole), **_state(whole.m10)}
    return {name: round(value, 4) for name, value in values.items() if not math.isnan(value)}


def total_run(runs: Sequence[GoldRun]) -> GoldRun:
    """The micro sum of some runs; a measure that was taken on none of them is None."""
    return GoldRun(
        novel=summed(run.novel for run in runs),
        scenes=sum(run.scenes for run in runs),
        modes=summed(run.modes for run in runs),
        m8=_total(run.m8 for run in runs),
        m9=_total(run.m9 for run in runs),
        m10=StateResult(
            deaths=_total(run.m10.deaths for run in runs),
            presence=_total(run.m10.presence for run in runs),
            possessions=_total(run.m10.possessions for run in runs),
            knowledge=_total(run.m10.knowledge for run in runs),
            relations=_total(run.m10.relations for run in runs),
        ),
    )


def _total(results: Iterable[T | None]) -> T | None:
    known = [result for result in results if result is not None]
    return summed(known) if known else None


def _breaks(whole: GoldRun) -> dict[str, float]:
    m8 = whole.m8
    if m8 is None:
        return {}
    return {
        "M8.exact": m8.exact.f1,
        "M8.near": m8.near.f1,
        "M8.unmarked": m8.unmarked.f1,
        "M8.unmarked_near": m8.unmarked_near.f1,
    }


def _order(whole: GoldRun) -> dict[str, float]:
    m9 = whole.m9
    if m9 is None:
        return {}
    return {
        "M9.pairs": m9.order.pairs,
        "M9.tau": m9.order.tau,
        "M9.turned": m9.turned.pairs,
        "M9.frames": m9.frames.value,
    }


def _state(m10: StateResult) -> dict[str, float]:
    values = _hits("M10.deaths", m10.deaths.dead) if m10.deaths else {}
    values |= _hits("M10.presence", m10.presence) if m10.presence else {}
    if m10.possessions:
        values |= _hits("M10.possessions", m10.possessions.whole)
        values |= _hits("M10.possessions_begun", m10.possessions.begun)
        values |= _hits("M10.possessions_by_scene", m10.possessions.by_scene)
    if m10.knowledge:
        values |= _hits("M10.knowledge", m10.knowledge.since)
        values |= _hits("M10.knowledge_ever", m10.knowledge.known)
    if m10.relations:
        values |= _hits("M10.relations", m10.relations.kinds)
        values |= _hits("M10.related", m10.relations.pairs)
    return values


def _hits(name: str, hits: Hits) -> dict[str, float]:
    return {f"{name}.recall": hits.found.value, f"{name}.precision": hits.true.value, f"{name}.f1": hits.f1}
