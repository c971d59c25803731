"""The order of scenes: as told, but for those whose own words set them earlier."""

from __future__ import annotations

import re

import msgspec
import pytest

from fabula.layers.order import Ordered, order_scenes
from fabula.layers.order.signs import Sign
from fabula.layers.order.solve import Line
from fabula.segment import segment
from fabula.segment.wording import lay_out
from fabula.story import Mention, Quote, Scene, Text
from fabula.story.records import Cue

_FIRST = "Anne rose.\n\n* * *\n\n"


def ordered(second: str) -> tuple[Scene, ...]:
    return order_of(second).scenes


def order_of(second: str) -> Ordered:
    content = _FIRST + second
    wording = lay_out(segment(Text.of(content)))
    scenes = (
        Scene(0, len(_FIRST), id="s1", confidence=0.9),
        Scene(len(_FIRST), len(content), id="s2", confidence=0.9),
    )
    return order_scenes(wording, scenes)


def test_scenes_are_ordered_as_told_in_one_thread() -> None:
    scenes = ordered("Phil sat.")
    assert [(scene.order, scene.thread) for scene in scenes] == [(1, 1), (2, 1)]
    assert {scene.confidence for scene in scenes} == {0.5}


@pytest.mark.parametrize(
    "opening",
    [
        "Ten minutes before, Phil had sat down.",
        "Seven years ago, Phil sat here.",
    ],
)
def test_a_scene_that_only_hints_at_the_past_is_less_sure_but_not_moved(opening: str) -> None:
    found = order_of(opening)
    scenes = found.scenes
    assert [scene.order for scene in scenes] == [1, 2]
    hints = [order for order in found.orders if not order.held]
    assert {(order.before, order.after) for order in hints} == {("s2", "s1")}, "what speaks for it is told all the same"
    assert all(order.evidence and order.confidence < 0.5 for order in hints)
    assert scenes[1].confidence < scenes[0].confidence
    assert scenes[1].evidence


@pytest.mark.parametrize(
    "opening",
    [
        "Ten years before, Phil was a boy.",
        "It was three weeks earlier.",
        "Phil was a boy in those days.",
        "Phil had come to Rome in the spring. He had seen the Tiber and slept.",
    ],
)
def test_a_scene_headed_by_how_long_ago_it_was_goes_before_what_was_told(opening: str) -> None:
    scenes = ordered(opening)
    assert [scene.order for scene in scenes] == [2, 1]
    assert scenes[1].confidence > 0.5
    assert scenes[1].evidence


def told(*parts: str) -> tuple[Scene, ...]:
    starts = [len("".join(parts[:at])) for at in range(len(parts) + 1)]
    return tuple(
        Scene(start, start + len(part), id=f"s{at}", confidence=0.9)
        for at, (start, part) in enumerate(zip(starts, parts, strict=False), start=1)
    )


def scenes_in(*parts: str) -> tuple[Scene, ...]:
    scenes = told(*parts)
    return order_scenes(lay_out(segment(Text.of("".join(parts)))), scenes).scenes


def test_a_scene_the_year_before_that_happened_before_the_one_told_last() -> None:
    scenes = scenes_in(
        "Anne rose.\n\n* * *\n\n",
        "A week earlier, Phil sat in the café.\n\n* * *\n\n",
        "The winter before that, Phil came for the last time.",
    )
    assert [scene.order for scene in scenes] == [3, 2, 1]


def test_what_is_done_by_a_stroke_of_the_clock_is_no_memory() -> None:
    scenes = ordered("At ten o’clock Phil had settled down for the night. Anne had finished the towels.")
    assert [scene.order for scene in scenes] == [1, 2]


def test_two_scenes_of_the_past_keep_their_order_and_the_story_goes_on() -> None:
    scenes = scenes_in(
        "Anne rose.\n\n", "Ten years before, Phil sat.\n\n", "A week earlier he ran.\n\n", "Anne left.\n\n"
    )
    assert [scene.order for scene in scenes] == [3, 1, 2, 4]


def test_dated_scenes_go_by_their_dates() -> None:
    scenes = scenes_in(
        "Rome, 20 September 1947\n\nDear Anne,\n\n", "Rome, 2 March 1947\n\nDear Phil,\n\n", "June 10, 1947. Rain.\n\n"
    )
    assert [scene.order for scene in scenes] == [3, 1, 2]


