"""Deaths told by what is done for the dead: God rest her, he lies in the churchyard, we lost him that winter."""

from __future__ import annotations

from collections.abc import Iterator

from fabula import lexicon
from fabula.layers.state.deaths.told import Told, together
from fabula.layers.state.ground import Ground, Meant
from fabula.lexicon.counting import MONTHS

__all__ = ["find_farewells"]

_WATCHING = frozenset("saw see seen watched watch watching heard let felt".split())
_ASKING = frozenset("how when where why".split())
_AS = frozenset("spy traitor deserter mutineer coward rebel hostage looter".split())
_LIMBS = frozenset("leg foot shoulder flank ear tail rump".split())
_HIT_IN = frozenset((*_LIMBS, *"arm arms legs hand knee thigh neck back side chest stomach glance look looks".split()))
_SHOOTERS = frozenset("they soldiers police germans guards".split())
_GLANCES = frozenset("a an down up back out".split())
"""Behind "shot him": a glance, down."""
_RESTING = frozenset("coffin churchyard graveyard grave tomb vault cemetery mausoleum casket".split())
_LYING = frozenset("lies lie lay lying lain laid rests slept sleeps buried".split())
_IN_TIME = frozenset((*MONTHS, *"spring summer autumn winter fall war blitz childbirth year".split()))
_ILLS = frozenset("cancer fever cholera typhoid plague consumption pneumonia drink influenza leukaemia sea".split())
_RESTS = frozenset({"him", "her", "them", "his", "their"})
_WATCHED, _ASKED, _EXECUTED, _LOST, _BLESSED, _BURIED, _NO_MORE, _LIVED, _PUT_DOWN, _SURVIVED, _EYES, _WOULD_BE = (
    0.9, 0.9, 0.7, 0.6, 0.85, 0.7, 0.85, 0.6, 0.6, 0.85, 0.6, 0.6,
)  # fmt: skip
_SHOT_BY_MANY, _REMEMBERED = 0.6, 0.9
"""How sure each way of saying it is, by reading what it found in novels."""


def find_farewells(ground: Ground) -> Iterator[Told]:
    """The deaths that are told so."""
    for at, word in enumerate(ground.who.wording.lower):
        finder = _FINDERS.get(word)
        for dead, sure in finder(ground, at) if finder is not None else ():
            if together(ground, dead.first, at):
                yield Told(dead, min(dead.first, at), max(dead.stop - 1, at), False, sure)


def _of_die(ground: Ground, at: int) -> Iterator[tuple[Meant, float]]:
    """ "I watched Arthur die"; "how did your husband die?", which takes it for granted."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    over = grammar.head[at]
    if lower[over] in _WATCHING and grammar.relation[at] in ("xcomp", "ccomp") and grammar.is_asserted(over):
        own = grammar.under(at, "nsubj") or grammar.under(over, "obj")
        dead = ground.person(own[0]) if own else None
        if dead is not None and not grammar.under(at, "mark", "aux"):
            yield dead, _WATCHED
    asked = {lower[kid] for kid in grammar.under(at, "advmod")} & _ASKING
    if asked and "did" in {lower[kid] for kid in grammar.under(at, "aux")}:
        asked_of = ground.sufferer(at)
        if asked_of is not None and lower[asked_of.first] not in ("i", "you"):
            yield asked_of, _ASKED


def _of_shot(ground: Ground, at: int) -> Iterator[tuple[Meant, float]]:
    """ "He was shot at dawn", "they shot him as a spy", "they had to shoot the mule"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    if not grammar.is_asserted(at):
        return
    dead = _done_to(ground, at)
    if dead is None:
        return
    animal = ground.who.characters[dead.id].kind == "animal"
    nouns = {lower[kid] for kid in grammar.under(at, "obl")}
    done = "dawn" in nouns or nouns & _AS or (animal and not nouns & _LIMBS)
    if done or (not nouns & _HIT_IN and _is_volley(ground, at, dead)):
        yield dead, _EXECUTED if done else _SHOT_BY_MANY


