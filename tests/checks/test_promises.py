"""What is set up and let fall: hints where a promise or a thing is never come back to, and silence where it is."""

from __future__ import annotations

import pytest

import fabula
from fabula.story import Story, Text

OPENS = (
    "Anne and Phil sat in the kitchen. The letter lay on the table. Anne looked at the letter.\n\n"
    "“I promise to bring the letter to you,” said Phil. “I will hide the letter.”"
)
GAP = "\n\n***\n\n"
PLAIN = "The next morning it rained. Anne went to the harbour. She looked at the ships for a long time, and waited."


def told(*scenes: str) -> Story:
    return fabula.read(Text.of(GAP.join(scenes)))


def kinds(story: Story) -> set[str]:
    return {one.kind for one in story.findings if one.kind in ("unkept-promise", "unused-object")}


def test_what_was_to_be_done_with_a_thing_nobody_speaks_of_again_is_a_hint() -> None:
    story = told(OPENS, PLAIN, "In the evening Phil came in. Phil laughed, and Anne poured the tea.")
    found = [one for one in story.findings if one.kind == "unkept-promise"]
    assert found
    assert all(one.severity == "hint" for one in found)
    assert all("letter" in story.words(one.evidence[0]) for one in found)
    assert all(story.words(one.evidence[1]) == "Phil" for one in found)


@pytest.mark.parametrize(
    "later",
    [
        "In the evening Phil came in. Phil laid the letter before Anne.",
        "In the evening Phil came in. “You have the letter now,” said Phil.",
        "In the evening Anne poured the tea, and it was very quiet in the house.",
    ],
)
def test_what_is_come_back_to_or_cannot_be_done_any_more_is_none(later: str) -> None:
    assert "unkept-promise" not in kinds(told(OPENS, PLAIN, later))


def hiding(later: str) -> Story:
    opens = "Anne had the pistol. The pistol was old. Anne hid the pistol under the floor of the kitchen."
    return told(opens, PLAIN, PLAIN.replace("morning", "evening"), later)


def test_a_thing_hidden_early_and_never_mentioned_again_is_a_hint() -> None:
    story = hiding("In winter Anne sold the house. She sat in the train and thought of nothing at all.")
    (finding,) = [one for one in story.findings if one.kind == "unused-object"]
    assert finding.severity == "hint"
    assert "hid the pistol" in story.words(finding.evidence[0])


def test_a_thing_that_comes_back_is_used() -> None:
    assert "unused-object" not in kinds(hiding("In winter Anne took the pistol from under the floor."))
