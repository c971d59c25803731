"""M5: who of the cast is there, and how pure each of them is."""

from __future__ import annotations

from by_hand import novel, people, story

from benchmarks.metrics.cast import measure_cast
from benchmarks.metrics.shares import Share

GOLD = novel(
    story("", people(g1="Anna", g2="Vronsky", g3="Kitty", g4="_group", g5="Levin")),
    categories={"g2": "intermediate", "g3": "minor", "g4": "minor", "g5": "minor"},
)


def test_found_by_category_without_underscores() -> None:
    result = measure_cast(story("", people(c1="Anna", c2="Kitty")), GOLD)
    assert result.found == {"major": Share(1, 1), "intermediate": Share(0, 1), "minor": Share(1, 2)}


def test_purity_counts_mentions_not_listed_names() -> None:
    guess = story("{c1|Anna} {c1|Anna} {c1|Vronsky} {c1|Annushka} {c2|Stiva}", people(c1="Anna", c2="Stiva"))
    result = measure_cast(guess, GOLD)
    assert result.purity == Share(2, 5)
    assert result.unmixed == Share(2, 3)


def test_pronouns_are_no_name_mentions() -> None:
    result = measure_cast(story("{c1.pronoun|Vronsky} {c1|Anna}", people(c1="Anna")), GOLD)
    assert result.purity == Share(1, 1)


def test_two_for_one_is_split() -> None:
    result = measure_cast(story("", people(c1="Anna", c2="Anna", c3="Levin")), GOLD)
    assert result.split == Share(1, 2)
    assert result.found["major"] == Share(1, 1)


def test_a_shared_alias_is_one_voting_mention() -> None:
    gold = novel(story("", people(g1="Anna, A", g2="Alexei, A")))
    result = measure_cast(story("{c1|A}", people(c1="Anna")), gold)
    assert (result.purity, result.unmixed) == (Share(1, 1), Share(1, 1))
