"""A whole EPUB 3: chapters, a table of contents, an index of people and places, and the package around them."""

from __future__ import annotations

import hashlib
import io
import uuid
import zipfile

from lxml import etree

from fabula.exports.epub.pages import chapters_of, to_chapter, to_index, to_navigation
from fabula.forms.basics import title_of
from fabula.forms.xml import add, document, to_bytes
from fabula.story import Story

__all__ = ["to_epub"]

_OPF = "http://www.idpf.org/2007/opf"
_DC = "http://purl.org/dc/elements/1.1/"
_CONTAINER = "urn:oasis:names:tc:opendocument:xmlns:container"
_BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The date of every file in the archive, so that the same story gives the same bytes; zip knows none earlier."""

_STYLE = b""".break { text-align: center; }
.verse, .letter { margin-left: 2em; white-space: pre-line; }
.apart { font-size: smaller; }
"""


def to_epub(story: Story, *, modified: str = "1980-01-01T00:00:00Z") -> bytes:
    """The story as a book whose quotations are `span`s of the class "said".

    Each has `data-speaker` (the character's id) and `data-name`, `data-to` (ids, parted by blanks), `data-mode` and
    `data-confidence`; what is not known has no attribute. White space is kept as in the text.

    Args:
        modified: when the book was made, which EPUB wants to know; always the same unless said, so that the same story
            gives the same book.

    Raises:
        NotRead: if the paragraphs, quotes or characters were not read.
    """
    title = title_of(story) or story.text.source.name or "Untitled"
    chapters = chapters_of(story)
    pages = {chapter.file: to_chapter(story, chapter, title) for chapter in chapters}
    pages["index.xhtml"] = to_index(story, chapters)
    files = {
        "META-INF/container.xml": _container(),
        "EPUB/package.opf": _package(story, title, list(pages), modified),
        "EPUB/nav.xhtml": to_navigation(chapters, title),
        "EPUB/style.css": _STYLE,
        **{f"EPUB/{name}": page for name, page in pages.items()},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo("mimetype", _BEGINNING), b"application/epub+zip", zipfile.ZIP_STORED)
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, _BEGINNING), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _container() -> bytes:
    root = document("container", _CONTAINER)
    root.set("version", "1.0")
    file = add(add(root, "rootfiles"), "rootfile")
    file.set("full-path", "EPUB/package.opf")
    file.set("media-type", "application/oebps-package+xml")
    return to_bytes(root)


def _package(story: Story, title: str, pages: list[str], modified: str) -> bytes:
    root = document("package", _OPF)
    root.set("version", "3.0")
    root.set("unique-identifier", "id")
    known = add(root, "metadata")
    digest = hashlib.sha256(story.text.content.encode("utf-8", "surrogatepass")).digest()
    _dc(known, "identifier", f"urn:uuid:{uuid.UUID(bytes=digest[:16], version=5)}").set("id", "id")
    _dc(known, "title", title)
    _dc(known, "language", "en")
    if story.text.source.author:
        _dc(known, "creator", story.text.source.author)
    add(known, "meta", modified, property="dcterms:modified")
    manifest = add(root, "manifest")
    add(manifest, "item", id="nav", href="nav.xhtml", media__type="application/xhtml+xml", properties="nav")
    add(manifest, "item", id="style", href="style.css", media__type="text/css")
    spine = add(root, "spine")
    for number, name in enumerate(pages, 1):
        add(manifest, "item", id=f"page{number}", href=name, media__type="application/xhtml+xml")
        add(spine, "itemref", idref=f"page{number}")
    return to_bytes(root)


def _dc(parent: etree._Element, tag: str, words: str) -> etree._Element:
    node = add(parent, "meta", words)
    node.tag = f"{{{_DC}}}{tag}"
    return node
