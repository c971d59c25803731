"""What somebody says is so, and what the narration says that somebody saw, heard, read or understood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from fabula.layers.state.clauses import bounds, gist, is_call, is_empty, plain, root
from fabula.layers.state.custody import Belongings
from fabula.layers.state.facts.claim import NARRATED, SAID, Claim
from fabula.layers.state.ground import Ground, inflected, verbs
from fabula.story import Quote

__all__ = ["find_learnt", "find_said"]

_ASKING = frozenset("when how where why what who whom whose if which".split())
"""A clause that begins so asserts nothing by itself: "when Daniel married"."""
_SHORTEST = 2
"""A sentence of fewer words asserts nothing that can be told again."""
_LONG = 2
"""A sentence of so many words asserts something even if it is about nobody and no thing that matters."""
_NEXT = 30
"""An answer begins within so many words of its question."""
_NAMING = frozenset({"PROPN", "NUM"})
_TELLING = _NAMING | {"NOUN"}
"""An answer with none of these says yes or no, or nothing."""


class _Said(msgspec.Struct, frozen=True):
    """What somebody says at some words, as it stands alone, and the words it is made of."""

    words: range
    text: str
    made: Sequence[int]


_MANNERS = frozenset(
    "morning afternoon evening night day days god gods heaven heavens lord hell devil course moment minute second "
    "thanks pardon sake luck fool fools idiot welcome pity shame nonsense rubbish".split()
)
"""What is said for manners' sake, or in temper, tells nothing: "Good morning", "One moment", "Good God"."""


def find_said(ground: Ground, had: Belongings) -> Iterator[Claim]:
    """What somebody says of people or things as being so, and what he answers.

    A scrap that has no verb of its own ("Two quarts, since Friday.") is said with the sentence before it in the same
    speech; where there is none, by itself.
    """
    asked: range | None = None
    for quote, stretches in _speeches(ground):
        said: list[_Said] = []
        for words in stretches:
            question, asked = asked, None
            if _is_question(ground, words):
                asked = words
            elif _asserts(ground, words):
                said.append(_Said(words, plain(ground, words), _real(ground, words)))
            elif question is not None and _answers(ground, question, words, quote):
                text = f"{plain(ground, question)} {plain(ground, words)}"
                said.append(_Said(words, text, [*_real(ground, question), *_real(ground, words)]))
            elif _tells(ground, words):
                joins = bool(said) and said[-1].words.stop == words.start
                said[-1 if joins else len(said) :] = [_scrap(ground, words, said[-1] if joins else None)]
        for one in said:
            yield from _claim(ground, had, one, quote)


def _speeches(ground: Ground) -> Iterator[tuple[Quote, list[range]]]:
    """Every quotation of which it is known who speaks, in its sentences."""
    wording = ground.who.wording
    at, number, stretches = 0, -1, list[range]()
    while at < len(wording):
        words = bounds(ground, at)
        if wording.quote[at] != number:
            yield from _known(ground, stretches)
            number, stretches = wording.quote[at], []
        stretches.append(words)
        at = words.stop
    yield from _known(ground, stretches)


def _known(ground: Ground, stretches: list[range]) -> Iterator[tuple[Quote, list[range]]]:
    quote = ground.quote(stretches[0].start) if stretches and ground.is_spoken(stretches[0].start) else None
    if quote is not None and quote.mode in ("spoken", "written", "remembered") and quote.speaker is not None:
        yield quote, stretches


def _scrap(ground: Ground, words: range, before: _Said | None) -> _Said:
    text, made = plain(ground, words), _real(ground, words)
    if before is None:
        return _Said(words, text, made)
    end = "" if before.text.endswith((".", "!", "…")) else "."
    return _Said(range(before.words.start, words.stop), f"{before.text}{end} {text}", [*before.made, *made])


def _tells(ground: Ground, words: range) -> bool:
    """Whether words without a verb name something, and not only whoever is spoken to: "Between two and three"."""
    word_class, lower = ground.grammar.word_class, ground.who.wording.lower
    if any(word_class[word] in ("VERB", "AUX") for word in words):
        return False
    named = (word for word in words if word_class[word] in _TELLING and lower[word] not in _MANNERS)
    return any(not is_call(ground, word) for word in named)


def _claim(ground: Ground, had: Belongings, said: _Said, quote: Quote) -> Iterator[Claim]:
    about = dict.fromkeys(found.id for word in said.made if (found := ground.person(word)) is not None)
    about.update(dict.fromkeys(had.at[word] for word in said.made if word in had.at))
    head = root(ground, said.words)
    names = any(ground.grammar.word_class[word] in _NAMING for word in said.made)
    if head is None or (not about and not names and len(said.made) < _LONG):
        return
    sure = SAID * min(1.0, quote.confidence + 0.2)
    span = ground.span(said.words.start, said.words.stop - 1)
    made_of = gist(ground, said.made, had.at)
    yield Claim("said", head, said.text, tuple(about), None, made_of, round(sure, 3), span)


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
