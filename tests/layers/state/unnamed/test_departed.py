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
        "Ellen Hart had a brother in Leeds. He mended shoes.",
        "A girl came in. Ellen Hart gave her the letter.",
    ],
)
def test_one_whom_nobody_names_and_who_lives_stays_nobody(content: str) -> None:
    story = read_text(Text.of(content))
    assert not story.deaths
    assert [character.name for character in story.characters] == ["Ellen Hart"]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ('"My mother sings," said Ellen Hart.', "mother"),
        ('"My father is not dead," said Ellen Hart.', "father"),
        ("Ellen Hart was late. Her husband had gone out.", "husband"),
    ],
)
def test_kin_who_do_something_are_somebody_called_by_whose_they_are(content: str, kind: str) -> None:
    story = read_text(Text.of(content))
    names = {character.id: character.name for character in story.characters}
    assert not story.deaths
    assert [(names[row.a], row.kind, names[row.b]) for row in story.relations] == [
        (f"Ellen Hart’s {kind}", kind, "Ellen Hart")
    ]


def test_her_sister_is_who_is_known_to_be_her_sister() -> None:
    content = "Ellen Hart had a sister, Maud Hart. Maud Hart was her sister. Her sister sang."
    story = read_text(Text.of(content))
    assert sorted(character.name for character in story.characters) == ["Ellen Hart", "Maud Hart"]


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
        "Thomas Reed, now dead these twenty years, had taught Ellen Hart to sew.",
        "Ellen Hart meant Thomas Reed, who had drowned on Tuesday.",
        "It was the morning they buried Thomas Reed.",
        "Since Thomas Reed’s death, Ellen Hart had not played the piano.",
        '"Have you heard about Thomas Reed’s murder?" asked Ellen Hart.',
        "It had been Thomas Reed who died.",
        "The judge said that Thomas Reed had taken his own life.",
        "The doctor drew the sheet over Thomas Reed’s face.",
        "Thomas Reed’s heart stopped at four in the morning.",
        "They put Thomas Reed in the ground on Saturday.",
        "Thomas Reed did not come back from the war.",
        "Ellen Hart had outlived Thomas Reed by nine years.",
        "The fever took Thomas Reed in one week.",
        "Thomas Reed was thrown from his horse and killed.",
        "Ellen Hart watched Thomas Reed die.",
        "Thomas Reed was shot at dawn as a deserter.",
        "Ellen Hart had lost Thomas Reed in the war.",
        '"Thomas Reed, God rest him, never owned a coat," said Ellen Hart.',
        "Thomas Reed lies in the churchyard at Stoke.",
        "Thomas Reed was no longer alive when the letter came.",
        "They had Thomas Reed put down that afternoon.",
        "Thomas Reed is survived by two sons.",
        "Ellen Hart closed Thomas Reed’s eyes with her thumb.",
        '"How did Thomas Reed die?" asked Ellen Hart.',
        "Thomas Reed took the secret to his grave.",
        'The nurse closed the eyes. "Thomas Reed is gone," she said. Then she sent for the undertaker.',
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
        '"Thomas Reed is gone," said Ellen Hart. "He took the early train."',
        '"You’ll soon be dead, Thomas Reed," said Ellen Hart.',
        '"Let him kill Thomas Reed," said Ellen Hart.',
        "On Thomas Reed’s death the farm will go to Ellen Hart.",
        "Thomas Reed was buried in his book.",
        "Ellen Hart lost Thomas Reed in the fog.",
        "They shot Thomas Reed in the leg.",
        '"I could watch Thomas Reed die," said Ellen Hart.',
        "Ellen Hart put down the baby, and Thomas Reed put down the cat.",
        '"Thomas Reed, come and be killed," said Ellen Hart.',
        "Thomas Reed was in the cemetery, clipping the grass.",
        '"Over my dead body," said Thomas Reed.',
        "Thomas Reed thought that he would see his own death.",
    ],
)
def test_what_only_sounds_like_a_death_is_none(content: str) -> None:
    assert dead(content) == []


def test_those_whom_and_joins_die_together() -> None:
    assert dead("Thomas Reed and Ellen Hart died in one week.") == ["Thomas Reed", "Ellen Hart"]


def test_who_is_shot_is_not_who_shoots() -> None:
    assert dead("Thomas Reed lifted the rifle and shot him dead.") == []


def test_one_named_too_seldom_to_be_anybody_is_somebody_once_dead() -> None:
    assert dead("Old Tobit is dead, and Ellen Hart has sold the boat.") == ["Tobit"]
    assert dead("Old Tobit is well, and Ellen Hart has sold the boat.") == []


def test_who_goes_on_talking_was_hardly_the_one_who_died() -> None:
    story = read_text(Text.of("Thomas Reed was killed. " + '"I see," said Thomas Reed. Ellen Hart wept. ' * 6))
    assert all(death.confidence < 0.3 and death.undone_in for death in story.deaths)


def test_a_beast_met_again_is_somebody_once_dead() -> None:
    assert dead("The mule was lame. They shot the mule on the second day, and Ellen Hart wept.") == ["the mule"]
    assert dead("They shot a fox on the second day, and Ellen Hart wept.") == []
