"""Tie the names of one person together: Elizabeth, Lizzy, Miss Bennet, Eliza Bennet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from fabula import lexicon
from fabula.layers.cast.gender import Votes, likely_gender, pronouns
from fabula.layers.cast.parts import Parts, gender_of, same_given, take_apart
from fabula.segment.wording import Wording
from fabula.story import Mention

__all__ = ["Bunch", "bunch_names"]

_KNIGHTS = {"sir", "lord"}
_GENDER = {"he/him": "m", "she/her": "f"}
_TOGETHER = 0.12
"""Two names that share this part of the rarer one's sentences are two people's: nobody is named twice in a breath."""
_NARRATED = (3, 8, 8_000)
"""A narrator calls each of the people by one name: two unlike names that both stand so often in the narration (three
times in a short story, eight in a novel, one more for so many words), and in it for a third of their uses, are two
people's ("Lady Catherine", "Kitty"), while "Lizzy" is only ever spoken."""


class Bunch(msgspec.Struct):
    """The names of one person, while they are being gathered."""

    names: list[str]
    count: int
    given: str = ""
    family: str = ""
    gender: str = ""  # as titles tell it
    guess: str = ""  # as pronouns or the first name suggest it
    titles: set[str] = msgspec.field(default_factory=set)
    lone: str = ""
    rank: str = ""
    plural: bool = False
    name: str = ""

    @property
    def titled(self) -> bool:
        return bool(self.titles)

    @property
    def animal(self) -> bool:
        return False

    @property
    def sex(self) -> str:
        return self.gender or self.guess


def bunch_names(
    wording: Wording, names: Mapping[str, int], places: Mapping[str, Sequence[Mention]], votes: Mapping[str, Votes]
) -> list[Bunch]:
    """The people behind the names, each name in exactly one bunch.

    Full names are set down first; then names with a title and a family, then first names, then single words find
    the person they fit: by equal parts, nickname, gender, and by not standing beside each other in one sentence.
    """
    crowd = _Crowd(wording, places)
    for name, count in names.items():
        crowd.families[take_apart(name).family] += count
    waiting = [_bunch(n, names[n], take_apart(n), votes.get(n, Votes())) for n in sorted(names, key=lambda n: (-names[n], n))]
    for step in (_full, _first, _family, _given, _single, _ranked):
        waiting = [bunch for bunch in waiting if not step(crowd, bunch)]
    for bunch in crowd.bunches:
        bunch.name = max(bunch.names, key=lambda n: _fullness(n, names))
    return crowd.bunches


