"""The pronouns of people whom a text names once or twice."""

from __future__ import annotations

import pytest

from fabula import read
from fabula.story import Text


def called(content: str) -> dict[str, str | None]:
    return {c.name: c.pronouns for c in read(Text.of(content)).characters}


@pytest.mark.parametrize(
    ("content", "name", "pronouns"),
    [
        ("I asked my uncle Teodor for the key. “Not yet,” said Teodor.", "Teodor", "he/him"),
        ("“No,” said Ketu, his wife, at last. Ketu shut the door.", "Ketu", "she/her"),
        ("My brother, Ossian, sat down. “Soup,” said Ossian.", "Ossian", "he/him"),
        ("“No,” said Ketu, and the woman, her wife, shut the door. “Soup,” said Ketu.", "Ketu", None),
    ],
)
def test_a_noun_beside_a_name_tells_the_pronouns(content: str, name: str, pronouns: str | None) -> None:
    assert called(content)[name] == pronouns


def test_pronouns_that_mean_somebody_are_that_persons() -> None:
    """Named once, and called "she" ever after."""
    told = called(
        "Marta rowed. She did not look at the bank, and she did not look at the water. “No,” she said.\n\n"
        "She pulled once more. Her hands were wet."
    )
    assert told["Marta"] == "she/her"


def test_a_first_name_alone_tells_no_pronouns() -> None:
    assert called("“Soup,” said Mary. “Soup it is,” said John. Mary laughed, and John laughed.") == {
        "Mary": None,
        "John": None,
    }


def test_who_comes_behind_an_officer_does_not_make_him_a_woman() -> None:
    told = "General Hart spoke, and he bowed. General Hart sat. He ate. " + "General Hart rose, and she did. " * 4
    assert called(told)["General Hart"] == "he/him"


def test_an_officer_may_be_a_woman() -> None:
    told = "Captain Hart rose, and she did not smile. Captain Hart sat, and she ate. Captain Hart said that she knew. "
    assert called(told * 2)["Captain Hart"] == "she/her"
