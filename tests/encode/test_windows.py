"""The windows' own words tile the text, whatever the words are, and a change moves only the cuts near it."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fabula.encode.windows import Window, cut_windows

SIZES = st.lists(st.integers(1, 12), max_size=300)
Words = tuple[list[int], list[int], list[str]]
"""Sizes, sentences and forms."""


def words_of(sentences: list[list[str]]) -> Words:
    forms = [form for sentence in sentences for form in sentence]
    return [1 + len(f) // 6 for f in forms], [i for i, s in enumerate(sentences) for _ in s], forms


def ends(words: Words, *, room: int, context: int) -> set[int]:
    """Where the windows end, counted from the text's end."""
    return {w.end - len(words[0]) for w in cut_windows(*words, room=room, context=context)}


COMMON = "the a she he had was of to and sea lamp letter window morning remembered understanding".split()
WORD = st.text("abc", min_size=1, max_size=4)
SENTENCES = st.lists(st.lists(WORD, min_size=1, max_size=9), max_size=40)


@settings(deadline=None)
@given(sizes=SIZES, room=st.integers(30, 80), context=st.integers(0, 10), stride=st.integers(1, 20))
def test_own_words_tile_the_text(sizes: list[int], room: int, context: int, stride: int) -> None:
    sentence = [i // stride for i in range(len(sizes))]
    windows = cut_windows(sizes, sentence, [str(i % 7) for i in sentence], room=room, context=context)
    assert [word for w in windows for word in range(w.own, w.end)] == list(range(len(sizes)))


@settings(deadline=None)
@given(sizes=SIZES, room=st.integers(32, 80), context=st.integers(0, 10), stride=st.integers(1, 20))
def test_windows_keep_within_their_room(sizes: list[int], room: int, context: int, stride: int) -> None:
    sentence = [i // stride for i in range(len(sizes))]
    for w in cut_windows(sizes, sentence, ["a"] * len(sizes), room=room, context=context):
        assert 0 <= w.first <= w.own < w.end <= w.last <= len(sizes)
        assert sum(sizes[w.first : w.last]) <= room
        assert sum(sizes[w.first : w.own]) <= context
        assert sum(sizes[w.end : w.last]) <= context


@settings(deadline=None)
@given(sizes=SIZES)
def test_windows_see_as_much_around_them_as_there_is_room_for(sizes: list[int]) -> None:
    for w in cut_windows(sizes, [0] * len(sizes), ["a"] * len(sizes), room=60, context=15):
        assert w.first == 0 or sum(sizes[w.first - 1 : w.own]) > 15
        assert w.last == len(sizes) or sum(sizes[w.end : w.last + 1]) > 15


@pytest.mark.parametrize("end", [11, 14, 16])
def test_window_ends_where_a_sentence_does(end: int) -> None:
    sentence = [int(i >= end) for i in range(47)]
    first = cut_windows([1] * 47, sentence, ["a"] * 47, room=24, context=4)[0]
    assert (first.end, first.last) == (end, end + 4)


def test_window_is_full_where_no_sentence_ends_in_its_last_part() -> None:
    sentence = [int(i >= 5) for i in range(47)]
    assert cut_windows([1] * 47, sentence, ["a"] * 47, room=24, context=4)[0] == Window(0, 0, 16, 20)


def test_word_with_more_pieces_than_a_window_has_room_for_is_a_window() -> None:
    assert [w.end for w in cut_windows([50, 50], [0, 0], ["a", "b"], room=24, context=4)] == [1, 2]


def test_no_word_has_no_window() -> None:
    assert cut_windows([], [], [], room=20, context=4) == []


@settings(deadline=None)
@given(before=SENTENCES, other=SENTENCES, after=SENTENCES)
def test_cuts_that_meet_again_stay_together(
    before: list[list[str]], other: list[list[str]], after: list[list[str]]
) -> None:
    one, two = (ends(words_of([*given, *after]), room=40, context=6) for given in (before, other))
    met = {end for end in one & two if end >= -sum(len(s) for s in after)}
    assert not met or {end for end in one if end >= min(met)} == {end for end in two if end >= min(met)}


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("at", [0, 700])
def test_cuts_meet_again_soon_after_a_change(seed: int, at: int) -> None:
    chance = random.Random(seed)
    story = [[chance.choice(COMMON) for _ in range(chance.randint(3, 35))] for _ in range(1_500)]
    old = ends(words_of(story), room=382, context=40)
    new = ends(words_of([*story[:at], ["a", "sentence", "more"], *story[at:]]), room=382, context=40)
    behind = -sum(len(sentence) for sentence in story[at:])
    assert len(old) > 80
    assert len({end for end in new - old if end >= behind}) <= 8
