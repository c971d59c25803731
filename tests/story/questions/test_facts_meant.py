"""Which facts a question means: all its names, a death in whatever words, a relation rather than words near it."""

from __future__ import annotations

import pytest

from fabula.errors import NotInStory
from fabula.story import Character, Death, Fact, Layers, Object, Relation, Span, Story, Text

CONTENT = (
    "Karen was dead. James was killed. Brigid told Hobb of it. She was Hobb’s niece. "
    "Phil said that everybody dies. Mr Gray hid the old lamp in the rose garden."
)


def place(words: str) -> tuple[Span, ...]:
    start = CONTENT.index(words)
    return (Span(start=start, end=start + len(words)),)


def story(*more: Fact) -> Story:
    names = ("Karen", "James", "Brigid", "Hobb", "Phil", "Mr Gray", "Rose")
    facts = (
        Fact(id="f1", text="Karen is dead", kind="death", about=("c1",), evidence=place("Karen was dead")),
        Fact(id="f2", text="James is dead", kind="death", about=("c2",), evidence=place("James was killed")),
        Fact(id="f3", text="Brigid told Hobb of it", about=("c3", "c4"), evidence=place("Brigid told Hobb of it")),
        Fact(id="f4", text="Phil said that everybody dies some day, rich or poor", about=("c5",)),
        Fact(id="f5", text="Gray hid the lamp", kind="deed", about=("c6", "o1"), evidence=place("Mr Gray hid")),
        *more,
    )
    return Story(
        Text.of(CONTENT),
        Layers(
            characters=tuple(Character(id=f"c{number}", name=name) for number, name in enumerate(names, 1)),
            objects=(Object(id="o1", name="lamp", aliases=("old lantern",)),),
            facts=facts,
            relations=(Relation(a="c3", b="c4", kind="niece", evidence=place("She was Hobb’s niece")),),
            **dict.fromkeys(("plans", "reasons", "orders", "possessions", "knowledge", "scenes", "mentions"), ()),  # type: ignore[arg-type]
            deaths=(Death(who="c2", scene=None, told_in=None),),
        ),
    )


def found(words: str, *more: Fact) -> list[str]:
    return [fact.id for fact in story(*more).facts_about(words)]


@pytest.mark.parametrize(
    "words", ["James died", "James is dead", "James’ death", "the death of James", "James’s dying", "did james die?"]
)
def test_a_death_is_one_question_in_all_its_words(words: str) -> None:
    assert found(words) == ["f2"]
    assert [root.matter.id for root in story().why(words)] == ["f2"]


@pytest.mark.parametrize("words", ["Phil is dead", "Hobb died"])
def test_somebody_else_s_death_is_no_answer(words: str) -> None:
    with pytest.raises(NotInStory, match="no fact of this story is like"):
        story().facts_about(words)


def test_who_is_not_in_the_story_is_named_and_the_likeliest_asked_for() -> None:
    with pytest.raises(NotInStory, match="no Napoleon") as stranger:
        story().facts_about("Napoleon is dead")
    assert "Karen is dead" in str(stranger.value)
    with pytest.raises(NotInStory, match="no Karin") as misspelt:
        story().facts_about("Karin is dead")
    assert "Did you mean Karen?" in str(misspelt.value)


def test_a_capital_at_the_head_of_a_question_makes_no_name_and_a_title_needs_not_fit() -> None:
    assert found("Hiding the lamp") == ["f5"]
    assert found("Dr Gray hid the lamp") == ["f5"]
    assert found("gray hid the old lantern") == ["f5"]
    assert found("Should Gray hide the lamp") == ["f5"]


def test_a_word_of_the_text_in_small_letters_is_not_taken_for_a_name() -> None:
    grown = Fact(id="f9", text="The lamp lies under a rose bush")
    assert found("the lamp is under the rose", grown) == ["f9"]


def test_a_relation_is_found_as_the_fact_that_stands_in_its_words() -> None:
    kin = Fact(id="f9", text="She was Hobb’s niece", kind="kin", about=("c3", "c4"), evidence=place("She was Hobb"))
    assert found("Brigid is Hobb’s niece", kin) == ["f9"]
    assert found("Brigid is the niece of Hobb", kin) == ["f9"]


def test_a_relation_that_is_no_fact_is_told_rather_than_a_sentence_with_two_of_its_words() -> None:
    with pytest.raises(NotInStory, match=r"Brigid is the niece of Hobb \(line 1\), but .* who knows"):
        story().facts_about("Brigid is Hobb’s niece")
    with pytest.raises(NotInStory, match="no fact of this story is like"):
        story().facts_about("Hobb is Brigid’s niece")
