"""Who is there, who is heard from afar, who is only spoken of; whose eyes see it, and who tells it."""

from __future__ import annotations

import msgspec
import pytest

from fabula.encode import encode
from fabula.layers.scenes import cut_scenes, find_company, hand_over
from fabula.models import default_pack
from fabula.segment import segment
from fabula.segment.wording import lay_out
from fabula.story import Character, Form, Frame, Mention, Quote, Scene, Text

PEOPLE = tuple(Character(id=f"c{n}", name=name) for n, name in enumerate(("Anne", "Phil", "Karen"), start=1))


def scenes_of(content: str, **speakers: str) -> tuple[Scene, ...]:
    """`speakers`: by a word of the line, the id of who says it."""
    wording = lay_out(segment(Text.of(content)))
    mentions = sorted(
        Mention(at, at + len(who.name), form="name", character=who.id)
        for who in PEOPLE
        for at in range(len(content))
        if content.startswith(who.name, at)
    )
    quotes = [
        Quote(cut.start, cut.end, id=f"q{number}", speaker=who, cue="tag")
        for number, cut in enumerate(wording.segments.quotations, start=1)
        for who in [next((id_ for word, id_ in speakers.items() if word in content[cut.start : cut.end]), None)]
    ]
    cut = cut_scenes(wording, PEOPLE, mentions, quotes)
    return find_company(wording, encode(wording, default_pack()), PEOPLE, mentions, quotes, cut)


def test_one_called_by_name_is_there_though_silent() -> None:
    (scene,) = scenes_of('Anne sat down. "Take this, Phil," she said.', Take="c1")
    assert scene.present == ("c1", "c2")


def test_one_talked_about_is_only_spoken_of() -> None:
    (scene,) = scenes_of('Anne sat down. "They say that Karen has gone," said Phil.', gone="c2")
    assert (scene.present, scene.spoken_of) == (("c1", "c2"), ("c3",))


def test_a_voice_over_a_wire_is_heard_and_not_there() -> None:
    (scene,) = scenes_of('Anne stopped. "Good work," said Phil\'s voice in her earpiece.', work="c2")
    assert (scene.present, scene.heard) == (("c1",), ("c2",))


def test_one_heard_over_a_wire_is_not_there_where_only_the_voice_is() -> None:
    scenes = scenes_of(
        'Anne stopped. "Good work," said Phil\'s voice in her earpiece.\n\n* * *\n\n'
        'Anne ran. She held the phone close. "Faster," said Phil. Karen smiled.\n\n* * *\n\n'
        'Anne put the phone down. Phil came in and sat beside her. "Slowly," said Phil.',
        work="c2",
        Faster="c2",
        Slowly="c2",
    )
    assert [scene.present for scene in scenes] == [("c1",), ("c1", "c3"), ("c1", "c2")]
    assert [scene.heard for scene in scenes] == [("c2",), ("c2",), ()]


def test_who_answers_over_the_air_is_not_there() -> None:
    told = 'Anne knelt by the wall. "Any news of the boat? Over," said Anne.\n\n"Nothing at all. Over," said Phil.'
    (scene,) = scenes_of(told, news="c1", Nothing="c2")
    assert (scene.present, scene.heard) == (("c1",), ("c2",))


def test_who_speaks_into_a_telephone_is_at_this_end_of_it() -> None:
    told = 'Phil ran. "Are you there?" said Anne into the telephone.\n\n"I am," said Karen down the line.'
    (scene,) = scenes_of(told, Are="c1", am="c3")
    assert (scene.present, scene.heard) == (("c2", "c1"), ("c3",))


@pytest.mark.parametrize(
    ("content", "there"),
    [
        ("The rain fell. Miss Vane got up.", True),
        ("Miss Vane, who appeared for the defence, asked only whether the clock was fast.", True),
        ("They laughed, and Mr. Vane sent down the claret.", True),
        ("The rain fell. Miss Vane would get up.", False),
    ],
)
def test_those_with_titles_do_what_their_verbs_say(content: str, there: bool) -> None:
    start = content.index("Mi" if "Miss" in content else "Mr")
    vane = Mention(start, content.index("Vane") + 4, form="name", character="c1")
    wording = lay_out(segment(Text.of(content)))
    cut = cut_scenes(wording, PEOPLE, (vane,), ())
    (scene,) = find_company(wording, encode(wording, default_pack()), PEOPLE, (vane,), (), cut)
    assert (scene.present == ("c1",)) is there


