"""Every wording of a file read and judged, and what that comes to."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from benchmarks.corpora.wordings import Wording, load_wordings, wording_paths
from benchmarks.given import write_cast
from benchmarks.metrics.hits import Hits
from benchmarks.metrics.shares import Share, summed
from benchmarks.metrics.wordings import JUDGES, Judged
from benchmarks.reading import read
from fabula.story import Character, Layers, Story

__all__ = ["WordingRun", "judge", "run_wordings", "summed_up", "wordings_headline"]


_NOT_NAMES = frozenset({"I", "he", "He", "she", "She", "him", "her", "they", "They", "me", "you"})


class WordingRun(msgspec.Struct, frozen=True):
    """One file of wordings, read through: how many, what was found, and of the traps those not fallen into."""

    about: str
    aside: bool
    number: int
    words: int
    hits: Hits
    unfooled: Share

    @property
    def f1(self) -> float:
        """The harmonic mean of what is found and what is true; the two are not counted over the same hits."""
        found, true = self.hits.found.value, self.hits.true.value
        return 2 * found * true / (found + true) if found + true else 0.0


def judge(about: str) -> tuple[list[Wording], list[Judged]]:
    """The wordings of a file, each read as a story of its own, and what is right of each reading."""
    wordings = load_wordings(wording_paths()[about])
    return wordings, [JUDGES[about.removesuffix("-plain")](wording, _read(wording)) for wording in wordings]


def _read(wording: Wording) -> Story:
    """Read with the people marked given as the cast: a story of forty words gives nobody time to become somebody."""
    named = {
        wording.text[span].removesuffix("’s").removesuffix("'s")
        for label, spans in wording.marks.items()
        if label.isupper()
        for span in spans[:1]
    }
    people = [Character(id=f"c{n}", name=name) for n, name in enumerate(sorted(named), 1) if name not in _NOT_NAMES]
    cast = Story(wording.text, Layers(characters=tuple(people)))
    with TemporaryDirectory() as place:
        return read(wording.text, corrections=write_cast(cast, Path(place)))


def summed_up(about: str, wordings: Sequence[Wording], judged: Sequence[Judged], *, aside: bool) -> WordingRun:
    """What a file comes to as a whole."""
    return WordingRun(
        about=about,
        aside=aside,
        number=len(wordings),
        words=sum(len(wording.text.content.split()) for wording in wordings),
        hits=Hits(found=summed(one.hits.found for one in judged), true=summed(one.hits.true for one in judged)),
        unfooled=summed(one.unfooled for one in judged),
    )


def run_wordings(wanted: Collection[str] = ()) -> Iterator[WordingRun]:
    """All files, or those named."""
    for about in wording_paths():
        if not wanted or about in wanted:
            yield summed_up(about, *judge(about), aside=True)


def wordings_headline(runs: Sequence[WordingRun]) -> dict[str, float]:
    """The numbers that stand under the gate: F1 on those kept aside, and the traps passed there."""
    aside = [run for run in runs if run.aside]
    values = {f"wordings.{run.about}": run.f1 for run in aside}
    passed = {f"wordings.{run.about}.passed": run.unfooled.value for run in aside}
    return {name: round(value, 4) for name, value in {**values, **passed}.items()}
