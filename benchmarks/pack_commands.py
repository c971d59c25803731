"""What the commands about the model pack, its heads, speed and growth do; prints, as `commands.py` does."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from benchmarks.corpora import gutenberg, novels, pdnc
from benchmarks.corpora.place import DataAbsent, digest, folder
from benchmarks.heads_running import EVENTS_BY_RULES, HeadsResult, listened_to, measure_heads, sum_variants
from benchmarks.metrics.growth import SIZES, measure_growth
from benchmarks.metrics.parity import Parity
from benchmarks.metrics.speed import measure_speed
from benchmarks.pack_report import draw_growth, growth_picture
from benchmarks.pack_running import PackRun, pack_at, pack_digest, run_pack
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
from benchmarks.reading import ReaderAbsent
from benchmarks.records import RESULTS, Result, make_result, save
from fabula.story import Text

__all__ = ["ON_PACKS", "measured_packs"]


def measured_packs(options: Namespace) -> list[PackRun]:
    """Every pack that was asked for, the shipped one if none was.

    Raises:
        DataAbsent: if a corpus is not on this machine.
        ReaderAbsent: if a pack is missing or damaged, or the file of parity is about another pack.
    """
    runs = []
    parity = _parity(getattr(options, "parity", ""))
    places: list[Path | None] = [Path(given) for given in getattr(options, "pack", ())]
    for place in places or [None]:
        pack = pack_at(place)
        print(f"{pack.name} ({place or 'shipped'})")
        run = run_pack(pack, tell=lambda name: print(f"  {name}", flush=True))
        own = parity if parity is not None and parity.pack == run.digest else None
        runs.append(msgspec.structs.replace(run, parity=own))
    if parity is not None and not any(run.parity for run in runs):
        raise ReaderAbsent(f"{options.parity} is about another pack (digest {parity.pack[:16]})")
    return runs


def run_packs(options: Namespace) -> None:
    """M6 of the shipped pack, or of those given; written as "pack"."""
    runs = measured_packs(options)
    _show(seed_table(runs) if len(runs) > 1 else "", *_tables(runs[0]))
    words = sum(document.words for document in (*runs[0].documents, *runs[0].kinds))
    result = make_result(options.name or "pack", digest=pack_digest(), packs=runs, corpus="LitBank, UD EWT")
    _keep(msgspec.structs.replace(result, corpus=msgspec.structs.replace(result.corpus, words=words)))


def run_heads(options: Namespace) -> None:
    """What each head contributes; written as "heads" where all novels were read."""
    names = options.novels.split(",") if options.novels else list(pdnc.novel_names())
    pack = pack_at(None)
    events = run_pack(pack, tell=lambda name: print(f"  {name}", flush=True)).marks["events"].value
    runs = []
    for run in measure_heads(names, heads=listened_to(), jobs=options.jobs):
        runs.append(run)
        print(f"  {run[0][1].novel}", flush=True)
    heads = HeadsResult(
        pack=pack.name, digest=pack.digest, variants=sum_variants(runs), events=(events, EVENTS_BY_RULES)
    )
    _show(heads_table(heads))
    name = options.name or ("" if options.novels else "heads")
    if name:
        _keep(make_result(name, digest=pdnc.corpus_digest(), heads=heads))


def run_speed(options: Namespace) -> None:
    """M12; written as "speed"."""
    text, known = _text(options.text)
    spacy = Path(options.spacy) if options.spacy else None
    speed = measure_speed(text, runs=options.runs or 3, spacy=spacy, pack=pack_at(None).name)
    _show(speed_table(speed), stage_table(speed))
    print(
        f"{speed.words:,} words in {speed.seconds:.1f} s, {speed.peak_mib:,.0f} MiB; {speed.short_words:,} words in "
        f"{speed.short_seconds:.2f} s"
    )
    _keep(make_result(options.name or "speed", digest=known, speed=speed, corpus=options.text))


def run_growth(options: Namespace) -> None:
    """Time and memory from a thousand words to two million; written as "growth", with a picture."""
    sizes = [int(size) for size in options.sizes.split(",")] if options.sizes else SIZES
    works = [(name, novels.load_text(name).content) for name in novels.names()]
    growth = measure_growth(
        works,
        sizes=sizes,
        runs=options.runs or 1,
        pack=pack_at(None).name,
        tell=lambda point: print(f"  {point.words:>9,} {point.seconds:8.2f} s {point.peak_mib:8,.0f} MiB", flush=True),
    )
    _show(growth_table(growth))
    print(f"time grows by the power {growth.seconds_steepness}, memory by {growth.memory_steepness}")
    place = folder("novels")
    known = digest([path for path in place.iterdir() if path.name.startswith(growth.works)], base=place)
    result = make_result(options.name or "growth", digest=known, growth=growth, corpus="Standard Ebooks")
    _keep(result)
    (RESULTS / growth_picture(result)).write_text(draw_growth(growth), encoding="utf-8")


ON_PACKS: dict[str, Callable[[Namespace], None]] = {
    "m6": run_packs,
    "m12": run_speed,
    "growth": run_growth,
    "heads": run_heads,
}
"""What can be run besides the measures on novels."""


def _parity(path: str) -> Parity | None:
    return msgspec.json.decode(Path(path).read_bytes(), type=Parity) if path else None


def _tables(run: PackRun) -> Sequence[str]:
    parity = [parity_table(run.parity)] if run.parity is not None else []
    return [document_table(run), kind_table(run), pack_table(run), *parity]


def _text(name: str) -> tuple[Text, str]:
    """A work of Standard Ebooks or of Project Gutenberg, and the digest of its file.

    Raises:
        DataAbsent: if it is not on this machine.
    """
    for corpus, source in (("novels", novels), ("gutenberg", gutenberg)):
        if name in source.names():
            place = folder(corpus)
            return source.load_text(name), digest(place.glob(f"{name}.txt*"), base=place)
    raise DataAbsent(folder("novels") / f"{name}.txt")


def _show(*parts: str) -> None:
    for part in filter(None, parts):
        print(part, end="\n\n")


def _keep(result: Result) -> None:
    print(f"written: benchmarks/results/{save(result).name}")
