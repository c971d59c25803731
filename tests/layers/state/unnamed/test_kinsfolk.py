"""Kin whom nobody names are somebody: in a short text at their first word, in a long one if they matter."""

from __future__ import annotations

import pytest

from fabula.reader import read_text
from fabula.story import Story, Text

LONG = "\n\nEllen Hart went on. The rain fell on the road, and nobody came." * 500


def told(content: str) -> Story:
    return read_text(Text.of(content))


@pytest.mark.parametrize(
    ("content", "name", "tie"),
    [
        ("Ellen Hart had it from her mother. It was only a ring.", "Ellen Hart’s mother", "mother"),
        ("Ellen Hart’s mother was ill. Tom Reed sat down.", "Ellen Hart’s mother", "mother"),
        ("“I had it from your husband,” Tom Reed said to Ellen Hart. She wept.", "Ellen Hart’s husband", "husband"),
    ],
)
def test_kin_whom_nobody_names_are_somebody(content: str, name: str, tie: str) -> None:
    story = told(content)
    people = {character.name: character.id for character in story.characters}
    assert name in people
    (relation,) = [one for one in story.relations if one.a == people[name]]
    assert (relation.kind, relation.b) == (tie, people["Ellen Hart"])


def test_in_a_long_text_they_have_to_do_something_or_come_up_again() -> None:
    story = told("Ellen Hart had it from her mother. It was only a ring." + LONG)
    assert [character.name for character in story.characters] == ["Ellen Hart"]


def test_whoever_is_named_beside_may_be_meant() -> None:
    story = told("Ellen Hart saw Tom Reed. Her brother nodded.")
    assert [character.name for character in story.characters] == ["Ellen Hart", "Tom Reed"]


def test_who_was_found_to_speak_is_meant_by_the_kin_in_the_tag() -> None:
    story = told(
        "Billy Marsh held up the fish. Kev looked round from the window.\n\n“Is it real?” said Billy.\n\n“It was,” "
        "said Kev.\n\n“What is it?” said Billy.\n\n“That’s the carp,” said his father."
    )
    assert [character.name for character in story.characters] == ["Billy Marsh", "Kev"]
    assert [(one.kind, one.a, one.b) for one in story.relations] == [("father", "c2", "c1")]
