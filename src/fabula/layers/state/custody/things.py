"""The things of a story: which words mean the same ring, key or letter, and under which names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import msgspec

from fabula import lexicon
from fabula.layers.state.ground import Ground, inflected

__all__ = ["Thing", "Things", "gather_things", "is_listed", "lies_about"]

_GENERIC = frozenset("object thing item artefact artifact device".split())
"""Nouns that mean whatever thing a story is about."""
_FADES = 3000
"""After so many words without it, "a letter" is another letter than the last."""
_LASTS = 1000
"""And so many words for each time it was met "the letter" is still the same."""
_ALIKE = 20
"""So many things of one noun, the last met, can still be meant."""
_STANDS_FOR = 400
"""So many words back "the stone" can still mean the diamond."""
_COLOURS = frozenset(
    "red blue green yellow grey gray brown black white golden silver pink purple other second third new empty".split()
)
"""What tells one thing of a kind from another; "big" or "heavy" does not."""
_NEW = frozenset("another new second third different".split())
_THE = frozenset("the that this these those yon".split())
_A = frozenset({"a", "an", "one", "some"})
_MOVES = frozenset({"give", "give-to", "sell", "take", "hide", "put", "lose", "leave", "throw", "destroy"})
_HAVING = frozenset("have hold keep bear cherish own possess retain produce".split())
"""One has and holds much that is no thing: a plan, a view."""
_TWICE = 2
"""A noun on no list is a thing's where so often something is given, taken or put that it means."""

_BY_NAME = 0.85
"""As sure as this is only a name of its owner."""
_IT = frozenset({"it", "them"})
_IT_IS = frozenset("it's it’s they're they’re they".split())
_MANY = frozenset("them they they're they’re these those".split())
_THIS = frozenset("this that these those".split())
_NEAR, _NEAR_SAID = (3, 60), (6, 80)
"""So many sentences, and so many words, back "it" can still mean a thing: in the narration, and in talk."""
_TALKED_OF = 200
_OF = 4
"""So many words on, "of the granary" still says which keys are meant."""
_ABOUT = frozenset("in on under beneath round at between around inside across over behind against".split())
_WITH_ONE = frozenset({("with", "me"), ("on", "me"), ("with", "him"), ("with", "her"), ("right", "here")})


class Thing(msgspec.Struct, gc=False, eq=False):
    """A thing as it is met word by word: its noun, what tells it from others of its kind, whose it is called."""

    noun: str
    words: list[int]
    marks: set[str]
    owners: set[str]
    names: dict[str, int]


class Things(msgspec.Struct, frozen=True):
    """The things in order of first appearance, and which of them a word means."""

    all: Sequence[Thing]
    at: dict[int, Thing]


class _Gathering(msgspec.Struct, gc=False):
    """What has been met so far: the things by their noun, and where one was last met."""

    moved: Mapping[str, int]
    by_noun: dict[str, list[Thing]] = msgspec.field(default_factory=dict)
    at: dict[int, Thing] = msgspec.field(default_factory=dict)
    recent: list[int] = msgspec.field(default_factory=list)
    order: list[Thing] = msgspec.field(default_factory=list)


def gather_things(ground: Ground) -> Things:
    """Every noun that can be a thing somebody has, gathered into things; "it" where a verb of having governs it."""
    met = _Gathering(moved=_moved(ground))
    for word, lower in enumerate(ground.who.wording.lower):
        thing = None
        if _is_it(ground, word) or (lower == "thing" and _is_definite(ground, word)):
            thing = _meant_by_it(ground, word, met) if _is_handled(ground, word) else None
        if thing is None and _can_be(ground, word, met):
            thing = _join(ground, word, met)
        if thing is not None:
            thing.words.append(word)
            met.at[word] = thing
            met.recent.append(word)
    _reach_back(ground, met)
    return Things(met.order, met.at)