def test_months_and_years_at_the_heads_of_scenes_order_them() -> None:
    scenes = scenes_in(
        "June 1931\n\nTom sat.\n\n",
        "October 1958\n\nRuth rose.\n\n",
        "August 1931\n\nTom ran.\n\n",
        "In the winter of 1940 snow fell.\n\n",
    )
    assert [scene.order for scene in scenes] == [1, 4, 2, 3]


def test_a_year_by_itself_may_be_any_part_of_it() -> None:
    scenes = scenes_in("August 1931\n\nTom sat.\n\n", "1931\n\nRuth rose.\n\n", "1902\n\nTom ran.\n\n")
    assert [scene.order for scene in scenes] == [2, 3, 1]


def test_what_is_told_in_the_past_inside_the_present_happened_before_it() -> None:
    now = "Anne sits at the window and says nothing. It is late. She gets up, takes the lamp and goes to the door.\n\n"
    then = "The ship was at the quay. A boy came down, sat on his box and ate a pear; nobody saw him or knew him.\n\n"
    assert [scene.order for scene in scenes_in(now, then, now)] == [2, 1, 3]
    assert [scene.order for scene in scenes_in(then, now)] == [1, 2]


@pytest.mark.parametrize(
    "opening",
    [
        "The first time she saw Phil he wore a wig.",
        "It had begun with a letter.",
        "Three days before the funeral Phil had sat by his bed.",
    ],
)
def test_how_something_began_happened_before_it(opening: str) -> None:
    assert [scene.order for scene in ordered(opening)] == [2, 1]


def test_what_is_told_behind_a_memory_belongs_to_it_until_the_story_goes_on() -> None:
    river = "Anton lay among the sacks while the ferry turned in the current and Lida watched the rifle on the bank. "
    scenes = scenes_in(
        f"{river}\n\n",
        "It had begun with a deed. Anton had read it aloud in the office, and the captain had told him to burn it.\n\n",
        "The hut had a turf roof. An old man was mending a net and did not look up from it.\n\n",
        f"“Push!” The rifle went off again. {river}\n\n",
    )
    assert [scene.order for scene in scenes] == [3, 1, 2, 4]


def test_a_date_further_on_moves_nothing() -> None:
    late = "Anne sat down in the garden behind the house and read what he had written on 2 March 1921.\n\n"
    assert [scene.order for scene in scenes_in("20 September 1947. Rain.\n\n", late)] == [1, 2]


def test_what_somebody_says_of_the_past_moves_nothing() -> None:
    assert ordered("“Ten years before, I was a boy,” said Phil.")[1].confidence == 0.5


def test_a_single_scene_keeps_its_confidence() -> None:
    wording = lay_out(segment(Text.of("Anne rose.")))
    (scene,) = order_scenes(wording, (Scene(0, 10, id="s1", confidence=0.9),)).scenes
    assert (scene.order, scene.confidence) == (1, 0.9)


def test_the_given_scenes_are_not_changed() -> None:
    scene = Scene(0, 10, id="s1", confidence=0.9)
    order_scenes(lay_out(segment(Text.of("Anne rose."))), (scene,))
    assert scene == Scene(0, 10, id="s1", confidence=0.9)


@pytest.mark.parametrize(
    "opening",
    [
        "By eleven Phil had reached the tunnel. He had slept.",
        "It was smaller than Phil had expected. He lit the lamp that Anne had bought.",
        "“Ten years before, I was a boy,” said Phil.",
        "Twenty-six years later Phil sat there again. Anne had died.",
        "It began to rain.",
        "The first man had seven children.",
        "Phil had often men in.",
    ],
)
def test_what_goes_on_or_stands_in_a_clause_or_only_begins_moves_nothing(opening: str) -> None:
    assert [scene.order for scene in ordered(opening)] == [1, 2]


