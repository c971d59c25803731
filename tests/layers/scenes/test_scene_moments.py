"""Words of time, as TimeML writes them."""

from __future__ import annotations

import pytest

from fabula.layers.scenes.moments import normalise


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("the next morning", "+P1D"),
        ("the following week", "+P1W"),
        ("yesterday", "-P1D"),
        ("three weeks earlier", "-P3W"),
        ("a fortnight later", "+P2W"),
        ("Twenty-six years later", "+P26Y"),
        ("two hundred years ago", "-P200Y"),
        ("an hour ago", "-PT1H"),
        ("2 June 1943", "1943-06-02"),
        ("June 3", "XXXX-06-03"),
        ("in May", "XXXX-05"),
        ("in the spring of 1912", "1912-SP"),
        ("that winter", "XXXX-WI"),
        ("Monday morning", "XXXX-WXX-1TMO"),
        ("at half past nine", "T09:30"),
        ("at eight o’clock", "T08:00"),
        ("at a quarter to nine", "T08:45"),
        ("ten minutes past three o’clock", "T03:10"),
        ("at half past ten that night", "T22:30"),
        ("twelve o’clock at night", "T24:00"),
        ("by 4.15 p.m", "T16:15"),
        ("the evening before", "-P1D"),
        ("the week after", "+P1W"),
        ("at length", None),
        ("that night", "TNI"),
        ("some days later", None),
        ("you may go", None),
        ("45 March", None),
        ("", None),
    ],
)
def test_times_are_normalised_as_far_as_the_words_allow(words: str, value: str | None) -> None:
    assert normalise(words) == value
