"""A script holds every character of the text in exactly one line, whatever the story looks like."""

from __future__ import annotations

from itertools import pairwise
from typing import get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.exports.script import Line, to_script, to_script_jsonl, to_script_text, verify
from fabula.story import Character, Layers, Mode, Paragraph, ParagraphKind, Quote, Span, Story, Text


def told(*paragraphs: tuple[str, str], quotes: tuple[Quote, ...] = ()) -> Story:
    """A story of (kind, words) paragraphs, with Nell and Amos in it."""
    at, cut = 0, []
    for kind, words in paragraphs:
        cut.append(Paragraph(at, at + len(words), kind=kind, body=at + len(words.rstrip())))
        at += len(words)
    cast = (Character(id="c1", name="Nell"), Character(id="c2", name="Amos"))
    layers = Layers(paragraphs=tuple(cut), quotes=quotes, characters=cast)
    return Story(Text.of("".join(words for _, words in paragraphs)), layers)


def at(story: Story, words: str, **known: object) -> Quote:
    start = story.text.content.index(words)
    return Quote(start, start + len(words), id="q1", **known)


def with_quotes(story: Story, *quotes: Quote) -> Story:
    return msgspec.structs.replace(story, layers=msgspec.structs.replace(story.layers, quotes=quotes))


def shown(story: Story) -> list[tuple[str, str | None, str]]:
    return [(line.kind, line.name, story.words(line)) for line in to_script(story)]


def test_a_tag_parts_two_quotations_and_white_space_goes_to_the_line_before() -> None:
    story = told(("prose", '"Come," said Nell. "Now."\n\n'), ("prose", "He came.\n"))
    story = with_quotes(story, at(story, '"Come,"', speaker="c1"), at(story, '"Now."', speaker="c1"))
    assert shown(story) == [
        ("quote", "Nell", '"Come," '),
        ("narration", None, "said Nell. "),
        ("quote", "Nell", '"Now."\n\n'),
        ("narration", None, "He came.\n"),
    ]


def test_headings_breaks_and_what_is_not_story_are_lines_of_their_own() -> None:
    story = told(
        ("apart", "By A. Nobody\n\n"),
        ("heading", "I\n\n"),
        ("prose", "A.\n\n"),
        ("break", "* * *\n\n"),
        ("letter", "B."),
    )
    assert [line.kind for line in to_script(story)] == ["apart", "heading", "narration", "break", "narration"]
    assert [line.paragraph for line in to_script(story)] == [1, 2, 3, 4, 5]


def test_blank_paragraphs_belong_to_the_line_before_and_indents_to_the_line_behind() -> None:
    story = told(("blank", "\n\n"), ("prose", "A.\n"), ("blank", "\n \n"), ("prose", '    "B."\n'))
    story = with_quotes(story, at(story, '"B."', speaker="c2"))
    assert shown(story) == [("narration", None, "\n\nA.\n\n \n"), ("quote", "Amos", '    "B."\n')]


def test_a_quoted_term_stays_with_the_narrator() -> None:
    story = told(("prose", 'The "expert" sat down.'))
    story = with_quotes(story, at(story, '"expert"', mode="term"))
    assert shown(story) == [("narration", None, 'The "expert" sat down.')]


def test_a_quotation_inside_another_is_not_parted_from_it() -> None:
    story = told(("prose", "“She said ‘go’ to me.”"))
    story = with_quotes(story, at(story, "“She said ‘go’ to me.”", speaker="c1"), at(story, "‘go’", depth=1))
    assert [line.kind for line in to_script(story)] == ["quote"]


def test_a_quotation_over_two_paragraphs_is_a_line_in_each() -> None:
    story = told(("prose", "“One.\n\n"), ("prose", "Two.”\n"))
    story = with_quotes(story, at(story, "“One.\n\nTwo.”", speaker="c1"))
    assert shown(story) == [("quote", "Nell", "“One.\n\n"), ("quote", "Nell", "Two.”\n")]


def test_nobody_known_is_counted_and_is_no_fault() -> None:
    story = told(("prose", '"A." "B."'))
    story = with_quotes(story, at(story, '"A."', speaker="c1", confidence=0.9), at(story, '"B."'))
    checked = verify(story)
    assert (checked.quotes, checked.unknown, checked.share, checked.holds) == (2, 1, 0.5, True)


