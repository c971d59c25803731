"""Ordinary sentences that look like more than they are: no death, no secret, no play, no pronoun, no second name."""

from __future__ import annotations

import pytest

import fabula
from fabula.story import Story, Text


def told(content: str) -> Story:
    return fabula.read(Text.of(content))


def test_narration_of_any_length_may_stand_before_a_speech() -> None:
    story = told("Anne closed the door. " + "They were wet. " * 1_200 + "“It is late.”")
    assert story.quotes[0].cue not in ("tag", "beat")


def test_a_diary_by_days_is_no_play() -> None:
    days = "Monday Tuesday Wednesday Thursday".split() * 2
    assert not told("\n\n".join(f"{day}: It rained, and we stayed inside with Tom." for day in days)).quotes


@pytest.mark.parametrize(
    "content",
    [
        "Little Rose Gray was put to sleep at eight. Rose was put down in her cot.",
        "Ben was put down at the corner by the bus. They had Ben put down the rifle.",
        "We lost Moran in the night. Moran ran.",
    ],
)
def test_who_is_put_to_bed_or_gets_away_is_not_dead(content: str) -> None:
    assert not told(content).deaths


@pytest.mark.parametrize("kept", ["Anne hid from Tom behind the barn.", "Anne kept away from Tom for an hour."])
def test_who_keeps_away_keeps_no_secret(kept: str) -> None:
    assert not told(f"{kept} Tom sat down.").secrets


@pytest.mark.parametrize("content", ["She kept the dog from Tom. Then Tom found her.", "Tom took their bag."])
def test_a_pronoun_for_others_is_not_ones_own(content: str) -> None:
    assert [character.pronouns for character in told(content).characters] == [None]


def test_one_answer_makes_nobody_of_her_who_is_called() -> None:
    story = told("“Kate?” he called.\n\n“She has gone to the shop,” said Mrs. Penn.")
    assert [character.name for character in story.characters] == ["Kate", "Mrs. Penn"]
