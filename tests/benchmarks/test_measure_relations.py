"""When two relations are one."""

from __future__ import annotations

import pytest

from benchmarks.metrics.relations import tie_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("a", "b", "mother"), ("b", "a", "daughter")),
        (("a", "b", "sister"), ("b", "a", "brother")),
        (("a", "b", "boss"), ("b", "a", "servant")),
        (("a", "b", "uncle"), ("b", "a", "niece")),
        (("a", "b", "wife"), ("b", "a", "spouse")),
    ],
)
def test_a_relation_is_one_from_either_side(one: tuple[str, str, str], other: tuple[str, str, str]) -> None:
    assert tie_of(*one) == tie_of(*other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("a", "b", "mother"), ("b", "a", "mother")),
        (("a", "b", "boss"), ("b", "a", "boss")),
        (("a", "b", "friend"), ("a", "b", "enemy")),
    ],
)
def test_another_kind_or_direction_is_another(one: tuple[str, str, str], other: tuple[str, str, str]) -> None:
    assert tie_of(*one) != tie_of(*other)
