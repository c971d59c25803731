"""People whom nobody names, my father, a girl in Leeds: which descriptions and pronouns mean one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from fabula import lexicon
from fabula.layers.state.ground import Grammar, Who
from fabula.segment.wording import Wording
from fabula.story import Character, CharacterKind, Mention, Span

__all__ = ["Guess", "as_character", "follow", "is_called", "key_of", "meaning"]

_OWNING = frozenset("my your his her our their".split())
_PRONOUNS = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}
_DASHES = frozenset({"—", "–", "--", "―"})
_LONGEST = 5
"""So many words behind its noun belong to a description at most."""
_SOON = 25
"""So many words on "she" can be the one who was just brought in."""
_PRONOUNS_OF = {"m": "he/him", "f": "she/her"}


class Guess(msgspec.Struct):
    """Somebody described, or named too seldom, who is a character only if a death or a tie of kin makes him one."""

    id: str
    head: str
    gender: str
    places: list[int]
    last: int
    named: bool = False
    kind: CharacterKind = "person"


def meaning(mentions: Sequence[Mention], meant: Mapping[int, str]) -> tuple[Mention, ...]:
    """The mentions, those at these places now meaning these characters."""
    return tuple(
        msgspec.structs.replace(mention, character=meant[at], confidence=0.6) if at in meant else mention
        for at, mention in enumerate(mentions)
    )


def as_character(grammar: Grammar, guess: Guess, mentions: Sequence[Mention], own: str) -> Character:
    """The character somebody guessed becomes, called by the fullest description or the names."""
    text = grammar.wording.segments.text
    places = [mentions[at] for at in guess.places if mentions[at].form != "pronoun"]
    if guess.named:
        names = sorted({" ".join(text[place].split()) for place in places}, key=lambda name: (-len(name), name))
    else:
        spans = [Span(_start(grammar, one), one.end) for one in places]
        fuller = Span(spans[0].start, _end(grammar, places[0]))
        names = list(dict.fromkeys(_inside(grammar, place) for place in (fuller, *spans)))
    return Character(
        id=own,
        name=names[0],
        aliases=tuple(names[1:]),
        kind=guess.kind,
        pronouns=_PRONOUNS_OF.get(guess.gender),
        confidence=0.5,
        evidence=tuple(place.span for place in places),
    )


def _inside(grammar: Grammar, place: Span) -> str:
    """As it would stand inside a sentence: "my husband", but "Ellen's mother"."""
    name = " ".join(grammar.wording.segments.text[place].split())
    named = grammar.word_class[grammar.wording.at(place.start)] == "PROPN"
    return name if named else name[0].lower() + name[1:]


def _start(grammar: Grammar, mention: Mention) -> int:
    """Where a description begins, its owner's whole name with it: "Ellen Hart's mother"."""
    first = grammar.wording.at(mention.start)
    while grammar.word_class[first] == "PROPN" == grammar.word_class[max(0, first - 1)] and first:
        first -= 1
    return grammar.wording.starts[first]


def _end(grammar: Grammar, mention: Mention) -> int:
    """Where a description ends, with what is said of it right behind: "a girl in Lisbon"."""
    wording = grammar.wording
    words = wording.within(mention)
    head = words.stop - 1
    for kid in grammar.under(head, "nmod"):
        if head < kid <= head + _LONGEST and any(head < case < kid for case in grammar.under(kid, "case")):
            return wording.ends[kid]
    return mention.end


def is_called(wording: Wording, words: range) -> bool:
    """Whether it is a word of kin written as a name: "Dad", "Grandfather"."""
    calls = lexicon.table("kin_calls")
    return bool(words) and wording.lower[words.start] in calls and wording.forms[words.start][:1].isupper()


def key_of(who: Who, words: range, opens: str, head: str) -> tuple[str, str] | None:
    """By what two descriptions are told to be one person's; None where nobody is described."""
    if opens in ("a", "an", "the", "that"):
        return "", head
    if head not in lexicon.table("kin"):
        return None
    if len(words) == 1:
        return "", head
    if opens in _OWNING:
        owner = who.owner(words.start) if opens not in ("our", "their") else None
        return (owner.id if owner else opens), head
    owners = (who.ending.get(word) for word in words if who.wording.lower[word] == "'s")
    return next(((named.id, head) for named in owners if named is not None), None)


def follow(who: Who, mentions: Sequence[Mention], guesses: Sequence[Guess]) -> None:
    """Let "he" and "she" right behind a description mean the one described, where nobody else of that gender stands
    from the beginning of its sentence on."""
    wording = who.wording
    owner = {place: guess for guess in guesses for place in guess.places}
    for at, guess in list(owner.items()):
        if guess.gender == "n":
            continue
        start = wording.at(mentions[at].start)
        if _rivalled(who, mentions, at, guess.gender):
            continue
        for after in range(at + 1, len(mentions)):
            word = wording.at(mentions[after].start)
            if word - start > _SOON or wording.paragraph[word] != wording.paragraph[start]:
                break
            if after in owner or not _in_one_voice(wording, start, word):
                continue
            mention = mentions[after]
            if mention.form == "pronoun" and _PRONOUNS.get(wording.lower[word]) == guess.gender:
                guess.places.append(after)
            elif mention.form != "pronoun" and _is_rival(who, mention, guess.gender):
                break
        guess.places.sort()


def _in_one_voice(wording: Wording, one: int, other: int) -> bool:
    """Whether both words are spoken or neither is; behind a dash nothing shows where the speech goes on."""
    dashed = any(form in _DASHES for form in wording.forms[max(0, one - 1) : one])
    return (wording.quote[one] == -1) == (wording.quote[other] == -1) or dashed


def _rivalled(who: Who, mentions: Sequence[Mention], at: int, gender: str) -> bool:
    """Whether somebody of that gender stands before a description in its sentence."""
    wording = who.wording
    start = wording.at(mentions[at].start)
    for before in range(at - 1, -1, -1):
        word = wording.at(mentions[before].start)
        if wording.sentence[word] != wording.sentence[start]:
            return False
        mention = mentions[before]
        named = mention.form != "pronoun" or wording.lower[word] in _PRONOUNS
        if wording.quote[word] == wording.quote[start] and named and _is_rival(who, mention, gender):
            return True
    return False


def _is_rival(who: Who, mention: Mention, gender: str) -> bool:
    return mention.character is not None and who.gender.get(mention.character) in (gender, "")
