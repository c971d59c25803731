"""Where scenes are cut, who is in them, and where and when they play."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from fabula.layers.scenes import cut_scenes
from fabula.segment import segment
from fabula.segment.wording import lay_out
from fabula.story import Character, Mention, Quote, Scene, SceneWord, Text

ANNE = Character(id="c1", name="Anne", pronouns="she/her")
PHIL = Character(id="c2", name="Phil", pronouns="he/him")


def mentions_of(content: str, people: Sequence[Character] = (ANNE, PHIL)) -> tuple[Mention, ...]:
    """Every place where one of the names stands."""
    found = []
    for person in people:
        at = content.find(person.name)
        while at >= 0:
            found.append(Mention(at, at + len(person.name), form="name", character=person.id))
            at = content.find(person.name, at + 1)
    return tuple(sorted(found))


def scenes_of(content: str, extra: Sequence[Mention] = (), quotes: Sequence[Quote] = ()) -> tuple[Scene, ...]:
    wording = lay_out(segment(Text.of(content)))
    return cut_scenes(wording, (ANNE, PHIL), sorted([*mentions_of(content), *extra]), quotes)


@pytest.mark.parametrize(
    ("content", "count"),
    [
        ("Anne rose.\n\nPhil sat.", 1),
        ("Anne rose.\n\n* * *\n\nPhil sat.", 2),
        ("# I\n\nAnne rose.\n\n# II\n\nPhil sat.", 2),
        ("Anne rose.\n\nPhil sat.\n\n\n\nAnne left.\n\nPhil ran.", 1),
        ("* * *\n\nAnne rose.", 1),
        ("Anne rose.\n\n* * *", 1),
        ("", 1),
    ],
    ids=["unmarked", "asterisks", "chapters", "a lost line", "a leading break", "a closing break", "nothing"],
)
def test_scenes_are_cut_at_marks(content: str, count: int) -> None:
    assert len(scenes_of(content)) == count


@pytest.mark.parametrize("content", ["Anne rose.\n\n* * *\n\nPhil sat.", "\n\nx", "# I\n\n# II\n\nAnne.\n\n# III\n"])
def test_scenes_tile_the_text(content: str) -> None:
    assert "".join(content[scene.start : scene.end] for scene in scenes_of(content)) == content


def test_a_break_around_verses_is_no_scene_break() -> None:
    content = "Anne sang.\n\n* * *\n\n> The sea is wide,\n> The sea is deep,\n\n* * *\n\nPhil wept."
    assert len(scenes_of(content)) == 1


def test_the_place_is_the_last_the_narration_names() -> None:
    content = "Anne lived in Bath. Phil went to Rome. “In Paris!” he said."
    places = [
        Mention(at, at + len(name), form="name", type="GPE")
        for name in ("Bath", "Rome", "Paris")
        if (at := content.find(name))
    ]
    assert scenes_of(content, extra=places)[0].place == "Rome"


@pytest.mark.parametrize(
    ("content", "time"),
    [
        ("The next morning Anne rose.", "The next morning"),
        ("Ten years before, Anne had been a child.", "Ten years before"),
        ("On Monday Phil left.", "On Monday"),
        ("That night it rained.", "That night"),
        ("In 1914 Phil was young.", "In 1914"),
        ("At half past six the bell rang.", "At half past six"),
        ("3 May. Left Munich.", "3 May"),
        ("It was a quarter to nine when Anne rose.", "a quarter to nine"),
        ("At five in the morning Anne rose.", "At five in the morning"),
        ("Anne took the train at 11:40 and slept.", "at 11:40"),
        ("Twenty-six years later Anne rose.", "Twenty-six years later"),
        ("One saw Anne on a Thursday in March.", "on a Thursday in March"),
        ("The evening before, Anne had come.", "The evening before"),
        ("Anne gave ten to two men.", None),
        ("Anne rose. “The next morning!” she said.", None),
        ("Anne rose in a moment.", None),
    ],
)
def test_the_time_is_as_told(content: str, time: str | None) -> None:
    assert scenes_of(content)[0].time == time


def test_a_scene_that_is_a_letter_says_so() -> None:
    letter = "# I\n\nAnne rose.\n\n# II\n\nDear Anne,\n\nI am well and so are you, I hope.\n\nYours ever,\n\nPhil\n"
    assert [scene.frame for scene in scenes_of(letter)] == ["main", "letter"]


def test_a_text_without_marks_leaves_its_scenes_in_doubt() -> None:
    (unmarked,) = scenes_of("Anne rose.\n\nPhil sat.")
    marked = scenes_of("Anne rose.\n\n* * *\n\nPhil sat.")
    assert unmarked.confidence < 0.5 < marked[0].confidence


def test_the_break_is_shown_as_evidence() -> None:
    content = "Anne rose.\n\n* * *\n\nPhil sat."
    second = scenes_of(content)[1]
    assert [content[span.start : span.end] for span in second.evidence] == ["* * *"]


def test_a_dated_letter_is_a_scene_and_so_is_what_follows_its_signature() -> None:
    letter = "Rome, 2 March 1947\n\nDear Anne,\n\nForgive my grammar. I keep bees.\n\nYour servant,\nPhil\n\n"
    content = f"Anne rose.\n\n{letter}Anne folded it."
    assert [(content[s.start :][:4], s.frame) for s in scenes_of(content)] == [
        ("Anne", "main"),
        ("Rome", "letter"),
        ("Anne", "main"),
    ]


@pytest.mark.parametrize("greeting", ["Dear Miss P.,\n\nBurnt. ", "My dear Anne,—Burnt. "])
def test_a_greeting_behind_a_date_makes_a_letter(greeting: str) -> None:
    content = f"Anne rose.\n\nMon. 10th\n\n{greeting}She is a grey, and you may tell him.\n"
    assert [scene.frame for scene in scenes_of(content)][-1] == "letter"


def test_each_day_of_a_diary_is_a_scene() -> None:
    days = "9 March\n\nAnne rose.\n\n2 March\n\nPhil sat.\n\nAnne ran.\n\n"
    assert [days[scene.start :][:7] for scene in scenes_of(days)] == ["9 March", "2 March"]


def test_a_paragraph_that_leaps_back_begins_a_scene() -> None:
    content = "Anne rose.\n\nThirty years before, on a night of rain, Phil had come home.\n\nPhil sat."
    assert [content[scene.start :][:6] for scene in scenes_of(content)] == ["Anne r", "Thirty"]
    assert scenes_of(content)[0].time is None
    assert (
        len(cut_scenes(lay_out(segment(Text.of(content))), (), (), (), settled=[SceneWord(12, 18, begins=False)])) == 1
    )


@pytest.mark.parametrize(
    "second",
    ["Phil had come thirty years before.", "Thirty years before, Phil was here.", "“Thirty years before, I had come.”"],
)
def test_a_look_back_in_passing_begins_none(second: str) -> None:
    assert len(scenes_of(f"Anne rose.\n\n{second}\n\nPhil sat.")) == 1


def test_a_leap_needs_no_comma_in_a_short_story() -> None:
    content = "Anne rose.\n\nTwo days earlier Phil had come to the kitchen.\n\nPhil sat."
    assert [content[scene.start :][:6] for scene in scenes_of(content)] == ["Anne r", "Two da"]


def test_a_diary_may_date_its_days_in_short() -> None:
    content = "Tues. 4th\n\nRain. Phil sat.\n\nFri. 7th\n\nSun. Anne rose.\n\nMarch 1941\n\nSnow.\n"
    assert [content[scene.start :][:4] for scene in scenes_of(content)] == ["Tues", "Fri.", "Marc"]


def test_a_lone_date_or_one_that_is_quoted_begins_nothing() -> None:
    assert len(scenes_of("Anne rose.\n\n2 March\n\nPhil sat.\n\n")) == 1
    assert len(scenes_of("Anne rose.\n\n“2 March”\n\nPhil sat.\n\n“9 March”\n\nAnne ran.\n\n")) == 1


def test_a_long_speech_by_itself_is_a_tale_told() -> None:
    tale = "“" + "I was a boy in those days, and we sailed for Rome with hides and nuns. " * 6
    content = f"Anne rose.\n\n* * *\n\n{tale}”\n\n* * *\n\nPhil sat. “No,” he said."
    assert [scene.frame for scene in scenes_of(content)] == ["main", "told", "main"]


def test_a_tale_of_short_paragraphs_is_one_too() -> None:
    part = "I went down to the water, and there was nobody there, and I called out twice, and then I sat down to wait. "
    tale = "\n\n".join("“" + part + "Nothing came of it, nothing at all." for _ in range(3)) + "”"
    content = f"Anne sat down.\n\n* * *\n\n{tale}\n\n* * *\n\nNobody spoke."
    assert [scene.frame for scene in scenes_of(content)] == ["main", "told", "main"]


def test_a_tale_told_aloud_is_a_scene_of_its_own() -> None:
    tale = "the sea was high and we lay there and heard it come over the wall, and nobody spoke or slept, "
    content = (
        "Anne put her cup down. “I’ll tell you,” she said.\n\n"
        f"“I was nine, and {tale * 3}and that was all.\n\n“Then my father took the lamp and {tale * 3}and went.”\n\n"
        "Nobody said a word. The stove ticked."
    )
    scenes = scenes_of(content)
    assert [content[scene.start :][:10] for scene in scenes] == ["Anne put h", "“I was nin", "Nobody sai"]
    assert [scene.frame for scene in scenes] == ["main", "told", "main"]


def test_a_long_speech_about_what_shall_be_is_cut_from_nothing() -> None:
    plan = "you will go to the gate and I will hold the horse, and if he comes we will take him, and "
    content = f"Anne rose.\n\n“First {plan * 4}so.\n\n“Then {plan * 4}that is all.”\n\nPhil nodded."
    assert len(scenes_of(content)) == 1


def test_a_conversation_in_which_somebody_says_a_good_deal_is_no_tale() -> None:
    answers = "“" + "I looked under the bed and behind the door and there was nobody in the room at all. " * 4 + "”\n\n"
    content = f"Anne rose.\n\n* * *\n\n{answers}“And what did you do then?” said Phil.\n\n{answers}“And then?”\n\n"
    assert [scene.frame for scene in scenes_of(content)] == ["main", "main"]


_TALK = "“I have told you so before,” said Anne. “You never listen to me, and the soup is cold again.”\n\n" * 8
_ELSEWHERE = "The next morning Phil walked along the harbour, where the ships lay black in the rain and the wind. " * 7


def test_a_scene_is_cut_where_time_place_and_people_change_and_nothing_marks_it() -> None:
    content = f"{_TALK}{_ELSEWHERE}\n\n{_ELSEWHERE.replace('The next morning ', '')}\n"
    scenes = scenes_of(content)
    assert [content[scene.start :][:16] for scene in scenes] == ["“I have told you", "The next morning"]
    assert scenes[1].time == "The next morning"
    assert scenes[1].confidence < 0.75


def test_where_the_user_says_that_a_scene_goes_on_none_is_cut() -> None:
    content = f"{_TALK}{_ELSEWHERE}\n\n{_ELSEWHERE.replace('The next morning ', '')}\n"
    wording = lay_out(segment(Text.of(content)))
    on = SceneWord(len(_TALK), len(_TALK) + 4, begins=False)
    assert len(cut_scenes(wording, (ANNE, PHIL), mentions_of(content), (), settled=[on])) == 1


def test_talk_without_a_word_of_time_or_place_is_one_scene() -> None:
    assert len(scenes_of(_TALK * 6)) == 1