def _is_volley(ground: Ground, at: int, dead: Meant) -> bool:
    """ "They shot him": whom several shoot is seldom only wounded; not "they shot him a look", "shot him down"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    many = {lower[kid] for kid in grammar.under(at, "nsubj")} & _SHOOTERS
    behind = set(lower[dead.stop : dead.stop + 1])
    with_what = grammar.oblique(at, "with") is not None  # a rubber bullet, a camera
    return lower[at] == "shot" and bool(many) and not (behind & _GLANCES or with_what or grammar.under(at, "iobj"))


def _of_lost(ground: Ground, at: int) -> Iterator[tuple[Meant, float]]:
    """ "We lost Henry in the spring", "she had lost him to the fever"; not "lost Martha in the fog"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    if grammar.word_class[at] != "VERB" or grammar.passive(at) or not grammar.is_asserted(at):
        return
    when = grammar.oblique(at, "in", "at", "on", "to", "during")
    dated = when is not None and (lower[when] in _IN_TIME or lower[when].isdigit())
    dated = dated or any(lower[kid] in _IN_TIME for kid in grammar.under(at, "obl:unmarked", "nmod:unmarked"))
    ill = when is not None and lower[when] in _ILLS and grammar.oblique(at, "to", "at") == when
    dead = _done_to(ground, at) if dated or ill else None
    if dead is not None:
        yield dead, _LOST


def _of_rest(ground: Ground, at: int) -> Iterator[tuple[Meant, float]]:
    """ "My mother, God rest her": whoever was named last before it."""
    wording = ground.who.wording
    blessed = wording.lower[at - 1] == "god" and wording.lower[at + 1 : at + 2] != ["you"]
    if not blessed or not set(wording.lower[at + 1 : at + 2]) & _RESTS:
        return
    for before in range(at - 1, max(-1, at - 12), -1):
        if wording.sentence[before] != wording.sentence[at]:
            break
        dead = ground.who.ending.get(before)
        if dead is not None and wording.lower[dead.first] not in ("i", "you", "my", "me"):
            yield dead, _BLESSED
            return
    dead = ground.person(at + 1)
    if dead is not None:
        yield dead, _BLESSED


def _of_resting(ground: Ground, at: int) -> Iterator[tuple[Meant, float]]:
    """ "He lies in the churchyard at Stoke", "she lay in her coffin"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    verb = grammar.head[at]
    inside = {lower[case] for case in grammar.under(at, "case")} & {"in", "inside", "under", "beneath"}
    if grammar.relation[at] != "obl" or not inside or lower[verb] not in _LYING or not grammar.is_asserted(verb):
        return
    dead = _done_to(ground, verb) if lower[verb] in ("laid", "buried") else ground.sufferer(verb)
    if dead is not None:
        yield dead, _BURIED


def _of_alive(ground: Ground, at: int) -> Iterator[tuple[Meant, float]]:
    """ "He was no longer alive", "when Uncle Ned was alive": once."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    was = {lower[kid] for kid in grammar.under(at, "cop")} & {"was", "were"}
    dead = ground.sufferer(at) if was else None
    if dead is None or lower[dead.first] in ("i", "you", "we") or lower[at + 1 : at + 2] in (["to"], ["with"], ["and"]):
        return
    if lower[at - 2 : at] == ["no", "longer"]:
        yield dead, _NO_MORE
    elif {lower[kid] for kid in grammar.under(at, "advmod", "mark")} & {"when", "while"}:
        yield dead, _LIVED


def _of_would(ground: Ground, at: int) -> Iterator[tuple[Meant, float]]:
    """ "He would have been seven in May"."""
    lower, grammar = ground.who.wording.lower, ground.grammar
    if lower[at + 1 : at + 3] != ["have", "been"]:
        return
    behind = range(at + 3, min(at + 6, len(lower)))
    aged = next((word for word in behind if grammar.word_class[word] == "NUM"), None)
    if aged is None or lower[aged + 1 : aged + 2] not in (
        ["."],
        [","],
        ["in"],
        ["this"],
        ["today"],
        ["years"],
        ["now"],
    ):
        return
    dead = ground.sufferer(aged) or ground.who.ending.get(at)
    if dead is not None and lower[dead.first] not in ("i", "you", "it"):
        yield dead, _WOULD_BE


