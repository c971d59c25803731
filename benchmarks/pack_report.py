"""The sections of RESULTS.md on the model pack, its heads, speed and growth."""

from __future__ import annotations

from benchmarks.heads_running import HeadsResult
from benchmarks.metrics.growth import GrowthResult
from benchmarks.metrics.speed import SpeedResult
from benchmarks.pack_running import PackRun
from benchmarks.pack_tables import (
    document_table,
    growth_table,
    heads_table,
    kind_table,
    pack_table,
    parity_table,
    seed_table,
    speed_table,
    stage_table,
)
from benchmarks.plot import Panel, draw
from benchmarks.records import Result

__all__ = ["draw_growth", "growth_picture", "growth_section", "heads_section", "pack_section", "speed_section"]

_M6 = """\
LitBank's twelve development documents (the same for every layer; nothing was trained on them) and the test part of UD
EWT, both in the corpus's own words. Mentions: exact first word, last word and type, nested ones and pronouns included.
Events: realis, by word. Coreference: CoNLL F1 over the mentions found, groups of one counted; each mention is linked to
the likeliest of the {reach} before it. Bounds: 95 % of the values when the documents are drawn again a thousand times.
"""
_PARITY = """\
How often the 8-bit weights of the pack decide as the 32-bit network they were made of, asked the same of {documents}
documents. Mentions: of the stretches of words that one of the two takes for a mention. Strays are in log odds (head: in
words).
"""
_HEADS = """\
The novels of PDNC read with every head, and by the same layers handed nothing of one. Events have had no rules since
the head took their place: beside it stands what the last rules reached on the same documents.
"""


def pack_section(result: Result) -> list[str]:
    """What the shipped pack reaches, and packs of other seeds."""
    run = result.packs[0]
    parts = ["## The model pack (M6)\n", _where(result, f"Pack `{run.pack}` of {run.made}, {_pack(run)}.")]
    parts += [_M6.format(reach=run.reach), pack_table(run) + "\n"]
    if len(result.packs) > 1:
        parts += ["### Several seeds\n", seed_table(result.packs) + "\n"]
    parts += ["### By document\n", document_table(run) + "\n", kind_table(run) + "\n"]
    if run.parity is not None:
        parts += ["### 8-bit beside 32-bit\n", _PARITY.format(documents=len(run.parity.documents))]
        parts.append(parity_table(run.parity) + "\n")
    return parts


def heads_section(result: Result, heads: HeadsResult) -> list[str]:
    """What each head contributes."""
    where = _where(result, f"Pack `{heads.pack}`, {len(heads.whole.novels)} novels.")
    return ["## What each head contributes\n", where, _HEADS, heads_table(heads) + "\n"]


def speed_section(result: Result, speed: SpeedResult, others: str) -> list[str]:
    """How fast the whole command reads, beside others."""
    spread = f" ({min(speed.all_seconds):.1f} to {max(speed.all_seconds):.1f})" if speed.all_seconds else ""
    cache = ", the cache empty before each" if speed.all_seconds else ""
    short = f", {speed.short_peak_mib:,.0f} MiB" if speed.short_peak_mib else ""
    told = (
        f"*{speed.text}*, {speed.words:,} words in {speed.seconds:.1f} s{spread}; its first {speed.short_words:,} "
        f"words in {speed.short_seconds:.2f} s{short}, from a new process. Medians of {speed.runs} runs{cache}."
    )
    parts = ["## Speed (M12)\n", _where(result, told), speed_table(speed) + "\n", f"{others}\n"]
    if speed.stages:
        parts += ["### Where the time goes\n", stage_table(speed) + "\n"]
    return parts


def growth_section(result: Result, growth: GrowthResult) -> list[str]:
    """How time and memory grow with the text."""
    told = (
        f"{len(growth.works)} works of Standard Ebooks, one behind the other, cut at each size and read as one; "
        f"{'one run' if growth.runs == 1 else f'medians of {growth.runs} runs'} of the whole command for each size."
    )
    line = (
        f"Time: {growth.seconds.start:.1f} s and {growth.seconds.slope * 1e5:.1f} s for each 100,000 words "
        f"(R² {growth.seconds.r2:.4f}); from 50,000 words on it grows by the power {growth.seconds_steepness:.2f} of "
        f"the words. Memory: {growth.memory.start:.0f} MiB and {growth.memory.slope * 1e5:.0f} MiB for each 100,000 "
        f"words (R² {growth.memory.r2:.4f}), power {growth.memory_steepness:.2f}.\n"
    )
    picture = f"![Seconds and memory by words](results/{growth_picture(result)})\n"
    return [
        "### From a thousand to two million words\n",
        _where(result, told),
        growth_table(growth) + "\n",
        line,
        picture,
    ]


def growth_picture(result: Result) -> str:
    """The file name of the picture that goes with a result."""
    return f"{result.date[:10]}-{result.name}.svg"


def draw_growth(growth: GrowthResult) -> str:
    """Seconds and memory over words, with their lines."""
    return draw(
        [
            Panel(
                title="fabula read: time",
                across="words",
                up="seconds",
                points=[(p.words, p.seconds) for p in growth.points],
                start=growth.seconds.start,
                slope=growth.seconds.slope,
            ),
            Panel(
                title="fabula read: peak memory",
                across="words",
                up="MiB",
                points=[(p.words, p.peak_mib) for p in growth.points],
                start=growth.memory.start,
                slope=growth.memory.slope,
            ),
        ]
    )


def _pack(run: PackRun) -> str:
    return f"{run.megabytes:g} MB, digest `{run.digest[:16]}`"


def _where(result: Result, told: str) -> str:
    machine = result.machine
    return (
        f"{result.date[:10]}, commit `{result.commit}`, {machine.cores} cores of {machine.cpu}, "
        f"{machine.memory_gib:g} GiB, Python {machine.python}. {told}\n"
    )
