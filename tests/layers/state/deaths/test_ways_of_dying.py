"""Ways of saying that somebody died, and manners of speaking that kill nobody."""

from __future__ import annotations

import pytest

import fabula
from fabula.story import Story, Text


def told(content: str) -> Story:
    return fabula.read(Text.of(content))


@pytest.mark.parametrize(
    ("content", "dead"),
    [
        ("Phil was shot dead in the yard. Anne wept.", "Phil"),
        ("They found Phil dead in the yard. Anne wept.", "Phil"),
        ("Phil lay dead in the yard. Anne wept.", "Phil"),
        ("Anne stood at Phil’s grave. Anne wept.", "Phil"),
        ("John stabbed Phil to death. Anne wept.", "Phil"),
        ("Phil hanged himself. Anne wept.", "Phil"),
        ("Phil, who came from Bath, was drowned. Anne wept.", "Phil"),
    ],
)
def test_a_death_is_known_in_many_words(content: str, dead: str) -> None:
    story = told(content + "\n")
    names = {character.id: character.name for character in story.characters}
    assert [names[death.who] for death in story.deaths] == [dead]


@pytest.mark.parametrize(
    "content",
    [
        "Phil was scared to death. Anne laughed.",
        "Phil died of laughing. Anne wept.",
        "Phil was half dead with cold. Anne wept.",
        "“You are killing me,” said Anne to Phil.",
        "Anne threatened to kill Phil. Phil laughed.",
        "Phil will die. Anne wept.",
        "Anne was afraid that Phil might be dead. Phil slept.",
        "Phil played dead. Anne laughed.",
        "Anne will catch her death in that coat. Phil laughed.",
        "Anne caught her death of cold. Phil laughed.",
    ],
)
def test_a_manner_of_speaking_kills_nobody(content: str) -> None:
    assert told(content + "\n").deaths == ()
