"""OpenDocument texts: every paragraph and piece of text can be found again."""

from __future__ import annotations

import io
import zipfile

import odfdo
import pytest
from lxml import etree

from fabula.errors import NotReadable
from fabula.sources import read_bytes
from fabula.story.text import Text

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
STYLES = (
    '<style:style style:name="T1"><style:text-properties fo:font-style="italic"/></style:style>'
    '<style:style style:name="P1" style:parent-style-name="Horizontal_20_Line"/>'
)
MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{}</manifest:manifest>'
)


def odt(body: str, manifest: str = "") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content {NAMES}><office:automatic-styles>{STYLES}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
        archive.writestr("META-INF/manifest.xml", MANIFEST.format(manifest))
        archive.writestr(
            "meta.xml", f"<office:document-meta {NAMES}><dc:title>The Lamp</dc:title></office:document-meta>"
        )
    return buffer.getvalue()


def read(data: bytes) -> Text:
    text = read_bytes(data, name="a.odt")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("content.xml"))
    paragraphs = [node for node in root.iter() if node.tag in (f"{TEXT}p", f"{TEXT}h")]
    for run in text.runs:
        words = list(paragraphs[run.paragraph].itertext())[run.run]
        assert text[run] == words[run.offset : run.offset + len(run)]
    return text


def marked(text: Text, kind: str) -> list[tuple[str, str]]:
    return [(text[mark], mark.note) for mark in text.marks if mark.kind == kind]


def test_what_odfdo_writes():
    document = odfdo.Document("text")
    document.body.clear()
    document.body.append(odfdo.Header(1, "One"))
    document.body.append(odfdo.Paragraph("He  sat\tdown.\nThen up."))
    document.body.append(odfdo.Paragraph(""))
    document.body.append(odfdo.Paragraph("She sat."))
    buffer = io.BytesIO()
    document.save(buffer)
    text = read(buffer.getvalue())
    assert text.content == "One\n\nHe  sat\tdown.\nThen up.\n\n\n\nShe sat."
    assert marked(text, "heading") == [("One", "")]


def test_italics_comments_notes_and_deletions():
    text = read(
        odt(
            "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
            '<text:p>She <text:span text:style-name="T1">ran</text:span> \n home<text:note><text:note-citation>1'
            "</text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body></text:note>. "
            '<office:annotation office:name="c1"><dc:creator>Ed</dc:creator><text:p>Where?</text:p></office:annotation>'
            "There"
            '<office:annotation-end office:name="c1"/> she <text:a>sat</text:a>.</text:p><text:p text:style-name="P1"/>'
            "<text:table-of-content><text:index-body><text:p>One 3</text:p></text:index-body></text:table-of-content>"
            "<text:p>* * *</text:p>"
        )
    )
    assert text.content == "She ran home. There she sat.\n\n\n\nOne 3\n\n* * *"
    assert marked(text, "italic") == [("ran", "")]
    assert marked(text, "comment") == [("There", "Where?")]
    assert marked(text, "break") == [("", "rule"), ("* * *", "ornament")]
    assert [(a.kind, text[a]) for a in text.apart] == [("contents", "One 3")]
    assert (text.source.title, text.source.format) == ("The Lamp", "odt")


def test_encrypted_and_broken():
    with pytest.raises(NotReadable, match="encrypted"):
        read_bytes(
            odt("<text:p>x</text:p>", "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"),
            name="a.odt",
        )
    data = odt("<text:p>He sat.</text:p>")
    with pytest.raises(NotReadable):
        read_bytes(data[:-30], name="a.odt")
    with pytest.raises(NotReadable, match="XML"):
        read_bytes(odt("<text:p>"), name="a.odt")
