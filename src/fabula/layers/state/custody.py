"""Who has what: who gives, takes, hides, loses or destroys a thing, and from which scene until which one has it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from fabula import lexicon
from fabula.layers.state.grammar import inflected, verbs
from fabula.layers.state.ground import Ground
from fabula.layers.state.things import Thing, Things, gather_things
from fabula.story import Custody, Object, Possession, Span

__all__ = ["Belongings", "Handing", "trace_custody"]

_ON_ONE = frozenset(
    "hand hands arm arms lap pocket pockets coat jacket shirt blouse belt bag purse handbag glove palm fist fists "
    "finger fingers neck head sleeve mouth back shoulder shoulders knee knees cloak breast bosom chest hat hair "
    "teeth waistcoat trousers apron satchel rucksack blazer collar wrist ear waist side grip possession keeping "
    "care".split()
)
"""What is in, on or about these of somebody's is with them."""
_KEPT_IN = frozenset(
    "pocket pockets coat jacket belt bag purse handbag sleeve cloak bosom waistcoat apron satchel rucksack blazer "
    "knapsack wallet pouch".split()
)
"""Whoever takes something out of these, where they are nobody else's, has had it."""
_AT = frozenset("in into on onto under round around at to between over inside from against across".split())
_SHOWN, _SAID, _CALLED = 0.75, 0.6, 0.4
"""The narration says it, somebody says it, and it is only called somebody's."""
_BEFORE = 0.7
"""How much of the confidence that one gives a thing is left for his having had it."""
_ASKED = 0.45
"""Who is asked for a thing has it, rather."""
_NAMELESS = frozenset({"thing", "item"})
"""What is never called anything else may be many things."""
_NONE = frozenset({"no", "any", "neither"})
_HAPPENS = frozenset({"give", "give-to", "take", "hide", "lose", "destroy"})
_STRONG = frozenset({"given", "taken", "hidden", "lost", "destroyed"})
_ENOUGH = 3
"""So many mentions in two scenes or more make a thing matter that nobody gives or takes."""


class Handing(msgspec.Struct, frozen=True):
    """From the word at `at` on, `holder` (None: nobody) has a thing.

    `over`: told as past by somebody; `giver`: who does it; `laid`: it was only put down somewhere.
    """

    thing: Thing
    at: int
    holder: str | None
    how: Custody
    sure: float
    over: bool
    evidence: Span
    giver: str | None = None
    laid: bool = False


class Belongings(msgspec.Struct, frozen=True):
    """The things that matter, who has them, and the words each of them is met at."""

    objects: tuple[Object, ...]
    possessions: tuple[Possession, ...]
    at: dict[int, str]


def trace_custody(ground: Ground) -> Belongings:
    """The things that matter and their custody in story order."""
    things = gather_things(ground)
    handings: dict[int, list[Handing]] = {}
    for handing in _handings(ground, things):
        handings.setdefault(id(handing.thing), []).append(handing)
    kept = [thing for thing in things.all if _matters(ground, thing, handings.get(id(thing), ()))]
    kept.sort(key=lambda thing: thing.words[0])
    objects: list[Object] = []
    held: list[Possession] = []
    at: dict[int, str] = {}
    for number, thing in enumerate(kept, 1):
        own = f"o{number}"
        objects.append(_object(ground, own, thing))
        held.extend(_possessions(ground, own, handings.get(id(thing), [])))
        at.update(dict.fromkeys(thing.words, own))
    return Belongings(tuple(objects), tuple(held), at)


def _matters(ground: Ground, thing: Thing, handings: Sequence[Handing]) -> bool:
    strong = sum(handing.how in _STRONG for handing in handings)
    listed = thing.noun in lexicon.words("things") or thing.noun.removesuffix("s") in lexicon.words("things")
    if set(thing.names) <= _NAMELESS:
        return False
    if not listed:
        return strong >= 2 and len(thing.words) >= _ENOUGH
    shown = any(handing.sure > _ASKED for handing in handings)
    return len(thing.words) >= 2 and (shown or (len(thing.words) >= _ENOUGH and bool(handings)))


