"""Verbs known by their look."""

from __future__ import annotations

import pytest

from fabula.lexicon.verbs import is_participle, is_past, is_present


@pytest.mark.parametrize("word", ["gone", "been", "asked", "had", "sat"])
def test_participles(word: str) -> None:
    assert is_participle(word)


@pytest.mark.parametrize("word", ["seven", "children", "often", "indeed", "red", "went"])
def test_what_only_looks_like_one(word: str) -> None:
    assert not is_participle(word)


def test_pasts_and_presents() -> None:
    assert all(map(is_past, ("was", "went", "looked")))
    assert all(map(is_present, ("is", "goes", "says")))
    assert not any(map(is_past, ("put", "goes", "bed")))
    assert not any(map(is_present, ("was", "costs", "men")))
