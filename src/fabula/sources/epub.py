"""Reads an e-book in the EPUB format, old (2) and new (3), in the order its pages are meant to be read."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from fabula.errors import NotProse, NotReadable
from fabula.sources._builder import Builder
from fabula.sources._css import Styles
from fabula.sources._decode import decode
from fabula.sources._flow import Flow
from fabula.sources._xml import local, parse_html, parse_xml, value
from fabula.sources._zip import Container
from fabula.story.text import ApartKind, Source, Text

__all__ = ["read_epub"]

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_FONT_ONLY = frozenset(("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"))
_PAGES = frozenset(("application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/xml", "application/xml"))
MAX_PAGES = 5_000

_APART_NAMES: dict[str, ApartKind] = {
    "titlepage": "title", "title": "title", "halftitle": "title", "halftitlepage": "title", "copyright": "licence",
    "copyrightpage": "licence", "uncopyright": "licence", "colophon": "licence", "imprint": "licence",
    "license": "licence", "toc": "contents", "contents": "contents", "tableofcontents": "contents", "loi": "contents",
    "dedication": "front", "cover": "front", "coverpage": "front", "frontispiece": "front", "abouttheauthor": "back",
    "alsoby": "back", "newsletter": "back", "acknowledgments": "back", "acknowledgements": "back",
    "endnotes": "footnote", "footnotes": "footnote", "rearnotes": "footnote", "notes": "footnote",
}  # fmt: skip
_SHORT = 6_000
"""A page set apart by nothing but its file's name is no longer than this; chosen, not measured."""
_LONG = 20_000
"""A page the guide calls a cover or contents is no longer; else it is the whole book, with the cover at its top."""


class _Item(NamedTuple):
    href: str
    kind: str
    properties: frozenset[str]


class _Package(NamedTuple):
    """What the book's own list of parts says."""

    path: str
    title: str | None
    author: str | None
    items: dict[str, _Item]
    spine: list[tuple[str, bool]]
    guide: dict[str, str]


def read_epub(data: bytes, *, name: str) -> Text:
    """The text of a book: its pages in reading order, what is no story among them set apart.

    A run's `part` is the page's file, `paragraph` the number of the element in it, `run` 0 for the words in the element
    and 1 for the words behind it.

    Raises:
        NotReadable: broken, encrypted, pointing outside itself, declaring entities.
        TooLarge: over the limits; NotProse: no pages; NotText: a control character.
    """
    with Container(data, name=name) as book:
        package = _package(book)
        _refuse_encrypted(book, package)
        builder = Builder(name)
        flow = Flow(builder)
        titles = _titles(book, package)
        sheets: dict[str, str] = {}
        begins: dict[str, int] = {}
        for item, linear in _pages(package, name):
            begins[item.href] = _read_page(book, item, flow, builder, sheets, package, linear)
        _name_chapters(titles, begins, flow, builder)
    source = Source(name=name, format="epub", title=package.title, author=package.author)
    return builder.finish(source, paragraphs=flow.paragraphs)


def _package(book: Container) -> _Package:
    root = parse_xml(book.read(_CONTAINER), name=book.name, part=_CONTAINER)
    paths = [node.get("full-path") for node in root.iter() if local(node) == "rootfile"]
    if not paths or not paths[0]:
        raise NotReadable("the book does not say where its parts are listed", where=book.name, hint="Export it again.")
    path = book.resolve(paths[0], base="")
    root = parse_xml(book.read(path), name=book.name, part=path, html_names=True)
    items: dict[str, _Item] = {}
    spine: list[tuple[str, bool]] = []
    guide: dict[str, str] = {}
    for node in root.iter():
        tag = local(node)
        if tag == "item" and node.get("id") and node.get("href"):
            items[str(node.get("id"))] = _Item(
                str(node.get("href")), str(node.get("media-type")), frozenset((node.get("properties") or "").split())
            )
        elif tag == "itemref":
            spine.append((str(node.get("idref")), node.get("linear") != "no"))
        elif tag == "reference" and node.get("href"):
            guide[_inside(book, str(node.get("href")), path)] = str(node.get("type") or "").lower()
    return _Package(
        path, _said(root, "title"), _said(root, "creator"), _resolved(items, spine, book, path), spine, guide
    )


def _resolved(items: dict[str, _Item], spine: list[tuple[str, bool]], book: Container, path: str) -> dict[str, _Item]:
    """The items with hrefs as parts of the container; a page of the book that lies outside it is refused."""
    read = {idref for idref, _ in spine}
    return {
        key: item._replace(href=book.resolve(item.href, base=path) if key in read else _inside(book, item.href, path))
        for key, item in items.items()
    }


def _inside(book: Container, href: str, base: str) -> str:
    """The part an href points at, "" if it points outside the book."""
    try:
        return book.resolve(href, base=base)
    except (NotReadable, ValueError):
        return ""


def _said(root: etree._Element, name: str) -> str | None:
    found = [" ".join((node.text or "").split()) for node in root.iter() if local(node) == name]
    return next((words for words in found if words), None)


def _refuse_encrypted(book: Container, package: _Package) -> None:
    """Hidden fonts are fine; hidden words are not."""
    if _ENCRYPTION not in book:
        return
    root = parse_xml(book.read(_ENCRYPTION), name=book.name, part=_ENCRYPTION)
    read = {package.items[idref].href for idref, _ in package.spine if idref in package.items}
    for data in (node for node in root.iter() if local(node) == "encrypteddata"):
        methods = {node.get("Algorithm") for node in data if local(node) == "encryptionmethod"}
        uris = {_inside(book, str(node.get("URI")), "") for node in data.iter() if local(node) == "cipherreference"}
        if uris & read or not methods <= _FONT_ONLY:
            raise NotReadable(
                "the book is encrypted (copy protection)", where=book.name, hint="Read a copy without protection."
            )


