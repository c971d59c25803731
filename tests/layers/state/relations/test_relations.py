"""Relations that no noun beside a name states: by who speaks, who is there, what is called out, what people do."""

from __future__ import annotations

import re

import pytest

from fabula.encode import encode
from fabula.layers.state import trace_state
from fabula.models import default_pack
from fabula.segment import segment
from fabula.segment.wording import lay_out
from fabula.story import Character, Mention, Quote, Relation, Scene, Text

ANNE = Character(id="anne", name="Anne", pronouns="she/her")
MARY = Character(id="mary", name="Mary", pronouns="she/her")
PHIL = Character(id="phil", name="Phil", pronouns="he/him")
REED = Character(id="reed", name="Captain Reed", pronouns="he/him")
HOLT = Character(id="holt", name="Sergeant Holt", pronouns="he/him")
QUILL = Character(id="quill", name="Mother Quill", pronouns="she/her")
PEOPLE = (ANNE, MARY, PHIL, REED, HOLT, QUILL)


def relations_of(content: str, *said: tuple[str, str], scenes: tuple[Scene, ...] = ()) -> tuple[Relation, ...]:
    """The relations of a text; `said`: speaker and hearer of its quotations, in order."""
    people = tuple(person for person in PEOPLE if person.name in content or person.id in sum(said, ()))
    mentions = [
        Mention(found.start(), found.end(), form="name", character=person.id)
        for person in people
        for found in re.finditer(person.name, content)
    ]
    spoken = re.finditer("“[^”]*”", content)
    quotes = tuple(
        Quote(found.start(), found.end(), id=f"q{at}", speaker=speaker, addressees=(hearer,), confidence=0.9)
        for at, (found, (speaker, hearer)) in enumerate(zip(spoken, said, strict=True))
    )
    wording = lay_out(segment(Text.of(content)))
    scene = Scene(0, len(content), id="s1", present=tuple(person.id for person in people))
    placed = scenes or (scene,)
    return trace_state(wording, encode(wording, default_pack()), people, sorted(mentions), quotes, placed).relations


def ties(content: str, *said: tuple[str, str]) -> list[tuple[str, str, str]]:
    return [(one.a, one.kind, one.b) for one in relations_of(content, *said)]


def test_she_who_speaks_as_his_sister_is_his_sister() -> None:
    found = ties("Phil sat down. “Get up,” said his sister. Anne and Mary laughed.", ("anne", "phil"))
    assert ("anne", "sister", "phil") in found


def test_the_only_one_there_whom_the_word_fits_is_meant_and_less_surely() -> None:
    (found,) = relations_of("Phil stood outside. Anne opened the door. Her brother came in slowly.")
    assert (found.a, found.kind, found.b) == ("phil", "brother", "anne")
    assert found.confidence < 0.5


def test_where_two_fit_nobody_is_meant() -> None:
    assert ties("Phil opened the door. Anne and Mary stood outside. His sister came in slowly.") == []


def test_papa_called_out_is_whoever_it_is_said_to() -> None:
    assert ties("“Come here, Papa,” said Anne. Phil came.", ("anne", "phil")) == [("phil", "papa", "anne")]


@pytest.mark.parametrize("word", ["mother", "Mother Quill"])
def test_an_old_woman_called_mother_is_no_mother(word: str) -> None:
    assert ties(f"“Tell me, {word},” said Phil. Mother Quill sighed.", ("phil", "quill")) == []


def test_the_higher_rank_commands_the_lower() -> None:
    content = "“Hold the line,” said Captain Reed. “I will,” said Sergeant Holt. “Good.”"
    said = (("reed", "holt"), ("holt", "reed"), ("reed", "holt"))
    assert ties(content, *said) == [("reed", "boss", "holt")]


def test_whoever_is_called_chief_commands() -> None:
    assert ties("“It is shut, Chief,” said Phil. Anne nodded.", ("phil", "anne")) == [("anne", "boss", "phil")]


@pytest.mark.parametrize(
    ("content", "tie"),
    [
        ("In May Anne married Phil.", ("anne", "spouse", "phil")),
        ("Anne hated Phil.", ("anne", "enemy", "phil")),
        ("Anne worked for Phil.", ("anne", "servant", "phil")),
        ("Anne hired Phil.", ("phil", "servant", "anne")),
        ("Anne and Mary were sisters.", ("anne", "sister", "mary")),
        ("Phil met Anne in March. They were the best of friends.", ("anne", "friend", "phil")),
    ],
)
def test_what_two_people_do_or_are_binds_them(content: str, tie: tuple[str, str, str]) -> None:
    (found,) = ties(content)
    assert found[1] == tie[1]
    assert {found[0], found[2]} == {tie[0], tie[2]}
    if tie[1] == "servant":
        assert found == tie


@pytest.mark.parametrize(
    "content", ["Anne did not marry Phil.", "Would Anne marry Phil?", "If Anne married Phil, he ran."]
)
def test_what_is_denied_or_asked_binds_nobody(content: str) -> None:
    assert ties(content) == []


