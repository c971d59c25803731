"""People who come in late or belong to others: a caller, a neighbour, a husband, and names that only a title has."""

from __future__ import annotations

import pytest

from fabula.reader import read_text
from fabula.story import Story, Text

BOAT = """The Boat on the Hard

The boat stood all summer with a tarpaulin over her, and Loveday Tregear would not sell.

In the morning a man called about the boat. He had a red beard.

"She wants paint," said the man.

"She's not for sale," said Loveday.

Her neighbour, a big cheerful woman with a basket of washing, stopped at the gate.

"Is he buying?" she called.

"He's looking," said Loveday.

"They all look," said the cheerful woman.

It was a child who settled it. She had come down the steps with no shoes on.

"You can't have her," said the child. "She's got my name on."

The stranger went and looked at the bows. He took off his hat.

"So she has," said the stranger.
"""

SUPPER = """"I have nothing against the marrow," said Mrs. Bunting.

"Bought it where?" asked the Reverend Mr. Lyle.

Mrs. Bunting's husband, who kept bees, looked into his tea. "Steady on, Dot," he said.

"I shall not be steady," said Mrs. Bunting.

Mr. Lyle set down his plate. "I think that I had better go," said Mr. Lyle.

"Dot," said her husband.
"""

OFFICE = """"We're stuck on the wording," said Priya.

Their line manager came past with a yoghurt. She was called Bronwen, and she had been on a course.

"Who chose the badger?" asked their manager.

"I did," said Priya.
"""


def _read(content: str) -> Story:
    return read_text(Text.of(content))


def _called(story: Story, words: str) -> set[str]:
    quote = next(q for q in story.quotes if words in story.words(q))
    speaker = story.character(quote.speaker or "")
    return {speaker.name, *speaker.aliases} if speaker else set()


def test_the_stranger_is_the_man_who_has_just_called() -> None:
    story = _read(BOAT)
    assert _called(story, "wants paint") == _called(story, "So she has") != set()


def test_what_is_said_of_a_neighbour_between_commas_is_the_neighbours() -> None:
    story = _read(BOAT)
    assert _called(story, "They all look") == _called(story, "Is he buying") != set()
    assert "Loveday Tregear" not in _called(story, "They all look")


def test_it_was_a_child_who_did_it_brings_one_in() -> None:
    assert "the child" in _called(_read(BOAT), "You can't have her")


def test_her_husband_is_no_clergyman_of_another_name() -> None:
    story = _read(SUPPER)
    assert "Mr. Lyle" in _called(story, "I had better go")
    assert "Mr. Lyle" not in _called(story, "Steady on") != set()


def test_who_is_named_in_the_next_sentence_is_their_manager() -> None:
    assert "Bronwen" in _called(_read(OFFICE), "Who chose the badger")


@pytest.mark.parametrize("title", ["The Mate's Tobacco", "The Mate"])
def test_what_only_the_title_writes_with_a_capital_is_no_name(title: str) -> None:
    story = _read(f"{title}\n\nHarker came on deck.\n\n“Aye, sir,” said the mate.\n\n“Very good,” said Harker.")
    assert {c.name for c in story.characters} == {"the mate", "Harker"}


def test_a_name_in_the_title_that_the_story_uses_stays_one() -> None:
    story = _read("The Overseer's Day\n\n“Who?” said the Overseer.\n\nThe Overseer sat. “I,” said the Overseer.")
    assert "Overseer" in _called(story, "Who")


def test_a_name_set_behind_what_somebody_is_is_somebodys() -> None:
    story = _read("Ruth sat. The servant girl, Fenya, put in her head.\n\n“No,” said Ruth.")
    assert "Fenya" in {c.name for c in story.characters}


@pytest.mark.parametrize("first", ["Stepan Ilyich", "Stepan Ilyich Gorchakov"])
def test_who_is_called_by_both_first_names_is_he_of_the_three(first: str) -> None:
    story = _read(f"{first} came in. “Well,” said Stepan Ilyich. Stepan Ilyich Gorchakov sat down.")
    assert len(story.characters) == 1


def test_whose_brother_he_is_does_not_make_her_a_man() -> None:
    story = _read("Tolly was Angharad's brother and he was five. He sat. Then Tolly was Angharad's friend. He ate.")
    assert next(c for c in story.characters if c.name == "Angharad").pronouns != "he/him"


def test_two_who_share_their_first_names_stay_two() -> None:
    story = _read(
        "Mary Ann came in. “Well,” said Mary Ann Smith. Mary Ann Jones sat down. “Well,” said Mary Ann Jones."
    )
    smith = next(one for one in story.characters if "Mary Ann Smith" in (one.name, *one.aliases))
    assert "Mary Ann Jones" not in (smith.name, *smith.aliases)
