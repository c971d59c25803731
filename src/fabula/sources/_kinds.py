"""Says what kind of file this is, from its first bytes and its name, whether or not Fabula can read it."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath
from typing import Literal, cast, get_args

from fabula.errors import NotReadable, NotText

__all__ = ["Format", "guess_format", "looks_like"]

Format = Literal["txt", "md", "html", "epub", "docx", "odt"]

_SUFFIXES: dict[str, Format] = {
    ".txt": "txt", ".text": "txt", ".md": "md", ".markdown": "md", ".mdown": "md", ".mkd": "md", ".html": "html",
    ".htm": "html", ".xhtml": "html", ".epub": "epub", ".docx": "docx", ".docm": "docx", ".odt": "odt",
}  # fmt: skip
_ZIPPED = ("epub", "docx", "odt")

_SAVE_AS = "Save it as EPUB, DOCX, ODT, HTML or plain text and read that."
_CALIBRE = "Convert it to EPUB (Calibre does) and read that."
_FOREIGN: dict[str, tuple[str, str]] = {
    ".pdf": ("a PDF", "Convert it to EPUB or plain text (Calibre, pdftotext), or read the file it was made from."),
    ".rtf": ("an RTF document", "Open it in a word processor and save it as DOCX or ODT."),
    ".doc": ("an old Word document (.doc)", "Open it in a word processor and save it as DOCX or ODT."),
    ".mobi": ("a MOBI book", _CALIBRE), ".azw": ("a Kindle book", _CALIBRE), ".azw3": ("a Kindle book", _CALIBRE),
    ".fb2": ("a FictionBook", _CALIBRE), ".djvu": ("a DjVu scan", _CALIBRE), ".lit": ("a LIT book", _CALIBRE),
    ".pages": ("a Pages document", _SAVE_AS), ".xlsx": ("a spreadsheet", _SAVE_AS), ".pptx": ("a slide show", _SAVE_AS),
}  # fmt: skip

_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF", _FOREIGN[".pdf"][1]),
    (b"{\\rtf", "an RTF document", _FOREIGN[".rtf"][1]),
    (b"PK\x03\x04", "a zip archive", "If it is an EPUB, DOCX or ODT, give it that suffix; otherwise unpack it first."),
    (b"PK\x05\x06", "an empty zip archive", "Unpack or export it again."),
    (b"\x89PNG\r\n", "a PNG picture", ""),
    (b"\xff\xd8\xff", "a JPEG picture", ""),
    (b"GIF8", "a GIF picture", ""),
    (b"RIFF", "a RIFF sound, film or picture", ""),
    (b"\x1f\x8b", "a gzip archive", "Unpack it first."),
    (b"BZh", "a bzip2 archive", "Unpack it first."),
    (b"\xfd7zXZ\x00", "an xz archive", "Unpack it first."),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "Unpack it first."),
    (b"Rar!\x1a", "a RAR archive", "Unpack it first."),
    (b"\x7fELF", "a program", ""),
    (b"MZ\x90\x00", "a program", ""),
    (b"SQLite format 3\x00", "an SQLite database", ""),
    (b"AT&TFORM", "a DjVu scan", _CALIBRE),
    (b"ID3", "an MP3 recording", ""),
    (b"OggS", "an Ogg recording", ""),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def looks_like(data: bytes) -> tuple[str, str] | None:
    """What a file that is not text seems to be and what to do with it; None when its first bytes say nothing."""
    if data[60:68] in (b"BOOKMOBI", b"TEXtREAd"):
        return "a MOBI book", _CALIBRE
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data[:200_000] + data[-200_000:]:
            return "an encrypted Word document", "Open it with its password and save it without one."
        return _FOREIGN[".doc"]
    for magic, what, hint in _MAGIC:
        if data.startswith(magic) and (not magic.isalnum() or min(data[:1024]) < 9):  # a story may begin "RIFF"
            return what, hint
    if data[4:12] in (b"ftypisom", b"ftypmp42", b"ftypM4A ", b"ftypM4B "):
        return "a film or recording", ""
    return None


def guess_format(data: bytes, *, name: str, format: str | None) -> Format:
    """Which reader a file wants: as told, else by its suffix, else by what it holds.

    Raises:
        NotReadable: for a format Fabula does not read, named, with what to convert it to.
        NotText: for a file called text that is something else.
    """
    if format is not None:
        if format not in get_args(Format):
            known = ", ".join(get_args(Format))
            raise NotReadable(f"Fabula does not read the format {format!r}", where=name, hint=f"It reads {known}.")
        return cast(Format, format)
    suffix = PurePath(name).suffix.lower()
    kind = _SUFFIXES.get(suffix)
    if kind in _ZIPPED:
        return _zipped(data, name) or kind if data.startswith(b"PK\x03\x04") else kind
    _refuse_foreign(data, name, suffix, called_text=kind is not None)
    if kind is not None:
        return kind
    if data.startswith(b"PK\x03\x04"):
        return _zip_or_refuse(data, name)
    return _by_first_words(data, name)


def _refuse_foreign(data: bytes, name: str, suffix: str, *, called_text: bool) -> None:
    found = looks_like(data)
    if found and called_text:
        raise NotText(f"this is not text but looks like {found[0]}", where=name, hint=found[1])
    if found and not data.startswith(b"PK\x03\x04"):
        raise NotReadable(f"Fabula does not read {found[0]}", where=name, hint=found[1] or _SAVE_AS)
    if suffix in _FOREIGN:
        what, hint = _FOREIGN[suffix]
        raise NotReadable(f"Fabula does not read {what}", where=name, hint=hint)


def _zipped(data: bytes, name: str) -> Format | None:
    """Which of the zipped formats the archive holds."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist()[:20_000])
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, OverflowError) as error:
        raise NotReadable("the container is damaged or cut short", where=name, hint="Export it again.") from error
    if "META-INF/container.xml" in names:
        return "epub"
    if "word/document.xml" in names:
        return "docx"
    return "odt" if "content.xml" in names and "META-INF/manifest.xml" in names else None


def _zip_or_refuse(data: bytes, name: str) -> Format:
    kind = _zipped(data, name)
    if kind is None:
        raise NotReadable(
            "this is a zip archive, but no EPUB, DOCX or ODT", where=name, hint="Unpack it and read what is in it."
        )
    return kind


_LEADING_TAG = re.compile(rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body)\b", re.I | re.S)


def _by_first_words(data: bytes, name: str) -> Format:
    start = data[:4096].removeprefix(b"\xef\xbb\xbf")
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        start = start.replace(b"\x00", b"")[2:]
    if _LEADING_TAG.match(start):
        return "html"
    if start.lstrip().startswith(b"<?xml"):
        what = "a FictionBook" if b"<FictionBook" in start else "an XML file of a kind it does not know"
        raise NotReadable(f"Fabula does not read {what}", where=name, hint=_SAVE_AS)
    return "txt"
