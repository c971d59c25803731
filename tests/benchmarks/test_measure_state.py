"""M10: deaths, presence, possessions, knowledge."""

from __future__ import annotations

import msgspec
from by_hand import people
from gold_by_hand import at, known_scenes, known_story, person, reading

from benchmarks.corpora.gold import GoldCustody, GoldDeath, GoldFact, GoldKnowledge, GoldObject, GoldStory
from benchmarks.metrics.hits import Hits
from benchmarks.metrics.shares import Share
from benchmarks.metrics.state import measure_state
from fabula.story import Death, Entity, Fact, Knowledge, Possession

CAST = people(c1="Anna", c2="Phil", c3="Nobody")
ANNA, PHIL = person("anna", "Anna"), person("phil", "Phil", "Mr. Doyle")


def hits(right: int, said: int, known: int) -> Hits:
    return Hits.counted(right, said=said, known=known)


def death(who: str, scene: str | None, told_in: str) -> Death:
    return Death(who=who, scene=scene, told_in=told_in)


def test_deaths_by_who_where_and_whether_shown() -> None:
    known = (GoldDeath(who="anna", at=at(1), shown=True), GoldDeath(who="phil", at=at(3), shown=True))
    gold = known_story("abcd", ANNA, PHIL, deaths=known)
    deaths = (death("c1", "s1", "s1"), death("c2", None, "s1"), death("c3", None, "s1"))
    result = measure_state(reading("ab|cd", cast=CAST, layers={"deaths": deaths}), gold).deaths
    assert result is not None
    assert result.dead == hits(2, said=3, known=2)
    assert result.placed == Share(1, 2)
    assert result.shown == Share(1, 2)


def test_one_dies_once() -> None:
    twice = tuple(GoldDeath(who="anna", at=at(place), shown=place == 3) for place in (1, 3))
    deaths = (death("c1", "s2", "s2"), death("c1", None, "s1"))
    result = measure_state(
        reading("ab|cd", cast=CAST, layers={"deaths": deaths}), known_story("abcd", ANNA, deaths=twice)
    )
    assert result.deaths is not None
    assert (result.deaths.dead, result.deaths.placed, result.deaths.shown) == (hits(1, 1, 1), Share(1, 1), Share(1, 1))


def test_presence_is_counted_scene_by_scene() -> None:
    scenes = known_scenes("ab|cd", present=[("anna", "phil"), ("anna",)], heard=[(), ("phil",)])
    guess = reading("ab|cd", cast=CAST, present=[("c1",), ("c1", "c2", "c3")])
    assert measure_state(guess, known_story("abcd", ANNA, PHIL, scenes=scenes)).presence == hits(2, said=4, known=3)


def test_two_for_one_are_present_once() -> None:
    scenes = known_scenes("ab", present=[("phil",)])
    guess = reading("ab", cast=people(c1="Phil", c2="Mr Doyle"), present=[("c1", "c2")])
    assert measure_state(guess, known_story("ab", PHIL, scenes=scenes)).presence == hits(1, said=1, known=1)


def custody(object_: str, holder: str | None, start: int, until: int | None = None) -> GoldCustody:
    return GoldCustody(object=object_, holder=holder, start=at(start), until=None if until is None else at(until))


def has(object_: str, holder: str | None, start: str, until: str | None = None) -> Possession:
    return Possession(object=object_, holder=holder, from_scene=start, until_scene=until)


RINGED = known_story(
    "abcdef",
    ANNA,
    PHIL,
    objects=(GoldObject(id="ring", names=("the ring",)), GoldObject(id="key", names=("the brass key", "her key"))),
    custody=(custody("ring", "anna", 0, 2), custody("ring", "phil", 2), custody("key", None, 4)),
)


def test_possessions_by_object_holder_and_scenes() -> None:
    held = (
        has("Ring", "c1", "s1", "s2"),
        has("ring", "c2", "s2", "s3"),
        has("a hat", "c1", "s1"),
        has("e1", None, "s3"),
    )
    key = Entity(id="e1", name="the key", aliases=("key",))
    guess = reading("ab|cd|ef", cast=CAST, layers={"possessions": held, "entities": (key,)})
    result = measure_state(guess, RINGED).possessions
    assert result is not None
    assert result.whole == hits(2, said=3, known=3)
    assert result.begun == hits(3, said=3, known=3)
    assert result.by_scene == hits(5, said=5, known=5)


def test_possession_scene_by_scene_forgives_a_wrong_end() -> None:
    guess = reading("ab|cd|ef", cast=CAST, layers={"possessions": (has("ring", "c1", "s1"),)})
    result = measure_state(guess, RINGED).possessions
    assert result is not None
    assert result.whole == hits(0, said=1, known=3)
    assert result.by_scene == hits(2, said=3, known=5)


def test_a_wrong_holder_or_scene_is_no_possession() -> None:
    held = (has("ring", "c2", "s1"), has("ring", "c3", "s1"), has("ring", None, "s1"), has("ring", "c1", "s2"))
    result = measure_state(reading("ab|cd|ef", cast=CAST, layers={"possessions": held}), RINGED).possessions
    assert result is not None
    assert result.begun == hits(0, said=4, known=3)


def knowing(*rows: tuple[str, str, int]) -> GoldStory:
    facts = (GoldFact(id="plan", text="James means to sell the ring"), GoldFact(id="age", text="Anna is forty"))
    known = tuple(GoldKnowledge(who=who, fact=fact, since=at(since), how="told") for who, fact, since in rows)
    return known_story("abcd", ANNA, PHIL, facts=facts, knowledge=known)


def test_knowledge_by_who_what_and_since_when() -> None:
    facts = (Fact(id="f1", text="James means to sell a ring"), Fact(id="f2", text="It rains"))
    rows = (("c1", "f1", "s1"), ("c2", "f1", "s1"), ("c3", "f1", "s1"), ("c1", "f2", "s1"))
    said = tuple(Knowledge(who=who, fact=fact, since_scene=since, how="told") for who, fact, since in rows)
    guess = reading("ab|cd", cast=CAST, layers={"facts": facts, "knowledge": said})
    result = measure_state(guess, knowing(("anna", "plan", 0), ("phil", "plan", 2), ("anna", "age", 0))).knowledge
    assert result is not None
    assert result.since == hits(1, said=3, known=3)
    assert result.known == hits(2, said=3, known=3)


def test_a_layer_that_was_not_read_is_not_measured() -> None:
    assert measure_state(reading("abcd", cast=CAST), knowing(("anna", "plan", 0))).knowledge is None
    assert measure_state(reading("abcdef", cast=CAST), RINGED).possessions is None
    assert measure_state(reading("abcd", cast=CAST), known_story("abcd", ANNA)).deaths is None


def test_nothing_is_measured_of_what_a_case_does_not_speak_of() -> None:
    case = msgspec.structs.replace(RINGED, tables=frozenset({"people", "lines"}))
    guess = reading("ab|cd|ef", cast=CAST, layers={"possessions": (), "deaths": (death("c1", "s1", "s1"),)})
    result = measure_state(guess, case)
    assert (result.deaths, result.presence, result.possessions, result.knowledge) == (None, None, None, None)