class _Crowd:
    """The bunches so far, and where each name stands."""

    def __init__(self, wording: Wording, places: Mapping[str, Sequence[Mention]]) -> None:
        self.bunches: list[Bunch] = []
        self.families: Counter[str] = Counter()
        at = {name: [min(wording.at(m.start), len(wording) - 1) for m in own] for name, own in places.items()}
        self._sentences = {name: {wording.sentence[i] for i in own} for name, own in at.items()}
        self._narrated = {name: sum(wording.quote[i] == -1 for i in own) for name, own in at.items()}
        least, most, words = _NARRATED
        self._often = min(most, max(least, len(wording) // words))
        self._seen = {name: len(own) for name, own in at.items()}

    def apart(self, name: str, bunch: Bunch) -> bool:
        """Whether the text keeps naming the two side by side, or narrates of both, as it does with two people."""
        own = self._sentences[name]
        theirs = set().union(*(self._sentences[n] for n in bunch.names))
        both = len(own & theirs)
        if both >= 2 and both > _TOGETHER * min(len(own), len(theirs)):
            return True
        return self._is_narrated(name) and any(
            self._is_narrated(n) and not (set(n.lower().split()) & set(name.lower().split())) for n in bunch.names
        )

    def _is_narrated(self, name: str) -> bool:
        return self._narrated[name] >= max(self._often, self._seen[name] / 3)

    def join(self, one: Bunch, into: Bunch) -> bool:
        into.names.extend(one.names)
        into.count += one.count
        into.given = into.given or one.given
        into.family = into.family or one.family
        into.gender = into.gender or one.gender
        into.guess = into.guess or one.guess
        into.titles |= one.titles
        if len(one.given) > len(into.given) and one.given and same_given(one.given, into.given):
            into.given = one.given
        return True

    def add(self, bunch: Bunch) -> bool:
        self.bunches.append(bunch)
        return True


def _bunch(name: str, count: int, parts: Parts, votes: Votes) -> Bunch:
    said, _ = pronouns("", votes)
    guess = likely_gender(parts.given or parts.lone) or _GENDER.get(said or "", "")
    return Bunch(
        names=[name],
        count=count,
        given=parts.given,
        family=parts.family,
        gender=gender_of(name),
        guess=guess,
        titles=set(parts.titles),
        lone=parts.lone,
        rank=parts.rank,
    )


def _fits(one: Bunch, other: Bunch) -> bool:
    """Whether nothing told of the two contradicts their being one: gender, married or not."""
    if one.gender and other.gender and one.gender != other.gender:
        return False
    married = {"mrs", "mme", "madame"}
    maiden = {"miss", "mlle", "mademoiselle"}
    if (one.titles & married and other.titles & maiden) or (one.titles & maiden and other.titles & married):
        return False
    if (one.titles & _KNIGHTS and "mr" in other.titles) or (other.titles & _KNIGHTS and "mr" in one.titles):
        return False
    if one.gender and other.sex and one.gender != other.sex:
        return False
    return not (other.gender and one.sex and other.gender != one.sex)


def _full(crowd: _Crowd, new: Bunch) -> bool:
    """First and family name: Elizabeth Bennet."""
    if not (new.given and new.family):
        return False
    for bunch in crowd.bunches:
        if bunch.given and bunch.family == new.family and same_given(bunch.given, new.given) and _fits(new, bunch):
            return crowd.join(new, bunch)
    return crowd.add(new)


def _first(crowd: _Crowd, new: Bunch) -> bool:
    """A first name whose full bearer is known: Elizabeth, Lizzy, Miss Elizabeth."""
    word = new.given or new.lone
    if not word or new.family:
        return False
    fit = [b for b in crowd.bunches if b.given and _fits(new, b) and not crowd.apart(new.names[0], b)]
    bearers = [b for b in fit if b.given == word] or [b for b in fit if same_given(b.given, word)]
    if not bearers or crowd.families[word] > sum(b.count for b in bearers):
        return False
    return crowd.join(new, max(bearers, key=lambda b: b.count))


def _family(crowd: _Crowd, new: Bunch) -> bool:
    """A title and a family name: Mr. Darcy."""
    word = new.family or (new.lone if new.titles and any(b.family == new.lone for b in crowd.bunches) else "")
    if not word:
        return False
    new.family, new.lone = word, ""
    same = [b for b in crowd.bunches if b.family == word and not b.plural]
    for bunch in same:
        if not bunch.given and bunch.gender == new.gender and _fits(new, bunch) and _titles_agree(new, bunch):
            return crowd.join(new, bunch)
    fit = [b for b in same if b.given and _fits(new, b) and not crowd.apart(new.names[0], b)]
    if "mrs" in new.titles:
        fit = [b for b in fit if b.sex == "f" and "miss" not in b.titles]
    if "miss" in new.titles and len(fit) > 1:
        fit = _eldest(fit)
    if len(fit) > 1:
        sure = [b for b in fit if b.titles & new.titles]
        fit = sure if len(sure) == 1 else [max(fit, key=lambda b: b.count)] if "mrs" not in new.titles else []
    if len(fit) == 1 and (fit[0].sex == new.gender or not new.gender or not fit[0].sex):
        return crowd.join(new, fit[0])
    return crowd.add(new)


def _eldest(sisters: list[Bunch]) -> list[Bunch]:
    """Among sisters "Miss Bennet" is the eldest; it is the younger ones who are called "Miss Elizabeth Bennet"."""
    elder = [b for b in sisters if not any(n.lower().startswith("miss ") and len(n.split()) > 2 for n in b.names)]
    return elder or sisters


def _titles_agree(one: Bunch, other: Bunch) -> bool:
    """Mr. and Dr. may be one man; Miss and Mrs., Captain and Sir are told apart by `_fits` and by use."""
    return one.titles == other.titles or not (one.gender == "f" and other.gender == "f")


def _given(crowd: _Crowd, new: Bunch) -> bool:
    """A title and a first name: Aunt Juley, Sir Walter."""
    return bool(new.given) and _settle(crowd, new, new.given)


def _single(crowd: _Crowd, new: Bunch) -> bool:
    """One word, a first name or a family name: Darcy, Lizzy, Caterpillar."""
    if not new.lone:
        return False
    if _plural_of(crowd, new):
        new.plural = True
        return crowd.add(new)
    return _settle(crowd, new, new.lone)


def _settle(crowd: _Crowd, new: Bunch, word: str) -> bool:
    name = new.names[0]
    others = [b for b in crowd.bunches if not b.plural and _fits(new, b)]
    by_family = [b for b in others if b.family == word and (not new.given or not b.given)]
    same = [b for b in others if word in (b.lone, b.given) and not crowd.apart(name, b)]
    nick = [b for b in others if len(word) > 2 and not (b.titles or new.titles) and not crowd.apart(name, b)
            and len(b.lone) > 2 and b.lone != word and same_given(b.lone, word)]
    for choice in (same, [b for b in _heads(by_family, new) if not crowd.apart(name, b)], nick):
        if choice:
            return crowd.join(new, max(choice, key=lambda b: b.count))
    return crowd.add(new)


def _heads(family: list[Bunch], new: Bunch) -> list[Bunch]:
    """Whom a bare family name means: the man called so, or the only one."""
    men = [b for b in family if b.sex == "m"]
    return family if len(family) <= 1 else men or family


def _plural_of(crowd: _Crowd, new: Bunch) -> bool:
    """Whether the word is a family in the plural: the Bennets, the Lucases."""
    word = new.lone
    if new.titles or not word.endswith("s") or len(word) < 4:
        return False
    families = {b.family for b in crowd.bunches if b.family}
    return word not in families and (word[:-1] in families or (word.endswith("es") and word[:-2] in families))


def _ranked(crowd: _Crowd, new: Bunch) -> bool:
    """A rank alone: the Duchess, the Colonel. The title's bearer in the book is meant."""
    rank = new.rank.split(" ")[0]
    bearers = [b for b in crowd.bunches if rank in b.titles or b.rank.split(" ")[0] == rank]
    if len(bearers) == 1:
        return crowd.join(new, bearers[0])
    if bearers and " " not in new.rank:
        return crowd.join(new, max(bearers, key=lambda b: b.count))
    return crowd.add(new)


def _fullness(name: str, names: Mapping[str, int]) -> tuple[int, int, int, str]:
    """How good a name is for the whole person: first and family name before either, as often used as may be."""
    parts = take_apart(name)
    family_known = parts.full and any(n != name and parts.family in (take_apart(n).family, take_apart(n).lone) for n in names)
    known = names[name] > 1 or (family_known and parts.given in lexicon.table("first_names"))
    return (int(parts.full and known) + int(not name.isupper()), -len(parts.titles), names[name], name)
