"""Reads an OpenDocument text (.odt), as LibreOffice writes it."""

from __future__ import annotations

from lxml import etree

from fabula.errors import NotReadable
from fabula.sources._builder import ORNAMENT, Builder, Origin
from fabula.sources._xml import local, number, parse_xml, value
from fabula.sources._zip import Container
from fabula.story.text import Source, Text

__all__ = ["read_odt"]

_CONTENT = "content.xml"
_MANIFEST = "META-INF/manifest.xml"
_UNREAD = frozenset(("tracked-changes", "note", "annotation", "frame", "forms", "sequence-decls", "bibliography"))
_PARAGRAPHS = ("p", "h")
_INDENTED = frozenset(("quotations", "quotation", "block quotation", "list contents"))


def read_odt(data: bytes, *, name: str) -> Text:
    """The text of a document: every paragraph in order, empty ones as a further blank line.

    A run's `part` is content.xml, `paragraph` the number of the text:p or text:h among all of that part, `run` the
    number of the piece of text in it (lxml's `itertext`), `offset` a place in that piece. Deletions, notes and frames
    are not read.

    Raises:
        NotReadable: broken, encrypted; TooLarge: over the limits.
    """
    with Container(data, name=name) as package:
        _refuse_encrypted(package)
        root = parse_xml(package.read(_CONTENT), name=name, part=_CONTENT)
        reader = _Reader(Builder(name), _styles(package, root))
        reader.read(root)
        title, author = _properties(package)
    return reader.builder.finish(Source(name=name, format="odt", title=title, author=author), paragraphs=reader.count)


def _refuse_encrypted(package: Container) -> None:
    locked = "encrypted-package" in package
    if not locked and _MANIFEST in package:
        root = parse_xml(package.read(_MANIFEST), name=package.name, part=_MANIFEST)
        locked = any(local(node) == "encryption-data" for node in root.iter())
    if locked:
        raise NotReadable("the document is encrypted", where=package.name, hint="Save it without a password.")


def _properties(package: Container) -> tuple[str | None, str | None]:
    if "meta.xml" not in package:
        return None, None
    root = parse_xml(package.read("meta.xml"), name=package.name, part="meta.xml")
    said = {local(node): " ".join((node.text or "").split()) for node in root.iter() if local(node)}
    return said.get("title") or None, said.get("initial-creator") or said.get("creator") or None


class _Style:
    """What a style says: the named style it comes from, and whether it slants."""

    __slots__ = ("italic", "page", "parent")

    def __init__(self, node: etree._Element) -> None:
        self.parent = (value(node, "parent-style-name") or "").replace("_20_", " ")
        inner = list(node)
        self.italic = any((value(child, "font-style") or "") in ("italic", "oblique") for child in inner)
        self.page = any(value(child, "break-before") == "page" for child in inner)


def _styles(package: Container, root: etree._Element) -> dict[str, _Style]:
    roots = [root]
    if "styles.xml" in package:
        roots.insert(0, parse_xml(package.read("styles.xml"), name=package.name, part="styles.xml"))
    nodes = (node for one in roots for node in one.iter() if local(node) == "style")
    return {(value(node, "name") or "").replace("_20_", " "): _Style(node) for node in nodes}