def _pages(package: _Package, name: str) -> list[tuple[_Item, bool]]:
    """The pages in reading order, each once, without the navigation page."""
    seen: set[str] = set()
    pages: list[tuple[_Item, bool]] = []
    for idref, linear in package.spine[:MAX_PAGES]:
        item = package.items.get(idref)
        if item is None or item.href in seen or "nav" in item.properties:
            continue
        if item.kind not in _PAGES:
            continue
        seen.add(item.href)
        pages.append((item, linear))
    if not pages:
        raise NotProse("the book has no pages to read", where=name, hint="Is it a book of pictures?")
    return pages


def _read_page(
    book: Container,
    item: _Item,
    flow: Flow,
    builder: Builder,
    sheets: dict[str, str],
    package: _Package,
    linear: bool,
) -> int:
    """Read one page into the builder; where its words begin."""
    root = _root(book, item.href)
    start = builder.at
    flow.read(root, part=item.href, styles=_styles(book, root, item.href, sheets))
    begin = start + 2 if start and builder.at > start else start
    kind = _page_kind(root, item, package, builder.at - begin)
    if kind is None and not linear:
        kind = "front" if start == 0 else "back"
    if kind:
        builder.set_apart(kind, begin, builder.at)
    return begin


def _root(book: Container, part: str) -> etree._Element:
    data = book.read(part)
    try:
        return parse_xml(data, name=book.name, part=part, html_names=True)
    except NotReadable as error:
        if "well-formed" not in error.what:
            raise
        return parse_html(decode(data, name=f"{book.name}, {part}"), name=book.name)


def _styles(book: Container, root: etree._Element, part: str, sheets: dict[str, str]) -> Styles:
    styles = Styles()
    for node in root.iter():
        tag = local(node)
        if tag == "style":
            styles.read(node.text or "")
        elif tag == "link" and "stylesheet" in (node.get("rel") or "").lower():
            href = _inside(book, str(node.get("href") or ""), part)
            if href in book and href not in sheets:
                sheets[href] = book.read(href).decode("utf-8", errors="replace")
            styles.read(sheets.get(href, ""))
        elif tag == "body":
            break
    return styles


def _page_kind(root: etree._Element, item: _Item, package: _Package, size: int) -> ApartKind | None:
    """Why a whole page is no story: by the guide, or by its file's name if the page is short enough to believe it."""
    called = _bare(package.guide.get(item.href, ""))
    if called in _APART_NAMES and size < _LONG:
        return _APART_NAMES[called]
    named = _APART_NAMES.get(_bare(item.href.rpartition("/")[2].partition(".")[0]))
    return named if size < _SHORT or named == "footnote" else None


def _bare(words: str) -> str:
    """Only the letters: "003_title-page" is "titlepage"."""
    return "".join(filter(str.isalpha, words.lower()))


def _titles(book: Container, package: _Package) -> list[tuple[str, str, str]]:
    """(part, id, title) as the navigation says, in its order; what is damaged in it is passed over."""
    for item in package.items.values():
        is_nav, is_ncx = "nav" in item.properties, item.kind == "application/x-dtbncx+xml"
        if not (is_nav or is_ncx) or item.href not in book:
            continue
        try:
            root = _root(book, item.href)
        except NotReadable:
            continue
        return _nav_titles(root, book, item.href) if is_nav else _ncx_titles(root, book, item.href)
    return []


def _nav_titles(root: etree._Element, book: Container, base: str) -> list[tuple[str, str, str]]:
    navs = [node for node in root.iter() if local(node) == "nav"]
    toc = next((nav for nav in navs if "toc" in (value(nav, "type") or "").split()), navs[0] if navs else None)
    links = [node for node in toc.iter() if local(node) == "a"] if toc is not None else []
    return [_entry(book, base, str(a.get("href") or ""), "".join(map(str, a.itertext()))) for a in links]


def _ncx_titles(root: etree._Element, book: Container, base: str) -> list[tuple[str, str, str]]:
    found: list[tuple[str, str, str]] = []
    label = ""
    for node in root.iter():
        if local(node) == "text":
            label = node.text or ""
        elif local(node) == "content":
            found.append(_entry(book, base, str(node.get("src") or ""), label))
    return found


def _entry(book: Container, base: str, href: str, title: str) -> tuple[str, str, str]:
    return _inside(book, href, base), href.partition("#")[2], " ".join(title.split())


def _name_chapters(titles: list[tuple[str, str, str]], begins: dict[str, int], flow: Flow, builder: Builder) -> None:
    """Where the navigation names a chapter and the page shows no heading, a heading without width bears the title."""
    ends = {part: end for (part, _), end in zip(begins.items(), [*list(begins.values())[1:], builder.at], strict=True)}
    for part, anchor, title in titles:
        if part not in begins or not title:
            continue
        start = flow.places.get((part, anchor), begins[part]) if anchor else begins[part]
        within = min(ends[part], start + 200) if anchor else ends[part]
        if not builder.has_heading(start, max(start + 1, within)):
            builder.mark("heading", start, start, level=1, note=title)