def test_ages_of_one_person_order_the_scenes() -> None:
    parts = ("Anne was forty-three, and grey.\n\n", "Anne was sixteen. She ran.\n\n", "Anne was thirty, and sat.\n\n")
    text = Text.of("".join(parts))
    names = [text.content.index("Anne", sum(map(len, parts[:at]))) for at in range(3)]
    mentions = [Mention(start, start + 4, form="name", character="c1") for start in names]
    scenes = told(*parts)
    found = order_scenes(lay_out(segment(text)), scenes, mentions)
    assert [scene.order for scene in found.scenes] == [3, 1, 2]
    assert {order.kind for order in found.orders if order.before == "s2"} >= {"age"}
    assert all(order.evidence for order in found.orders if order.kind == "age")


TALK = (
    "“I shall not give it back,” said Phil. Ianto watched the harbour, the cranes, the ferry.\n\n",
    "“Wait!” Ianto ran across the street. James had to die. James carried pizza and a film.\n\n",
    "“Does he hate you?” Phil continued. The ferry left the harbour. “We killed James!” Ianto said. The cranes.\n\n",
    "Ianto woke next to James. There was pizza. The film was over.\n\n",
)


def test_what_one_strand_plans_and_the_other_speaks_of_as_done_happened_before_it() -> None:
    text = Text.of("".join(TALK))
    who = {"Phil": "c1", "Ianto": "c2", "James": "c3"}
    mentions = sorted(
        Mention(found.start(), found.end(), form="name", character=id_)
        for name, id_ in who.items()
        for found in re.finditer(name, text.content)
    )
    present = [("c1", "c2"), ("c2", "c3"), ("c1", "c2"), ("c2", "c3")]
    scenes = tuple(msgspec.structs.replace(s, present=p) for s, p in zip(told(*TALK), present, strict=True))
    found = order_scenes(lay_out(segment(text)), scenes, mentions)
    assert [scene.thread for scene in found.scenes] == [1, 2, 1, 2]
    assert [scene.order for scene in found.scenes] == [3, 1, 4, 2]
    (edge,) = [order for order in found.orders if (order.before, order.after) == ("s2", "s1")]
    assert edge.kind == "plan"
    assert {"die", "killed"} <= {text[span] for span in edge.evidence}


def test_a_story_that_goes_back_and_back_goes_on_so() -> None:
    parts = [
        "Anne rose.\n\n",
        "Three days before the funeral Phil had sat by the bed.\n\n",
        "The week before that, they had come for the piano.\n\n",
        "All through that autumn he was gay.\n\n",
    ]
    assert [scene.order for scene in scenes_in(*parts)] == [4, 3, 2, 1]
    assert [scene.order for scene in scenes_in(parts[0], parts[1], parts[3])] == [2, 1, 3]


def test_the_dead_speak_before_they_are_dead() -> None:
    parts = (
        "They buried Annie in the rain.\n\n",
        "Phil rang the bell. There was a shop behind it, and weights.\n\n",
        "“A pound of sugar,” said Annie. Phil set down the weights.\n\n",
        "Tom sat in the church.\n\n",
    )
    text = Text.of("".join(parts))
    who = {"Annie": "c1", "Phil": "c2", "Tom": "c3"}
    mentions = sorted(
        Mention(found.start(), found.end(), form="name", character=id_)
        for name, id_ in who.items()
        for found in re.finditer(name, text.content)
    )
    present = [("c1",), ("c2",), ("c1", "c2"), ("c3",)]
    scenes = tuple(msgspec.structs.replace(s, present=p) for s, p in zip(told(*parts), present, strict=True))
    start = text.content.index("“")

    def orders(cue: Cue, confidence: float) -> list[int | None]:
        quote = Quote(start, text.content.index("”") + 1, id="q1", speaker="c1", cue=cue, confidence=confidence)
        found = order_scenes(lay_out(segment(text)), scenes, mentions, [quote])
        return [scene.order for scene in found.scenes]

    assert orders("tag", 0.99) == [3, 1, 2, 4]
    assert orders("turn", 0.7) == [1, 2, 3, 4]


def test_what_contradicts_itself_is_reported_with_both_places() -> None:
    parts = ("2 March 1921\n\nAnne sat.\n\n", "5 March 1921\n\nTen years before, Anne was a child.\n\n")
    found = order_scenes(lay_out(segment(Text.of("".join(parts)))), told(*parts), settled=[(1, 0)])
    assert [scene.order for scene in found.scenes] == [2, 1]
    (note,) = found.notes
    assert "s1" in note
    assert "s2" in note


