"""Reads a Word document (.docx) as it reads with all its tracked changes accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from fabula.errors import NotReadable
from fabula.sources._builder import ORNAMENT, Builder, Origin
from fabula.sources._xml import local, number, parse_xml, value
from fabula.sources._zip import Container
from fabula.story.text import Source, Text

__all__ = ["read_docx"]

_CORE = "docProps/core.xml"
_NOBODY = frozenset(("", "python-docx", "microsoft office user", "user", "author", "unknown", "un-named", "apache poi"))
_UNREAD = frozenset(("del", "movefrom", "txbxcontent", "fallback", "rprchange", "pprchange", "instrtext", "deltext"))
_SAID = {"tab": "\t", "ptab": "\t", "cr": "\n", "nobreakhyphen": "-"}
_INDENTED = frozenset(("quote", "intense quote", "block text", "block quotation", "quotations", "extract", "letter"))


class _Style(NamedTuple):
    """What a style says of its paragraphs or words."""

    name: str
    heading: int | None
    italic: bool


def read_docx(data: bytes, *, name: str) -> Text:
    """The text of a document: every paragraph in order, those in tables too, empty ones as a further blank line.

    A run's `part` is the document's part (word/document.xml), `paragraph` the number of the `w:p` among all of that
    part, `run` the number of the `w:r` among all of that paragraph, `offset` a place in what python-docx calls the
    run's text. Deletions, notes and text boxes are not read; insertions, links and fields' results are.

    Raises:
        NotReadable: broken, encrypted; TooLarge: over the limits; NotText: a control character.
    """
    with Container(data, name=name) as package:
        part = _main_part(package)
        root = parse_xml(package.read(part), name=name, part=part)
        reader = _Reader(Builder(name), part, _styles(package, part), _comments(package, part))
        title, author = _properties(package)
        reader.read(root)
    return reader.builder.finish(Source(name=name, format="docx", title=title, author=author), paragraphs=reader.count)


def _main_part(package: Container) -> str:
    if "_rels/.rels" in package:
        root = parse_xml(package.read("_rels/.rels"), name=package.name, part="_rels/.rels")
        for node in root.iter():
            if local(node) == "relationship" and str(node.get("Type")).endswith("/officeDocument"):
                return package.resolve(str(node.get("Target")).lstrip("/"), base="")
    if "EncryptedPackage" in package:
        raise NotReadable("the document is encrypted", where=package.name, hint="Save it without a password.")
    return "word/document.xml"


def _beside(package: Container, main: str, file: str) -> etree._Element | None:
    part = package.resolve(file, base=main)
    return parse_xml(package.read(part), name=package.name, part=part) if part in package else None


def _styles(package: Container, main: str) -> dict[str, _Style]:
    root = _beside(package, main, "styles.xml")
    nodes = [node for node in root.iter() if local(node) == "style"] if root is not None else []
    by_id = {value(node, "styleId") or "": node for node in nodes}
    return {key: _style(node, by_id) for key, node in by_id.items()}


_HEADING = re.compile(r"heading (\d)")


def _style(node: etree._Element, by_id: dict[str, etree._Element]) -> _Style:
    name = heading = None
    italic = False
    seen: set[str] = set()
    at: etree._Element | None = node
    while at is not None:
        said = {local(inner): inner for inner in at.iter()}
        own = (value(said["name"], "val") or "").lower() if "name" in said else ""
        found = _HEADING.fullmatch(own)
        name = own if name is None else name
        if heading is None and (found or own == "title"):
            heading = int(found[1]) if found else 0
        italic = italic or ("i" in said and _is_on(said["i"]))
        base = value(said["basedon"], "val") or "" if "basedon" in said else ""
        at = by_id.get(base) if base not in seen else None
        seen.add(base)
    return _Style(name or "", heading, italic)


def _is_on(node: etree._Element) -> bool:
    return (value(node, "val") or "true").lower() not in ("0", "false", "off", "none")


def _comments(package: Container, main: str) -> dict[str, str]:
    root = _beside(package, main, "comments.xml")
    nodes = [node for node in root if local(node) == "comment"] if root is not None else []
    return {value(node, "id") or "": _comment_text(node) for node in nodes}


def _comment_text(node: etree._Element) -> str:
    paragraphs = (p for p in node.iter() if local(p) == "p")
    return "\n".join("".join(t.text or "" for t in p.iter() if local(t) == "t") for p in paragraphs)


def _properties(package: Container) -> tuple[str | None, str | None]:
    if _CORE not in package:
        return None, None
    said = {local(node): " ".join((node.text or "").split()) for node in parse_xml(
        package.read(_CORE), name=package.name, part=_CORE
    )}  # fmt: skip
    author = said.get("creator", "")
    return said.get("title") or None, author if author.lower() not in _NOBODY else None


class _Reader:
    """Walks the document's paragraphs into a builder."""

    def __init__(self, builder: Builder, part: str, styles: dict[str, _Style], comments: dict[str, str]) -> None:
        self.builder = builder
        self.count = 0
        self._part, self._styles, self._comments = part, styles, comments
        self._ranges: dict[str, int] = {}
        self._ranged: set[str] = set()
        self._joins = False

    def read(self, root: etree._Element) -> None:
        """Read every paragraph of the part; each keeps its number, read or not."""
        for index, paragraph in enumerate(node for node in root.iter() if local(node) == "p"):
            if not any(local(above) in _UNREAD for above in paragraph.iterancestors()):
                self._paragraph(paragraph, index)

    def _paragraph(self, node: etree._Element, index: int) -> None:
        properties = next((child for child in node if local(child) == "ppr"), None)
        if self.count and not self._joins:
            self.builder.put("\n\n")
        self.count += 1
        start = self.builder.at
        for run_index, inner in _runs_and_signs(node):
            tag = local(inner)
            if tag == "r":
                self._run(inner, Origin(self._part, index, run_index, 0))
            else:
                self._sign(inner, tag)
        self._joins = properties is not None and _mark_deleted(properties)
        self._marks(properties, start, node)

    def _marks(self, properties: etree._Element | None, start: int, node: etree._Element) -> None:
        end = self.builder.at
        said = {local(inner): inner for inner in properties} if properties is not None else {}
        style = self._styles.get(value(said["pstyle"], "val") or "") if "pstyle" in said else None
        if style and style.heading is not None:
            self.builder.mark("heading", start, end, level=style.heading)
        elif "outlinelvl" in said and number(value(said["outlinelvl"], "val"), otherwise=9) < 9:
            self.builder.mark("heading", start, end, level=number(value(said["outlinelvl"], "val")) + 1)
        if style and style.name in _INDENTED:
            self.builder.mark("indented", start, end)
        if style and (style.name.startswith("toc ") or style.name == "table of contents"):
            self.builder.set_apart("contents", start, end)
        if end == start and ("pbdr" in said or any(local(inner) == "hr" for inner in node.iter())):
            self.builder.mark("break", start, start, note="rule")
        elif "sectpr" in said or "pagebreakbefore" in said:
            at = end if "sectpr" in said else start
            self.builder.mark("break", at, at, note="page")
        words = self.builder.since(start)
        if words.strip() and ORNAMENT.fullmatch(words):
            self.builder.mark("break", start, end, note="ornament")

    def _run(self, run: etree._Element, origin: Origin) -> None:
        said = {local(inner): inner for child in run if local(child) == "rpr" for inner in child}
        start = self.builder.at
        hidden = "vanish" in said and _is_on(said["vanish"])
        offset = 0
        for child in run:
            tag = local(child)
            words = (child.text or "") if tag == "t" else _SAID.get(tag, "")
            if tag == "br":
                words = self._line_end(child)
            if not hidden:
                self.builder.put(words, origin._replace(offset=offset))
            offset += len(words)
        style = self._styles.get(value(said["rstyle"], "val") or "") if "rstyle" in said else None
        if _is_on(said["i"]) if "i" in said else style is not None and style.italic:
            self.builder.mark("italic", start, self.builder.at)

    def _line_end(self, node: etree._Element) -> str:
        kind = value(node, "type") or "textWrapping"
        if kind == "page":
            self.builder.mark("break", self.builder.at, self.builder.at, note="page")
        return "\n" if kind == "textWrapping" else ""

    def _sign(self, node: etree._Element, tag: str) -> None:
        """Where a comment begins and ends."""
        key = value(node, "id") or ""
        if tag == "commentrangestart":
            self._ranges[key] = self.builder.at
        elif key in self._comments and key not in self._ranged:
            start = self._ranges.get(key, self.builder.at)
            self._ranged.add(key)
            self.builder.mark("comment", start, self.builder.at, note=self._comments[key])


def _runs_and_signs(paragraph: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    """The paragraph's runs that are read, each with its number among all its runs, and the ends of comments."""
    index = -1
    for node in paragraph.iter():
        tag = local(node)
        index += tag == "r"
        if tag in ("r", "commentrangestart", "commentrangeend", "commentreference") and not _is_unread(node, paragraph):
            yield index, node


def _is_unread(node: etree._Element, paragraph: etree._Element) -> bool:
    for above in node.iterancestors():
        if above is paragraph:
            return False
        if local(above) in _UNREAD or local(above) == "p":
            return True
    return False


def _mark_deleted(properties: etree._Element) -> bool:
    """Whether the paragraph's end was deleted, so that the next one goes on in it."""
    return any(local(sign) == "del" for inner in properties if local(inner) == "rpr" for sign in inner)
