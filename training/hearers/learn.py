"""Learn the weights of `fabula.layers.speech.hearer_weights` from stories of which one knows whom each line is said to.

Each speech that no tag settles is a choice among those around it and nobody. The
conditional log-likelihood of those it is known to be said to is climbed by Adam, the weights held to zero. As the
answers given before are seen at the next choice, the stories are read anew with the weights just learned, three times
in all.

    python -m training.hearers.learn

Printed beside the weights: how many choices are right when the weights are learned from the other stories (five folds).
The Project Dialogism Novel Corpus is not read. Nothing here is random, so no seed is pinned.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from unittest import mock

import msgspec
import numpy as np
from numpy.typing import NDArray

from benchmarks.corpora.gold import GoldStory, as_novel, case_paths, load_gold, story_paths
from benchmarks.metrics.mapping import map_cast
from benchmarks.metrics.matching import Places, is_found
from benchmarks.reading import read
from fabula.layers.speech import hearers
from fabula.layers.speech.decide import Decision
from fabula.layers.speech.hearer_weights import SEEN, Hearing
from fabula.layers.speech.turns import Turn

Array = NDArray[np.float64]

READINGS, FOLDS = 3, 5
STEPS, RATE, HOLD = 1200, 0.03, 0.5
"""Adam's steps and rate, and how strongly the weights are held to zero (in choices)."""


class Choice(msgspec.Struct, frozen=True):
    """A choice as it was put: at which character of the text, among whom, and what was seen of each."""

    start: int
    whom: tuple[str | None, ...]
    seen: Array


class Case(msgspec.Struct, frozen=True):
    """A choice of a story with its right answers."""

    story: int
    seen: Array
    right: NDArray[np.bool_]


def main() -> None:
    stories = [load_gold(path) for path in (*story_paths(), *case_paths())]
    weights = Hearing()
    for reading in range(READINGS):
        cases = [case for n, story in enumerate(stories) for case in _cases(n, story, weights)]
        kept = sum(_right([c for c in cases if c.story % FOLDS == f], _learn(cases, f)) for f in range(FOLDS))
        before = _right(cases, weights)
        weights = _learn(cases)
        print(
            f"reading {reading + 1}: {len(cases)} choices; right {before / len(cases):.3f} as they were, "
            f"{_right(cases, weights) / len(cases):.3f} learned, {kept / len(cases):.3f} learned from the others",
            flush=True,
        )
    for name in SEEN:
        print(f"    {name}: float = {getattr(weights, name):.2f}")


def _cases(number: int, story: GoldStory, weights: Hearing) -> Iterator[Case]:
    with _listening(weights) as choices:
        predicted = read(story.text)
    known = as_novel(story, lines=[line for line in story.lines if line.mode != "term"]).story
    cast, places = map_cast(predicted, known), Places(predicted.quotes)
    put = {choice.start: choice for choice in choices}
    for line in known.quotes:
        guess = places.best(line)
        if guess is None or not is_found(line, guess) or guess.start not in put:
            continue
        choice = put[guess.start]
        right = [cast.find(who) in line.addressees if who is not None else not line.addressees for who in choice.whom]
        if any(right):
            yield Case(number, choice.seen, np.array(right))


@contextmanager
def _listening(weights: Hearing) -> Iterator[list[Choice]]:
    """Have the layer weigh with these weights, and hear every choice that it makes."""
    choices: list[Choice] = []
    look = hearers.look

    def look_aloud(
        ears: hearers.Ears, run: Sequence[Turn], decisions: Sequence[Decision], heard: Sequence[tuple[str, ...]], t: int
    ) -> dict[str | None, Array]:
        seen = look(ears, run, decisions, heard, t)
        first = ears.stage.wording.segments.quotations[run[t].quotations[0]].start
        choices.append(Choice(first, tuple(seen), np.array(list(seen.values()))))
        return seen

    with mock.patch.multiple(hearers, look=look_aloud, Hearing=lambda: weights):
        yield choices


def _learn(cases: Sequence[Case], without: int | None = None) -> Hearing:
    """The weights under which the right answers are likeliest; `without`: a fold that is not learned from."""
    taught = [case for case in cases if without is None or case.story % FOLDS != without]
    vector, mean, square = np.zeros(len(SEEN)), np.zeros(len(SEEN)), np.zeros(len(SEEN))
    most = max(len(case.right) for case in taught)
    seen = np.zeros((len(taught), most, len(SEEN)))
    right, there = np.zeros((len(taught), most), dtype=bool), np.zeros((len(taught), most), dtype=bool)
    for n, case in enumerate(taught):
        seen[n, : len(case.right)], right[n, : len(case.right)], there[n, : len(case.right)] = case.seen, case.right, 1
    for step in range(1, STEPS + 1):
        scores = np.where(there, seen @ vector, -1e9)
        chance = np.exp(scores - scores.max(axis=1, keepdims=True))
        chance /= chance.sum(axis=1, keepdims=True)
        known = chance * right
        known /= known.sum(axis=1, keepdims=True) + 1e-12
        slope = (np.einsum("nc,ncf->f", chance - known, seen) + HOLD * vector) / len(taught)
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        vector = vector - RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return Hearing(**{name: round(float(value), 2) for name, value in zip(SEEN, vector, strict=True)})


def _right(cases: Sequence[Case], weights: Hearing) -> int:
    vector = np.array([getattr(weights, name) for name in SEEN])
    return sum(bool(case.right[np.argmax(case.seen @ vector)]) for case in cases)


if __name__ == "__main__":
    main()
