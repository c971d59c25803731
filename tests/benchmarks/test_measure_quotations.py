"""M1: which quotations count as found, and which finds count as true."""

from __future__ import annotations

import pytest
from by_hand import people, quotes_at, story

from benchmarks.metrics.matching import Places
from benchmarks.metrics.quotations import measure_quotations
from benchmarks.metrics.shares import Share
from fabula.story import Span

CAST = people(c1="Anna")
TEXT = story("x" * 400, CAST)


def measured(gold: list[tuple[int, int]], guessed: list[tuple[int, int]]) -> tuple[Share, Share]:
    result = measure_quotations(
        quotes_at(TEXT, *((Span(*span), None) for span in guessed)),
        quotes_at(TEXT, *((Span(*span), None) for span in gold)),
    )
    return result.found, result.true


@pytest.mark.parametrize(
    ("end", "found"),
    [(149, 0), (150, 1), (151, 1)],
    ids=["49 of 100 characters", "50 of 100", "51 of 100"],
)
def test_half_of_its_characters_must_be_covered(end: int, found: int) -> None:
    assert measured([(100, 200)], [(50, end)]) == (Share(found, 1), Share(1, 1))


def test_two_halves_by_two_quotations_are_not_a_find() -> None:
    assert measured([(100, 200)], [(100, 140), (145, 190)])[0] == Share(0, 1)


def test_one_predicted_quotation_may_find_two() -> None:
    assert measured([(100, 150), (160, 200)], [(90, 210)]) == (Share(2, 2), Share(1, 1))


def test_touching_is_not_overlapping() -> None:
    assert measured([(100, 200)], [(200, 300), (50, 100)]) == (Share(0, 1), Share(0, 2))


def test_only_spoken_quotations_count_against_precision() -> None:
    gold = story('[c1|"Yes"] she said of the {?|"Villa"}.', CAST)
    guessed = story('[c1|"Yes"] she said of the [?|"Villa"].', CAST, modes={"q2": "term"})
    assert measure_quotations(guessed, gold).true == Share(1, 1)


def test_a_thought_may_find_a_quotation() -> None:
    gold = story('[c1|"Yes"] she thought.', CAST)
    guessed = story('[c1|"Yes"] she thought.', CAST, modes={"q1": "thought"})
    result = measure_quotations(guessed, gold)
    assert (result.found, result.true) == (Share(1, 1), Share(0, 0))


def test_f1_is_the_harmonic_mean() -> None:
    gold = quotes_at(TEXT, (Span(0, 10), None), (Span(20, 30), None))
    result = measure_quotations(quotes_at(TEXT, (Span(0, 10), None)), gold)
    assert result.f1 == pytest.approx(2 / 3)


def test_no_quotations_at_all_is_not_a_number() -> None:
    assert str(measured([], [])[0].value) == "nan"


def test_best_is_most_overlap_then_shortest_then_first() -> None:
    spans = [Span(0, 100), Span(10, 30), Span(12, 28), Span(60, 70)]
    places = Places(spans)
    assert places.best(Span(12, 28)) == Span(12, 28)
    assert places.best(Span(10, 30)) == Span(10, 30)
    assert places.best(Span(25, 35)) == Span(0, 100)
    assert places.best(Span(200, 210)) is None
    assert Places([Span(0, 10), Span(10, 20)]).best(Span(5, 15)) == Span(0, 10)


def test_nearest_prefers_the_exact_place() -> None:
    assert Places([Span(0, 9), Span(0, 2)]).nearest(Span(0, 2)) == Span(0, 2)
    assert Places([Span(0, 9), Span(1, 4)]).nearest(Span(0, 2)) == Span(0, 9)
