"""The words that tell of one thing passing, or lying, in somebody's hands: given, taken, put, lost, carried about."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from fabula import lexicon
from fabula.layers.state.custody.asked_for import is_request, of_request
from fabula.layers.state.custody.by_any_verb import of_any_verb
from fabula.layers.state.custody.carried import find_carried
from fabula.layers.state.custody.receivers import (
    TO,
    before_whom,
    doer_of,
    from_whom,
    indirect,
    on_whom,
    receiver,
    takes_out,
    whom,
)
from fabula.layers.state.custody.steps import CALLED, End, Handing, handing
from fabula.layers.state.custody.things import Things, lies_about
from fabula.layers.state.ground import Ground, inflected, verbs

__all__ = ["find_handings"]

_UNDER = frozenset("under beneath underneath behind".split())
_ASIDE = 0.6
"""How sure a clause that only says which thing is meant tells who has it then: "the letter that she gave him"."""
_PERHAPS = frozenset("possibly perhaps maybe probably nearly almost".split())
_NOBODY = frozenset({"nobody", "none", "neither", "nothing"})
_NONE = frozenset({"no", "any", "neither"})
_HAPPENS = frozenset({"give", "give-to", "sell", "take", "hide", "leave", "throw", "lose", "destroy"})
_STAYS = frozenset("have has 've am is keep".split())
_SAY = frozenset("say says said claim claims claimed tell tells told swear swears swore hear heard".split())


def find_handings(ground: Ground, things: Things) -> Iterator[Handing]:
    """Everything the words say of who has one of the things, in no order."""
    kinds = lexicon.table("custody_verbs")
    for verb, bare in verbs(ground.grammar, inflected("custody_verbs")):
        for word in _handled(ground, verb, kinds[bare][0], things):
            yield from _of_verb(ground, verb, kinds[bare][0], word, things)
    motions = lexicon.table("thing_motions")
    for verb, bare in verbs(ground.grammar, inflected("thing_motions")):
        moved = ground.grammar.subject(verb)
        if moved is not None and moved in things.at and not ground.grammar.passive(verb):
            yield from _of_motion(ground, verb, motions[bare][0], moved, things)
    for word, thing in things.at.items():
        yield from find_carried(ground, word, thing)
        yield from of_any_verb(ground, word, thing)


def _handled(ground: Ground, verb: int, kind: str, things: Things) -> list[int]:
    """The things a verb is done to."""
    grammar = ground.grammar
    if kind in ("with", "of"):
        of = (grammar.oblique(kid, kind) for kid in (verb, *grammar.under(verb, "obj")))
        return [thing for thing in of if thing is not None and thing in things.at]
    gift = grammar.oblique(verb, "with") if _is_presented(ground, verb, kind) else None
    if gift is not None:
        return [gift] if gift in things.at else []
    words = grammar.under(verb, "nsubj:pass") if grammar.passive(verb) else grammar.under(verb, "obj")
    words = [grammar.head[verb] if _is_relative(ground, word, verb) else word for word in words]
    words = words + [kid for word in words for kid in grammar.under(word, "conj")]
    if grammar.passive(verb) and not any(word in things.at for word in words):
        words = grammar.under(verb, "obj")  # "she was given the ring"
    if not words and not grammar.passive(verb):
        words = grammar.under(verb, "iobj")  # "I gave it him"
    if not words and grammar.relation[verb] == "acl:relcl":
        words = [grammar.head[verb]]
    if not words and grammar.relation[verb] == "conj":
        words = [kid for kid in grammar.under(grammar.head[verb], "obj") if kid > verb or _shares(ground, verb)]
    return [word for word in words if word in things.at]


def _is_presented(ground: Ground, verb: int, kind: str) -> bool:
    """ "Presented him with a sword", "paid the porter with a coin"."""
    grammar = ground.grammar
    given_to = (*grammar.under(verb, "obj", "iobj"), *([grammar.subject(verb)] if grammar.passive(verb) else ()))
    nobody = [kid for kid in grammar.under(verb, "obj") if ground.person(kid) is None]  # "gave him the book with a bow"
    return kind in ("give", "give-to") and not nobody and any(ground.person(kid) is not None for kid in given_to)


def _is_relative(ground: Ground, word: int, verb: int) -> bool:
    """ "The ring that he gave her": the noun before is meant."""
    relative = ground.who.wording.lower[word] in ("that", "which", "whatever")
    return relative and ground.grammar.relation[verb] in ("acl:relcl", "acl")


def _shares(ground: Ground, verb: int) -> bool:
    """Whether a second verb has no object of its own and stands right behind: "took and pocketed"."""
    return verb - ground.grammar.head[verb] <= 2


def _of_verb(ground: Ground, verb: int, kind: str, word: int, things: Things) -> Iterator[Handing]:
    if is_request(ground, verb):
        yield from of_request(ground, verb, kind, word, things)
        return
    lower = ground.who.wording.lower
    if not (ground.grammar.is_asserted(verb) or _is_concluded(ground, verb)) or any(
        lower[kid] in _NONE for kid in ground.grammar.under(word, "det")
    ):
        return
    if _is_nobody(ground, verb) or any(lower[kid] in _PERHAPS for kid in ground.grammar.under(verb, "advmod")):
        return
    if ground.is_spoken(verb) and ((kind in _HAPPENS and _is_custom(ground, verb)) or _is_hearsay(ground, verb)):
        return
    end = _outcome(ground, verb, kind, word)
    if end is not None:
        over = lower[verb] not in _STAYS and not _has_got(ground, verb)
        found = handing(ground, word, verb, end, things.at[word], over=over)
        aside = word < verb and ground.grammar.relation[verb] in ("acl:relcl", "acl")
        yield msgspec.structs.replace(found, sure=min(found.sure, _ASIDE)) if aside else found


def _is_nobody(ground: Ground, verb: int) -> bool:
    """ "No one had ever given her a ring"."""
    subject, lower = ground.grammar.subject(verb), ground.who.wording.lower
    if subject is None:
        return False
    return lower[subject] in _NOBODY or any(lower[kid] in _NONE for kid in ground.grammar.under(subject, "det"))


def _is_concluded(ground: Ground, verb: int) -> bool:
    """ "He must have dropped it in the cab"."""
    helpers = [ground.who.wording.lower[kid] for kid in ground.grammar.under(verb, "aux")]
    return helpers == ["must", "have"]


def _is_custom(ground: Ground, verb: int) -> bool:
    """ "You buy it", "I lose things": the bare present tells what one does, not what was done."""
    lower = ground.who.wording.lower[verb]
    bare = inflected("custody_verbs")[lower]
    pasts = lexicon.table("irregular_verbs").get(bare, ("",))[0].split("/")
    present = lower == bare or lower.endswith("s")
    return present and lower not in pasts and not ground.grammar.under(verb, "aux")


def _is_hearsay(ground: Ground, verb: int) -> bool:
    """ "You said a dog took it" does not say that a dog did."""
    head, wording = ground.grammar.head[verb], ground.who.wording
    said = ground.grammar.relation[verb] == "ccomp" and wording.lower[head] in _SAY
    return said and wording.quote[head] == wording.quote[verb]


def _has_got(ground: Ground, verb: int) -> bool:
    """ "You've still got it" is no getting."""
    lower = ground.who.wording.lower
    helped = any(lower[kid] in ("have", "has", "'ve", "'s") for kid in ground.grammar.under(verb, "aux"))
    return lower[verb] == "got" and (helped or lower[verb - 1] in ("'ve", "have", "has") or "'ve" in lower[verb - 2])


def _outcome(ground: Ground, verb: int, kind: str, word: int) -> End | None:
    """Who has it now, and how that came; None where the words do not tell."""
    grammar = ground.grammar
    passive = grammar.passive(verb)
    found = whom(ground, grammar.oblique(verb, "by")) if passive else doer_of(ground, verb)
    doer = found.id if found is not None else None
    if kind == "with" or (_is_presented(ground, verb, kind) and grammar.oblique(verb, "with") == word):
        to = whom(ground, grammar.subject(verb) if passive else next(iter(grammar.under(verb, "obj", "iobj")), None))
        return End(to.id, "given", doer) if to is not None else None
    if kind == "of":
        of = whom(ground, grammar.subject(verb) if passive else next(iter(grammar.under(verb, "obj")), None))
        return End(doer, "taken", of.id if of is not None else None) if doer is not None else None
    if kind == "give" and _into_fire(ground, verb):
        return End(None, "destroyed", doer)
    if kind in ("give", "give-to", "sell", "throw", "leave"):
        return _passed_on(ground, verb, kind, doer, passive=passive)
    if kind == "put" and _into_fire(ground, verb):
        return End(None, "destroyed", doer)
    on = on_whom(ground, verb, doer) if kind in ("put", "hide", "lose") else None
    if on is not None:
        return End(on, "has" if doer is not None and on == doer else "given", doer)
    particles = {ground.who.wording.lower[kid] for kid in grammar.under(verb, "compound:prt")}
    got = _brought(ground, verb, doer) if kind in ("put", "take") else None
    if got is not None:
        return End(got, "given", doer)
    if kind == "put":
        return _put(ground, verb, doer)
    if kind == "hide":
        return End(None, "hidden", doer)
    if kind == "lose":
        return End(None, "lost", doer, ends=doer is None) if doer is not None or passive else None
    if kind == "destroy":
        return End(None, "destroyed", doer)
    if doer is None:
        if kind == "take" and _is_force(ground, verb):
            return End(None, "lost")
        robbed = from_whom(ground, verb, "") if kind == "take" and passive else None
        if robbed is not None:
            return End(None, "taken", robbed)
        return End(None, "taken", ends=True) if kind == "take" and _is_somebody(ground, verb) else None
    if kind == "take" and not _has_got(ground, verb) and "off" not in particles and not takes_out(ground, verb, doer):
        return End(doer, "taken", from_whom(ground, verb, doer))
    return End(doer, "has", weak=kind == "use")


def _into_fire(ground: Ground, verb: int) -> bool:
    """ "Fed them to the stove", not "put the kettle on the fire"."""
    lower, grammar = ground.who.wording.lower, ground.grammar
    fires = (kid for kid in grammar.under(verb, "obl", "nmod") if lies_about(lower[kid]) == "fire")
    into = (case for kid in fires for case in grammar.under(kid, "case") if lower[case] in ("in", "into", "to"))
    return any(lower[case - 1] != "not" for case in into)


def _brought(ground: Ground, verb: int, doer: str | None) -> str | None:
    """For whom somebody gets a thing or pushes it over: "slid him the note", "bought her a ring"."""
    for kid in indirect(ground, verb):
        found = whom(ground, kid, doer=doer)
        if found is not None and found.id != doer:
            return found.id
    return None


def _passed_on(ground: Ground, verb: int, kind: str, doer: str | None, *, passive: bool) -> End | None:
    to = receiver(ground, verb, doer, kind)
    if to is not None:
        return End(to, "given", doer if doer != to else None)
    on = on_whom(ground, verb, doer)
    if on is not None:
        return End(on, "has" if on == doer else "given", doer)
    if kind == "give-to":  # brought, paid, and nobody is said to get it
        if any(ground.who.wording.lower[kid] == "down" for kid in ground.grammar.under(verb, "compound:prt", "advmod")):
            return None  # what is written down is no thing one has
        return End(doer, "has") if doer is not None else None
    if kind == "give" and any(
        ground.who.wording.lower[kid] == "on" for kid in ground.grammar.under(verb, "compound:prt")
    ):
        return End(doer, "has") if doer is not None else None  # "slipped it on"
    if kind in ("give", "sell"):  # sold, posted, given to a boy: nobody who is named gets it
        away = kind == "sell" or _goes_away(ground, verb)
        return End(None, "given", doer, ends=True) if away and (doer is not None or passive) else None
    lower = ground.who.wording.lower
    if kind == "throw" and any(lies_about(lower[kid]) == "fire" for kid in ground.grammar.under(verb, "obl", "nmod")):
        return End(None, "destroyed", doer)
    if any(lower[kid] == "on" for kid in ground.grammar.under(verb, "compound:prt")):
        return End(doer, "has") if doer is not None else None
    if kind == "leave" and _is_with_somebody(ground, verb):
        return End(None, "given", doer) if doer is not None else None
    if kind == "leave" and "behind" not in {lower[kid] for kid in ground.grammar.kids.get(verb, ())}:
        return End(doer, "has", weak=True) if doer is not None and ground.grammar.under(verb, "obl", "nmod") else None
    return End(None, "lost", doer, ends=True) if doer is not None else None


def _is_somebody(ground: Ground, verb: int) -> bool:
    """Whether somebody does it whom the text does not name: "a thief stole it"."""
    subject = ground.grammar.subject(verb)
    nouns = lexicon.table("person_nouns")
    return subject is not None and not ground.grammar.passive(verb) and ground.who.wording.lower[subject] in nouns


def _is_force(ground: Ground, verb: int) -> bool:
    """Whether the wind or the river takes it."""
    subject = ground.grammar.subject(verb)
    return subject is not None and lies_about(ground.who.wording.lower[subject]) == "force"


def _goes_away(ground: Ground, verb: int) -> bool:
    """Whether a giver gives to somebody, whoever that is: "to the boy", "away"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    away = {lower[kid] for kid in grammar.under(verb, "compound:prt", "advmod")} & {"away"}
    return bool(away or indirect(ground, verb)) or grammar.oblique(verb, *TO) is not None


