"""Deaths that are told without a word of dying: he breathed his last, never woke again, was found in the barn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fabula import lexicon
from fabula.layers.state.deaths.told import Told, together
from fabula.layers.state.ground import Ground, inflected, verbs

__all__ = ["find_passings"]

_BEHIND = 6
"""So many words behind its verb a phrase may end."""
_NEVER = frozenset({"never", "not", "n't"})
_BODY = frozenset({"body", "corpse"})
_COMES_TO_LIGHT = frozenset("find finds found discover discovered recover recovered identify identified".split())
_STOPS = frozenset(".,;:!?")
_SHEETS = frozenset("sheet blanket cloth shroud coat coverlet tarpaulin".split())
_COVERS = frozenset("drew draws drawn pulled pulls laid lay spread put threw".split())
_LIVES_ON = frozenset("outlived outlives survived survives".split())
_PUT = frozenset("laid lay put lowered".split())
_SCATTERS = frozenset("scattered scatter scattering".split())
_EARTH = frozenset("ground earth grave clay churchyard cemetery".split())
_FAILS = frozenset({"stopped", "failed", "burst"})
_THROUGH = frozenset("heart head temple skull brain throat".split())
_ONES_OWN = frozenset("husband wife father mother son daughter brother sister child baby parents".split())
_BODY_FOUND, _HEART_FAILS, _BEREFT, _SHOT = 0.8, 0.7, 0.7, 0.7
_COVERED, _UNDER_COAT, _OUTLIVED, _LAID = 0.7, 0.5, 0.7, 0.7


def find_passings(ground: Ground) -> Iterator[Told]:
    """The deaths that are told in a roundabout way."""
    for at, bare in verbs(ground.grammar, inflected("death_phrases")):
        yield from _of_phrase(ground, at, bare)
    lower = ground.who.wording.lower
    for at, word in enumerate(lower):
        if word in _BODY:
            yield from _of_body(ground, at)
        elif word == "heart":
            yield from _of_heart(ground, at)
        elif word == "lost":
            yield from _of_loss(ground, at)
        elif word == "shot":
            yield from _of_shot(ground, at)
        elif word in _SHEETS:
            yield from _of_sheet(ground, at)
        elif word in _LIVES_ON:
            yield from _of_survivor(ground, at)
        elif word in _PUT or word in _SCATTERS:
            yield from _of_rest(ground, at)


def _of_phrase(ground: Ground, at: int, bare: str) -> Iterator[Told]:
    wording, grammar = ground.who.wording, ground.grammar
    dead = ground.sufferer(at)
    if dead is None or not together(ground, dead.first, at) or dead.first > at:
        return
    denied = any(wording.lower[kid] in _NEVER for kid in grammar.under(at, "advmod"))
    denied = denied or any(wording.lower[kid].endswith("n't") for kid in grammar.under(at, "aux"))
    behind = wording.lower[at + 1 : at + 1 + _BEHIND]
    for phrase in lexicon.table("death_phrases")[bare]:
        *wanted, sure = phrase.split()
        never = wanted[:1] == ["never"]
        if never != denied or (not never and not grammar.is_asserted(at)):
            continue
        last = _end_of(behind, wanted[1:] if never else wanted)
        if last is not None:
            now = not never and not grammar.is_perfect(at)
            yield Told(dead, dead.first, at + last, now, float(sure))
            return


def _end_of(behind: Sequence[str], wanted: Sequence[str]) -> int | None:
    """How far behind the verb the last of the wanted words stands, no clause between; a stop only right behind it."""
    last = 0
    for word in wanted:
        if word == ".":
            if not set(behind[last : last + 1]) <= _STOPS:
                return None
            continue
        found = behind.index(word) + 1 if word in behind else None
        if found is None or set(behind[:found]) & {".", ",", ";", "and", "but"}:
            return None
        last = max(last, found)
    return last


def _of_body(ground: Ground, at: int) -> Iterator[Told]:
    """ "They found the body of X", "X's body was found"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    verb = grammar.head[at]
    if grammar.relation[at] not in ("obj", "nsubj:pass") or lower[verb] not in _COMES_TO_LIGHT:
        return
    of = [kid for kid in grammar.under(at, "nmod") if any(lower[c] == "of" for c in grammar.under(kid, "case"))]
    dead = ground.owner(at) or (ground.person(of[0]) if of else None)
    if dead is not None and grammar.is_asserted(verb) and together(ground, dead.first, at):
        yield Told(dead, min(dead.first, at, verb), max(dead.stop - 1, at, verb), False, _BODY_FOUND)


