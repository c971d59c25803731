"""Kin whom the text only calls by whose they are, her mother, my husband, Dad: they are somebody too."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from fabula import lexicon
from fabula.layers.state.ground import Grammar, Ground, Meant, lay_ground, look_up
from fabula.layers.state.relations import find_relations
from fabula.layers.state.relations.tie_nouns import tie_of
from fabula.layers.state.unnamed.guesses import Guess, as_character, follow, is_called, meaning
from fabula.story import Character, Mention, Quote, Scene

__all__ = ["bring_in_kin"]

_FAMILY = frozenset("parent child sibling spouse grandparent grandchild uncle nephew cousin betrothed in-law".split())
_CALLS = frozenset({"boy", "girl", "child", "baby", "ward", "widow", "widower"})
"""Words that rather call somebody than say whose kin it is."""
_WHICH = frozenset("elder eldest older oldest younger youngest other second first third twin half".split())
"""What tells one brother from another."""
_HERE = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "obl", "nmod", "nmod:poss", "obl:agent", "conj"})
"""Somebody who does something, or to whom it is done; not what somebody is, or is called."""
_AS = frozenset({"as", "like", "than", "without"})
_KNOWN = 0.6
"""Who is said so surely to be her mother is meant by "her mother"."""
_OWNED = 0.65
"""So sure it must be whose kin it is."""

_TELLER = "the narrator"
_NEAR = 15
"""Whoever is named no more words off may be meant. (With 60, of the kin our stories speak of, a third was lost.)"""
_LONG = (5_000, 25_000)
"""In a short text whoever is spoken of is somebody; from so many words on, who does something, or is spoken of once
more, and again once more."""

_Key = tuple[str, str, str, str]


class _Kin(msgspec.Struct, frozen=True):
    """A description of kin: whose, by which tie, of which gender, and which of several."""

    key: _Key
    head: str


def bring_in_kin(
    grammar: Grammar,
    characters: Sequence[Character],
    mentions: Sequence[Mention],
    quotes: Sequence[Quote],
    scenes: Sequence[Scene],
) -> tuple[tuple[Character, ...], tuple[Mention, ...]]:
    """The characters with the kin of one of them behind them whom nobody names, and the mentions that mean them; where
    it is told who somebody's sister is, "her sister" is she."""
    who = look_up(grammar.wording, characters, mentions, quotes)
    ground = lay_ground(who, grammar, scenes)
    described = {at: kin for at, mention in enumerate(mentions) if (kin := _kin(ground, mention)) is not None}
    if not described:
        return tuple(characters), tuple(mentions)
    known = _known(ground)
    named = _who_speak(ground, mentions, described, quotes)
    guesses: dict[_Key, Guess] = {}
    for at, kin in described.items():
        people = known.get(kin.key[:3], frozenset())
        if at in named:
            continue
        if len(people) == 1 and not kin.key[3]:
            named[at] = next(iter(people))
        elif not people or kin.key[3]:
            _guess(guesses, kin, at, grammar.wording.at(mentions[at].start))
    guesses = {key: guess for key, guess in guesses.items() if _is_somebody(ground, mentions, guess, key[0])}
    linked = meaning(mentions, named)
    follow(look_up(grammar.wording, characters, linked, quotes), linked, list(guesses.values()))
    first = 1 + max((int(c.id[1:]) for c in characters if c.id[1:].isdigit()), default=0)
    ids = {key: f"c{number}" for number, key in enumerate(guesses, first)}
    new = [_whose(ground, key, guess, as_character(grammar, guess, linked, ids[key])) for key, guess in guesses.items()]
    return (*characters, *new), meaning(linked, {at: ids[key] for key, guess in guesses.items() for at in guess.places})


def _who_speak(
    ground: Ground, mentions: Sequence[Mention], described: Mapping[int, _Kin], quotes: Sequence[Quote]
) -> dict[int, str]:
    """Of descriptions in a tag, who was found to speak: "It was," said his father, and it was Kev."""
    tags = sorted((q.evidence[0], q.speaker) for q in quotes if q.cue == "tag" and q.evidence and q.speaker is not None)
    found = {}
    for at, kin in described.items():
        number = bisect_right(tags, mentions[at].start, key=lambda tag: tag[0].start) - 1
        if number < 0:
            continue
        tag, speaker = tags[number]
        covers = tag.start <= mentions[at].start and mentions[at].end <= tag.end
        if covers and speaker != kin.key[0] and ground.who.gender[speaker] in (kin.key[2], ""):
            found[at] = speaker
    return found


def _whose(ground: Ground, key: _Key, guess: Guess, new: Character) -> Character:
    """Called by whose kin they are, since "her mother" may be anybody's: "Anne Lee’s mother"; the narrator's stay
    "my mother"."""
    owner = ground.who.characters[key[0]]
    descriptions = (new.name, *new.aliases)
    if owner.name.startswith(_TELLER) or any("'s " in one or "’s " in one for one in descriptions[:1]):
        return new
    name = f"{owner.name}’s {' '.join((*([key[3]] if key[3] else []), guess.head))}"
    return msgspec.structs.replace(new, name=name, aliases=descriptions)


