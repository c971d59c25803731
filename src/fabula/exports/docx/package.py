"""The parts of a Word document that comments touch, and all the others as they are."""

from __future__ import annotations

import hashlib
import io
import posixpath
import zipfile

from lxml import etree

from fabula.errors import NotWritten
from fabula.story import Story

__all__ = ["Package", "main_part"]

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_KIND = "/relationships/comments"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def main_part(story: Story, source: bytes) -> str:
    """The part of the source that holds the story's words.

    Raises:
        NotWritten: if these are not the bytes of the Word document that the story was read from.
    """
    text = story.text
    if text.source.format != "docx" or not text.runs:
        raise NotWritten(
            "comments can only be put into the Word document that a story was read from",
            where=text.source.name,
            hint="Give a .docx; for others, `--to markdown` lists the same.",
        )
    if text.source.digest != hashlib.sha256(source).hexdigest():
        raise NotWritten(
            "this is not the document that the story was read from, or it was changed since",
            where=text.source.name,
            hint="Read it again.",
        )
    return text.runs[0].part


class Package:
    """A zip archive whose parts can be replaced; whatever is not, is copied as it was."""

    def __init__(self, data: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._replaced: dict[str, bytes] = {}

    def part(self, name: str) -> etree._Element:
        """A part as XML."""
        return etree.fromstring(self._archive.read(name), _PARSER)

    def replace(self, name: str, root: etree._Element) -> None:
        """Write a part anew."""
        self._replaced[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def comments(self, main: str, *, namespace: str) -> tuple[str, etree._Element]:
        """The name and content of the part that holds the comments; where there is none it is made, and made known.

        `namespace` is the main part's own.
        """
        folder, file = posixpath.split(main)
        beside = f"{folder}/_rels/{file}.rels".lstrip("/")
        relations = self.part(beside) if beside in self._archive.namelist() else _empty("Relationships", _RELATIONS)
        for relation in relations:
            if str(relation.get("Type")).endswith(_KIND):
                target = str(relation.get("Target"))
                name = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                return name, self.part(name)
        name = self._unused(posixpath.join(folder, "comments"), ".xml")
        self._announce(relations, beside, posixpath.basename(name))
        types = self.part("[Content_Types].xml")
        etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{name}", ContentType=_COMMENTS_TYPE)
        self.replace("[Content_Types].xml", types)
        return name, _empty("comments", namespace, prefix="w")

    def bytes(self) -> bytes:
        """The archive with the replaced parts in place, new ones behind the others."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as written:
            for info in self._archive.infolist():
                data = (
                    self._replaced.pop(info.filename) if info.filename in self._replaced else self._archive.read(info)
                )
                written.writestr(info, data)
            for name, data in self._replaced.items():
                written.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
        return out.getvalue()

    def _unused(self, stem: str, suffix: str) -> str:
        names, number, name = set(self._archive.namelist()), 1, f"{stem}{suffix}"
        while name in names:
            number, name = number + 1, f"{stem}{number + 1}{suffix}"
        return name

    def _announce(self, relations: etree._Element, beside: str, target: str) -> None:
        taken = {relation.get("Id") for relation in relations}
        key = next(f"rId{number}" for number in range(1, len(taken) + 2) if f"rId{number}" not in taken)
        etree.SubElement(
            relations, f"{{{_RELATIONS}}}Relationship", Id=key, Type=f"{_TRANSITIONAL}{_KIND}", Target=target
        )
        self.replace(beside, relations)


def _empty(tag: str, namespace: str, *, prefix: str = "") -> etree._Element:
    name, declared = (f"{prefix}:{tag}", f"xmlns:{prefix}") if prefix else (tag, "xmlns")
    return etree.fromstring(f'<{name} {declared}="{namespace}"/>')
