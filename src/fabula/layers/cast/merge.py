"""Tie the names of one person together: Elizabeth, Lizzy, Miss Bennet, Eliza Bennet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from operator import eq

import msgspec

from fabula import lexicon
from fabula.layers.cast.gender import Votes, likely_gender, pronouns
from fabula.layers.cast.given import Given
from fabula.layers.cast.name_parts import Parts, gender_of, is_initial, is_short, same_given, take_apart
from fabula.layers.cast.open_words import same_people
from fabula.segment.wording import Wording
from fabula.story import Mention

__all__ = ["Bunch", "bunch_names", "entitle", "fits", "unite"]

_RARE = 30
"""A titled name shows its bearer unless it is rarer than one in so many of all his names."""
_KNIGHTS = {"sir", "lord"}
_PEERS = frozenset("sir lord lady dame count countess duke duchess marquis marchioness prince princess".split())
_COMMONER = 10
"""A narrator who calls somebody by the bare first name so much oftener means another than the peer of that name; one
who writes a short form so much oftener than the whole name means another, too (Nancy is not Agnes Fleming)."""
_MISTERS = frozenset(
    "ensign lieutenant engineer surgeon director deputy president mayor judge justice reverend superintendent "
    "inspector minister senator ambassador".split()
)
_LADIES = frozenset("mrs miss mme madame mlle mademoiselle".split())
_OFFICERS = frozenset(
    "captain major colonel general admiral lieutenant commander commodore sergeant corporal reverend".split()
)
"""Offices whose holder is no "Mrs.", unless the text shows him to be a woman: Captain Cole and Mrs. Cole."""
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
    def officer(self) -> bool:
        """Whether a title says that this is a captain, a general, a clergyman."""
        return _is_officer(self.titles, self.given)

    @property
    def sex(self) -> str:
        return self.gender or self.guess


def bunch_names(
    wording: Wording,
    names: Mapping[str, int],
    places: Mapping[str, Sequence[Mention]],
    votes: Mapping[str, Votes],
    given: Given,
) -> list[Bunch]:
    """The people behind the names, each name in exactly one bunch.

    Full names are set down first; then names with a title and a family, then first names, then single words find
    the person they fit: by equal parts, nickname, gender, and by not standing beside each other in one sentence.
    What the user has said goes before all that.
    """
    crowd = _Crowd(wording, places, given)
    for name, count in names.items():
        crowd.families[take_apart(name).family] += count
    sexes = _said_sexes(names, given)
    alone = {}
    for name, count in names.items():
        parts, sex = take_apart(name), sexes.get(given.who(name), "")
        family = crowd.families[parts.lone] > 0  # Darcy is no Christian name where there is a Mr. Darcy
        alone[name] = _bunch(name, count, parts, votes.get(name, Votes()), sex, family=family)
    waiting = [_copy(alone[n]) for n in sorted(names, key=lambda n: (-names[n], n))]
    for step in (_full, _first, _family, _given, _single, _ranked):
        waiting = [bunch for bunch in waiting if not step(crowd, bunch)]
    crowd.shorten()
    for one, other in same_people(wording, places):
        crowd.believe(one, other)
    for who in given.written:
        crowd.unite(who, alone)
    return crowd.bunches


def entitle(bunches: Iterable[Bunch], names: Mapping[str, int]) -> None:
    """Choose for each the name to show."""
    for bunch in bunches:
        bunch.name = max(bunch.names, key=lambda n: _fullness(n, bunch.names, names))


def _said_sexes(names: Iterable[str], given: Given) -> dict[int | None, str]:
    """The gender of the user's people: by the pronouns he gave them or, where they agree, by the titles they bear."""
    told: dict[int, set[str]] = {}
    for name in names if given.number else ():
        number = given.who(name)
        if number is not None:
            told.setdefault(number, set()).update(given.sex(name) or gender_of(name))
    return {number: sexes.pop() for number, sexes in told.items() if len(sexes) == 1}


