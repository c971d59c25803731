"""People with no name, whom the text keeps calling by what they are: the landlord, the old woman."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from itertools import pairwise

import msgspec

from fabula import lexicon
from fabula.layers.cast.beside import Floor, beside_speech
from fabula.layers.cast.given import Given
from fabula.layers.cast.passers import SHORT, Named, Passer, find_passers, named_late
from fabula.layers.cast.presented import find_presented
from fabula.layers.cast.together import Together
from fabula.segment.wording import Wording
from fabula.story import CharacterKind, Mention, Span
from fabula.story.corrections import name_key

__all__ = ["Role", "find_roles", "office_holder"]


_TOLD_APART = frozenset("man woman lady gentleman girl boy".split())
"""Those of the words for whoever is at hand that an adjective makes somebody's own: the old woman."""

_OTHERS = frozenset("other next same former first second third fourth fifth last new younger elder older".split())

_TITLE_OF = {
    "physician": ("doctor",),
    "clergyman": ("reverend",),
    "vicar": ("vicar", "reverend"),
}
"""The titles that go with an office, where they are not the same word."""


class Role(msgspec.Struct, frozen=True):
    """Somebody known only by a description, with the mentions that carry it. `owner`: the number of the one with a name
    who is shown to be meant."""

    name: str
    aliases: tuple[str, ...]
    kind: CharacterKind
    pronouns: str | None
    mentions: tuple[Mention, ...]
    owner: int | None = None


def find_roles(
    wording: Wording,
    mentions: tuple[Mention, ...],
    *,
    taken: Set[str],
    given: Given,
    named: Named,
    together: Together,
    deeds: Set[Span] = frozenset(),
) -> list[Role]:
    """Descriptions that stand for one nameless person: "the" with the same words three times, or once beside speech.

    In a first-person narration the narrator's own people, too: "my father".

    Args:
        taken: names, in lower case without "the", that already belong to somebody.
        given: the people the user speaks of; a description among their names is theirs wherever it stands.
        named: where people are named.
        together: which mentions the encoder takes for one person's.
        deeds: the places of the descriptions of whom the narration tells that they do something.
    """
    text, floor, short = wording.segments.text, Floor(wording), len(wording) <= SHORT
    found, spoke = _gathered(wording, mentions, taken, given, floor)
    owners = _presented(wording, mentions, named)
    titles = Counter(title for other in named.people for title in other.titles) if short else Counter[str]()
    roles = [
        _owned(_role(words, own), owners)
        for words, own in found.items()
        if words in given.number
        or _enough(words, own, spoke)
        or titles[words] == 1  # "the inspector", once: the only one there is
        or any(m.span in owners for m in own)
    ]
    if short:
        roles = [_tied(role, named, floor) for role in roles]
    held = {mention.span for role in roles for mention in role.mentions}
    free = [m for m in mentions if m.form == "nominal" and m.span not in held and not _is_taken(text[m], taken)]
    passers = find_passers(wording, free, named, floor, together, deeds, owners)
    return roles + [_owned(_passer(wording, passer), owners) for passer in passers]


def _gathered(
    wording: Wording, mentions: Sequence[Mention], taken: Set[str], given: Given, floor: Floor
) -> tuple[dict[str, list[Mention]], set[str]]:
    """The mentions by what they call somebody, and those calls that stand beside speech."""
    text, short = wording.segments.text, len(wording) <= SHORT
    found, spoke = defaultdict[str, list[Mention]](list), set[str]()
    for mention in (mention for mention in mentions if mention.form == "nominal"):
        known = name_key(text[mention])
        if given.number and _is_given(known, given):
            found[known].append(mention)
            continue
        words = _call(wording, mention, taken)
        if words is None:
            continue
        found[words].append(mention)
        if beside_speech(wording, mention) or (short and " " not in words and _acts(words, mention, floor)):
            spoke.add(words)
    for words in [words for words in found if words.istitle() and f"my {words.lower()}" in found]:
        found[f"my {words.lower()}"] += found.pop(words)
        spoke |= {f"my {words.lower()}"} if words in spoke else set()
    if short:
        for words, same in _fuller(found).items():
            found[same] = sorted([*found[same], *found.pop(words)])
            spoke |= {same} if words in spoke else set()
    return found, spoke


def _fuller(found: Mapping[str, Sequence[Mention]]) -> dict[str, str]:
    """From "old porter" to "porter", where a story has one porter only and calls him both."""
    calls = defaultdict[str, list[str]](list)
    for words in found:
        calls[words.split()[-1]].append(words)
    pairs = {head: own for head, own in calls.items() if head in own and len(own) == 2 and head not in _TOLD_APART}
    return {words: head for head, own in pairs.items() for words in own if words != head and _is_one(words)}


def _is_one(words: str) -> bool:
    """Whether a fuller call is no other's: "the second porter", "the other porter"."""
    return not {*words.split()} & _OTHERS


def _call(wording: Wording, mention: Mention, taken: Set[str]) -> str | None:
    """What a description calls somebody, if it can be one person's own: "old woman", "Papa", "my father"."""
    text, kin = wording.segments.text, lexicon.table("kin")
    narrated = wording.quote[wording.at(mention.start)] == -1
    if narrated and text[mention].istitle() and text[mention].lower() in kin:
        return text[mention]  # the narration itself calls somebody so
    article, _, words = " ".join(text[mention].lower().split()).partition(" ")
    if article == "my":
        return f"my {words}" if narrated and words in kin else None
    head = words.split()[-1] if words else ""
    if article != "the" or not words or words in taken or head in taken:
        return None
    return None if head in lexicon.words("passing_people") and (words == head or head not in _TOLD_APART) else words


