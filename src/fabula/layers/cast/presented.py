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
    r"(?:(?:[Hh]is|[Hh]er|[Tt]heir) name (?:was|is)|(?:[Hh]e|[Ss]he|[Tt]hey) (?:was|were) called) "
)
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
    return wording.segments.text.content[max(0, mention.start - 24) : mention.start]


def _stands_alone(wording: Wording, one: Mention, other: Mention) -> bool:
    """Whether the second of two is closed off by a mark, and neither stands in a list."""
    first, after = wording.at(one.start), wording.at(other.end)
    if after >= len(wording) or wording.lower[after] not in _ENDS:
        return False
    before = wording.lower[first - 1] if first else ""
    return before not in (",", "and", "or") and wording.lower[after + 1 : after + 2] not in (["and"], ["or"])


def _is_definite(wording: Wording, described: Mention) -> bool:
    words = wording.segments.text[described].lower().split()
    return len(words) > 1 and words[0] == "the" and lexicon.table("person_nouns").get(words[-1], ("n",))[0] != "p"


def _named_after(wording: Wording, mentions: Sequence[Mention]) -> list[tuple[Mention, Mention]]:
    """The description that heads a sentence of the narration, with the name in the next: "His name was Corvin"."""
    found = []
    heads = {wording.sentence[i]: m for m in mentions if _opens(wording, i := wording.at(m.start))}
    for name in mentions:
        first = wording.at(name.start)
        if name.form != "name" or wording.quote[first] != -1:
            continue
        before = _before(wording, name)
        said = next((m for m in _NAMED_AFTER.finditer(before) if m.end() == len(before)), None)
        head = heads.get(wording.sentence[first] - 1)
        if said and head and head.form == "nominal" and _is_definite(wording, head):
            found.append((head, name))
    return found


def _opens(wording: Wording, i: int) -> bool:
    return wording.quote[i] == -1 and (i == 0 or wording.sentence[i - 1] != wording.sentence[i])
