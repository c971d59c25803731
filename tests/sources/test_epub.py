"""E-books: reading order, titles, breaks that are only seen, notes; and what is refused."""

from __future__ import annotations

import io
import zipfile

import pytest
from lxml import etree

from fabula.errors import NotReadable
from fabula.sources import read_bytes
from fabula.story.text import Text

STORY = "It was late, and she had not come. He looked at the clock that his father had given him, and sighed."
CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
)


def xhtml(body: str, head: str = "", attributes: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><head>{head}</head><body {attributes}>{body}</body></html>'
    )


def opf(pages: list[str], extra: str = "", guide: str = "") -> str:
    items = "".join(f'<item id="{p}" href="{p}" media-type="application/xhtml+xml"/>' for p in pages)
    spine = "".join(f'<itemref idref="{p}"/>' for p in pages)
    return (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
        "<dc:title>The Lamp</dc:title><dc:creator>Ann Gray</dc:creator></metadata>"
        f"<manifest>{items}{extra}</manifest><spine>{spine}</spine><guide>{guide}</guide></package>"
    )


def book(pages: dict[str, str], extra: str = "", guide: str = "", **parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("OEBPS/book.opf", opf(list(pages), extra, guide))
        for name, content in pages.items():
            archive.writestr(f"OEBPS/{name}", content)
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return buffer.getvalue()


def read(data: bytes) -> Text:
    return read_bytes(data, name="a.epub")


def test_pages_in_reading_order_with_titles_from_the_navigation():
    nav = xhtml(
        '<nav epub:type="toc"><ol><li><a href="b.xhtml">The Wick</a></li>'
        '<li><a href="a.xhtml#two">The Oil</a></li></ol></nav>'
    )
    data = book(
        {
            "b.xhtml": xhtml(f"<p>{STORY}</p>"),
            "a.xhtml": xhtml(f"<h2>One</h2><p>{STORY}</p><p id='two'>Two&nbsp;men.</p>"),
        },
        extra='<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>',
        OEBPS__nav_dot_xhtml=nav,
    )
    text = read(data)
    assert text.content == f"{STORY}\n\nOne\n\n{STORY}\n\nTwo\xa0men."
    headings = [(mark.start, text[mark], mark.note) for mark in text.marks if mark.kind == "heading"]
    assert headings == [
        (0, "", "The Wick"),
        (len(STORY) + 2, "One", ""),
        (text.content.index("Two"), "", "The Oil"),
    ]
    assert (text.source.title, text.source.author, text.source.format) == ("The Lamp", "Ann Gray", "epub")


def test_titles_from_an_old_ncx():
    point = '<navPoint><navLabel><text>The Wick</text></navLabel><content src="a.xhtml"/></navPoint>'
    ncx = f"<ncx><navMap>{point}</navMap></ncx>"
    data = book(
        {"a.xhtml": xhtml(f"<p>{STORY}</p>")},
        extra='<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>',
        OEBPS__toc_dot_ncx=ncx,
    )
    assert [mark.note for mark in read(data).marks] == ["The Wick"]


def test_the_way_back():
    pages = {
        "a.xhtml": xhtml(f"<p>One \n <i>two</i> three</p><!-- c --><p>{STORY}</p>"),
        "b.xhtml": xhtml("<p>Four  five.</p>"),
    }
    text = read(book(pages))
    assert {run.part for run in text.runs} == {"OEBPS/a.xhtml", "OEBPS/b.xhtml"}
    for run in text.runs:
        node = list(etree.fromstring(pages[run.part[6:]].encode()).iter())[run.paragraph]
        words = node.tail if run.run else node.text
        assert text[run] == words[run.offset : run.offset + len(run)]


def test_pages_that_are_no_story_are_set_apart():
    text = read(
        book(
            {
                "title.xhtml": xhtml("<h1>The Lamp</h1><p>Ann Gray</p>", attributes='epub:type="titlepage"'),
                "copyright.xhtml": xhtml("<p>All rights reserved.</p>"),
                "x9.xhtml": xhtml("<p>Contents</p>"),
                "notes-on-a-life.xhtml": xhtml(f"<p>{STORY}</p>"),
                "c.xhtml": xhtml(f"<p>He sat.<a epub:type='noteref' href='#n'>1</a> {STORY}</p>"),
                "endnotes.xhtml": xhtml("<ol><li epub:type='endnote' id='n'>A note.</li></ol>"),
                "colophon.xhtml": xhtml("<p>Set in Garamond.</p>", attributes='epub:type="colophon"'),
            },
            guide='<reference type="toc" href="x9.xhtml"/>',
        )
    )
    assert [(a.kind, text[a]) for a in text.apart] == [
        ("title", "The Lamp\n\nAnn Gray"),
        ("licence", "All rights reserved."),
        ("contents", "Contents"),
        ("footnote", "1"),
        ("footnote", "A note."),
        ("licence", "Set in Garamond."),
    ]


def test_breaks_seen_only_in_the_style_sheet():
    body = "".join(f"<p>{STORY}</p>" for _ in range(9)) + f"<p class='space'>{STORY}</p><p class='wide'>He sat.</p>"
    text = read(
        book(
            {"a.xhtml": xhtml(body, '<link rel="stylesheet" href="../css/a.css"/>')},
            css__a_dot_css="@charset 'x'; p {margin: 0; text-indent: 1em} p.wide, .x {margin-top: 24pt}",
        )
    )
    assert [mark.note for mark in text.marks if mark.kind == "break"] == ["style", "style"]


ENCRYPTED = (
    '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#">'
    '<enc:EncryptedData><enc:EncryptionMethod Algorithm="{0}"/><enc:CipherData><enc:CipherReference URI="{1}"/>'
    "</enc:CipherData></enc:EncryptedData></encryption>"
)


def test_encrypted_words_are_refused_and_hidden_fonts_are_not():
    pages = {"a.xhtml": xhtml(f"<p>{STORY}</p>")}
    font = ENCRYPTED.format("http://www.idpf.org/2008/embedding", "OEBPS/font.otf")
    assert read(book(pages, **{"META-INF__encryption_dot_xml": font})).content == STORY
    words = ENCRYPTED.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "OEBPS/a.xhtml")
    with pytest.raises(NotReadable, match="encrypted"):
        read(book(pages, **{"META-INF__encryption_dot_xml": words}))


