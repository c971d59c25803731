"""The model pack: what Fabula has learned, as plain files that prove themselves. Nothing is ever downloaded."""

from __future__ import annotations

from fabula.models.manifest import FORMAT, Labels, Manifest, PackedFile, Score, TrainingData, Views
from fabula.models.pack import ModelPack, default_pack, has_pack, open_pack

__all__ = [
    "FORMAT",
    "Labels",
    "Manifest",
    "ModelPack",
    "PackedFile",
    "Score",
    "TrainingData",
    "Views",
    "default_pack",
    "has_pack",
    "open_pack",
]
