"""What was measured on our own stories and cases, set out in rows and columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from benchmarks.corpora.pdnc import CATEGORIES, QUOTE_TYPES
from benchmarks.gold_running import GoldRun
from benchmarks.gold_summary import total_run
from benchmarks.metrics.hits import Hits
from benchmarks.metrics.shares import Share
from benchmarks.metrics.state import StateResult
from benchmarks.tables import number, table

__all__ = ["gold_tables", "show_speech"]

SPEECH_HEAD: tuple[str, ...] = (
    "cast and speech", "lines", "M1 rec", "M1 prec", "mode", "M2", "Expl", "Anaph", "Impl", "M4 hit", "M4 exact",
    "M5 major", "M5 inter", "M5 minor", "purity",
)  # fmt: skip
SCENE_HEAD: tuple[str, ...] = (
    "scenes and order", "scenes", "M8", "±1", "unmarked", "±1", "M9 pairs", "as told", "tau-b", "as told", "turned",
    "frames", "all main",
)  # fmt: skip
STATE_HEAD: tuple[str, ...] = (
    "state (M10)", "deaths rec", "prec", "presence rec", "prec", "possession rec", "prec", "by scene rec", "prec",
    "knowledge rec", "prec", "relations rec", "prec",
)  # fmt: skip


def gold_tables(runs: Sequence[GoldRun]) -> list[str]:
    """Three tables, with a row for each story or case and one for all; where some were held out, also one for those
    and one for the others. Those of which nothing is known of scenes or state stand in the first alone, and a table
    without rows is left out."""
    scened = [run for run in runs if run.m8 is not None]
    stated = [run for run in runs if run.m10 != StateResult()]
    return [
        _rows(SPEECH_HEAD, runs, _speech),
        *([_rows(SCENE_HEAD, scened, _scenes)] if scened else []),
        *([_rows(STATE_HEAD, stated, _state)] if stated else []),
    ]


def show_speech(run: GoldRun) -> str:
    """One story's numbers of cast and speech on a line, those that were measured."""
    cells = zip(SPEECH_HEAD[2:], _speech(run)[1:], strict=True)
    return f"{run.novel.novel}: {run.novel.seconds:.1f} s  " + "  ".join(f"{h} {c}" for h, c in cells if c != "–")


def _rows(head: Sequence[str], runs: Sequence[GoldRun], row: Callable[[GoldRun], list[str]]) -> str:
    rows = [[run.novel.novel, *row(run)] for run in runs]
    sums = [[f"**{name}**", *row(total_run(some))] for name, some in _sums(runs)]
    return table(head, [*rows, *sums])


def _sums(runs: Sequence[GoldRun]) -> list[tuple[str, Sequence[GoldRun]]]:
    """The groups that are summed, each under its name; none where there is a single run."""
    held, others = [run for run in runs if run.held_out], [run for run in runs if not run.held_out]
    parts = [("held out", held), ("the others", others)] if held and others else []
    return [("all", runs), *parts] if len(runs) > 1 else []


def _speech(run: GoldRun) -> list[str]:
    novel = run.novel
    m1, m2, m4, m5 = novel.m1, novel.m2, novel.m4, novel.m5
    shares = [
        m1.found if m1 else None,
        m1.true if m1 else None,
        run.modes.right,
        m2.all if m2 else None,
        *(m2.by_type.get(kind) if m2 else None for kind in QUOTE_TYPES),
        m4.hit if m4 else None,
        m4.exact if m4 else None,
        *(m5.found.get(kind) if m5 else None for kind in CATEGORIES),
        m5.purity if m5 else None,
    ]
    return [f"{novel.quotes:,}", *map(_share, shares)]


def _scenes(run: GoldRun) -> list[str]:
    m8, m9 = run.m8, run.m9
    breaks = [m8.exact, m8.near, m8.unmarked, m8.unmarked_near] if m8 else [None] * 4
    orders = [m9.order.pairs, m9.as_told.pairs, m9.order.tau, m9.as_told.tau, m9.turned.pairs] if m9 else [None] * 5
    frames = [m9.frames, m9.all_main] if m9 else [None] * 2
    return [
        f"{run.scenes:,}",
        *(number(hits.f1 if hits else None) for hits in breaks),
        *map(number, orders),
        *map(_share, frames),
    ]


def _state(run: GoldRun) -> list[str]:
    m10 = run.m10
    parts = [
        m10.deaths.dead if m10.deaths else None,
        m10.presence,
        m10.possessions.whole if m10.possessions else None,
        m10.possessions.by_scene if m10.possessions else None,
        m10.knowledge.since if m10.knowledge else None,
        m10.relations.kinds if m10.relations else None,
    ]
    return [cell for hits in parts for cell in _both(hits)]


def _both(hits: Hits | None) -> list[str]:
    return [_share(hits.found), _share(hits.true)] if hits else ["–", "–"]


def _share(share: Share | None) -> str:
    return number(share.value if share else None)
