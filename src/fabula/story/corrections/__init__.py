"""What the user has said is so: the records, their file, and what happens to it when the story is edited."""

from __future__ import annotations

from fabula.story.corrections.corrections import (
    ApartEntry,
    Before,
    CarriedEntry,
    CastEntry,
    Corrections,
    Entry,
    NarratorEntry,
    NobodyEntry,
    OrderEntry,
    RenameEntry,
    Said,
    SaidEntry,
    SameEntry,
    SceneEntry,
    SceneWord,
    ThreadEntry,
    VerdictEntry,
    group_names,
    name_key,
)

__all__ = [
    "ApartEntry",
    "Before",
    "CarriedEntry",
    "CastEntry",
    "Corrections",
    "Entry",
    "NarratorEntry",
    "NobodyEntry",
    "OrderEntry",
    "RenameEntry",
    "Said",
    "SaidEntry",
    "SameEntry",
    "SceneEntry",
    "SceneWord",
    "ThreadEntry",
    "VerdictEntry",
    "group_names",
    "name_key",
]