def test_who_signs_a_letter_writes_it_and_who_is_greeted_is_far_away() -> None:
    content = "Fri. 7th\n\nDear Anne,\n\nYou asked about the blind. I mended it, and you shall have it.\n\nPhil\n"
    wording = lay_out(segment(Text.of(content)))
    named = [Mention(content.index(n), content.index(n) + 4, form="name", character=c) for n, c in LETTER]
    starts = [content.index("You"), content.index("you shall")]
    you = [Mention(start, start + 3, form="pronoun", character="c1", confidence=0.9) for start in starts]
    mentions = sorted([*named, *you])
    cut = cut_scenes(wording, PEOPLE, mentions, ())
    (scene,) = find_company(wording, encode(wording, default_pack()), PEOPLE, mentions, (), cut)
    assert (scene.frame, scene.present) == ("letter", ("c2",))


LETTER = (("Anne", "c1"), ("Phil", "c2"))


def test_a_voice_that_nobody_names_is_theirs_who_were_spoken_of() -> None:
    (scene,) = scenes_of('Anne stopped. She thought of Phil.\n\n"Good work," the radio said.')
    assert (scene.present, scene.heard, scene.spoken_of) == (("c1",), ("c2",), ())


def test_one_who_only_would_come_is_not_there() -> None:
    (scene,) = scenes_of("Anne rose. Phil would be cross. Phil's car was gone.")
    assert scene.present == ("c1",)


def test_one_whose_name_and_errand_are_told_is_not_there() -> None:
    (scene,) = scenes_of("Anne sat down. Her sister's name was Karen. Karen was going to visit an aunt.")
    assert scene.present == ("c1",)


def test_those_who_act_or_speak_are_there_and_those_spoken_of_are_not() -> None:
    (scene,) = scenes_of("Phil rose.\n\n“Anne went to Rome,” he said.", Rome="c2")
    assert (scene.present, scene.spoken_of) == (("c2",), ("c1",))


@pytest.mark.parametrize(
    ("content", "present"),
    [
        ("Anne slowly rose. Phil ran.", ("c1", "c2")),
        ("Anne, in the middle, counted strokes. Phil ran.", ("c1", "c2")),
        ("It was Anne who took up the cup. Phil ran.", ("c1", "c2")),
        ("Anne, who had been told to, coughed. Phil ran.", ("c1", "c2")),
        ("Anne had brought biscuits and sat with the tin on her knees. Phil ran.", ("c1", "c2")),
        ("Anne was holding her hat. Phil ran.", ("c1", "c2")),
        ("Phil looked at Anne.", ("c1", "c2")),
        ("Anne was handed over first. Phil ran.", ("c1", "c2")),
        ("Phil knew that Anne went to Rome.", ()),
        ("Phil ran. He thought of Anne.", ("c2",)),
        ("Phil ran. Anne's coat was gone.", ("c2",)),
        ("Anne had loved him. Phil ran.", ("c2",)),
        ("Anne would kill him. Phil ran.", ("c2",)),
        ("If Anne came, Phil ran.", ("c2",)),
        ("Anne was not there. Phil ran.", ("c2",)),
        ("Anne did not come. Phil ran.", ("c2",)),
        ("Phil hoped that Anne came. Phil ran.", ("c2",)),
        ("Anne was tall.", ()),
        ("Anne was in the bath. Phil ran.", ("c1", "c2")),
        ("The key opened, so that Anne could come and sit. Phil ran.", ("c2",)),
        ("Phil took the cup that Anne had washed.", ("c2",)),
        ("In the doorway was Anne. Phil ran.", ("c1", "c2")),
        ("Phil was there already. So was Anne.", ("c1", "c2")),
        ("Across the desk, asleep, lay Anne, snoring. Phil ran.", ("c1", "c2")),
        ("The door opened, and in walked Anne. Phil ran.", ("c1", "c2")),
        ("To the clerk she was Anne. Phil ran.", ("c2",)),
        ("Then came Anne's turn. Phil ran.", ("c2",)),
    ],
)
def test_doing_shows_presence(content: str, present: tuple[str, ...]) -> None:
    assert set(scenes_of(content)[0].present) == set(present)


def test_the_narrator_is_there_as_i() -> None:
    me = Character(id="c1", name="Anne", narrator=True)
    wording = lay_out(segment(Text.of("I opened the door.")))
    mentions = (Mention(0, 1, form="pronoun"),)
    cut = cut_scenes(wording, (me,), mentions, ())
    (scene,) = find_company(wording, encode(wording, default_pack()), (me,), mentions, (), cut)
    assert scene.present == ("c1",)


