"""Plain text: the text is the file, in whatever encoding; and what is said of a text that is hardly a story."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fabula.sources import read_bytes

SAMPLE = "“Où est-elle?” asked Zoë — “I don’t know,” said the café’s owner… She was gone.\r\nHe went\rhome.\n\n"


@pytest.mark.parametrize(
    ("bom", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
        (b"", "cp1252"),
        (b"", "mac_roman"),
    ],
)
def test_encodings(bom, encoding):
    assert read_bytes(bom + SAMPLE.encode(encoding), name="a.txt").content == SAMPLE


def test_latin_1_and_other_scripts():
    content = "Déjà vu, señor Núñez. Élan était là. Naïve. " * 5
    assert read_bytes(content.encode("latin-1"), name="a.txt").content == content
    russian = "Все счастливые семьи похожи друг на друга, каждая несчастливая семья несчастлива по-своему. " * 20
    assert read_bytes(russian.encode("cp1251"), name="a.txt").content == russian


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")) | st.sampled_from("\r\n\t\u00ad\u2028"), max_size=200))
def test_the_text_is_the_file(content):
    whole = "x. " + content
    assert read_bytes(whole.encode(), name="a.txt").content == whole


def test_an_end_of_file_sign_may_close_the_text():
    text = read_bytes(b"He went home.\r\n\x1a", name="a.txt")
    assert text.content.endswith("\x1a")
    assert [text[a] for a in text.apart] == ["\x1a"]


def test_form_feeds_and_tabs_are_text():
    assert read_bytes(b"a\tb\x0c\x0bc.", name="a.txt").content == "a\tb\x0c\x0bc."


GERMAN = "Der Mann ging in das Haus, und die Frau sah ihn nicht. Es war kalt, und er hatte keinen Mantel an. "
VERSES = ("Shall I compare thee to a summer day", "Thou art more lovely and more temperate", "Rough winds do shake")
POEM = "\n".join(VERSES * 12)
PLAY = "\n\n".join(
    ["ALGERNON. Did you hear what I was playing, Lane?", "LANE. I did not think it polite to listen, sir."] * 20
)
CODE = "def f(x):\n    if x:\n        return g(x)\n    for y in x:\n        h(y)\n" * 20
LIST = "\n".join(f"Apples and {word}" for word in ("pears", "plums", "figs", "dates", "nuts") * 8)
ENGLISH = (
    "It was late, and she had not come. He looked at the clock that his father had given him, and sighed.\n\n" * 12
)
DIALOGUE = "“No,” she said.\n\n“Why not?”\n\n“Because.”\n\nHe left.\n\n" * 10
WRAPPED = (
    "It was late and she had not come though he\nhad waited for her at the gate of the old house with\nthe dog.\n\n"
    * 12
)


@pytest.mark.parametrize("content", [GERMAN * 5, "Она сказала, что придёт. Он не поверил ей тогда. " * 10])
def test_what_is_not_english_is_read_and_said(content):
    assert any("English" in note for note in read_bytes(content.encode(), name="a.txt").notes)


@pytest.mark.parametrize("content", [POEM, PLAY, CODE, LIST])
def test_what_is_not_prose_is_read_and_said(content):
    assert any("prose" in note for note in read_bytes(content.encode(), name="a.txt").notes)


@pytest.mark.parametrize("content", [ENGLISH, DIALOGUE, WRAPPED, WRAPPED.replace("\n", "\r\n"), "Short. Very short."])
def test_prose_raises_no_doubts(content):
    assert read_bytes(content.encode(), name="a.txt").notes == ()


def test_a_story_may_begin_like_a_sound_file():
    assert read_bytes(b"RIFFRAFF gathered. ID3 was a tag.", name="a.txt").source.format == "txt"


def test_a_short_storys_bare_title_is_set_apart():
    story = "The lamp went out before the boat had passed the point, and nobody on the quay said a word about it.\n"
    text = read_bytes(f"The Quiet Harbour\n\n{story}\nThey went home.\n".encode(), name="harbour.txt")
    assert text.source.title == "The Quiet Harbour"
    assert [text[a] for a in text.apart] == ["The Quiet Harbour"]


def test_a_first_sentence_is_no_title():
    text = read_bytes(
        b"Ianto ran.\n\nHe ran until the street gave out and there was only the water to run into.\n", name="r.txt"
    )
    assert text.apart == ()
