"""What a stretch of text is shown as to the network that reads ties, deaths and custody, and what it answers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fabula import lexicon
from fabula.encode.encoding import Encoding

__all__ = ["ANSWERS", "CUES", "STEPS", "Answer", "Question", "cue_of", "lay_question", "steps_away"]

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]

STEPS = (1, 2, 3, 5, 9, 17, 33)
"""Distances in words at which one more step away begins."""
CUES = (
    "", "betrothed", "boss", "child", "client", "colleague", "cousin", "doctor", "employer", "enemy", "family",
    "friend", "godparent", "governess", "grandchild", "grandparent", "guardian", "guest", "host", "in-law",
    "landlord", "lawyer", "lover", "master", "neighbour", "nephew", "nurse", "parent", "partner", "patient",
    "pupil", "rival", "servant", "sibling", "spouse", "teacher", "tenant", "tutor", "uncle", "ward",
)  # fmt: skip
"""What a noun by itself says of somebody: the ties of the word lists, in a fixed order; first: nothing."""
_NOBODY, _PERSON, _THING = 0, 1, 2


class Question(NamedTuple):
    """W words in which M mentions mean E people and things, people first; and about whom of these it is asked what."""

    forms: Sequence[str]
    """W: the words as written; the network spells them."""
    vectors: Floats
    """W×D: both halves of each word's vector."""
    word_class: Numbers
    """W."""
    relation: Numbers
    """W, to the governor."""
    head: Numbers
    """W: where in the window the governor stands; the word itself where it stands in none."""
    cue: Numbers
    """W, index in `CUES`."""
    role: Numbers
    """W: 1 in a mention of a person, 2 of a thing."""
    speech: Numbers
    """W: 1 in speech."""
    own: Floats
    """W×E: 1 in a mention of it."""
    far: Numbers
    """E×W: steps from its nearest mention, `len(STEPS)` in it, less before it and more behind."""
    mentions: Numbers
    """M×2: first and last word."""
    which: Numbers
    """M: of the E."""
    people: Numbers
    """P of the E: who is dead?"""
    pairs: Numbers
    """Q×2: what is the first to the second?"""
    hands: Numbers
    """R×2, a person and a thing: what does the first do with the second?"""


class Answer(NamedTuple):
    """Log odds, and which words they rest on."""

    dead: Floats
    """P×2: that they are dead in the end; that it happens before our eyes, if so."""
    tie: Floats
    """Q×(ties + 1): each tie; the last column: any at all."""
    hand: Floats
    """R×deeds."""
    dead_seen: Floats
    """P×W: the weight of each word; they come to 1."""
    tie_seen: Floats
    """Q×W."""
    hand_seen: Floats
    """R×W."""


ANSWERS = Answer._fields


def lay_question(
    encoding: Encoding,
    forms: Sequence[str],
    words: range,
    quote: Sequence[int],
    mentions: Sequence[tuple[int, int, int]],
    people: int,
    things: int,
    pairs: Sequence[tuple[int, int]],
    hands: Sequence[tuple[int, int]],
) -> Question:
    """Lay out what is asked of a stretch of a text.

    Args:
        encoding: of the text.
        forms: the words of the text.
        words: the stretch.
        quote: of each word of the text the number of its quotation, -1 in the narration.
        mentions: first word, last word, and whom or what they mean: people from 0, then things.
        people, things: how many there are.
        pairs: of people, of whom it is asked what the first is to the second.
        hands: a person and a thing.
    """
    here = slice(words.start, words.stop)
    begin = encoding.begin[here] * encoding.begin_step[here, None]
    close = encoding.close[here] * encoding.close_step[here, None]
    place = np.arange(len(words))
    head = encoding.head[here].astype(np.int64) - words.start
    spans = np.array([(a - words.start, b - words.start) for a, b, _ in mentions], np.int64).reshape(-1, 2)
    which = np.array([one for _, _, one in mentions], np.int64)
    own = np.zeros((len(words), people + things), np.float32)
    away = np.full((people + things, len(words)), STEPS[-1] + len(words), np.int64)
    for (first, last), one in zip(spans.tolist(), which.tolist(), strict=True):
        own[first : last + 1, one] = 1
        step = np.where(place < first, place - first, np.maximum(0, place - last))
        away[one] = np.where(np.abs(step) < np.abs(away[one]), step, away[one])
    in_thing, in_person = own[:, people:].any(1), own[:, :people].any(1)
    return Question(
        forms=forms[here],
        vectors=np.concatenate([begin, close], 1).astype(np.float32),
        word_class=encoding.word_class[here].astype(np.int64),
        relation=encoding.relation[here].astype(np.int64),
        head=np.where((head >= 0) & (head < len(words)), head, place),
        cue=np.array([cue_of(form) for form in forms[here]], np.int64),
        role=np.where(in_person, _PERSON, np.where(in_thing, _THING, _NOBODY)).astype(np.int64),
        speech=(np.array(quote[here], np.int64) >= 0).astype(np.int64),
        own=own,
        far=steps_away(away),
        mentions=spans,
        which=which,
        people=np.arange(people, dtype=np.int64),
        pairs=np.array(pairs, np.int64).reshape(-1, 2),
        hands=np.array(hands, np.int64).reshape(-1, 2),
    )


@lru_cache(maxsize=4096)
def cue_of(form: str) -> int:
    """What a noun by itself says of somebody, as an index in `CUES`."""
    word = form.lower()
    for noun in (word, word.removesuffix("s")):
        row = lexicon.table("kin").get(noun) or lexicon.table("office_nouns").get(noun)
        if row is not None and row[1] in CUES:
            return CUES.index(row[1])
    return 0


def steps_away(away: Numbers) -> Numbers:
    """The steps of distances in words, signed."""
    size = np.searchsorted(np.array(STEPS), np.abs(away), side="right")
    steps: Numbers = np.sign(away) * size + len(STEPS)
    return steps