def _of_more(ground: Ground, at: int) -> Iterator[tuple[Meant, float]]:
    """ "The old king was no more"."""
    lower = ground.who.wording.lower
    if lower[at - 2 : at] not in (["was", "no"], ["is", "no"], ["were", "no"]):
        return
    if lower[at + 1 : at + 2] and lower[at + 1] in (".", ",", ";", "!"):
        dead = ground.who.ending.get(at - 2) or ground.sufferer(ground.grammar.head[at])
        if dead is not None:
            yield dead, _NO_MORE


_SACRED = frozenset("sacred dedicated devoted drink drank toast raised erected".split())
"""What is so to the memory of somebody; to cling to it is another thing."""


def _of_memory(ground: Ground, at: int) -> Iterator[tuple[Meant, float]]:
    """ "A minute in memory of Len Shorter", "sacred to the memory of"; "a loving memory of" is one's own."""
    lower = ground.who.wording.lower
    if lower[at + 1 : at + 2] != ["of"] or (
        lower[at - 1 : at] not in (["in"], ["loving"])
        and not (lower[at - 2 : at] == ["to", "the"] and set(lower[max(0, at - 5) : at - 2]) & _SACRED)
    ):
        return
    if lower[at - 1] == "loving" and lower[at - 2 : at - 1] != ["in"]:
        return
    dead = ground.who.starting.get(at + 2)
    if dead is not None:
        yield dead, _REMEMBERED


def _of_put(ground: Ground, at: int) -> Iterator[tuple[Meant, float]]:
    """ "They had the dog put down"; what one puts down oneself is a baby or a cat."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    down = lower[at + 1 : at + 2] == ["down"] or lower[at + 1 : at + 3] == ["to", "sleep"]
    if not down or not grammar.is_asserted(at):
        return
    over = grammar.head[at]
    had = lower[over] in ("had", "have") and grammar.relation[at] in ("xcomp", "ccomp")
    dead = _done_to(ground, over) if had else ground.sufferer(at) if grammar.passive(at) else None
    done_away = had and not grammar.under(at, "obj")
    if dead is not None and (done_away or ground.who.characters[dead.id].kind == "animal"):
        yield dead, _PUT_DOWN


def _of_survived(ground: Ground, at: int) -> Iterator[tuple[Meant, float]]:
    """ "She is survived by two sons"."""
    grammar = ground.grammar
    dead = ground.sufferer(at) if grammar.passive(at) and grammar.oblique(at, "by") is not None else None
    if dead is not None:
        yield dead, _SURVIVED


def _of_eyes(ground: Ground, at: int) -> Iterator[tuple[Meant, float]]:
    """ "She closed Arthur's eyes": another's."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    verb, dead = grammar.head[at], ground.owner(at)
    doer = ground.sufferer(verb)
    if grammar.relation[at] != "obj" or lower[verb] not in ("closed", "shut") or dead is None or doer is None:
        return
    named = dead.stop - dead.first > 1 or lower[dead.first] not in lexicon.words("function_words")
    if doer.id != dead.id and named and grammar.is_asserted(verb):
        yield dead, _EYES


_FINDERS = {
    "die": _of_die,
    "shot": _of_shot,
    "shoot": _of_shot,
    "lost": _of_lost,
    "rest": _of_rest,
    **dict.fromkeys(_RESTING, _of_resting),
    "alive": _of_alive,
    "more": _of_more,
    "would": _of_would,
    "put": _of_put,
    "survived": _of_survived,
    "eyes": _of_eyes,
    "memory": _of_memory,
}


def _done_to(ground: Ground, verb: int) -> Meant | None:
    """To whom a verb is done."""
    grammar = ground.grammar
    if grammar.passive(verb):
        return ground.sufferer(verb)
    return next((found for kid in grammar.under(verb, "obj") if (found := ground.person(kid)) is not None), None)