def _object(ground: Ground, own: str, thing: Thing) -> Object:
    names = sorted(thing.names, key=lambda name: (-thing.names[name], name != thing.noun, name))
    spans = [ground.span(word) for word in thing.words]
    sure = min(0.9, 0.5 + 0.05 * len(spans))
    return Object(id=own, name=names[0], aliases=tuple(names[1:]), confidence=round(sure, 3), evidence=tuple(spans))


def _handings(ground: Ground, things: Things) -> Iterator[Handing]:
    met: set[tuple[int, int]] = set()
    kinds = lexicon.table("custody_verbs")
    for verb, bare in verbs(ground.grammar, inflected("custody_verbs")):
        for word in _handled(ground, verb, things):
            handing = _of_verb(ground, verb, kinds[bare][0], word, things)
            if handing is not None:
                met.add((verb, word))
                yield handing
    for word, thing in things.at.items():
        yield from _about_somebody(ground, word, thing)


def _handled(ground: Ground, verb: int, things: Things) -> list[int]:
    """The things a verb is done to."""
    grammar = ground.grammar
    words = grammar.under(verb, "nsubj:pass") if grammar.passive(verb) else grammar.under(verb, "obj")
    words = words + [kid for word in words for kid in grammar.under(word, "conj")]
    if not words and grammar.relation[verb] == "acl:relcl":
        words = [grammar.head[verb]]
    if not words and grammar.relation[verb] == "conj":
        words = [kid for kid in grammar.under(grammar.head[verb], "obj") if kid > verb or _shares(ground, verb)]
    return [word for word in words if word in things.at]


def _shares(ground: Ground, verb: int) -> bool:
    """Whether a second verb has no object of its own and stands right behind: "took and pocketed"."""
    return verb - ground.grammar.head[verb] <= 2


def _of_verb(ground: Ground, verb: int, kind: str, word: int, things: Things) -> Handing | None:
    if _is_request(ground, verb):
        return _of_request(ground, verb, kind, word, things)
    lower = ground.who.wording.lower
    if not ground.grammar.is_asserted(verb) or any(lower[kid] in _NONE for kid in ground.grammar.under(word, "det")):
        return None
    if ground.is_spoken(verb) and kind in _HAPPENS and _is_custom(ground, verb):
        return None
    who, how = _outcome(ground, verb, kind, word)
    if how is None:
        return None
    sure = (_SAID if ground.is_spoken(verb) else _SHOWN) * (0.9 if things.at[word].noun else 1.0)
    over = ground.is_spoken(verb) and ground.who.wording.lower[verb] not in ("have", "has", "'ve", "am", "is", "keep")
    doer = None if ground.grammar.passive(verb) else ground.person(ground.grammar.subject(verb))
    laid = kind == "put" and who is None
    giver = doer.id if doer is not None else None
    return Handing(things.at[word], verb, who, how, sure, over, ground.clause(verb), giver, laid)


def _is_custom(ground: Ground, verb: int) -> bool:
    """ "You buy it", "I lose things": the bare present tells what one does, not what was done."""
    lower = ground.who.wording.lower[verb]
    pasts = lexicon.table("irregular_verbs").get(lower, ("",))[0].split("/")
    return lower in lexicon.table("custody_verbs") and lower not in pasts and not ground.grammar.under(verb, "aux")