def _is_it(ground: Ground, word: int) -> bool:
    """ "It" and "them"; "it's" and "they're" where the place follows; "this" and "that" where somebody speaks."""
    lower, grammar = ground.who.wording.lower[word], ground.grammar
    if lower in _IT or lower in _IT_IS:
        return True
    pointing = lower in _THIS and grammar.word_class[word] == "PRON" and ground.is_spoken(word)
    return pointing and _is_moved(ground, word)


@cache
def is_listed(noun: str) -> bool:
    """Whether a noun is on the list of things, in the singular or the plural."""
    nouns = lexicon.words("things") | lexicon.words("doubtful_things")
    return noun in nouns or noun.removesuffix("s") in nouns - _GENERIC or noun.removesuffix("es") in nouns - _GENERIC


def lies_about(noun: str) -> str:
    """What lies there nobody has ("underfoot"), or is burnt ("fire"); "" for any other noun."""
    return lexicon.table("lying_places").get(noun, ("",))[0]


def _moved(ground: Ground) -> Mapping[str, int]:
    """How often each noun is what is given, taken or put."""
    grammar = ground.grammar
    nouns = (word for word, kind in enumerate(grammar.word_class) if kind == "NOUN")
    return Counter(_base(ground.who.wording.lower[word]) for word in nouns if _is_moved(ground, word))


def _base(lower: str) -> str:
    """ "Book" of a "tally-book"."""
    last = lower.rpartition("-")[2]
    return last if last != lower and (is_listed(last)) else lower


def _can_be(ground: Ground, word: int, met: _Gathering) -> bool:
    """Whether a word is a noun for a thing: on the list, or taken and given like one."""
    grammar, lower = ground.grammar, _base(ground.who.wording.lower[word])
    if grammar.word_class[word] != "NOUN" or word in ground.meant or grammar.relation[word] in ("compound", "vocative"):
        return False
    if lower in _GENERIC:
        return _is_moved(ground, word) or _is_handled(ground, word)
    if lower in lexicon.words("doubtful_things"):
        return _is_moved(ground, word) or _is_gripped(ground, word) or lower in met.by_noun
    if is_listed(lower):
        return not _is_bare(ground, word) or _is_moved(ground, word)
    if lower.removesuffix("s") in lexicon.words("animals") and _is_owned(ground, word):
        return True
    if lower in _never() or not lower.replace("-", "").isalpha() or len(lower) < 3:
        return False
    if _is_seized(ground, word):
        return True
    if met.moved.get(lower, 0) < _TWICE:
        return False
    return lower in met.by_noun or (_is_moved(ground, word) and _is_definite(ground, word))


@cache
def _never() -> frozenset[str]:
    lists = ("no_things", "body_nouns", "place_nouns", "happenings", "person_nouns", "kin", "animals")
    nouns = frozenset().union(*(lexicon.table(name) for name in lists))
    return nouns | {noun + "s" for noun in nouns}


def _is_moved(ground: Ground, word: int) -> bool:
    """Whether a verb of giving, taking or putting is done to it."""
    bare = inflected("custody_verbs").get(ground.who.wording.lower[ground.grammar.head[word]])
    if bare is None or ground.grammar.relation[word] not in ("obj", "nsubj:pass"):
        return False
    return lexicon.table("custody_verbs")[bare][0] in _MOVES


