"""What came of correcting the first wrong lines, set out as a table."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.metrics.shares import summed
from benchmarks.repair_running import RepairRun
from benchmarks.tables import table

__all__ = ["REPAIR_OPENING", "repair_table"]

REPAIR_OPENING = """\
A user corrects the first wrong line of every chapter that has one, all in one corrections file, and the novel is read a
second time: corrections of other chapters may have had a hand in what changed in one. Of the other lines (known
quotations) of those chapters: how many came right, how many came wrong, and the difference for each correction; "other
speeches" leaves out the other parts of the corrected speech itself. A line that the reading does not have as a
quotation cannot be corrected; its chapter counts all the same.
"""

_HEAD = (
    "novel", "chapters", "with a wrong line", "corrected", "heard", "other wrong lines", "came right", "came wrong",
    "each correction", "other speeches", "elsewhere",
)  # fmt: skip


def repair_table(runs: Sequence[RepairRun]) -> str:
    """A row for each novel, then all of them."""
    rows = [_row(run) for run in runs]
    if len(runs) > 1:
        rows.append(["**all**", *_row(summed(runs))[1:]])
    return table(_HEAD, rows)


def _row(run: RepairRun) -> list[str]:
    repair = run.repair
    each = repair.speeches.net / repair.chapters if repair.chapters else 0.0
    lines = repair.lines
    counts = run.chapters, repair.chapters, repair.said, repair.heard, repair.other, lines.repaired, lines.broken
    return [
        run.novel,
        *(f"{count:,}" for count in counts),
        f"{repair.per_correction:+.2f}",
        f"{each:+.2f}",
        f"{repair.elsewhere.net:+d}",
    ]
