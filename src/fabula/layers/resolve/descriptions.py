"""Whom a passing description means: "her mother", "the old man", "my dear"."""

from __future__ import annotations

from fabula.layers.resolve.kin import stated
from fabula.layers.resolve.known_so_far import Answer, State
from fabula.layers.resolve.nouns import Described, describe
from fabula.layers.resolve.places import Place, is_called
from fabula.layers.resolve.pronoun_meaning import ask, weights_at
from fabula.layers.resolve.weigh import choose

__all__ = ["look_back", "resolve_description"]

_APPOSED, _TITLE = 0.9, 0.6
"""How sure a description is that stands beside a name, and one that a title suggests ("the colonel")."""
_HEARER, _AT_HAND = 0.85, 0.8
"""What is left of the speaker's confidence for who is called "my dear", and of a pronoun's for "the old man"."""
_CLEAR = 0.5
"""A passing description is resolved only where one figure is likelier than all others and nobody together."""
_COPULAS = frozenset(
    "is was am are were be been being 's 're 'm become became becomes seemed not such quite but".split()
)
_COMPANY = frozenset("companion companions visitor guest host hostess friend interlocutor partner fellow".split())
"""Nouns that mean somebody at hand even where they have an owner: "her companion", but not "his man"."""
_UNKNOWN: Answer = (None, 0.0)


def resolve_description(state: State, i: int) -> Answer:
    """Whom the description at mention `i` means; whoever is meant is in mind from here on."""
    place = state.places[i]
    described = describe(place.words)
    if described.gender == "p":
        return _UNKNOWN
    answer = _beside_name(state, i, described) or _called(state, i, described)
    if answer is None and _is_predicate(state, place, described):
        return _UNKNOWN
    if answer is None:
        answer = _by_kind(state, i, described)
    if answer[0] is not None:
        state.note_character(answer[0], place, pronoun=False)
    else:
        state.note_nameless(_key(state, place, described), described.gender, place)
    return answer


def look_back(state: State) -> None:
    """Answer what only a later page told: "her sister" on page one, "her sister Jane" on page three."""
    for i, answer in enumerate(state.answers):
        if answer is None or answer[0] is not None or state.mentions[i].form != "nominal":
            continue
        owner, _ = state.owner(state.places[i])
        if owner is not None:
            who, sure = state.kin.find(owner, describe(state.places[i].words).head, lambda several: None)
            if who is not None:
                state.answers[i] = who, sure


def _beside_name(state: State, i: int, described: Described) -> Answer | None:
    """ "his sister Georgiana": the name beside it tells, and tells who is whose sister for all of the book."""
    place = state.places[i]
    if described.opens == "bare" or (described.opens == "new" and not place.words.startswith(("a ", "an "))):
        return None
    who = stated(state.wording, place, state.named, state.talk_inside(i).hearers)
    if who is None and described.opens == "owned":
        who = _said_to_be(state, place)
    if who is None or not state.people.fits(who, described.gender):
        return None
    owner, sure = state.owner(place) if described.opens == "owned" else _UNKNOWN
    if owner == who:
        return None
    if owner is not None:
        state.kin.state(owner, described.head, who, sure)
    return who, _APPOSED


def _said_to_be(state: State, place: Place) -> str | None:
    """The name before the copula: "Georgiana was his sister"."""
    if place.first < 2 or state.wording.lower[place.first - 1] not in ("is", "was", "'s"):
        return None
    return state.named.end.get(place.first - 1)


def _called(state: State, i: int, described: Described) -> Answer | None:
    """ "Sit down, my dear": whoever is called so is the one who is spoken to."""
    place = state.places[i]
    if place.quote < 0 or not is_called(state.wording, place):
        return None
    if not described.endearing or not (described.opens == "bare" or place.words.startswith(("my ", "our "))):
        return None
    talk = state.talk_inside(i)
    fitting = [h for h in talk.hearers if state.people.fits(h, described.gender)]
    if described.opens == "bare" and talk.speaker is not None:
        who, sure = state.kin.find(talk.speaker, described.head, state.latest_of)
        if fitting:
            state.kin.call(talk.speaker, described.head, fitting[0])
        if who is not None and who not in fitting:
            return who, sure
    return (fitting[0], round(talk.confidence * _HEARER, 3)) if fitting else _UNKNOWN


def _is_predicate(state: State, place: Place, described: Described) -> bool:
    """ "He was a good man" brings nobody new."""
    before = state.wording.lower[place.first - 1] if place.first else ""
    return before in _COPULAS and described.opens in ("new", "owned")


def _by_kind(state: State, i: int, described: Described) -> Answer:
    place = state.places[i]
    if described.opens == "new":
        return _UNKNOWN
    if described.opens in ("owned", "bare"):
        answer = _of_owner(state, i, described)
        if answer[0] is not None or described.head not in _COMPANY:
            return answer
    if _key(state, place, described) in state.memory:
        return _UNKNOWN  # the nameless "a waiter … the waiter"
    return _at_hand(state, i, described) if described.passing else _by_title(state, described)


def _of_owner(state: State, i: int, described: Described) -> Answer:
    """ "her mother", and "Mamma" in the mouth of one of the family."""
    owner, _ = state.owner(state.places[i])
    if described.opens == "bare":
        talk = state.talk_inside(i)
        owner = talk.speaker if state.places[i].quote >= 0 else state.teller(i)
    return state.kin.find(owner, described.head, state.latest_of) if owner is not None else _UNKNOWN


def _by_title(state: State, described: Described) -> Answer:
    """ "the colonel" where one colonel is in mind, or the story has only one."""
    titled = [c for c in state.people.titled.get(described.head, ()) if state.people.fits(c, described.gender)]
    one = titled[0] if len(titled) == 1 else state.latest_of(titled)
    return (one, _TITLE) if one is not None and not described.kin else _UNKNOWN


def _at_hand(state: State, i: int, described: Described) -> Answer:
    """ "the old man", "the other girl": the likeliest of those in mind, if he or she stands out."""
    place = state.places[i]
    out = _not_meant(state, place, described)
    choice = choose(ask(state, i, described.gender, out), state.memory, weights_at(state, i))
    if choice.figure is None or choice.confidence < _CLEAR or not choice.figure.who:
        return _UNKNOWN
    if described.gender and not choice.figure.gender:
        return _UNKNOWN
    return choice.figure.who, round(choice.confidence * _AT_HAND, 3)


def _not_meant(state: State, place: Place, described: Described) -> tuple[str, ...]:
    """The keys of those whom a description cannot mean: the clause's subject, its owner, for "the other" the last."""
    subject, _ = state.memory.subject(place)
    out = [subject] if subject else []
    owner, _ = state.owner(place)
    if owner is not None:
        out.append(owner)
    if "other" in place.words.split() or described.head == "former":
        fit = [f.key for f in state.memory.latest() if not described.gender or f.gender == described.gender]
        out += fit[:1]
    return tuple(out)


def _key(state: State, place: Place, described: Described) -> str:
    """What a nameless figure is remembered by: its noun, and whose it is."""
    owner, _ = state.owner(place) if described.opens == "owned" else _UNKNOWN
    return f"{owner or ''}'s {described.head}"
