"""Every wording of a file read and judged, and what that comes to."""

from __future__ import annotations

from collections.abc import Sequence
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

__all__ = ["WordingRun", "judge", "summed_up"]


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


def judge(about: str, *, aside: bool) -> tuple[list[Wording], list[Judged]]:
    """The wordings of a file, each read as a story of its own, and what is right of each reading."""
    wordings = load_wordings(wording_paths(aside=aside)[about])
    return wordings, [JUDGES[about.removesuffix("-plain")](wording, _read(wording)) for wording in wordings]


def _read(wording: Wording) -> Story:
    """Read with the people marked given as the cast: a story of forty words gives nobody time to become somebody."""
    named = {wording.text[span] for label, spans in wording.marks.items() if label.isupper() for span in spans[:1]}
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
