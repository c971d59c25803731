"""Where in its sentence each mention stands: who does something, to whom it is done, whose a thing is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Literal

import msgspec

from fabula import lexicon
from fabula.layers.resolve.pronouns import REFLEXIVE, THIRD
from fabula.segment.wording import Wording
from fabula.story import Mention, Quote

__all__ = ["Place", "Role", "find_places", "is_called"]

Role = Literal["subject", "object", "behind", "around", "owner", "itself"]
"""What a mention is in its clause: its subject, its object, behind a preposition, behind one of those that may point
back to the subject ("she looked around her"), the owner of what follows, the subject again ("herself")."""

_PREPOSITIONS = frozenset(
    "to at of from for by in on upon into onto about toward towards against past without among like than as through "
    "across beside between under within concerning".split()
)
_AROUND = frozenset("around round behind before after with near above below beneath over about off along".split())
_NOMINATIVE = frozenset("i he she they we thou ye xe ze ey".split())
_POSSESSIVE = frozenset("my your his their our thy its whose xyr zir hir eir mine".split())
_AUXILIARY = frozenset(
    "was were is are had has have did does do would could should might may must will can shall never "
    "'d 'll 's 've".split()
)
_CLAUSE_OPENERS = frozenset(
    "and but or nor for so yet that if when while as because since though although until till where whether than then "
    "who whom which what why how before after unless once".split()
)
_STILL_OWNED = frozenset("own other only many few several most more less".split())
"""Function words that can stand between "her" and what is hers."""
_SET_OFF_BEFORE = frozenset("\" “ ' ‘ , — -- – ! ? . … ; : ( oh ah yes no well o now dear and but why come".split())
_SET_OFF_AFTER = frozenset("\" ” ' ’ , — -- – ! ? . … ; : )".split()) | {"..."}


class Place(msgspec.Struct, frozen=True, gc=False):
    """Where a mention stands: its words [first, stop), sentence, paragraph, the innermost quote by index (-1: the
    narration), its words in lower case, and its role."""

    first: int
    stop: int
    sentence: int
    paragraph: int
    quote: int
    words: str
    role: Role


def find_places(wording: Wording, mentions: Sequence[Mention], quotes: Sequence[Quote]) -> list[Place]:
    """The place of each mention, in the order of the mentions."""
    text = wording.segments.text.content
    inner = _Innermost(quotes)
    places = []
    size = len(wording)
    for mention in mentions:
        first = min(bisect_right(wording.starts, mention.start) - 1, size - 1)
        first = max(first, 0)
        stop = first + 1
        while stop < size and wording.starts[stop] < mention.end:
            stop += 1
        words = " ".join(text[mention.start : mention.end].lower().replace("’", "'").split())
        places.append(
            Place(
                first,
                stop,
                wording.sentence[first],
                wording.paragraph[first],
                _quote(inner.at(mention.start), wording.quote[first], len(quotes)),
                words,
                _role(wording, mention, first, stop, words),
            )
        )
    return places


def _quote(known: int, quotation: int, quotes: int) -> int:
    """The index of the quote; beyond all quotes for a quotation of which nobody has said yet who speaks it."""
    return known if known >= 0 or quotation < 0 else quotes + quotation


def is_called(wording: Wording, place: Place) -> bool:
    """Whether the words call somebody: set off on both sides, as in "Come, my dear, sit down."."""
    after = wording.lower[place.stop] if place.stop < len(wording) else '"'
    before = wording.lower[place.first - 1] if place.first else '"'
    if after not in _SET_OFF_AFTER or before not in _SET_OFF_BEFORE:
        return False
    comma = before == "," or after in (",", "!") or before.isalpha()
    alone = before in _SET_OFF_AFTER or before in ("“", "‘", "(")
    return comma or alone


class _Innermost:
    """The innermost quote at rising places; mere terms are no quotes."""

    def __init__(self, quotes: Sequence[Quote]) -> None:
        order = sorted(range(len(quotes)), key=lambda i: (quotes[i].start, -quotes[i].end))
        self._waiting = [i for i in order if quotes[i].mode != "term"]
        self._quotes = quotes
        self._next = 0
        self._open: list[int] = []

    def at(self, place: int) -> int:
        while self._next < len(self._waiting) and self._quotes[self._waiting[self._next]].start <= place:
            self._open.append(self._waiting[self._next])
            self._next += 1
        while self._open and self._quotes[self._open[-1]].end <= place:
            self._open.pop()
        return self._open[-1] if self._open else -1


def _role(wording: Wording, mention: Mention, first: int, stop: int, words: str) -> Role:
    if mention.form == "pronoun":
        return _role_of_pronoun(wording, first, stop, words)
    if stop < len(wording) and wording.lower[stop] in ("'s", "'"):
        return "owner"
    return _role_of_name(wording, first, stop)


def _role_of_pronoun(wording: Wording, first: int, stop: int, words: str) -> Role:
    if words in _NOMINATIVE:
        return "subject"
    if words in REFLEXIVE:
        return "itself"
    if words in _POSSESSIVE or (words == "her" and _owns_next(wording, stop)):
        return "owner"
    if words in THIRD:
        return _role_of_object(wording, first)
    return _role_of_name(wording, first, stop)


def _owns_next(wording: Wording, stop: int) -> bool:
    """Whether "her" goes with the next word: "her hand", "her own", but not "told her that"."""
    if stop >= len(wording):
        return False
    after = wording.lower[stop]
    return after[0].isalpha() and (after not in lexicon.words("function_words") or after in _STILL_OWNED)


def _role_of_object(wording: Wording, first: int) -> Role:
    before = wording.lower[first - 1] if first else ""
    if before in _AROUND:
        return "around"
    return "behind" if before in _PREPOSITIONS else "object"


def _role_of_name(wording: Wording, first: int, stop: int) -> Role:
    before = wording.lower[first - 1] if first and not wording.opening[first] else ""
    if before in ("the", "dear", "poor", "old", "young", "little") and first > 1:
        before = wording.lower[first - 2]
    if not before or before in _CLAUSE_OPENERS or not before[0].isalpha():
        return "object" if before == "'s" else "subject"
    if before in _PREPOSITIONS or before in _AROUND:
        return "behind"
    if first > 1 and wording.quote[first] == -1 and wording.quote[first - 2] != -1:
        return "subject"  # "…," said Anne
    after = wording.lower[stop] if stop < len(wording) else ""
    if after in _AUXILIARY or after in lexicon.words("acts") or after in lexicon.words("speech_verbs"):
        return "subject"
    return "object"