def _is_gripped(ground: Ground, word: int) -> bool:
    """Whether it is held as one holds a thing, not a view: clutched, carried, worn."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    bare = inflected("custody_verbs").get(lower[grammar.head[word]])
    held = bare is not None and lexicon.table("custody_verbs")[bare][0] == "hold" and bare not in _HAVING
    return held and grammar.relation[word] == "obj" and not _is_bare(ground, word)


def _is_seized(ground: Ground, word: int) -> bool:
    """Whether something is done to it that can be done to things alone: snatched, pocketed, handed over."""
    bare = inflected("custody_verbs").get(ground.who.wording.lower[ground.grammar.head[word]])
    seized = bare is not None and bare in lexicon.words("seizing_verbs")
    return seized and not _is_bare(ground, word) and (_is_moved(ground, word) or _is_gripped(ground, word))


def _is_owned(ground: Ground, word: int) -> bool:
    """Whether an animal is had like a thing: bought, sold, given, stolen, won."""
    bare = inflected("custody_verbs").get(ground.who.wording.lower[ground.grammar.head[word]])
    return bare is not None and bare in lexicon.words("owning_verbs") and _is_moved(ground, word)


def _is_handled(ground: Ground, word: int) -> bool:
    """Whether "it" stands where a thing stands: a verb of having or moving governs it, or "with it under his arm"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    verb, relation = lower[grammar.head[word]], grammar.relation[word]
    if relation in ("obj", "nsubj:pass") or (relation == "iobj" and not grammar.under(grammar.head[word], "obj")):
        return verb in inflected("custody_verbs")  # "I gave it him" has two of them
    if relation == "nsubj":
        lies = lies_about(verb) == "underfoot" or verb in lexicon.table("carried_in")
        return lower[word] != "they" and (verb in inflected("thing_motions") or lies)
    if lower[word - 1 : word] == ["of"]:
        return lower[word - 2 : word - 1] in (["go"], ["rid"], ["hold"], ["charge"], ["possession"])
    if lower[word - 1 : word] == ["with"] and lower[word - 2 : word - 1] in (["off"], ["away"], ["out"]):
        return True
    return lower[word - 1 : word] == ["with"] and lower[word + 1 : word + 2] != [] and lower[word + 1] in _ABOUT


def _is_definite(ground: Ground, word: int) -> bool:
    lower = ground.who.wording.lower
    return any(lower[kid] in _THE for kid in ground.grammar.under(word, "det")) or bool(
        ground.grammar.under(word, "nmod:poss")
    )


def _is_bare(ground: Ground, word: int) -> bool:
    """Whether nothing says which or how many are meant: "letters", "with bread"."""
    return not ground.grammar.under(word, "det", "nmod:poss", "nummod", "amod", "compound")


def _join(ground: Ground, word: int, met: _Gathering) -> Thing:
    """The thing that the noun at a word means, or a new one."""
    lower, grammar = ground.who.wording.lower, ground.grammar
    noun = _base(lower[word])
    alike = met.by_noun.setdefault("thing" if noun in _GENERIC else noun, [])
    marks = {lower[kid] for kid in grammar.under(word, "compound")}
    marks |= {lower[kid] for kid in grammar.under(word, "amod") if lower[kid] in _COLOURS}
    marks |= {lower[word]} - {noun}
    owner = _owner(ground, word, noun)
    before = {lower[kid] for kid in grammar.under(word, "det", "nummod")}
    fresh = bool(before & _A) or not (before or grammar.under(word, "nmod:poss"))
    found = None
    if not marks & _NEW and not before & _NEW:
        found = _fitting(alike, marks, owner, word, fresh=fresh)
        if found is None and not marks and _is_definite(ground, word):
            found = _stood_for(noun, word, met)
            if found is not None:
                alike.append(found)
    if found is None:
        found = Thing(noun=noun, words=[], marks=set(), owners=set(), names={})
        alike.append(found)
        met.order.append(found)
    elif alike[-1] is not found:  # the one last met comes last
        alike.remove(found)
        alike.append(found)
    found.marks |= marks - _NEW
    if owner is not None:
        found.owners.add(owner)
    for name in _names(ground, word):
        found.names[name] = found.names.get(name, 0) + 1
    return found


def _owner(ground: Ground, word: int, noun: str) -> str | None:
    """Whose it is called, as far as that tells it from others: by name; of clothes, by "his" and "her" too."""
    owner = None if ground.is_spoken(word) else ground.owner(word)
    if owner is None or (owner.confidence < _BY_NAME and noun not in lexicon.words("clothes")):
        return None
    return owner.id