def test_what_follows_from_two_relations_is_said_less_surely_with_the_words_of_both() -> None:
    found = relations_of("Anne’s mother Mary sang. Anne had a hat. Phil’s mother Mary sang.")
    told = {(one.a, one.kind, one.b): one for one in found}
    siblings = told["anne", "sibling", "phil"]
    assert len(siblings.evidence) == 2
    assert siblings.confidence < told["mary", "mother", "anne"].confidence


def test_a_grandmother_is_known_by_her_daughter() -> None:
    assert ("mary", "grandmother", "phil") in ties("Anne’s mother Mary sang. Phil’s mother Anne slept.")


def test_a_marriage_ends_with_a_death_and_kin_does_not() -> None:
    found = relations_of("Phil’s wife Mary sang. Phil’s sister Anne slept. At dawn Phil died.")
    assert {one.kind: one.until_scene for one in found} == {"wife": "s1", "sister": None}


def test_a_marriage_ends_with_a_divorce() -> None:
    (found,) = relations_of("Phil’s wife Mary sang. In June Mary divorced Phil.")
    assert (found.kind, found.until_scene) == ("wife", "s1")


def test_what_is_done_for_years_is_an_office() -> None:
    assert ties("Anne had nursed Phil for six years.") == [("anne", "servant", "phil")]
    assert ties("Anne drove Phil to the sea.") == []


def test_whoever_has_an_office_over_what_is_his_serves_him() -> None:
    content = "Phil called Mary, the captain of his guard."
    assert ties(content) == [("mary", "servant", "phil")]


def test_one_calls_no_mother_by_her_first_name() -> None:
    assert ties("“Anne, look,” said Phil. Anne and Phil waited. His mother came slowly.", ("phil", "anne")) == []


def test_of_two_that_cannot_both_be_the_surer_is_kept() -> None:
    found = ties("“Come here, Mother,” said Phil. Phil’s sister Anne came.", ("phil", "anne"))
    assert found == [("anne", "sister", "phil")]


def test_a_mother_of_a_daughter_and_the_daughter_of_her_mother_are_one() -> None:
    once = relations_of("Anne’s mother Mary sang.")
    (found,) = relations_of("Anne’s mother Mary sang. Mary’s daughter Anne slept.")
    assert {found.a, found.b} == {"mary", "anne"}
    assert len(found.evidence) == 2
    assert found.confidence > once[0].confidence


def test_nobody_has_two_mothers() -> None:
    found = ties("Phil’s mother Mary sang. “Come here, Mother,” said Phil. Anne came.", ("phil", "anne"))
    assert found == [("mary", "mother", "phil")]


def test_a_father_and_a_mother_of_one_child_are_man_and_wife() -> None:
    found = ties("Anne’s mother Mary sang. Anne had a hat. Anne’s father Phil sang.")
    assert ("mary", "spouse", "phil") in found or ("phil", "spouse", "mary") in found


def test_kin_that_kiss_are_no_lovers_and_two_kisses_say_more_than_one() -> None:
    assert ties("Phil’s sister Anne sang. Phil kissed Anne.") == [("anne", "sister", "phil")]
    assert ties("Phil kissed Anne.") == []
    assert ties("Phil kissed Anne. Later he was gone. Anne kissed Phil.") == [("phil", "lover", "anne")]


def test_friends_who_come_to_hate_each_other_are_friends_no_more() -> None:
    told = scened("Phil’s friend Anne sang. ", "Anne hated Phil.")
    assert told == {"friend": ("s1", "s2"), "enemy": ("s2", None)}


def scened(*scenes: str) -> dict[str, tuple[str | None, str | None]]:
    """The kinds of relations of some scenes, each with the scenes in which it begins and ends."""
    content = "".join(scenes)
    ends = [sum(len(scene) for scene in scenes[: at + 1]) for at in range(len(scenes))]
    placed = tuple(
        Scene(end - len(scene), end, id=f"s{at}", order=at)
        for at, (scene, end) in enumerate(zip(scenes, ends, strict=True), 1)
    )
    return {one.kind: (one.from_scene, one.until_scene) for one in relations_of(content, scenes=placed)}


def test_whose_orders_are_minded_is_whom_his_boss_means() -> None:
    found = ties("Phil recalled the orders. Anne ordered Phil to wait. His boss was far away.")
    assert ("anne", "boss", "phil") in found


def test_who_is_closer_to_phil_than_his_boss_was_is_not_phil() -> None:
    content = "Reed sat down. “Yes.” He was closer to Phil than his boss was. Mary ordered Captain Reed to wait."
    assert all(one[2] != "phil" for one in ties(content, ("reed", "phil")))


def test_both_of_them_were_married_but_not_to_each_other() -> None:
    assert ties("Phil met Anne in March. Both of them were married.") == []


def test_a_mothers_husband_is_the_father() -> None:
    assert ("phil", "parent", "mary") in ties("Anne was Mary’s mother. Anne’s husband Phil sang.")


def test_a_mothers_husband_is_not_the_father_of_one_who_has_another() -> None:
    told = ties("Anne was Mary’s mother. Mary’s father Captain Reed slept. Anne’s husband Phil sang.")
    assert not any(a == "phil" and b == "mary" for a, _, b in told)
