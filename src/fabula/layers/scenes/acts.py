"""Whether a mention is the subject of something that somebody does."""

from __future__ import annotations

from functools import cache

from fabula import lexicon
from fabula.segment.wording import Wording
from fabula.story import Mention

__all__ = ["is_act"]

_SUBJECTS = frozenset("i he she they we".split())
_NOT_SUBJECT = frozenset(
    "to at with from of for by in on upon into onto about toward towards behind beside between over under against near "
    "past around through across without within among like than if whether that how why because whom which "
    "though".split()
)
"""Before a mention, these say that it is no subject, or the subject of what is only thought of."""
_ADVERBS = frozenset("then also only just both all again still now at once slowly never".split())
_SHOWS_NOTHING = frozenset(
    "was were had is are would could should might may must will has have did do does be been".split()
)
_DENIES = frozenset({"never", "not"})


def is_act(wording: Wording, mention: Mention) -> bool:
    """Whether the mention is the subject of something done, wherever it stands."""
    first = wording.at(mention.start)
    if first >= len(wording):
        return False
    lower = wording.lower
    if mention.form == "pronoun" and lower[first] not in _SUBJECTS:
        return False
    before = first - 1
    if before >= 0 and lower[before] in ("the", "old", "young", "poor", "little"):
        before -= 1
    if before >= 0 and wording.sentence[before] == wording.sentence[first] and lower[before] in _NOT_SUBJECT:
        return False
    verb = wording.at(mention.end)
    while verb < len(wording) and (lower[verb] in _ADVERBS or lower[verb].endswith("ly")):
        if lower[verb] in _DENIES:
            return False
        verb += 1
    return verb < len(wording) and wording.sentence[verb] == wording.sentence[first] and _is_doing(lower[verb])


def _is_doing(word: str) -> bool:
    return word not in _SHOWS_NOTHING and word not in _states() and (word.endswith("ed") or word in _doings())


@cache
def _doings() -> frozenset[str]:
    pasts = {past for pasts, _ in lexicon.table("irregular_verbs").values() for past in pasts.split("/")}
    return frozenset(pasts) | lexicon.words("acts") | lexicon.words("speech_verbs")


@cache
def _states() -> frozenset[str]:
    """The pasts of the verbs of state: one may love, seem or want without being there."""
    irregular = lexicon.table("irregular_verbs")
    pasts = {
        past
        for verb in lexicon.words("state_verbs")
        for past in (irregular[verb][0].split("/") if verb in irregular else (verb + "ed", verb + "d"))
    }
    return frozenset(pasts - {"sat", "stood", "looked", "lay", "faced", "stretched"})