def test_a_lost_and_a_doubled_character_are_both_found() -> None:
    story = told(("prose", "abcdef"))
    lines = (Line(0, 3, number=1, kind="narration"), Line(2, 5, number=2, kind="narration"))
    checked = verify(story, lines=lines)
    assert (checked.missing, checked.repeated) == ((Span(5, 6),), (Span(2, 3),))
    assert (checked.covered, checked.holds) == (4, False)


def test_lines_out_of_order_do_not_verify() -> None:
    story = told(("prose", "abcdef"))
    lines = (Line(3, 6, number=1, kind="narration"), Line(0, 3, number=2, kind="narration"))
    assert verify(story, lines=lines).covered == 6
    assert not verify(story, lines=lines).holds


def test_a_text_that_is_not_the_source_does_not_verify() -> None:
    story = told(("prose", "abc"))
    assert verify(story, source="abc").holds
    assert not verify(story, source="abd").holds


def test_an_empty_text_has_no_lines_and_verifies() -> None:
    assert to_script(told()) == ()
    assert verify(told()).holds
    assert to_script_text(told()) == ""


def test_the_readable_script_names_the_speaker_and_how_it_is_meant() -> None:
    story = told(("prose", '"Come,"\nsaid Nell.\n\n'), ("prose", '"Why?"'))
    story = with_quotes(story, at(story, '"Come,"', speaker="c1"), at(story, '"Why?"', mode="thought"))
    assert to_script_text(story) == (
        'Nell              | "Come,"\nNarrator          | said Nell.\n\nUnknown (thought) | "Why?"\n'
    )


def test_the_lines_of_jsonl_joined_are_the_text() -> None:
    story = told(("prose", '"Come,"\u2028said Nëll 🙂.\r\n\r\n'), ("prose", '"Why?"'))
    rows = [msgspec.json.decode(row) for row in to_script_jsonl(story).split(b"\n") if row]
    assert "".join(row["text"] for row in rows) == story.text.content
    assert all(story.text.content[row["start"] : row["end"]] == row["text"] for row in rows)


WORDS = st.lists(st.sampled_from(["a", "B", " ", "\n", "\r\n", "\t", "“", "”", '"', "🙂", "\u00a0", "\u2028"])).map(
    "".join
)


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """Any text with any paragraphs and any quotations at all, in no order, overlapping, over the ends."""
    content = draw(st.lists(WORDS, max_size=12).map("".join))
    ends = sorted(draw(st.lists(st.integers(0, len(content)), max_size=6)))
    if draw(st.booleans()):
        ends = [0, *ends, len(content)]
    kinds = st.sampled_from(get_args(ParagraphKind))
    cut = tuple(Paragraph(start, end, kind=draw(kinds), body=end) for start, end in pairwise(ends) if end > start)
    places = st.integers(0, len(content) + 3)
    spans = [sorted(pair) for pair in draw(st.lists(st.tuples(places, places), max_size=8))]
    quotes = tuple(
        Quote(
            start,
            end,
            id=f"q{number}",
            depth=draw(st.integers(0, 1)),
            speaker=draw(st.sampled_from(["c1", "c9", None])),
            mode=draw(st.sampled_from(get_args(Mode))),
        )
        for number, (start, end) in enumerate(spans, 1)
    )
    return Story(Text.of(content), Layers(paragraphs=cut, quotes=quotes, characters=(Character(id="c1", name="Nell"),)))


@given(stories())
def test_lines_tile_any_text(story: Story) -> None:
    lines = to_script(story)
    assert "".join(story.words(line) for line in lines) == story.text.content
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    assert verify(story, source=story.text.content).holds


@given(stories())
def test_no_line_is_only_white_space_unless_the_text_is(story: Story) -> None:
    if story.text.content.strip():
        assert all(story.words(line).strip() for line in to_script(story))


@given(stories())
def test_a_script_is_the_same_twice_and_leaves_the_story_alone(story: Story) -> None:
    before = msgspec.json.encode(story)
    assert to_script_jsonl(story) == to_script_jsonl(story)
    assert msgspec.json.encode(story) == before


@pytest.mark.parametrize("end", ["\n", "\r\n", "\u2028", "\x0c"])
def test_every_kind_of_line_end_stays_in_its_line(end: str) -> None:
    story = told(("prose", f"A.{end}"), ("prose", "B."))
    assert [story.words(line) for line in to_script(story)] == [f"A.{end}", "B."]
