"""Whom speech is said to, where no tag says it: each case in a few lines, as a reader would decide it."""

from __future__ import annotations

from fabula.reader import read_text
from fabula.story import Text

HALL = "Anne, Phil and Carl stood in the hall. Anne opened her book, Phil lit his pipe, and Carl sat down.\n\n"


def hearers(content: str) -> list[list[str]]:
    story = read_text(Text.of(content))
    names = {c.id: c.name for c in story.characters}
    return [[names[who] for who in quote.addressees] for quote in story.quotes]


def test_who_is_called_is_spoken_to() -> None:
    told = HALL + '"It is late," said Anne.\n\n"So it is," said Phil. "Carl, shut the door, will you?"'
    assert hearers(told)[1:] == [["Carl"], ["Carl"]]


def test_a_name_that_answers_a_question_calls_nobody() -> None:
    told = HALL + '"Who broke it?" asked Anne.\n\n"Carl." Phil looked at the floor.'
    assert hearers(told) == [["Phil"], ["Anne"]]


def test_who_is_called_in_a_quotation_within_speech_is_not_there() -> None:
    told = (
        "Maeve knew the tale of the ship and of Sund, its cook.\n\n"
        + HALL
        + '"Tell it," said Anne.\n\n"So he said, \'Sund, two quarts are gone,\' and locked the door," said Phil.'
    )
    assert hearers(told)[1] == ["Anne"]


def test_who_is_looked_at_is_spoken_to_before_who_spoke_last() -> None:
    told = (
        HALL
        + '"It is late," said Carl.\n\nPhil put down his pipe and sat for a while.\n\n'
        + "Anne came in from the yard. She dried her hands.\n\n"
        + 'Phil turned to Anne. "Is the mare all right?" he asked.'
    )
    assert hearers(told)[-1] == ["Anne"]


def test_speech_that_nobody_can_hear_is_said_to_nobody() -> None:
    assert hearers('Anne sat alone in the boat.\n\n"It is late," said Anne.') == [[]]
