"""What the gate's command does: which corpora it holds to which floors; prints, as `commands.py` does."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import msgspec

from benchmarks import gate as gates
from benchmarks.corpora import pdnc
from benchmarks.corpora.gold import GoldError, gold_digest, story_paths
from benchmarks.corpora.place import DataAbsent
from benchmarks.corpora.unmarked import held_out_digest
from benchmarks.corpora.wordings import wordings_digest
from benchmarks.findings_commands import findings_headline
from benchmarks.gold_running import GOLD, run_gold
from benchmarks.gold_summary import gold_headline
from benchmarks.gold_tables import show_speech
from benchmarks.pack_commands import measured_packs
from benchmarks.pack_running import pack_digest
from benchmarks.pack_summary import pack_headline
from benchmarks.reading import ReaderAbsent
from benchmarks.records import HERE, Result, load_results, newest
from benchmarks.running import MEASURES, run_novels
from benchmarks.scenes_commands import orders_headline, works_headline
from benchmarks.summary import headline
from benchmarks.tables import number, show_novel, table
from benchmarks.wordings_running import run_wordings, wordings_headline

__all__ = ["FLOORS_OF", "GATED", "gate"]

Values = dict[str, float]

MEASURED = tuple(measure for measure in MEASURES if measure != "m3")
"""The measures of the novels under the gate: what one reading of each gives."""


class Gated(NamedTuple):
    """A corpus under the gate: what says that it is unchanged, a result's headline numbers, and how to take them now.

    `now` is None where that takes too long for a gate: then the newest stored result is held.
    """

    digest: Callable[[], str]
    headline: Callable[[Result], Values]
    now: Callable[[Namespace], Values] | None = None


def _novels_now(options: Namespace) -> Values:
    runs = []
    for run in run_novels(pdnc.novel_names(), wanted=MEASURED, jobs=options.jobs):
        runs.append(run)
        print(show_novel(run), flush=True)
    return headline(runs)


def _gold_now(corpus: str) -> Callable[[Namespace], Values]:
    def now(options: Namespace) -> Values:
        runs = []
        for run in run_gold(GOLD[corpus](), jobs=options.jobs):
            runs.append(run)
            print(show_speech(run), flush=True)
        return gold_headline(runs)

    return now


GATED: dict[str, Gated] = {
    "pdnc": Gated(pdnc.corpus_digest, lambda result: headline(result.novels), _novels_now),
    **{
        name: Gated(
            lambda name=name: gold_digest(GOLD[name]()),  # type: ignore[misc]
            lambda result: gold_headline(result.stories),
            _gold_now(name),
        )
        for name in GOLD
    },
    "pack": Gated(
        pack_digest, lambda result: pack_headline(result.packs), lambda options: pack_headline(measured_packs(options))
    ),
    "wordings": Gated(
        wordings_digest,
        lambda result: wordings_headline(result.wordings),
        lambda options: wordings_headline(list(run_wordings())),
    ),
    "m8": Gated(held_out_digest, lambda result: works_headline(result.works)),
    "order": Gated(held_out_digest, lambda result: orders_headline(result.linear, result.orders)),
    "m11": Gated(lambda: gold_digest(story_paths()), lambda result: findings_headline(result.findings)),
}
"""By the name that is given to the command, and to the results."""

FLOORS_OF: dict[str, Path] = {name: gates.FLOORS if name == "pdnc" else HERE / f"floors-{name}.json" for name in GATED}
"""Where the floors of each corpus are kept."""


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
    except (gates.GateError, GoldError, ReaderAbsent) as error:
        print(error)
        return 1


def _gate(options: Namespace) -> int:
    place, digest_now = FLOORS_OF[options.corpus], GATED[options.corpus].digest()
    floors, values = gates.load_floors(place), _values(options, digest_now)
    if options.higher:
        gates.save_floors(gates.raise_floors(values, digest_now, floors), place)
        print(f"floors raised to what is reached, less {floors.margin}: benchmarks/{place.name}")
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


def _values(options: Namespace, digest_now: str) -> Values:
    """The headline numbers of a stored result, or of a reading now."""
    gated = GATED[options.corpus]
    if not options.stored and gated.now is not None:
        return gated.now(options)
    stored = _stored(options)
    if stored.corpus.digest != digest_now:
        raise gates.GateError(f"{options.stored or stored.name} was measured on another corpus")
    return gated.headline(stored)


def _stored(options: Namespace) -> Result:
    if options.stored:
        return msgspec.json.decode(Path(options.stored).read_bytes(), type=Result)
    found = newest(load_results(), options.corpus)
    if found is None:
        raise gates.GateError(f"there is no result {options.corpus} yet: run the measure first")
    return found


def _lower(options: Namespace) -> int:
    name, value, place = options.lower[0], _share(options.lower[1]), FLOORS_OF[options.corpus]
    gates.save_floors(gates.lower(name, value, options.because, gates.load_floors(place)), place)
    print(f"{name} lowered to {value}. Add the same sentence to CHANGELOG.md: {options.because}")
    return 0


def _pin(options: Namespace) -> int:
    place, digest = FLOORS_OF[options.corpus], GATED[options.corpus].digest()
    gates.save_floors(gates.pin_corpus(digest, options.because, gates.load_floors(place)), place)
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