class _Reader:
    """Walks the document's paragraphs into a builder."""

    def __init__(self, builder: Builder, styles: dict[str, _Style]) -> None:
        self.builder = builder
        self.count = 0
        self._styles = styles
        self._space: Origin | None = None
        self._notes: dict[str, tuple[int, str]] = {}

    def read(self, root: etree._Element) -> None:
        """Read every paragraph of the part; each keeps its number, read or not."""
        for index, node in enumerate(node for node in root.iter() if local(node) in _PARAGRAPHS):
            above = {local(one) for one in node.iterancestors()}
            if not above & _UNREAD and "text" in above:
                self._paragraph(node, index, contents=any(name.endswith(("-of-content", "-index")) for name in above))

    def _paragraph(self, node: etree._Element, index: int, *, contents: bool) -> None:
        if self.count:
            self.builder.put("\n\n")
        self.count += 1
        self._space = None
        start = self.builder.at
        self._words(node, index, start)
        end = self.builder.at
        names = self._names(value(node, "style-name"))
        if local(node) == "h" or "Title" in names:
            self.builder.mark("heading", start, end, level=number(value(node, "outline-level"), otherwise=0))
        if {name.lower() for name in names} & _INDENTED:
            self.builder.mark("indented", start, end)
        if contents:
            self.builder.set_apart("contents", start, end)
        self._breaks(start, end, names)

    def _breaks(self, start: int, end: int, names: list[str]) -> None:
        words = self.builder.since(start)
        if words.strip() and ORNAMENT.fullmatch(words):
            self.builder.mark("break", start, end, note="ornament")
        elif not words and "Horizontal Line" in names:
            self.builder.mark("break", start, start, note="rule")
        elif any(self._styles[name].page for name in names if name in self._styles):
            self.builder.mark("break", start, start, note="page")

    def _names(self, name: str | None) -> list[str]:
        """A style's name and those of the styles it comes from."""
        found: list[str] = []
        at = (name or "").replace("_20_", " ")
        while at and at not in found:
            found.append(at)
            at = self._styles[at].parent if at in self._styles else ""
        return found

    def _words(self, paragraph: etree._Element, index: int, start: int) -> None:
        """The pieces of text in the paragraph, counted as `itertext` counts them; some are only counted."""
        piece = -1
        unread: etree._Element | None = None
        slanted: list[tuple[etree._Element, int]] = []
        for event, node in etree.iterwalk(paragraph, events=("start", "end", "comment", "pi")):
            began = event == "start"
            if began and unread is None:
                if local(node) in _UNREAD:
                    unread = node
                    self._annotation(node)
                self._special(node, start)
                if local(node) == "span" and self._slants(node):
                    slanted.append((node, self.builder.at))
            if slanted and event == "end" and slanted[-1][0] is node:
                self.builder.mark("italic", slanted.pop()[1], self.builder.at)
            if event == "end" and node is unread:
                unread = None
            words = node.text if began else node.tail
            if words and (began or node is not paragraph):
                piece += 1
                if unread is None:
                    self._add(words, Origin(_CONTENT, index, piece, 0), start)

    def _slants(self, node: etree._Element) -> bool:
        names = self._names(value(node, "style-name"))
        return "Emphasis" in names or any(self._styles[name].italic for name in names if name in self._styles)

    def _special(self, node: etree._Element, start: int) -> None:
        tag = local(node)
        if tag in ("s", "tab", "line-break"):
            self._hold(start)
            count = number(value(node, "c"), otherwise=1, most=200)
            self.builder.put({"s": " " * max(1, count), "tab": "\t"}.get(tag, "\n"))
        elif tag == "annotation-end":
            began, note = self._notes.pop(value(node, "name") or "", (self.builder.at, ""))
            if note:
                self.builder.mark("comment", began, self.builder.at, note=note)

    def _annotation(self, node: etree._Element) -> None:
        if local(node) != "annotation":
            return
        paragraphs = (inner for inner in node.iter() if local(inner) == "p")
        note = "\n".join("".join(map(str, inner.itertext())) for inner in paragraphs)
        name = value(node, "name")
        if name and _has_end(node, name):
            self._notes[name] = (self.builder.at, note)
        else:
            self.builder.mark("comment", self.builder.at, self.builder.at, note=note)

    def _hold(self, start: int) -> None:
        """Write the blank held back, if there was a word before it."""
        if self._space is not None and self.builder.at > start:
            self.builder.put(" ", self._space if self._space.run >= 0 else None)
        self._space = None

    def _add(self, words: str, origin: Origin, start: int) -> None:
        """White space counts as one blank, and as none at the ends of a paragraph."""
        at = 0
        while at < len(words):
            stop = at
            while stop < len(words) and words[stop] in " \t\r\n":
                stop += 1
            if stop > at:
                is_blank = words[at] == " "
                held = origin._replace(offset=at) if is_blank else Origin(run=-1)
                self._space = self._space or held
                at = stop
                continue
            at = self._word(words, at, origin, start)

    def _word(self, words: str, at: int, origin: Origin, start: int) -> int:
        stop = at
        while stop < len(words) and words[stop] not in " \t\r\n":
            stop += 1
        self._hold(start)
        self.builder.put(words[at:stop], origin._replace(offset=at))
        return stop


def _has_end(node: etree._Element, name: str) -> bool:
    root = node.getroottree().getroot()
    return any(local(end) == "annotation-end" and value(end, "name") == name for end in root.iter())
