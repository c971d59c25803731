"""A rule made from a word and its lemma makes that lemma of that word; of other words it makes something sensible."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fabula.encode.lemmas import lemma_of, rule_for


@settings(deadline=None)
@given(form=st.text(min_size=1, max_size=24), lemma=st.text(min_size=1, max_size=24))
def test_a_rule_makes_the_lemma_it_was_made_from(form: str, lemma: str) -> None:
    assert lemma_of(form, rule_for(form, lemma)) == lemma


@pytest.mark.parametrize(
    ("form", "lemma", "rule"),
    [
        ("house", "house", "l0"),
        ("Houses", "house", "l1"),
        ("Cried", "cry", "l3y"),
        ("Anne", "Anne", "k0"),
        ("Hales", "Hale", "k1"),
        ("was", "be", "=be"),
        ("a", "an", "l0n"),
    ],
)
def test_the_shortest_rule_is_made(form: str, lemma: str, rule: str) -> None:
    assert rule_for(form, lemma) == rule
    assert lemma_of(form, rule) == lemma


@pytest.mark.parametrize(
    ("form", "rule", "lemma"),
    [("tries", "l3y", "try"), ("is", "l3y", "is"), ("Is", "l2", "is"), ("", "l1", ""), ("ab", "l9", "ab")],
)
def test_a_rule_made_for_longer_words_leaves_short_ones(form: str, rule: str, lemma: str) -> None:
    assert lemma_of(form, rule) == lemma
