"""How the text speaks of somebody: the pronouns that follow a name."""

from __future__ import annotations

from collections import defaultdict
from typing import Self

import msgspec

from fabula import lexicon
from fabula.segment.wording import Wording
from fabula.story import Mention

__all__ = ["HE", "SHE", "Votes", "count_votes", "leaning", "likely_gender", "pronouns"]

HE = frozenset("he him his himself".split())
SHE = frozenset("she her hers herself".split())
_ONE_EACH = frozenset(
    "head face nose mouth chin brow forehead neck throat back chest lap waist wrist elbow shoulder knee fist hand "
    "thumb arm leg foot ear eye cheek tongue".split()
)
"""What is part of one body: "their head" is one person's, "their heads" are several people's."""
_WORN = frozenset("breath voice heart hat scarf collar pocket sleeve coat bag".split())
"""What one has, too, but what may as well be the others': half as much."""
_PREPOSITIONS = frozenset(
    "to at for with from behind before after over under on in of by near beside towards toward "
    "past around about against".split()
)
_KIN = 3.0
"""What a noun that tells gender is worth beside a name: "my aunt Zofia", "Zofia, his wife,"."""
_CALLED = frozenset(
    f"{whose} {is_}"
    for names, whoses in (("was called|was named", "he she"), ("name was|name is", "his her"))
    for is_ in names.split("|")
    for whose in whoses.split()
)
"""What stands right before a name: "She was called"."""
_OWNERS = frozenset("a an the my his her their your our".split())
_OFFICER = 3.0
"""So many times oftener than "he" must "she" follow an officer's name before it is hers."""
_SURE, _CLEAR, _HINT, _THEIRS = 3.0, 1.5, 1.0, 1.0
"""So many votes more for one than for the other, and the text has said it (set on ten books: 99 % right); so many where
there are none for the other (on our stories and cases 201 of 205); and so many for a hint."""


class Votes(msgspec.Struct, frozen=True):
    """How often "he" and "she" follow a name before any other does; `they`: how often one person has "their head"."""

    he: float = 0.0
    she: float = 0.0
    they: float = 0.0

    def __add__(self, other: Self) -> Votes:
        return Votes(self.he + other.he, self.she + other.she, self.they + other.they)


def count_votes(wording: Wording, mentions: tuple[Mention, ...]) -> dict[str, Votes]:
    """For each name as written, and each description in lower case that heads a sentence, what the first pronoun after
    it votes for, in the narration alone.

    A pronoun votes for the last name before it in the same sentence or the one before, if no other person is named
    in between; at the head of a sentence, for the name that opened the sentence before.
    """
    text = wording.segments.text
    he: defaultdict[str, float] = defaultdict(float)
    she: defaultdict[str, float] = defaultdict(float)
    they: defaultdict[str, float] = defaultdict(float)
    last: tuple[str, int, int] | None = None
    for mention in mentions:
        at = wording.at(mention.start)
        if at >= len(wording) or wording.quote[at] != -1:
            continue
        if mention.form == "name" and mention.type == "PER":
            beside = _noun_beside(wording, mention)
            (he if beside == "m" else she)[" ".join(text[mention].split())] += _KIN if beside else 0.0
            if _owns_somebody(wording, wording.at(mention.end)):
                continue  # "Tom was Anne's brother, and he"
            rival = last is not None and last[1] == wording.sentence[at]
            last = (" ".join(text[mention].split()), wording.sentence[at], 2 if rival else 1)
        elif mention.form == "nominal":
            heads = at == 0 or wording.sentence[at - 1] != wording.sentence[at]
            last = (" ".join(text[mention].lower().split()), wording.sentence[at], 1) if heads else None
        elif last is not None and wording.sentence[at] - last[1] <= 1:
            word = text[mention].lower()
            if wording.sentence[at] == last[1] and _is_another(wording, at):
                continue
            weight = 1.0 / last[2]
            if last[2] == 1 and wording.sentence[at] == last[1]:
                they[last[0]] += weight * _ones_own(wording, at)
            if word in HE:
                he[last[0]] += weight
            elif word in SHE:
                she[last[0]] += weight
            if word in HE or word in SHE:
                last = (last[0], last[1], last[2] + 1)
    return {name: Votes(he[name], she[name], they[name]) for name in {*he, *she, *they}}


