"""Scripts for machines that read aloud: tags that come off again, valid SSML and PLS, nothing left unsaid."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from lxml import etree
from tale import CONTENT, laws, stories, tale, without

from fabula.errors import NotRead
from fabula.exports.sml import to_sml
from fabula.exports.ssml import to_pls, to_ssml, to_ssml_files
from fabula.exports.tagged import to_tagged
from fabula.forms.lines import to_script
from fabula.forms.naming import file_names, voice_names
from fabula.forms.xml import allowed
from fabula.story import Story

SSML = "{http://www.w3.org/2001/10/synthesis}"
PLS = "{http://www.w3.org/2005/01/pronunciation-lexicon}"

SSML_RULES = """
<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="http://www.w3.org/2001/10/synthesis"
         datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
  <start><element name="speak">
    <attribute name="version"><value>1.1</value></attribute>
    <attribute name="xml:lang"><data type="language"/></attribute>
    <element name="lexicon"><attribute name="uri"><data type="anyURI"/></attribute>
      <attribute name="xml:id"><data type="NCName"/></attribute></element>
    <element name="lookup"><attribute name="ref"><data type="NCName"/></attribute>
      <zeroOrMore><choice><ref name="p"/><ref name="break"/></choice></zeroOrMore></element>
  </element></start>
  <define name="p"><element name="p"><oneOrMore><ref name="voice"/></oneOrMore></element></define>
  <define name="break"><element name="break"><attribute name="time">
    <data type="string"><param name="pattern">[0-9]+s</param></data></attribute></element></define>
  <define name="voice"><element name="voice">
    <attribute name="name"><data type="NMTOKEN"/></attribute>
    <optional><attribute name="gender"><choice><value>male</value><value>female</value></choice></attribute></optional>
    <zeroOrMore><choice><text/><element name="mark"><attribute name="name"><data type="token"/></attribute></element>
    </choice></zeroOrMore></element></define>
</grammar>"""
"""The elements and attributes of SSML 1.1 that are used, and no others, as its recommendation has them."""

PLS_RULES = """
<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="http://www.w3.org/2005/01/pronunciation-lexicon"
         datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
  <start><element name="lexicon">
    <attribute name="version"><value>1.0</value></attribute><attribute name="alphabet"><value>ipa</value></attribute>
    <attribute name="xml:lang"><data type="language"/></attribute>
    <zeroOrMore><element name="lexeme"><element name="grapheme"><text/></element>
      <element name="alias"><text/></element></element></zeroOrMore>
  </element></start>
