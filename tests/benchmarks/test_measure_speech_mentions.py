"""M7: whom the words inside speech mean."""

from __future__ import annotations

import pytest
from by_hand import novel, people, place, story

from benchmarks.corpora.pdnc import GoldMention, PdncNovel
from benchmarks.metrics.shares import Share
from benchmarks.metrics.speech_mentions import measure_speech_mentions

GOLD_CAST = people(g1="Anna", g2="Vronsky", g3="_group")
CAST = people(c1="Anna", c2="Vronsky", c3="Kitty")
GOLD_STORY = story('[g1|"I love my mother."]', GOLD_CAST)


def gold(words: str, *characters: str | None) -> PdncNovel:
    at = place(GOLD_STORY, words)
    return novel(GOLD_STORY, mentions=(GoldMention(at.start, at.end, characters=characters),))


@pytest.mark.parametrize(
    ("guess", "right", "touched"),
    [
        ('"{c1.pronoun|I} love my mother."', 1, 1),
        ('"{c2.pronoun|I} love my mother."', 0, 1),
        ('"{c3.pronoun|I} love my mother."', 0, 1),
        ('"{?.pronoun|I} love my mother."', 0, 1),
        ('"{c1.nominal|I love} my mother."', 1, 1),
        ('"I {c1.nominal|love} my mother."', 0, 0),
    ],
)
def test_one_mention(guess: str, right: int, touched: int) -> None:
    result = measure_speech_mentions(story(guess, CAST), gold("I", "g1"))
    assert (result.resolved, result.touched) == (Share(right, 1), Share(touched, 1))
    assert result.by_word["i"] == Share(right, 1)


def test_the_exact_place_is_preferred_to_the_wider_one() -> None:
    guess = story('"I love {c2.nominal|{c1.pronoun|my} mother}."', CAST)
    assert measure_speech_mentions(guess, gold("my", "g1")).resolved == Share(1, 1)
    assert measure_speech_mentions(guess, gold("my mother", "g2")).resolved == Share(1, 1)


def test_without_the_exact_place_most_overlap_wins() -> None:
    guess = story('"I love {c1.pronoun|my} {c2.nominal|mother}."', CAST)
    assert measure_speech_mentions(guess, gold("my mother", "g2")).resolved == Share(1, 1)


@pytest.mark.parametrize("meant", [("g1", "g2"), (None,), ("g3",), ()])
def test_several_unlisted_and_underscore_are_left_out(meant: tuple[str | None, ...]) -> None:
    guess = story('"{c1.pronoun|I} love my mother."', CAST)
    assert measure_speech_mentions(guess, gold("I", *meant)).resolved == Share(0, 0)
