"""Word documents: every paragraph and run can be found again, and only what stands in the text is read."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn
from docx.text.run import Run as WordRun

from fabula.errors import NotReadable
from fabula.sources import read_bytes
from fabula.story.text import Text

STORY = "It was late, and she had not come. He looked at the clock that his father had given him, and sighed."


def saved(document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def with_body(xml: str) -> bytes:
    """A document whose body is the given WordprocessingML."""
    return with_part(
        "word/document.xml", lambda old: re.sub(r"<w:body>.*</w:body>", f"<w:body>{xml}</w:body>", old, flags=re.S)
    )


def with_part(part: str, change) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(docx.Document()))) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data.decode()).encode() if name == part else data)
    return buffer.getvalue()


def read(data: bytes) -> Text:
    text = read_bytes(data, name="a.docx")
    assert_way_back(text, data)
    return text


def assert_way_back(text: Text, data: bytes) -> None:
    body = docx.Document(io.BytesIO(data)).element
    paragraphs = list(body.iter(qn("w:p")))
    for run in text.runs:
        assert run.part == "word/document.xml"
        words = WordRun(list(paragraphs[run.paragraph].iter(qn("w:r")))[run.run], None).text
        assert text[run] == words[run.offset : run.offset + len(run)]
    kept = [i for run in text.runs for i in range(run.start, run.end)]
    assert "".join(text.content.split()) == "".join("".join(text.content[i] for i in kept).split())


def marked(text: Text, kind: str) -> list[str]:
    return [text[mark] for mark in text.marks if mark.kind == kind]


def test_paragraphs_headings_italics_and_lost_lines():
    document = docx.Document()
    document.add_paragraph("The Lamp", style="Title")
    document.add_heading("One", 1)
    paragraph = document.add_paragraph("She ")
    paragraph.add_run("ran").italic = True
    paragraph.add_run(" home.\tThen\nout.")
    document.add_paragraph()
    document.add_paragraph("He sat.")
    document.add_paragraph("* * *")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "left cell", "right cell"
    document.add_paragraph("Quoted.", style="Quote")
    document.core_properties.author = "Ann Gray"
    text = read(saved(document))
    assert text.content == (
        "The Lamp\n\nOne\n\nShe ran home.\tThen\nout.\n\n\n\nHe sat.\n\n* * *\n\nleft cell\n\nright cell\n\nQuoted."
    )
    assert marked(text, "heading") == ["The Lamp", "One"]
    assert marked(text, "italic") == ["ran"]
    assert marked(text, "indented") == ["Quoted."]
    assert marked(text, "break") == ["* * *"]
    assert [(a.kind, text[a]) for a in text.apart] == [("title", "The Lamp")]
    assert (text.source.title, text.source.author, text.source.format) == ("The Lamp", "Ann Gray", "docx")


def test_comments_are_marks():
    document = docx.Document()
    paragraph = document.add_paragraph("She ")
    run = paragraph.add_run("ran home")
    document.add_comment(run, text="Where from?", author="Ed", initials="E")
    text = read(saved(document))
    assert [(text[mark], mark.note) for mark in text.marks] == [("ran home", "Where from?")]


def test_insertions_and_links_are_read_deletions_are_not():
    text = read(
        with_body(
            "<w:p><w:r><w:t>One </w:t></w:r><w:del><w:r><w:delText>gone </w:delText></w:r></w:del>"
            "<w:ins><w:r><w:t>two </w:t></w:r></w:ins><w:hyperlink><w:r><w:t>three </w:t></w:r></w:hyperlink>"
            "<w:moveFrom><w:r><w:t>away </w:t></w:r></w:moveFrom><w:r><w:instrText>PAGE</w:instrText></w:r>"
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
            "<w:r><w:t>fo</w:t><w:noBreakHyphen/><w:t>ur</w:t><w:footnoteReference w:id='1'/></w:r></w:p>"
            "<w:p><w:pPr><w:rPr><w:del w:id='1' w:author='x'/></w:rPr></w:pPr><w:r><w:t>He </w:t></w:r></w:p>"
            "<w:p><w:r><w:t>sat.</w:t></w:r></w:p>"
        )
    )
    assert text.content == "One two three fo-ur\n\nHe sat."


def test_rules_and_page_breaks():
    document = docx.Document()
    document.add_paragraph("He sat.").add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("She sat.")
    text = read(saved(document))
    assert [(mark.kind, mark.note) for mark in text.marks] == [("break", "page")]
    text = read(
        with_body(
            "<w:p><w:r><w:t>He sat.</w:t></w:r></w:p>"
            "<w:p><w:pPr><w:pBdr><w:bottom w:val='single'/></w:pBdr></w:pPr></w:p>"
            "<w:p><w:r><w:t>She sat.</w:t></w:r></w:p>"
        )
    )
    assert [(mark.start, mark.kind, mark.note) for mark in text.marks] == [(9, "break", "rule")]


def test_contents_by_style():
    data = with_body(
        "<w:p><w:pPr><w:pStyle w:val='TOC1'/></w:pPr><w:r><w:t>One 3</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>He sat.</w:t></w:r></w:p>"
    )
    style = '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style></w:styles>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, part.replace(b"</w:styles>", style.encode()) if name == "word/styles.xml" else part)
    text = read(buffer.getvalue())
    assert [(a.kind, text[a]) for a in text.apart] == [("contents", "One 3")]


def test_broken_documents():
    data = saved(docx.Document())
    for broken in (data[:2000], data[:-40], b"PK\x03\x04"):
        with pytest.raises(NotReadable):
            read_bytes(broken, name="a.docx")
    with pytest.raises(NotReadable, match="XML"):
        read_bytes(with_part("word/document.xml", lambda old: old[:-30]), name="a.docx")
    with pytest.raises(NotReadable, match="entities"):
        read_bytes(
            with_part("word/document.xml", lambda old: '<!DOCTYPE x [<!ENTITY a "b">]><a>&a;</a>'), name="a.docx"
        )
