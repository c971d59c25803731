"""What the checks of things and of knowledge find in stories that are read, and what they leave alone."""

from __future__ import annotations

import pytest

import fabula
from fabula.story import Finding, Story, Text


def told(content: str) -> Story:
    return fabula.read(Text.of(content))


def found(story: Story, kind: str) -> list[Finding]:
    return [finding for finding in story.findings if finding.kind == kind]


BELL = "Anne took the bell from the shelf. The bell was small and Anne looked at it.\n\n"


@pytest.mark.parametrize(
    "then",
    [
        "Phil took the bell out of his pocket and looked at it.",
        "Phil had the bell in his hand.",
    ],
)
def test_what_one_has_in_the_hands_of_another_is_found_with_both_places(then: str) -> None:
    story = told(BELL + "Phil sat by the window. " + then)
    (one,) = found(story, "wrong-holder")
    assert one.severity == "hint"
    assert [story.words(span).split()[0] for span in one.evidence] == ["Anne", "Phil"]
    assert "Anne has the bell (line 1)" in one.message


@pytest.mark.parametrize(
    "then",
    [
        "Anne gave Phil the bell. Phil had the bell in his hand.",
        "Phil took the bell from the table.",
        "Anne took the bell out of her pocket and looked at it.",
        "Anne lost the bell. Phil had the bell in his hand.",
        "Anne put the bell on the table. Phil had the bell in his hand.",
    ],
)
def test_a_thing_that_changes_hands_in_words_is_no_finding(then: str) -> None:
    assert not found(told(BELL + "Phil sat by the window. " + then), "wrong-holder")


@pytest.mark.parametrize(("own", "how"), [("his pocket", ["has"]), ("Anne’s pocket", ["has", "taken"])])
def test_what_comes_out_of_ones_own_pocket_was_there_before(own: str, how: list[str]) -> None:
    story = told(f"Anne and Phil sat by the window. Phil took the bell out of {own}. The bell rang.")
    assert [held.how for held in story.holds("bell")] == how


def before_and_after(said: str) -> Story:
    """Two scenes: in the first something is said, in the second Phil is killed before our eyes."""
    return told(
        f"Anne and Mary sat in the kitchen. {said}\n\n***\n\n"
        "The next morning Phil went down to the mill. The wheel killed Phil. Mary ran for help.\n"
    )


def test_who_speaks_of_a_death_before_it_happens_is_found() -> None:
    story = before_and_after("“Phil is dead,” said Anne.")
    (one,) = found(story, "never-learned")
    assert one.severity == "hint"
    assert "Phil is dead" in story.words(one.evidence[0])
    assert "killed" in story.words(one.evidence[1])


@pytest.mark.parametrize(
    "said",
    ["“If Phil is dead, I shall go,” said Anne.", "“Is Phil dead?” said Anne.", "“Phil is late,” said Anne."],
)
def test_what_is_only_asked_or_feared_is_no_finding(said: str) -> None:
    assert not found(before_and_after(said), "never-learned")
