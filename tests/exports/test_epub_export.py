"""The EPUB is a whole and valid book, its words are the text's, and its lines know their speakers."""

from __future__ import annotations

import io
import posixpath
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from lxml import etree
from tale import CONTENT, laws, stories, tale, without

from fabula.errors import NotRead
from fabula.exports.epub import to_epub
from fabula.forms.xml import allowed
from fabula.sources import read_bytes
from fabula.story import Story

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"


class Book:
    """An EPUB opened by its own rules."""

    def __init__(self, data: bytes) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(data))
        first = self.archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert self.archive.read("mimetype") == b"application/epub+zip"
        rootfile = self.part("META-INF/container.xml").find(".//{*}rootfile")
        self.base = rootfile.get("full-path")
        self.package = self.part(self.base)
        self.items = {item.get("id"): item.get("href") for item in self.package.iter(f"{OPF}item")}
        self.pages = [self.page(self.items[ref.get("idref")]) for ref in self.package.iter(f"{OPF}itemref")]

    def part(self, name: str) -> etree._Element:
        return etree.fromstring(self.archive.read(name))

    def page(self, href: str) -> etree._Element:
        return self.part(posixpath.join(posixpath.dirname(self.base), href))

    def text(self) -> str:
        """The words of the chapters, without the index."""
        return "".join("".join(page.find(f"{XHTML}body").itertext()) for page in self.pages[:-1])


def checked(data: bytes) -> Book:
    """The book, its parts all announced, its links all leading somewhere."""
    book = Book(data)
    folder = posixpath.dirname(book.base)
    announced = {posixpath.join(folder, href) for href in book.items.values()}
    assert announced | {"mimetype", "META-INF/container.xml", book.base} == set(book.archive.namelist())
    ids = {href: {node.get("id") for node in book.page(href).iter()} for href in book.items.values() if "html" in href}
    for href in ids:
        named = [node.get("id") for node in book.page(href).iter() if node.get("id")]
        assert len(named) == len(set(named))
        for link in book.page(href).iter(f"{XHTML}a"):
            file, _, fragment = link.get("href").partition("#")
            assert not fragment or fragment in ids[file]
            assert file in ids
    return book


def test_lines_know_who_says_them_to_whom_and_how_sure() -> None:
    book = checked(to_epub(tale()))
    spans = [span for page in book.pages for span in page.iter(f"{XHTML}span")]
    assert [(dict(span.attrib), span.text) for span in spans][:2] == [
        (
            {
                "class": "said",
                "id": "q1",
                "data-speaker": "c1",
                "data-name": "Nell",
                "data-to": "c2",
                "data-mode": "spoken",
                "data-confidence": "0.9",
            },
            "“Come here, Amos,”",
        ),
        (
            {
                "class": "said",
                "id": "q2",
                "data-speaker": "c1",
                "data-name": "Nell",
                "data-mode": "spoken",
                "data-confidence": "0.4",
            },
            "“It’s [now] or *never* & late.”",
        ),
    ]
    assert [span.get("id") for span in spans[3:]] == ["q4", None]


def test_chapters_and_the_index_lead_to_first_appearances() -> None:
    book = checked(to_epub(tale()))
    titles = [a.text for a in book.page("nav.xhtml").iter(f"{XHTML}a")]
    assert titles == ["Part One", "Chapter 2", "People and places"]
    links = {a.text: a.get("href") for a in book.pages[-1].iter(f"{XHTML}a")}
    assert links == {"Nell": "chapter1.xhtml#p3", "Amos": "chapter1.xhtml#p3", "Ryde": "chapter1.xhtml#p3"}


def test_the_same_story_is_the_same_book() -> None:
    assert to_epub(tale()) == to_epub(tale())


def test_fabula_reads_its_own_book_again() -> None:
    text = read_bytes(to_epub(tale()), name="ferry.epub")
    assert "".join(CONTENT.split()) in "".join(text.content.split())
    assert text.source.title == "The Ferry <1>"


def test_unread_is_not_empty() -> None:
    with pytest.raises(NotRead, match="quotes"):
        to_epub(without(tale(), "quotes"))
    checked(to_epub(without(tale(), "chapters", "mentions", "entities")))


@laws
@given(stories())
def test_any_story_is_a_book_of_its_words(story: Story) -> None:
    book = checked(to_epub(story))
    assert "".join(book.text().split()) == "".join(allowed(story.text.content).split())
    for page in book.pages[:-1]:
        for span in page.iter(f"{XHTML}span"):
            assert span.text in allowed(story.text.content)


@pytest.mark.skipif(
    shutil.which("java") is None or shutil.which("epubcheck") is None, reason="epubcheck is not installed"
)
def test_epubcheck_finds_nothing(tmp_path: Path) -> None:
    (tmp_path / "ferry.epub").write_bytes(to_epub(tale()))
    jar = str(Path(shutil.which("epubcheck") or "").resolve())
    command = ["java", "-jar", jar] if jar.endswith(".jar") else [jar]
    ran = subprocess.run([*command, str(tmp_path / "ferry.epub")], capture_output=True, text=True, timeout=300)
    assert ran.returncode == 0, ran.stdout + ran.stderr
