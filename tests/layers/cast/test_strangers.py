"""People in short stories who have no name, or get one late: who is somebody new, and who is somebody known."""

from __future__ import annotations

import pytest

from fabula import read
from fabula.story import Story, Text


def told(content: str) -> Story:
    return read(Text.of(content))


def speakers(story: Story) -> list[str | None]:
    names = {c.id: c.name for c in story.characters}
    return [names.get(q.speaker or "") for q in story.quotes]


OPENING = (
    "“Tickets,” the boy said.\n\n"
    "Mensah looked at him over the paper. “Whose boy are you?”\n\n"
    "“Nobody's. Tickets, please.”\n\n"
    "“You haven't got a uniform.”"
)


def test_who_is_answered_by_the_first_with_a_name_is_somebody_else() -> None:
    assert speakers(told(OPENING)) == ["the boy", "Mensah", "the boy", "Mensah"]


def test_a_deed_beside_speech_brings_somebody_in() -> None:
    content = "Marta sat with Ines.\n\nThe doctor put his head in. “Which of you is the sister?”\n\n“I am,” said Ines."
    assert speakers(told(content)) == ["the doctor", "Ines"]


def test_who_leads_up_to_a_speech_in_the_next_paragraph_is_somebody() -> None:
    content = "Marta sat with Ines.\n\nThe doctor put his head in. He had a form.\n\n“Who is the sister?”"
    assert "the doctor" in [c.name for c in told(content).characters]


def test_two_in_one_sentence_are_two() -> None:
    content = "Phil came in. He looked at the boy.\n\nThe boy looked at Phil.\n\n“No,” said the boy."
    assert speakers(told(content)) == ["the boy"]


def test_a_stranger_answers_to_the_name_that_is_told_him_first() -> None:
    content = (
        "A woman in a green coat sat by the door. “He had mine,” said the woman.\n\n“Be quiet, Zofia.”\n\n"
        "“I will not,” said the woman.\n\nRain fell.\n\n“It was a return,” said Zofia."
    )
    assert len([c for c in told(content).characters if {"Zofia", "the woman"} & {c.name, *c.aliases}]) == 1


@pytest.mark.parametrize(
    "content",
    [
        "Maud came in with the inspector, a broad woman with a bag. “Sit,” said Maud.",
        "Phil went in front and the boy, a thin child with a cough, behind. “Sit,” said Phil.",
    ],
)
def test_what_is_set_beside_somebody_brings_nobody_in(content: str) -> None:
    assert not any("broad" in n or "thin" in n for c in told(content).characters for n in (c.name, *c.aliases))


def test_they_who_are_several_things_do_not_speak() -> None:
    """ "They were her mother's" leaves the speech to whoever looked at them."""
    content = (
        "Karim stood on the landing with Nadia. He had two lamps.\n\n“I rang,” said Karim.\n\n"
        "“You rang the wrong bell,” said Nadia.\n\n“They let me in,” said Karim.\n\n"
        "Nadia looked at the lamps. They were her mother's, and they were old. “Where did you find those?”"
    )
    assert speakers(told(content))[-1] == "Nadia"


def test_he_said_is_somebody_even_where_no_gender_is_known() -> None:
    content = "Captain Brandreth was announced.\n\n“Then I am doubly fortunate,” said he, and looked at the fire."
    assert speakers(told(content)) == ["Captain Brandreth"]


def test_a_description_is_the_persons_to_whom_it_leads_back() -> None:
    content = (
        "Ziva pressed the key. She had flown for nine years, and Ziva had never liked the ash. Below her the land was "
        "brown from side to side. In the shed Pia had the book open on her knees.\n\n“Read me your height,” said Pia."
        "\n\n“Nine hundred,” said the woman in the dark. “Where are those lamps?”"
    )
    assert ("Ziva", ("the woman",)) in [(c.name, c.aliases) for c in told(content).characters]


def test_who_is_only_spoken_of_does_not_answer() -> None:
    content = (
        "Maud Kessler came down the slip. Lasko was coiling rope.\n\n“Tobias drowned,” said Lasko. “Tobias and the "
        "boat and all. Everybody knew Tobias. Promise me not to ask about Tobias.”\n\n“I promise nothing.”\n\n"
        "“It was his brother,” said Lasko."
    )
    assert speakers(told(content))[-2] == "Maud Kessler"


def called(story: Story) -> list[set[str]]:
    return [{c.name, *c.aliases} for c in story.characters]


FERRY = (
    "Maud Kessler came down the slip. The ferryman was coiling rope.\n\n“You’re early,” the ferryman said.\n\n"
    "“I want to talk about the ninth.”\n\n“I don’t recall.”\n\n“You wrote it down, {name}.”\n\n{after}"
)


def test_who_is_called_by_a_name_at_last_is_whom_one_talked_with_all_the_time() -> None:
    story = told(FERRY.format(name="Mr. Lasko", after="Lasko wiped his hands on his coat. “Promise me,” he said."))
    assert {"Mr. Lasko", "Lasko", "the ferryman"} in called(story)
    assert speakers(story) == ["Mr. Lasko", "Maud Kessler", "Mr. Lasko", "Maud Kessler", "Mr. Lasko"]


def test_a_name_that_the_ferryman_calls_is_not_his() -> None:
    content = (
        "Maud Kessler came down the slip. The ferryman was coiling rope.\n\n“You’re early,” the ferryman said.\n\n"
        "“I want to talk about the ninth.”\n\n“You wrote it down, Lasko.”\n\nLasko wiped his hands on his coat."
    )
    assert not any({"Lasko", "the ferryman"} <= names for names in called(told(content)))


