"""The windows' own words tile the text, whatever the words are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fabula.encode.windows import cut_windows

SIZES = st.lists(st.integers(1, 12), max_size=300)


@given(sizes=SIZES, room=st.integers(30, 80), context=st.integers(0, 10), stride=st.integers(1, 20))
def test_own_words_tile_the_text(sizes: list[int], room: int, context: int, stride: int) -> None:
    windows = cut_windows(sizes, [i // stride for i in range(len(sizes))], room=room, context=context)
    assert [word for w in windows for word in range(w.own, w.end)] == list(range(len(sizes)))


@given(sizes=SIZES, room=st.integers(30, 80), context=st.integers(0, 10))
def test_windows_keep_within_their_room(sizes: list[int], room: int, context: int) -> None:
    for w in cut_windows(sizes, [0] * len(sizes), room=room, context=context):
        assert w.first <= w.own < w.end <= w.last
        assert sum(sizes[w.first : w.last]) <= room
        assert sum(sizes[w.first : w.own]) <= context


def test_cut_at_a_sentence_when_one_is_near() -> None:
    sentence = [0] * 17 + [1] * 30
    first = cut_windows([1] * 47, sentence, room=24, context=4)[0]
    assert (first.end, first.last) == (17, 24)


def test_no_word_has_no_window() -> None:
    assert cut_windows([], [], room=20, context=4) == []
