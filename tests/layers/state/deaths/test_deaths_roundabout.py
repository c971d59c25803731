"""Deaths told by what is done to the body, by those who are left, by a question and its answer; and what is none."""

from __future__ import annotations

import pytest

from fabula.reader import read_text
from fabula.story import Text


def dead(content: str) -> list[str]:
    story = read_text(Text.of(content))
    names = {character.id: character.name for character in story.characters}
    return [names[death.who] for death in story.deaths]


@pytest.mark.parametrize(
    "content",
    [
        "Ellen Hart put a bullet in Thomas Reed's head. She walked home.",
        "Ellen Hart cut Thomas Reed's throat. She walked home.",
        "Ellen Hart stabbed Thomas Reed in the heart. She walked home.",
        "Ellen Hart held the pillow down until Thomas Reed stopped struggling.",
        "Thomas Reed was found in the morning, cold in his chair. Ellen Hart had brought his tea.",
        "“Is Thomas Reed dead?” asked Ellen Hart. “Yes,” said the doctor.",
        "“Thomas Reed is dead, isn't he?” said Ellen Hart.",
        "“Who killed Thomas Reed?” asked Ellen Hart.",
        "“Thomas Reed got himself killed,” said Ellen Hart.",
        "Ellen Hart had never got over the death of Thomas Reed.",
        "Thomas Reed died in his sleep. Ellen Hart sold the house.",
        "Thomas Reed never regained consciousness. Ellen Hart held his hand.",
        "Thomas Reed was no more. Ellen Hart sold the house.",
    ],
)
def test_who_dies_so_is_dead(content: str) -> None:
    assert dead(content) == ["Thomas Reed"]


def test_a_widows_husband_is_dead() -> None:
    content = "Ellen Hart lived on her widow's pension. Her husband had worked for the railway for thirty years."
    assert dead(content) == ["her husband"]


@pytest.mark.parametrize(
    "content",
    [
        "In the dream Thomas Reed was dead. Ellen Hart woke up crying.",
        "On the stage Thomas Reed clutched his chest and died. Ellen Hart clapped.",
        "“Kill him! Kill him!” they shouted. Thomas Reed got up. Ellen Hart watched him.",
        "“You'd have been killed, Thomas Reed,” said Ellen Hart.",
        "Thomas Reed's jokes were killing Ellen Hart.",
        "It was rumoured that Thomas Reed had been killed, but Ellen Hart had seen him.",
        "Thomas Reed was shot in the leg. Ellen Hart saw the blood.",
        "Thomas Reed lay like a dead man. Ellen Hart shook him and he woke.",
    ],
)
def test_who_only_seems_to_die_lives(content: str) -> None:
    assert dead(content) == []


def test_the_dead_overhear_nothing() -> None:
    content = (
        "Thomas Reed drowned on the ninth. Ellen Hart stood on the slip with Mary Poole. "
        "“Thomas Reed is dead,” said Ellen Hart. “I know,” said Mary Poole."
    )
    story = read_text(Text.of(content))
    names = {character.id: character.name for character in story.characters}
    assert "Thomas Reed" in {names[death.who] for death in story.deaths}
    assert {names[row.who] for row in story.knowledge} == {"Ellen Hart", "Mary Poole"}
