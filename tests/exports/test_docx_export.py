"""A commented document is the user's own: the same words in the same look, comments in place, all else untouched."""

from __future__ import annotations

import copy
import io
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import msgspec
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.text.run import Run
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from fabula.errors import NotRead, NotWritten
from fabula.exports.docx import remarks_of, to_docx
from fabula.sources import read_bytes
from fabula.story import Character, Finding, Layers, Quote, Span, Story

TOUCHED = {"word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}


def manuscript() -> bytes:
    """A document with runs of many looks, a table, a footer, and a comment of the writer's own."""
    written = docx.Document()
    written.add_heading("The Ferry", 1)
    first = written.add_paragraph("“Come, ")
    first.add_run("now").italic = True
    first.add_run(",” said Nell.\tShe ").bold = True
    first.add_run("waited.\n“Well?”")
    own = written.add_paragraph("“No.” Amos’s eyes were blue. 🙂")
    written.add_comment(own.runs, text="Mine.", author="The writer", initials="W")
    written.add_table(1, 1).cell(0, 0).paragraphs[0].add_run("His eyes were brown. “Yes.”")
    written.sections[0].footer.paragraphs[0].text = "Draft 3"
    return saved(written)


def saved(written: Document) -> bytes:
    out = io.BytesIO()
    written.save(out)
    return out.getvalue()


def story_of(data: bytes, *doubts: str) -> Story:
    """The document read, with a finding about eyes and these words as quotations nobody is sure of."""
    text = read_bytes(data, name="ferry.docx")

    def place(words: str) -> Span:
        start = text.content.index(words)
        return Span(start, start + len(words))

    eyes = (place("eyes were blue"), place("eyes were brown"))
    finding = Finding(kind="eyes", severity="warning", message="Two colours of eyes.", evidence=eyes)
    quotes = tuple(
        Quote(span.start, span.end, id=f"q{number}", speaker="c1" if number == 1 else None, confidence=0.3)
        for number, span in enumerate(map(place, doubts), 1)
    )
    return Story(text, Layers(characters=(Character(id="c1", name="Nell"),), quotes=quotes, findings=(finding,)))


def looks(document: Document) -> list[list[tuple[str, object]]]:
    """Each paragraph as characters with their looks, whatever runs they are parted into."""
    paragraphs = [*document.paragraphs, *(p for t in document.tables for c in t._cells for p in c.paragraphs)]
    return [[(c, look(run)) for run in paragraph.runs for c in run.text] for paragraph in paragraphs]


def look(run: Run) -> object:
    return None if run._r.rPr is None else etree.tostring(run._r.rPr, method="c14n")


def main(data: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def without_comments(root: etree._Element, ids: set[str]) -> bytes:
    """The document without these comments, and with runs of one look beside each other made one."""
    root = copy.deepcopy(root)
    for node in list(root.iter(qn("w:commentRangeStart"), qn("w:commentRangeEnd"))):
        if node.get(qn("w:id")) in ids:
            node.getparent().remove(node)
    for node in list(root.iter(qn("w:commentReference"))):
        if node.get(qn("w:id")) in ids:
            node.getparent().getparent().remove(node.getparent())
    for run in list(root.iter(qn("w:r"))):
        before = run.getprevious()
        if before is not None and before.tag == run.tag and look_of(before) == look_of(run):
            for child in list(run):
                if child.tag != qn("w:rPr"):
                    before.append(child)
            run.getparent().remove(run)
    for words in list(root.iter(qn("w:t"))):
        words.attrib.clear()
        before = words.getprevious()
        if before is not None and before.tag == words.tag:
            before.text = (before.text or "") + (words.text or "")
            words.getparent().remove(words)
    return etree.tostring(root, method="c14n")


def look_of(run: etree._Element) -> bytes:
    found = run.find(qn("w:rPr"))
    return b"" if found is None else etree.tostring(found, method="c14n")


def commented(data: bytes) -> Iterator[tuple[str, str]]:
    """(the words a comment is about, the comment), for those of Fabula."""
    document = docx.Document(io.BytesIO(data))
    root = main(data)
    for comment in document.comments:
        if comment.author != "Fabula":
            continue
        inside, words = False, ""
        for node in root.iter():
            if node.get(qn("w:id")) == str(comment.comment_id) and node.tag == qn("w:commentRangeStart"):
                inside = True
            elif node.get(qn("w:id")) == str(comment.comment_id) and node.tag == qn("w:commentRangeEnd"):
                inside = False
            elif inside:
                signs = {qn("w:t"): node.text or "", qn("w:tab"): "\t", qn("w:br"): "\n"}
                words += signs.get(node.tag, "")
        yield words, comment.text


def test_comments_stand_at_their_words_and_nothing_else_is_changed() -> None:
    data = manuscript()
    story = story_of(data, "“Come, now,”", "“Well?”", "“No.”", "“Yes.”")
    out = to_docx(story, data)
    assert list(commented(out)) == [
        ("“Come, now,”", "Who says this? Perhaps Nell (30% sure)."),
        ("“Well?”", "Who says this? The text does not let one know."),
        ("“No.”", "Who says this? The text does not let one know."),
        ("eyes were blue", "Warning: Two colours of eyes. Compare: “eyes were brown”"),
        ("eyes were brown", "Warning: Two colours of eyes. Compare: “eyes were blue”"),
        ("“Yes.”", "Who says this? The text does not let one know."),
    ]
    assert_untouched(data, out)


def assert_untouched(data: bytes, out: bytes) -> None:
    before, after = docx.Document(io.BytesIO(data)), docx.Document(io.BytesIO(out))
    assert looks(before) == looks(after)
    assert [c.text for c in before.comments] == [c.text for c in after.comments if c.author != "Fabula"]
    new = {str(c.comment_id) for c in after.comments if c.author == "Fabula"}
    assert without_comments(main(data), set()) == without_comments(main(out), new)
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(io.BytesIO(out)) as made:
        assert made.testzip() is None
        assert made.namelist()[: len(old.namelist())] == old.namelist()
        assert {n for n in old.namelist() if old.read(n) != made.read(n)} <= TOUCHED
        assert set(made.namelist()) - set(old.namelist()) <= {"word/comments.xml"}
    assert read_bytes(out, name="ferry.docx").content == read_bytes(data, name="ferry.docx").content


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_with_every_comment_and_the_same_words(tmp_path: Path) -> None:
    data = manuscript()
    out = to_docx(story_of(data, "“Come, now,”", "“Well?”", "“No.”", "“Yes.”"), data)
    (tmp_path / "own.docx").write_bytes(data)
    (tmp_path / "ours.docx").write_bytes(out)
    command = [
        "soffice",
        "--headless",
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--convert-to",
        "fodt",
    ]
    files = [str(tmp_path / name) for name in ("own.docx", "ours.docx")]
    subprocess.run([*command, "--outdir", str(tmp_path), *files], check=True, capture_output=True, timeout=300)
    own, ours = (opened_by_libreoffice(tmp_path / name) for name in ("own.fodt", "ours.fodt"))
    assert own[0] == ours[0], "the words are the same"
    assert own[1] == ["Mine."]
    assert sorted(ours[1]) == sorted([*own[1], *(comment for _, comment in commented(out))])


def opened_by_libreoffice(file: Path) -> tuple[str, list[str]]:
    """The words of a document, and its comments, as LibreOffice has them."""
    office = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
    root = etree.parse(file).getroot()
    notes = []
    for note in list(root.iter(f"{office}annotation")):
        paragraphs = note.iter("{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p")
        notes.append(" ".join("".join(paragraph.itertext()) for paragraph in paragraphs))
        note.clear(keep_tail=True)
    return "".join(root.find(f".//{office}text").itertext()).strip(), notes


def test_a_document_without_comments_gets_its_first() -> None:
    written = docx.Document()
    written.add_paragraph("His eyes were blue. Her eyes were brown.")
    data = saved(written)
    out = to_docx(story_of(data), data)
    assert [words for words, _ in commented(out)] == ["eyes were blue", "eyes were brown"]
    assert_untouched(data, out)


def test_nothing_to_remark_is_the_very_same_file() -> None:
    data = manuscript()
    story = story_of(data)
    quiet = msgspec.structs.replace(story, layers=Layers(findings=()))
    assert to_docx(quiet, data) == data


def test_a_changed_document_is_refused() -> None:
    data = manuscript()
    with pytest.raises(NotWritten, match="not the document"):
        to_docx(story_of(data), data + b"\0")


def test_a_story_from_another_format_is_refused() -> None:
    text = read_bytes(b"A plain story of two people, told at night.\n", name="a.txt")
    with pytest.raises(NotWritten, match="Word document"):
        to_docx(Story(text, Layers(findings=())), b"")


def test_unread_is_not_empty() -> None:
    with pytest.raises(NotRead):
        remarks_of(Story(read_bytes(manuscript(), name="ferry.docx")))


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_any_stretch_can_be_commented(data: st.DataObject) -> None:
    source = manuscript()
    text = read_bytes(source, name="ferry.docx")
    places = st.integers(0, len(text))
    spans = [sorted(pair) for pair in data.draw(st.lists(st.tuples(places, places), max_size=6))]
    quotes = tuple(Quote(a, b, id=f"q{n}") for n, (a, b) in enumerate(spans) if b > a)
    out = to_docx(Story(text, Layers(quotes=quotes)), source)
    assert_untouched(source, out)
    spans = sorted((q.start, q.end) for q in quotes)
    words = ["".join(text.content[max(a, r.start) : min(b, r.end)] for r in text.runs) for a, b in spans]
    assert [each for each in words if each] == [each for each, _ in commented(out)]
