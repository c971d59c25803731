"""Kin that titles tell: Mr. and Mrs. of one name, and whoever is called "Aunt" by somebody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from fabula import lexicon
from fabula.layers.state.ground import Meant, Who
from fabula.story import Character, Quote, Relation

__all__ = ["find_families"]

_KIN_TITLES = {
    "aunt": "aunt",
    "auntie": "aunt",
    "aunty": "aunt",
    "uncle": "uncle",
    "cousin": "cousin",
    "grandma": "grandmother",
    "granny": "grandmother",
    "grandmother": "grandmother",
    "grandpa": "grandfather",
    "grandfather": "grandfather",
}
_TOGETHER = 0.8
"""How sure "Mr. and Mrs. X" says that they are married; the names apart say it less: there are sons and brothers."""
_SAME_NAME = 0.4
_CALLED, _CALLED_PARENT = 0.45, 0.55
"""Children also call strangers "aunt"; "Papa" they call one."""
_HUSBANDS = frozenset({"mr.", "mr", "sir", "lord"})
_WIVES = frozenset({"mrs.", "mrs", "lady"})
_BY_BIRTH = frozenset({"lord", "lady"})
"""Before a first name they tell whose child somebody is: Lady Mary Wimsey is Lord Peter Wimsey's sister."""
_OPENS = frozenset({",", "“", '"', "‘", "'", "«", "—", "–"})
_CLOSES = frozenset({",", ".", "!", "?", "…", "”", '"', "’", "'", "»", "—"})


def find_families(who: Who) -> Iterator[Relation]:
    """Marriages that two titles with one family name suggest, and aunts, uncles and cousins by what they are called."""
    yield from _marriages(who)
    yield from _called(who)
    yield from _called_alone(who)


def _called_alone(who: Who) -> Iterator[Relation]:
    """ "Come here, Papa!" in somebody's mouth, where it is known who that is."""
    calls = lexicon.table("kin_calls")
    for at, word in enumerate(who.wording.lower):
        quote = who.speaker.get(who.wording.quote[at]) if word in calls else None
        meant = _called_here(who, at, quote) if quote else None
        if meant is None or meant.stop != at + 1 or quote is None or quote.speaker in (None, meant.id):
            continue
        names = (who.characters[meant.id].name, *who.characters[meant.id].aliases)
        if any(len(name.split()) > 1 and name.lower().startswith(word + " ") for name in names):
            continue  # "Mother Brown" is called so by all
        before = who.wording.lower[at - 1] if at else ""
        if quote.mode == "spoken" and quote.speaker and before not in ("your", "his", "her", "their", "'s", "the", "a"):
            span, sure = who.span(at, at + 1), round(_CALLED_PARENT * min(1.0, quote.confidence + 0.3), 3)
            yield Relation(a=meant.id, b=quote.speaker, kind=calls[word][0], confidence=sure, evidence=(span,))


def _called_here(who: Who, at: int, quote: Quote) -> Meant | None:
    """Who is called by the word: whom it is known to mean, else whom it is said to, if set off by stops."""
    lower = who.wording.lower
    meant = who.starting.get(at)
    if meant is not None or len(quote.addressees) != 1 or not 0 < at < len(lower) - 1:
        return meant
    called = quote.addressees[0]
    fits = who.gender[called] in ("", lexicon.table("kin")[lexicon.table("kin_calls")[lower[at]][0]][0])
    set_off = lower[at - 1] in _OPENS and lower[at + 1] in _CLOSES
    capital = who.wording.forms[at][0].isupper()  # "mother", small, is said to any old woman
    return Meant(called, at, at + 1, _CALLED) if fits and set_off and capital else None


def _marriages(who: Who) -> Iterator[Relation]:
    husbands, wives = defaultdict(list), defaultdict(list)
    for character in who.characters.values():
        for title, family in _titled(character):
            if title in _HUSBANDS:
                husbands[family].append(character)
            elif title in _WIVES:
                wives[family].append(character)
    for family, women in wives.items():
        men = {man.id: man for man in husbands.get(family, ())}
        if len(men) != 1 or len({woman.id for woman in women}) != 1:
            continue
        wife, man = women[0], next(iter(men.values()))
        if wife.id != man.id:
            yield _marriage(who, wife, man, family)


def _titled(character: Character) -> set[tuple[str, str]]:
    """The titles somebody bears, each with the family name: ("mrs.", "bennet")."""
    names = [name.lower().split() for name in (character.name, *character.aliases)]
    return {
        (words[0], words[-1])
        for words in names
        if (len(words) == 2 or (len(words) > 2 and words[0] not in _BY_BIRTH)) and words[0] in _HUSBANDS | _WIVES
    }


def _marriage(who: Who, wife: Character, man: Character, family: str) -> Relation:
    lower = who.wording.lower
    for meant in who.named:
        if meant.id == wife.id and lower[meant.first - 1 : meant.first] == ["and"] and lower[meant.stop - 1] == family:
            first = meant.first - 2
            if lower[first : first + 1] and lower[first] in _HUSBANDS:
                span = who.span(first, meant.stop)
                return Relation(a=wife.id, b=man.id, kind="wife", confidence=_TOGETHER, evidence=(span,))
    evidence = (*wife.evidence[:1], *man.evidence[:1])
    return Relation(a=wife.id, b=man.id, kind="wife", confidence=_SAME_NAME, evidence=evidence)


def _called(who: Who) -> Iterator[Relation]:
    """ "Aunt Em!" in somebody's mouth: she is that speaker's aunt."""
    for meant in who.named:
        kind = _KIN_TITLES.get(who.wording.lower[meant.first])
        quote = who.speaker.get(who.wording.quote[meant.first])
        if kind is None or quote is None or quote.speaker in (None, meant.id) or meant.stop - meant.first < 2:
            continue
        if quote.mode == "spoken" and quote.speaker is not None and not _owned(who, meant):
            span = who.span(meant.first, meant.stop)
            yield Relation(a=meant.id, b=quote.speaker, kind=kind, confidence=_CALLED, evidence=(span,))


def _owned(who: Who, meant: Meant) -> bool:
    """Whether somebody else's aunt is spoken of: "your Aunt Em"."""
    before = who.wording.lower[meant.first - 1] if meant.first else ""
    return before in ("your", "his", "her", "their", "'s") or before in lexicon.words("function_words") - {
        "and",
        "but",
        "oh",
    }