def _is_with_somebody(ground: Ground, verb: int) -> bool:
    """Whether it is left with or to somebody who is nobody one knows: "with a man as security"."""
    grammar, nouns = ground.grammar, lexicon.table("person_nouns")
    whom_to = grammar.oblique(verb, "with", *TO)
    return whom_to is not None and ground.who.wording.lower[whom_to] in nouns


def _put(ground: Ground, verb: int, doer: str | None) -> End | None:
    """What somebody lays down is with him until another takes it or he leaves it behind."""
    before = before_whom(ground, verb)
    if before is not None:
        return End(before, "given", doer)
    grammar, lower = ground.grammar, ground.who.wording.lower
    under = any(lower[kid] in _UNDER for at in grammar.under(verb, "obl") for kid in grammar.under(at, "case"))
    if under and grammar.oblique(verb, *TO) is None:  # "slid it under the glass to her"
        return End(None, "hidden", doer) if doer is not None else None
    placed = grammar.under(verb, "obl", "nmod") or {lower[kid] for kid in grammar.kids.get(verb, ())} & {"on", "away"}
    return End(doer, "has", weak=not placed) if doer is not None else None


def _of_motion(ground: Ground, verb: int, kind: str, word: int, things: Things) -> Iterator[Handing]:
    """ "The ring came to her", "the cup slipped from his hands", "it burned"."""
    if not ground.grammar.is_asserted(verb):
        return
    thing = things.at[word]
    giver = from_whom(ground, verb, "")
    on = on_whom(ground, verb, None)
    to = whom(ground, ground.grammar.oblique(verb, *TO))
    end: End | None = None
    if kind == "belong":
        if to is not None:
            found = handing(ground, word, verb, End(to.id, "has"), thing, over=False)
            yield msgspec.structs.replace(found, sure=CALLED)
        return
    if kind == "break":
        end = End(None, "destroyed", giver)
    elif on is not None and on != giver:
        end = End(on, "given", giver)
    elif kind == "come" and to is not None:
        end = End(to.id, "given", giver)
    elif kind == "come" and giver is None:
        return
    elif giver is not None or kind == "vanish" or ground.grammar.under(verb, "obl", "compound:prt"):
        end = End(None, "lost", giver, ends=giver is None)
    if end is not None:
        yield handing(ground, word, verb, end, thing)
