"""What is asked for: "give me the key", said to somebody, shows that he has it."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from fabula import lexicon
from fabula.layers.state.custody.steps import ASKED, End, Handing, handing
from fabula.layers.state.custody.things import Things
from fabula.layers.state.ground import Ground

__all__ = ["is_request", "of_request"]

_FETCH = frozenset("bring fetch get buy find".split())


def is_request(ground: Ground, verb: int) -> bool:
    """ "Give me the key": said, bare, with nobody who does it."""
    grammar = ground.grammar
    return (
        ground.is_spoken(verb)
        and not any(
            grammar.relation[kid] in ("nsubj", "nsubj:pass", "aux", "mark") for kid in grammar.kids.get(verb, ())
        )
        and grammar.relation[verb] in ("root", "ccomp", "conj", "parataxis")
        and ground.who.wording.lower[verb] in lexicon.table("custody_verbs")
        and _is_first(ground, verb)
    )


def _is_first(ground: Ground, verb: int) -> bool:
    """A request stands by itself, or behind another: not "he came and put it there"."""
    head = ground.grammar.head[verb]
    return ground.grammar.relation[verb] != "conj" or ground.grammar.subject(head) is None


def of_request(ground: Ground, verb: int, kind: str, word: int, things: Things) -> Iterator[Handing]:
    """Who is asked to give a thing has it; who says "take it" has it himself."""
    quote = ground.quote(verb)
    if quote is None or ground.who.wording.lower[verb] in _FETCH:
        return
    holder = None
    if kind == "take":
        holder = quote.speaker if ground.who.wording.lower[word] != "it" else None
    elif kind in ("give", "sell", "throw", "lose", "destroy", "hide", "leave", "put", "give-to"):
        holder = quote.addressees[0] if quote.addressees else None
    if holder is not None:
        end = End(holder, "has", weak=True)
        found = handing(ground, word, verb, end, things.at[word], over=False)
        yield msgspec.structs.replace(found, sure=ASKED)
