"""Where the text says whose description it is: "Pell, the surveyor", "the baker was called Jess"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from fabula import lexicon
from fabula.segment.wording import Wording
from fabula.story import Mention

__all__ = ["find_presented"]

_IS = re.compile(
    r",? ?(?:who |which )?(?:(?:was|is|[’']s|had been) (?:called|named|known as)|called|named|by name|"
    r"whose name (?:was|is)|(?:was|is) none other than|whom (?:\w+ ){1,2}called)? ?"
)
"""What may stand between a description and the name: "the baker, whose name was", "the baker"."""
_IS_THE = re.compile(r",? ?(?:(?:who |which )?(?:was|is|[’']m|am) )?")
"""What may stand between a name and the description: "Pell was"."""
_MY_NAME = re.compile(r" is my name[.,;] (?:and )?I(?:[’']m| am) ")
_MINE = re.compile(r".{0,12}\b[Mm]y name(?:[’']s| is) |\bI(?:[’']m| am) ")
_NAMED_AFTER = re.compile(
    r"(?:(?:\b(?P<his>[Hh]is|[Hh]er|[Tt]heir) (?:(?:own|full|real|right|given|Christian|proper) )?name"
    r"(?: (?:was|is)|, (?:he|she|they) said, was| (?:turned out|proved) to be))"
    r"|(?:\b(?P<he>[Hh]e|[Ss]he|[Tt]hey) (?:was|were) (?:called|named|known as)))(?: only)? "
)
_SEX = {"his": "m", "he": "m", "her": "f", "she": "f"}
_GOES_ON = {"m": frozenset({"he", "him", "his"}), "f": frozenset({"she", "her"}), "": frozenset({"they", "their"})}
"""Words that show that whoever stands at the end of a sentence is still spoken of in the next."""
_TELLS = 3
"""Words that tell the name: "his name was"."""
_TAG = 3
"""Words from a speech to who is said to speak."""
_BACK, _REACH = 5, 90
"""So many sentences, and so many words, may stand between a description and the name that is told then."""
_AHEAD = 40
"""Characters before a name or a description that are looked at."""
_ENDS = frozenset(",.;:!?—–)")


def find_presented(wording: Wording, mentions: Sequence[Mention]) -> list[tuple[Mention, Mention]]:
    """The descriptions with a name that the text sets beside them as the same person's.

    Set between commas, one is taken for the other only where no list goes on ("the baker, Tom and Ned") and nobody is
    spoken to ("I know the baker, Tom").
    """
    own = [m for m in mentions if m.form == "nominal" or (m.form == "name" and m.type == "PER")]
    found = []
    for one, other in pairwise(own):
        if one.end > other.start or one.form == other.form or other.start - one.end > 60:
            continue
        described, name = (one, other) if one.form == "nominal" else (other, one)
        if _is_definite(wording, described) and _is_presented(wording, one, other, described):
            found.append((described, name))
    return [*found, *_named_after(wording, own)]


def _is_presented(wording: Wording, one: Mention, other: Mention, described: Mention) -> bool:
    between = " ".join(wording.segments.text.content[one.end : other.start].split("\n"))
    first = wording.at(one.start)
    if described is other and wording.quote[first] != -1 and _MY_NAME.fullmatch(between):
        return True
    if wording.sentence[first] != wording.sentence[wording.at(other.start)]:
        return False
    plain = between.strip()
    if described is other and wording.quote[first] != -1:
        presents = _MINE.search(_before(wording, one))
        return bool(presents and presents.end() == len(_before(wording, one))) and plain == ","
    pattern = _IS if described is one else _IS_THE
    if wording.quote[first] != -1 or not pattern.fullmatch(between):
        return False
    return (plain not in ("", ",") or _stands_alone(wording, one, other)) and (plain != "" or described is other)


def _before(wording: Wording, mention: Mention) -> str:
    return wording.segments.text.content[max(0, mention.start - _AHEAD) : mention.start]


def _stands_alone(wording: Wording, one: Mention, other: Mention) -> bool:
    """Whether the second of two is closed off by a mark, and neither stands in a list."""
    first, after = wording.at(one.start), wording.at(other.end)
    if after >= len(wording) or wording.lower[after] not in _ENDS:
        return False
    before = wording.lower[first - 1] if first else ""
    return before not in (",", "and", "or") and wording.lower[after + 1 : after + 2] not in (["and"], ["or"])


def _is_definite(wording: Wording, described: Mention) -> bool:
    return _is_one(wording, described) and wording.segments.text[described].lower().split()[0] == "the"


def _is_one(wording: Wording, described: Mention) -> bool:
    """Whether a description is one person's: "the porter", "their manager", "a nurse"."""
    words = wording.segments.text[described].lower().split()
    return len(words) > 1 and lexicon.table("person_nouns").get(words[-1], ("n",))[0] != "p"


def _named_after(wording: Wording, mentions: Sequence[Mention]) -> list[tuple[Mention, Mention]]:
    """The description with the name that is told then, when nobody else has come between whom "he" could mean: "The
    porter sat up. He felt for his cap. His name was Corvin." """
    found = []
    told = [m for m in mentions if wording.quote[wording.at(m.start)] == -1]
    for at, name in enumerate(told):
        before = _before(wording, name)
        said = next((m for m in _NAMED_AFTER.finditer(before) if m.end() == len(before)), None)
        if name.form == "name" and said:
            described = _spoken_of(wording, told[:at], name, _SEX.get((said["his"] or said["he"]).lower(), ""))
            found += [(described, name)] if described is not None else []
    return found


def _spoken_of(wording: Wording, before: Sequence[Mention], name: Mention, sex: str) -> Mention | None:
    """The one of that gender of whom the last sentences speak, if it is one alone and has only a description."""
    first = wording.at(name.start)
    near = [m for m in before if _is_near(wording, m, first) and _fits(wording, m, sex)]
    if not near:
        return None
    last = wording.sentence[wording.at(near[-1].start)]
    own = [m for m in near if wording.sentence[wording.at(m.start)] == last]
    alone = len({wording.segments.text[m].lower() for m in own}) == 1
    if not alone or own[0].form != "nominal" or not _is_one(wording, own[0]):
        return None
    at = wording.at(own[0].start)
    heads = at == 0 or wording.sentence[at - 1] != wording.sentence[at]
    speaks = any(wording.quote[i] != -1 for i in range(max(0, at - _TAG), at))
    return own[0] if heads or speaks or _GOES_ON[sex] & {*wording.lower[at : first - _TELLS]} else None


def _is_near(wording: Wording, mention: Mention, first: int) -> bool:
    at = wording.at(mention.start)
    return first - at <= _REACH and 0 < wording.sentence[first] - wording.sentence[at] <= _BACK


def _fits(wording: Wording, mention: Mention, sex: str) -> bool:
    """Whether "his" or "her" may mean somebody: not whose gender is known for the other."""
    words = wording.segments.text[mention].lower().split()
    if mention.form == "name":
        known = lexicon.table("first_names").get(words[0], ("",))[0]
    else:
        known = lexicon.table("person_nouns").get(words[-1], ("n",))[0]
    return known != "p" and not (sex and known in ("m", "f") and known != sex)
