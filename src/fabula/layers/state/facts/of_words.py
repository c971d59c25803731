"""What somebody says is so, and what the narration says that somebody saw, heard, read or understood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fabula.layers.state.clauses import bounds, gist, is_empty, plain, root
from fabula.layers.state.custody import Belongings
from fabula.layers.state.facts.claim import NARRATED, SAID, Claim
from fabula.layers.state.ground import Ground, inflected, verbs
from fabula.story import Quote

__all__ = ["find_learnt", "find_said"]

_ASKING = frozenset("when how where why what who whom whose if which".split())
"""A clause that begins so asserts nothing by itself: "when Daniel married"."""
_SHORTEST = 3
"""A sentence of fewer words asserts nothing that can be told again."""
_LONG = 5
"""A sentence of so many words asserts something even if it is about nobody and no thing that matters."""
_NEXT = 30
"""An answer begins within so many words of its question."""
_TELLING = frozenset({"NOUN", "PROPN", "NUM"})
"""An answer with none of these says yes or no, or nothing."""


def find_said(ground: Ground, had: Belongings) -> Iterator[Claim]:
    """What somebody says of people or things as being so, and what he answers."""
    wording = ground.who.wording
    at, asked = 0, None
    while at < len(wording):
        words = bounds(ground, at)
        at = words.stop
        quote = ground.quote(words.start) if wording.quote[words.start] != -1 else None
        if quote is None or quote.mode not in ("spoken", "written", "remembered") or quote.speaker is None:
            continue
        question, asked = asked, None
        if _is_question(ground, words):
            asked = words
        elif _asserts(ground, words):
            yield from _claim(ground, had, words, plain(ground, words), _real(ground, words), quote)
        elif question is not None and _answers(ground, question, words, quote):
            text = f"{plain(ground, question)} {plain(ground, words)}"
            yield from _claim(ground, had, words, text, [*_real(ground, question), *_real(ground, words)], quote)


def _claim(
    ground: Ground, had: Belongings, words: range, text: str, made: Sequence[int], quote: Quote
) -> Iterator[Claim]:
    """What is said at some words, made of these and of what they answer."""
    about = dict.fromkeys(found.id for word in made if (found := ground.person(word)) is not None)
    about.update(dict.fromkeys(had.at[word] for word in made if word in had.at))
    head = root(ground, words)
    if head is None or (not about and len(made) < _LONG):
        return
    sure = SAID * min(1.0, quote.confidence + 0.2)
    span = ground.span(words.start, words.stop - 1)
    yield Claim("said", head, text, tuple(about), None, gist(ground, made, had.at), round(sure, 3), span)


def _real(ground: Ground, words: range) -> list[int]:
    return [word for word in words if ground.who.wording.forms[word][0].isalnum()]


def _is_question(ground: Ground, words: range) -> bool:
    return any("?" in mark for mark in ground.who.wording.forms[max(words.start, words.stop - 2) : words.stop])


def _asserts(ground: Ground, words: range) -> bool:
    """Whether the words say something of somebody or something, and say it in full."""
    head = root(ground, words)
    if head is None or len(_real(ground, words)) < _SHORTEST or is_empty(ground, head):
        return False
    return ground.grammar.subject(head) is not None or _has_subject(ground, words)


def _answers(ground: Ground, question: range, words: range, quote: Quote) -> bool:
    """Whether words that assert nothing by themselves answer what another has asked right before: "How much is in
    here?" – "One breath, madam."."""
    wording, grammar = ground.who.wording, ground.grammar
    asker = ground.quote(question.start)
    if asker is None or asker.speaker in (None, quote.speaker) or words.start - question.stop > _NEXT:
        return False
    if len(_real(ground, question)) < _SHORTEST or _ASKING.isdisjoint(wording.lower[question.start : question.stop]):
        return False
    return any(grammar.word_class[word] in _TELLING for word in words)


def _has_subject(ground: Ground, words: range) -> bool:
    """Whether somewhere in the stretch something is said of something: "Bought or stolen, it's a lump of salt", "Tell
    her it's hers"."""
    return any(ground.grammar.relation[word].startswith("nsubj") for word in words)


def find_learnt(ground: Ground, had: Belongings) -> Iterator[Claim]:
    """What the narration says that somebody saw, heard, read, told or understood: "he knew that she had gone"."""
    wording, grammar = ground.who.wording, ground.grammar
    for verb, _ in verbs(grammar, inflected("knowing_verbs")):
        if ground.is_spoken(verb) or not grammar.is_asserted(verb):
            continue
        for inner in grammar.under(verb, "ccomp"):
            if ground.is_spoken(inner) or wording.sentence[inner] != wording.sentence[verb]:
                continue
            words = grammar.reach(inner)
            real = [word for word in words if wording.forms[word][0].isalnum()]
            about = dict.fromkeys(found.id for word in real if (found := ground.person(word)) is not None)
            about.update(dict.fromkeys(had.at[word] for word in real if word in had.at))
            if len(real) < _SHORTEST - 1 or not about:
                continue
            words_of = ground.span(words.start, words.stop - 1)
            made_of = gist(ground, real, had.at)
            whole = bounds(ground, inner) if wording.lower[words.start] in _ASKING else words
            text = plain(ground, whole)
            yield Claim("said", inner, text, tuple(about), None, made_of, NARRATED - 0.1, words_of)
