"""Deaths told by a word of dying or killing, by "dead" and "late", by a grave or a funeral, by what the river took."""

from __future__ import annotations

from collections.abc import Iterator

from fabula import lexicon
from fabula.layers.state.deaths.told import Told, together
from fabula.layers.state.ground import Ground, Meant, inflected, verbs

__all__ = ["find_by_word"]

_NEVERTHELESS = frozenset("away down out off".split())
"""A voice, a fire, a wind dies so; nobody does."""
_DRIVEN = frozenset({"me", "you", "us", "myself", "yourself"})
_HALF = frozenset("half nearly almost practically virtually as like quite-as play plays played playing".split())
_AS_IF = frozenset(
    "tired asleep drunk set against right ahead sure certain serious silent quiet calm straight on".split()
)
_ANY = frozenset("a an any every each no another some".split())
_EVER = frozenset("always usually often sometimes generally seldom rarely never ever".split())
_FUTURE = frozenset("will would shall should may might must can could".split())
_BRINGS = frozenset("be mean cause bring risk hasten prevent see face meet arrange order wish want prove".split())
_COMING = frozenset("on upon at until till after before to".split())
"""With these, and what will or would be, a death is still to come: "on his death the house will go to Ann"."""
_TILL, _NOW = frozenset("when once till until before after".split()), frozenset({"is", "'s", "’s", "are", "am", "'m"})
"""Of both together it is said when somebody will be dead."""
_THIS_LONG = frozenset("these this for since now twenty ten five two three".split())
"""Behind "dead": "dead these ten years"."""
_WATCHED = frozenset("saw see seen watched heard made".split())
_IN_THE_FLESH = frozenset({"nsubj", "obj", "obl", "nmod", "nmod:poss", "nsubj:pass"})
_YES = frozenset("yes yeah aye yep ja oui quite yesterday".split())
_SOON = 40
"""So many words behind a question its answer begins."""
_BESIDE = frozenset({"amod", "acl", "acl:relcl", "appos", "advcl", "advmod", "parataxis"})
_ROUNDABOUT = 0.6
"""What is left where the words say it in a roundabout way: a grave, a widow, taken out of the river."""
_ONESELF = 0.4
"""The same where one says it of oneself, or of the one spoken to."""


def find_by_word(ground: Ground) -> Iterator[Told]:
    """The deaths that are told outright."""
    for at, bare in verbs(ground.grammar, inflected("dying_verbs")):
        yield from _of_verb(ground, at, bare, lexicon.table("dying_verbs")[bare][0])
    lower = ground.who.wording.lower
    nouns = lexicon.table("death_nouns")
    dead, fished, takers, losses = map(_signs, ("dead", "fished", "taker", "losses"))
    for at, word in enumerate(lower):
        if word in dead:
            yield from _of_dead(ground, at)
        elif word in nouns and nouns[word][0] == "own" and ground.grammar.word_class[at] in ("NOUN", "PROPN"):
            yield from _of_noun(ground, at)
        elif word in fished or word == "lost":
            yield from _of_water(ground, at)
        elif word in takers:
            yield from _of_taker(ground, at)
        elif word == "late" and lower[at - 1 : at] in (["the"], ["my"], ["his"], ["her"], ["your"], ["their"]):
            yield from _of_late(ground, at)
        elif word in losses:
            yield from _of_answer(ground, at)


def _signs(mark: str) -> frozenset[str]:
    return lexicon.marked("death_signs", mark)


