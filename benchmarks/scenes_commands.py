"""What the command about scenes on whole books does; prints, as `commands.py` does."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence

from benchmarks.corpora.gold import story_paths
from benchmarks.corpora.unmarked import HELD_OUT, held_out_digest
from benchmarks.metrics.hits import Hits
from benchmarks.metrics.order import Ranking
from benchmarks.metrics.shares import summed
from benchmarks.order_running import SHAPES, LinearRun, TaskRun, run_linear, run_tasks
from benchmarks.order_stories import break_table, order_table, run_stories
from benchmarks.records import make_result, save
from benchmarks.scenes_running import WorkRun, run_works
from benchmarks.tables import number, table

__all__ = ["ON_WORKS", "orders_headline", "works_headline"]

_PER = 2_500
"""Words for which false breaks are counted."""
_BOOK = 50_000
"""Words for which displaced scenes are counted."""


def run_scenes(options: Namespace) -> None:
    """M8 on the works held out; written as "m8" where all of them were read."""
    names = options.novels.split(",") if options.novels else list(HELD_OUT)
    runs = []
    for run in run_works(names, jobs=options.jobs):
        runs.append(run)
        print(f"{run.work}: {run.seconds:.1f} s", flush=True)
    print(works_table(runs))
    name = options.name or ("" if options.novels else "m8")
    if name:
        result = make_result(name, digest=held_out_digest(names), works=runs, corpus="Standard Ebooks")
        print(f"written: benchmarks/results/{save(result).name}")


def works_headline(runs: Sequence[WorkRun]) -> dict[str, float]:
    """The numbers that stand under the gate, over all breaks of all works."""
    exact = summed([run.ours.exact for run in runs])
    return {
        "M8.books": round(exact.f1, 4),
        "M8.books_near": round(summed([run.ours.near for run in runs]).f1, 4),
        "M8.books_true": round(exact.true.value, 4),
    }


def works_table(runs: Sequence[WorkRun]) -> str:
    """A row for each work, and one for all of them together."""
    head = ("work", "words", "breaks", "said", "F1", "±1", f"false in {_PER:,} words", "cohesion F1", "±1", "chapters")
    rows = [_row(run.work, [run]) for run in runs]
    return table(head, [*rows, _row("**all**", runs)] if len(runs) > 1 else rows)


def _row(name: str, runs: Sequence[WorkRun]) -> list[str]:
    words = sum(run.words for run in runs)
    exact: Hits = summed([run.ours.exact for run in runs])
    others = [
        [run.ours.near for run in runs],
        [run.cohesion.exact for run in runs],
        [run.cohesion.near for run in runs],
    ]
    near, plain, plain_near = (number(summed(hits).f1) for hits in others)
    false = (exact.true.total - exact.true.right) / words * _PER
    counts = [f"{words:,}", f"{exact.found.total:,}", f"{exact.true.total:,}"]
    return [name, *counts, number(exact.f1), near, f"{false:.2f}", plain, plain_near, number(0.0)]


def run_orders(options: Namespace) -> None:
    """M9 on our own stories; on the works held out, whole, and on tasks made from them; written as "order" where all of
    them were read."""
    names = options.novels.split(",") if options.novels else list(HELD_OUT)
    told = [] if options.novels else list(run_stories(story_paths()))
    if told:
        print(order_table(told), break_table(told), sep="\n\n", end="\n\n", flush=True)
    linear = list(run_linear(names, jobs=options.jobs))
    tasks = list(run_tasks(names))
    print(linear_table(linear), tasks_table(tasks), sep="\n\n")
    name = options.name or ("" if options.novels else "order")
    if name:
        result = make_result(
            name, digest=held_out_digest(names), orders=tasks, linear=linear, told=told, corpus="Standard Ebooks"
        )
        print(f"written: benchmarks/results/{save(result).name}")


def orders_headline(linear: Sequence[LinearRun], tasks: Sequence[TaskRun]) -> dict[str, float]:
    """The numbers that stand under the gate. M9.linear: 1 less the scenes displaced in 50,000 words of linear books."""
    words = sum(run.words for run in linear)
    moved = sum(run.displaced for run in linear) * _BOOK / words if words else 0.0
    shapes = {shape: summed([Ranking(), *(run.ours for run in tasks if run.shape == shape)]) for shape in SHAPES}
    pairs = {f"M9.{shape.replace(' ', '_')}": one.pairs for shape, one in shapes.items()}
    return {"M9.linear": round(max(0.0, 1 - moved), 4), **{name: round(value, 4) for name, value in pairs.items()}}


def tasks_table(runs: Sequence[TaskRun]) -> str:
    """A row for each shape of task, with what one gets for the order as told."""
    rows = []
    for shape in SHAPES:
        of_shape = [run for run in runs if run.shape == shape]
        if of_shape:
            ours, told = summed([run.ours for run in of_shape]), summed([run.as_told for run in of_shape])
            rows.append([shape, str(len(of_shape)), *map(number, (ours.pairs, ours.tau, told.pairs, told.tau))])
    return table(("shape", "tasks", "pairs", "tau-b", "pairs as told", "tau-b as told"), rows)


def linear_table(runs: Sequence[LinearRun]) -> str:
    """A row for each work, and one for all of them together: how many scenes are set elsewhere than they are told."""
    rows = [
        [name, f"{words:,}", str(scenes), str(moved), f"{moved / words * _BOOK:.2f}"]
        for name, words, scenes, moved in [
            *((run.work, run.words, run.scenes, run.displaced) for run in runs),
            ("**all**", *(sum(of) for of in zip(*((r.words, r.scenes, r.displaced) for r in runs), strict=True))),
        ]
    ]
    return table(("work", "words", "scenes", "displaced", f"in {_BOOK:,} words"), rows)


ON_WORKS: dict[str, Callable[[Namespace], None]] = {"m8": run_scenes, "m9": run_orders}
"""What can be run on works of Standard Ebooks."""
