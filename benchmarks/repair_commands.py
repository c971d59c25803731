"""What the command about repair does, and its table; prints, as `commands.py` does."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable

from benchmarks.corpora import pdnc
from benchmarks.records import make_result, save
from benchmarks.repair_running import RepairRun, run_repair
from benchmarks.repair_tables import repair_table

__all__ = ["ON_CORRECTIONS"]


def run_repairs(options: Namespace) -> None:
    """Correct the first wrong line of every chapter and read again; written as "repair" where all novels were read."""
    names = options.novels.split(",") if options.novels else list(pdnc.novel_names())
    runs: list[RepairRun] = []
    for run in run_repair(names, jobs=options.jobs):
        runs.append(run)
        repair = run.repair
        print(f"{run.novel}: {repair.said} corrected, {repair.per_correction:+.2f} further lines each", flush=True)
    print(repair_table(runs))
    name = options.name or ("" if options.novels else "repair")
    if name:
        print(f"written: benchmarks/results/{save(make_result(name, digest=pdnc.corpus_digest(), repairs=runs)).name}")


ON_CORRECTIONS: dict[str, Callable[[Namespace], None]] = {"repair": run_repairs}
"""What is measured of corrections, by name."""