def _presented(wording: Wording, mentions: Sequence[Mention], named: Named) -> dict[Span, int]:
    """The descriptions that the text sets beside a name, with the number of the one who has it."""
    numbers = {m.span: other.number for other in named.people for m in other.mentions}
    pairs = find_presented(wording, mentions)
    return {described.span: numbers[name.span] for described, name in pairs if name.span in numbers}


def _owned(role: Role, owners: Mapping[Span, int]) -> Role:
    """The role with the one person of whom the text says that it is his."""
    said = {owners[m.span] for m in role.mentions if m.span in owners}
    return msgspec.structs.replace(role, owner=said.pop()) if role.owner is None and len(said) == 1 else role


def _acts(head: str, mention: Mention, floor: Floor) -> bool:
    """Whether one person's deed shows that the speech beside it is his."""
    return lexicon.table("person_nouns").get(head, ("p",))[0] != "p" and floor.gives_floor(mention)


def _tied(role: Role, named: Named, floor: Floor) -> Role:
    """The role with the one whose name leads to a speech that the role's tag goes on with."""
    if role.kind != "person" or role.owner is not None:
        return role
    gender = lexicon.table("person_nouns").get(role.name.split()[-1].lower(), ("n",))[0]
    fit = [other for other in named.people if gender == "n" or other.sex in ("", gender)]
    owners = [other.number for other in fit if floor.are_one(role.mentions, other.mentions)]
    late = named_late(role.mentions, gender, named, floor) if not owners else None
    owners += [late] if late is not None else []
    return msgspec.structs.replace(role, owner=owners[0]) if len(owners) == 1 else role


def _is_taken(words: str, taken: Set[str]) -> bool:
    """Whether a description holds a name: "the Duke of Devonshire's son" is left to its owner."""
    described = words.lower().split()
    return described[-1] in taken or " ".join(described[1:]) in taken


def _passer(wording: Wording, passer: Passer) -> Role:
    name, aliases = passer.describe(wording)
    return msgspec.structs.replace(_role(passer.head, passer.mentions), name=name, aliases=aliases, owner=passer.owner)


def office_holder(
    wording: Wording,
    role: Role,
    titles: Mapping[str, Sequence[int]],
    owners: Mapping[str, int],
    mentions: Sequence[Mention],
) -> int | None:
    """Whose role this is, if the text says so: "the general" is General Tilney, "Basil Hallward, the painter" is he.

    Args:
        titles: for each title in the book the indices of those who bear it.
        owners: the index of each name's owner.
    """
    head = role.name.split()[-1]
    bearers = {i for title in _TITLE_OF.get(head, (head,)) for i in titles.get(title, ())}
    if len(bearers) == 1 and len(role.name.split()) == 2:
        return bearers.pop()
    if role.kind == "group":
        return None
    if role.name.startswith("my "):
        named = {owners[n] for n in _named_at_once(wording, role, mentions) if n in owners}
        return named.pop() if len(named) == 1 else None
    said = Counter(owners[n] for n in _in_apposition(wording, head, mentions) if n in owners)
    if said and len(said) == 1 and len(role.mentions) >= 3:
        return next(iter(said))
    return None


def _in_apposition(wording: Wording, head: str, mentions: Sequence[Mention]) -> list[str]:
    """The names beside which the text sets a description with this noun: "NAME, the painter"."""
    text = wording.segments.text
    found = []
    for one, other in pairwise(mentions):
        if one.form != "name" or other.form != "nominal" or text.content[one.end : other.start].strip() != ",":
            continue
        words = text[other].lower().split()
        if words[-1] == head and words[0] == "the":
            found.append(" ".join(text[one].split()))
    return found


def _named_at_once(wording: Wording, role: Role, mentions: Sequence[Mention]) -> list[str]:
    """The names that stand right behind what the narrator calls one of his own: "my aunt Zofia"."""
    text = wording.segments.text
    ends = {m.end for m in role.mentions}
    names = (m for m in mentions if m.form == "name" and m.type == "PER")
    return [" ".join(text[m].split()) for m in names if m.start - 1 in ends and text.content[m.start - 1] == " "]


def _is_given(words: str, given: Given) -> bool:
    """Whether a description is one of the user's names. "A Man" on a list of characters is not every man."""
    if words not in given.number or words.startswith(("a ", "an ")):
        return False
    return words not in lexicon.words("passing_people") or words in given.described


def _enough(words: str, own: list[Mention], spoke: Set[str]) -> bool:
    if words.startswith("my ") or words.istitle():
        return words in spoke or len(own) >= 3
    if words.split()[-1] in lexicon.words("passing_people"):
        return False  # "the young man" points at many, "the old woman" of one tale at one
    return words in spoke or len(own) >= 4


def _role(words: str, own: list[Mention]) -> Role:
    gender = lexicon.table("person_nouns").get(words.split()[-1].lower(), ("n",))[0]
    own_name = words.startswith("my ") or words.istitle()
    return Role(
        name=words if own_name else f"the {words}",
        aliases=() if own_name else (words,),
        kind=_kind(words.split()[-1].lower()),
        pronouns={"m": "he/him", "f": "she/her", "p": "they/them"}.get(gender),
        mentions=tuple(own),
    )


def _kind(noun: str) -> CharacterKind:
    if noun in lexicon.words("animals"):
        return "animal"
    gender = lexicon.table("person_nouns").get(noun, ("t",))[0]
    return "thing" if gender == "t" else "group" if gender == "p" else "person"
