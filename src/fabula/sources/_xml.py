"""Reads XML that a stranger wrote: no entities of its own, no network, no file but the one at hand."""

from __future__ import annotations

import re
from html.entities import html5

from lxml import etree

from fabula.errors import NotReadable

__all__ = ["local", "number", "parse_html", "parse_xml", "value"]

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_DECLARED = re.compile(rb"^\s*<\?xml[^>]*encoding\s*=\s*[\"']([\w.\-]{1,40})[\"']")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{0,40});")
_PAGE_END = re.compile(r"</(?:body|html)\s{0,10}>", re.I)
"""libxml2 stops reading here, though pages pasted together go on: a browser shows what follows."""
_XML_OWN = frozenset(("amp", "lt", "gt", "quot", "apos"))


def local(node: etree._Element) -> str:
    """An element's name without its namespace, in small letters; "" for comments and the like."""
    tag = node.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def value(node: etree._Element, name: str) -> str | None:
    """An attribute by its local name, whatever its namespace."""
    for key, found in node.attrib.items():
        if str(key).rpartition("}")[2].rpartition(":")[2] == name:
            return str(found)
    return None


def number(text: str | None, *, otherwise: int = 0, most: int = 1000) -> int:
    """A small whole number written in an attribute, or `otherwise`; never more than `most`."""
    return min(most, int(text)) if text and len(text) < 10 and text.isascii() and text.isdigit() else otherwise


def parse_xml(data: bytes, *, name: str, part: str, html_names: bool = False) -> etree._Element:
    """The root of an XML part.

    Args:
        html_names: whether HTML's names for characters (&nbsp;) are understood, as in XHTML.

    Raises:
        NotReadable: not well-formed, or it declares entities of its own (which can unfold without end).
    """
    text = _characters(data, name, part)
    if "<!ENTITY" in text:
        raise NotReadable(
            f"the part {part!r} declares entities of its own",
            where=name,
            hint="Fabula does not unfold them; remove them.",
        )
    if html_names:
        text = _ENTITY.sub(_as_character, text)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        return etree.fromstring(_DECLARATION.sub("", text, count=1).encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        what = f"the part {part!r} is not well-formed XML ({str(error)[:120]})"
        raise NotReadable(what, where=name, hint="Export it again.") from error


def parse_html(content: str, *, name: str) -> etree._Element:
    """The root of an HTML page, mended as a browser would mend it.

    Raises:
        NotReadable: when there is no page in it.
    """
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, recover=True)
    try:
        whole = _PAGE_END.sub("", _DECLARATION.sub("", content, count=1))
        root = etree.fromstring(whole.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotReadable("no HTML page can be made of it", where=name, hint="Save the page again.") from error
    if root is None:
        raise NotReadable("no HTML page can be made of it", where=name, hint="Save the page again.")
    return root


def _characters(data: bytes, name: str, part: str) -> str:
    declared = _DECLARED.match(data[:400])
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    else:
        encoding = declared[1].decode("ascii") if declared else "utf-8-sig"
    try:
        return data.decode("utf-8-sig" if encoding.lower() in ("utf-8", "utf8") else encoding)
    except (LookupError, UnicodeDecodeError) as error:
        raise NotReadable(
            f"the part {part!r} is not in the encoding it says", where=name, hint="Export it again."
        ) from error


def _as_character(found: re.Match[str]) -> str:
    if found[1] in _XML_OWN:
        return found[0]
    return html5.get(f"{found[1]};", f"&amp;{found[1]};")
