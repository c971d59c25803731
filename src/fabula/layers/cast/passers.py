"""People without a name who come in for a scene and speak there: a student, the boy, his mother."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import cache

import msgspec

from fabula import lexicon
from fabula.layers.cast.beside import Floor, is_tag
from fabula.layers.cast.together import Together
from fabula.segment.marked import mark_behind
from fabula.segment.wording import Wording
from fabula.story import Mention, Span

__all__ = ["SHORT", "Named", "Passer", "Somebody", "find_passers", "named_late"]

SHORT = 8_000
"""A text of so many words is a story: few people, and all of them shown."""
_SCENE, _PAGE = 600, 150
"""So many words after the last mention "the boy" may still be the boy of before: in a story, in a longer text."""
_NEAR = 300
"""In a story, whoever of that gender was named within so many words before may be meant by "the boy" that nobody has
brought in; in a longer text, whoever was named at all."""
_SOON = 50
"""In a story, whoever was brought in ("a stranger had come") and then spoke is somebody else than those who are named
for the first time after so many words."""
_AT_ONCE = 16
"""The narration names whoever was brought in within so many words, if at all."""
_LATER = 3_000
"""In a longer text somebody who is named for the first time within so many words may be whoever was brought in."""
_ACTS = 4
"""So many mentions make somebody who never speaks a character."""
_NOT_BROUGHT_IN = frozenset(
    "is was am are were be been being 's 're 'm become became becomes seemed like as than of for in".split()
)
_NEW = frozenset({"a", "an", "one"})
_OWNERS = frozenset("his her their my our your".split())
_OWNED_BY = {"his": "m", "her": "f"}
_DEFINITE = _OWNERS | frozenset("the this that".split())
_ELDERS = frozenset(
    "father mother dad mum grandfather grandmother grandpa grandma granny nan aunt uncle stepfather stepmother".split()
)
"""Whom a story calls so from a younger one's side, mostly without a name."""
_YOUNG = frozenset("child boy girl lad lass kid baby infant youngster".split())
_OF_CHILDREN = frozenset("miss master little young prince princess lord lady".split())
"""Whom nobody calls "Mrs." or "Captain", and the titles that they have, too."""
_FAMILY = frozenset("parent sibling spouse grandparent uncle cousin nephew in-law grandchild betrothed family".split())
_COMERS = frozenset("stranger newcomer visitor caller intruder".split())
"""Whom a story calls so when he has just come in."""
_POINTING = frozenset("former latter other others one both pair couple".split())
"""Nouns that point back at somebody of whom the text has just spoken."""
_PREPOSITIONS = frozenset("in on with at from behind of by under beside".split())
_OBJECTS = frozenset("him her them it me us".split())
_AUXILIARIES = frozenset("is was were are had has did does could would will might".split())
_CLAUSE = 12
"""So many words are looked through for what somebody does who is described behind a comma."""
_LONGEST = 6
"""Words of a description by which somebody is also known; a longer one tells more than who it is."""


class Somebody(msgspec.Struct, frozen=True):
    """Somebody with a name: a number of his own, "m", "f" or "" for a gender that is not known, where in the text the
    name stands, in order, and the titles it has."""

    number: int
    sex: str
    mentions: Sequence[Mention]
    titles: Set[str] = frozenset()


class Named(msgspec.Struct, frozen=True):
    """Those who have a name; for "m" and "f", the words at which somebody of that gender, or of none that is known, is
    named, in order; and those at which somebody of that gender for sure is named for the first time."""

    people: Sequence[Somebody]
    all: Mapping[str, Sequence[int]]
    first: Mapping[str, Sequence[int]]


