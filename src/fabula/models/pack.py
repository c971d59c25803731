"""Find a model pack, prove that it is whole, and open it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from fabula.errors import PackError
from fabula.models.manifest import FORMAT, Manifest, PackedFile

__all__ = [
    "CLAIMS",
    "ENCODER",
    "LINK",
    "MANIFEST",
    "PIECES",
    "VOICES",
    "ModelPack",
    "default_pack",
    "has_pack",
    "open_pack",
]

MANIFEST, PIECES = "manifest.json", "pieces.txt"
ENCODER, LINK, VOICES, CLAIMS = "encoder.onnx", "link.onnx", "voices.onnx", "claims.onnx"
_NEEDED = (ENCODER, LINK, VOICES, CLAIMS, PIECES)
_SHIPPED = Path(__file__).parent / "pack"
_AGAIN = "Install Fabula again, or name another pack."


class ModelPack(msgspec.Struct, frozen=True):
    """A pack whose every file is what its manifest says."""

    folder: Path
    manifest: Manifest

    @property
    def name(self) -> str:
        """The pack's name, which a saved reading can be traced back to."""
        return self.manifest.name

    @property
    def digest(self) -> str:
        """The SHA-256 of its files' digests: two packs with one digest read alike."""
        return self._digest(self.manifest.files)

    @property
    def sight(self) -> str:
        """The same without what reads claims: two packs with one sight see a window of a text alike."""
        return self._digest(file for file in self.manifest.files if file.name != CLAIMS)

    def _digest(self, files: Iterable[PackedFile]) -> str:
        parts = (f"{file.name} {file.sha256}" for file in files)
        return hashlib.sha256("\n".join(sorted(parts)).encode()).hexdigest()

    def path(self, name: str) -> Path:
        """Where one of the pack's files lies."""
        return self.folder / name


def has_pack() -> bool:
    """Whether a pack is shipped with this installation. That it is whole is not said."""
    return (_SHIPPED / MANIFEST).is_file()


@cache
def default_pack() -> ModelPack:
    """The pack that is shipped with Fabula, proved once.

    Raises:
        PackError: if it is missing or damaged.
    """
    return open_pack(_SHIPPED)


def open_pack(folder: Path) -> ModelPack:
    """Open the pack in a folder, after proving every file of it.

    Raises:
        PackError: if the folder is no pack, the pack is of a newer format, or a file is missing or damaged.
    """
    manifest = _manifest(folder)
    listed = {file.name for file in manifest.files}
    for name in _NEEDED:
        if name not in listed:
            raise PackError(f"the manifest lists no {name}", where=str(folder / MANIFEST), hint=_AGAIN)
    for file in manifest.files:
        _prove(folder / file.name, file)
    return ModelPack(folder, manifest)


def _manifest(folder: Path) -> Manifest:
    if not folder.is_dir():
        raise PackError("there is no such folder", where=str(folder), hint=_AGAIN)
    place = folder / MANIFEST
    try:
        content = place.read_bytes()
    except FileNotFoundError as error:
        raise PackError(f"this folder is no model pack: it has no {MANIFEST}", where=str(folder)) from error
    except OSError as error:
        raise PackError("the file cannot be read", where=str(place), hint=_AGAIN) from error
    try:
        given: Any = msgspec.json.decode(content)
        number = given["format"]
        if isinstance(number, int) and number > FORMAT:
            what = f"the pack is of format {number}; this version of Fabula reads format {FORMAT}"
            raise PackError(what, where=str(place), hint="Install a newer Fabula.")
        return msgspec.convert(given, Manifest)
    except (msgspec.MsgspecError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise PackError("this is not the manifest of a model pack", where=str(place), hint=_AGAIN) from error


def _prove(place: Path, file: PackedFile) -> None:
    if Path(file.name).name != file.name:
        raise PackError("the manifest names a file outside the pack", where=str(place), hint=_AGAIN)
    try:
        with place.open("rb") as opened:
            found = hashlib.file_digest(opened, "sha256").hexdigest()
    except FileNotFoundError as error:
        raise PackError("the pack lacks this file", where=str(place), hint=_AGAIN) from error
    except OSError as error:
        raise PackError("the file cannot be read", where=str(place), hint=_AGAIN) from error
    if found != file.sha256:
        raise PackError("the file is damaged: it is not what the manifest says", where=str(place), hint=_AGAIN)