def test_one_who_is_only_spoken_to_and_never_met_is_in_no_group() -> None:
    wording = lay_out(segment(Text.of("Anne rose. “Come here.”")))
    mentions = (Mention(0, 4, form="name", character="c1"),)
    quotes = (Quote(11, 23, id="q1", speaker="c1", addressees=("c2",), cue="turn", confidence=0.4),)
    cut = cut_scenes(wording, PEOPLE, mentions, quotes)
    (scene,) = find_company(wording, encode(wording, default_pack()), PEOPLE, mentions, quotes, cut)
    assert (scene.present, scene.heard, scene.spoken_of) == (("c1",), (), ())


def test_seen_through_the_eyes_of_whom_alone_one_looks_into() -> None:
    (scene,) = scenes_of("Anne knew the road. Phil drove. Anne wondered where it went. Phil laughed.")
    assert scene.point_of_view == "c1"


def test_where_two_are_looked_into_it_cannot_be_told() -> None:
    (scene,) = scenes_of("Anne knew the road. Phil felt ill. Anne wondered why. Phil thought of home.")
    assert scene.point_of_view is None


def test_a_witness_asked_to_tell_tells() -> None:
    content = (
        'Anne looked at Phil. "Tell us," she said.\n\n* * *\n\nI was at home. I saw my brother. I ran.\n\n* * *\n\n'
        "Anne sat down. Phil was silent.\n\n* * *\n\nKaren rose. It was late."
    )
    scenes = scenes_of(content, Tell="c1")
    assert [scene.frame for scene in scenes] == ["main", "told", "main", "main"]
    assert scenes[1].teller == "c1"


@pytest.mark.parametrize(
    ("opening", "frame"),
    [
        ("He would come in, and he would say that it was late, and they would laugh.", "imagined"),
        ("That night she dreamed of the sea, and it was warm.", "dream"),
        ("She dreamed of nothing; he would have said so.", "dream"),
        ("He would have come. It was late.", "main"),
        ("She stood up. It was late.", "main"),
    ],
)
def test_a_scene_that_does_not_happen_is_known_by_its_opening(opening: str, frame: str) -> None:
    assert scenes_of(f"Anne sat down.\n\n* * *\n\n{opening}\n\n* * *\n\nPhil rose.")[1].frame == frame


@pytest.mark.parametrize(("sure", "there"), [(0.95, True), (0.5, False)])
def test_pronouns_that_follow_each_other_are_no_surer_than_the_first(sure: float, there: bool) -> None:
    content = "Anne rose. He shut the door. He sat down and ate."
    named = Mention(0, 4, form="name", character="c1")
    starts = [content.index("He shut"), content.index("He sat")]
    his = [
        Mention(at, at + 2, form="pronoun", character="c2", confidence=c)
        for at, c in zip(starts, (sure, 0.95), strict=True)
    ]
    wording = lay_out(segment(Text.of(content)))
    mentions = (named, *his)
    cut = cut_scenes(wording, PEOPLE, mentions, ())
    (scene,) = find_company(wording, encode(wording, default_pack()), PEOPLE, mentions, (), cut)
    assert ("c2" in scene.present) is there


def test_who_is_i_in_a_letter_writes_it_whoevers_name_stands_under_it() -> None:
    content = "Fri. 7th\n\nDear Anne,\n\nI mended it and I left you the bill.\n\nFrom the diary of Karen\n"
    named = [(content.index("Anne"), 4, "c1"), (content.index("Karen"), 5, "c3")]
    mine = [(content.index("I mended"), 1, "c2"), (content.index("I left"), 1, "c2")]
    mentions = sorted(
        Mention(at, at + long, form="pronoun" if long == 1 else "name", character=who) for at, long, who in named + mine
    )
    wording = lay_out(segment(Text.of(content)))
    cut = cut_scenes(wording, PEOPLE, mentions, ())
    (scene, *_) = find_company(wording, encode(wording, default_pack()), PEOPLE, mentions, (), cut)
    assert scene.present == ("c2",)


@pytest.mark.parametrize(
    ("said", "present"), [("This is Karen", ("c1", "c3")), ("Here’s Karen’s hat", ("c1",)), ("I like Karen", ("c1",))]
)
def test_one_who_is_presented_is_there(said: str, present: tuple[str, ...]) -> None:
    (scene,) = scenes_of(f"Anne sat down. “{said} for you,” she said.", you="c1")
    assert scene.present == present


