"""The headline numbers of a run: one name, one value between 0 and 1, each."""

from __future__ import annotations

import math
from collections.abc import Sequence

from benchmarks.corpora.pdnc import QUOTE_TYPES
from benchmarks.metrics.shares import Share, mean, summed
from benchmarks.metrics.speakers import SpeakerResult
from benchmarks.running import NovelRun

__all__ = ["headline"]


def headline(runs: Sequence[NovelRun]) -> dict[str, float]:
    """The numbers that stand in the report and under the gate, by id ("M2.micro"); only those that were measured.

    Micro (over all quotations) unless the name says macro (mean over novels).
    """
    values = {**_quotations(runs), **_speakers(runs), **_addressees(runs), **_cast(runs), **_mentions(runs)}
    return {name: round(value, 4) for name, value in values.items() if not math.isnan(value)}


def _quotations(runs: Sequence[NovelRun]) -> dict[str, float]:
    known = [run.m1 for run in runs if run.m1]
    if not known:
        return {}
    total = summed(known)
    return {"M1.recall": total.found.value, "M1.precision": total.true.value, "M1.f1": total.f1}


def _speakers(runs: Sequence[NovelRun]) -> dict[str, float]:
    two, three = [run.m2 for run in runs if run.m2], [run.m3 for run in runs if run.m3]
    return {**_attributed("M2", two), **_attributed("M3", three)}


def _attributed(name: str, known: Sequence[SpeakerResult]) -> dict[str, float]:
    if not known:
        return {}
    total = summed(known)
    values = {f"{name}.micro": total.all.value, f"{name}.macro": mean(result.all for result in known)}
    values.update({f"{name}.{kind}": total.by_type.get(kind, Share()).value for kind in QUOTE_TYPES})
    return {**values, f"{name}.sure": total.sure.value, f"{name}.sure_of": total.sure_of.value}


def _addressees(runs: Sequence[NovelRun]) -> dict[str, float]:
    known = [run.m4 for run in runs if run.m4]
    if not known:
        return {}
    total = summed(known)
    return {"M4.hit": total.hit.value, "M4.exact": total.exact.value}


def _cast(runs: Sequence[NovelRun]) -> dict[str, float]:
    known = [run.m5 for run in runs if run.m5]
    if not known:
        return {}
    total = summed(known)
    found = {f"M5.{category}": share.value for category, share in total.found.items()}
    return {**found, "M5.purity": total.purity.value, "M5.unmixed": total.unmixed.value}


def _mentions(runs: Sequence[NovelRun]) -> dict[str, float]:
    known = [run.m7 for run in runs if run.m7]
    return {"M7.resolved": summed(known).resolved.value} if known else {}
