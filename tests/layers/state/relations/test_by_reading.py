"""What a network read of people's ties, and what of it is said: the surest of a pair, and of a stretch."""

from __future__ import annotations

from fabula.layers.state.reading import Claims, TieClaim
from fabula.layers.state.relations.by_reading import find_read
from fabula.story import Span


def tie(a: str, kind: str, b: str, sure: float, *, first: int = 0, long: int = 100) -> TieClaim:
    return TieClaim(
        a=a, b=b, kind=kind, probability=sure, first=first, stop=first + long, at=first, evidence=Span(first, first + 5)
    )


def said(*ties: TieClaim) -> set[tuple[str, str, str]]:
    return {(one.a, one.kind, one.b) for one in find_read(Claims(ties=ties))}


def test_of_a_pair_the_surest_tie_is_said() -> None:
    assert said(tie("anne", "parent", "tom", 0.9), tie("anne", "boss", "tom", 0.7)) == {("anne", "parent", "tom")}


def test_a_stretch_says_whose_mother_she_is_once() -> None:
    assert said(tie("anne", "parent", "tom", 0.9), tie("anne", "parent", "phil", 0.7)) == {("anne", "parent", "tom")}
    elsewhere = tie("anne", "parent", "phil", 0.7, first=500)
    assert ("anne", "parent", "phil") in said(tie("anne", "parent", "tom", 0.9), elsewhere)


def test_whoever_is_called_doctor_is_not_everybodys() -> None:
    assert said(tie("reed", "doctor", "tom", 0.8)) == set()
    assert said(tie("reed", "doctor", "tom", 0.95)) == {("reed", "doctor", "tom")}


def test_from_a_few_words_nothing_is_read() -> None:
    assert said(tie("anne", "parent", "tom", 0.95, long=12)) == set()