def _of_verb(ground: Ground, at: int, bare: str, kind: str) -> Iterator[Told]:
    """ "X died", "they killed X", "X was killed", "X was shot dead"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    if not (_is_granted(ground, at) or _who_did_it(ground, at, bare)) or grammar.relation[at] in (
        "amod",
        "compound",
    ):
        return
    if lower[at].endswith("ing") and kind == "killed":
        return  # "his feet were killing him", "killing her would not have helped"
    if kind == "eaten" and not (grammar.is_perfect(at) or _passive(ground, at)):
        return
    if any(lower[kid] == "be" for kid in grammar.under(at, "aux:pass")):
        return  # "come and be killed"
    around = lower[at + 1 : at + 4]
    if kind in ("dead", "hanged") and not _to_death(ground, at, kind):
        return
    if kind in ("killed", "both", "poisoned", "eaten") and lower[at] == bare and not _is_past(ground, at):
        return  # "let him kill X", "kill him!"
    if kind == "buried" and any(lower[kid] in _signs("heap") for kid in grammar.under(at, "obl")):
        return
    if lower[at] == bare and kind == "dies" and (lower[at - 1] != "i" or around[:1] not in (["."], ["!"], [","])):
        return  # "I die!" is said by the dying; else the bare verb is a habit or a wish
    if (lower[at].endswith("ing") and kind in ("dies", "both")) or (
        kind == "dies" and (around[:1] and around[0] in _NEVERTHELESS)
    ):
        return
    if around[:1] in (["of"], ["from"], ["with"]) and any(word in _signs("only-said") for word in around):
        return
    passive = _passive(ground, at) or (lower[at] == "drowned" and not grammar.under(at, "obj"))
    if kind == "dies" or passive or (kind in ("both", "dead") and not grammar.under(at, "obj")):
        dead = ground.sufferer(at)
    else:
        dead = _victim(ground, at)
    if dead is None or (kind in ("killed", "both") and lower[dead.first] in _DRIVEN and not passive):
        return
    if not together(ground, dead.first, at) or _is_any(ground, dead, at):
        return
    oneself = lower[dead.first] in ("i", "you") and lower[at] != bare  # not "I die!"
    sure = _ROUNDABOUT if kind in ("buried", "poisoned") else _ONESELF if oneself else 1.0
    now = not grammar.is_perfect(at) and kind != "buried" and lower[at] not in ("dies", "die")
    for one in (dead, *ground.joined(dead)):
        yield Told(one, min(one.first, at), max(one.stop - 1, at), now, sure)


def _is_granted(ground: Ground, at: int) -> bool:
    """Whether it is asserted, or asked and the answer is yes."""
    wording, grammar = ground.who.wording, ground.grammar
    if grammar.is_asserted(at):
        return True
    own = wording.quote[at]
    helpers = {wording.lower[kid] for kid in grammar.under(at, "aux", "advmod", "mark")}
    if own == -1 or helpers & (_FUTURE | {"not", "if"}) or not ground.is_asked(at):
        return False
    answer = next((w for w in range(at, min(len(wording), at + _SOON)) if wording.quote[w] not in (own, -1)), None)
    return answer is not None and any(word in _YES for word in wording.lower[answer + 1 : answer + 2])


def _who_did_it(ground: Ground, at: int, bare: str) -> bool:
    """ "Who killed her?" takes for granted that somebody did."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    asks = any(lower[kid] in ("who", "what") for kid in grammar.under(at, "nsubj"))
    helpers = {lower[kid] for kid in grammar.under(at, "aux", "advmod")}
    return asks and lower[at] != bare and helpers <= {"had", "has"}


