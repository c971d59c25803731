"""Puts remarks into a Word document as comments, and changes nothing else in it.

`Text.runs` lead from each place of the text back to a run of the document. Where a remark begins or ends inside a run,
the run is parted there, as Word itself does: two runs of the same look, whose words joined are the old one's.
"""

from __future__ import annotations

import copy
from bisect import bisect_right

from lxml import etree

from fabula.exports.docx.package import Package, main_part
from fabula.exports.docx.remarks import remarks_of
from fabula.forms.xml import allowed
from fabula.sources._xml import local, number, value
from fabula.story import Run, Span, Story, Text

__all__ = ["to_docx"]

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_AUTHOR, _INITIALS = "Fabula", "F"
_ONE = ("tab", "ptab", "cr", "nobreakhyphen")
"""Elements, in small letters, that are one character of a run's text."""

_LARGEST_ID = 2**31 - 2


def to_docx(story: Story, source: bytes) -> bytes:
    """The document that the story was read from, with a comment for each finding and each unsure speaker.

    Args:
        source: the bytes of that document. The result has the same words in the same look; all parts but the main one,
            the list of comments and what announces it are the very same bytes.

    Raises:
        NotWritten: if the story was not read from these bytes, or they are no Word document.
        NotRead: if neither findings nor quotes were read.
    """
    remarks = remarks_of(story)
    main = main_part(story, source)
    package = Package(source)
    root = package.part(main)
    name, comments = package.comments(main, namespace=etree.QName(root).namespace or "")
    margin = _Margin(root, comments, story.text)
    for remark in remarks:
        margin.write(remark.span, remark.words)
    if not margin.written:
        return source
    package.replace(main, root)
    package.replace(name, comments)
    return package.bytes()


class _Margin:
    """The margin of a document: knows its runs, and writes comments beside them."""

    def __init__(self, root: etree._Element, comments: etree._Element, text: Text) -> None:
        self.written = 0
        self._comments, self._text = comments, text
        self._w = etree.QName(root).namespace or ""
        paragraphs = [node for node in root.iter() if local(node) == "p"]
        self._runs = [[[node] for node in paragraph.iter() if local(node) == "r"] for paragraph in paragraphs]
        ids = [number(value(node, "id"), most=_LARGEST_ID) for node in comments if local(node) == "comment"]
        self._next = max(ids, default=-1) + 1

    def write(self, span: Span, words: str) -> None:
        """A comment on a stretch of the text; none where the stretch is nowhere in the document."""
        runs = self._text.runs
        at = max(0, bisect_right(runs, span.start, key=lambda run: run.start) - 1)
        touched = []
        while at < len(runs) and runs[at].start < span.end:
            if runs[at].overlaps(span):
                touched.append(runs[at])
            at += 1
        if not touched:
            return
        start = self._parted(touched[0], max(span.start, touched[0].start))
        end = self._parted(touched[-1], min(span.end, touched[-1].end))
        key = str(self._next)
        self._next, self.written = self._next + 1, self.written + 1
        first, last = self._first_behind(touched[0], start), self._last_before(touched[-1], end)
        first.addprevious(self._node("commentRangeStart", id=key))
        reference, ending = self._node("r"), self._node("commentRangeEnd", id=key)
        reference.append(self._node("commentReference", id=key))
        last.addnext(ending)
        ending.addnext(reference)
        self._list(key, words)

    def _parted(self, run: Run, place: int) -> int:
        """Part the run at a place of the text that is inside it; the same place, in the run's own characters."""
        offset = run.offset + place - run.start
        pieces = self._runs[run.paragraph][run.run]
        at = 0
        for index, piece in enumerate(pieces):
            length = sum(self._length(child) for child in piece)
            if at < offset < at + length and etree.QName(piece).namespace == self._w:
                pieces.insert(index + 1, self._cut(piece, offset - at))
                break
            at += length
        return offset

    def _first_behind(self, run: Run, offset: int) -> etree._Element:
        """The piece of a run that begins at an offset."""
        at = 0
        for piece in self._runs[run.paragraph][run.run]:
            length = sum(self._length(child) for child in piece)
            if at + length > offset:
                return self._beside(piece)
            at += length
        return self._beside(self._runs[run.paragraph][run.run][-1])

    def _last_before(self, run: Run, offset: int) -> etree._Element:
        """The piece of a run that ends at an offset."""
        at = 0
        for piece in self._runs[run.paragraph][run.run]:
            at += sum(self._length(child) for child in piece)
            if at >= offset:
                return self._beside(piece)
        return self._beside(self._runs[run.paragraph][run.run][-1])

    def _beside(self, piece: etree._Element) -> etree._Element:
        """The element beside which a comment may begin or end: not inside a formula, which would not bear it."""
        node, above = piece, piece.getparent()
        while above is not None and etree.QName(above).namespace != self._w:
            node, above = above, above.getparent()
        return node

    def _cut(self, piece: etree._Element, offset: int) -> etree._Element:
        """Move what stands behind an offset into a run of its own, right behind this one."""
        behind = etree.Element(piece.tag)
        for name, words in piece.attrib.items():
            behind.set(name, words)
        look = piece.find(self._tag("rPr"))
        if look is not None:
            behind.append(copy.deepcopy(look))
        at = 0
        for child in list(piece):
            length = self._length(child)
            if at >= offset and child is not look:
                behind.append(child)
            elif at < offset < at + length:
                behind.append(self._cut_words(child, offset - at))
            at += length
        piece.addnext(behind)
        return behind

    def _cut_words(self, node: etree._Element, offset: int) -> etree._Element:
        behind = copy.deepcopy(node)
        behind.tail = None
        words = node.text or ""
        node.text, behind.text = words[:offset], words[offset:]
        for each in (node, behind):
            each.set(_SPACE, "preserve")
        return behind

    def _length(self, node: etree._Element) -> int:
        """How many characters of the run's text an element is, as `sources.docx` counts them."""
        tag = local(node)
        if tag == "t":
            return len(node.text or "")
        if tag == "br":
            return int((value(node, "type") or "textWrapping") == "textWrapping")
        return int(tag in _ONE)

    def _list(self, key: str, words: str) -> None:
        comment = self._node("comment", id=key, author=_AUTHOR, initials=_INITIALS)
        paragraph = etree.SubElement(comment, self._tag("p"))
        said = etree.SubElement(etree.SubElement(paragraph, self._tag("r")), self._tag("t"))
        said.text = allowed(" ".join(words.split()))
        self._comments.append(comment)

    def _node(self, tag: str, **known: str) -> etree._Element:
        node = etree.Element(self._tag(tag), nsmap={"w": self._w})
        for name, words in known.items():
            node.set(self._tag(name), words)
        return node

    def _tag(self, name: str) -> str:
        return f"{{{self._w}}}{name}"
