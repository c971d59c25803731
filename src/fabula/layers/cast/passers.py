"""People without a name who come in for a scene and speak there: a student, the boy, his mother."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from fabula import lexicon
from fabula.segment.wording import Wording
from fabula.story import Mention

__all__ = ["Named", "Passer", "beside_speech", "find_passers"]

_SCENE, _PAGE = 600, 150
"""So many words after the last mention "the boy" may still be the boy of before: in a story, in a longer text."""
_NEAR, _SHORT = 300, 8_000
"""Whoever of that gender was named within so many words before may be meant by "the boy" that nobody has brought in; in
a text longer than a story, whoever was named at all."""
_SOON = 50
"""In a story, whoever was brought in ("a stranger had come") and then spoke is somebody else than those who are named
for the first time after so many words."""
_LATER = 3_000
"""In a longer text somebody who is named for the first time within so many words may be whoever was brought in."""
_ACTS = 4
"""So many mentions make somebody who never speaks a character."""
_NOT_BROUGHT_IN = frozenset(
    "is was am are were be been being 's 're 'm become became becomes seemed like as than of for in".split()
)
_DEFINITE = frozenset("the this that his her their my our your".split())
_PREPOSITIONS = frozenset("in on with at from behind of by under beside".split())
_LONGEST = 7


class Named(msgspec.Struct, frozen=True):
    """For "m" and "f", the words at which somebody of that gender, or of none that is known, is named, in order; and
    those at which somebody of that gender for sure is named for the first time."""

    all: Mapping[str, Sequence[int]]
    first: Mapping[str, Sequence[int]]


class Passer(msgspec.Struct):
    """Somebody met in one stretch of the text.

    Attributes:
        head: the noun they go by; `adjectives`: what stood before it at first.
        gender: "m", "f", "p", or "n" for either.
        mentions: all of them; `spoke`: whether a tag gives them words; `brought_in`: whether they came as "a stranger".
    """

    head: str
    adjectives: frozenset[str]
    gender: str
    last: int
    mentions: list[Mention]
    spoke: bool = False
    brought_in: bool = False

    def describe(self, wording: Wording) -> tuple[str, tuple[str, ...]]:
        """The name to show and the other descriptions."""
        text = wording.segments.text
        written = [" ".join(text[m].lower().split()) for m in self.mentions]
        said = Counter(w for w in written if w.startswith("the "))
        first = " ".join(text.content[self.mentions[0].start : _end(wording, self.mentions[0])].split())
        name = said.most_common(1)[0][0] if said else first[0].lower() + first[1:]
        others = dict.fromkeys(w for w in (*written, *([first] if first.lower() != written[0] else ())) if w != name)
        return name, (*others, *([name.removeprefix("the ")] if said else ()))


def find_passers(wording: Wording, mentions: Sequence[Mention], named: Named) -> list[Passer]:
    """Those who are brought in ("a boy of twelve") or come when nobody else can be meant, and who speak or act.

    Args:
        mentions: descriptions that belong to nobody yet, in order of place.
        named: where people are named.
    """
    nouns = lexicon.table("person_nouns")
    reach = _SCENE if len(wording) <= _SHORT else _PAGE
    open_: dict[str, Passer] = {}
    found: list[Passer] = []
    for mention in mentions:
        first = wording.at(mention.start)
        determiner, *adjectives, head = _words(wording, mention)
        if wording.quote[first] != -1 or head not in nouns:
            continue
        known = open_.get(head)
        if determiner in ("a", "an"):
            if _is_nobody_new(wording, first, wording.at(mention.end)):
                continue
            known = None
        elif determiner not in _DEFINITE:
            continue
        elif known is not None and not (first - known.last <= reach and _agree(known.adjectives, adjectives)):
            known = None
        if known is None:
            if determiner not in ("a", "an") and _may_be_known(wording, first, nouns[head][0], named):
                continue
            known = Passer(head, frozenset(adjectives), nouns[head][0], first, [])
            known.brought_in = determiner in ("a", "an")
            open_[head] = known
            found.append(known)
        known.mentions.append(mention)
        known.last = first
        known.spoke = known.spoke or _is_tag(wording, mention)
    return [p for p in found if _is_somebody(p) and not _is_named_later(p, wording, named)]


def _is_somebody(passer: Passer) -> bool:
    return passer.spoke or (passer.gender != "p" and len(passer.mentions) >= _ACTS)


def beside_speech(wording: Wording, mention: Mention) -> bool:
    """Whether a description in the narration is the subject of a verb of speech that stands beside it."""
    verbs = lexicon.words("speech_verbs")
    first, after = wording.at(mention.start), wording.at(mention.end)
    if wording.quote[first] != -1:
        return False
    before_verb = after < len(wording) and wording.lower[after] in verbs and wording.quote[after] == -1
    after_verb = first >= 2 and wording.lower[first - 1] in verbs and wording.quote[first - 2] != -1
    return before_verb or after_verb


def _is_tag(wording: Wording, mention: Mention) -> bool:
    """As `beside_speech`, but with the speech itself beside it: "friends spoke of him" gives nobody words."""
    first, after = wording.at(mention.start), wording.at(mention.end)
    if not beside_speech(wording, mention):
        return False
    return any(quote != -1 for quote in wording.quote[max(0, first - 2) : after + 4])


def _words(wording: Wording, mention: Mention) -> list[str]:
    words = [wording.lower[i] for i in wording.within(mention)]
    return [words[0], *(w for w in words[1:-1] if w != ","), words[-1]] if len(words) > 1 else ["", words[0]]


def _agree(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two descriptions with one noun can be one person's: the one says no more than the other."""
    first, second = {*one}, {*other}
    return first <= second or second <= first


