"""Who knows what, and since when."""

from __future__ import annotations

import pytest

import fabula
from fabula.story import Story, Text


def told(content: str) -> Story:
    return fabula.read(Text.of(content))


def test_what_is_told_is_known_to_speaker_and_hearer() -> None:
    story = told("“Mary sold the old house on Friday,” said Anne to Phil.\n\n“I see,” said Phil.\n")
    names = {character.id: character.name for character in story.characters}
    known = {(names[row.who], row.how) for row in story.who_knows("Mary sold the house")}
    assert {("Anne", "witnessed"), ("Phil", "told")} <= known


def test_knowing_is_asked_as_of_a_scene() -> None:
    story = told(
        "“Mary sold the old house on Friday,” said Anne to Phil.\n\n* * *\n\n"
        "“Mary sold the old house on Friday,” said Phil to John.\n"
    )
    assert story.knows("John", at="s1") == ()
    assert story.knows("John", at="s2") != ()
    with pytest.raises(fabula.NotInStory, match="s9"):
        story.knows("John", at="s9")
