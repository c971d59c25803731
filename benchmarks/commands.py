"""What each benchmark command does; the only module here that prints."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

import msgspec

from benchmarks import gate as gates
from benchmarks.corpora import gutenberg, pdnc
from benchmarks.corpora.place import DataAbsent, digest, folder
from benchmarks.given import CAST_CAN_BE_GIVEN
from benchmarks.metrics.speed import measure_speed
from benchmarks.mistakes import select_mistakes, show_mistakes
from benchmarks.reading import ReaderAbsent, read
from benchmarks.records import Result, make_result, save
from benchmarks.report import REPORT, write_report
from benchmarks.running import MEASURES, NovelRun, run_novels
from benchmarks.summary import headline
from benchmarks.tables import NOVEL_HEAD, novel_row, novel_table, number, table
from benchmarks.verifying import CORPORA, list_texts, verify_texts

__all__ = ["errors", "gate", "report", "run", "verify"]

GATED = tuple(measure for measure in MEASURES if measure != "m3")
"""The measures under the gate: what one reading of each novel gives."""


def run(options: Namespace) -> int:
    """Take the measures and print them. All novels and measures are written as "pdnc", less only under a given name."""
    wanted = [measure.lower() for measure in options.measures] or list(MEASURES)
    try:
        if "m12" in wanted:
            _run_speed(options)
        on_novels = [measure for measure in wanted if measure != "m12"]
        if on_novels:
            _run_novels(options, on_novels)
    except (DataAbsent, ReaderAbsent) as error:
        print(error)
    return 0


def report(options: Namespace) -> int:
    """Write RESULTS.md."""
    write_report()
    print(f"benchmarks/{REPORT.name} written")
    return 0


def errors(options: Namespace) -> int:
    """Print wrong speakers of one novel with their context."""
    try:
        gold = pdnc.load_novel(options.novel)
        predicted = read(gold.story.text)
    except (DataAbsent, ReaderAbsent) as error:
        print(error)
        return 0
    found = select_mistakes(predicted, gold, kind=options.type, outcome=options.outcome, cue=options.cue)
    for part in show_mistakes(predicted, gold, found, limit=options.limit):
        print(part)
    print(f"\n{len(found):,} wrong of {len(gold.story.quotes):,} quotations")
    return 0


def verify(options: Namespace) -> int:
    """Check that every text's script holds every character exactly once; 1 where one does not."""
    texts, absent = list_texts(options.corpora or list(CORPORA))
    for line in absent:
        print(line)
    counts: dict[str, list[bool]] = {}
    try:
        for held in verify_texts(texts, jobs=options.jobs):
            counts.setdefault(held.corpus, []).append(not held.fault)
            if held.fault:
                print(f"{held.corpus}/{held.name}: {held.fault}")
    except ReaderAbsent as error:
        print(error)
        return 0
    for corpus, kept in counts.items():
        print(f"{corpus}: {sum(kept)} of {len(kept)} texts hold")
    return 0 if all(all(kept) for kept in counts.values()) else 1


def gate(options: Namespace) -> int:
    """Hold the measures against their floors, or move the floors; 1 where a measure sank or the corpus changed."""
    try:
        if options.lower:
            return _lower(options)
        if options.pin:
            return _pin(options)
        return _gate(options)
    except DataAbsent as error:
        print(error)
        return 0
    except (gates.GateError, ReaderAbsent) as error:
        print(error)
        return 1


def _run_novels(options: Namespace, wanted: Sequence[str]) -> None:
    names = options.novels.split(",") if options.novels else list(pdnc.novel_names())
    if "m3" in wanted and not CAST_CAN_BE_GIVEN:
        print("M3 skipped: the form of the corrections file is not settled in this checkout")
        wanted = [measure for measure in wanted if measure != "m3"]
    runs = _measured(names, wanted, options.jobs)
    print(novel_table(runs))
    print(_listing(headline(runs)))
    whole = not options.novels and set(GATED) <= set(wanted)
    name = options.name or ("pdnc" if whole else "")
    if name:
        result = make_result(name, digest=pdnc.corpus_digest(), novels=runs)
        print(f"written: benchmarks/results/{save(result).name}")


def _measured(names: Sequence[str], wanted: Sequence[str], jobs: int) -> list[NovelRun]:
    runs = []
    for novel in run_novels(names, wanted=wanted, jobs=jobs):
        runs.append(novel)
        cells = zip(NOVEL_HEAD[2:], novel_row(novel)[2:], strict=True)
        print(
            f"{novel.novel}: {novel.seconds:.1f} s  " + "  ".join(f"{h} {c}" for h, c in cells if c != "–"), flush=True
        )
    return runs


def _run_speed(options: Namespace) -> None:
    name = options.text
    speed = measure_speed(gutenberg.load_text(name), runs=options.runs)
    print(f"{speed.words_per_second:,.0f} words a second, {speed.peak_mib:,.0f} MiB; "
          f"{speed.short_words:,} words in {speed.short_seconds:.1f} s")  # fmt: skip
    for peer in speed.peers:
        print(f"{peer.name}: {peer.note or f'{peer.words_per_second:,.0f} words a second'}")
    place = folder("gutenberg")
    known = digest(place.glob(f"{name}.txt*"), base=place)
    print(f"written: benchmarks/results/{save(make_result('speed', digest=known, speed=speed, corpus=name)).name}")


def _gate(options: Namespace) -> int:
    floors, digest_now = gates.load_floors(), pdnc.corpus_digest()
    values = headline(_gate_runs(options))
    if options.higher:
        gates.save_floors(gates.raise_floors(values, digest_now, floors))
        print(f"floors raised to what is reached, less {floors.margin}: benchmarks/{gates.FLOORS.name}")
        return 0
    if not floors.floors:
        print("no floors are set yet: `python -m benchmarks gate --raise` sets them")
        return 0
    rows = [[name, number(floor), number(values.get(name))] for name, floor in floors.floors.items()]
    print(table(("measure", "floor", "now"), rows))
    faults = gates.check(values, digest_now, floors)
    for fault in faults:
        print(f"FAILED {fault}")
    print("the gate is passed" if not faults else "lower a floor only with --lower ID VALUE --because SENTENCE")
    return 1 if faults else 0


def _gate_runs(options: Namespace) -> Sequence[NovelRun]:
    if options.stored:
        stored = msgspec.json.decode(Path(options.stored).read_bytes(), type=Result)
        if stored.corpus.digest != pdnc.corpus_digest():
            raise gates.GateError(f"{options.stored} was measured on another corpus")
        return stored.novels
    return _measured(pdnc.novel_names(), GATED, options.jobs)


def _lower(options: Namespace) -> int:
    name, value = options.lower[0], _share(options.lower[1])
    gates.save_floors(gates.lower(name, value, options.because, gates.load_floors()))
    print(f"{name} lowered to {value}. Add the same sentence to CHANGELOG.md: {options.because}")
    return 0


def _pin(options: Namespace) -> int:
    gates.save_floors(gates.pin_corpus(pdnc.corpus_digest(), options.because, gates.load_floors()))
    print(f"corpus pinned. Add the same sentence to CHANGELOG.md: {options.because}")
    return 0


def _share(word: str) -> float:
    try:
        value = float(word)
    except ValueError:
        raise gates.GateError(f"not a number: {word!r}") from None
    if not 0 <= value <= 1:
        raise gates.GateError(f"not between 0 and 1: {word}")
    return value


def _listing(values: dict[str, float]) -> str:
    return "\n" + table(("measure", "value"), [[name, number(value)] for name, value in values.items()])
