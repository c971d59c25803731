"""The questions a story is asked, and how each is answered from what is recorded: what is meant, how things stand at a
moment, what rests on what."""

from __future__ import annotations

from fabula.story.questions.asking import ask_for, nearest
from fabula.story.questions.facts import facts_meant
from fabula.story.questions.matters import Matter, MatterKind, Rest, RestKind
from fabula.story.questions.moments import By, Moment, Seen, moment_of
from fabula.story.questions.resting import Branch, rests_on, would_fall

__all__ = [
    "Branch",
    "By",
    "Matter",
    "MatterKind",
    "Moment",
    "Rest",
    "RestKind",
    "Seen",
    "ask_for",
    "facts_meant",
    "moment_of",
    "nearest",
    "rests_on",
    "would_fall",
]
