"""A name taken apart: Mr. | Fitzwilliam | Darcy."""

from __future__ import annotations

from functools import cache

import msgspec

from fabula import lexicon

__all__ = ["Parts", "gender_of", "is_initial", "is_short", "same_given", "take_apart"]

_BEFORE_GIVEN = frozenset(
    "aunt auntie aunty uncle cousin grandpa grandma granny nurse nanny sir dame master saint st st. brother sister "
    "king queen prince princess tsar emperor empress don donna".split()
)
"""Titles that stand before a first name: what follows "Aunt" is Juley, what follows "Mr." is Wilcox."""
_SHORTENED = ("enka", "inka", "chen", "lein", "ita", "ito", "ka", "ek", "ey", "ie", "y")
"""What short forms end in beside the beginning of the whole name: Edie, Vitek, Marinka."""
_EITHER = frozenset("lady lord miss father mother captain doctor nurse madame old young little".split())


class Parts(msgspec.Struct, frozen=True):
    """The parts of a name, in lower case; empty where it has none. `lone`: one word that may be first or last name."""

    titles: tuple[str, ...] = ()
    given: str = ""
    family: str = ""
    lone: str = ""
    rank: str = ""

    @property
    def full(self) -> bool:
        return bool(self.given and self.family)


@cache
def take_apart(name: str) -> Parts:
    """The parts of a name as written: titles, first name, family name."""
    titles_known = lexicon.table("titles")
    words = [w.rstrip(",") for w in name.lower().replace("’", "'").split()]
    titles = []
    if len(words) > 1 and words[0] not in titles_known and words[0].removesuffix("s") in titles_known:
        words[0] = words[0].removesuffix("s")  # "Captains Harville and Wentworth"
    while len(words) > 1 and (words[0] in titles_known or words[0] in ("the", "honourable", "right")):
        titles.append(whole_title(words.pop(0)))
    if len(words) == 1 and not titles and words[0] in titles_known:
        return Parts(rank=whole_title(words[0]))
    if words and words[0] == "of":
        return Parts(titles=tuple(titles), rank=f"{titles[-1] if titles else ''} {' '.join(words)}".strip())
    if len(words) > 1 and "of" in words:
        words = words[: words.index("of")] or words
    if len(words) == 1:
        return _one_word(tuple(titles), words[0])
    family = words[-1]
    if family.rstrip(".") in ("jr", "sr", "esq", "junior", "senior", "ii", "iii") and len(words) > 2:
        family = words[-2]
    return Parts(titles=tuple(titles), given=words[0], family=family)


def whole_title(written: str) -> str:
    """A title as it is spoken in full: "Capt." is captain, "Sarge" is sergeant, "Mr." is mr."""
    return lexicon.table("short_titles").get(written, (written.rstrip("."),))[0]


def _one_word(titles: tuple[str, ...], word: str) -> Parts:
    title = titles[-1] if titles else ""
    if not title:
        return Parts(lone=word)
    if title in _BEFORE_GIVEN:
        return Parts(titles=titles, given=word)
    if title in _EITHER:
        return Parts(titles=titles, lone=word)
    return Parts(titles=titles, family=word)


def same_given(one: str, other: str) -> bool:
    """Whether two first names can be one person's: equal, a nickname of the other, an initial."""
    if one == other:
        return True
    if one.rstrip(".") == other[:1] or other.rstrip(".") == one[:1]:
        return True
    nicknames = lexicon.table("nicknames")
    of_one, of_other = set(nicknames.get(one, ())), set(nicknames.get(other, ()))
    return other in of_one or one in of_other or bool(of_one & of_other and one[0] == other[0])


def is_short(short: str, whole: str) -> bool:
    """Whether one name looks like a short form of the other, though no list says so: its beginning, with or without
    one of the usual endings."""
    if short == whole or not whole:
        return False
    if len(short) > 2 and whole.startswith(short):
        return True
    stems = (short.removesuffix(ending) for ending in _SHORTENED if short.endswith(ending))
    return any(len(stem) > 1 and whole.startswith(_single(stem)) for stem in stems)


def _single(stem: str) -> str:
    """A stem without the doubled letter that the ending brings: Benny, ben."""
    return stem[:-1] if len(stem) > 2 and stem[-1] == stem[-2] else stem


def is_initial(short: str, whole: str) -> bool:
    """Whether a name is the first letter of another: "P." of Pobjoy."""
    return len(short.rstrip(".")) == 1 < len(whole) and whole.startswith(short[0])


@cache
def gender_of(name: str) -> str:
    """What a name's title says of gender: "m", "f", or "" where it says nothing. First names say nothing for sure."""
    titles = lexicon.table("titles")
    for title in take_apart(name).titles:
        for written in (title, f"{title}."):
            if titles.get(written, ("b",))[0] in "mf":
                return titles[written][0]
    rank = take_apart(name).rank.split(" ")[0]
    if rank and titles.get(rank, ("b",))[0] in "mf":
        return titles[rank][0]
    if len(name.split()) > 1:
        return ""  # "Karen Smith" is no smith
    last = name.lower()
    noun = lexicon.table("person_nouns").get(last, ("n",))[0]
    return noun if noun in "mf" else ""
