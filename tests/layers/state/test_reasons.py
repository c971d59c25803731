"""Where the words say that one thing rests on another, and where "if" and "so" are only manners of speaking."""

from __future__ import annotations

import pytest

import fabula
from fabula.story import Story, Text, from_json, to_json

HERE = "Anne and Phil sat in the kitchen with Tom. The letter lay on the table. The key was in the box.\n\n"


def told(content: str) -> Story:
    return fabula.read(Text.of(HERE + content))


@pytest.mark.parametrize(
    ("words", "kind", "what", "on"),
    [
        ("Phil took the key because Tom was ill.", "cause", "Phil took the key", "Tom was ill"),
        ("Because Tom was ill, Phil took the key.", "cause", "Phil took the key", "Tom was ill"),
        ("“I will burn the letter if Tom goes,” said Anne.", "condition", "Anne will burn the letter", "Tom goes"),
        ("Tom was dead, so Phil burned the letter.", "result", "Phil burned the letter", "Tom was dead"),
        ("Phil was late. Therefore Anne left.", "result", "Anne left", "Phil was late"),
        ("Phil was late. That is why Anne left.", "result", "Anne left", "Phil was late"),
        ("Anne waited until Tom trusted Phil, and then she gave Tom the key.", "after", "Anne gave Tom the key", "Tom"),
        ("Anne hid the letter so that Phil could not read it.", "purpose", "Phil could not read it", "Anne hid the"),
        ("Tom broke the window to get the key.", "purpose", "to get the key", "Tom broke the window"),
        ("Phil could not open the box without the key.", "means", "Phil could open the box", "the key"),
        ("Phil stayed at home because of the rain.", "cause", "Phil stayed at home", "the rain"),
        ("Phil did not open the box until Tom came.", "after", "Phil did open the box", "Tom came"),
    ],
)
def test_the_words_say_what_rests_on_what(words: str, kind: str, what: str, on: str) -> None:
    story = told(words)
    reason = next(reason for reason in story.reasons if reason.kind == kind)
    assert reason.what.text.lower() == what.lower()
    assert reason.on.text.lower().startswith(on.lower())
    (shown,) = reason.evidence
    assert story.words(shown) in words
    assert reason.scene == story.scenes[-1].id


@pytest.mark.parametrize(
    "words",
    [
        "Phil took the key. Tom was ill.",
        "Phil asked Anne if Tom was ill.",
        "“If you like, I will take the key,” said Phil.",
        "“Did you take the key because Tom was ill?” said Anne.",
        "Phil was so late that Anne was angry.",
        "Phil waited for Anne to open the box.",
    ],
)
def test_nothing_is_recorded_where_the_words_say_nothing_of_the_kind(words: str) -> None:
    assert not told(words).reasons


def test_a_statement_says_who_does_what_to_whom() -> None:
    story = told("Anne waited until Tom trusted Phil, and then she gave Tom the key.")
    (reason,) = story.reasons
    ids = {name: story.character(name).id for name in ("Anne", "Phil", "Tom")}
    assert (reason.on.verb, reason.on.who, reason.on.about) == ("trust", ids["Tom"], (ids["Phil"],))
    assert (reason.what.verb, reason.what.who) == ("give", ids["Anne"])
    assert set(reason.what.about) == {ids["Tom"], story.object("key").id}


def test_reasons_come_back_from_their_file() -> None:
    story = told("Phil took the key because Tom was ill.")
    assert story.reasons
    assert from_json(to_json(story)).reasons == story.reasons


def test_what_somebody_is_to_be_brought_to_do_is_an_order_and_its_outcome_is_that_he_does() -> None:
    story = told(
        "“Get Tom to trust you, Anne,” said Phil.\n\n***\n\nThe next day Anne met Tom by the river. Tom trusted Anne."
    )
    (plan,) = story.plans
    assert plan.act is not None
    assert (plan.kind, plan.doer, plan.act.verb) == ("order", story.character("Tom").id, "trust")
    assert plan.outcome == "done"
