"""What the newest results say of scenes and order in whole books and in our own stories, for RESULTS.md."""

from __future__ import annotations

from benchmarks.order_stories import break_table, order_table
from benchmarks.records import Result
from benchmarks.scenes_commands import linear_table, tasks_table, works_table

__all__ = ["order_section", "works_section"]

_WORKS = """\
Works from Standard Ebooks from which nothing was learned, their marked breaks taken out (M8). Beside each number what
one gets for nothing: as many breaks where the words on both sides are least alike (cohesion), and chapter starts alone.
"""
_ORDER = """\
M9: pairs of scenes put in the right order, where the reading finds the breaks itself and where they are given, beside
the order as told; turned: of the pairs told in the contrary order, those put right.
"""
_LINEAR = """\
Whole novels, taken for told as they happened: scenes that are set elsewhere.
"""
_TASKS = """\
Tasks made from the same novels, their scenes given: two stretches interleaved, or one moved before the other.
"""


def works_section(result: Result) -> list[str]:
    """Scene breaks in whole books."""
    return ["## Scene breaks in whole books\n", _WORKS, _when(result), works_table(result.works) + "\n"]


def order_section(result: Result) -> list[str]:
    """The order of stories, of whole books, and of tasks made from books."""
    parts = ["## The order of what happened\n", _when(result)]
    if result.told:
        parts += [_ORDER, order_table(result.told) + "\n", break_table(result.told) + "\n"]
    return [*parts, _LINEAR, linear_table(result.linear) + "\n", _TASKS, tasks_table(result.orders) + "\n"]


def _when(result: Result) -> str:
    return f"{result.date[:10]}, commit `{result.commit}`, {result.machine.system}, Python {result.machine.python}.\n"