def _owns_somebody(wording: Wording, after: int) -> bool:
    """Whether a name only says whose brother or nurse somebody is."""
    if wording.lower[after : after + 1] != ["'s"]:
        return False
    behind = [word for word in wording.lower[after + 1 : after + 4] if word[0].isalpha()]
    return any(word in lexicon.table("person_nouns") for word in behind[:2])


def _is_another(wording: Wording, at: int) -> bool:
    """Whether an object at the end of a clause means somebody else than its subject: "Tom found her."."""
    closed = not wording.forms[at + 1][0].isalnum() if at + 1 < len(wording) else True
    return wording.lower[at] in ("him", "her") and closed and wording.lower[at - 1] not in _PREPOSITIONS


def _ones_own(wording: Wording, at: int) -> float:
    """How much "their" shows that it is one person's, by what each has one of: "their head", "their own face", but not
    "their heads"."""
    after = [word for word in wording.lower[at + 1 : at + 4] if word not in ("own", "right", "left", "other")]
    if wording.lower[at] != "their" or not after:
        return 0.0
    return 1.0 if after[0] in _ONE_EACH else 0.5 * (after[0] in _WORN)


def _noun_beside(wording: Wording, mention: Mention) -> str:
    """The gender of a noun set beside a name: before it ("my uncle Teodor"), or in the narration behind it between
    commas ("Zofia, his wife,"); "" where there is none. In speech the commas may as well greet somebody."""
    nouns = lexicon.table("person_nouns")
    first, last = wording.at(mention.start), wording.at(mention.end) - 1
    if wording.lower[first] in lexicon.table("titles"):
        return ""
    if " ".join(wording.lower[max(0, first - 3) : first]) in _CALLED:
        return "f" if wording.lower[first - 3] in SHE else "m"
    before, behind = wording.lower[max(0, first - 4) : first], wording.lower[last + 1 : last + 7]
    if before[-1:] == [","] == behind[:1] and wording.quote[first] == -1:  # "his brother, Anton, sat"
        before = before[:-1]
    told = nouns.get(before[-1], ("",))[0] if _OWNERS.intersection(before[:-1]) else ""
    if not told and wording.quote[first] == -1 and behind[:1] == [","] and _OWNERS.intersection(behind[1:2]):
        closed = next((n for n in (3, 4) if behind[n : n + 1] in ([","], ["."])), 0)
        listed = behind[closed + 1 : closed + 2] == ["and"]
        told = nouns.get(behind[closed - 1], ("",))[0] if closed and not listed else ""
    return told if told in ("m", "f") else ""


def pronouns(title: str, votes: Votes, *, officer: bool = False) -> tuple[str | None, float]:
    """The pronouns the text uses for somebody, and how much sure it leaves one of the person (1 or a little less).

    A title that tells gender ("Mrs.") is the text's own word; otherwise the votes must be clear. An officer of whom
    both are said is a man, unless "she" is said far oftener: what follows "the General" is as likely his daughter.
    """
    if officer and not title and votes.he >= _CLEAR and votes.she <= _OFFICER * votes.he:
        return "he/him", 1.0
    if title == "m":
        return "he/him", 1.0
    if title == "f":
        return "she/her", 1.0
    if votes.they >= _THEIRS and votes.they * 2 >= votes.he + votes.she:
        return "they/them", 1.0
    if votes.he > votes.she * 1.6 and votes.he - votes.she >= min(_SURE, _CLEAR + votes.she):
        return "he/him", 1.0
    if votes.she > votes.he * 1.6 and votes.she - votes.he >= min(_SURE, _CLEAR + votes.he):
        return "she/her", 1.0
    return None, 0.97


def leaning(votes: Votes) -> str | None:
    """The pronouns that the little the text says hints at, with nothing against it: good for deciding who speaks (of 32
    people of our stories of whom no more is known, 25 rightly), not for telling the user."""
    if votes.he >= _HINT and not votes.she:
        return "he/him"
    return "she/her" if votes.she >= _HINT and not votes.he else None


def likely_gender(name: str) -> str:
    """What a first name suggests: "m", "f" or "". Only ever a prior for deciding, never what is told the user."""
    return {"m": "m", "f": "f"}.get(lexicon.table("first_names").get(name.lower(), ("b",))[0], "")
