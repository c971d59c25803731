"""What the user gives a command: a file, a saved story or standard input, and the story it is or holds."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import stat
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from fabula.cli import cache
from fabula.cli.screen import progress
from fabula.errors import CorrectionsError, NotReadable, TooLarge
from fabula.story import Story, Text, from_json

if TYPE_CHECKING:
    from fabula.models import ModelPack
    from fabula.reader import Progress

__all__ = ["Given", "look"]

_LIMIT = 512_000_000
"""Bytes taken into memory at once. Sources have their own, smaller limit; a saved story is longer than its source."""

_SAVED = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*\{\s*(?:\"[a-z_]+\"\s*:|\}|\Z)")
"""How JSON begins and prose does not."""

_HEAD = 512

_CORRECTIONS = ".corrections.toml"
"""Behind the source's name, in the place of its suffix: the corrections that belong to it."""

_PLAIN = ("txt", "md")
"""Formats whose text is the decoded file."""


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What was given: a name for messages, and a path or, from standard input and pipes, the bytes themselves."""

    name: str
    path: Path | None = None
    data: bytes | None = None
    saved: bool = False

    def heard(self, corrections: Path | None) -> Path | None:
        """The corrections to hear: those asked for or, if there are any, those beside the source."""
        if corrections is not None or self.saved:
            return corrections
        with contextlib.suppress(OSError, ValueError):  # a name that is too long, or none: `read` says it best
            beside = self.beside
            if beside is not None and beside.is_file() and beside != self.path:
                return beside
        return None

    @property
    def beside(self) -> Path | None:
        """Where the corrections of a source lie; None for what is no file.

        Raises:
            ValueError: if the path has no name.
        """
        return None if self.path is None else self.path.with_name(self.path.stem + _CORRECTIONS)

    def outgrown(self, story: Story) -> Path | None:
        """The source beside a saved story, if it is another by now than when it was read."""
        known = story.text.source
        if not self.saved or self.path is None or not known.digest:
            return None
        with contextlib.suppress(OSError, ValueError):
            beside = self.path.with_name(Path(known.name).name)
            if beside.is_file() and cache.digest_of(beside, limit=_LIMIT) not in (None, known.digest):
                return beside
        return None

    def story(
        self,
        *,
        corrections: Path | None = None,
        cast: Sequence[Path] = (),
        use_cache: bool = True,
        tell: Progress | None = None,
    ) -> Story:
        """The story: opened where it is a saved one, else recalled from the cache or read now.

        Args:
            cast: earlier books whose people keep their ids.
            tell: told how far a reading is; on a terminal a bar is drawn without it.

        Raises:
            FabulaError: if there is no reading it.
        """
        if self.saved:
            if corrections is not None or cast:
                what = "a cast is" if corrections is None else "corrections are"
                raise CorrectionsError(
                    f"{what} heard while a source is read, and this is a saved story",
                    where=self.name,
                    hint="Give the source.",
                )
            return from_json(self._bytes().removeprefix(b"\xef\xbb\xbf"), name=self.name)
        pack = _pack()
        key = self._key(corrections, cast, pack) if use_cache else None
        story = cache.recall(key) if key else None
        if story is None:
            story = self._read(corrections, cast, pack, use_cache, tell)
            if key:
                cache.remember(key, story)
        return story

    def source(self, *, form: str) -> str | None:
        """The source's own characters, `form` its format; None for a saved story, which is its own source.

        A plain file in UTF-8 is decoded here, by nothing of Fabula, so that a comparison proves something.
        """
        if self.saved:
            return None
        if form in _PLAIN:
            with contextlib.suppress(UnicodeDecodeError):
                content = self._bytes().decode("utf-8-sig")
                if "\x00" not in content:
                    return content
        from fabula.sources import read_bytes

        return read_bytes(self._bytes(), name=self.name).content

    def _read(
        self, corrections: Path | None, cast: Sequence[Path], pack: ModelPack, use_cache: bool, tell: Progress | None
    ) -> Story:
        import fabula

        source: Path | Text
        if self.path is not None:
            source = self.path
        else:
            from fabula.sources import read_bytes

            source = read_bytes(self._bytes(), name=self.name)
        with contextlib.nullcontext(tell) if tell else progress() as advance:
            shelf = cache.shelf() if use_cache else None
            return fabula.read(source, corrections=corrections, cast=cast, pack=pack, shelf=shelf, progress=advance)

    def _key(self, corrections: Path | None, cast: Sequence[Path], pack: ModelPack) -> str | None:
        files = [file for file in (corrections, *cast) if file is not None]
        digests = [cache.digest_of(file, limit=_LIMIT) for file in files]
        heard = "\0".join([str(corrections is not None), *map(str, files), *map(str, digests)])  # notes name the file
        digest: str | None
        if self.data is not None:
            digest = hashlib.sha256(self.data).hexdigest()
        else:
            digest = None if self.path is None else cache.digest_of(self.path, limit=_LIMIT)
        if digest is None or None in digests:
            return None
        return cache.key(source=digest, name=self.name, corrections=heard, pack=pack.digest)

    def _bytes(self) -> bytes:
        if self.data is not None:
            return self.data
        assert self.path is not None, "a Given has a path or its bytes"
        try:
            with self.path.open("rb") as file:
                return _all_of(file, self.name)
        except OSError as error:
            raise NotReadable(f"cannot be read: {error.strerror or error}", where=self.name) from error


def look(given: str) -> Given:
    """What it is that the user gave. A saved story is known by how it begins, whatever it is called.

    Raises:
        NotReadable, TooLarge: if standard input or a pipe cannot be taken in.
    """
    if given == "-":
        return _held("standard input", _all_of(sys.stdin.buffer, "standard input"))
    path = Path(given)
    try:
        mode = path.stat().st_mode
        if stat.S_ISFIFO(mode) or stat.S_ISCHR(mode):
            with path.open("rb") as pipe:
                return _held(given, _all_of(pipe, given))
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return Given(name=given, path=path)  # a missing file, a folder: `read` says it best
    return Given(name=given, path=path, saved=path.suffix.lower() == ".json" or bool(_SAVED.match(head)))


def _pack() -> ModelPack:
    """The model pack that is shipped, or the one that the environment variable FABULA_PACK names; proved either way."""
    from fabula.models import default_pack, open_pack

    named = os.environ.get("FABULA_PACK")
    return open_pack(Path(named)) if named else default_pack()


def _held(name: str, data: bytes) -> Given:
    return Given(name=name, data=data, saved=bool(_SAVED.match(data[:_HEAD])))


def _all_of(stream: BinaryIO, name: str) -> bytes:
    try:
        data = stream.read(_LIMIT + 1)
    except OSError as error:
        raise NotReadable(f"cannot be read: {error.strerror or error}", where=name) from error
    if len(data) > _LIMIT:
        raise TooLarge(f"more than {_LIMIT // 1_000_000} MB", where=name, hint="Give it in parts.")
    return data
