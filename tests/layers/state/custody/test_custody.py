"""Who has what, from hand to hand; and what hands nothing over."""

from __future__ import annotations

import pytest

import fabula
from fabula.story import Story, Text


def told(content: str) -> Story:
    return fabula.read(Text.of(content))


def holders(story: Story, thing: str) -> list[str | None]:
    """Who has a thing, one after another, by name."""
    names = {character.id: character.name for character in story.characters}
    return [names[held.holder] if held.holder else None for held in story.holds(thing)]


GIVEN = "Anne took the ring. The ring was small.\n\n"
"""Before each case: Anne has a ring."""


@pytest.mark.parametrize(
    ("then", "last"),
    [
        ("Anne gave Phil the ring.", "Phil"),
        ("Anne handed the ring to Phil.", "Phil"),
        ("The ring was given to Phil.", "Phil"),
        ("Phil snatched the ring.", "Phil"),
        ("Phil came in. He pocketed the ring.", "Phil"),
        ("Anne hid the ring under the floor.", None),
        ("Anne lost the ring.", None),
        ("Anne put the ring in her pocket.", "Anne"),
        ("Anne put the ring into Phil’s hand.", "Phil"),
        ("Anne laid the ring before Phil.", "Phil"),
        ("Anne laid the ring in front of Phil.", "Phil"),
        ("Anne slipped the ring into Phil’s hand.", "Phil"),
        ("Phil relieved Anne of the ring.", "Phil"),
        ("The ring came to Phil in the post.", "Phil"),
        ("Phil’s fingers closed round the ring.", "Phil"),
        ("A thief named Phil stole the ring.", "Phil"),
        ("Anne let go of the ring.", None),
        ("The ring fell from Anne’s hand into the river.", None),
        ("Anne threw the ring into the fire.", None),
        ("Anne sold the ring.", None),
        ("A stranger stole the ring.", None),
        ("Anne put the ring in her drawer.", "Anne"),
        ("Anne laid the ring on the table.", "Anne"),
        ("Anne did not weep, but gave Phil the ring.", "Phil"),
    ],
)
def test_a_thing_passes_from_hand_to_hand(then: str, last: str | None) -> None:
    story = told(GIVEN + then + " Phil smiled at Anne. Anne said nothing to Phil.\n")
    assert holders(story, "the ring") == (["Anne"] if last == "Anne" else ["Anne", last])


@pytest.mark.parametrize(
    "then",
    [
        "Phil did not take the ring.",
        "Phil wanted to take the ring.",
        "Phil would have taken the ring.",
        "If Phil took the ring, she would weep.",
        "“Did Phil take the ring?” said Anne.",
        "“You take the ring every time, Phil,” said Anne.",
        "Anne knew that a woman who loses a ring might weep.",
    ],
)
def test_what_is_denied_wished_or_asked_hands_nothing_over(then: str) -> None:
    story = told(GIVEN + then + " Phil smiled at Anne. Anne said nothing to Phil.\n")
    assert holders(story, "ring") == ["Anne"]


def test_it_and_another_word_mean_the_thing_too() -> None:
    story = told(
        "Anne lifted the diamond from its case. She looked at it.\n\nPhil held out his hand. Anne gave him the stone, "
        "and he dropped it into his pocket.\n"
    )
    assert holders(story, "stone") == ["Anne", "Phil"]
    assert story.object("stone") == story.object("diamond")


def test_what_lies_about_in_a_long_tale_is_no_object_and_in_a_short_one_it_is() -> None:
    lamp = "Anne held the lamp. The lamp was old.\n\n"
    assert [thing.name for thing in told(lamp).objects] == ["lamp"]
    assert told(lamp + "Phil spoke to Anne of rain and wind.\n\n" * 1_300).objects == ()


def test_a_receiver_is_found_behind_his_title() -> None:
    story = told(
        "Mr. Dacre took the key from his waistcoat and laid it in the palm of Anne. Anne thanked him.\n\n"
        "Anne returned the key to Mr. Dacre.\n"
    )
    assert holders(story, "key") == ["Mr. Dacre", "Anne", "Mr. Dacre"]


@pytest.mark.parametrize("then", ["The ring lay on the floor.", "The ring was on the floor, under the chair."])
def test_what_lies_on_the_floor_nobody_has(then: str) -> None:
    assert holders(told(GIVEN + "Phil smiled at Anne.\n\n" + then + "\n"), "ring") == ["Anne", None]


def test_what_is_set_behind_him_is_not_given_to_who_else_he_may_be() -> None:
    came = "Phil came in with Tom. Anne gave Tom the ring. When Phil had gone Tom set the ring on the shelf behind him."
    assert "Phil" not in holders(told(GIVEN + came + "\n"), "the ring")


def test_two_hats_of_two_people_are_two() -> None:
    story = told("Anne took her hat. Phil took his hat. Anne gave Mary her hat. Phil lost his hat.\n")
    assert len([thing for thing in story.objects if thing.name == "hat"]) == 2


@pytest.mark.parametrize(
    ("said", "last"),
    [
        ("“I had the ring once,” said Phil to Anne.", "Anne"),
        ("“You still have the ring,” said Phil to Anne.", "Anne"),
        ("“You said Phil took the ring,” said Mary to Anne.", "Anne"),
        ("“I took the ring this morning,” said Phil to Mary.", "Phil"),
    ],
)
def test_what_is_said_of_the_past_takes_nothing_from_who_has_it_now(said: str, last: str) -> None:
    story = told(GIVEN + "Phil met Anne. Mary met Phil. " + said + "\n")
    assert holders(story, "ring")[-1] == last


def test_nobody_shares_a_thing_and_each_has_it_until_the_next() -> None:
    story = told(GIVEN + "Anne gave Phil the ring.\n\n***\n\nPhil sat with the ring on his knee. Mary took the ring.\n")
    rows = story.holds("ring")
    assert holders(story, "ring") == ["Anne", "Phil", "Mary"]
    assert [row.until_scene for row in rows] == [*(row.from_scene for row in rows[1:]), None]


def test_nobody_has_a_breath_or_a_look() -> None:
    story = told("Anne took a breath. Anne gave Phil a look. Phil took her hand. Anne kept the idea.\n")
    assert story.objects == ()


def test_custody_shows_its_words() -> None:
    story = told(GIVEN + "Anne gave Phil the ring. Phil smiled at Anne.\n")
    assert "gave Phil the ring" in story.words(story.holds("ring")[-1].evidence[0])


def test_what_was_never_there_names_the_nearest() -> None:
    story = told(GIVEN + "Anne gave Phil the ring. Phil smiled at Anne.\n")
    with pytest.raises(fabula.NotInStory, match="lantern"):
        story.holds("the lantern")
    with pytest.raises(fabula.NotInStory) as raised:
        story.holds("rings")
    assert "ring" in str(raised.value)
