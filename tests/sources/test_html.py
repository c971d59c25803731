"""Web pages: what a browser would show, and the way back to it."""

from __future__ import annotations

from lxml import etree

from fabula.sources import read_bytes
from fabula.story.text import Text

STORY = "It was late, and she had not come. He looked at the clock that his father had given him, and sighed."


def page(body: str, head: str = "") -> Text:
    return read_bytes(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), name="a.html")


def marked(text: Text, kind: str) -> list[str]:
    return [text[mark] for mark in text.marks if mark.kind == kind]


def breaks(text: Text) -> list[tuple[str, str]]:
    return [(text.content[mark.start :][:3], mark.note) for mark in text.marks if mark.kind == "break"]


def assert_way_back(text: Text, root: etree._Element) -> None:
    nodes = list(root.iter())
    for run in text.runs:
        node = nodes[run.paragraph]
        words = node.tail if run.run else node.text
        assert words is not None
        assert text[run] == words[run.offset : run.offset + len(run)]


def test_white_space_as_a_browser_shows_it():
    text = page(
        "<p>One \n  two<br>three </p>\n\n <p> <b>four</b> <i> five </i>six&nbsp;&amp; 7</p>tail<pre>a\n  b</pre>"
    )
    assert text.content == "One two\nthree\n\nfour five six\xa0& 7\n\ntail\n\na\n  b"
    assert marked(text, "italic") == ["five"]


def test_headings_quotes_and_dropped_parts():
    text = page(
        "<nav>x</nav><script>x()</script><h2>Chapter <br>One</h2><p>He <em>ran</em>.</p>"
        "<blockquote><p>Dear John,</p><p>come.</p></blockquote><p hidden>gone</p><p style='display: none'>gone</p>",
        "<title>The  Lamp</title><meta name=author content='Ann Gray'><style>p {color: red}</style>",
    )
    assert text.content == "Chapter\nOne\n\nHe ran.\n\nDear John,\n\ncome."
    assert marked(text, "heading") == ["Chapter\nOne"]
    assert marked(text, "indented") == ["Dear John,\n\ncome."]
    assert (text.source.title, text.source.author) == ("The Lamp", "Ann Gray")


def test_breaks_of_every_kind():
    text = page(
        "<p>a1.</p><hr><p>b1.</p><p>&nbsp;</p><p>c1.</p><p class=center>***</p><p>d1.</p>"
        "<p class=scene-break></p><p>e1.</p><p class=gap>f1.</p><p><img src=ornament.png></p><p>g1.</p>"
        "<p><img src=cat.png></p><p>h1.</p><div class=sb></div>"
        "<p>i1.</p><p class=verse>j1.</p>" + "<p>He sat.</p>" * 20,
        "<style>p {margin: 0} .gap {margin: 2em 0 0} /* x */ .verse {margin-top: 3em}</style>",
    )
    assert breaks(text) == [
        ("b1.", "rule"),
        ("c1.", "space"),
        ("***", "ornament"),
        ("e1.", "ornament"),
        ("f1.", "style"),
        ("g1.", "ornament"),
        ("i1.", "ornament"),
    ]


def test_empty_lines_between_all_paragraphs_are_no_breaks():
    assert breaks(page("<p>He sat.</p><p>&nbsp;</p>" * 20)) == []


def test_notes_are_set_apart():
    text = page(
        '<p>He sat<sup><a href="#n1">1</a></sup> down <a href="#home">there</a>.</p>'
        '<aside epub:type="footnote">A note.</aside>'
    )
    assert [text[a] for a in text.apart] == ["1", "A note."]


def test_the_way_back():
    data = f"<html><body><!-- c --><p>One  two \n <i>three</i> four</p><script>no</script><p>{STORY}</p>".encode()
    text = read_bytes(data, name="a.html")
    assert "".join(text[run] for run in text.runs).replace(" ", "").replace("\n", "") == "".join(text.content.split())
    assert_way_back(text, etree.fromstring(data, etree.HTMLParser(encoding="utf-8")))


def test_encodings_and_depth():
    data = '<html><head><meta charset="windows-1252"></head><p>“Café,” he said.'.encode("cp1252")
    assert read_bytes(data, name="a.htm").content == "“Café,” he said."
    assert "He sat." in page("<div>" * 1500 + "He sat." + "</div>" * 1500).content


def test_a_long_page_is_read_whole():
    assert len(page("<p>" + "He went home. " * 900_000).content) > 12_000_000


def test_pages_pasted_together_are_read_to_the_end():
    data = b"<html><body><p>He sat.</p></body></html>\n<html><body><p>She sat.</p></body></html>"
    text = read_bytes(data, name="a.html")
    assert text.content == "He sat.\n\nShe sat."