class Passer(msgspec.Struct):
    """Somebody met in one stretch of the text.

    Attributes:
        head: the noun they go by; `adjectives`: what stood before it at first.
        gender: "m", "f", "p", or "n" for either.
        mentions: all of them; `spoke`: whether a tag or a deed gives them words; `tagged`: whether a tag does.
        brought_in: whether they came as "a stranger"; `elder`: whether they came as "her father".
        whose: what stood before the noun at first; `acted`: how often the narration tells that they do something.
        mark: what they wear or have with them, by which they are told apart; else "".
        owner: the number of the one with a name who this is.
    """

    head: str
    adjectives: frozenset[str]
    gender: str
    last: int
    mentions: list[Mention]
    spoke: bool = False
    tagged: bool = False
    brought_in: bool = False
    elder: bool = False
    whose: str = ""
    acted: int = 0
    mark: str = ""
    owner: int | None = None

    def describe(self, wording: Wording) -> tuple[str, tuple[str, ...]]:
        """The name to show and the other descriptions."""
        text = wording.segments.text
        written = [" ".join(text[m].lower().split()) for m in self.mentions]
        said = Counter(w for w in written if w.startswith("the "))
        longest = [_whole(wording, m) for m in self.mentions if mark_behind(wording, wording.at(m.end))]
        opened = self.mentions[0]
        first = _whole(wording, opened) if self.brought_in else " ".join(text[opened].split())
        if longest:
            opens, _, rest = longest[0].partition(" ")
            name = f"the {rest}" if opens.lower() in _NEW else longest[0][0].lower() + longest[0][1:]
        else:
            name = said.most_common(1)[0][0] if said else first[0].lower() + first[1:]
        described = (*written, *([first] if first.lower() != written[0] else ()))
        others = dict.fromkeys(w for w in described if w != name and len(w.split()) <= _LONGEST)
        return name, (*others, *([name.removeprefix("the ")] if said and not longest else ()))


class _Called(msgspec.Struct, frozen=True):
    """A description taken apart: "the", "tall", "woman", with the "pram", and its first word."""

    determiner: str
    adjectives: frozenset[str]
    head: str
    mark: str
    first: int


def find_passers(
    wording: Wording,
    mentions: Sequence[Mention],
    named: Named,
    floor: Floor,
    together: Together,
    deeds: Set[Span] = frozenset(),
    presented: Mapping[Span, int] | None = None,
) -> list[Passer]:
    """Those who are brought in ("a boy of twelve") or come when nobody else can be meant, and who speak or act.

    Args:
        mentions: descriptions that belong to nobody yet, in order of place.
        named: where people are named.
        together: which mentions the encoder takes for one person's.
        deeds: the places of those of whom the narration tells that they do something.
        presented: the places of descriptions beside which the text sets a name, with the number of its bearer.
    """
    nouns = lexicon.table("person_nouns")
    short = len(wording) <= SHORT
    open_: dict[str, Passer] = {}
    found: list[Passer] = []
    for mention in mentions:
        first = wording.at(mention.start)
        determiner, *adjectives, head = _words(wording, mention)
        if wording.quote[first] != -1 or head not in nouns or head in _POINTING:
            continue
        new = determiner in _NEW
        if new:
            if short and (same := _set_beside(wording, mention, found)) is not None:
                open_[head] = same  # "her neighbour, a big cheerful woman"
            if _is_nobody_new(wording, first, wording.at(mention.end)):
                continue
        elif determiner not in _DEFINITE and not determiner.endswith("'s"):
            continue
        called = _Called(determiner, frozenset(adjectives), head, mark_behind(wording, wording.at(mention.end)), first)
        known = None if new else _meant(called, open_.get(head), found, short=short)
        if known is None:
            if not short and not new and _may_be_known(first, nouns[head][0], named):
                continue
            known = Passer(head, called.adjectives, nouns[head][0], first, [])
            known.brought_in = new
            known.whose = determiner
            known.elder = determiner in _OWNERS and head in _ELDERS
            open_[head] = known
            found.append(known)
        _meet(known, mention, called, wording, floor, acts=mention.span in deeds)
    if not short:
        return [p for p in found if _is_somebody(p) and not _is_named_later(p, wording, named)]
    for passer in found:
        told = {presented[m.span] for m in passer.mentions if presented and m.span in presented}
        passer.owner = told.pop() if len(told) == 1 else None
    return [
        p
        for p in found
        if p.owner is not None
        or ((_is_somebody(p) or _is_shown(p)) and _is_settled(p, named, wording, floor, together))
    ]


def _set_beside(wording: Wording, mention: Mention, found: Sequence[Passer]) -> Passer | None:
    """The passer right behind whose description another one says what he is."""
    first = wording.at(mention.start)
    last = next((p for p in reversed(found) if first >= 2 and p.last < first), None)
    if last is None or wording.lower[first - 1] != "," or wording.at(last.mentions[-1].end) != first - 1:
        return None
    gender = lexicon.table("person_nouns")[_words(wording, mention)[-1]][0]
    return last if "n" in (gender, last.gender) or gender == last.gender else None


