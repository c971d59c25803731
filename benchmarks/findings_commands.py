"""What the command about findings does, and its tables; prints, as `commands.py` does."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Callable, Sequence

from benchmarks.findings_running import FindingsRun, run_findings, works_of
from benchmarks.metrics.shares import Share, summed
from benchmarks.records import Result
from benchmarks.tables import number, table

__all__ = ["ON_FINDINGS", "findings_headline", "findings_section", "findings_tables"]

_PER = 10_000
"""Words for which false findings are counted."""
DEAD = ("the dead act", "the dead speak", "dies and acts")
MISSING = ("reply emptied", "reply removed", "speech removed")


def run_m11(options: Namespace) -> None:
    """M11 on the gold stories and twenty novels, or on those named; written under `--name`."""
    from benchmarks.records import make_result, save

    names = works_of(options.novels.split(",") if options.novels else ())
    runs = []
    for run in run_findings(names, jobs=options.jobs, whole=not options.parts):
        runs.append(run)
        hit = summed([Share(), *run.flaws.found.values()])
        print(f"{run.text}: {run.seconds:.1f} s  {hit.right} of {hit.total} found, {run.sound.told or 'none'} false",
              flush=True)  # fmt: skip
    for part in findings_tables(runs):
        print(part, end="\n\n")
    name = options.name or ("" if options.novels or options.parts else "m11")
    if name:
        from benchmarks.corpora.gold import gold_digest, story_paths

        result = make_result(name, digest=gold_digest(story_paths()), findings=runs, corpus="stories and novels")
        print(f"written: benchmarks/results/{save(result).name}")


def findings_headline(runs: Sequence[FindingsRun]) -> dict[str, float]:
    """The numbers that stand under the gate. M11.quiet: 1 less the false findings in 10,000 words of novels."""
    found = summed([run.flaws for run in runs]).found
    values = {
        "M11.found": summed(found.values()).value,
        "M11.missing_lines": summed([Share(), *(found[kind] for kind in MISSING if kind in found)]).value,
        "M11.unclosed": found.get("mark removed", Share()).value,
        "M11.after_death": summed([Share(), *(found[kind] for kind in DEAD if kind in found)]).value,
        "M11.name_drift": found.get("name drifts", Share()).value,
    }
    sound = [run.sound for run in runs if not run.gold]
    words = sum(one.words for one in sound)
    if words:
        false = sum(sum(one.told.values()) for one in sound) * _PER / words
        values["M11.quiet"] = max(0.0, 1 - false)
    return {name: round(value, 4) for name, value in values.items()}


def findings_tables(runs: Sequence[FindingsRun]) -> list[str]:
    """Flaws by kind, then what is found in sound texts by kind, then the headline."""
    parts = []
    for label, some in (("gold stories", [r for r in runs if r.gold]), ("novels", [r for r in runs if not r.gold])):
        if some:
            parts.append(_flaws(label, some))
            parts.append(_sound(label, some))
    rows = [[name, number(value)] for name, value in findings_headline(runs).items()] if runs else []
    return [*parts, table(("measure", "value"), rows)]


def findings_section(result: Result) -> list[str]:
    """The section of RESULTS.md."""
    about = (
        "Flaws planted into sound texts, one small change at a time (`benchmarks/flaws/`), and what is told of the\n"
        "same texts as they are. Found: told at the right place, as a hint or above; false findings are counted on\n"
        "gold stories unedited and on twenty whole novels, which have some flaws of their own.\n"
    )
    where = f"{result.date[:10]}, commit `{result.commit}`.\n"
    tables = [part + "\n" for part in findings_tables(result.findings)]
    return ["## What does not fit (M11)\n", where, about, *tables]


def _flaws(label: str, runs: Sequence[FindingsRun]) -> str:
    total = summed([run.flaws for run in runs])
    rows = [
        [kind, str(share.total), number(share.value), number(total.told[kind].value)]
        for kind, share in total.found.items()
    ]
    whole, told = summed([Share(), *total.found.values()]), summed([Share(), *total.told.values()])
    rows.append(["**all**", str(whole.total), number(whole.value), number(told.value)])
    return table((f"flaws in {label}", "planted", "found", "above hint"), rows)


def _sound(label: str, runs: Sequence[FindingsRun]) -> str:
    told: Counter[str] = Counter()
    hints: Counter[str] = Counter()
    words = sum(run.sound.words for run in runs)
    for run in runs:
        told.update(run.sound.told)
        hints.update(run.sound.hints)
    rows = [
        [kind, *(cell for some in (told, hints) for cell in (str(some[kind]), number(some[kind] * _PER / words)))]
        for kind in sorted({*told, *hints})
    ]
    rows.append(["**all**", str(told.total()), number(told.total() * _PER / words), str(hints.total()),
                 number(hints.total() * _PER / words)])  # fmt: skip
    head = (f"sound {label}, {words:,} words", "told", f"in {_PER:,} words", "hints", f"in {_PER:,} words")
    return table(head, rows)


ON_FINDINGS: dict[str, Callable[[Namespace], None]] = {"m11": run_m11}
"""What is measured of findings, by name."""