def _is_past(ground: Ground, at: int) -> bool:
    """Whether the bare verb tells of what was done: "did kill him", "saw her drown him"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    return "did" in {lower[kid] for kid in grammar.under(at, "aux")} or lower[grammar.head[at]] in _WATCHED


def _passive(ground: Ground, at: int) -> bool:
    """Whether the subject is the one it is done to; handed on by "and": "was thrown from his horse and killed"."""
    grammar = ground.grammar
    shared = grammar.relation[at] == "conj" and not grammar.under(at, "obj", "nsubj", "aux")
    return grammar.passive(at) or (shared and grammar.passive(grammar.head[at]))


def _is_any(ground: Ground, dead: Meant, verb: int) -> bool:
    """Whether it is told of anybody of a kind, or as what happens ever again: "when a Forsyte died", "always died"."""
    lower = ground.who.wording.lower
    often = {lower[kid] for kid in ground.grammar.under(verb, "advmod")} & _EVER
    return bool(often) or (dead.first > 0 and lower[dead.first - 1] in _ANY) or lower[dead.first] in _ANY - {"a", "an"}


def _victim(ground: Ground, verb: int) -> Meant | None:
    """The one it is done to; "himself" is the one who does it."""
    grammar = ground.grammar
    doer = ground.sufferer(verb)
    if ground.who.wording.lower[verb + 1 : verb + 2] and ground.who.wording.lower[verb + 1].endswith("self"):
        return doer
    for kid in grammar.under(verb, "obj", "iobj"):
        found = ground.person(kid)
        if found is not None and (doer is None or doer.id != found.id):  # "the sergeant shot him": somebody else
            return found
    return None


def _to_death(ground: Ground, at: int, kind: str) -> bool:
    """ "shot dead", "stabbed to death", "was hanged", "hanged himself"."""
    lower = ground.who.wording.lower
    after = lower[at + 1 : at + 6]
    if kind == "hanged" and lower[at] == "hanged":
        return True
    to_death = any(after[i : i + 2] == ["to", "death"] for i in range(len(after)))
    return ("dead" in after[:3] and not set(after) & (_AS_IF | {"for", "like", "as", "man"})) or to_death


def _of_dead(ground: Ground, at: int) -> Iterator[Told]:
    """ "X is dead", "found X dead", "X's dead body", "X lay dead"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    after, before = lower[at + 1 : at + 2], lower[max(0, at - 2) : at]
    if (after and (after[0] in _AS_IF or after[0] in ("or", "to", "man"))) or set(before) & _HALF:
        return
    if before[:1] == ["over"] and after == ["body"]:
        return
    head = grammar.head[at]
    if after and after[0] in _signs("body"):
        dead = ground.owner(at + 1)
    elif grammar.relation[at] == "amod" and head > at and lower[at - 1] in ("the", "a", "that", "this"):
        dead = ground.person(head) if grammar.relation[head] in _IN_THE_FLESH else None
        like = {lower[case] for case in grammar.under(head, "case")} & {"like", "as"}
        if dead is None or like or not grammar.is_asserted(grammar.head[head]):
            return
    elif after and after[0] in _THIS_LONG and grammar.relation[at] in _BESIDE:
        dead = ground.person(head) or ground.sufferer(at)
    elif grammar.under(at, "cop") or grammar.relation[at] in ("root", "ccomp", "conj", "parataxis"):
        if not _is_granted(ground, at) or _is_to_come(ground, at):
            return
        dead = ground.sufferer(at)
    elif grammar.relation[at] in ("xcomp", "advcl", "advmod", "acl") and lower[head] in _lies():
        if not grammar.is_asserted(head):
            return
        objects = grammar.under(head, "obj")
        dead = ground.person(objects[0] if objects else grammar.subject(head))
    else:
        return
    if (
        dead is not None
        and together(ground, dead.first, at)
        and not {"if", "unless"} & set(lower[max(0, dead.first - 1) : at])
    ):
        sure = _ONESELF if lower[dead.first] in ("i", "you") else 1.0
        for one in (dead, *ground.joined(dead)):
            yield Told(one, min(one.first, at), max(one.stop - 1, at), False, sure)


