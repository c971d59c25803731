"""Who died, where the text says only "he" or "her", and what is read of a death that no words tell."""

from __future__ import annotations

import pytest

from fabula.layers.state.deaths.signs import chance
from fabula.reader import read_text
from fabula.story import Story, Text

LAID_OUT = """Marta Quill had been ill since the autumn. She coughed in her bed by the window, and asked for nothing.

“Is there soup?” said Hanne Brook, who had come in from the yard.

“Sit down,” said Joel. Joel stood at the stove. “We buried her on Tuesday.”

Hanne Brook sat down. Hanne Brook took off her gloves. Hanne Brook looked at the window. “I had a letter from her,”
said Hanne Brook. “I had it on Monday.”
"""


def told(content: str) -> Story:
    return read_text(Text.of(content))


def dead(story: Story) -> list[str]:
    return [story.character(death.who).name for death in story.deaths]


def test_who_goes_on_talking_is_not_the_one_they_buried() -> None:
    assert dead(told(LAID_OUT)) == ["Marta Quill"]


@pytest.mark.parametrize(
    "content",
    [
        "Thomas Reed had been pulled from under a train at Paddington. Ellen Hart read of it.",
        "They shot Thomas Reed at Easter. Ellen Hart wrote to his sister.",
        "Ellen Hart asked the members to stand for a minute in memory of Thomas Reed.",
        "Thomas Reed had lain in the churchyard ten years. Ellen Hart kept the mill.",
        "They had laid Thomas Reed on the boards, with a coat over his face. Ellen Hart looked away.",
    ],
)
def test_who_is_told_of_so_is_dead(content: str) -> None:
    assert dead(told(content)) == ["Thomas Reed"]


@pytest.mark.parametrize(
    "content",
    [
        "“When Thomas Reed is dead, I shall have the farm,” said Ellen Hart.",
        "“You'd be dead, Thomas Reed,” said Ellen Hart, and he laughed.",
        "Thomas Reed was dead on his feet. Ellen Hart gave him the chair.",
        "They shot Thomas Reed a look. Ellen Hart laughed.",
        "They shot Thomas Reed in the leg. Ellen Hart bound it up.",
        "Thomas Reed pulled the boy from under the cart. Ellen Hart had seen it.",
        "Thomas Reed slept on the boards, with a coat over his face. Ellen Hart looked away.",
        "“He's up and gone,” said Ellen Hart of Thomas Reed, when the doctor had left and the ward was quiet.",
        "Thomas Reed had a good memory of the house. Ellen Hart did not.",
        "Ellen Hart clung to the memory of Thomas Reed, who would be back by spring.",
        "Thomas Reed was found in the library this morning. Ellen Hart brought him his breakfast.",
        "Thomas Reed was pulled from under a bus with a broken leg. Ellen Hart sat by his bed.",
        "The police shot Thomas Reed with a rubber bullet. Ellen Hart drove him home.",
        "They brought Thomas Reed out of the court with a coat over his head. Ellen Hart looked away.",
    ],
)
def test_who_is_only_spoken_of_so_lives(content: str) -> None:
    assert dead(told(content)) == []


def test_what_is_read_counts_for_less_the_more_somebody_does_later() -> None:
    read = {"read": 1.0, "read surely": 0.9, "mourned": 0.5}
    assert chance(read) > chance({**read, "acts after": 1.0})
    assert chance(read) > chance({"read": -1.0, "mourned": 0.5})
