"""Reads a web page saved to disk."""

from __future__ import annotations

import re

from lxml import etree

from fabula.sources._builder import Builder
from fabula.sources._css import Styles
from fabula.sources._decode import decode
from fabula.sources._flow import Flow
from fabula.sources._xml import local, parse_html
from fabula.story.text import Source, Text

__all__ = ["read_html"]

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.\-]{1,40})", re.I)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}encoding\s*=\s*[\"']([\w.\-]{1,40})", re.I)
_AUTHOR_NAMES = frozenset(("author", "dc.creator", "dcterms.creator", "citation_author"))


def read_html(data: bytes, *, name: str) -> Text:
    """The text of a page. Nothing it points at is fetched.

    A run's `paragraph` is the number of the element in the page as lxml's HTML parser builds it, `run` 0 for the words
    in the element and 1 for the words behind it.

    Raises:
        NotReadable, NotText, NotProse, TooLarge: see `fabula.errors`.
    """
    declared = _CHARSET.search(data[:4096]) or _XML_ENCODING.match(data[:400])
    content = decode(data, name=name, declared=declared[1].decode("ascii") if declared else None)
    root = parse_html(content, name=name)
    styles = Styles()
    for sheet in root.iter("style"):
        styles.read(sheet.text or "")
    builder = Builder(name)
    flow = Flow(builder)
    flow.read(root, part="", styles=styles)
    title, author = _said_in_head(root)
    return builder.finish(Source(name=name, format="html", title=title, author=author), paragraphs=flow.paragraphs)


def _said_in_head(root: etree._Element) -> tuple[str | None, str | None]:
    title = author = None
    for node in root.iter("title", "meta"):
        if local(node) == "title":
            title = title or " ".join((node.text or "").split()) or None
        elif str(node.get("name") or node.get("property") or "").lower() in _AUTHOR_NAMES:
            author = author or " ".join(str(node.get("content") or "").split()) or None
    return title, author
