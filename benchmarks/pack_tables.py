"""What was measured of packs, of heads, of speed and of growth, set out in rows and columns."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.heads_running import HEADS, HeadsResult, Variant
from benchmarks.metrics.growth import GrowthResult
from benchmarks.metrics.parity import Parity
from benchmarks.metrics.speed import SpeedResult
from benchmarks.metrics.tallies import Tally
from benchmarks.pack_running import Measured, PackRun
from benchmarks.pack_summary import SYNTAX, TARGETS, scores, spreads
from benchmarks.tables import number, table

__all__ = [
    "document_table",
    "growth_table",
    "heads_table",
    "kind_table",
    "pack_table",
    "parity_table",
    "seed_table",
    "speed_table",
    "stage_table",
]

_LEAST_SHOWN = 0.005
"""Of the time of a reading."""
_MARKED: tuple[str, ...] = ("mentions", "names", "nominals", "pronouns", "events", "muc", "b3", "ceafe")


def pack_table(run: PackRun) -> str:
    """Each headline measure of a pack, its bounds, and what was to be reached."""
    rows = [
        [name, number(scored.value), f"{number(scored.low)} to {number(scored.high)}", number(TARGETS.get(name))]
        for name, scored in scores(run).items()
    ]
    rows += [
        [f"– {name}", number(scored.value), f"{number(scored.low)} to {number(scored.high)}", ""]
        for name, scored in run.marks.items()
        if f"M6.{name}" not in scores(run)
    ]
    return table(("measure", "reached", "95 %", "wanted"), rows)


def seed_table(runs: Sequence[PackRun]) -> str:
    """A row for each pack, then their mean and how far they lie apart."""
    names = list(scores(runs[0]))
    rows = [[run.pack, *(number(scores(run)[name].value) for name in names)] for run in runs]
    if len(runs) > 1:
        apart = spreads(runs)
        rows.append(["**mean**", *(number(apart[name].mean) for name in names)])
        rows.append(["**deviation**", *(number(apart[name].deviation) for name in names)])
        rows.append(["**least**", *(number(apart[name].low) for name in names)])
    return table(("pack", *(name.partition(".")[2] for name in names)), rows)


def document_table(run: PackRun) -> str:
    """A row for each document of LitBank."""
    rows = []
    for document in run.documents:
        conll = sum(document.tallies[name].f1 for name in ("muc", "b3", "ceafe")) / 3
        rows.append([*_row(document, _MARKED), number(conll)])
    return table(("document", "words", *_MARKED, "CoNLL"), rows)


def kind_table(run: PackRun) -> str:
    """A row for each kind of text in the treebank."""
    return table(("kind", "words", *SYNTAX), [_row(kind, SYNTAX) for kind in run.kinds])


def parity_table(parity: Parity) -> str:
    """For each head how often the 8-bit pack decides as the network it was made of."""
    rows = [
        [h.head, f"{h.decisions:,}", f"{h.agreement:.4f}", f"{h.least:g}", f"{h.mean:g}", f"{h.most:g}"]
        for h in parity.heads
    ]
    return table(("head", "decisions", "the same", "at least", "mean stray", "greatest"), rows)


def heads_table(result: HeadsResult) -> str:
    """For each head the measures in which it should show, with and without it, and in how many novels it is better."""
    events, rules = result.events
    rows = [["events", "M6.events", number(events), f"{number(rules)} (rules)", f"{events - rules:+.3f}", ""]]
    for variant in result.variants[1:]:
        for name in _shown(variant):
            with_it, without = result.whole.values.get(name), variant.values.get(name)
            if with_it is not None and without is not None:
                better, gone = _better(result.whole, variant, name), ", ".join(variant.without)
                rows.append([gone, name, number(with_it), number(without), f"{with_it - without:+.3f}", better])
    return table(("head", "measure", "with", "without", "difference", "novels better/worse"), rows)


def speed_table(speed: SpeedResult) -> str:
    """Our command and the others'."""
    reading = sum(stage.seconds for stage in speed.stages if stage.name not in ("start", "saving"))
    ours = f"{speed.words / reading:,.0f}" if reading else "–"
    rows = [["`fabula read`", f"{speed.words_per_second:,.0f}", ours, f"{speed.peak_mib:,.0f}", speed.pack]]
    for peer in speed.peers:
        rows.append(
            [peer.name, _rate(peer.words_per_second), _rate(peer.reading_per_second), _rate(peer.peak_mib), peer.note]
        )
    return table(("words a second", "whole command", "reading alone", "peak MiB", ""), rows)


def stage_table(speed: SpeedResult) -> str:
    """Where the time of a reading goes, the three largest parts in bold; what is no half percent is summed."""
    whole = sum(stage.seconds for stage in speed.stages)
    large = sorted(speed.stages, key=lambda stage: -stage.seconds)[:3]
    shown = [stage for stage in speed.stages if stage in large or stage.seconds >= _LEAST_SHOWN * whole]
    rest = whole - sum(stage.seconds for stage in shown)
    peak = max((stage.peak_mib for stage in speed.stages), default=0.0)
    parts = [(f"**{s.name}**" if s in large else s.name, s.seconds, s.peak_mib) for s in shown]
    rows = [
        [name, f"{seconds:.2f}", f"{100 * seconds / whole:.1f} %", f"{mib:,.0f}"]
        for name, seconds, mib in [*parts, ("the rest", rest, peak)]
    ]
    return table(("part", "seconds", "share", "peak MiB so far"), [*rows, ["**all**", f"{whole:.2f}", "", ""]])


def growth_table(growth: GrowthResult) -> str:
    """Seconds and memory at each size, beside the line through them."""
    rows = [
        [
            f"{point.words:,}",
            f"{point.seconds:.2f}",
            f"{growth.seconds.at(point.words):.2f}",
            f"{point.words / point.seconds:,.0f}",
            f"{point.peak_mib:,.0f}",
            f"{growth.memory.at(point.words):,.0f}",
        ]
        for point in growth.points
    ]
    return table(("words", "seconds", "line", "words a second", "peak MiB", "line"), rows)


def _row(measured: Measured, names: Sequence[str]) -> list[str]:
    tallies: dict[str, Tally] = measured.tallies
    return [measured.name, f"{measured.words:,}", *(number(tallies[name].f1) for name in names)]


def _shown(variant: Variant) -> list[str]:
    names = [name for head in variant.without for name in HEADS[head].shows_in]
    return sorted(set(names), key=names.index)


def _better(whole: Variant, variant: Variant, name: str) -> str:
    pairs = [(own[name], variant.novels[novel][name]) for novel, own in whole.novels.items() if name in own]
    return f"{sum(a > b for a, b in pairs)}/{sum(a < b for a, b in pairs)}"


def _rate(value: float | None) -> str:
    return f"{value:,.0f}" if value else "–"