def _who_came(found: Sequence[Passer], start: int, gender: str) -> Passer | None:
    """The only one who has been brought in of late: a man called, and "the stranger" is he."""
    came = [p for p in found if p.brought_in and p.last >= start and p.gender != "p" and p.head not in _YOUNG]
    people = [p for p in came if p.head not in lexicon.words("animals")]
    fits = len(people) == 1 and ("n" in (gender, people[0].gender) or gender == people[0].gender)
    return people[0] if fits else None


def _are_two_owners(one: str, other: str) -> bool:
    alike = {one, other} <= _OWNERS or (one.endswith("'s") and other.endswith("'s"))
    return alike and one != other


def _meant(called: _Called, known: Passer | None, found: Sequence[Passer], *, short: bool) -> Passer | None:
    """Which of those met before a description with "the" or an owner means; None for somebody else than they."""
    reach = _SCENE if short else _PAGE
    if known is None:
        comes = short and called.determiner == "the" and called.head in _COMERS
        gender = lexicon.table("person_nouns")[called.head][0]
        return _who_came(found, called.first - reach, gender) if comes else None
    if called.first - known.last > reach or not _agree(known.adjectives, called.adjectives):
        return None
    if _are_two_owners(called.determiner, known.whose):
        return None  # his mother is not hers
    if known.mark and (called.mark not in ("", known.mark) or called.adjectives - known.adjectives):
        return None  # the woman with the pram is neither the cheerful woman nor the one with the cello
    return known


def _meet(known: Passer, mention: Mention, called: _Called, wording: Wording, floor: Floor, *, acts: bool) -> None:
    """Keep what one more mention tells of somebody."""
    known.mentions.append(mention)
    known.last = called.first
    known.acted += acts
    known.mark = known.mark or called.mark
    known.tagged = known.tagged or is_tag(wording, mention)
    gives = len(wording) <= SHORT and known.gender != "p" and not known.elder
    known.spoke = known.spoke or known.tagged or (gives and floor.gives_floor(mention))


def _is_somebody(passer: Passer) -> bool:
    return passer.spoke or (passer.gender != "p" and len(passer.mentions) >= _ACTS)


def _is_shown(passer: Passer) -> bool:
    """Whether a story shows somebody at what he does, and comes back to him; of several, once is enough."""
    if passer.gender == "p":
        return passer.acted > 0 and not passer.brought_in
    if _is_kin(passer.head) and passer.whose not in _OWNERS:
        return False  # "she had a sister" says whose she is, and may have her name elsewhere
    return passer.acted > 0 and len(passer.mentions) > 1


def _is_kin(head: str) -> bool:
    kind = lexicon.table("kin").get(head, ("", ""))[1]
    return kind in _FAMILY or (kind == "child" and head not in _YOUNG)


def _is_settled(passer: Passer, named: Named, wording: Wording, floor: Floor, together: Together) -> bool:
    """Whether a passer in a story is nobody who has a name, or one of them only, who is set down as its owner."""
    beast = passer.head in lexicon.words("animals")
    owner = _owner(passer, named, wording)
    fitting = [o for o in named.people if o.number != owner and not _is_too_old(passer, o, wording)]
    fitting = [o for o in fitting if not _has_other_family(passer, o, wording)]
    named = msgspec.structs.replace(named, people=fitting)
    late = None if beast else named_late(passer.mentions, passer.gender, named, floor)
    if late is not None:
        passer.owner = late
        return True
    rivals = [other for other in named.people if _may_be(passer, other, wording, floor)]
    if len(rivals) == 1 and not beast and _is_revealed(passer, rivals[0], wording, floor):
        passer.owner = rivals[0].number
        return True
    if passer.mark:
        return True
    fit = {o.number: o.mentions for o in named.people if not o.sex or passer.gender in ("n", o.sex)}
    meant = together.owner(passer.mentions, fit)
    if meant is not None and not floor.are_two(passer.mentions, fit[meant]):
        passer.owner = meant
        return True
    return not rivals or together.is_apart(passer.mentions, list(fit.values()))