def test_who_is_asked_his_name_and_says_it_has_it() -> None:
    content = (
        "A boy of about nine let her in.\n\n“Mother’s in the kitchen,” the boy said.\n\n“What is your name?”\n\n“Sam.”"
        "\n\n“Go and play, Sam,” said Ada from the doorway."
    )
    story = told(content)
    assert speakers(story) == ["Sam", "Ada", "Sam", "Ada"]
    assert not any("let" in name for names in called(story) for name in names)


def test_the_only_inspector_is_the_inspector() -> None:
    content = "Inspector Maud Kessler came in. Ada lit the lamps.\n\nThe inspector laid a watch down. “Whose is it?”"
    assert speakers(told(content)) == ["Inspector Maud Kessler"]


def test_no_child_is_mrs_somebody() -> None:
    content = (
        "Mrs. Bell sat under the hole. Mrs. Bell was tired, and Mrs. Bell looked up. In the hole there was a face with "
        "plaits.\n\n“Sorry,” said the child.\n\n“Where is your mother?” asked Mrs. Bell.\n\n“At work,” said the child."
    )
    assert speakers(told(content)) == ["the child", "Mrs. Bell", "the child"]


def test_a_name_first_told_in_a_tag_is_whoever_has_just_come_in() -> None:
    content = (
        "Rhian took the stairs.\n\n“Four at a time,” said the nurse.\n\nRhian sat by the bed. “I brought grapes,” she "
        "said.\n\nThe nurse had come in behind her on quiet shoes. She looked at the chart.\n\n“That’s enough,” said "
        "Adeyemi."
    )
    assert {"Adeyemi", "the nurse"} in called(told(content))


def test_whoever_acts_before_the_speech_is_whom_the_answer_calls() -> None:
    content = (
        "“There’s a girl in here,” the bosun said.\n\nThe captain sat down on a cask. The bosun made a noise."
        "\n\n“Four pound of it gone,” he said.\n\n"
        "“Thank you, Pike.”\n\n“I’m only saying what is in the Articles.”\n\nIn the galley it was warm.\n\n"
        "“Supercargo,” said Pike."
    )
    assert any({"Pike", "the bosun"} <= names for names in called(told(content)))


def test_a_name_may_be_told_after_it_is_asked_for_twice() -> None:
    content = (
        "Arundel came down in his shirt. The girl sat behind the biscuit.\n\n“Have you a name?” said Arundel.\n\n"
        "“Yes, sir.”\n\n“Well?”\n\n“Tamsin.”\n\n“And the rat?” said Arundel.\n\n“He has none,” said Tamsin."
    )
    assert speakers(told(content))[3] == "Tamsin"


def test_an_owl_that_says_something_is_not_who_is_called_next() -> None:
    content = (
        "They all waited at the slit.\n\n“Help!” cried Baz, and an owl said something.\n\n“You would, Maureen.”\n\n"
        "“I began with a list,” said Maureen."
    )
    assert not any("owl" in name and "Maureen" in names for names in called(told(content)) for name in names)


@pytest.mark.parametrize(
    ("content", "who"),
    [
        ("Phil came in. The riders turned their horses. Karen ran to Phil.", ("the riders", "group")),
        ("Phil came in. A dog lay on the step. Karen sat.\n\nThe dog got up and left.", ("the dog", "animal")),
        ("Karen sat with Phil. A clerk brought the bill. Phil paid.\n\nThe clerk bowed.", ("the clerk", "person")),
    ],
)
def test_who_is_shown_at_what_they_do_is_in_the_story(content: str, who: tuple[str, str]) -> None:
    assert who in [(c.name, c.kind) for c in told(content).characters]


@pytest.mark.parametrize(
    "content",
    [
        "Phil came in. He had a face like a clerk. No clerk had ever sat there, said Phil's hat.",
        "Phil thought of riders. He had never seen any riders, and he sat down.",
        "Phil came in. A clerk brought the bill. Karen paid.",
    ],
)
def test_who_only_passes_or_is_only_thought_of_is_not(content: str) -> None:
    assert not {"the clerk", "a clerk", "the riders", "riders"} & {c.name for c in told(content).characters}


def test_his_mother_is_not_hers() -> None:
    content = (
        "Phil rang the bell. His mother opened. His mother wept.\n\nKaren stood there. Her mother laughed at them."
    )
    assert [c.name for c in told(content).characters if "mother" in c.name] == ["his mother"]


def test_what_somebody_is_called_by_ends_before_what_is_done() -> None:
    content = "Phil sat. His aunt from the stove called the boy. “Eat,” said his aunt. Karen ate."
    assert "his aunt" in [c.name for c in told(content).characters]


def test_a_small_boy_is_not_the_lamplighter() -> None:
    content = (
        "The Lamplighter came up the hill. One small boy sat on the step.\n\n“Is it far?” said the boy.\n\n"
        "“It is,” said the Lamplighter. The boy got up.\n\n“I can walk,” the boy said."
    )
    assert len({q.speaker for q in told(content).quotes}) == 2


def test_a_long_description_is_no_name_to_be_known_by() -> None:
    story = told(
        "Ruth Pellow stood at the counter. Then a man with one eye and a dog on a piece of string came in.\n\n"
        "“A loaf,” the man said.\n\nRuth gave the man the loaf."
    )
    man = next(c for c in story.characters if c.name == "the man")
    assert "a man" in man.aliases
    assert all(len(alias.split()) <= 6 for alias in man.aliases)
