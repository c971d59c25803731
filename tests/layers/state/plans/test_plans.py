"""What is planned, what becomes of it and on what it stands; and what is only a manner of speaking."""

from __future__ import annotations

import pytest

import fabula
from fabula.story import Story, Text, from_json, to_json


def told(content: str) -> Story:
    return fabula.read(Text.of(content))


HERE = "Anne and Phil sat in the kitchen. The letter lay on the table. Anne looked at the letter.\n\n"
LATER = "\n\n***\n\nThe next morning it rained. "


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("“I will burn the letter,” said Phil.", "intention"),
        ("“I’ll burn the letter,” said Phil.", "intention"),
        ("“I’m going to burn the letter,” said Phil.", "intention"),
        ("Phil decided to burn the letter.", "intention"),
        ("Phil promised to burn the letter.", "promise"),
        ("Anne was afraid that Phil would burn the letter.", "fear"),
        ("“Burn the letter, Phil,” said Anne.", "order"),
        ("“Phil, you must burn the letter,” said Anne.", "order"),
    ],
)
def test_a_plan_has_who_is_to_do_it_and_its_words(said: str, kind: str) -> None:
    story = told(HERE + said)
    (plan,) = story.plans
    assert plan.kind == kind
    assert plan.doer == story.character("Phil").id
    assert "burn the letter" in story.words(plan.evidence[0]).lower()
    assert (plan.outcome, plan.outcome_scene) == ("open", None)


@pytest.mark.parametrize(
    "said",
    [
        "“I will not burn the letter,” said Phil.",
        "“Shall I burn the letter?” said Phil.",
        "“I meant to burn the letter,” said Phil.",
        "“I will see you tomorrow,” said Phil.",
        "“Let me think,” said Phil.",
        "Phil burnt the letter.",
    ],
)
def test_what_is_denied_asked_over_or_only_said_is_no_plan(said: str) -> None:
    assert not told(HERE + said).plans


@pytest.mark.parametrize(
    ("then", "outcome"),
    [
        ("Phil burned the letter in the stove.", "done"),
        ("Phil did not burn the letter.", "failed"),
        ("Anne burned the toast.", "open"),
        ("Anne burned the letter.", "open"),
        ("Phil burned the toast.", "open"),
    ],
)
def test_what_becomes_of_a_plan_is_told_by_the_same_act_later(then: str, outcome: str) -> None:
    story = told(HERE + "“I will burn the letter,” said Phil." + LATER + then)
    plan = story.plans[0]
    assert plan.outcome == outcome
    assert plan.outcome_scene == (None if outcome == "open" else story.scenes[-1].id)
    assert [story.words(span) for span in plan.evidence[1:]] == ([] if outcome == "open" else [then])


def test_what_is_taken_back_is_dropped() -> None:
    story = told(HERE + "“I will burn the letter,” said Phil." + LATER + "“I won’t burn the letter,” said Phil.")
    assert story.plans[0].outcome == "dropped"


def test_giving_stands_on_having_with_the_words_that_show_it() -> None:
    story = told(
        "Anne took the ring. The ring was small.\n\n“I will give the ring to Phil,” said Anne."
        + LATER
        + "Anne gave the ring to Phil."
    )
    (plan,) = story.plans
    assert plan.outcome == "done"
    (stands,) = plan.depends_on
    assert stands.kind == "custody"
    assert stands.on in {fact.id for fact in story.facts}
    assert "Anne took the ring" in story.words(stands.evidence[0])


def test_a_condition_is_kept_in_its_words() -> None:
    story = told(HERE + "“I will burn the letter if Anne goes,” said Phil.")
    (stands,) = story.plans[0].depends_on
    assert (stands.kind, story.words(stands.evidence[0])) == ("condition", "if Anne goes")


def test_plans_come_back_from_their_file() -> None:
    story = told(HERE + "“I will burn the letter if Anne goes,” said Phil.")
    assert from_json(to_json(story)).plans == story.plans
    assert story.plans
