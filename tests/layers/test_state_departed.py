"""Deaths of people whom nobody names, and deaths told without a word of dying."""

from __future__ import annotations

import pytest

from fabula.reader import read_text
from fabula.story import Text


def dead(content: str) -> list[str]:
    story = read_text(Text.of(content))
    names = {character.id: character.name for character in story.characters}
    return [names[death.who] for death in story.deaths]


@pytest.mark.parametrize(
    ("content", "who"),
    [
        ('"My mother is dead," said Ellen Hart. "She died when I was four."', "my mother"),
        ("Her father had been killed in the mine, and Ellen Hart had gone to live with Thomas Reed.", "her father"),
        ('"My brother was hanged," said Ellen Hart.', "my brother"),
        ('"Since your wife’s death you have not been out," said Ellen Hart to Thomas Reed.', "your wife"),
        ("A boy was drowned at the weir that spring, and Ellen Hart never went there again.", "a boy"),
        ("I never saw my father again; he died at sea. Ellen Hart told me so.", "my father"),
        ('"There was a girl in Leeds," said Ellen Hart. "They took her out of the canal."', "a girl in Leeds"),
        ("Ellen Hart sat down. —My husband painted it, she said. Every year until he died.", "my husband"),
    ],
)
def test_one_whom_nobody_names_is_somebody_once_dead(content: str, who: str) -> None:
    assert dead(content) == [who]


@pytest.mark.parametrize(
    "content",
    [
        '"My mother is well," said Ellen Hart. "She sings."',
        "Ellen Hart had a brother in Leeds. He mended shoes.",
        '"My father is not dead," said Ellen Hart.',
    ],
)
def test_one_whom_nobody_names_and_who_lives_stays_nobody(content: str) -> None:
    story = read_text(Text.of(content))
    assert not story.deaths
    assert [character.name for character in story.characters] == ["Ellen Hart"]


@pytest.mark.parametrize(
    "content",
    [
        "The night was long. Thomas Reed passed away in his sleep.",
        "Thomas Reed had breathed his last.",
        "Ellen Hart waited. Thomas Reed never woke again.",
        "They found Thomas Reed’s body in the barn.",
        "They found the body of Thomas Reed in the barn.",
        "Thomas Reed had taken his own life.",
        "Ellen Hart shot Thomas Reed through the heart.",
        "Thomas Reed did not survive the winter.",
        "Thomas Reed, dead these ten years, had built the house.",
    ],
)
def test_a_death_told_without_a_word_of_dying_is_found(content: str) -> None:
    assert dead(content) == ["Thomas Reed"]


@pytest.mark.parametrize(
    "content",
    [
        "Thomas Reed woke again at noon.",
        "Thomas Reed never stopped breathing hard.",
        "Thomas Reed did not lose his life.",
        "Thomas Reed lost his brother in the crowd.",
        "Thomas Reed survived the winter.",
        "Thomas Reed was starving, and he stole.",
        "Ellen Hart desired the death of Thomas Reed.",
        "Thomas Reed’s heart stopped. Who was there?",
    ],
)
def test_what_only_sounds_like_a_death_is_none(content: str) -> None:
    assert dead(content) == []
