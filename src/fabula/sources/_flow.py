"""Reads a page as a browser would show it: its paragraphs, headings, breaks, italics and notes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from fabula.sources._builder import ORNAMENT, Builder, Origin
from fabula.sources._css import Styles, is_break_name
from fabula.sources._xml import local, value
from fabula.story.text import ApartKind, MarkKind

__all__ = ["Flow", "apart_kind"]

_DROPPED = frozenset((
    "script", "style", "nav", "head", "template", "noscript", "svg", "math", "iframe", "object", "audio", "video",
    "select", "button", "textarea", "rt", "rp", "canvas",
))  # fmt: skip
_BLOCKS = frozenset((
    "html", "body", "p", "div", "section", "article", "h1", "h2", "h3", "h4", "h5", "h6", "hgroup", "li", "ul", "ol",
    "dl", "dt", "dd", "blockquote", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "pre", "hr",
    "header", "footer", "main", "aside", "figure", "figcaption", "address", "form", "fieldset", "center",
))  # fmt: skip
_ITALIC = frozenset(("em", "i", "cite", "dfn", "var"))
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_WHITE = re.compile(r"[ \t\n\r\f]*[\t\n\r\f][ \t\n\r\f]*| {2,}")
_MARKER = re.compile(r"\s*[\[(]?(?:\d{1,4}|[a-z]|[ivxlc]{1,6}|[*†‡§¶]{1,4}|note)[\])]?\s*", re.I)
_ORNAMENT_NAME = re.compile(r"ornament|break|divider|dinkus|asterism|scene|separator|fleuron|flourish|\*", re.I)

_TYPES: dict[str, ApartKind] = {
    "titlepage": "title", "halftitlepage": "title", "cover": "front", "frontispiece": "front", "dedication": "front",
    "imprint": "licence", "colophon": "licence", "copyright-page": "licence", "toc": "contents", "loi": "contents",
    "lot": "contents", "landmarks": "contents", "page-list": "contents", "footnote": "footnote",
    "footnotes": "footnote", "endnote": "footnote", "endnotes": "footnote", "rearnote": "footnote",
    "rearnotes": "footnote", "noteref": "footnote", "backlink": "footnote", "pagebreak": "footnote",
    "doc-pagebreak": "footnote",
    "doc-footnote": "footnote", "doc-endnote": "footnote", "doc-endnotes": "footnote", "doc-noteref": "footnote",
    "doc-backlink": "footnote", "doc-toc": "contents", "doc-colophon": "licence", "doc-cover": "front",
    "doc-dedication": "front", "index": "back", "doc-index": "back", "bibliography": "back", "doc-bibliography": "back",
    "acknowledgments": "back", "doc-acknowledgments": "back", "other-credits": "licence", "doc-credits": "licence",
}  # fmt: skip
_CLASSES: dict[str, ApartKind] = {
    "footnote": "footnote", "footnotes": "footnote", "endnote": "footnote", "endnotes": "footnote",
    "rearnote": "footnote", "fnanchor": "footnote", "noteref": "footnote", "footnote-ref": "footnote",
    "pagenum": "footnote", "pageno": "footnote", "page-number": "footnote", "pgheader": "licence",
    "pgfooter": "licence", "pg-boilerplate": "licence", "transnote": "licence",
    "transcriber-note": "licence", "toc": "contents",
}  # fmt: skip


def apart_kind(node: etree._Element) -> ApartKind | None:
    """Why an element is no story, as its type, role or class says; None where it is."""
    for word in f"{value(node, 'type') or ''} {value(node, 'role') or ''}".lower().split():
        if word in _TYPES:
            return _TYPES[word]
    for name in (node.get("class") or "").lower().split():
        if name in _CLASSES and not (name == "toc" and local(node) in _HEADINGS):
            return _CLASSES[name]
    return "footnote" if _is_note_marker(node) else None


def _is_note_marker(node: etree._Element) -> bool:
    """A small raised number that leads to a note."""
    if local(node) != "a" or "#" not in (node.get("href") or ""):
        return False
    words = "".join(map(str, node.itertext()))
    if not words.strip() or not _MARKER.fullmatch(words):
        return False
    parent = node.getparent()
    raised = (parent is not None and local(parent) == "sup") or any(local(child) == "sup" for child in node)
    return raised or words.strip().startswith("[")


class _Open:
    """An element being read: where its words begin and what is to be said of them when it ends."""

    __slots__ = ("apart", "gap_below", "marks", "mute", "node", "pre", "start")

    def __init__(self, node: etree._Element, start: int, pre: bool) -> None:
        self.node, self.start, self.pre = node, start, pre
        self.apart: ApartKind | None = None
        self.marks: list[tuple[MarkKind, int]] = []
        self.gap_below = self.mute = False


class Flow:
    """Reads pages into a builder, one after the other.

    An origin names the page (`part`), the element by its number in the page's own order of elements and comments
    (`paragraph`), and whether the words stand in it (`run` 0) or behind its end (`run` 1); `offset` counts in those.

    Attributes:
        paragraphs: how many paragraphs have been read.
        places: where each element with an id begins, as (part, id).
    """

    def __init__(self, builder: Builder) -> None:
        self.paragraphs = 0
        self.places: dict[tuple[str, str], int] = {}
        self._builder = builder
        self._part = ""
        self._styles = Styles()
        self._stack: list[_Open] = []
        self._fresh = True
        self._space: Origin | None = None
        self._pending: str | None = None
        self._start = 0
        self._words: list[str] = []

    def read(self, root: etree._Element, *, part: str, styles: Styles) -> None:
        """Add the page's words and marks."""
        self._part, self._styles = part, styles
        self._end_paragraph()
        for index, event, node in _walk(root):
            if event == "start":
                self._open(node, index)
            elif event == "end":
                self._close(node, index)
            else:
                self._add(node.tail, Origin(part, index, 1, 0))
        self._end_paragraph()

    def _open(self, node: etree._Element, index: int) -> None:
        tag = local(node)
        if tag in _BLOCKS:
            self._end_paragraph()
        if node.get("id"):
            self.places.setdefault((self._part, str(node.get("id"))), self._next())
        if tag == "br":
            self._line_end()
        elif tag == "hr":
            self._break("rule")
        frame = _Open(node, self._next(), tag == "pre" or (bool(self._stack) and self._stack[-1].pre))
        frame.mute = bool(self._stack) and self._stack[-1].mute
        self._style(frame, tag)
        self._stack.append(frame)
        self._add(node.text, Origin(self._part, index, 0, 0))

    def _style(self, frame: _Open, tag: str) -> None:
        node, classes, inline = frame.node, (frame.node.get("class") or "").split(), frame.node.get("style") or ""
        frame.apart = apart_kind(node)
        if tag in _HEADINGS:
            frame.marks.append(("heading", _HEADINGS[tag]))
        elif tag == "blockquote":
            frame.marks.append(("indented", 0))
        elif tag in _ITALIC or (
            tag == "span" and "italic" in self._styles.of(tag, classes, inline).get("font-style", "")
        ):
            frame.marks.append(("italic", 0))
        elif tag in ("p", "div"):
            self._blank(frame, tag, classes, inline)

    def _blank(self, frame: _Open, tag: str, classes: list[str], inline: str) -> None:
        """Breaks that are only seen: an empty paragraph, an ornament, a wide space above or below."""
        node = frame.node
        is_named = is_break_name(classes)
        if tag == "div" and not is_named and (len(node) or not classes):
            return
        empty = not any(text.strip() for text in node.itertext())
        frame.mute = frame.mute or (empty and tag == "p")
        if empty:
            self._break("ornament" if is_named or _has_ornament(node) else "space", seen=_has_image(node))
        elif tag == "p" and not any(local(open_.node) == "blockquote" for open_ in self._stack):
            if self._styles.gap("top", tag, classes, inline):
                self._break("style")
            frame.gap_below = self._styles.gap("bottom", tag, classes, inline)
        elif tag == "div" and is_named:
            self._break("style")

    def _close(self, node: etree._Element, index: int) -> None:
        frame = self._stack.pop()
        end = self._builder.at
        for kind, level in frame.marks:
            if end > frame.start:
                self._builder.mark(kind, frame.start, end, level=level)
        if frame.apart:
            self._builder.set_apart(frame.apart, frame.start, end)
        if local(node) in _BLOCKS:
            self._end_paragraph()
            if frame.gap_below:
                self._break("style")
        self._add(node.tail, Origin(self._part, index, 1, 0))

    def _next(self) -> int:
        """Where the next word will stand."""
        return self._builder.at + (2 if self._fresh and self._builder.at else 0)

    def _add(self, words: str | None, origin: Origin) -> None:
        if not words or (self._stack and self._stack[-1].mute):
            return
        if self._stack and self._stack[-1].pre:
            self._put(words, origin)
            return
        at = 0
        for gap in _WHITE.finditer(words):
            self._plain(words[at : gap.start()], origin._replace(offset=origin.offset + at))
            self._space = self._space or Origin(run=-1)
            at = gap.end()
        self._plain(words[at:], origin._replace(offset=origin.offset + at))

    def _plain(self, words: str, origin: Origin) -> None:
        """Words with only single blanks among them; a blank at either end may have to be held back."""
        if words.startswith(" "):
            self._space = self._space or origin
            words, origin = words[1:], origin._replace(offset=origin.offset + 1)
        if not words:
            return
        trailing = words.endswith(" ")
        kept = words[:-1] if trailing else words
        self._put(kept, origin)
        if trailing:
            self._space = origin._replace(offset=origin.offset + len(kept))

    def _put(self, words: str, origin: Origin) -> None:
        if not words:
            return
        if self._fresh:
            self._begin_paragraph()
        elif self._space is not None:
            self._builder.put(" ", self._space if self._space.run >= 0 else None)
            self._words.append(" ")
        self._space = None
        self._builder.put(words, origin)
        self._words.append(words)

    def _begin_paragraph(self) -> None:
        if self._builder.at:
            self._builder.put("\n\n")
        self._fresh, self._start = False, self._builder.at
        if self._pending and self._start:
            self._builder.mark("break", self._start, self._start, note=self._pending)
        self._pending = None

    def _line_end(self) -> None:
        self._space = None
        if not self._fresh:
            self._builder.put("\n")
            self._words.append("\n")

    def _end_paragraph(self) -> None:
        self._space = None
        if self._fresh:
            return
        words = "".join(self._words)
        if ORNAMENT.fullmatch(words) and words.strip():
            self._builder.mark("break", self._start, self._builder.at, note="ornament")
        self.paragraphs += 1
        self._fresh = True
        self._words = []

    def _break(self, note: str, *, seen: bool = False) -> None:
        """A break before the next paragraph. A picture alone is none unless it is an ornament."""
        if seen and note == "space":
            return
        strength = ("style", "space", "ornament", "rule")
        if self._pending is None or strength.index(note) > strength.index(self._pending):
            self._pending = note


