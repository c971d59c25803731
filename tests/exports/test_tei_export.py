"""TEI: valid by the whole of TEI P5, every character of the text in its body, and who says what to whom."""

from __future__ import annotations

import lzma
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from lxml import etree
from tale import CONTENT, laws, stories, tale, without

from fabula.errors import NotRead
from fabula.exports.tei import to_tei
from fabula.forms.xml import ID, allowed
from fabula.story import Layers, Paragraph, Story, Text

TEI = "{http://www.tei-c.org/ns/1.0}"


@cache
def schema() -> etree.RelaxNG:
    """All of TEI P5; where it comes from is said in data/README.md."""
    packed = Path(__file__).parent / "data" / "tei_all_4.3.0.rng.xz"
    return etree.RelaxNG(etree.fromstring(lzma.decompress(packed.read_bytes())))


def parsed(story: Story) -> etree._Element:
    root = etree.fromstring(to_tei(story))
    schema().assertValid(root)
    return root


def body(root: etree._Element) -> str:
    return "".join(root.find(f".//{TEI}body").itertext())


def test_the_body_is_the_text() -> None:
    assert body(parsed(tale())) == CONTENT


def test_speech_knows_who_says_it_to_whom_and_whether_aloud() -> None:
    said = parsed(tale()).findall(f".//{TEI}said")
    assert [(q.get(ID), q.get("who"), q.get("toWhom"), q.get("aloud"), q.get("cert")) for q in said] == [
        ("q1", "#c1", "#c2", "true", "0.9"),
        ("q2", "#c1", None, "true", "0.4"),
        ("q3", "#c2", "#c1 #c3", "true", "0.8"),
        ("q4", None, None, "false", None),
        ("q4.2", None, None, "false", None),
    ]
    assert (said[3].get("next"), said[4].get("prev")) == ("#q4.2", "#q4")
    assert "".join(said[0].itertext()) == "“Come here, Amos,”"


def test_names_descriptions_and_pronouns_point_at_whom_they_mean() -> None:
    root = parsed(tale())
    nell = root.find(f".//{TEI}p//{TEI}persName[@ref='#c1']")
    assert "".join(nell.itertext()) == "Nell of Ryde"
    assert nell.find(f"{TEI}placeName").get("ref") == "#e1"
    assert [rs.get("ref") for rs in root.iter(f"{TEI}rs")] == ["#c2", None, "#c1"]
    assert root.find(f".//{TEI}soCalled").text == "‘expert’"


def test_the_world_is_in_the_header() -> None:
    header = parsed(tale()).find(f"{TEI}teiHeader")
    assert [p.get(ID) for p in header.iter(f"{TEI}person", f"{TEI}personGrp")] == ["c1", "c2", "c3", "c4"]
    assert [p.get(ID) for p in header.iter(f"{TEI}place", f"{TEI}org")] == ["e3", "e1", "e2"]
    relation = header.find(f".//{TEI}relation")
    assert (relation.get("name"), relation.get("active"), relation.get("passive")) == ("elder-sister", "#c1", "#c2")
    settings_ = [
        (s.get(ID), s.get("n"), s.get("who"), s.findtext(f"{TEI}locale")) for s in header.iter(f"{TEI}setting")
    ]
    assert settings_ == [("s1", "2", "#c1 #c2", "Ryde"), ("s2", "1", "#c1 #c2", None), ("s3", None, "#c1", None)]


def test_scenes_begin_where_they_begin() -> None:
    root = parsed(tale())
    behind = [stone.getnext() for stone in root.iter(f"{TEI}milestone")]
    assert ["".join(node.itertext())[:9] for node in behind] == ["The Ferry", "“First I ", "Part Two"]


def test_headings_that_open_a_chapter_are_heads() -> None:
    divisions = parsed(tale()).findall(f".//{TEI}div")
    assert [[child.tag.removeprefix(TEI) for child in div] for div in divisions] == [
        ["milestone", "ab", "ab", "p", "p", "ab", "milestone", "p", "p"],
        ["milestone", "head", "p"],
    ]


def test_only_paragraphs_must_have_been_read() -> None:
    story = Story(Text.of("A.\n\nB."), Layers(paragraphs=(Paragraph(0, 4, body=2), Paragraph(4, 6, body=6))))
    assert body(parsed(story)) == "A.\n\nB."
    with pytest.raises(NotRead, match="paragraphs"):
        to_tei(without(tale(), "paragraphs"))


def test_an_empty_story_is_valid() -> None:
    assert body(parsed(Story(Text.of(""), Layers(paragraphs=())))) == ""


@laws
@given(stories())
def test_any_story_is_valid_and_whole(story: Story) -> None:
    assert body(parsed(story)) == allowed(story.text.content)
