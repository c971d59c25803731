"""Bad files: each gives one clear line, of the right kind, in bounded time."""

from __future__ import annotations

import hashlib
import io
import os
import struct
import sys
import zipfile

import pytest

from fabula.errors import NotFound, NotProse, NotReadable, NotText, SourceError, TooLarge
from fabula.sources import read_bytes, read_source

PROSE = "It was a dark night. She said that he had gone to the house with them, and it was cold.\n"


def refused(kind: type[SourceError], data: bytes, name: str = "a.txt", format: str | None = None) -> str:
    with pytest.raises(kind) as caught:
        read_bytes(data, name=name, format=format)
    message = str(caught.value)
    assert "\n" not in message
    assert name in message
    assert caught.value.hint or caught.value.what
    return message


def zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def test_missing_file_and_folder_are_named(tmp_path):
    with pytest.raises(NotFound, match=r"no\.txt"):
        read_source(tmp_path / "no.txt")
    with pytest.raises(NotReadable, match="folder"):
        read_source(tmp_path)
    with pytest.raises(SourceError):
        read_source("a\0b.txt")


@pytest.mark.skipif(
    sys.platform == "win32" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all"
)
def test_file_without_permission(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(PROSE)
    path.chmod(0)
    with pytest.raises(NotReadable, match="may not"):
        read_source(path)


def test_no_permission_is_not_readable(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text(PROSE)
    monkeypatch.setattr(type(path), "open", lambda *_: (_ for _ in ()).throw(PermissionError(13, "no")))
    with pytest.raises(NotReadable, match="may not"):
        read_source(path)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", ""])
@pytest.mark.parametrize("data", [b"", b" \n\t\r\n ", b"\xef\xbb\xbf", b"\x1a"])
def test_nothing_in_the_file(name, data):
    refused(NotProse, data, name)


@pytest.mark.parametrize("name", ["a.epub", "a.docx", "a.odt"])
@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 cut", PROSE.encode(), b"\x89PNG\r\n\x1a\n"])
def test_broken_containers(name, data):
    refused(NotReadable, data, name)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0", "PNG"),
        (zipped({"a": b"b"}), "zip"),
        (b"%PDF-1.4", "PDF"),
        (b"{\\rtf1 hello}", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Word"),
        (b"abc\0def", "U+0000"),
        (b"line one\nab\x07c", "line 2, column 3"),
        (b"ab\x07c", "U+0007"),
        (b"a\x1ab", "U+001A"),
        (b"good\nbad \xed\xa0\x80 here", "line 2, column 5"),
        (b"good\nbad \xed\xa0\x80 here", "surrogate"),
        ("hello\nyou".encode("utf-16-le") + b"\x00\xd8" + "x".encode("utf-16-le"), "line 2, column 4"),
        (("“right” " * 40).encode() + b"\x93bad", "0x93"),
    ],
)
def test_what_is_no_text_says_so(data, says):
    assert says in refused(NotText, data)


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"%PDF-1.4", "a.pdf", "PDF"),
        (b"%PDF-1.4", "a", "PDF"),
        (b"{\\rtf1 hello}", "a.rtf", "DOCX or ODT"),
        (bytes(60) + b"BOOKMOBI" + bytes(20), "a.mobi", "EPUB"),
        (b"anything", "a.azw3", "Kindle"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.doc", "old Word"),
        (b"\x1f\x8b\x08", "a.gz", "gzip"),
        (b'<?xml version="1.0"?><FictionBook>', "a.fb2", "FictionBook"),
        (b'<?xml version="1.0"?><TEI>', "a.xml", "XML"),
        (zipped({"xl/workbook.xml": b""}), "a.zip", "zip"),
        (PROSE.encode(), "a.txt", "fountain"),
    ],
)
def test_formats_fabula_does_not_read_are_named(data, name, says):
    assert says in refused(NotReadable, data, name, "fountain" if says == "fountain" else None)


def test_encrypted_word_document_is_named():
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    assert "encrypted" in refused(NotReadable, data, "a.bin")
    with pytest.raises(NotReadable):
        read_bytes(data, name="a.docx")


@pytest.mark.parametrize("content", ["1 2 3 4\n", "*** --- ***", "12.5\t13.5\n" * 50])
def test_not_one_letter(content):
    refused(NotProse, content.encode())


def test_a_word_or_sentence_without_end():
    assert "word" in refused(NotProse, b"x " + b"a" * 100_000)
    assert "sentence" in refused(NotProse, b"lorem ipsum " * 90_000)
    assert "word" in refused(NotProse, (b"b" * 99_999 + b"\n") * 20 + b"a" * 100_001)


def test_a_novel_on_one_line_is_read():
    content = PROSE.strip() * 12_000
    assert read_bytes(content.encode(), name="a.txt").content == content


def test_too_large():
    refused(TooLarge, b"a b. " * 8_000_001)


def test_two_million_words_are_read():
    content = "He went home.\n" * 800_000
    assert len(read_bytes(content.encode(), name="a.txt")) == len(content)


def test_zip_bomb_is_not_unpacked():
    refused(TooLarge, zipped({"META-INF/container.xml": bytes(60_000_000)}), "a.epub")


def test_zip_with_lying_sizes_is_bounded():
    data = bytearray(zipped({"META-INF/container.xml": bytes(60_000_000)}))
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<L", data, at + 24, 100)  # it claims to unpack to 100 bytes
    refused(NotReadable, bytes(data), "a.epub")


def test_zip_with_too_many_members():
    refused(TooLarge, zipped({f"m{i}": b"" for i in range(20_050)} | {"META-INF/container.xml": b""}), "a.epub")


def test_zip_locked_with_a_password():
    data = bytearray(zipped({"word/document.xml": b"<x/>"}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    data[6] |= 1
    assert "password" in refused(NotReadable, bytes(data), "a.docx")


def test_source_is_filled_in(tmp_path):
    path = tmp_path / "story.txt"
    path.write_bytes(PROSE.encode())
    source = read_source(path).source
    assert (source.name, source.format) == ("story.txt", "txt")
    assert source.digest == hashlib.sha256(PROSE.encode()).hexdigest()


def test_format_is_guessed_from_content():
    assert read_bytes(PROSE.encode(), name="").source.format == "txt"
    assert read_bytes(b"<!DOCTYPE html><p>Hello there.</p>", name="x").source.format == "html"
    assert read_bytes(b"<html><p>Hello there.</p>", name="x.unknown").source.format == "html"
    assert read_bytes(b"# One\n\nHello there.", name="x", format="md").source.format == "md"