def _has_image(node: etree._Element) -> bool:
    return any(local(inner) in ("img", "image", "svg") for inner in node.iter())


def _has_ornament(node: etree._Element) -> bool:
    images = (inner for inner in node.iter() if local(inner) in ("img", "image"))
    return any(
        _ORNAMENT_NAME.search(" ".join(filter(None, (image.get("class"), image.get("alt"), image.get("src")))))
        for image in images
    )


def _walk(root: etree._Element) -> Iterator[tuple[int, str, etree._Element]]:
    """Every element as it starts and ends, with its number; of dropped and hidden elements only what follows them."""
    dropped: etree._Element | None = None
    numbers: list[int] = []
    index = -1
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event != "end":
            index += 1
        if event == "start":
            numbers.append(index)
        number = numbers.pop() if event == "end" else index
        if dropped is not None:
            if event == "end" and node is dropped:
                dropped = None
                yield number, "after", node
        elif event == "start" and _is_dropped(node):
            dropped = node
        else:
            yield number, event if event in ("start", "end") else "after", node


def _is_dropped(node: etree._Element) -> bool:
    if local(node) in _DROPPED or node.get("hidden") is not None:
        return True
    style = node.get("style") or ""
    return "display" in style and "none" in re.sub(r"\s", "", style).partition("display:")[2][:4]
