"""A place in a text, a text, and the cuts between them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.story import Apart, Mark, Mention, Quote, Run, Span, Text, tile

spans = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda ends: Span(*sorted(ends)))


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (4, 3), (-2, -1)])
def test_a_place_that_cannot_be_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=rf"not a place in a text: \[{start}, {end}\)"):
        Span(start, end)


@pytest.mark.parametrize("record", [Mention, Quote, Apart, Run])
def test_a_record_refuses_it_too(record: type[Span]) -> None:
    known = {Mention: {"form": "name"}, Quote: {"id": "q1"}, Apart: {"kind": "front"}, Run: {}}[record]
    with pytest.raises(ValueError, match="not a place"):
        record(4, 3, **known)


def test_a_place_without_width_is_a_place() -> None:
    assert Span(3, 3)
    assert len(Span(3, 3)) == 0


def test_a_place_is_measured_in_characters() -> None:
    text = Text.of("“Ça va 😀,” said Zoë.")
    assert len(Span(0, 11)) == 11
    assert text[Span(0, 11)] == "“Ça va 😀,” "


@pytest.mark.parametrize(
    ("one", "other", "covers", "overlaps", "shared"),
    [
        (Span(2, 6), Span(3, 5), True, True, 2),
        (Span(2, 6), Span(2, 6), True, True, 4),
        (Span(2, 6), Span(4, 9), False, True, 2),
        (Span(2, 6), Span(6, 9), False, False, 0),
        (Span(2, 6), Span(7, 9), False, False, 0),
        (Span(2, 6), Span(4, 4), True, True, 0),
    ],
)
def test_two_places_are_compared(one: Span, other: Span, covers: bool, overlaps: bool, shared: int) -> None:
    assert (one.covers(other), one.overlap(other)) == (covers, shared)
    if other.start < other.end:
        assert one.overlaps(other) == overlaps


@given(spans, spans)
def test_comparing_places_agrees_with_counting_characters(one: Span, other: Span) -> None:
    mine, theirs = set(range(one.start, one.end)), set(range(other.start, other.end))
    assert one.overlap(other) == other.overlap(one) == len(mine & theirs)
    if mine and theirs:
        assert one.overlaps(other) == other.overlaps(one) == bool(mine & theirs)
        assert one.covers(other) == (theirs <= mine)


@given(st.lists(spans, max_size=8))
def test_places_are_ordered_as_in_the_text(places: list[Span]) -> None:
    assert [(p.start, p.end) for p in sorted(places)] == sorted((p.start, p.end) for p in places)


def test_a_record_gives_its_bare_place() -> None:
    mention = Mention(2, 5, form="name")
    assert mention.span == Span(2, 5)
    assert type(mention.span) is Span


def test_places_do_not_change() -> None:
    with pytest.raises(AttributeError):
        Span(1, 2).start = 3


def test_a_text_gives_its_words_and_its_lines() -> None:
    text = Text.of("One.\nTwo.\n\nThree.", name="a.txt")
    assert (len(text), str(text), text.source.name) == (17, "One.\nTwo.\n\nThree.", "a.txt")
    assert text[Span(5, 9)] == "Two."
    assert [text.line(text.content.index(word)) for word in ("One", "Two", "Three")] == [1, 2, 4]


def test_the_way_back_to_the_source_leads_to_the_run_that_holds_the_place() -> None:
    runs = (Run(0, 4, part="1.xml"), Run(6, 9, part="1.xml", paragraph=1), Run(9, 12, part="2.xml", run=3, offset=5))
    text = Text("One.  Two.  ", runs=runs)
    assert [text.origin(place) for place in (0, 3, 6, 9, 11)] == [runs[0], runs[0], runs[1], runs[2], runs[2]]
    assert [text.origin(place) for place in (4, 5, 12)] == [None, None, None]


def test_plain_text_needs_no_way_back() -> None:
    assert Text.of("One.").origin(0) is None


def test_what_the_format_said_is_kept() -> None:
    text = Text.of("I\n\nOne.", marks=[Mark(0, 1, kind="heading", level=1)], apart=[Apart(0, 1, kind="front")])
    assert text.marks == (Mark(0, 1, kind="heading", level=1),)
    assert text.apart == (Apart(0, 1, kind="front"),)


@st.composite
def cuts(draw: st.DrawFn) -> tuple[list[Span], Span]:
    """Places in order without overlaps, inside a stretch."""
    ends = sorted(draw(st.lists(st.integers(0, 40), max_size=12)))
    given_ = [Span(a, b) for a, b in zip(ends[::2], ends[1::2], strict=False)]
    start = draw(st.integers(0, ends[0] if ends else 5))
    return given_, Span(start, draw(st.integers(max([start, *ends]), 50)))


@given(cuts())
def test_tiles_join_to_the_whole(case: tuple[list[Span], Span]) -> None:
    places, whole = case
    tiles = list(tile(places, whole))
    assert [at for piece, _ in tiles for at in range(piece.start, piece.end)] == list(range(whole.start, whole.end))
    assert [piece for piece, was_given in tiles if was_given] == [place for place in places if len(place)]
    assert all(len(piece) for piece, _ in tiles)
