"""Whether a sentence without marks is told by the narrator or spoken by somebody: told, if it is in the past."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from fabula.lexicon import table

__all__ = ["goes_on", "is_told", "sentences_of"]

_STOP = re.compile(r"(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\b[A-Z])[.!?…]+[\"”’)]*\s+(?=\S)")
_SPOKEN = re.compile(
    r"\b(?:you|your|yours|thou|thee|thy|is|are|am|isn['’]t|aren['’]t|don['’]t|doesn['’]t|can['’]t|won['’]t|will|shall|"
    r"it['’]s|that['’]s|there['’]s|what['’]s|he['’]s|she['’]s|i['’]m|i['’]ll|i['’]ve|i['’]d|we['’]ll|we['’]re|you['’]\w+)\b"
    r"|\?$",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\b(?:I|I'm|I'll|you|You|your|Your|my|My|we|We|me|us|our|Our|is|are|am|don['’]t|can['’]t|won['’]t)\b|[!?]"
)
"""What narration in the third person and the past never says."""
_GOING_ON = frozenset(("with", "and", "as", "in", "from", "at", "his", "her", "after"))
_BEFORE_PARTICIPLES = frozenset(("be", "been", "being", "have", "has", "get", "to", "the", "a"))
_AUXILIARIES = frozenset(("was", "were", "had", "did", "could", "would"))
_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)*")


def is_told(sentence: str) -> bool:
    """Whether a sentence can be narration: it has a verb in the past and nothing that is only said."""
    if _SPOKEN.search(sentence.strip()):
        return False
    own = _WORD.findall(sentence.lower())
    if own[:1] and own[0] in table("irregular_verbs"):
        return False  # "Put it back where it was."
    if any(subject in ("he", "she", "it") and word in _pasts_too() for subject, word in pairwise(own)):
        return True
    return any(_is_past(word) and before not in _BEFORE_PARTICIPLES for before, word in pairwise(["", *own]))


def goes_on(clause: str) -> bool:
    """Whether a clause behind a tag and a comma still belongs to it: "he said, laughing", "she said, with a sigh"."""
    own = clause.split()
    if not own or (own[0] == "and" and _SAID.search(clause)):
        return False
    return own[0].endswith("ing") or own[0].endswith("ly") or own[0] in _GOING_ON


def _is_past(word: str) -> bool:
    return word in _pasts() or (word.endswith("ed") and len(word) > 3)


def sentences_of(content: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences between two places, white space between them left out."""
    for stop in _STOP.finditer(content, start, end):
        yield start, stop.start() + len(stop.group().rstrip())
        start = stop.end()
    if start < end:
        yield start, end


@cache
def _pasts() -> frozenset[str]:
    """Past forms of irregular verbs that are no bare forms too ("put", "read")."""
    rows = table("irregular_verbs")
    return _AUXILIARIES | {form for row in rows.values() for form in row[0].split("/") if form not in rows}


@cache
def _pasts_too() -> frozenset[str]:
    """Past forms of irregular verbs that are bare forms too: behind "he" they are past."""
    return frozenset(bare for bare, row in table("irregular_verbs").items() if bare in row[0].split("/"))
