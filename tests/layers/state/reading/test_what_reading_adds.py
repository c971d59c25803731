"""What is read of a stretch of text becomes a relation, a death, a step of a thing's way, where it is read surely."""

from __future__ import annotations

import pytest

from fabula.layers.state.reading import Claims, DeathClaim, TieClaim
from fabula.layers.state.relations.by_reading import find_read
from fabula.story import Span

AT = {"first": 0, "stop": 20, "at": 3, "evidence": Span(0, 10)}


def tie(a: str, b: str, kind: str, probability: float, **where: int) -> TieClaim:
    return TieClaim(a=a, b=b, kind=kind, probability=probability, **{**AT, **where})  # type: ignore[arg-type]


def found(*ties: TieClaim) -> list[tuple[str, str, str]]:
    return [(one.a, one.b, one.kind) for one in find_read(Claims(ties=ties))]


def test_a_sure_tie_is_a_relation() -> None:
    assert found(tie("c1", "c2", "parent", 0.9)) == [("c1", "c2", "parent")]


def test_a_doubtful_tie_is_none() -> None:
    assert found(tie("c1", "c2", "parent", 0.4), tie("c2", "c1", "boss", 0.4, first=50)) == []


@pytest.mark.parametrize(("back", "relations"), [(0.9, 1), (0.1, 0)])
def test_what_goes_both_ways_must_be_read_both_ways(back: float, relations: int) -> None:
    assert len(found(tie("c1", "c2", "sibling", 0.9), tie("c2", "c1", "sibling", back))) == relations


def test_a_tie_is_called_as_relations_are() -> None:
    assert found(tie("c1", "c2", "aunt-uncle", 0.9)) == [("c1", "c2", "uncle")]


def test_of_many_stretches_the_surest_tell_it() -> None:
    claims = [tie("c1", "c2", "boss", 0.75 + at / 100, first=at, stop=at + 20) for at in range(9)]
    kept = list(find_read(Claims(ties=tuple(claims))))
    assert [one.confidence for one in kept] == [0.83, 0.82, 0.81]


def test_claims_of_the_dead_are_kept_apart_by_who() -> None:
    claims = Claims(deaths=(DeathClaim(who="c1", probability=0.9, shown=0.1, **AT),))  # type: ignore[arg-type]
    assert claims.dead("c1") == 0.9
    assert claims.dead("c2") == 0
