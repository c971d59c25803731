"""People with no name, whom the text keeps calling by what they are: the landlord, the old woman."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set

import msgspec

from fabula import lexicon
from fabula.segment.wording import Wording
from fabula.story import CharacterKind, Mention

__all__ = ["Role", "find_roles"]

_PASSING = frozenset(
    "man woman boy girl lady gentleman fellow chap person other others latter former one both dear darling elder "
    "younger eldest youngest friend people men women boys girls ladies gentlemen party company family couple pair "
    "crowd devil fool creature thing guy bloke kid lad lass child companion visitor speaker stranger brother sister "
    "father mother son daughter wife husband uncle aunt cousin nephew niece relative relation children folk host "
    "hostess guest beloved lover wretch idiot genius master mistress youth infant baby reader author writer".split()
)
"""Words for whoever is at hand; they point back at somebody known, or at nobody in particular."""


class Role(msgspec.Struct, frozen=True):
    """Somebody known only by a description, with the mentions that carry it."""

    name: str
    aliases: tuple[str, ...]
    kind: CharacterKind
    pronouns: str | None
    mentions: tuple[Mention, ...]


def find_roles(wording: Wording, mentions: tuple[Mention, ...], *, taken: Set[str]) -> list[Role]:
    """Descriptions that stand for one nameless person: "the" with the same words three times, or once beside speech.

    Args:
        taken: names, in lower case without "the", that already belong to somebody.
    """
    text = wording.segments.text
    found: dict[str, list[Mention]] = defaultdict(list)
    spoke: set[str] = set()
    verbs = lexicon.words("speech_verbs")
    for mention in mentions:
        if mention.form != "nominal":
            continue
        article, _, words = " ".join(text[mention].lower().split()).partition(" ")
        if article not in ("the", "this", "that") or not words:
            continue
        if words in taken or words.split()[-1] in taken:
            continue
        head = words.split()[-1]
        if head in _PASSING and (len(words.split()) == 1 or head not in ("man", "woman", "lady", "gentleman", "girl", "boy")):
            continue
        if article == "the":
            found[words].append(mention)
            if _beside_speech(wording, mention, verbs):
                spoke.add(words)
    return [
        _role(words, own) for words, own in found.items() if _enough(words, own, spoke)
    ]


def _enough(words: str, own: list[Mention], spoke: Set[str]) -> bool:
    if words.split()[-1] in _PASSING:  # "the young man" points at many, "the old woman" of one tale at one
        return False
    return words in spoke or len(own) >= 4


def _beside_speech(wording: Wording, mention: Mention, verbs: frozenset[str]) -> bool:
    first, after = wording.at(mention.start), wording.at(mention.end)
    if wording.quote[first] != -1:
        return False
    before_verb = after < len(wording) and wording.lower[after] in verbs and wording.quote[after] == -1
    after_verb = first >= 2 and wording.lower[first - 1] in verbs and wording.quote[first - 2] != -1
    return before_verb or after_verb


def _role(words: str, own: list[Mention]) -> Role:
    gender = lexicon.table("person_nouns").get(words.split()[-1], ("n",))[0]
    return Role(
        name=f"the {words}",
        aliases=(words,),
        kind="group" if gender == "p" else "person",
        pronouns={"m": "he/him", "f": "she/her", "p": "they/them"}.get(gender),
        mentions=tuple(own),
    )
