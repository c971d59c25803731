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


@pytest.mark.parametrize(
    ("said", "kind", "doer", "verb"),
    [
        ("“Lock the vault and bring me the letter, Phil,” said Anne.", "order", "Phil", "bring"),
        ("“Promise me you’ll burn the letter,” said Anne.\n\n“I promise,” said Phil.", "promise", "Phil", "burn"),
        ("“I’ll bring you the letter, I promise,” said Phil.", "promise", "Phil", "bring"),
        ("“I swear I’ll burn the letter,” said Phil.", "promise", "Phil", "burn"),
        ("Anne had decided to burn the letter.", "intention", "Anne", "burn"),
        ("Phil was going to burn the letter.", "intention", "Phil", "burn"),
        ("Phil swore to burn the letter.", "promise", "Phil", "burn"),
        ("“What will you do?” said Anne.\n\n“Burn the letter,” said Phil.", "intention", "Phil", "burn"),
        ("“What shall we do?” said Phil.\n\n“Burn the letter,” said Anne.", "order", "Phil", "burn"),
    ],
)
def test_a_word_given_a_second_order_and_an_answer_are_heard(said: str, kind: str, doer: str, verb: str) -> None:
    story = told(HERE + said)
    (plan,) = story.plans
    assert (plan.kind, plan.doer, plan.act and plan.act.verb) == (kind, story.character(doer).id, verb)


@pytest.mark.parametrize(
    "said",
    [
        "“Sit down and look at the letter, Phil,” said Anne.",
        "“They locked the vault and bring me the letter,” said Anne.",
        "“I can go and bring you the letter,” said Phil.",
        "Phil had meant to burn the letter.",
        "Phil was just going to burn the letter when the bell rang.",
        "“What did he do?” said Anne.\n\n“Burn the letter,” said Phil.",
    ],
)
def test_what_is_no_order_and_no_longer_meant_is_no_plan(said: str) -> None:
    assert not told(HERE + said).plans


def test_a_promise_that_is_refused_is_none() -> None:
    story = told(HERE + "“Promise me you’ll burn the letter,” said Anne.\n\n“No,” said Phil.")
    assert all(plan.kind != "promise" for plan in story.plans)


def test_two_mean_to_do_something_to_a_place_named_again() -> None:
    story = told("Anne and Phil had been friends, and they meant to rob the mill. Phil knew the mill.\n")
    (plan,) = story.plans
    assert (plan.kind, plan.act and plan.act.verb) == ("intention", "rob")
