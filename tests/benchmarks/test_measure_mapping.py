"""Which known character a predicted one is: cases with one right answer each."""

from __future__ import annotations

import pytest
from by_hand import people, story

from benchmarks.metrics.mapping import map_cast, normalised

GOLD = story("", people(g1="Anna Karenina, Anna", g2="Count Vronsky, Vronsky, Alexei", g3="Karenin, Alexei"))


def known(marked: str, **aliases: str) -> dict[str, str]:
    return map_cast(story(marked, people(**aliases)), GOLD).known


@pytest.mark.parametrize(
    ("name", "same"),
    [("Mr. Darcy", "mrdarcy"), ("D’Arcy", "darcy"), ("Émile Zola", "émilezola"), ("—", ""), ("J. 2nd", "j2nd")],
)
def test_normalised_keeps_letters_and_digits_only(name: str, same: str) -> None:
    assert normalised(name) == same


def test_a_listed_name_alone_maps() -> None:
    assert known("", c1="Anna Karenina") == {"c1": "g1"}


def test_without_a_vote_nobody_is_mapped() -> None:
    assert known("{c1|Kitty} laughed.", c1="Kitty") == {}


def test_mentions_outvote_the_main_name() -> None:
    assert known("{c1|Vronsky}, {c1|Vronsky}, {c1|Vronsky} and {c1|Anna}.", c1="Anna") == {"c1": "g2"}


def test_only_name_mentions_vote() -> None:
    marked = "{c1.nominal|Vronsky} {c1.pronoun|Vronsky} {c1.nominal|Vronsky}"
    assert known(marked, c1="Anna") == {"c1": "g1"}


def test_mentions_of_nobody_do_not_vote() -> None:
    assert known("{?|Vronsky} {?|Vronsky}", c1="Anna") == {"c1": "g1"}


def test_an_alias_of_two_votes_for_both() -> None:
    cast = map_cast(story("{c1|Alexei} {c1|Karenin}", people(c1="Alexei")), GOLD)
    assert cast.votes["c1"] == {"g2": 2, "g3": 3}
    assert cast.known == {"c1": "g3"}


def test_of_equal_votes_the_same_main_name_wins() -> None:
    assert known("{c1|Anna}", c1="Karenin") == {"c1": "g3"}


def test_of_equal_votes_without_the_same_main_name_the_first_listed_wins() -> None:
    assert known("{c1|Anna} {c1|Vronsky}", c1="The Lovers") == {"c1": "g1"}


def test_two_may_map_to_one() -> None:
    assert known("", c1="Anna", c2="Anna Karenina") == {"c1": "g1", "c2": "g1"}


def test_underscore_characters_are_left_out() -> None:
    gold = story("", people(g1="_group, Guests", g2="Anna"))
    assert map_cast(story("", people(c1="Guests", c2="_group", c3="Anna")), gold).known == {"c3": "g2"}


def test_names_without_letters_never_match() -> None:
    gold = story("", people(g1="***"))
    assert map_cast(story("", people(c1="—")), gold).known == {}


def test_nobody_maps_to_nobody() -> None:
    assert map_cast(story("", people(c1="Anna")), GOLD).find(None) is None
    assert map_cast(story("", people(c1="Anna")), GOLD).find("c9") is None
