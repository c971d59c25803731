"""What is asserted, and that two wordings of one thing are one fact."""

from __future__ import annotations

import pytest

import fabula
from fabula.story import Story, Text


def told(content: str) -> Story:
    return fabula.read(Text.of(content))


def test_a_question_tells_nobody_anything() -> None:
    story = told("“Did Mary sell the old house on Friday?” said Anne to Phil.\n\n“No idea,” said Phil.\n")
    assert all("sell" not in fact.text for fact in story.facts)


def test_a_short_answer_tells_what_was_asked() -> None:
    story = told("“Who was the third man?” said Anne.\n\n“Malo, madam,” said Phil. Mary sat down. Anne rose.\n")
    (fact,) = (fact for fact in story.facts if "third man" in fact.text)
    assert fact.text == "Who was the third man? Malo"
    assert [story.words(span) for span in fact.evidence] == ["“Malo, madam,”"]
    knows = {story.character(row.who).name: row.how for row in story.knowledge if row.fact == fact.id}
    assert (knows["Phil"], knows["Anne"]) == ("witnessed", "told")


@pytest.mark.parametrize(
    "talk",
    [
        "“Who was the third man?” said Anne.\n\n“Well, well,” said Phil. Anne rose.",
        "“Who was the third man?” said Anne.\n\n“Which man?” said Phil. Anne rose.",
        "“Was he the third man?” said Anne.\n\n“Not Malo, surely,” said Phil. Anne rose.",
        "“Who was the third man? Malo,” said Anne. Phil rose.",
    ],
)
def test_what_answers_no_question_of_another_is_no_fact(talk: str) -> None:
    assert not [fact for fact in told(talk + "\n").facts if "third man" in fact.text]


def test_two_wordings_of_one_thing_are_one_fact() -> None:
    story = told(
        "“Mary sold the old house on Friday,” said Anne to Phil.\n\nPhil found John in the yard.\n\n"
        "“On Friday Mary sold the old house,” said Phil to John.\n"
    )
    facts = [fact for fact in story.facts if "house" in fact.text]
    assert len(facts) == 1
    assert len(facts[0].evidence) == 2
    assert len({row.who for row in story.knowledge if row.fact == facts[0].id}) >= 3


def test_two_ages_are_two_facts() -> None:
    story = told("Anne was seventeen. Anne sang. Phil heard Anne.\n\nAnne was thirty. Anne slept.\n")
    assert [fact.value for fact in story.facts if fact.kind == "age"] == ["seventeen", "thirty"]


@pytest.mark.parametrize(
    ("content", "kind", "value"),
    [
        ("Anne had red hair. Anne sang to Phil.", "hair", "red hair"),
        ("Anne sang. Her eyes were blue.", "eyes", "blue eyes"),
        ("Anne was a doctor. Anne sang to Phil.", "office", "doctor"),
        ("Anne lived in London. Anne sang to Phil.", "whereabouts", "London"),
        ("Anne was in the kitchen. Anne sang to Phil.", "whereabouts", "kitchen"),
    ],
)
def test_an_attribute_is_a_fact_with_its_place(content: str, kind: str, value: str) -> None:
    story = told(content + "\n")
    assert [(fact.kind, fact.value) for fact in story.facts if fact.kind == kind] == [(kind, value)]
    assert all(fact.evidence and fact.scene == "s1" for fact in story.facts)


@pytest.mark.parametrize(
    "said",
    [
        "Anne was in want of a ring.",
        "Anne was in love.",
        "Anne was in charge of the garden.",
        "Anne was in a hurry.",
        "Anne was an idiot.",
        "Anne was like a queen.",
        "Anne was a dear.",
    ],
)
def test_a_set_phrase_is_no_place_and_a_bad_name_no_office(said: str) -> None:
    story = told(said + " Anne sang to Phil.\n")
    assert not [fact for fact in story.facts if fact.kind in ("office", "whereabouts")]


def test_some_places_stand_without_an_article() -> None:
    story = told("Anne was in prison. Anne sang to Phil.\n")
    assert [fact.value for fact in story.facts if fact.kind == "whereabouts"] == ["prison"]