def _of_heart(ground: Ground, at: int) -> Iterator[Told]:
    """ "His heart had stopped", "her heart gave out"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    verb, dead = grammar.head[at], ground.owner(at)
    if grammar.relation[at] != "nsubj" or dead is None or not grammar.is_asserted(verb) or verb < at:
        return
    gave_out = lower[verb] in ("gave", "given") and lower[verb + 1 : verb + 2] == ["out"]
    ended = lower[verb] in _FAILS and lower[verb + 1 : verb + 2] in (["."], [","], [";"])
    perfect = grammar.is_perfect(verb)  # "his heart stopped" is fright, "had stopped" or "stopped at four" hardly ever
    timed = lower[verb] in _FAILS and lower[verb + 1 : verb + 2] in (["at"], ["on"])
    if (gave_out or timed or (ended and perfect)) and together(ground, dead.first, at):
        yield Told(dead, min(dead.first, at), verb, not perfect, _HEART_FAILS)


def _of_loss(ground: Ground, at: int) -> Iterator[Told]:
    """ "She had lost her husband", "he lost a son in the war"; but not "lost her husband in the crowd"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    if grammar.word_class[at] != "VERB" or not grammar.is_asserted(at) or grammar.passive(at):
        return
    for kid in grammar.under(at, "obj"):
        if lower[kid] not in _ONES_OWN or set(lower[kid + 1 : kid + 4]) & {"crowd", "sight", "love", "respect", "'s"}:
            continue
        dead = ground.person(kid)
        if dead is not None and together(ground, dead.first, at):
            yield Told(dead, at, dead.stop - 1, False, _BEREFT)


def _of_shot(ground: Ground, at: int) -> Iterator[Told]:
    """ "shot X through the heart"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    hit = grammar.oblique(at, "through", "in")
    if grammar.word_class[at] != "VERB" or hit is None or lower[hit] not in _THROUGH or not grammar.is_asserted(at):
        return
    objects = grammar.under(at, "obj")
    word = grammar.subject(at) if grammar.passive(at) else objects[0] if objects else None
    dead = ground.person(word)
    if dead is None and word is not None and lower[word] in ("himself", "herself", "myself"):
        dead = ground.person(grammar.subject(at))
    if dead is not None and together(ground, dead.first, at):
        yield Told(dead, min(dead.first, at), max(at, hit), not grammar.is_perfect(at), _SHOT)


def _of_sheet(ground: Ground, at: int) -> Iterator[Told]:
    """ "The doctor drew the sheet over X's face"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    verb = grammar.head[at]
    laid = lower[verb] in _COVERS and grammar.relation[at] == "obj"  # else: "with a coat over his face"
    over = grammar.oblique(verb, "over") if laid else _over(ground, at)
    if over is None or lower[over] not in ("face", "head"):
        return
    dead, doer = ground.owner(over), ground.sufferer(verb)
    if dead is None or (doer is not None and doer.id == dead.id) or not grammar.is_asserted(verb):
        return
    if not laid and lower[verb] not in _PUT:
        return  # who only sleeps so was not laid down by others
    if together(ground, dead.first, at):
        yield Told(dead, min(dead.first, verb, at), max(over, verb, at), False, _COVERED if laid else _UNDER_COAT)


def _over(ground: Ground, at: int) -> int | None:
    """What is said to lie "over" something, with no verb of its own."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    near = [
        kid for kid in grammar.under(at, "nmod") if any(lower[case] == "over" for case in grammar.under(kid, "case"))
    ]
    return near[0] if near else None


def _of_survivor(ground: Ground, at: int) -> Iterator[Told]:
    """ "He had outlived his son", "she survived her husband"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    if grammar.word_class[at] != "VERB" or grammar.passive(at) or not grammar.is_asserted(at):
        return
    for kid in grammar.under(at, "obj"):
        dead = ground.person(kid)
        kin = lower[kid] in _ONES_OWN or any(
            lower[other] in _ONES_OWN for other in grammar.under(kid, "appos", "compound")
        )
        if dead is not None and together(ground, dead.first, at) and (kin or lower[at].startswith("outlive")):
            yield Told(dead, at, dead.stop - 1, False, _OUTLIVED)


def _of_rest(ground: Ground, at: int) -> Iterator[Told]:
    """ "They put old Hobbs in the ground", "we scattered Graham's ashes"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    if grammar.word_class[at] != "VERB" or not grammar.is_asserted(at):
        return
    for kid in grammar.under(at, "obj"):
        if lower[at] in _SCATTERS:
            dead = ground.owner(kid) if lower[kid] in ("ashes", "dust") else None
        else:
            earth = grammar.oblique(at, "in", "into", "to", "under")
            laid = earth is not None and lower[earth] in _EARTH and lower[earth - 1] in ("the", "his", "her", "their")
            dead = ground.person(kid) if laid else None
        if dead is not None and together(ground, dead.first, at):
            yield Told(dead, min(dead.first, at), max(dead.stop - 1, at), False, _LAID)