def _owner(passer: Passer, named: Named, wording: Wording) -> int | None:
    """Whose a passer is who comes as "her neighbour": hers who was named last before, who is not the neighbour."""
    sex = _OWNED_BY.get(passer.whose)
    if sex is None:
        return None
    start = wording.at(passer.mentions[0].start)
    last = {
        other.number: max(places)
        for other in named.people
        if other.sex in ("", sex) and (places := [i for m in other.mentions if (i := wording.at(m.start)) < start])
    }
    return max(last, key=lambda number: last[number], default=None)


def named_late(ones: Sequence[Mention], gender: str, named: Named, floor: Floor) -> int | None:
    """The number of the one whose name is first said to, or by, whoever goes by a description till then."""
    start = ones[0].start
    new = [o for o in named.people if o.mentions[0].start > start and (not o.sex or gender in ("n", o.sex))]
    told = [o.number for o in new if floor.gives_own_name(o.mentions, ones)]
    told = told or [
        o.number for o in new if floor.is_told_in_tag(o.mentions, ones) and not floor.are_two(ones, o.mentions)
    ]
    if len(told) != 1:
        voices = {o.number: floor.voiced(o.mentions) for o in named.people}
        told = [
            o.number
            for o in new
            if floor.is_called_late(o.mentions, ones, [v for number, v in voices.items() if number != o.number])
            and not floor.are_two(ones, o.mentions)
        ]
    return told[0] if len(told) == 1 else None


def _is_revealed(passer: Passer, other: Somebody, wording: Wording, floor: Floor) -> bool:
    """Whether a name is first said by somebody, and to one who goes by the description or by him:
    "What do they call thee?" – "Ferris." """
    first = wording.at(other.mentions[0].start)
    told = wording.quote[first] != -1 and first > wording.at(passer.mentions[0].start)
    return told and floor.is_answered(other.mentions, passer.mentions)


def _may_be(passer: Passer, other: Somebody, wording: Wording, floor: Floor) -> bool:
    """Whether in a story a description may be somebody's who has a name: named shortly before it, or for the first time
    while it is in use or soon after, and nowhere shown to be another."""
    if passer.mark or passer.gender == "p" or (other.sex and passer.gender not in ("n", other.sex)):
        return False
    start = wording.at(passer.mentions[0].start)
    places = [wording.at(m.start) for m in other.mentions]
    soon = _NEAR if not passer.spoke else _SOON if passer.brought_in else _NEAR // 2
    later = bool(other.sex or not passer.tagged) and start <= places[0] < passer.last + soon
    if passer.brought_in and wording.quote[places[0]] == -1:  # a name that is revealed late is said by somebody
        later = later and any(0 < places[0] - wording.at(m.start) < _AT_ONCE for m in passer.mentions)
    before = not passer.brought_in and any(start - _NEAR <= place < start for place in places)
    if not (later or before) or floor.are_two(passer.mentions, other.mentions):
        return False
    met = floor.voiced(m for m in other.mentions if wording.at(m.start) < start)
    if not met and (passer.elder or (before and not other.sex and passer.whose in _OWNED_BY)):
        return False  # her neighbour speaks, and is nobody who has only been told of
    narrated = any(wording.quote[place] == -1 for place in places)
    return narrated or floor.is_answered(other.mentions, passer.mentions)


def _is_too_old(passer: Passer, other: Somebody, wording: Wording) -> bool:
    """Whether a child is described, and the other has a title or goes by a trade, or is a beast: "Mrs. Vane", "the
    Lamplighter"."""
    if passer.head not in _YOUNG:
        return False
    trades = (lexicon.table("person_nouns").keys() | lexicon.words("animals")) - _YOUNG
    return bool(other.titles - _OF_CHILDREN) or all(
        wording.lower[wording.at(m.end) - 1] in trades or wording.lower[max(0, wording.at(m.start) - 1)] == "the"
        for m in other.mentions
    )


def _has_other_family(passer: Passer, other: Somebody, wording: Wording) -> bool:
    """Whether a married couple would have two family names: Mrs. Lee's husband is not Mr. Lane."""
    title, _, family = passer.whose.removesuffix("'s").rpartition(" ")
    if lexicon.table("kin").get(passer.head, ("", ""))[1] != "spouse" or title not in lexicon.table("titles"):
        return False
    return bool(other.titles) and all(wording.lower[wording.at(m.end) - 1] != family for m in other.mentions)


