"""The dead who are nobody yet, my father, a girl, one named a single time: somebody, once it is said that they died."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from fabula import lexicon
from fabula.layers.state.deaths import find_deaths
from fabula.layers.state.grammar import Grammar
from fabula.layers.state.ground import lay_ground
from fabula.layers.state.who import Who, look_up
from fabula.segment.wording import Wording
from fabula.story import Character, CharacterKind, Mention, Quote, Scene, Span

__all__ = ["bring_in_departed"]

_OWNING = frozenset("my your his her our their".split())
_PRONOUNS = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}
_DASHES = frozenset({"—", "–", "--", "―"})
_SCENE = 600
"""So many words on "the girl" can still be the girl who was brought in."""
_LONGEST = 5
"""So many words behind its noun belong to a description at most."""
_SOON = 25
"""So many words on "she" can be the one who was just brought in."""
_LEAST: dict[CharacterKind, int] = {"person": 1, "animal": 2}
"""So often somebody must be met: one fox that is shot is nobody."""
_PRONOUNS_OF = {"m": "he/him", "f": "she/her"}


class _Guess(msgspec.Struct):
    """Somebody described, or named too seldom, who is a character only if he is said to have died."""

    id: str
    head: str
    gender: str
    places: list[int]
    last: int
    named: bool = False
    kind: CharacterKind = "person"


def bring_in_departed(
    grammar: Grammar,
    characters: Sequence[Character],
    mentions: Sequence[Mention],
    quotes: Sequence[Quote],
    scenes: Sequence[Scene],
) -> tuple[tuple[Character, ...], tuple[Mention, ...]]:
    """The characters with those nameless ones behind them who are said to have died, and the mentions that mean them.

    Everybody described who is nobody yet is taken for somebody; those stay of whom a death is then found.
    """
    who = look_up(grammar.wording, characters, mentions, quotes)
    guesses = _guesses(who, mentions)
    _follow(who, mentions, guesses)
    if not guesses:
        return tuple(characters), tuple(mentions)
    supposed = _with(mentions, {place: guess.id for guess in guesses for place in guess.places})
    people = [*characters, *(_character(grammar, guess, mentions, guess.id) for guess in guesses)]
    ground = lay_ground(look_up(grammar.wording, people, supposed, quotes), grammar, scenes)
    dead = {death.who for death in find_deaths(ground)}
    kept = [guess for guess in guesses if guess.id in dead and len(guess.places) >= _LEAST[guess.kind]]
    first = 1 + max((int(c.id[1:]) for c in characters if c.id[1:].isdigit()), default=0)
    ids = {guess.id: f"c{number}" for number, guess in enumerate(kept, first)}
    new = [_character(grammar, guess, mentions, ids[guess.id]) for guess in kept]
    return (*characters, *new), _with(mentions, {place: ids[g.id] for g in kept for place in g.places})


def _with(mentions: Sequence[Mention], meant: Mapping[int, str]) -> tuple[Mention, ...]:
    return tuple(
        msgspec.structs.replace(mention, character=meant[at], confidence=0.6) if at in meant else mention
        for at, mention in enumerate(mentions)
    )


def _character(grammar: Grammar, guess: _Guess, mentions: Sequence[Mention], own: str) -> Character:
    text = grammar.wording.segments.text
    places = [mentions[at] for at in guess.places if mentions[at].form != "pronoun"]
    if guess.named:
        names = sorted({" ".join(text[place].split()) for place in places}, key=lambda name: (-len(name), name))
    else:
        fuller = Span(places[0].start, _end(grammar, places[0]))
        names = list(dict.fromkeys(" ".join(text[place].split()) for place in (fuller, *places)))
        names = list({name.lower(): name[0].lower() + name[1:] for name in reversed(names)}.values())[::-1]
    return Character(
        id=own,
        name=names[0],
        aliases=tuple(names[1:]),
        kind=guess.kind,
        pronouns=_PRONOUNS_OF.get(guess.gender),
        confidence=0.5,
        evidence=tuple(place.span for place in places),
    )


def _end(grammar: Grammar, mention: Mention) -> int:
    """Where a description ends, with what is said of it right behind: "a girl in Tampico"."""
    wording = grammar.wording
    words = wording.within(mention)
    head = words.stop - 1
    for kid in grammar.under(head, "nmod"):
        if head < kid <= head + _LONGEST and any(head < case < kid for case in grammar.under(kid, "case")):
            return wording.ends[kid]
    return mention.end


def _guesses(who: Who, mentions: Sequence[Mention]) -> list[_Guess]:
    """Everybody named, and everybody described in the singular, who is nobody yet: the kin of one owner once, whoever
    "a" brings in anew."""
    nouns, kin, wording = lexicon.table("person_nouns"), lexicon.table("kin"), who.wording
    kept: dict[tuple[str, str], _Guess] = {}
    found = _named(who, mentions)
    for at, mention in enumerate(mentions):
        if mention.form != "nominal" or mention.character is not None or mention.entity is not None:
            continue
        words = wording.within(mention)
        if len(words) < 2 and not _is_called(wording, words):
            continue
        opens, head = wording.lower[words.start], wording.lower[words.stop - 1]
        gender = (kin.get(head) or nouns.get(head) or ("p",))[0]
        key = _key(who, words, opens, head)
        animal = head in lexicon.words("animals")
        if not (gender in ("m", "f", "n") or animal) or key is None:
            continue
        guess = kept.get(key)
        if guess is None or opens in ("a", "an") or (key[0] == "" and words.start - guess.last > _SCENE):
            guess = kept[key] = _Guess(
                f"?{len(found)}",
                head,
                "n" if animal else gender,
                [],
                words.start,
                kind="animal" if animal else "person",
            )
            found.append(guess)
        guess.places.append(at)
        guess.last = words.start
    return found


def _named(who: Who, mentions: Sequence[Mention]) -> list[_Guess]:
    """Those with names who are nobody yet; who has only a part of another's name is that other."""
    first_names, titles, wording = lexicon.table("first_names"), lexicon.table("titles"), who.wording
    found: list[_Guess] = []
    parts: list[set[str]] = []
    for at, mention in enumerate(mentions):
        if (
            mention.form != "name"
            or mention.type != "PER"
            or mention.character is not None
            or mention.entity is not None
        ):
            continue
        words = wording.within(mention)
        own = {wording.lower[word] for word in words} - titles.keys()
        same = next((number for number, known in enumerate(parts) if own and (own <= known or known <= own)), None)
        if same is None and own:
            gender = first_names.get(wording.lower[words.start], ("",))[0]
            found.append(_Guess(f"?n{len(found)}", "", gender if gender in ("m", "f") else "n", [], words.start, True))
            parts.append(own)
            same = len(found) - 1
        if same is not None:
            found[same].places.append(at)
            parts[same] |= own
    return found


def _is_called(wording: Wording, words: range) -> bool:
    """Whether it is a word of kin written as a name: "Dad", "Grandfather"."""
    calls = lexicon.table("kin_calls")
    return bool(words) and wording.lower[words.start] in calls and wording.forms[words.start][:1].isupper()


def _key(who: Who, words: range, opens: str, head: str) -> tuple[str, str] | None:
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


def _follow(who: Who, mentions: Sequence[Mention], guesses: Sequence[_Guess]) -> None:
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
