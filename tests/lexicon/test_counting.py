"""Numbers, months and days stand in their order."""

from __future__ import annotations

from fabula.lexicon.counting import DAYS, MONTHS, ORDINALS, TENS, UNITS, worth


def test_a_number_stands_in_the_place_of_its_worth() -> None:
    assert (UNITS[0], UNITS[7], UNITS[19], len(UNITS)) == ("zero", "seven", "nineteen", 20)
    assert list(TENS.values()) == list(range(20, 100, 10))
    assert (ORDINALS[0], ORDINALS[19], len(ORDINALS)) == ("first", "twentieth", 20)


def test_a_year_has_its_months_and_a_week_its_days() -> None:
    assert (MONTHS[0], MONTHS[11], len(MONTHS)) == ("january", "december", 12)
    assert (DAYS[0], DAYS[6], len(DAYS)) == ("monday", "sunday", 7)


def test_a_number_written_out_has_its_worth() -> None:
    written = ("seven", "nineteen", "forty", "twenty-three", "ninety nine", "zero", "seventh", "door", "")
    assert [worth(words) for words in written] == [7, 19, 40, 23, 99, 0, 0, 0, 0]
