"""The narrator's words beside a quotation that say who speaks and how: "…," she murmured; He wrote: "…"."""

from __future__ import annotations

import re

from fabula.lexicon import words
from fabula.segment.listed import listed

__all__ = ["THINKING", "clause_after", "clause_before", "is_tag", "tag_after", "tag_before"]

THINKING = frozenset(
    listed(
        "thought think thinks thinking wondered wonder wonders wondering mused muses musing reflected reflects "
        "reflecting "
        "pondered ponders pondering ruminated cogitated soliloquised soliloquized meditated dreamt"
    )
)
"""Verbs whose words are not said aloud."""

_REFLEXIVE = frozenset(listed("myself himself herself itself themselves yourself ourselves oneself hisself"))
_TO_ONESELF = frozenset(listed("told tell tells reminded reminds asked asks assured promised repeated argued decided"))
"""Verbs that make a thought of what one does to oneself; "said to himself" is as often spoken and is left out."""

_SUBJECT = frozenset(
    listed(
        "i he she they we you it one who the a an his her my their our your this that another some somebody someone "
        "everybody "
        "everyone nobody each both all old poor little young mr mrs miss dr another"
    )
)
_NOT_TAGS = frozenset(listed("went came ran start started end ended press pressed rule check"))
"""Verbs of the list that carry a tag only seldom, and a plain movement mostly."""

_ANSWERS = frozenset(
    listed(
        "answer reply rejoinder remark comment response retort question exclamation cry observation words advice "
        "verdict greeting conclusion explanation ejaculation argument contribution thought"
    )
)
"""What a quotation can be called behind itself: "…," was her answer."""

_WORDS = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*\.?")
_CLAUSE_END = re.compile(r"[.!?;:…]\s|[\"“”«»—]|--|,\s")
_CLAUSE_START = re.compile(r"[.!?;…][\"”’)]*\s+|[\"“”«»]")


def clause_after(after: str) -> list[str]:
    """The words of the clause that follows a quotation, at most eight."""
    body = after.lstrip(" \t\r\n\u00a0,.—–-_*")
    end = _CLAUSE_END.search(body[:90])
    stop = end.start() if end else 90
    if (end and body[max(0, stop - 3) : stop] in (" Mr", " Dr", "Mrs")) or body[:3] in ("Mr.", "Dr.", "Mrs"):
        end = _CLAUSE_END.search(body[:90], stop + 1)
        stop = end.start() if end else 90
    return _WORDS.findall(body[:stop])[:8]


def clause_before(before: str) -> list[str]:
    """The words of the clause that leads up to a quotation, at most ten, the last one last."""
    tail = before[-110:]
    begin = 0
    for found in _CLAUSE_START.finditer(tail):
        if tail[: found.start()][-3:] not in (" Mr", " Dr", "Mrs") and found.end() < len(tail.rstrip()):
            begin = found.end()
    return _WORDS.findall(tail[begin:])[-10:]


def tag_after(after: str, *, ended: str = ",") -> str:
    """The verb of the tag behind a quotation, "" where there is none; reflexive thought counts as "thought".

    `ended` is the last character inside the quotation: behind a full stop a tag would begin with a small letter.
    """
    lead = after.lstrip(" \t\r\n\u00a0_*")[:1]
    if (lead in ".!?;" and lead) or (ended == "." and lead.isupper()):
        return ""
    clause = clause_after(after)
    low = [word.lower().rstrip(".") for word in clause]
    verbs = words("speech_verbs")
    if low[:1] in (["was"], ["were"]) and _ANSWERS.intersection(low[1:7]):
        return "answer"
    for at, word in enumerate(low[:5]):
        if word in verbs or word in THINKING:
            if at == 0 and word in _NOT_TAGS:
                return ""
            if at == 0 and len(low) > 1 and not (low[1] in _SUBJECT or clause[1][0].isupper()):
                return word if low[1] not in ("to", "of") and len(low) < 4 else ""
            if at > 0 and not (low[0] in _SUBJECT or clause[0][0].isupper()):
                return ""
            return _reflexive(low, at)
    return ""


def _reflexive(low: list[str], at: int) -> str:
    word = low[at]
    return "thought" if word in _TO_ONESELF and _REFLEXIVE.intersection(low[at + 1 : at + 4]) else word


def tag_before(before: str) -> str:
    """The verb of the tag before a quotation, "" where there is none."""
    clause = clause_before(before)
    low = [word.lower() for word in clause]
    verbs = words("speech_verbs")
    for at in range(len(low) - 1, max(-1, len(low) - 8), -1):
        if low[at] in verbs or low[at] in THINKING:
            return _reflexive(low, at)
    return ""


def is_tag(clause: str) -> bool:
    """Whether a clause is nothing but a tag: "he said", "Mr Dedalus cried to him", "said Stephen"."""
    own = clause.split()
    if not 1 < len(own) <= 12:
        return False
    low = [word.lower() for word in own]
    verbs = words("speech_verbs")
    if low[0] in verbs or low[0] in THINKING:
        return low[1] in _SUBJECT or own[1][0].isupper()
    if low[0] not in _SUBJECT and not own[0][0].isupper():
        return False
    for at in range(1, min(5, len(own))):
        if low[at] in verbs:
            return low[0] not in ("i", "you", "we") or low[at].endswith("ed") or low[at] == "said"
    return False
