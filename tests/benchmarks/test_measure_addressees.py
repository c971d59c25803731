"""M4: to whom it is said."""

from __future__ import annotations

import pytest
from by_hand import people, story

from benchmarks.metrics.addressees import measure_addressees
from benchmarks.metrics.shares import Share

GOLD_CAST = people(g1="Anna", g2="Vronsky", g3="Karenin", g4="_group")
CAST = people(c1="Anna", c2="Vronsky", c3="Karenin", c4="Kitty", c5="Alexei Vronsky, Vronsky")


@pytest.mark.parametrize(
    ("gold", "guess", "hit", "exact"),
    [
        ("g1>g2", "c1>c2", 1, 1),
        ("g1>g2,g3", "c1>c3,c2", 1, 1),
        ("g1>g2,g3", "c1>c3", 1, 0),
        ("g1>g2", "c1>c2,c3", 1, 0),
        ("g1>g2", "c1>c3,c2", 0, 0),
        ("g1>g2", "c1>c4", 0, 0),
        ("g1>g2", "c1>c2,c4", 1, 0),
        ("g1>g2", "c1>c2,c5", 1, 1),
        ("g1>g2", "c1>", 0, 0),
        ("g1>g2", "?>c2", 1, 1),
        ("g1>g2,g4", "c1>c2", 1, 1),
    ],
)
def test_hit_and_exact(gold: str, guess: str, hit: int, exact: int) -> None:
    result = measure_addressees(story(f'[{guess}|"Go."]', CAST), story(f'[{gold}|"Go."]', GOLD_CAST))
    assert (result.hit, result.exact) == (Share(hit, 1), Share(exact, 1))


@pytest.mark.parametrize("gold", ["g1>", "g1>g4"])
def test_without_a_known_addressee_it_does_not_count(gold: str) -> None:
    result = measure_addressees(story('[c1>c2|"Go."]', CAST), story(f'[{gold}|"Go."]', GOLD_CAST))
    assert result.hit == result.exact == Share(0, 0)


def test_not_found_is_missed() -> None:
    gold = story('[g1>g2|"Go away."]', GOLD_CAST)
    assert measure_addressees(story('"Go away."', CAST), gold).hit == Share(0, 1)
    assert measure_addressees(story('[c1>c2|"Go] away."', CAST), gold).hit == Share(0, 1)