def test_a_circle_of_signs_is_cut_at_the_weakest_and_never_fails() -> None:
    line = Line(3)
    signs = [Sign(before=a, after=b, kind="time", weight=w) for a, b, w in ((0, 1, 3.0), (1, 2, 2.0), (2, 0, 1.0))]
    line.add(signs)
    assert line.places() == [0, 1, 2]
    assert line.refused == [signs[2]]


def test_what_happens_meanwhile_shares_a_place() -> None:
    found = ordered("At the same time Phil sat in Rome.")
    assert [scene.order for scene in found] == [1, 1]


def test_scenes_said_to_be_of_one_thread_are() -> None:
    scenes = told("Anne rose.\n\n", "Phil sat.\n\n")
    found = order_scenes(lay_out(segment(Text.of("Anne rose.\n\nPhil sat.\n\n"))), scenes, together=[(0, 1)])
    assert [scene.thread for scene in found.scenes] == [1, 1]


def test_two_thousand_scenes_are_ordered_at_once() -> None:
    line = Line(2_000)
    line.add(Sign(before=at, after=at + 1, kind="told", weight=0.0) for at in range(1_999))
    assert line.places() == list(range(2_000))


@pytest.mark.parametrize(
    "opening",
    ["When she was ten her brother could swim.", "At fifteen she went away.", "Anne was nine, and could not swim."],
)
def test_a_strand_in_which_somebody_is_a_child_happened_before_the_one_it_interrupts(opening: str) -> None:
    parts = (
        "Anne rose and took the key of the tower from the nail in the kitchen of the mill.\n\n* * *\n\n",
        f"{opening} The lagoon was warm and the boats lay under the house.\n\n* * *\n\n",
        "Anne put the key of the tower into the lock, and the nail fell down in the kitchen of the mill.",
    )
    scenes = tuple(
        msgspec.structs.replace(scene, present=("c1",) if at != 1 else ("c1", "c2"))
        for at, scene in enumerate(told(*parts))
    )
    ordered = order_scenes(lay_out(segment(Text.of("".join(parts)))), scenes).scenes
    assert [scene.order for scene in ordered] == [2, 1, 3]


@pytest.mark.parametrize(("again", "order"), [("had put", [2, 1, 3]), ("put", [1, 2, 3])])
def test_a_scene_taken_up_with_what_has_been_done_there_meanwhile_was_left_for_an_earlier_one(
    again: str, order: list[int]
) -> None:
    parts = (
        "Anne rose and took the key of the tower from the nail in the kitchen of the mill.\n\n* * *\n\n",
        "It was the summer of the comet. The lagoon was warm and the boats lay under the house.\n\n* * *\n\n",
        f"Anne {again} the key of the tower into the lock, and the nail fell down in the kitchen of the mill.",
    )
    present = [("c1", "c3"), ("c1",), ("c3",)]
    scenes = tuple(msgspec.structs.replace(s, present=p) for s, p in zip(told(*parts), present, strict=True))
    found = order_scenes(lay_out(segment(Text.of("".join(parts)))), scenes).scenes
    assert [scene.order for scene in found] == order


def test_what_is_said_of_the_scene_before_moves_not_the_next() -> None:
    assert [scene.order for scene in ordered("That was three years before, as they counted. Phil sat down.")] == [1, 2]


@pytest.mark.parametrize(
    ("opening", "dated"),
    [
        ("It was the fourth of March. Phil sat down.", True),
        ("They will say that I was here. One paper can show where Anne was at eleven on the fourth of March.", False),
    ],
)
def test_a_date_in_prose_dates_the_scene_only_at_its_opening(opening: str, dated: bool) -> None:
    content = "9th May.—Anne rose early and went to the bank.\n\n* * *\n\n" + opening
    start = content.index(opening)
    scenes = (Scene(0, start, id="s1", confidence=0.9), Scene(start, len(content), id="s2", confidence=0.9))
    found = order_scenes(lay_out(segment(Text.of(content))), scenes)
    assert any(order.kind == "date" for order in found.orders) is dated
