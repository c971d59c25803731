"""What a model pack says of itself: its files and their digests, its heads, what it learned from, how well it does."""

from __future__ import annotations

import msgspec

__all__ = ["FORMAT", "Labels", "Manifest", "PackedFile", "Score", "TrainingData", "Views"]

FORMAT = 1
"""The format this version of Fabula reads. It grows when a pack made for it could not be read by older versions."""


class PackedFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of the pack. `sha256` is in hexadecimal; `bytes` is its size."""

    name: str
    sha256: str
    bytes: int


class TrainingData(msgspec.Struct, frozen=True, kw_only=True):
    """What the pack learned from. `digest` is the SHA-256 over the files in order of name; empty where it has none."""

    name: str
    licence: str
    used_for: str
    digest: str = ""


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """A measure of the pack. `low` and `high` bound it at 95 %, over documents drawn again and again."""

    measure: str
    on: str
    value: float
    low: float | None = None
    high: float | None = None


class Labels(msgspec.Struct, frozen=True, kw_only=True):
    """What the columns of each head stand for."""

    types: tuple[str, ...]
    forms: tuple[str, ...]
    classes: tuple[str, ...]
    lemmas: tuple[str, ...]
    """Rules for `encode.lemmas`."""
    modes: tuple[str, ...]
    relations: tuple[str, ...]
    ties: tuple[str, ...]
    """What one person can be to another."""
    deeds: tuple[str, ...]
    """What a person does with a thing."""


class Views(msgspec.Struct, frozen=True, kw_only=True):
    """How the encoder must be shown a text: pieces in a window, pieces of context on either side, widest mention."""

    room: int
    context: int
    widest: int


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """The file `manifest.json` of a pack.

    Attributes:
        format: of the pack; see `FORMAT`.
        name: of this pack; it changes whenever its weights do.
        made: the day, as YYYY-MM-DD.
        encoder: what the encoder began as, and the version of its shape.
        heads: the version of each head by name.
        files: every file of the pack but the manifest.
    """

    format: int
    name: str
    made: str
    encoder: str
    heads: dict[str, int]
    labels: Labels
    views: Views
    files: tuple[PackedFile, ...]
    data: tuple[TrainingData, ...] = ()
    scores: tuple[Score, ...] = ()