def _outcome(ground: Ground, verb: int, kind: str, word: int) -> tuple[str | None, Custody | None]:
    """Who has it now, and how that came; no how where the words do not tell."""
    grammar = ground.grammar
    by = grammar.oblique(verb, "by")
    doer = ground.person(by if grammar.passive(verb) else grammar.subject(verb))
    if kind in ("give", "give-to"):
        to = _receiver(ground, verb)
        if to is None and kind == "give-to" and doer is not None:  # brought, offered, and nobody is said to get it
            return doer.id, "has"
        return (to, "given") if to is not None else (None, None)
    if kind in ("put", "hide", "lose", "hold", "take"):
        on = _on_whom(ground, verb, doer.id if doer else None)
        if on is not None and kind in ("put", "hide", "lose"):
            return on, "has" if doer is not None and on == doer.id else "given"
    if kind in ("put", "lose") and doer is None and not grammar.passive(verb):
        return None, None
    if kind == "put" and (before := _before_whom(ground, verb)) is not None:
        return before, "given"
    if kind == "hide":
        return None, "hidden"
    if kind == "put":
        return None, "lost" if doer is not None and grammar.under(verb, "obl") else None
    if kind == "lose":
        return None, "lost"
    if kind == "destroy":
        return None, "destroyed"
    if doer is None:
        return None, None
    return doer.id, "taken" if kind == "take" and not _takes_out(ground, verb, doer.id) else "has"


def _takes_out(ground: Ground, verb: int, doer: str) -> bool:
    """Whether one takes a thing out of one's own pocket or bag: it was there before."""
    lower = ground.who.wording.lower
    for kid in ground.grammar.under(verb, "obl", "nmod"):
        if lower[kid] in _KEPT_IN and any(
            lower[case] in ("from", "out", "of") for case in ground.grammar.under(kid, "case")
        ):
            owner = ground.owner(kid)
            return owner is None or owner.id == doer
    return False


def _receiver(ground: Ground, verb: int) -> str | None:
    for kid in (*ground.grammar.under(verb, "iobj"), ground.grammar.oblique(verb, "to", "unto", "with")):
        found = ground.person(kid) or (ground.owner(kid) if kid is not None else None)
        if found is not None:
            return found.id
    if ground.grammar.passive(verb):  # "she was given the ring"
        found = ground.person(ground.grammar.subject(verb))
        return found.id if found else None
    return None


def _on_whom(ground: Ground, verb: int, doer: str | None) -> str | None:
    """Whose hand, pocket or lap it goes into."""
    lower = ground.who.wording.lower
    for kid in ground.grammar.under(verb, "obl", "nmod"):
        if not any(lower[case] in _AT for case in ground.grammar.under(kid, "case")):
            continue
        worn = ground.person(kid)
        if worn is not None and worn.id != doer:
            return worn.id
        if lower[kid] in _ON_ONE:
            owner = ground.owner(kid)
            return owner.id if owner is not None else doer
    return None


