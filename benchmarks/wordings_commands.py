"""What the command about wordings does, and its table; prints, as `commands.py` does."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from benchmarks.corpora.wordings import wordings_digest
from benchmarks.tables import number, table
from benchmarks.wordings_running import WordingRun, run_wordings

if TYPE_CHECKING:
    from benchmarks.records import Result

__all__ = ["ON_WORDINGS", "wordings_section"]


def show_wordings(options: Namespace) -> None:
    """All wordings, or those of the files named; written as "wordings" where all were read. Faults are
    not shown: nobody learns from them."""
    from benchmarks.records import make_result, save

    wanted = options.novels.split(",") if options.novels else []
    runs = list(run_wordings(wanted))
    print(wordings_table(runs))
    name = options.name or ("" if options.novels else "wordings")
    if name:
        result = make_result(name, digest=wordings_digest(), wordings=runs, corpus="wordings")
        print(f"written: benchmarks/results/{save(result).name}")


def wordings_table(runs: Sequence[WordingRun]) -> str:
    """A row for each file."""
    head = ("about", "wordings", "found", "true", "F1", "traps passed")
    rows = [
        [
            f"{run.about}, kept aside" if run.aside else run.about,
            f"{run.number}",
            *(number(value) for value in (run.hits.found.value, run.hits.true.value, run.f1, run.unfooled.value)),
        ]
        for run in runs
    ]
    return table(head, rows)


def wordings_section(result: Result) -> list[str]:
    """The section of RESULTS.md."""
    about = (
        "Small pieces of fiction written for this project (`benchmarks/wordings/`), each of which says, in words\n"
        "unlike the others', that somebody is dead, that something changes hands, or who is what to whom; or only\n"
        "seems to. Plain ones say it as most stories do, the others by a detour. They are read with the people given\n"
        "as names; nothing was learned from those kept aside. Found: of what is so; true: of what is said; traps\n"
        "passed: those that only seem to say it, and were not taken for it.\n"
    )
    where = f"{result.date[:10]}, commit `{result.commit}`.\n"
    return ["## Wordings\n", where, about, wordings_table(result.wordings) + "\n"]


ON_WORDINGS: dict[str, Callable[[Namespace], None]] = {"wordings": show_wordings}
