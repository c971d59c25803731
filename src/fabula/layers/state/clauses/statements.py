"""What a clause says, by itself: who does what to whom, in words that stand alone, and whether it is denied."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache

import msgspec

from fabula import lexicon
from fabula.encode import Encoding
from fabula.encode.lemmas import lemma_of
from fabula.layers.state.clauses.standalone import plain
from fabula.layers.state.custody import Belongings
from fabula.layers.state.ground import Ground
from fabula.story import Span, Statement

__all__ = ["affirmed", "done_to", "helpers", "is_denied", "is_manner", "lemmas_of", "say", "say_noun", "whole"]

_NOT = frozenset("not n't never no nobody none nothing neither nor hardly scarcely".split())
_OPENS = frozenset(
    "and but or so then because since if unless until till once before after that for therefore thus hence now "
    "provided in order as long only 'cause cause lest without why when , ; : - – — …".split()
)
"""Words that join a clause to another and are no part of what it says."""
_NOT_WORD = re.compile(r"\b(?:not|never)\b", re.IGNORECASE)
_SHORT_NOT = re.compile(r"\b(\w+)n['’]t\b", re.IGNORECASE)
_FULL = {"can't": "can", "can’t": "can", "won't": "will", "won’t": "will", "shan't": "shall", "shan’t": "shall"}
_POLITE = frozenset("want like please wish care mind may ask must dare remember know choose prefer".split())
"""What follows "if you" as a manner of speaking: "if you like"."""
_ACTS = frozenset({"obj", "iobj", "obl", "nsubj:pass"})
_OWN_CLAUSES = frozenset({"parataxis", "advcl"})
"""Clauses that say something of their own beside the one they hang on."""


def lemmas_of(ground: Ground, encoding: Encoding) -> list[str]:
    """The bare form of every word of the text."""
    rules, wording = encoding.labels.lemmas, ground.who.wording
    guessed = (
        lemma_of(form, rules[at]).lower() for form, at in zip(wording.forms, encoding.lemma.tolist(), strict=True)
    )
    past, classes = _past_forms(), ground.grammar.word_class
    return [
        past[lower] if kind == "VERB" and lower in past else _known(lemma)
        for lower, kind, lemma in zip(wording.lower, classes, guessed, strict=True)
    ]


@cache
def _past_forms() -> dict[str, str]:
    """From a past that is not formed with -ed to its verb; a form that two verbs share is left out."""
    found: dict[str, str] = {}
    shared = set[str]()
    for bare, forms in lexicon.table("irregular_verbs").items():
        for form in {form for part in forms[:2] for form in part.split("/")}:
            shared |= {form} if found.setdefault(form, bare) != bare else set()
    return {form: bare for form, bare in found.items() if form not in shared}


def _known(lemma: str) -> str:
    """A bare form that is a word: "trusted" is no form of "truste", nor "smiled" of "smil"."""
    known = lexicon.words("common_words")
    if lemma in known:
        return lemma
    return next((word for word in (lemma.removesuffix("e"), lemma + "e") if word in known), lemma)


def helpers(ground: Ground, verb: int) -> set[str]:
    """The small words around a verb: "will", "not", "then"."""
    lower = ground.who.wording.lower
    return {lower[kid] for kid in ground.grammar.under(verb, "aux", "advmod", "aux:pass", "cop")}


def is_denied(ground: Ground, verb: int) -> bool:
    """Whether it is said not to be so: "did not burn it", "can't go back", "nobody came"."""
    lower, subject = ground.who.wording.lower, ground.grammar.subject(verb)
    said = helpers(ground, verb) | ({lower[subject]} if subject is not None else set())
    said |= {lower[kid] for kid in ground.grammar.under(verb, "det")}
    return any(word in _NOT or word.endswith(("n't", "n’t", "cannot")) for word in said)


def is_manner(ground: Ground, lemmas: Sequence[str], clause: int) -> bool:
    """Whether a condition is a manner of speaking: "if you like"."""
    return lemmas[clause] in _POLITE and not ground.grammar.under(clause, "obj", "xcomp", "ccomp")


def done_to(ground: Ground, had: Belongings, verb: int) -> frozenset[str]:
    """Whom and what an act is done to: ids of people and things; else the nouns themselves."""
    found = set[str]()
    for kid in ground.grammar.under(verb, *_ACTS):
        for word in (kid, *ground.grammar.under(kid, "conj")):
            named = _named(ground, had, word)
            if named is not None:
                found.add(named)
            elif ground.grammar.word_class[word] in ("NOUN", "PROPN"):
                found.add(ground.who.wording.lower[word])
    return frozenset(found)


def say(
    ground: Ground, had: Belongings, lemmas: Sequence[str], verb: int, *, apart: Collection[int] = ()
) -> Statement | None:
    """What the clause of a verb says, the clauses whose heads are `apart` left out; None where no word of it is left.

    A clause without a subject of its own says what the one it hangs on does.
    """
    words = _words(ground, verb, apart)
    if not words:
        return None
    grammar = ground.grammar
    passive = grammar.passive(verb)
    doer = grammar.oblique(verb, "by") if passive else grammar.subject(verb)
    who = _named(ground, had, doer) if doer is not None else None
    span = ground.span(words.start, words.stop - 1)
    return Statement(
        start=span.start,
        end=span.end,
        text=plain(ground, words),
        verb=lemmas[verb],
        who=who,
        about=tuple(sorted(done_to(ground, had, verb) - {who})),
        denied=is_denied(ground, verb),
    )


def affirmed(said: Statement) -> Statement:
    """The same without its denial: of "he could not open it without the key" what rests on the key is opening it."""
    text = _SHORT_NOT.sub(lambda found: _FULL.get(found[0].lower(), found[1]), said.text)
    return msgspec.structs.replace(said, text=" ".join(_NOT_WORD.sub("", text).split()), denied=False)


def say_noun(ground: Ground, had: Belongings, noun: int) -> Statement | None:
    """Somebody or something that is only named: "the key"."""
    words = ground.grammar.reach(noun)
    case = ground.grammar.under(noun, "case")
    first = max([words.start, *(at + 1 for kid in case for at in ground.grammar.reach(kid) if at < noun)])
    if ground.who.wording.quote[first] != ground.who.wording.quote[noun]:
        return None
    words = _in_quotation(ground, range(first, words.stop), noun)
    named = _named(ground, had, noun)
    span = ground.span(words.start, words.stop - 1)
    about = (named if named is not None else ground.who.wording.lower[noun],)
    return Statement(start=span.start, end=span.end, text=plain(ground, words), about=about)


def _named(ground: Ground, had: Belongings, word: int) -> str | None:
    person = ground.person(word)
    return person.id if person is not None else had.at.get(word)


def _words(ground: Ground, verb: int, apart: Collection[int]) -> range:
    """The words of a clause: from its first to its last, as far as no other clause comes between."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    own, waiting = {verb}, [verb]
    sentence = ground.who.wording.sentence
    while waiting:
        for kid in grammar.kids.get(waiting.pop(), ()):
            if kid in own or kid in apart or sentence[kid] != sentence[verb] or _stands_alone(ground, kid):
                continue
            own.add(kid)
            waiting.append(kid)
    first = last = verb
    others = [grammar.reach(one) for one in apart]
    cut = {at for words in others if verb not in words for at in words}
    while first - 1 >= min(own) and first - 1 not in cut:
        first -= 1
    while last + 1 <= max(own) and last + 1 not in cut:
        last += 1
    while first < verb and lower[first] in _OPENS:
        first += 1
    return _in_quotation(ground, range(first, last + 1), verb)


def _stands_alone(ground: Ground, word: int) -> bool:
    """Whether a word heads a clause that says something of its own: "…, and then he left"."""
    grammar = ground.grammar
    if grammar.relation[word] == "conj":
        return any(grammar.relation[kid].startswith("nsubj") for kid in grammar.kids.get(word, ()))
    return grammar.relation[word] in _OWN_CLAUSES


def _in_quotation(ground: Ground, words: range, at: int) -> range:
    """As many of the words as stand in the same quotation as one of them, or outside of all."""
    quote = ground.who.wording.quote
    first = last = at
    while first - 1 >= words.start and quote[first - 1] == quote[at]:
        first -= 1
    while last + 1 < words.stop and quote[last + 1] == quote[at]:
        last += 1
    return range(first, last + 1)


def whole(one: Span, other: Span) -> Span:
    """The place from the beginning of the first of two places to the end of the last."""
    return Span(start=min(one.start, other.start), end=max(one.end, other.end))