</grammar>"""
"""The same of PLS 1.0."""


def valid(data: bytes, rules: str) -> etree._Element:
    root = etree.fromstring(data)
    etree.RelaxNG(etree.fromstring(rules)).assertValid(root)
    return root


def untagged(tagged: str) -> str:
    """The text of a tagged script: pairs of the same tag, one behind the other, come off."""
    pieces = []
    while tagged:
        tag = tagged[1 : tagged.index("]")]
        end = tagged.index(f"[/{tag}]")
        pieces.append(tagged[len(tag) + 2 : end])
        tagged = tagged[end + len(tag) + 3 :]
    return "".join(pieces)


def test_tags_name_the_voices_and_come_off() -> None:
    tagged = to_tagged(tale())
    assert tagged.startswith(
        "[Apart]The Ferry <1>\n\n[/Apart][Heading]Part One\n\n[/Heading][Nell]“Come here, Amos,” [/Nell]"
    )
    assert "[Unknown]“First I thought,\n\n“then I didn’t.” [/Unknown]" in tagged
    assert untagged(tagged) == CONTENT


@laws
@given(stories())
def test_tags_come_off_any_story(story: Story) -> None:
    assert untagged(to_tagged(story)) == story.text.content


def test_sml_has_a_voice_for_each_and_a_place_for_its_sound() -> None:
    files = {name: data.decode() for name, data in to_sml(tale()).items()}
    assert files["the_ferry.sml.txt"].startswith(
        "[voice:Narrator]\nPart One\n[/voice]\n\n[voice:Nell]\n“Come here, Amos,”\n[/voice]\n[voice:Narrator]\n"
    )
    assert "\n\n[pause]\n\n" in files["the_ferry.sml.txt"]
    voices = json.loads(files["the_ferry.sml.json"])["macros"]["voices"]
    assert voices == dict.fromkeys(("Narrator", "Nell", "Amos", "Unknown"), "")


SML_TAG = re.compile(r"\[\s*(?P<close>/)?\s*(?P<tag>break|pause|voice)(?:\s*:\s*(?P<value>.*?))?\s*\]", re.DOTALL)
"""As ebook2audiobook finds its tags."""


@laws
@given(stories())
def test_sml_says_every_word_of_the_story_in_known_voices(story: Story) -> None:
    files = list(to_sml(story).values())
    text, voices = files[0].decode(), json.loads(files[1])["macros"]["voices"]
    opened = [found["value"] for found in SML_TAG.finditer(text) if found["tag"] == "voice" and not found["close"]]
    assert set(opened) <= set(voices)
    spoken = "".join(SML_TAG.sub("", text).split())
    lines = [line for line in to_script(story) if line.kind not in ("apart", "break")]
    written = "".join("".join(story.words(line).split()) for line in lines)
    assert spoken.translate({40: 91, 41: 93}) == written


def test_ssml_marks_each_quotation_in_its_voice() -> None:
    root = valid(to_ssml(tale()), SSML_RULES)
    assert [(v.get("name"), v.get("gender"), v[0].get("name")) for v in root.iter(f"{SSML}voice") if len(v)] == [
        ("Nell", "female", "q1"),
        ("Nell", "female", "q2"),
        ("Amos", "male", "q3"),
        ("Unknown", None, "q4"),
        ("Unknown", None, "q4"),
    ]
    assert root.find(f"{SSML}lexicon").get("uri") in to_ssml_files(tale())


def test_the_dictionary_has_every_name_once() -> None:
    root = valid(to_pls(tale()), PLS_RULES)
    assert [node.text for node in root.iter(f"{PLS}grapheme")] == [
        *("Amos", "Nell", "Nell of Ryde", "Rose", "Ryde", "The Line", "The Mary Rose", "the crew"),
    ]


@laws
@given(stories())
def test_ssml_says_the_text_and_nothing_else(story: Story) -> None:
    root = valid(to_ssml(story), SSML_RULES)
    valid(to_pls(story), PLS_RULES)
    lines = [line for line in to_script(story) if line.kind not in ("apart", "break") and story.words(line).strip()]
    assert "".join(root.itertext()) == allowed("".join(story.words(line) for line in lines))


@pytest.mark.parametrize("export", [to_tagged, to_sml, to_ssml])
@pytest.mark.parametrize("layer", ["paragraphs", "quotes", "characters"])
def test_unread_is_not_empty(export: object, layer: str) -> None:
    with pytest.raises(NotRead, match=layer):
        export(without(tale(), layer))  # type: ignore[operator]


@pytest.mark.parametrize(
    ("names", "files"),
    [
        (["Nell", "nell", "Nell"], ["Nell", "nell 2", "Nell 3"]),
        (["../../etc/passwd", "..", ""], ["etc passwd", "Unnamed", "Unnamed 2"]),
        (["CON", "com1.txt", "Connie"], ["CON _", "com1.txt _", "Connie"]),
        (['a/b\\c:d*e?f"g<h>i|j#k^l[m]n%o'], ["a b c d e f g h i j k l m n o"]),
        (["x" * 300, " . "], ["x" * 80, "Unnamed"]),
        (["E\u0301lodie\n\x00"], ["Élodie"]),
    ],
)
def test_file_names_are_safe_and_apart(names: list[str], files: list[str]) -> None:
    assert file_names(names) == files


def test_voice_names_are_words_and_apart() -> None:
    assert voice_names(["Mr. Weston", "O’Brien", "mr weston", "—", "Élodie 2"]) == [
        *("MrWeston", "OBrien", "MrWeston2", "Voice", "Élodie2"),
    ]
