"""The cast sheet, the lists and the summary say what the story's records say, and nothing that was not read."""

from __future__ import annotations

import csv
import io

import msgspec
import pytest

from fabula.errors import NotInStory, NotRead
from fabula.exports.cast import CastRow, to_cast
from fabula.exports.quotes import QuoteRow, to_quotes
from fabula.exports.scenes import SceneRow, to_scenes
from fabula.exports.summary import to_summary
from fabula.exports.table import to_csv, to_json_rows
from fabula.story import (
    Apart,
    Chapter,
    Character,
    Entity,
    Finding,
    Layers,
    Mention,
    Paragraph,
    Quote,
    Scene,
    Source,
    Span,
    Story,
    Text,
)

CONTENT = 'One\n\n"Come here now," said Nell.\n\n"No," said Amos of Ryde.\nIt rained, "of course".\n'


def place(words: str) -> tuple[int, int]:
    start = CONTENT.index(words)
    return start, start + len(words)


@pytest.fixture
def story() -> Story:
    nell = Character(id="c1", name="Nell", pronouns="she/her", evidence=(Span(*place("Nell")),))
    amos = Character(id="c2", name="Amos", aliases=("Mr Amos", "old Amos"), confidence=0.3)
    return Story(
        Text(CONTENT, Source(name="one.txt", author="A. Nobody"), apart=(Apart(*place("One"), kind="title"),)),
        Layers(
            chapters=(Chapter(0, len(CONTENT), id="ch1", title="One"),),
            paragraphs=(
                Paragraph(0, 5, kind="heading", body=3),
                Paragraph(5, len(CONTENT), body=len(CONTENT) - 1),
            ),
            scenes=(Scene(0, len(CONTENT), id="s1", place="Ryde", present=("c1", "c2")),),
            characters=(amos, nell),
            entities=(Entity(id="e1", name="Ryde"),),
            mentions=(
                Mention(*place("Nell"), form="name", character="c1"),
                Mention(*place("Amos"), form="name", character="c2"),
                Mention(*place("Ryde"), form="name", type="GPE", entity="e1"),
            ),
            quotes=(
                Quote(*place('"Come here now,"'), id="q1", speaker="c1", addressees=("c2",), confidence=0.9),
                Quote(*place('"No,"'), id="q2"),
                Quote(*place('"of course"'), id="q3", mode="term"),
            ),
            findings=(Finding(kind="rain", severity="hint", message="It rains.", evidence=(Span(*place("rained")),)),),
        ),
    )


def test_the_cast_counts_what_each_says_and_leaves_terms_out(story: Story) -> None:
    nell, amos = to_cast(story)
    assert (nell.name, nell.quotes, nell.words, nell.share, nell.mentions) == ("Nell", 1, 3, 0.75, 1)
    assert (nell.first_line, nell.first_quote) == (3, '"Come here now,"')
    assert (amos.quotes, amos.words, amos.first_line, amos.first_quote) == (0, 0, 5, None)


def test_quotes_have_names_and_the_line_they_stand_in(story: Story) -> None:
    rows = to_quotes(story)
    assert [(row.line, row.speaker, row.addressees) for row in rows] == [
        (3, "Nell", ("Amos",)),
        (5, None, ()),
        (6, None, ()),
    ]
    assert all(CONTENT[row.start : row.end] == row.text for row in rows)


def test_quotes_by_an_alias_are_that_characters(story: Story) -> None:
    assert [row.id for row in to_quotes(story, by="nell")] == ["q1"]
    assert to_quotes(story, by="OLD AMOS") == ()


def test_an_unknown_name_gets_the_nearest(story: Story) -> None:
    with pytest.raises(NotInStory, match="Nell"):
        to_quotes(story, by="Nel")


def test_a_scene_begins_with_its_own_prose_not_with_the_heading(story: Story) -> None:
    (scene,) = to_scenes(story)
    assert scene.opening == '"Come here now," said Nell. "No," said Amos of…'
    assert (scene.chapter, scene.place, scene.present, scene.order) == ("One", "Ryde", ("Nell", "Amos"), None)


def test_the_summary_counts_only_the_story(story: Story) -> None:
    summary = to_summary(story)
    assert (summary.title, summary.author, summary.words, summary.quotes, summary.attributed) == (
        "One",
        "A. Nobody",
        14,
        2,
        1,
    )
    assert summary.places is not None
    assert (summary.places[0].name, summary.places[0].mentions) == ("Ryde", 1)


def test_the_summary_says_what_it_does_not_know(story: Story) -> None:
    doubts = {doubt.what: doubt for doubt in to_summary(story).doubts}
    assert doubts["Quotations whose speaker the text does not let one know"].places == ((5, '"No,"'),)
    assert doubts["Names that may not be characters"].count == 1
    assert doubts["Scenes whose place in story time is not known"].count == 1


def test_unread_is_not_empty() -> None:
    bare = Story(Text.of("A."))
    summary = to_summary(bare)
    assert (summary.chapters, summary.scenes, summary.quotes, summary.findings) == (None, None, None, None)
    for question in (to_cast, to_quotes, to_scenes):
        with pytest.raises(NotRead):
            question(bare)


def test_csv_reads_back_with_commas_quotes_and_line_ends(story: Story) -> None:
    data = to_csv(to_quotes(story), QuoteRow).decode()
    rows = list(csv.DictReader(io.StringIO(data, newline="")))
    assert [row["text"] for row in rows] == [row.text for row in to_quotes(story)]
    assert rows[1]["speaker"] == ""


def test_a_list_without_rows_still_has_its_heading() -> None:
    assert to_csv((), SceneRow).startswith(b"id,start,end,")
    assert to_json_rows(()) == b"[]\n"


def test_json_rows_hold_every_field(story: Story) -> None:
    rows = msgspec.json.decode(to_json_rows(to_cast(story)))
    assert set(rows[0]) == set(CastRow.__struct_fields__)
    assert rows[1]["aliases"] == ["Mr Amos", "old Amos"]