def _is_nobody_new(wording: Wording, first: int, after: int) -> bool:
    """ "He was a boy", "like a boy", "a boy named Wiley", "Wiley, a boy of ten": nobody is brought in."""
    before = wording.lower[first - 1] if first else ""
    behind = wording.lower[after] if after < len(wording) else ""
    named = first > 1 and wording.forms[first - 2][0].isupper() and not wording.opening[first - 2]
    return before in _NOT_BROUGHT_IN or behind in ("named", "called", "'s") or (before == "," and named)


def _may_be_known(wording: Wording, first: int, gender: str, named: Named) -> bool:
    """Whether somebody was named before whom the description may mean."""
    return _is_any(named.all, gender, first - _NEAR if len(wording) <= _SHORT else 0, first)


def _is_named_later(passer: Passer, wording: Wording, named: Named) -> bool:
    """Whether somebody gets a name while the description is in use, or soon after: it may well be the same."""
    soon = _NEAR
    if len(wording) > _SHORT:
        soon = _LATER
    elif passer.spoke:
        soon = _SOON if passer.brought_in else _NEAR // 2
    return _is_any(named.first, passer.gender, wording.at(passer.mentions[0].start), passer.last + soon)


def _is_any(places: Mapping[str, Sequence[int]], gender: str, start: int, stop: int) -> bool:
    """Whether one of a gender's places lies within a stretch. "n" is either gender; several are never meant."""
    return gender != "p" and any(
        bisect_left(own, stop) > bisect_left(own, start) for sex, own in places.items() if gender in ("n", sex)
    )


def _end(wording: Wording, mention: Mention) -> int:
    """Where a description ends, with what is said of it behind: "a woman in a leather apron"."""
    after = wording.at(mention.end)
    if after >= len(wording) or wording.lower[after] not in _PREPOSITIONS:
        return mention.end
    for i in range(after + 1, min(after + _LONGEST, len(wording))):
        if not wording.lower[i][0].isalpha() or (wording.lower[i] in _PREPOSITIONS and i > after + 1):
            return wording.ends[i - 1] if i > after + 1 else mention.end
    return mention.end
