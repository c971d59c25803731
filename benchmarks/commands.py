"""What each benchmark command does; the only module here that prints."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from benchmarks.agreement import agreement, second_readings
from benchmarks.corpora import pdnc
from benchmarks.corpora.gold import GoldError, check_gold, gold_digest, load_gold
from benchmarks.corpora.place import DataAbsent
from benchmarks.findings_commands import ON_FINDINGS
from benchmarks.gate_commands import MEASURED
from benchmarks.given import CAST_CAN_BE_GIVEN
from benchmarks.gold_running import GOLD, GoldRun, run_gold, spoken_of
from benchmarks.gold_tables import gold_tables, show_speech
from benchmarks.mistakes import select_mistakes, show_mistakes
from benchmarks.pack_commands import ON_PACKS
from benchmarks.page_commands import ON_PAGES
from benchmarks.reading import ReaderAbsent, read
from benchmarks.records import make_result, save
from benchmarks.reliability import keep_reliability
from benchmarks.repair_commands import ON_CORRECTIONS
from benchmarks.report import REPORT, write_report
from benchmarks.running import MEASURES, NovelRun, run_novels
from benchmarks.scenes_commands import ON_WORKS
from benchmarks.summary import headline
from benchmarks.tables import novel_table, number, show_novel, table
from benchmarks.verifying import CORPORA, list_texts, verify_texts
from benchmarks.wordings_commands import ON_WORDINGS

__all__ = ["errors", "gold", "report", "run", "second", "verify"]


def run(options: Namespace) -> int:
    """Take the measures and print them. All novels and measures are written as "pdnc", all stories or cases under that
    name; less only under a given name. 1 where a story or case is not written as it should be."""
    wanted = [measure.lower() for measure in options.measures] or list(MEASURES)
    try:
        for name in (name for name in ON_PACKS if name in wanted):
            ON_PACKS[name](options)
        for name in (name for name in ON_WORKS if name in wanted):
            ON_WORKS[name](options)
        for name in (name for name in ON_CORRECTIONS if name in wanted):
            ON_CORRECTIONS[name](options)
        for name in (name for name in ON_FINDINGS if name in wanted):
            ON_FINDINGS[name](options)
        for name in (name for name in ON_PAGES if name in wanted):
            ON_PAGES[name](options)
        for name in (name for name in ON_WORDINGS if name in wanted):
            ON_WORDINGS[name](options)
        for name in (name for name in GOLD if name in wanted):
            _run_gold(options, name)
        elsewhere = (*ON_PACKS, *ON_WORKS, *ON_CORRECTIONS, *ON_FINDINGS, *ON_PAGES, *ON_WORDINGS, *GOLD)
        on_novels = [measure for measure in wanted if measure not in elsewhere]
        if on_novels:
            _run_novels(options, on_novels)
    except (DataAbsent, ReaderAbsent) as error:
        print(error)
    except GoldError as error:
        print(error)
        return 1
    return 0


def report(options: Namespace) -> int:
    """Write RESULTS.md."""
    write_report()
    print(f"benchmarks/{REPORT.name} written")
    return 0


def errors(options: Namespace) -> int:
    """Print wrong speakers of one novel with their context."""
    try:
        gold = _novel(options.novel)
        predicted = read(gold.story.text)
    except (DataAbsent, GoldError, ReaderAbsent) as error:
        print(error)
        return 0
    found = select_mistakes(predicted, gold, kind=options.type, outcome=options.outcome, cue=options.cue)
    for part in show_mistakes(predicted, gold, found, limit=options.limit):
        print(part)
    print(f"\n{len(found):,} wrong of {len(gold.story.quotes):,} quotations")
    return 0


def gold(options: Namespace) -> int:
    """Check the gold stories and cases; 1 where one of them is wrong. A note is worth a look and no fault."""
    wanted = set(options.names)
    counts, known, wrong = {}, set(), 0
    for name, paths_of in GOLD.items():
        paths = [path for path in paths_of() if not wanted or path.stem in wanted]
        counts[name] = len(paths)
        known |= {path.stem for path in paths}
        wrong += sum(_is_wrong(path) for path in paths)
    for name in sorted(wanted - known):
        print(f"{name}: there is no such story or case")
    listed = ", ".join(f"{count} {name}" for name, count in counts.items())
    print(f"{listed}: {sum(counts.values()) - wrong} right, {wrong} wrong")
    return 1 if wrong or wanted - known else 0


def second(options: Namespace) -> int:
    """Print how far second readers of gold stories agree with the first."""
    readings = list(second_readings())
    print(f"{len(readings)} stories")
    for name, hits in agreement(readings).items():
        print(
            f"{name:22s}F1 {hits.f1:.3f}   {hits.found.total} and {hits.true.total} answers, {hits.true.right} the same"
        )
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


def _novel(name: str) -> pdnc.PdncNovel:
    """The novel of this name, or the story or case of our own."""
    ours = next((path for paths in GOLD.values() for path in paths() if path.stem == name), None)
    return pdnc.load_novel(name) if ours is None else spoken_of(load_gold(ours))


def _is_wrong(path: Path) -> bool:
    problems, notes = check_gold(path)
    for line in (*(f"note: {note}" for note in notes), *problems):
        print(line)
    return bool(problems)


def _run_gold(options: Namespace, corpus: str) -> None:
    """Measure the stories or the cases; written under their own name where they are all there."""
    wanted = set(options.novels.split(",")) if options.novels else set()
    paths = [path for path in GOLD[corpus]() if not wanted or path.stem in wanted]
    runs = _measured_gold(paths, options.jobs)
    for part in gold_tables(runs) if runs else [f"no {corpus} here"]:
        print(part, end="\n\n")
    name = options.name or ("" if wanted else corpus)
    if name and runs:
        result = make_result(name, digest=gold_digest(paths), stories=runs, corpus=corpus)
        print(f"written: benchmarks/results/{save(result).name}")


def _measured_gold(paths: Sequence[Path], jobs: int) -> list[GoldRun]:
    runs = []
    for run in run_gold(paths, jobs=jobs):
        runs.append(run)
        print(show_speech(run), flush=True)
    return runs


def _run_novels(options: Namespace, wanted: Sequence[str]) -> None:
    names = options.novels.split(",") if options.novels else list(pdnc.novel_names())
    if "m3" in wanted and not CAST_CAN_BE_GIVEN:
        print("M3 skipped: the form of the corrections file is not settled in this checkout")
        wanted = [measure for measure in wanted if measure != "m3"]
    runs = _measured(names, wanted, options.jobs)
    print(novel_table(runs))
    print(_listing(headline(runs)))
    whole = not options.novels and set(MEASURED) <= set(wanted)
    name = options.name or ("pdnc" if whole else "")
    if name:
        result = make_result(name, digest=pdnc.corpus_digest(), novels=runs)
        written = [save(result).name, keep_reliability(result)]
        print("written: " + ", ".join(f"benchmarks/results/{file}" for file in written if file))


def _measured(names: Sequence[str], wanted: Sequence[str], jobs: int) -> list[NovelRun]:
    runs = []
    for novel in run_novels(names, wanted=wanted, jobs=jobs):
        runs.append(novel)
        print(show_novel(novel), flush=True)
    return runs


def _listing(values: dict[str, float]) -> str:
    return "\n" + table(("measure", "value"), [[name, number(value)] for name, value in values.items()])
