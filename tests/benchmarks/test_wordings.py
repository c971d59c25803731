"""Our wordings: what is marked in them is where it says, and a reading is held to what is said and what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.corpora.wordings import Wording, WordingError, load_wordings, wording_paths
from benchmarks.metrics.wordings import JUDGES
from benchmarks.wordings_running import summed_up
from fabula.story import Character, Death, Layers, Mention, Object, Possession, Relation, Span, Story

WRITTEN = """# gives A o B
{A:Ann} gave {B:her brother} {o:the key}.
He took it.

# none
{A:Ned} saw {o:the key}.
"""


@pytest.fixture
def wordings(tmp_path: Path) -> list[Wording]:
    file = tmp_path / "hands.txt"
    file.write_text(WRITTEN, "utf-8")
    return load_wordings(file)


def read_as(wording: Wording, **layers: tuple[object, ...]) -> Story:
    """A reading in which each label is somebody or something of its own."""
    spans = {label: places[0] for label, places in wording.marks.items()}
    people = [label for label in spans if label.isupper()]
    things = [label for label in spans if label.islower()]
    known = {
        "characters": tuple(Character(id=label, name=wording.text[spans[label]]) for label in people),
        "mentions": tuple(
            Mention(start=spans[label].start, end=spans[label].end, type="PER", form="name", character=label)
            for label in people
        ),
        "objects": tuple(Object(id=one, name=wording.text[spans[one]], evidence=(spans[one],)) for one in things),
        "possessions": (),
        "deaths": (),
        "relations": (),
    }
    return Story(wording.text, Layers(**{**known, **layers}))  # type: ignore[arg-type]


def held(holder: str | None) -> tuple[Possession, ...]:
    return (Possession(object="o", holder=holder, from_scene="s1"),)


def test_marks_are_taken_out_and_stand_where_they_say(wordings: list[Wording]) -> None:
    first, second = wordings
    assert first.text.content == "Ann gave her brother the key.\n\nHe took it."
    assert {label: first.text[spans[0]] for label, spans in first.marks.items()} == {
        "A": "Ann",
        "B": "her brother",
        "o": "the key",
    }
    assert [(claim.kind, claim.labels) for claim in (*first.claims, *second.claims)] == [
        ("gives", ("A", "o", "B")),
        ("none", ()),
    ]
    assert (first.line, second.line) == (1, 5)


@pytest.mark.parametrize("fault", ["# dead B\n{A:Ann} died.", "# dead A\n{A:Ann died.", "{A:Ann} died."])
def test_a_wording_with_a_fault_is_named_with_its_line(tmp_path: Path, fault: str) -> None:
    file = tmp_path / "deaths.txt"
    file.write_text(f"# alive A\n{{A:Ann}} lives.\n\n{fault}\n", "utf-8")
    with pytest.raises(WordingError, match=r"deaths\.txt, line 4"):
        load_wordings(file)


def test_who_has_it_in_the_end_is_found_and_who_had_it_is_true_too(wordings: list[Wording]) -> None:
    judged = JUDGES["hands"](wordings[0], read_as(wordings[0], possessions=(*held("A"), *held("B"))))
    assert (judged.hits.found.right, judged.hits.true.right, judged.hits.true.total) == (1, 2, 2)
    judged = JUDGES["hands"](wordings[0], read_as(wordings[0], possessions=held("A")))
    assert (judged.hits.found.right, judged.missed) == (0, ("o: B",))


def test_a_trap_is_passed_by_saying_nothing(wordings: list[Wording]) -> None:
    assert JUDGES["hands"](wordings[1], read_as(wordings[1])).unfooled.value == 1
    fooled = JUDGES["hands"](wordings[1], read_as(wordings[1], possessions=held("A")))
    assert (fooled.unfooled.value, fooled.hits.true.value) == (0, 0)


def test_deaths_and_ties_are_held_to_those_who_are_marked(tmp_path: Path) -> None:
    (tmp_path / "deaths.txt").write_text("# dead A\n{A:Ann} died, and {B:Bea} wept.", "utf-8")
    (tmp_path / "ties.txt").write_text("# A child B\n{A:Ann} was the daughter of {B:Bea}.", "utf-8")
    (dead,), (tied,) = load_wordings(tmp_path / "deaths.txt"), load_wordings(tmp_path / "ties.txt")
    both = tuple(Death(who=who, scene="s1", told_in="s1", evidence=(Span(0, 3),)) for who in "AB")
    assert JUDGES["deaths"](dead, read_as(dead, deaths=both[:1])).hits.f1 == 1
    assert JUDGES["deaths"](dead, read_as(dead, deaths=both)).false == ("B",)
    turned = (Relation(a="B", b="A", kind="mother"),)
    assert JUDGES["ties"](tied, read_as(tied, relations=turned)).hits.f1 == 1
    assert JUDGES["ties"](tied, read_as(tied, relations=(Relation(a="A", b="B", kind="mother"),))).hits.f1 == 0


@pytest.mark.parametrize("path", [*wording_paths().values()], ids=lambda p: p.stem)
def test_our_wordings_are_written_as_they_should_be(path: Path) -> None:
    assert load_wordings(path)
    assert path.stem.removesuffix("-aside").removesuffix("-plain") in JUDGES


def test_a_file_is_summed_up_by_the_mean_of_what_is_found_and_what_is_true(wordings: list[Wording]) -> None:
    judged = [
        JUDGES["hands"](wordings[0], read_as(wordings[0], possessions=held("A"))),
        JUDGES["hands"](wordings[1], read_as(wordings[1])),
    ]
    assert summed_up("hands", wordings, judged, aside=False).f1 == 0
    judged[0] = JUDGES["hands"](wordings[0], read_as(wordings[0], possessions=(*held("B"), *held(None))))
    assert summed_up("hands", wordings, judged, aside=False).f1 == pytest.approx(2 / 3)
