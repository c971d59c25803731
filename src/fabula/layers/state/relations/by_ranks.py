"""Who commands whom, by the ranks people bear when they speak to each other: "Don't be kind, Sergeant.\""""

from __future__ import annotations

from collections.abc import Iterator

from fabula import lexicon
from fabula.layers.state.ground import Ground
from fabula.story import Relation, Span

__all__ = ["find_offices"]

_SPOKEN, _OVER_HIS = 0.5, 0.5
_OFTEN = 2
"""A colonel and a captain who exchange one word may have met at a dinner."""
_CHIEFS = frozenset({"chief", "boss", "skipper", "guv", "guvnor", "guv'nor", "sarge"})
"""Whoever is called so commands the one who says it, even where no rank of theirs is known."""
_OPENS = frozenset({",", "“", '"', "‘", "«", "—", "–"})
_CLOSES = frozenset({",", ".", "!", "?", "…", "”", '"', "’", "»", "—", ";"})


def find_offices(ground: Ground) -> Iterator[Relation]:
    """Relations of command that the ranks in names and in what people are called tell."""
    ranks = _ranks(ground)
    spoken: dict[tuple[str, str], list[Span]] = {}
    for quote in ground.who.speaker.values():
        if quote.mode != "spoken" or quote.speaker is None or len(quote.addressees) != 1:
            continue
        one, other = quote.speaker, quote.addressees[0]
        if one in ranks and other in ranks and ranks[one] != ranks[other]:
            pair = (one, other) if ranks[one] > ranks[other] else (other, one)
            spoken.setdefault(pair, []).append(Span(quote.start, quote.end))
    for (high, low), spans in spoken.items():
        if len(spans) >= _OFTEN:
            yield from (_boss(high, low, span) for span in spans[:_OFTEN])
    yield from _called(ground, ranks)
    yield from _in_service(ground)


def _in_service(ground: Ground) -> Iterator[Relation]:
    """ "Hugh, the master of his horse": whoever has an office over what is his serves him."""
    who, grammar = ground.who, ground.grammar
    offices, lower = lexicon.table("office_nouns"), who.wording.lower
    for at, word in enumerate(lower):
        if word not in offices or lower[at + 1 : at + 2] != ["of"] or lower[at + 2 : at + 3] not in (["his"], ["her"]):
            continue
        owner = who.owner(at + 2)
        one = ground.person(grammar.head[at]) if grammar.relation[at] == "appos" else ground.person(at)
        if owner is not None and one is not None and one.id != owner.id:
            sure = round(_OVER_HIS * min(1.0, owner.confidence + 0.3), 3)
            yield Relation(a=one.id, b=owner.id, kind="servant", confidence=sure, evidence=(who.span(at, at + 3),))


def _boss(high: str, low: str, span: Span) -> Relation:
    return Relation(a=high, b=low, kind="boss", confidence=_SPOKEN, evidence=(span,))


def _ranks(ground: Ground) -> dict[str, int]:
    """The highest rank each person bears before a name, or is named by."""
    table = lexicon.table("ranks")
    found: dict[str, int] = {}
    for character in ground.who.characters.values():
        steps = [int(table[word][0]) for name in (character.name, *character.aliases) for word in _words(name, table)]
        if steps:
            found[character.id] = max(steps)
    return found


def _words(name: str, table: dict[str, tuple[str, ...]]) -> list[str]:
    first, *_ = name.lower().removeprefix("the ").split() or [""]
    return [first] if first in table else []


def _called(ground: Ground, ranks: dict[str, int]) -> Iterator[Relation]:
    """ "It is done, Major.\""""
    who = ground.who
    lower = who.wording.lower
    for at, word in enumerate(lower):
        if word not in _CHIEFS or not 0 < at < len(lower) - 1 or not ground.is_spoken(at):
            continue
        quote = ground.quote(at)
        if lower[at - 1] not in _OPENS or lower[at + 1] not in _CLOSES or quote is None or quote.mode != "spoken":
            continue
        meant = who.starting.get(at)
        called = meant.id if meant else quote.addressees[0] if len(quote.addressees) == 1 else None
        if called is None or quote.speaker in (None, called) or quote.speaker is None:
            continue
        if ranks.get(quote.speaker, 0) <= ranks.get(called, 9):
            yield _boss(called, quote.speaker, who.span(at, at + 1))
