"""What the text states of kin, office and death, and what it does not state."""

from __future__ import annotations

import pytest

from fabula.encode import encode
from fabula.layers.state import State, trace_state
from fabula.models import default_pack
from fabula.segment import segment
from fabula.segment.wording import lay_out
from fabula.story import Character, Mention, Quote, Scene, Text

ANNE = Character(id="c1", name="Anne", pronouns="she/her")
PHIL = Character(id="c2", name="Phil", pronouns="he/him")
JOHN = Character(id="c3", name="John", pronouns="he/him")
MARY = Character(id="c4", name="Mary", pronouns="she/her")
MR_HALE = Character(id="c5", name="Mr. Hale", pronouns="he/him")
MRS_HALE = Character(id="c6", name="Mrs. Hale", pronouns="she/her")
AUNT_EM = Character(id="c7", name="Aunt Em", pronouns="she/her")
PEOPLE = (ANNE, PHIL, JOHN, MARY, MR_HALE, MRS_HALE, AUNT_EM)
NAMES = {person.id: person.name for person in PEOPLE}


def state_of(content: str, quotes: tuple[Quote, ...] = ()) -> State:
    mentions = []
    people = tuple(person for person in PEOPLE if person.name in content)
    for person in people:
        at = content.find(person.name)
        while at >= 0:
            mentions.append(Mention(at, at + len(person.name), form="name", character=person.id))
            at = content.find(person.name, at + 1)
    wording = lay_out(segment(Text.of(content)))
    scenes = (Scene(0, len(content), id="s1"),)
    return trace_state(wording, encode(wording, default_pack()), people, tuple(sorted(mentions)), quotes, scenes)


@pytest.mark.parametrize(
    ("content", "relation"),
    [
        ("Phil’s elder sister Anne came.", ("Anne", "sister", "Phil")),
        ("Phil’s sister, Anne, came.", ("Anne", "sister", "Phil")),
        ("Her name was Anne, and her brother was John.", ("John", "brother", "Anne")),
        ("Phil came with his wife, Mary, at noon.", ("Mary", "wife", "Phil")),
        ("Phil came with his wife Mary.", ("Mary", "wife", "Phil")),
        ("Anne saw Phil, her boss.", ("Phil", "boss", "Anne")),
        ("Phil was John’s employer.", ("Phil", "employer", "John")),
        ("Mary was the daughter of John.", ("Mary", "daughter", "John")),
        ("Mrs. Hale was proud. Her daughter Anne sang.", ("Anne", "daughter", "Mrs. Hale")),
        ("Mr. and Mrs. Hale dined; Mr. Hale slept.", ("Mrs. Hale", "wife", "Mr. Hale")),
    ],
)
def test_a_relation_stated_outright_is_found(content: str, relation: tuple[str, str, str]) -> None:
    found = [(NAMES[r.a], r.kind, NAMES[r.b]) for r in state_of(content).relations]
    assert found == [relation]


@pytest.mark.parametrize(
    "content",
    [
        "Is Phil John’s brother?",
        "Phil was not John’s brother.",
        "If Phil was John’s brother, Anne did not say.",
        "Phil saw his mother, Anne, and Mary.",
        "Somebody’s sister Anne came.",
        "Phil’s sister John came.",
        "Anne saw John. The brother was gone.",
    ],
)
def test_what_is_denied_asked_or_unclear_is_no_relation(content: str) -> None:
    assert state_of(content).relations == ()


def test_a_tie_that_goes_both_ways_is_kept_once_with_all_its_evidence() -> None:
    (relation,) = state_of("Phil’s sister Anne came. Anne’s brother Phil went.").relations
    assert len(relation.evidence) == 2


def test_my_is_the_speakers() -> None:
    content = "“My brother John is here,” said Anne."
    (relation,) = state_of(content, (Quote(0, 26, id="q1", speaker="c1"),)).relations
    assert (relation.a, relation.kind, relation.b) == ("c3", "brother", "c1")


def test_an_aunt_is_hers_who_calls_her_so() -> None:
    content = "“Aunt Em!” cried Anne."
    (relation,) = state_of(content, (Quote(0, 10, id="q1", speaker="c1"),)).relations
    assert (relation.a, relation.kind, relation.b) == ("c7", "aunt", "c1")
    assert relation.confidence < 0.5


def test_a_name_is_surer_than_a_pronoun() -> None:
    by_name = state_of("Phil’s sister Anne came.").relations[0].confidence
    by_pronoun = state_of("Phil came with his sister Anne.").relations[0].confidence
    assert by_pronoun < by_name


@pytest.mark.parametrize(
    ("content", "dead", "scene"),
    [
        ("At dawn Phil died.", "c2", "s1"),
        ("Phil had died.", "c2", None),
        ("Anne was dead.", "c1", None),
        ("John killed Phil.", "c2", "s1"),
        ("Phil was killed.", "c2", "s1"),
        ("They heard of the death of Mary.", "c4", None),
        ("After Mary’s death he left.", "c4", None),
    ],
)
def test_a_death_told_outright_is_found(content: str, dead: str, scene: str | None) -> None:
    (death,) = state_of(content).deaths
    assert (death.who, death.scene, death.told_in) == (dead, scene, "s1")


@pytest.mark.parametrize(
    "content",
    [
        "Phil was not dead.",
        "Phil would have died.",
        "If Phil died, Anne would weep.",
        "Was Phil dead?",
        "Anne thought Phil was dead.",
        "Phil was dead tired.",
        "Phil nearly died.",
        "The laughter died away. Phil rose.",
        "James had to die.",
    ],
)
def test_a_death_denied_feared_or_supposed_is_none(content: str) -> None:
    assert state_of(content).deaths == ()


def test_a_death_in_speech_is_less_sure_and_not_shown() -> None:
    (spoken,) = state_of("“Phil died,” said Anne.", (Quote(0, 12, id="q1", speaker="c1"),)).deaths
    (told,) = state_of("At dawn Phil died.").deaths
    assert spoken.scene is None
    assert spoken.confidence < told.confidence


def test_one_who_speaks_later_is_rather_not_dead() -> None:
    content = "Phil was dead. “No,” he said."
    (death,) = state_of(content, (Quote(15, 20, id="q1", speaker="c2"),)).deaths
    assert death.confidence < 0.4


def test_a_description_that_is_known_to_mean_somebody_is_his_kin() -> None:
    content = "John came in. John’s father nodded."
    at, end = content.index("John’s father"), content.index(" nodded")
    mentions = (
        Mention(0, 4, form="name", character="c3"),
        Mention(at, end, form="nominal", character="c2"),
        Mention(at, at + 4, form="name", character="c3"),
    )
    wording = lay_out(segment(Text.of(content)))
    scenes = (Scene(0, len(content), id="s1"),)
    encoding = encode(wording, default_pack())
    found = trace_state(wording, encoding, PEOPLE[:4], mentions, (), scenes).relations
    assert [(r.a, r.kind, r.b, r.from_scene) for r in found] == [("c2", "father", "c3", "s1")]