def _is_to_come(ground: Ground, at: int) -> bool:
    """ "When he is dead", "you'd be dead"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    helpers = {lower[kid] for kid in grammar.under(at, "cop", "aux")}
    when = {lower[kid] for kid in grammar.under(at, "mark", "advmod")} & _TILL
    return "be" in helpers or bool(when and helpers & _NOW)


def _lies() -> frozenset[str]:
    return frozenset("lay lies lie lying fell falls dropped found find finds saw left sat stretched".split())


def _of_noun(ground: Ground, at: int) -> Iterator[Told]:
    """ "the death of X", "X's funeral", "X's widow"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    if lower[at] in ("ghost", "wake") and lower[at - 1 : at] == ["'s"] and lower[at + 1 : at + 2] == ["of"]:
        return
    of = [kid for kid in grammar.under(at, "nmod") if any(lower[c] == "of" for c in grammar.under(kid, "case"))]
    dead = ground.owner(at) or (ground.person(of[0]) if of else None)
    if (
        dead is None
        or dead.id == ground.speaker(at)
        or ground.who.gender[dead.id] == {"widow": "f", "widower": "m"}.get(lower[at], "-")  # "her widow's pension"
        or (dead.stop - dead.first == 1 and lower[dead.first] in _DRIVEN | {"my", "your", "our"})
        or not together(ground, dead.first, at)
    ):
        return
    verb, owned = grammar.head[at], not any(dead.first <= kid < dead.stop for kid in of)
    if lower[dead.first] in _ANY if owned else lower[at] == "passing":
        return
    taken = owned or (lower[at] == "death" and lower[at - 1 : at] == ["the"])
    if _denied(ground, at, verb) if taken else not grammar.is_asserted(at) or _plotted(ground, verb):
        return
    if lower[at - 1] == "own" or lower[at + 1 : at + 3] == ["'s", "peak"]:
        return
    if lower[at] in ("grave", "coffin") and grammar.relation[at] == "compound":
        return
    sure = 0.9 if lower[at] in ("death", "funeral", "murder", "burial", "corpse", "widow") else _ROUNDABOUT
    yield Told(dead, min(dead.first, at), max(dead.stop - 1, at), False, sure)


def _denied(ground: Ground, noun: int, verb: int) -> bool:
    """Whether "X's death" is only wished, plotted or foretold. Else whoever names it takes it for granted,
    in a question and in what is denied too: "has not played since X's death"."""
    lower, grammar = ground.who.wording.lower, ground.grammar
    if lower[verb] in _signs("plots"):
        return True
    helpers = {lower[kid] for kid in grammar.under(verb, "aux")}
    foretold = bool(helpers & _FUTURE) or any(lower[k].endswith("'ll") for k in grammar.under(verb, "nsubj"))
    cases = {lower[kid] for kid in grammar.under(noun, "case")}
    return foretold and (lower[verb] in _BRINGS or bool(cases & _COMING) or grammar.relation[noun] == "root")


def _plotted(ground: Ground, verb: int) -> bool:
    """Whether what governs the noun is wished, foretold or plotted: "plotted the death of X"."""
    return ground.who.wording.lower[verb] in _signs("plots") or (
        ground.grammar.word_class[verb] in ("VERB", "AUX", "NOUN") and not ground.grammar.is_asserted(verb)
    )