@pytest.mark.parametrize(
    "href", ["../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "http://example.org/a", "..%2f..%2fx"]
)
def test_pages_outside_the_book_are_refused(href):
    data = book({"a.xhtml": xhtml("<p>x</p>")})
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'href="a.xhtml"', f'href="{href}"'.encode()))
        new.writestr("../../etc/passwd", "root")
    with pytest.raises(NotReadable, match="outside"):
        read(buffer.getvalue())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_of_ones_own_are_refused(encoding):
    bomb = '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>&a;&x;</p></body></html>'
    data = book({"a.xhtml": "x"})
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, bomb.encode(encoding) if name.endswith("a.xhtml") else old.read(name))
    with pytest.raises(NotReadable, match="entities"):
        read(buffer.getvalue())


def test_a_page_that_is_not_well_formed_is_mended():
    assert read(book({"a.xhtml": f"<html><body><p>{STORY}<p>He sat.</body></html>"})).content == f"{STORY}\n\nHe sat."


def test_cut_short_or_incomplete():
    data = book({"a.xhtml": xhtml(f"<p>{STORY}</p>")})
    for broken in (data[: len(data) // 2], data[:-30]):
        with pytest.raises(NotReadable):
            read(broken)
    with zipfile.ZipFile(buffer := io.BytesIO(), "w") as archive:
        archive.writestr("META-INF/container.xml", CONTAINER)
    with pytest.raises(NotReadable, match="missing"):
        read(buffer.getvalue())