def _words(wording: Wording, mention: Mention) -> list[str]:
    words = [wording.lower[i] for i in wording.within(mention)]
    if "'s" in words[1:-1]:
        at = words.index("'s")  # "Mrs. Lee's husband"
        words = [" ".join(words[:at]).removeprefix("the ") + "'s", *words[at + 1 :]]
    return [words[0], *(w for w in words[1:-1] if w != ","), words[-1]] if len(words) > 1 else ["", words[0]]


def _agree(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two descriptions with one noun can be one person's: the one says no more than the other."""
    first, second = {*one}, {*other}
    return first <= second or second <= first


def _is_nobody_new(wording: Wording, first: int, after: int) -> bool:
    """ "He was a boy", "like a boy", "a boy named Wiley", "Wiley, a boy of ten", "the inspector, a broad woman with a
    machine": nobody is brought in."""
    before = wording.lower[first - 1] if first else ""
    behind = wording.lower[after] if after < len(wording) else ""
    if wording.lower[max(0, first - 2) : first] == ["it", "was"] and behind in ("who", "that"):
        return False  # "It was a child who settled it."
    named = first > 1 and wording.forms[first - 2][0].isupper() and not wording.opening[first - 2]
    apposed = before == "," and (named or _ends_clause(wording, after))
    told = behind in ("named", "called") and after + 1 < len(wording) and wording.forms[after + 1][0].isupper()
    return before in _NOT_BROUGHT_IN or told or behind == "'s" or apposed


@cache
def _doing() -> Set[str]:
    """Verbs of which whoever stands before them is the subject."""
    return lexicon.words("acts") | lexicon.words("speech_verbs") | _AUXILIARIES


def _ends_clause(wording: Wording, after: int) -> bool:
    """Whether nothing is done by whom a description names before the next mark: ", a broad woman with a machine." """
    for i in range(after, min(after + _CLAUSE, len(wording))):
        if not wording.lower[i][0].isalnum() and not wording.lower[i].startswith("'"):
            return wording.lower[i] in (".", ";") or wording.lower[i + 1 : i + 2] != ["and"]
        if wording.lower[i] in _doing() or wording.lower[i] in ("and", "who"):
            return False
    return False


def _may_be_known(first: int, gender: str, named: Named) -> bool:
    """Whether in a longer text somebody was named before whom the description may mean."""
    return _is_any(named.all, gender, 0, first)


def _is_named_later(passer: Passer, wording: Wording, named: Named) -> bool:
    """Whether in a longer text somebody gets a name while the description is in use, or later: it may be the same."""
    return _is_any(named.first, passer.gender, wording.at(passer.mentions[0].start), passer.last + _LATER)


def _is_any(places: Mapping[str, Sequence[int]], gender: str, start: int, stop: int) -> bool:
    """Whether one of a gender's places lies within a stretch. "n" is either gender; several are never meant."""
    return gender != "p" and any(
        bisect_left(own, stop) > bisect_left(own, start) for sex, own in places.items() if gender in ("n", sex)
    )


def _whole(wording: Wording, mention: Mention) -> str:
    """A description with what is said of it behind, up to what tells somebody apart: "the man behind the counter"."""
    after = wording.at(mention.end)
    mark = mark_behind(wording, after)
    end = wording.ends[wording.lower.index(mark, after)] if mark else _end(wording, mention)
    return " ".join(wording.segments.text.content[mention.start : end].split())


def _end(wording: Wording, mention: Mention) -> int:
    """Where a description ends, with what is said of it behind: "a woman in a leather apron"."""
    after = wording.at(mention.end)
    if after >= len(wording) or wording.lower[after] not in _PREPOSITIONS:
        return mention.end
    for i in range(after + 1, min(after + _LONGEST, len(wording))):
        if wording.lower[i] in _OBJECTS and wording.lower[i - 1] not in _PREPOSITIONS:
            return wording.ends[i - 2] if i > after + 2 else mention.end  # "a boy of about nine let her in"
        ends = not wording.lower[i][0].isalpha() or wording.lower[i] in _doing()
        if ends or (wording.lower[i] in _PREPOSITIONS and i > after + 1):
            return wording.ends[i - 1] if i > after + 1 else mention.end
    return mention.end