def _of_water(ground: Ground, at: int) -> Iterator[Told]:
    """ "taken out of the weir", "found in the dock", "lost at sea"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    if ground.grammar.word_class[at] not in ("VERB", "ADJ") or not grammar.is_asserted(at):
        return
    place = grammar.oblique(at, "of", "from", "in", "at", "off") if lower[at] == "lost" else None
    waters = place is not None and lower[place] in _signs("water") | {"cape"}
    if lower[at] == "lost" and grammar.passive(at):
        place = grammar.oblique(at, "with", "in", "at", "on")
        waters = waters or (place is not None and lower[place] in _signs("wreck"))
    if lower[at] != "lost":
        places = [kid for kid in grammar.under(at, "obl") if _is_deadly(ground, at, kid)]
        cases = {lower[c] for kid in places for c in grammar.under(kid, "case")}
        waters = bool(cases & {"of", "from"}) or (bool(places) and lower[at] in ("found", "washed") and "in" in cases)
    if not waters:
        return
    objects = grammar.under(at, "obj")
    dead = ground.person(grammar.subject(at) if grammar.passive(at) else objects[0] if objects else None)
    if dead is not None and together(ground, dead.first, at):
        yield Told(dead, min(dead.first, at), max(dead.stop - 1, at), False, _ROUNDABOUT)


def _is_deadly(ground: Ground, verb: int, place: int) -> bool:
    """Water; or "was pulled from under a train": whom somebody pulls from there is saved, and who is hurt lives."""
    lower, grammar = ground.who.wording.lower, ground.grammar
    under = any(lower[case] == "under" for case in grammar.under(place, "case")) and grammar.passive(verb)
    lives = any(lower[kid] in ("alive", "unhurt", "unharmed") for kid in grammar.kids.get(verb, ()))
    hurt = lives or lower[place + 1 : place + 2] == ["with"]
    return lower[place] in _signs("water") or (under and not hurt and lower[place] in _signs("wheels"))


def _of_taker(ground: Ground, at: int) -> Iterator[Told]:
    """ "The sea took him", "the waves closed over him"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    verb = grammar.head[at]
    if grammar.relation[at] not in ("nsubj", "nsubj:pass") or not grammar.is_asserted(verb):
        return
    taken = []
    if lower[verb] in ("took", "taken", "claimed", "claims") or lower[verb + 1 : verb + 2] == ["off"]:
        behind = ("obj", "nsubj", "obl") if lower[verb + 1 : verb + 2] == ["off"] else ("obj", "nsubj")
        taken = [kid for kid in grammar.under(verb, *behind) if kid > verb and ground.person(kid)]
    elif lower[verb] == "closed":
        over = grammar.oblique(verb, "over")
        taken = [over] if over is not None else []
    for word in taken:
        dead = ground.person(word) or ground.owner(word)
        for one in (dead, *ground.joined(dead)) if dead is not None and together(ground, dead.first, at) else ():
            yield Told(one, min(one.first, at), max(one.stop - 1, at), True, _ROUNDABOUT)


def _of_late(ground: Ground, at: int) -> Iterator[Told]:
    """ "the late Mr. Harding", "her late husband"."""
    dead = ground.who.starting.get(at - 1) or ground.who.starting.get(at) or ground.who.starting.get(at + 1)
    if dead is not None and dead.stop > at + 1 and ground.who.wording.lower[at + 1] not in ("train", "hour"):
        yield Told(dead, at, dead.stop - 1, False, 0.9)


def _of_answer(ground: Ground, at: int) -> Iterator[Told]:
    """ "Any fatalities?" "One. A young girl." Her name was Lucy: the dead stand in what answers."""
    wording = ground.who.wording
    own = wording.quote[at]
    if own == -1 or not ground.is_asked(at):
        return
    word = at
    while word < len(wording) and wording.quote[word] in (own, -1):
        word += 1
    answer = wording.quote[word] if word < len(wording) else -1
    if answer == -1 or wording.paragraph[word] - wording.paragraph[at] > 3 or wording.lower[word + 1] in ("no", "none"):
        return
    paragraph = wording.paragraph[word]
    first = word
    while word < len(wording) and wording.paragraph[word] == paragraph:
        named = wording.lower[word - 2 : word] == ["name", "was"] and wording.quote[word] == -1
        found = ground.who.starting.get(word)
        if found is not None and (named or (wording.quote[word] == answer and _is_listed(ground, found))):
            yield Told(found, first, found.stop - 1, False, 0.8)
        word += 1


def _is_listed(ground: Ground, found: Meant) -> bool:
    """Whether a name stands as an answer by itself: not spoken to, not doing anything."""
    head = next((w for w in range(found.first, found.stop) if w in ground.meant), found.first)
    return (
        ground.grammar.relation[head] in ("root", "conj", "appos", "list")
        and ground.who.wording.forms[head][0].isupper()
    )
