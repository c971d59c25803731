"""Learn the weights of `fabula.layers.events.weights` from the events people marked in LitBank.

Every candidate of the training documents is a case, the cues around it are what is seen of it, and whether people
marked it as an event is the answer: logistic regression with a ridge, solved by Newton's method. A second regression
of the same kind weighs a candidate's own score beside its company's mean chance (`_OWN`, `_SHARED`, `_BASE` in
`fabula.layers.events.find`). Cues seen fewer than fifteen times have no weight; weights are rounded to tenths, and
those below two tenths left out. The second regression is fitted on the scores before rounding.

    python -m training.events.learn

Nothing here is random, so no seed is pinned: the same documents give the same table.

By hand, and not learned here: in `find`, `_COMPANY` (10 and 25 tried), `_SURE_ENOUGH` (near the best F1 on the
development documents), and `_CAP` (set after the fit, which follows the company's mean without it); the ridges,
`SEEN` and `LEAST` below. Once the cues of the layer have changed, this gives a new table, not the shipped one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate
from unittest import mock

import msgspec
import numpy as np
from numpy.typing import NDArray

from benchmarks.corpora.litbank import DEVELOPMENT, load_document, training_names
from fabula.layers.events import find, find_events
from fabula.layers.events.cues import read_cues
from fabula.layers.events.find import read_candidates
from fabula.layers.events.weights import BIAS, WEIGHTS
from fabula.segment import segment
from fabula.segment.wording import Wording, lay_out
from fabula.story import Event

Array = NDArray[np.float64]

SEEN = 15
"""A cue seen fewer times in the training documents has no weight."""
LEAST = 0.2
"""A weight smaller than this is left out of the table."""
RIDGE, RIDGE_OF_COMPANY = 2.0, 0.1
"""How strongly weights are held to nought (the penalty is half of this times their squares, summed over all cases)."""
COMPANY = 25
"""How many candidates each way make the company of one; as in `fabula.layers.events.find`."""
STEPS = 40
"""Newton's steps; the weights stand still after about ten."""


class Document(msgspec.Struct, frozen=True):
    """One opening: its candidates' cues, which of them people marked, and all that they marked."""

    wording: Wording
    cues: tuple[frozenset[str], ...]
    happened: tuple[bool, ...]
    marked: frozenset[tuple[int, int]]


def main() -> None:
    taught, held = [list(map(_open, names)) for names in (training_names(), DEVELOPMENT)]
    print(f"{len(taught)} training documents, {sum(len(d.cues) for d in taught)} candidates,")
    reached = sum(sum(d.happened) for d in taught)
    print(f"among them {reached} of {sum(len(d.marked) for d in taught)} marked events")
    counted = Counter(cue for document in taught for cues in document.cues for cue in cues)
    names = sorted(cue for cue, count in counted.items() if count >= SEEN)
    answers = np.array([happened for document in taught for happened in document.happened], dtype=float)
    weights = _fit(_table(taught, names), answers, RIDGE)
    own, shared, base = _fit(_beside_company(taught, names, weights), answers, RIDGE_OF_COMPANY).round(2).tolist()
    bias = round(float(weights[-1]), 1)
    rounded = {name: round(float(w), 1) for name, w in zip(names, weights[:-1], strict=True)}
    kept = {name: w for name, w in sorted(rounded.items(), key=_as_listed) if abs(w) >= LEAST}
    _print_tables(bias, kept, (own, shared, base))
    _print_changes(bias, kept)
    print("development, shipped:", _score(held))
    with mock.patch.multiple(find, BIAS=bias, WEIGHTS=kept, _OWN=own, _SHARED=shared, _BASE=base):
        print("development, learned:", _score(held))


def _open(name: str) -> Document:
    document = load_document(name)
    wording = lay_out(segment(document.story.text))
    marked = frozenset(_place(event) for event in document.story.layers.events or ())
    starts = {start for start, _ in marked}
    candidates = list(read_candidates(wording))
    return Document(
        wording,
        tuple(frozenset(read_cues(wording, at, form)) for at, form in candidates),
        tuple(wording.starts[at] in starts for at, _ in candidates),
        marked,
    )


def _place(event: Event) -> tuple[int, int]:
    return event.start, event.end


def _table(documents: Sequence[Document], names: Sequence[str]) -> Array:
    """A row for each candidate: 1 for each cue that it has, and 1 for the bias, which comes last."""
    column = {name: n for n, name in enumerate(names)}
    rows = [cues for document in documents for cues in document.cues]
    table = np.zeros((len(rows), len(names) + 1))
    table[:, -1] = 1
    for row, cues in zip(table, rows, strict=True):
        row[[column[cue] for cue in cues if cue in column]] = 1
    return table


def _fit(table: Array, answers: Array, ridge: float) -> Array:
    """The weights of a logistic regression with a ridge."""
    weights = np.zeros(table.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (chance - answers) + ridge * weights
        bend = (table * (chance * (1 - chance))[:, None]).T @ table + ridge * np.eye(len(weights))
        weights -= np.linalg.solve(bend, slope)
    return weights


def _beside_company(documents: Sequence[Document], names: Sequence[str], weights: Array) -> Array:
    """A row for each candidate: its own score, its company's mean chance, and 1."""
    rows: list[tuple[float, float, float]] = []
    for document in documents:
        scores = _table([document], names) @ weights
        chances = (1 / (1 + np.exp(-scores))).tolist()
        rows += [(own, shared, 1.0) for own, shared in zip(scores.tolist(), _company(chances), strict=True)]
    return np.array(rows)


def _company(chances: Sequence[float]) -> Iterator[float]:
    """The mean chance of each candidate's neighbours, itself left out."""
    sums = list(accumulate(chances, initial=0.0))
    for at, own in enumerate(chances):
        first, last = max(0, at - COMPANY), min(len(chances), at + COMPANY + 1)
        yield (sums[last] - sums[first] - own) / max(1, last - first - 1)


def _as_listed(item: tuple[str, float]) -> tuple[str, str]:
    """The order of the weights file: cues that stand alone, then those of each kind of verb."""
    name = item[0]
    return (name.split()[0] if " after " in name or " before " in name else "", name)


def _print_tables(bias: float, kept: dict[str, float], company: tuple[float, float, float]) -> None:
    print(f"BIAS = {bias}\n\nWEIGHTS: dict[str, float] = {{")
    for name, weight in kept.items():
        print(f'    "{name}": {weight},')
    print("}\n\n_OWN, _SHARED, _BASE = " + ", ".join(f"{value:.2f}" for value in company))


def _print_changes(bias: float, kept: dict[str, float]) -> None:
    """Where the table learned here differs from the shipped one, in tenths."""
    either = kept.keys() | WEIGHTS.keys()
    off = [abs(kept.get(name, 0.0) - WEIGHTS.get(name, 0.0)) for name in either] + [abs(bias - BIAS)]
    print(f"{sum(d < 0.05 for d in off)} of {len(off)} weights as shipped; the farthest is {max(off):.1f} off")


def _score(documents: Sequence[Document]) -> str:
    found = marked = both = 0
    for document in documents:
        events = {_place(event) for event in find_events(document.wording)}
        found += len(events)
        marked += len(document.marked)
        both += len(events & document.marked)
    return f"precision {both / found:.3f}, recall {both / marked:.3f}, F1 {2 * both / (found + marked):.3f}"


if __name__ == "__main__":
    main()