class _Crowd:
    """The bunches so far, and where each name stands."""

    def __init__(self, wording: Wording, places: Mapping[str, Sequence[Mention]], given: Given) -> None:
        self.bunches: list[Bunch] = []
        self._given = given
        self.families: Counter[str] = Counter()
        at = {name: [min(wording.at(m.start), len(wording) - 1) for m in own] for name, own in places.items()}
        self._sentences = {name: {wording.sentence[i] for i in own} for name, own in at.items()}
        self._narrated = {name: sum(wording.quote[i] == -1 for i in own) for name, own in at.items()}
        least, most, words = _NARRATED
        self._often = min(most, max(least, len(wording) // words))
        self._seen = {name: len(own) for name, own in at.items()}

    def apart(self, name: str, bunch: Bunch) -> bool:
        """Whether the text keeps naming the two side by side, or narrates of both, as it does with two people."""
        if self._given.number and self._given.who(name) in {self._given.who(n) for n in bunch.names} - {None}:
            return False
        if self.side_by_side(name, bunch):
            return True
        if self._is_listed(bunch) and {*name.lower().split()} & {*" ".join(bunch.names).lower().split()}:
            return False  # the list names its people whole: "Rodney" is its William Rodney, however the two are used
        return self._is_narrated(name) and any(
            self._is_narrated(n) and not (set(n.lower().split()) & set(name.lower().split())) for n in bunch.names
        )

    def side_by_side(self, name: str, bunch: Bunch) -> bool:
        """Whether one sentence names both more often than a slip of style would."""
        own = self._sentences[name]
        theirs = set().union(*(self._sentences[n] for n in bunch.names))
        both = len(own & theirs)
        return both >= 2 and both > _TOGETHER * min(len(own), len(theirs))

    def _is_listed(self, bunch: Bunch) -> bool:
        return bool(self._given.listed) and any(self._given.who(n) in self._given.listed for n in bunch.names)

    def _is_narrated(self, name: str) -> bool:
        return self._narrated[name] >= max(self._often, self._seen[name] / 3)

    def join(self, one: Bunch, into: Bunch) -> bool:
        unite(one, into)
        return True

    def add(self, bunch: Bunch) -> bool:
        self.bunches.append(bunch)
        return True

    def fits(self, one: Bunch, other: Bunch) -> bool:
        """Whether the two can be one: neither the user nor the text says otherwise."""
        return fits(one, other) and not self.said_apart(one, other)

    def said_apart(self, one: Bunch, other: Bunch) -> bool:
        """Whether the user says that the two are two."""
        return self._given.apart(one.names, other.names)

    def shorten(self) -> None:
        """Bring short forms that no list knows to whom they can be short for: Min to Minerva, "Mr. T." to Mr. Tolliver.

        The narrator calls each person by one name, so one of the two never stands in the narration.
        """
        begun: dict[str, list[Bunch]] = {}
        for bunch in self.bunches:
            for letter in {word[0] for word in (bunch.given, bunch.family, bunch.lone) if word}:
                begun.setdefault(letter, []).append(bunch)
        gone: set[int] = set()
        for short in sorted(self.bunches, key=lambda b: (b.count, b.names)):
            word = short.family if short.titles else short.lone
            near = begun.get(word[0], ()) if word else ()
            fit = [b for b in near if b is not short and id(b) not in gone and self._can_be_short(short, b)]
            if len(fit) == 1:
                self.join(short, fit[0])
                gone.add(id(short))
        self.bunches = [b for b in self.bunches if id(b) not in gone]

    def _can_be_short(self, short: Bunch, other: Bunch) -> bool:
        if short.titles:
            alike = bool(short.titles & other.titles) and is_initial(short.family, other.family)
        else:
            words = (other.given, other.family, other.lone)
            alike = len(short.names) == 1 and bool(short.lone) and any(is_short(short.lone, word) for word in words)
        if not alike or other.plural or (short.sex and other.sex and short.sex != other.sex):
            return False
        if not self.fits(short, other):
            return False
        if short.titles:
            return True
        if any(self._sentences[short.names[0]] & self._sentences[name] for name in other.names):
            return False
        return not self._narrated[short.names[0]] or not any(self._narrated[name] for name in other.names)

    def believe(self, one: str, other: str) -> None:
        """Bring two together of whom the text says in the open that they are one."""
        first = next((b for b in self.bunches if one in b.names), None)
        second = next((b for b in self.bunches if other in b.names), None)
        if first is None or second is None or first is second or first.plural or second.plural:
            return
        if self.said_apart(first, second) or (first.gender and second.gender and first.gender != second.gender):
            return
        self.join(second, first)
        self.bunches = [b for b in self.bunches if b is not second]

    def unite(self, who: int, alone: Mapping[str, Bunch]) -> None:
        """Bring the names together that the user says are one person's.

        Where such a name is the heart of its bunch, the whole bunch comes along; else the name comes alone: to say
        that Miss Bennet is Elizabeth does not make Jane, who also goes by it, Elizabeth.

        Args:
            alone: each name as a bunch of its own.
        """
        hosts = [b for b in self.bunches if any(self._given.who(n) == who for n in b.names)]
        if len(hosts) < 2:
            return
        own = {id(b): [n for n in b.names if self._given.who(n) == who] for b in hosts}
        said = [n for names in own.values() for n in names]
        hosts.sort(key=lambda b: (not _is_heart(said, b, alone), -sum(alone[n].count for n in own[id(b)])))
        home = hosts[0]
        for host in hosts[1:]:
            whole = _is_heart(said, host, alone) and self.fits(home, host)
            stay = [] if whole else [n for n in host.names if n not in own[id(host)]]
            for name in host.names:
                if name not in stay:
                    self.join(_copy(alone[name]), home)
            at = next(i for i, b in enumerate(self.bunches) if b is host)
            self.bunches[at : at + 1] = [self._of(stay, alone)] if stay else []

    def _of(self, names: Sequence[str], alone: Mapping[str, Bunch]) -> Bunch:
        first, *others = (_copy(alone[name]) for name in names)
        for other in others:
            self.join(other, first)
        return first


def unite(one: Bunch, into: Bunch) -> None:
    """Let the second be all that the first is, too."""
    into.names.extend(one.names)
    into.count += one.count
    into.given = into.given or one.given
    into.family = into.family or one.family
    into.gender = into.gender or one.gender
    into.guess = into.guess or one.guess
    into.titles |= one.titles
    if len(one.given) > len(into.given) and one.given and same_given(one.given, into.given):
        into.given = one.given


def _copy(bunch: Bunch) -> Bunch:
    return msgspec.structs.replace(bunch, names=[*bunch.names], titles={*bunch.titles})


def _is_heart(said: Sequence[str], bunch: Bunch, alone: Mapping[str, Bunch]) -> bool:
    """Whether one of these names stands for the whole bunch: it has the first name, or there is none, or it leads."""
    most = max(bunch.names, key=lambda n: alone[n].count)
    return any(
        name == most or not bunch.given or (alone[name].given and same_given(alone[name].given, bunch.given))
        or (alone[name].lone and same_given(alone[name].lone, bunch.given))
        for name in said
    )  # fmt: skip


def _is_officer(titles: Iterable[str], given: str) -> bool:
    """Whether somebody is taken for a man by his office; Sergeant Mary Doolan is not."""
    return bool(_OFFICERS.intersection(titles)) and likely_gender(given) != "f"


def _bunch(name: str, count: int, parts: Parts, votes: Votes, sex: str, *, family: bool) -> Bunch:
    said, _ = pronouns("", votes, officer=_is_officer(parts.titles, parts.given))
    guess = likely_gender(parts.given or ("" if family else parts.lone)) or _GENDER.get(said or "", "")
    return Bunch(
        names=[name],
        count=count,
        given=parts.given,
        family=parts.family,
        gender=sex or gender_of(name),
        guess=guess,
        titles=set(parts.titles),
        lone=parts.lone,
        rank=parts.rank,
    )


def fits(one: Bunch, other: Bunch) -> bool:
    """Whether nothing told of the two contradicts their being one: gender, married or not."""
    if one.gender and other.gender and one.gender != other.gender:
        return False
    married = {"mrs", "mme", "madame", "lady", "dowager"}
    maiden = {"miss", "mlle", "mademoiselle"}
    if (one.titles & married and other.titles & maiden) or (one.titles & maiden and other.titles & married):
        return False
    if any(a.titles & _LADIES and b.titles & _OFFICERS and b.sex != "f" for a, b in ((one, other), (other, one))):
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
        alike = bunch.given == new.given or (same_given(bunch.given, new.given) and not _is_one_knighted(new, bunch))
        if bunch.given and bunch.family == new.family and alike and crowd.fits(new, bunch):
            return crowd.join(new, bunch)
    longer = [bunch for bunch in crowd.bunches if _goes_on(new, bunch) and crowd.fits(new, bunch)]
    if len(longer) == 1:
        family = max(new, longer[0], key=lambda b: max(map(_length, b.names))).family
        longer[0].family = family
        return crowd.join(new, longer[0])
    return crowd.add(new)


def _goes_on(one: Bunch, other: Bunch) -> bool:
    """Whether one of two is called by the first names of the other: "Stepan Ilyich", "Stepan Ilyich Gorchakov"; not
    where the one so called is "Mary Ann Smith", too, and the other "Mary Ann Jones"."""
    pairs = [(a.lower().split(), b.lower().split()) for a in one.names for b in other.names]
    long = [(a, b) for a, b in pairs if min(len(a), len(b)) > 1]
    return any(len(a) != len(b) for a, b in long) and all(all(map(eq, a, b)) for a, b in long)


def _length(name: str) -> int:
    return len(name.split())


def _is_one_knighted(one: Bunch, other: Bunch) -> bool:
    """Whether one of the two is a "Sir" and the other not: Sir Thomas Bertram and Tom Bertram, his son."""
    return bool(one.titles & _KNIGHTS) != bool(other.titles & _KNIGHTS)


def _first(crowd: _Crowd, new: Bunch) -> bool:
    """A first name whose full bearer is known: Elizabeth, Lizzy, Miss Elizabeth."""
    word = new.given or new.lone
    if not word or new.family:
        return False
    alike = (
        b
        for b in crowd.bunches
        if b.given and (b.given == word or same_given(b.given, word)) and not _is_grander(b, new)
    )
    fit = [b for b in alike if crowd.fits(new, b) and not crowd.apart(new.names[0], b)]
    bearers = [b for b in fit if b.given == word] or [
        b
        for b in fit
        if min(len(b.given.rstrip(".")), len(word.rstrip("."))) > 1
        and same_given(b.given, word)
        and new.count <= _COMMONER * b.count
        and not (new.titles & _KNIGHTS and _is_one_knighted(new, b))
    ]
    if not bearers or crowd.families[word] > sum(b.count for b in bearers):
        return False
    return crowd.join(new, max(bearers, key=lambda b: b.count))


def _is_grander(bearer: Bunch, new: Bunch) -> bool:
    """Whether a lord or lady is met far less often than the bare first name: "Lady Mary Grierson" is not "Mary"."""
    return bool(bearer.titles & _PEERS) and not new.titles and new.count > _COMMONER * bearer.count


def _family(crowd: _Crowd, new: Bunch) -> bool:
    """A title and a family name: Mr. Darcy."""
    word = new.family or (new.lone if new.titles and any(b.family == new.lone for b in crowd.bunches) else "")
    if not word:
        return False
    new.family, new.lone = word, ""
    same = [b for b in crowd.bunches if b.family == word and not b.plural]
    ranked = [b for b in same if b.given and b.titles & new.titles & _OFFICERS and crowd.fits(new, b)]
    if len(ranked) == 1:
        return crowd.join(new, ranked[0])
    for bunch in same:
        alike = bunch.gender == new.gender or _is_mister(new, bunch) or _is_mister(bunch, new)
        if not bunch.given and alike and crowd.fits(new, bunch) and _titles_agree(new, bunch):
            return crowd.join(new, bunch)
    fit = [b for b in same if b.given and crowd.fits(new, b) and not crowd.apart(new.names[0], b)]
    fit = [b for b in fit if not _is_other_rank(new, b)]
    if new.titles & {"mrs", "lady"}:
        fit = [b for b in fit if b.sex == "f" and "miss" not in b.titles]
    if "miss" in new.titles and len(fit) > 1:
        fit = _eldest(fit)
    if len(fit) > 1:
        sure = [b for b in fit if b.titles & new.titles]
        fit = sure if len(sure) == 1 else [max(fit, key=lambda b: b.count)] if "mrs" not in new.titles else []
    if len(fit) == 1 and (fit[0].sex == new.gender or not new.gender or not fit[0].sex):
        return crowd.join(new, fit[0])
    return crowd.add(new)


def _is_other_rank(new: Bunch, bearer: Bunch) -> bool:
    """Whether a titled family name cannot be this bearer's: an officer who goes by "he" is no Fanny, General Tilney
    is not Captain Frederick Tilney, and who is known as a captain goes by no "Mr."."""
    mine, theirs = new.titles & _OFFICERS, bearer.titles & _OFFICERS
    if (mine and new.sex and bearer.sex and new.sex != bearer.sex) or (mine and theirs and not mine & theirs):
        return True
    return "mr" in new.titles and "mr" not in bearer.titles and bool(bearer.titles & (_OFFICERS - _MISTERS))


def _eldest(sisters: list[Bunch]) -> list[Bunch]:
    """Among sisters "Miss Bennet" is the eldest; it is the younger ones who are called "Miss Elizabeth Bennet"."""
    elder = [b for b in sisters if not any(n.lower().startswith("miss ") and len(n.split()) > 2 for n in b.names)]
    return elder or sisters


def _is_mister(one: Bunch, other: Bunch) -> bool:
    """Whether the one is a "Mr." and the other has an office whose bearers are called so: Ensign Farrow."""
    return "mr" in one.titles and bool(other.titles & _MISTERS)


def _titles_agree(one: Bunch, other: Bunch) -> bool:
    """Mr. and Dr. may be one man; Miss and Mrs., Captain and Sir are told apart by `fits` and by use."""
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
    alike = (
        b for b in crowd.bunches if not b.plural and (word in (b.family, b.lone, b.given) or same_given(b.lone, word))
    )
    others = [b for b in alike if crowd.fits(new, b) and not (b.given == word and _is_grander(b, new))]
    by_family = [b for b in others if b.family == word and (not new.given or not b.given)]
    same = [b for b in others if word in (b.lone, b.given) and not crowd.apart(name, b)]
    nick = [
        b
        for b in others
        if len(word) > 2
        and not (b.titles or new.titles)
        and not crowd.apart(name, b)
        and len(b.lone) > 2
        and b.lone != word
        and same_given(b.lone, word)
    ]
    heads = _heads(by_family, new)
    men = [b for b in crowd.bunches if b.family == word and b.sex == "m"]
    only = heads == men and len(men) == 1 and new.sex != "f"  # "Denham" is Ralph Denham, who is Ralph as often
    apart = crowd.side_by_side if only else crowd.apart
    for choice in (same, [b for b in heads if not apart(name, b)], nick):
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
    bearers = [b for b in bearers if not crowd.said_apart(new, b)]
    if len(bearers) == 1:
        return crowd.join(new, bearers[0])
    if bearers and " " not in new.rank:
        return crowd.join(new, max(bearers, key=lambda b: b.count))
    return crowd.add(new)


def _fullness(name: str, own: Sequence[str], names: Mapping[str, int]) -> tuple[int, int, int, str]:
    """How good a name is to show: first and family name before either, a title before none, as often used as may be.

    A first and family name that stands once is believed where its parts are known apart; a slip of the eye that runs
    two names together is not.
    """
    parts = take_apart(name)
    others = [take_apart(n) for n in own if n != name]
    family_met = any(parts.family in (p.family, p.lone) for p in others)
    given_met = parts.given in lexicon.table("first_names") and any(
        same_given(parts.given, given) for p in others for given in (p.given, p.lone) if given
    )
    known = names[name] > 1 or family_met or given_met or not others
    full = int(parts.full and known)
    used = names[name] * _RARE >= sum(names[n] for n in own)
    titles = -len(parts.titles) if full else min(1, len(parts.titles)) * int(used)
    return (full + int(not name.isupper()), titles, names[name], name)