def _guess(guesses: dict[_Key, Guess], kin: _Kin, at: int, word: int) -> None:
    guess = guesses.setdefault(kin.key, Guess(f"?k{len(guesses)}", kin.head, kin.key[2], [], word))
    guess.places.append(at)
    guess.last = word


def _is_somebody(ground: Ground, mentions: Sequence[Mention], guess: Guess, owner: str) -> bool:
    """Whether they do something, or are spoken of often, and are not rather somebody else who is named nearby."""
    who = ground.who
    heads = [who.wording.within(mentions[at]).stop - 1 for at in guess.places]
    acts = any(ground.grammar.relation[head] in ("nsubj", "nsubj:pass") for head in heads)
    if not acts and len(heads) < 1 + sum(len(who.wording) > length for length in _LONG):
        return False
    near = {one.id for head in heads for one in _named_near(ground, head)} - {owner}
    return not any(who.gender[one] in (guess.gender, "") and who.characters[one].kind == "person" for one in near)


def _named_near(ground: Ground, word: int) -> Sequence[Meant]:
    """Who is named not far off, but for those who speak there and are spoken to."""
    named, quote = ground.who.named, ground.quote(word)
    first = bisect_left(named, word - _NEAR, key=lambda one: one.first)
    last = bisect_left(named, word + _NEAR, first, key=lambda one: one.first)
    talking = {quote.speaker, *quote.addressees} if quote is not None else set[str | None]()
    return [one for one in named[first:last] if one.id not in talking]


def _kin(ground: Ground, mention: Mention) -> _Kin | None:
    """Whose kin a description means, where it stands for somebody who is nobody yet."""
    if mention.character is not None or mention.entity is not None or mention.form == "pronoun":
        return None
    wording = ground.who.wording
    words = wording.within(mention)
    noun = wording.lower[words.stop - 1] if words else ""
    called = len(words) == 1 and is_called(wording, words)
    noun = lexicon.table("kin_calls")[noun][0] if called else noun
    gender, tie = lexicon.table("kin").get(noun, ("", ""))[:2]
    if tie not in _FAMILY or noun in _CALLS or not _is_here(ground, words):
        return None
    owner = _caller(ground, words.start) if called else _owner(ground, words)
    if owner is None or owner.confidence < _OWNED or ground.who.characters[owner.id].kind != "person":
        return None
    which = next((wording.lower[word] for word in words if wording.lower[word] in _WHICH), "")
    return _Kin((owner.id, tie, gender if gender in "mf" else "", which), noun)


def _is_here(ground: Ground, words: range) -> bool:
    """Whether the description stands for somebody: not "as his wife", "was her brother", "his sister Maud"."""
    grammar, wording = ground.grammar, ground.who.wording
    head, behind = words.stop - 1, words.stop
    cases = {wording.lower[kid] for kid in grammar.under(head, "case")}
    if grammar.relation[head] not in _HERE or grammar.under(head, "cop") or cases & _AS:
        return False
    after = behind + 1 if wording.lower[behind : behind + 1] == [","] else behind
    named = ground.who.starting.get(after)
    return named is None or not wording.forms[named.stop - 1][:1].isupper()


def _owner(ground: Ground, words: range) -> Meant | None:
    """Whose kin it is: "her", "my", "your", "Anne's"."""
    lower = ground.who.wording.lower
    if lower[words.start] in ("my", "your", "his", "her"):
        return ground.who.owner(words.start)
    if len(words) > 1 and lower[words.start + 1 :][:1] != []:
        for word in words:
            if lower[word] == "'s":
                return ground.who.ending.get(word)
    return None


def _caller(ground: Ground, word: int) -> Meant | None:
    """Who speaks of "Dad" as one speaks of one's own; not who calls out to him."""
    speaker = ground.speaker(word)
    if speaker is None or ground.grammar.relation[word] not in ("nsubj", "obj", "nmod:poss", "obl"):
        return None
    quote = ground.quote(word)
    return Meant(speaker, word, word + 1, 0.7 if quote is None else 0.75 * min(1.0, quote.confidence + 0.3))


def _known(ground: Ground) -> Mapping[tuple[str, str, str], frozenset[str]]:
    """By whose kin, tie and gender, who is said to be that."""
    found: dict[tuple[str, str, str], set[str]] = {}
    for owner, tie, one, sure in _ties(ground):
        for gender in {ground.who.gender[one], ""}:
            people = found.setdefault((owner, tie, gender), set())
            if sure >= _KNOWN or not people:
                people.add(one)
    return {key: frozenset(people) for key, people in found.items()}


def _ties(ground: Ground) -> Iterator[tuple[str, str, str, float]]:
    turned = lexicon.table("kin_turned")
    for relation in find_relations(ground):
        tie = tie_of(relation.kind)
        yield relation.b, tie, relation.a, relation.confidence
        if tie in turned:
            yield relation.a, turned[tie][0], relation.b, relation.confidence
