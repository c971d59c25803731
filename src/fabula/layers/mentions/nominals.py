"""People who are described, not named: "the old woman", "her brother", "a young girl"."""

from __future__ import annotations

from collections.abc import Sequence

from fabula import lexicon
from fabula.segment.wording import Wording
from fabula.story import Mention

__all__ = ["find_nominals"]

_POSSESSIVES = frozenset("my your his her our their thy its whose".split())
_DETERMINERS = _POSSESSIVES | frozenset(
    "the a an this that these those another every some both one two three four".split()
)
_LEANING = frozenset(
    "other others latter former elder younger eldest youngest one chief private general minister speaker".split()
)
"""Words that are a person only where no noun follows: "the other smiled", not "the other option"."""
_SAYS = frozenset(
    "said says asked replied answered cried called whispered agreed observed remarked added "
    "demanded inquired enquired exclaimed rejoined interposed".split()
)
"""Verbs of speech that nothing but a speaker is the subject of; what rings, creaks and reads out says nothing."""
_SAYING = frozenset(
    "voice voices note letter sign notice label card paper book inscription poem song proverb saying headline telegram "
    "message page report newspaper article entry diary caption law rule verse echo word words tone whisper "
    "other others original older younger first second third last next rest".split()
)
"""What speaks only for somebody else."""
_REACH = 4
"""How many adjectives at most stand between "the" and the noun; longer ones are rarely one description."""


def find_nominals(wording: Wording, taken: Sequence[bool]) -> list[Mention]:
    """Descriptions of people: a determiner, up to four adjectives, a noun for a person, or for whatever speaks here.

    Args:
        taken: for each word, whether a name already holds it ("Anna's friend" keeps the name inside, "the Duchess"
            stays a name).
    """
    stop = lexicon.words("function_words")
    people = {**lexicon.table("person_nouns"), **dict.fromkeys(_speaking(wording, stop), ("n",))}
    found = []
    for i, lower in enumerate(wording.lower):
        if lower not in people or taken[i] or _goes_on(wording, i, people):
            continue
        first = _determiner(wording, i, stop)
        if first is not None:
            found.append(Mention(wording.starts[first], wording.ends[i], form="nominal"))
    return found


def _speaking(wording: Wording, stop: frozenset[str]) -> set[str]:
    """The nouns to which a tag gives words: "…," said the door. No parts of people, nothing written or heard."""
    never = {*lexicon.table("person_nouns"), *lexicon.words("body_nouns"), *lexicon.words("speech_verbs"), *_SAYING}
    speaking = set()
    for i, lower in enumerate(wording.lower):
        if wording.quote[i] != -1 or lower in never or lower in stop or not wording.forms[i][1:].islower():
            continue
        if not lower.endswith(("ly", "ing")) and _is_given_words(wording, i, stop):
            speaking.add(lower)
    return speaking


def _is_given_words(wording: Wording, i: int, stop: frozenset[str]) -> bool:
    """Whether a noun in the narration ends "the old door" right behind "said", or between a speech and "said"."""
    first = i - 1
    while i - first <= 2 and first > 1 and wording.forms[first].islower() and wording.lower[first] not in stop:
        first -= 1
    if first < 2 or wording.lower[first] not in ("the", "a", "an") or i + 1 >= len(wording):
        return False
    after = wording.lower[i + 1]
    if wording.quote[first - 1] != -1:
        return after in _SAYS
    ends = wording.quote[i + 1] != -1 or not after[0].isalpha() or after in stop
    return ends and wording.lower[first - 1] in _SAYS and wording.quote[first - 2] != -1


def _goes_on(wording: Wording, i: int, people: dict[str, tuple[str, ...]]) -> bool:
    """Whether the noun only qualifies the next one ("the boy soldier", "the guard house")."""
    following = wording.lower[i + 1] if i + 1 < len(wording) else ""
    if wording.starts[min(i + 1, len(wording) - 1)] - wording.ends[i] != 1:
        return False
    if wording.lower[i] in _LEANING:
        doing = lexicon.words("acts") | lexicon.words("speech_verbs") | lexicon.words("function_words")
        return following[:1].isalpha() and following not in doing
    return following in people


def _determiner(wording: Wording, i: int, stop: frozenset[str]) -> int | None:
    for j in range(i - 1, max(-1, i - 2 - _REACH), -1):
        lower = wording.lower[j]
        if lower in _DETERMINERS:
            return j
        if lower == "'s" and j > 0:
            return _owner_start(wording, j, stop)
        if lower in stop or not (lower[0].isalpha() or lower == ","):
            return None
        if wording.sentence[j] != wording.sentence[i]:
            return None
    return None


def _owner_start(wording: Wording, clitic: int, stop: frozenset[str]) -> int:
    """Where "Anne Lee's mother" or "the old vicar's wife" begins."""
    j = clitic - 1
    described = _determiner(wording, j, stop) if wording.forms[j].islower() else None
    if described is not None:
        return described
    while j > 0 and wording.forms[j - 1][0].isupper() and not wording.opening[j - 1]:
        j -= 1
    begins = j > 0 and wording.sentence[j - 1] == wording.sentence[j]
    if begins and (wording.lower[j - 1] == "the" or wording.lower[j - 1] in lexicon.table("titles")):
        j -= 1  # "The Rector's wife", "Mrs. Lee's husband" at the head of a sentence
    return j
