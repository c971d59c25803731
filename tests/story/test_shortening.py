"""Words made short enough to be shown."""

from __future__ import annotations

import pytest

from fabula.story.shortening import first_words, shortened


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("A short line.", "A short line."),
        ("A line\n  over  two.", "A line over two."),
        ("Seventeen letters", "Seventeen…"),
        ("Up, up, and away", "Up, up, and away"),
        ("Seven days, seven", "Seven days…"),
        ("Incomprehensibilities", "Incomprehensibi…"),
    ],
)
def test_a_long_line_ends_between_two_words(words: str, shown: str) -> None:
    assert shortened(words, 16) == shown
    assert len(shown) <= 16


def test_the_first_words_say_whether_there_are_more() -> None:
    assert first_words("one two  three", 3) == "one two three"
    assert first_words("one two three four", 3) == "one two three …"
