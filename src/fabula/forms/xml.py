"""Small tools for writing XML: words that XML may hold, elements, whole files."""

from __future__ import annotations

import re

from lxml import etree

__all__ = ["ID", "LANG", "add", "allowed", "append_text", "document", "spelled", "to_bytes"]

_XML = "{http://www.w3.org/XML/1998/namespace}"
ID = f"{_XML}id"
LANG = f"{_XML}lang"

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML 1.0 file may hold, however it is written: most control characters, half characters."""


def allowed(words: str) -> str:
    """The words, with each character that XML forbids replaced by the sign for such a one, so that places stay."""
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", words)


def document(tag: str, namespace: str) -> etree._Element:
    """The root of a new document whose elements are all in one namespace."""
    return etree.fromstring(f'<{tag} xmlns="{namespace}"/>')


def add(parent: etree._Element, tag: str, words: str | None = None, /, **known: str | None) -> etree._Element:
    """A new last child, in its parent's namespace.

    A keyword's value is an attribute, None for none; a "_" at its end keeps clear of Python's words, "__" stands for
    "-", and `xml_id` and `xml_lang` are XML's own.
    """
    node = etree.SubElement(parent, etree.QName(etree.QName(parent).namespace, tag))
    for name, value in known.items():
        if value is not None:
            node.set(_named(name), allowed(value))
    if words is not None:
        node.text = allowed(words)
    return node


def _named(name: str) -> str:
    """An attribute's name from a keyword."""
    if name in ("xml_id", "xml_lang"):
        return _XML + name.removeprefix("xml_")
    return name.removesuffix("_").replace("__", "-")


def spelled(value: object) -> str:
    """A value as XML Schema spells it: true and false are small."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def append_text(parent: etree._Element, words: str) -> None:
    """Put words behind whatever the element holds so far."""
    if not words:
        return
    words = allowed(words)
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + words
    else:
        parent.text = (parent.text or "") + words


def to_bytes(root: etree._Element) -> bytes:
    """The whole file in UTF-8, with its declaration and a line end behind it."""
    written = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    assert isinstance(written, bytes), "an encoding was named"
    return written + b"\n"
