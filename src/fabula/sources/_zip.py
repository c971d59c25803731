"""Opens a zipped book or document with a short arm: nothing is written to disk, and nothing may unpack without end."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlsplit

from fabula.errors import NotReadable, TooLarge

__all__ = ["Container"]

MAX_MEMBERS = 20_000
MAX_PART = 128_000_000
"""A plain document.xml has 1.14 bytes for each character of the text; the rest is room for markup."""
MAX_TOTAL = 256_000_000
MAX_RATIO = 400
"""David Copperfield as document.xml packs 3:1, a part of zeros 1000:1. Looked at only for parts over RATIO_FROM."""
RATIO_FROM = 8_000_000
_CHUNK = 1 << 20


class Container:
    """The parts of a zip archive, read by name, within limits.

    Raises:
        NotReadable: not a zip archive, damaged, cut short, or locked with a password.
        TooLarge: too many parts, or parts that unpack beyond all measure.
    """

    def __init__(self, data: bytes, *, name: str) -> None:
        self.name = name
        self._left = MAX_TOTAL
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, OverflowError) as error:
            raise self._broken("the container is damaged, cut short, or no zip archive") from error
        self.parts = {info.filename: info for info in self._archive.infolist()}
        if len(self._archive.infolist()) > MAX_MEMBERS:
            raise TooLarge(f"the container has over {MAX_MEMBERS:,} parts", where=name, hint="Is it a book?")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._archive.close()

    def __contains__(self, part: str) -> bool:
        return part in self.parts

    def read(self, part: str) -> bytes:
        """The bytes of one part; what it claims to unpack to is not believed.

        Raises:
            NotReadable: no such part, damaged, locked.
            TooLarge: over the limits.
        """
        info = self.parts.get(part)
        if info is None:
            raise self._broken(f"the part {part!r} is missing from the container")
        if info.flag_bits & 0x1:
            raise NotReadable("the container is locked with a password", where=self.name, hint="Save it without one.")
        try:
            return self._bounded(info)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
            ValueError,
        ) as error:
            raise self._broken(f"the part {part!r} is damaged") from error

    def _bounded(self, info: zipfile.ZipInfo) -> bytes:
        limit = min(MAX_PART, self._left)
        got = io.BytesIO()
        with self._archive.open(info) as member:
            while chunk := member.read(_CHUNK):
                got.write(chunk)
                size = got.tell()
                if size > limit or (size > RATIO_FROM and size > MAX_RATIO * max(1, info.compress_size)):
                    raise TooLarge(
                        f"the part {info.filename!r} unpacks to more than a book holds",
                        where=self.name,
                        hint="It may be built to fill the memory; it was not read.",
                    )
        self._left -= got.tell()
        return got.getvalue()

    def resolve(self, href: str, *, base: str) -> str:
        """The part that `href`, written in the part `base`, points at, without its fragment.

        Raises:
            NotReadable: when it points outside the container.
        """
        pieces = urlsplit(href)
        path = unquote(pieces.path).replace("\\", "/")
        part = posixpath.normpath(posixpath.join(posixpath.dirname(base), path)) if path else base
        if pieces.scheme or pieces.netloc or path.startswith("/") or part.startswith("../") or part == "..":
            raise NotReadable(
                f"{base!r} points outside the book, at {href[:200]!r}", where=self.name, hint="That was not followed."
            )
        return part

    def _broken(self, what: str) -> NotReadable:
        return NotReadable(what, where=self.name, hint="Export or download it again.")
