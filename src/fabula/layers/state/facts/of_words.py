"""What somebody says is so, and what the narration says that somebody saw, heard, read or understood."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.layers.state.clauses import bounds, gist, is_empty, plain, root
from fabula.layers.state.custody import Belongings
from fabula.layers.state.facts.claim import NARRATED, SAID, Claim
from fabula.layers.state.ground import Ground, inflected, verbs

__all__ = ["find_learnt", "find_said"]

_ASKING = frozenset("when how where why what who whom whose if which".split())
"""A clause that begins so asserts nothing by itself: "when Daniel married"."""
_SHORTEST = 3
"""A sentence of fewer words asserts nothing that can be told again."""


def find_said(ground: Ground, had: Belongings) -> Iterator[Claim]:
    """What somebody says of people or things as being so."""
    wording, grammar = ground.who.wording, ground.grammar
    at = 0
    while at < len(wording):
        words = bounds(ground, at)
        at = words.stop
        if wording.quote[words.start] == -1:
            continue
        quote = ground.quote(words.start)
        if quote is None or quote.mode not in ("spoken", "written", "remembered") or quote.speaker is None:
            continue
        head = root(ground, words)
        if (
            head is None
            or "?" in wording.forms[words.stop - 1]
            or "?" in wording.forms[max(words.start, words.stop - 2)]
        ):
            continue
        real = [word for word in words if wording.forms[word][0].isalnum()]
        if (
            len(real) < _SHORTEST
            or is_empty(ground, head)
            or not (grammar.subject(head) is not None or _has_subject(ground, words))
        ):
            continue
        about = dict.fromkeys(found.id for word in real if (found := ground.person(word)) is not None)
        about.update(dict.fromkeys(had.at[word] for word in real if word in had.at))
        if not about and len(real) < 5:
            continue
        made_of = gist(ground, real, had.at)
        sure = SAID * min(1.0, quote.confidence + 0.2)
        span = ground.span(words.start, words.stop - 1)
        yield Claim("said", head, plain(ground, words), tuple(about), None, made_of, round(sure, 3), span)


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