def company_of(content: str, *met: tuple[str, str], frame: Frame | None = None) -> tuple[Scene, ...]:
    """The scenes, all behind the first of one frame, if given; `met`: words in order of place, and whose they are."""
    wording = lay_out(segment(Text.of(content)))
    mentions, at = [], 0
    for words, who in met:
        at = content.index(words, at)
        form: Form = "name" if words[0].isupper() and words not in ("I", "She", "He", "All") else "pronoun"
        mentions.append(Mention(at, at + len(words), form=form, character=who, confidence=0.8))
        at += len(words)
    cut = cut_scenes(wording, PEOPLE, mentions, ())
    cut = tuple(msgspec.structs.replace(s, frame=frame if n and frame else s.frame) for n, s in enumerate(cut))
    return find_company(wording, encode(wording, default_pack()), PEOPLE, mentions, (), cut)


def test_who_is_only_she_at_a_scenes_head_is_still_in_view() -> None:
    told = "All that autumn she watched Karen. Karen rose.\n"
    before = company_of(f"Anne sat down.\n\n* * *\n\n{told}", ("Anne", "c1"), ("she", "c1"), ("Karen", "c3"))
    new = company_of(f"Phil sat down.\n\n* * *\n\n{told}", ("Phil", "c2"), ("she", "c1"), ("Karen", "c3"))
    assert ("c1" in before[1].present, "c1" in new[1].present) == (True, False)


def test_in_a_tale_those_are_there_of_whom_it_tells() -> None:
    content = "Anne sat down.\n\n* * *\n\n“I was young. Phil was the cook. He gave me the pot. He wept,” she said.\n"
    met = (("Anne", "c1"), ("I", "c1"), ("Phil", "c2"), ("He", "c2"), ("me", "c1"), ("He", "c2"))
    assert "c2" in company_of(content, *met, frame="told")[1].present
    assert "c2" not in company_of(content, *met, frame="main")[1].present


def test_who_is_written_to_is_not_taken_for_he_in_the_letter() -> None:
    content = "Fri. 7th\n\nDear Phil,\n\nI mended it. He ran home and he ate. I slept.\n\nAnne\n"
    met = (("Phil", "c2"), ("I", "c1"), ("He", "c2"), ("he", "c2"), ("I", "c1"))
    (scene,) = company_of(content, *met)
    assert (scene.frame, scene.present) == ("letter", ("c1",))


WITNESS = (
    "Phil looked at Anne. Phil asked her about the boat.\n\n* * *\n\nI was at home. I saw my brother. I ran.\n\n"
    "* * *\n\nKaren sat down. Phil was silent.\n\n* * *\n\nKaren rose. It was late."
)


def test_the_witnesses_i_is_the_witnesss_own() -> None:
    nobody = Character(id="c4", name="the narrator", narrator=True)
    places = [("Phil", "c2", "name"), ("Anne", "c1", "name"), ("Phil", "c2", "name"), ("her", "c1", "pronoun")]
    mentions, at = [], 0
    for words, who, form in [*places, *[("I", "c4", "pronoun")] * 3]:
        at = WITNESS.index(words, at)
        mentions.append(Mention(at, at + len(words), form=form, character=who))
        at += len(words)
    wording = lay_out(segment(Text.of(WITNESS)))
    scenes = cut_scenes(wording, (*PEOPLE, nobody), mentions, ())
    told = hand_over(wording, scenes, (*PEOPLE, nobody), tuple(mentions), ())
    assert (scenes[1].teller, told.scenes[1].point_of_view) == ("c1", "c1")
    assert [m.character for m in told.mentions] == ["c2", "c1", "c2", "c1", "c1", "c1", "c1"]
    assert told.characters == PEOPLE


def test_a_narrator_with_a_name_keeps_his_i() -> None:
    me = Character(id="c3", name="Karen", narrator=True)
    named = Mention(WITNESS.index("Karen"), WITNESS.index("Karen") + 5, form="name", character="c3")
    mine = Mention(WITNESS.index("I was"), WITNESS.index("I was") + 1, form="pronoun", character="c3")
    wording = lay_out(segment(Text.of(WITNESS)))
    scenes = cut_scenes(wording, (me,), (mine, named), ())
    assert hand_over(wording, scenes, (me,), (mine, named), ()).mentions == (mine, named)
