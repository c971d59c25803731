"""Turns the bytes of a file into characters, and says which line is at fault when they cannot be."""

from __future__ import annotations

import codecs
import re
import unicodedata

from charset_normalizer import from_bytes

from fabula.errors import NotProse, NotText, TooLarge
from fabula.sources._kinds import looks_like

__all__ = ["MAX_BYTES", "decode", "place_of", "refuse_control_characters"]

MAX_BYTES = 16_000_000
"""The largest file of text read at once. Two million words are about 12 MB."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\ud800-\udfff]")
_LINE_END = re.compile(r"\r\n?|\n")


def decode(data: bytes, *, name: str, declared: str | None = None) -> str:
    """The characters of a file, newlines untouched; only a byte order mark is dropped.

    A byte order mark decides; else UTF-16 by its zero bytes; else UTF-8; else `declared` (what an HTML file says of
    itself); else the likeliest of the older encodings, Windows-1252 preferred.

    Raises:
        TooLarge: over MAX_BYTES.
        NotProse: an empty file, or only white space.
        NotText: binary data, an encoding error or a control character, with its line and column.
    """
    if len(data) > MAX_BYTES:
        raise TooLarge(
            f"the file has {len(data) // 1_000_000} MB of text",
            where=name,
            hint="Fabula reads 16 MB at once: split it into volumes.",
        )
    content = _decoded(data, name, declared)
    if not content.strip("\x1a\ufeff \t\r\n\v\f"):
        raise NotProse("there is nothing in the file", where=name, hint="Was it saved?")
    refuse_control_characters(content, name=name)
    return content


def refuse_control_characters(content: str, *, name: str) -> None:
    """Raise NotText at the first character that no text holds. An end-of-file sign (U+001A) may close the text."""
    found = _CONTROL.search(content, 0, len(content.rstrip("\x1a")))
    if found:
        raise NotText(
            f"a control character (U+{ord(found[0]):04X}) stands in the text",
            where=f"{name}, {place_of(content, found.start())}",
            hint="Delete it there, or save the file again as UTF-8 text.",
        )


def place_of(content: str, at: int) -> str:
    """ "line 3, column 5", both counted from 1."""
    ends = list(_LINE_END.finditer(content, 0, at))
    return f"line {len(ends) + 1}, column {at - (ends[-1].end() if ends else 0) + 1}"


def _decoded(data: bytes, name: str, declared: str | None) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strictly(data[len(bom) :], encoding, name)
    wide = None if looks_like(data) else _utf16_by_zeros(data)
    if wide:
        return _strictly(data, wide, name)
    _refuse_binary(data, name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _meant_as_utf8(data, error):
            return _strictly(data, "utf-8", name)
    return _older(data, name, declared)


def _refuse_binary(data: bytes, name: str) -> None:
    found = looks_like(data)
    if found and (b"\x00" in data or found[0].startswith(("a PDF", "an RTF"))):
        raise NotText(f"this is not text but looks like {found[0]}", where=name, hint=found[1])
    at = data.find(b"\x00")
    if at >= 0:
        before = data[:at].decode("latin-1")
        raise NotText(
            "this is binary data, not text (U+0000)",
            where=f"{name}, {place_of(before, at)}",
            hint="Is it the right file?",
        )


def _utf16_by_zeros(data: bytes) -> str | None:
    """UTF-16 without its mark: in western text every second byte is zero."""
    sample = data[:8192]
    half = len(sample) // 2
    if half < 2 or len(data) % 2:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.7 * half and even < 0.15 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 * half and odd < 0.15 * half else None


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, errors="surrogatepass")
        lone = "surrogate" in error.reason or data[error.start : error.start + 1] == b"\xed"
        what = (
            "half a character (a lone surrogate) stands in the text"
            if lone
            else f"byte 0x{data[error.start]:02X} does not fit the encoding {encoding.upper()}"
        )
        where = f"{name}, {place_of(before, len(before))}"
        raise NotText(what, where=where, hint="Delete it there, or save the file again as UTF-8.") from error


def _meant_as_utf8(data: bytes, error: UnicodeDecodeError) -> bool:
    """Whether a file with faults is UTF-8 all the same: far more of its non-ASCII is right than wrong."""
    if data[error.start] == 0xED and 0xA0 <= data[error.start + 1 : error.start + 2].ljust(1)[0] <= 0xBF:
        return True
    loose = data.decode("utf-8", errors="replace")
    wrong = loose.count("\ufffd")
    right = sum(1 for letter in loose if letter > "\x7f") - wrong
    return right > 10 * wrong


_WESTERN = ("cp1252", "mac_roman", "cp850", "latin-1")
_LEGACY_SHARE = 0.25
"""Above this share of non-ASCII bytes a text is hardly in a western language: 95 English novels have at most 0.024
(quotation marks included), and where the alphabet is not Latin most letters are non-ASCII."""


def _older(data: bytes, name: str, declared: str | None) -> str:
    if declared:
        try:
            return data.decode(declared)
        except (LookupError, UnicodeDecodeError):
            pass  # what a file says of itself is often wrong: fall back on what its bytes say
    high = len(data) - len(data.translate(None, bytes(range(128, 256))))
    if high < _LEGACY_SHARE * len(data):
        fitting = [(_fit(text), -i, text) for i, e in enumerate(_WESTERN) if (text := _try(data, e)) is not None]
        return max(fitting)[2]
    best = from_bytes(data[:200_000]).best()
    text = _try(data, best.encoding) if best else None
    if text is None:
        raise NotText("the encoding cannot be told", where=name, hint="Save the file again as UTF-8.")
    return text


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


_HIGH = re.compile(r"(.?)([^\x00-\x7f])(?=(.?))", re.S)


def _fit(text: str) -> int:
    """How well the non-ASCII characters sit among their neighbours, over the first five thousand of them."""
    score = 0
    for count, found in enumerate(_HIGH.finditer(text)):
        score += _fit_of(found[1], found[2], found[3])
        if count == 5000:
            break
    return score


def _fit_of(before: str, letter: str, after: str) -> int:
    category = unicodedata.category(letter)
    if category in ("Lu", "Ll"):
        fits_case = not (before.islower() or after.islower()) or category == "Ll" or not before.isalpha()
        return 1 if fits_case and (before.isalpha() or after.isalpha()) else -1
    if category in ("Pi", "Pf"):
        inside = before.isalpha() and after.isalpha()
        return -1 if inside and letter != "’" else 2
    if category == "Pd" or letter in "…\xa0£":
        return 1
    return -2 if category in ("Cc", "So", "Sm", "Cn") else -1
