"""Texts that are hardly stories: each gets a sound answer, or one that is not sure of itself."""

from __future__ import annotations

from fabula.reader import read_text
from fabula.story import Corrections, Story, Text
from fabula.story.corrections.entries import OrderEntry, SceneEntry

SURE = 0.6
"""More than that is a claim."""

POEM = """The Quarry

    They cut the hill until the hill was gone,
    And then they cut the place where it had been.
    My father had the last cart. Further on
    The road went down, and nobody was seen.

    I asked him what they wanted with the stone.
    He said, “A house.” I asked him, “Whose?” He smiled.
    “It is the hill's,” he said. “It stands alone.
    It has one window. It will have one child.”
"""
LIST = "Things to buy\n\n- Flour\n- Two lemons\n- A rope, forty feet\n- Lamp oil for Mr Hobbes\n- A present for Anna\n"
DIARY = """12 March 1903

Rain. Mr Coles came about the roof and stood in the hall and shook his head at me.

2 January 1903

A new year and a new book to write in. Emily sent the pen.

30 April 1903

The roof is off. I lie in bed and look at the stars.

9 February 1903

A drop of water on my nose at four in the morning. I have written to Mr Coles.
"""
TALK = """“Is that you?”

“Who else would it be at this hour?”

“You said nine.”

“I said about nine, Peter.”

“It's half past eleven, Laura.”

“There was a dog on the line.”

“A dog?”

“A large one. Have you eaten?”
"""
PARAGRAPH = (
    "Henrik stood at the stop and did not get on. “Can I help you?” said the woman in the kiosk. “I'm waiting for the "
    "blue one,” said Henrik. It had been blue the summer his sister was born, and his mother had let him stand at the "
    "front. The next morning he went to the lawyer. Ten years later he was dead."
)
TWO = """Anna shut the gate of the mill and went down to the river with her basket.

Three weeks later Boris came up the road with the news that the mill was sold.
"""


def read(content: str, corrections: Corrections | None = None) -> Story:
    return read_text(Text.of(content), corrections=corrections)


def test_one_sentence_is_one_scene_that_claims_little() -> None:
    story = read("The king died.")
    assert [scene.order for scene in story.scenes] == [1]
    assert story.scenes[0].confidence < SURE
    assert not story.orders


def test_a_poem_is_one_scene_told_in_order_and_claims_little() -> None:
    story = read(POEM)
    assert len(story.scenes) == 1
    assert story.scenes[0].confidence < SURE


def test_a_list_has_no_speech_and_no_order() -> None:
    story = read(LIST)
    assert not story.quotes
    assert len(story.scenes) == 1
    assert not story.orders


def test_a_diary_whose_days_are_mixed_goes_by_its_dates() -> None:
    assert [scene.order for scene in read(DIARY).scenes] == [3, 1, 4, 2]


def test_a_story_all_in_talk_is_one_scene_of_those_who_talk() -> None:
    story = read(TALK)
    assert len(story.scenes) == 1
    assert {story.character(id_).name for id_ in story.scenes[0].present} == {"Peter", "Laura"}
    assert story.scenes[0].confidence < SURE
    assert all(quote.confidence < 1 for quote in story.quotes)


def test_a_story_of_one_paragraph_is_one_scene_that_claims_little() -> None:
    story = read(PARAGRAPH)
    assert len(story.scenes) == 1
    assert story.scenes[0].confidence < SURE


def test_corrections_that_contradict_each_other_are_named_and_the_first_holds() -> None:
    scene = SceneEntry(begins="Three weeks later Boris")
    orders = (
        OrderEntry(earlier="Three weeks later", later="Anna shut the gate"),
        OrderEntry(earlier="Anna shut the gate", later="Three weeks later"),
    )
    story = read(TWO, Corrections(scene=(scene,), order=orders))
    assert [scene.order for scene in story.scenes] == [2, 1]
    assert any("left out" in note for note in story.text.notes)


def test_a_scene_that_begins_and_goes_on_by_the_user_is_named_and_the_first_holds() -> None:
    words = "Three weeks later Boris"
    story = read(TWO, Corrections(scene=(SceneEntry(begins=words), SceneEntry(goes_on=words))))
    assert len(story.scenes) == 2
    assert any("left out" in note for note in story.text.notes)
