"""Numbers set out in rows and columns, as Markdown that also reads well in a terminal."""

from __future__ import annotations

import math
from collections.abc import Sequence

from benchmarks.metrics.shares import Share, mean, summed
from benchmarks.metrics.speakers import BINS, SpeakerResult
from benchmarks.running import NovelRun

__all__ = ["NOVEL_HEAD", "novel_row", "novel_table", "number", "reliability_table", "show_novel", "table"]

NOVEL_HEAD: tuple[str, ...] = (
    "novel", "quotes", "M1 rec", "M1 prec", "M2", "Expl", "Anaph", "Impl", "M3", "M4 hit", "M4 exact",
    "M5 major", "M5 inter", "M5 minor", "purity", "M7",
)  # fmt: skip


def number(value: float | None) -> str:
    """Three decimals without the leading zero: ".504"; a dash where there is none."""
    if value is None or math.isnan(value):
        return "–"
    text = f"{value:.3f}"
    return text.removeprefix("0") if text.startswith("0.") else text


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table, its columns padded: the first to the left, the others to the right."""
    widths = [max(3, *(len(row[column]) for row in [head, *rows])) for column in range(len(head))]
    lines = [_line(head, widths), _line([_rule(c, w) for c, w in enumerate(widths)], widths)]
    return "\n".join([*lines, *(_line(row, widths) for row in rows)])


def novel_table(runs: Sequence[NovelRun]) -> str:
    """A row for each novel, then all of them: micro (over quotations) and, for M2 and M3, macro (mean over novels)."""
    rows = [novel_row(run) for run in runs]
    if len(runs) > 1:
        total = summed(runs)
        rows.append(["**all, micro**", *novel_row(total)[1:]])
        macro = {"M2": _macro(runs, "m2"), "M3": _macro(runs, "m3")}
        rows.append(["**all, macro**", *(number(macro.get(name)) if name in macro else "" for name in NOVEL_HEAD[1:])])
    return table(NOVEL_HEAD, rows)


def novel_row(run: NovelRun) -> list[str]:
    """One novel's numbers under `NOVEL_HEAD`."""
    m1, m2, m3, m4, m5, m7 = run.m1, run.m2, run.m3, run.m4, run.m5, run.m7
    shares = [
        m1.found if m1 else None,
        m1.true if m1 else None,
        m2.all if m2 else None,
        *(m2.by_type.get(kind) if m2 else None for kind in ("Explicit", "Anaphoric", "Implicit")),
        m3.all if m3 else None,
        m4.hit if m4 else None,
        m4.exact if m4 else None,
        *(m5.found.get(kind) if m5 else None for kind in ("major", "intermediate", "minor")),
        m5.purity if m5 else None,
        m7.resolved if m7 else None,
    ]
    return [run.novel, f"{run.quotes:,}", *(number(share.value if share else None) for share in shares)]


def reliability_table(result: SpeakerResult) -> str:
    """For each tenth of confidence: how many answers, what was claimed on average, what was right."""
    rows = []
    for place, row in enumerate(result.bins):
        if row.total:
            label = f"{place / BINS:.1f} to {(place + 1) / BINS:.1f}"
            rows.append([label, f"{row.total:,}", number(row.claimed / row.total), number(row.right / row.total)])
    return table(("confidence", "answers", "claimed", "right"), rows)


def _macro(runs: Sequence[NovelRun], measure: str) -> float | None:
    results = [getattr(run, measure) for run in runs]
    shares: list[Share] = [result.all for result in results if result is not None]
    return mean(shares) if shares else None


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    pairs = zip(cells, widths, strict=True)
    return "| " + " | ".join(c.rjust(w) if n else c.ljust(w) for n, (c, w) in enumerate(pairs)) + " |"


def _rule(column: int, width: int) -> str:
    return "-" * (width - 1) + ":" if column else "-" * width


def show_novel(run: NovelRun) -> str:
    """What was measured of one novel, on a line."""
    cells = zip(NOVEL_HEAD[2:], novel_row(run)[2:], strict=True)
    return f"{run.novel}: {run.seconds:.1f} s  " + "  ".join(f"{head} {cell}" for head, cell in cells if cell != "–")