def _before_whom(ground: Ground, verb: int) -> str | None:
    """Before whom a thing is laid: "before the king", "in front of the Director"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    before = ground.person(grammar.oblique(verb, "before"))
    for kid in grammar.under(verb, "obl") if before is None else ():
        if lower[kid] == "front":
            before = next((found for of in grammar.under(kid, "nmod") if (found := ground.person(of))), None)
    return before.id if before is not None else None


def _is_request(ground: Ground, verb: int) -> bool:
    """ "Give me the key": said, bare, with nobody who does it."""
    grammar = ground.grammar
    return (
        ground.is_spoken(verb)
        and not any(grammar.relation[kid] in ("nsubj", "aux", "mark") for kid in grammar.kids.get(verb, ()))
        and grammar.relation[verb] in ("root", "ccomp", "conj", "parataxis")
        and ground.who.wording.lower[verb] in lexicon.table("custody_verbs")
    )


def _of_request(ground: Ground, verb: int, kind: str, word: int, things: Things) -> Handing | None:
    """Who is asked to give a thing has it."""
    quote = ground.quote(verb)
    if kind not in ("give", "give-to", "hide", "lose", "destroy", "put") or quote is None or not quote.addressees:
        return None
    return Handing(things.at[word], verb, quote.addressees[0], "has", _ASKED, False, ground.clause(verb))


def _about_somebody(ground: Ground, word: int, thing: Thing) -> Iterator[Handing]:
    """ "with a parcel on his knees", "the sword at her side", "her ring"."""
    lower, grammar, wording = ground.who.wording.lower, ground.grammar, ground.who.wording
    verb = grammar.head[word]
    if grammar.word_class[verb] == "VERB" and not grammar.is_asserted(verb):
        return
    for near in range(word + 1, min(word + 9, len(lower))):
        if wording.sentence[near] != wording.sentence[word] or lower[near] in (",", ";", "and", "but"):
            break
        if lower[near] in _ON_ONE and (owner := ground.owner(near)) is not None:
            cases = grammar.under(near, "case")
            if any(lower[case] in ("in", "on", "under", "round", "at", "between", "around") for case in cases):
                sure = _SAID if ground.is_spoken(word) else _SHOWN
                yield Handing(thing, word, owner.id, "has", sure, False, ground.clause(word))
                return
    owner = ground.owner(word)
    if owner is not None and not (set(lower[word - 4 : word]) & {"for", "like", "of"}):
        sure = _CALLED if word == thing.words[0] else _CALLED - 0.01
        yield Handing(thing, word, owner.id, "has", sure, False, ground.clause(word))


def _possessions(ground: Ground, own: str, handings: Sequence[Handing]) -> Iterator[Possession]:
    """The intervals, in story order: each lasts until the next begins. What is only called somebody's opens, at first
    mention, but takes nothing from who has it."""
    rows: list[tuple[Handing, str]] = []
    apart: list[tuple[Handing, str]] = []
    for handing, scene in _in_order(ground, handings):
        last = rows[-1][0] if rows else None
        if last is not None and handing.sure <= _CALLED:
            continue
        if last is not None and handing.over and last.holder != handing.holder and _is_over(ground, last, handing):
            apart.append((handing, scene))
        else:
            if last is None and handing.giver not in (None, handing.holder) and handing.how in _STRONG - {"taken"}:
                rows.append((_had_before(handing), scene))
            if last is not None or not handing.laid:
                rows.append((handing, scene))
    merged: list[list[tuple[Handing, str]]] = []
    for row in rows:
        if merged and merged[-1][-1][0].holder == row[0].holder:
            merged[-1].append(row)
        else:
            merged.append([row])
    for at, group in enumerate(merged):
        until = merged[at + 1][0][1] if at + 1 < len(merged) else None
        yield _possession(own, group, until)
    for handing, scene in apart:
        yield _possession(own, [(handing, scene)], scene)


def _had_before(handing: Handing) -> Handing:
    """Whoever gives, hides or puts down a thing had it."""
    sure = round(handing.sure * _BEFORE, 3)
    return msgspec.structs.replace(handing, holder=handing.giver, how="has", sure=sure, laid=False)


def _in_order(ground: Ground, handings: Sequence[Handing]) -> list[tuple[Handing, str]]:
    placed = [(handing, scene) for handing in handings if (scene := ground.scene(handing.at)) is not None]
    placed.sort(key=lambda row: (ground.ranks[row[1].id], row[0].at))
    return [(handing, scene.id) for handing, scene in placed]


def _is_over(ground: Ground, last: Handing, handing: Handing) -> bool:
    """Whether what is told as past is over: the one who has the thing now talks of it, or is talked to."""
    quote = ground.quote(handing.at)
    return quote is not None and last.holder is not None and last.holder in (quote.speaker, *quote.addressees)


def _possession(own: str, group: Sequence[tuple[Handing, str]], until: str | None) -> Possession:
    first, scene = group[0]
    return Possession(
        object=own,
        holder=first.holder,
        from_scene=scene,
        until_scene=until,
        how=first.how,
        confidence=round(max(handing.sure for handing, _ in group), 3),
        evidence=tuple(dict.fromkeys(handing.evidence for handing, _ in group[:4])),
    )