def _fitting(alike: Sequence[Thing], marks: set[str], owner: str | None, word: int, *, fresh: bool) -> Thing | None:
    for thing in reversed(alike[-_ALIKE:]):
        if word - thing.words[-1] > (_FADES if fresh else max(_FADES, _LASTS * len(thing.words))):
            continue
        if marks and thing.marks and not marks & thing.marks:
            continue
        far = word - thing.words[-1] > _FADES // 10 or thing.noun in lexicon.words("clothes")
        if far and owner is not None and thing.owners and owner not in thing.owners:
            continue
        return thing
    return None


def _stood_for(noun: str, word: int, met: _Gathering) -> Thing | None:
    """The last thing near by that another noun named and this one can mean too: "the stone" is the diamond."""
    kinds = lexicon.table("thing_kinds")
    wider = set(kinds.get(noun, ("",))[0].split())
    for one in reversed(met.recent):
        if word - one > _STANDS_FOR:
            return None
        other = met.at[one].noun
        if other != noun and (other in wider or noun in kinds.get(other, ("",))[0].split()):
            return met.at[one]
    return None


def _names(ground: Ground, word: int) -> Iterator[str]:
    """ "key", and "spare key" where more is said."""
    wording, grammar = ground.who.wording, ground.grammar
    yield wording.lower[word]
    first = word
    while (
        first > 0 and grammar.head[first - 1] == word and grammar.relation[first - 1] in ("amod", "compound", "nummod")
    ):
        first -= 1
    if first < word:
        yield wording.segments.text[ground.span(first, word)].replace("\n", " ").lower()
    of = next((kid for kid in grammar.under(word, "nmod") if wording.lower[word + 1 : word + 2] == ["of"]), None)
    if of is not None and word < of <= word + _OF:
        yield wording.segments.text[ground.span(word, of)].replace("\n", " ").lower()


def _meant_by_it(ground: Ground, word: int, met: _Gathering) -> Thing | None:
    """The last thing before "it" near by, one that was moved or is what is talked of before one that is not."""
    wording = ground.who.wording
    sentences, words = _NEAR_SAID if ground.is_spoken(word) else _NEAR
    many = wording.lower[word] in _MANY
    near = [
        one
        for one in met.recent[-6:]
        if wording.sentence[word] - wording.sentence[one] <= sentences
        and word - one <= words
        and many == _is_many(wording.lower[met.at[one].words[0]])
    ]
    if not near:
        return _still_talked_of(ground, word, met)
    return met.at[max(near, key=lambda one: (wording.sentence[one], _is_topic(ground, one), one))]


def _is_many(noun: str) -> bool:
    return noun.endswith("s") and not noun.endswith("ss")


def _still_talked_of(ground: Ground, word: int, met: _Gathering) -> Thing | None:
    """ "It" is still what was given or taken a while ago, if nothing else was since."""
    lower = ground.who.wording.lower
    many = lower[word] in _MANY
    near = [
        one
        for one in met.recent[-12:]
        if word - one <= _TALKED_OF and _is_moved(ground, one) and many == _is_many(lower[met.at[one].words[0]])
    ]
    moved = {id(met.at[one]) for one in near}
    return met.at[near[-1]] if len(moved) == 1 else None


def _is_topic(ground: Ground, word: int) -> bool:
    """Whether a sentence is about it: it does something, or something is done to it."""
    return ground.grammar.relation[word] in ("nsubj", "nsubj:pass", "obj")


def _reach_back(ground: Ground, met: _Gathering) -> None:
    """ "I have it with me" where nothing was named yet: the thing that the story names later, if there is one such."""
    generic = met.by_noun.get("thing", [])
    if len(generic) != 1:
        return
    thing, lower = generic[0], ground.who.wording.lower
    for word in range(thing.words[0]):
        having = lower[word] == "it" and lower[ground.grammar.head[word]] in ("have", "has", "had", "got", "'ve")
        if having and word not in met.at and tuple(lower[word + 1 : word + 3]) in _WITH_ONE:
            met.at[word] = thing
            thing.words.insert(0, word)
            break
