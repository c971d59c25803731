"""What the user has decided of findings: fixed, to be ignored, intended; kept by the words they are about."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import msgspec
from msgspec import UNSET

from fabula.errors import NotInStory
from fabula.story.anchors import fold
from fabula.story.corrections.entries import VerdictEntry
from fabula.story.records import Finding
from fabula.story.story import Story

__all__ = ["Judged", "finding_key", "judge", "pick", "quoted_words", "undecided"]

_WORDS = 12
"""So many first words of a place tell it from others; what stands behind may be edited."""
_KEY = 6
"""Hexadecimal digits: among a thousand findings two have the same key once in sixteen thousand stories."""


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """A finding, its key, and what the user has decided of it; `verdict` is None while it is open."""

    finding: Finding
    key: str
    verdict: VerdictEntry | None = None

    @property
    def is_open(self) -> bool:
        return self.verdict is None


def quoted_words(story: Story, finding: Finding) -> tuple[str, ...]:
    """The words by which a finding is known again: the first of each of its places."""
    return tuple(" ".join(story.words(span).split()[:_WORDS]) for span in finding.evidence)


def finding_key(story: Story, finding: Finding) -> str:
    """A few letters that name a finding as long as the words it is about stay as they are, wherever they move."""
    return _key(finding.kind, quoted_words(story, finding))


def _key(kind: str, words: Sequence[str]) -> str:
    folded = "\0".join([kind, *map(fold, words)])
    return hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()[:_KEY]


def judge(story: Story, verdicts: Sequence[VerdictEntry] = ()) -> tuple[Judged, ...]:
    """Every finding with what was decided of it, in the story's order; of two verdicts the last holds."""
    decided = {_key(entry.kind, entry.words): entry for entry in verdicts}
    keyed = [(finding_key(story, finding), finding) for finding in story.findings]
    return tuple(Judged(finding=finding, key=key, verdict=decided.get(key)) for key, finding in keyed)


def undecided(story: Story, verdicts: Sequence[VerdictEntry]) -> Story:
    """The story with those findings alone of which nothing was decided; as it is where no findings were read."""
    if story.layers.findings is UNSET or not verdicts:
        return story
    open_ones = tuple(one.finding for one in judge(story, verdicts) if one.is_open)
    return Story(story.text, msgspec.structs.replace(story.layers, findings=open_ones))


def pick(story: Story, key: str) -> Finding:
    """The finding with this key.

    Raises:
        NotInStory: if there is none; the message names those there are.
    """
    keys = {finding_key(story, finding): finding for finding in story.findings}
    found = keys.get(key.strip().lower())
    if found is None:
        near = ", ".join(list(keys)[:8]) + (", …" if len(keys) > 8 else "")
        raise NotInStory(
            f"no finding in this story has the key {key!r}", hint=f"There are {near}." if keys else "There are none."
        )
    return found
