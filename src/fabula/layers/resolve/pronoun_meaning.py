"""Whom a pronoun means."""

from __future__ import annotations

from fabula.layers.resolve.known_so_far import Answer, State
from fabula.layers.resolve.places import Place
from fabula.layers.resolve.pronouns import THIRD, YOU, I
from fabula.layers.resolve.talk import Talk
from fabula.layers.resolve.weigh import Question, choose
from fabula.layers.resolve.weights import NARRATED, SPOKEN, Weights

__all__ = ["ask", "resolve_pronoun", "weights_at"]

_NARRATOR = 0.97
"""How sure the "I" of the narration is: letters and tales set into it have their own."""
_SAID = 0.95
_ONE_HEARER, _SEVERAL = 0.85, 0.5
"""What the speaker's confidence leaves for the first hearer (PDNC: four of five first hearers are right)."""
_OPENERS = frozenset(
    "that when who whom which if as because while whose where what how than and or but , ; : — --".split()
)
"""What begins another clause, in which the subject of the one before can be the object."""
_CLAUSE = 8
"""So many words lie at most between a subject and an object that surely are of one clause."""
_UNKNOWN: Answer = (None, 0.0)


def resolve_pronoun(state: State, i: int) -> Answer:
    """Whom the pronoun at mention `i` means. "We" and the "you" of the narration stay open."""
    place = state.places[i]
    if place.words in I:
        return _first(state, i)
    if place.words in YOU:
        return _second(state, i)
    gender = THIRD.get(place.words)
    return _third(state, i, gender) if gender is not None else _UNKNOWN


def _first(state: State, i: int) -> Answer:
    place = state.places[i]
    if place.quote < 0:
        who, sure = state.teller(i), _NARRATOR
    else:
        talk = state.talk_inside(i)
        who, sure = talk.speaker, talk.confidence
    return _known(state, who, sure)


def _second(state: State, i: int) -> Answer:
    talk = state.talk_inside(i)
    return _known(state, next(iter(talk.hearers), None), _hearer_confidence(talk))


def _hearer_confidence(talk: Talk) -> float:
    """A hearer is as sure as the speaker, or less where several listen."""
    return talk.confidence * (_ONE_HEARER if len(talk.hearers) == 1 else _SEVERAL)


def _known(state: State, who: str | None, sure: float) -> Answer:
    if who is None or who not in state.people.gender:
        return _UNKNOWN
    return who, round(sure, 3)


def _third(state: State, i: int, gender: str) -> Answer:
    place = state.places[i]
    called = _called_so(state, place)
    if called is not None:
        return called, _SAID
    question = ask(state, i, gender)
    choice = choose(question, state.memory, weights_at(state, i))
    if choice.figure is None:
        return _UNKNOWN
    state.memory.note(choice.figure, place, pronoun=True)
    state.memory.link(gender, choice.figure, place)
    if not choice.figure.who:
        return _UNKNOWN
    return choice.figure.who, round(choice.confidence, 3)


def _in_one_clause(state: State, key: str, subject: int, here: int) -> bool:
    """Whether a subject that ends at one word and what stands at another are parts of one clause."""
    between = state.wording.lower[subject:here]
    if len(between) > _CLAUSE or not _OPENERS.isdisjoint(between):
        return False
    last = next(state.memory.latest(), None)
    return "to" not in between or (last is not None and last.key == key)  # "Anne asked Mary to help her"


def _called_so(state: State, place: Place) -> str | None:
    """ "Her name was Ruth"."""
    after = state.wording.lower[place.stop : place.stop + 2]
    if place.role != "owner" or after[:1] != ["name"] or after[-1] not in ("is", "was", "'s"):
        return None
    return state.named.begin.get(place.stop + 2, (None, 0))[0]


def weights_at(state: State, i: int) -> Weights:
    """What weighs how much at a mention: inside quotes other things than in narration."""
    return SPOKEN if 0 <= state.places[i].quote < state.speeches.count else NARRATED


def ask(state: State, i: int, gender: str, out: tuple[str, ...] = ()) -> Question:
    """The question whom a mention in the third person means."""
    place = state.places[i]
    talk = state.talk(i)
    narrated = place.quote < 0
    subject, stop = state.memory.subject(place)
    teller = state.teller(i) if narrated else None
    narrator = (teller,) if teller else ()
    return Question(
        place=place,
        gender=gender,
        speaker=talk.speaker,
        hearers=talk.hearers,
        tagged=state.speeches.tagged(state.mentions[i]) if narrated else None,
        subject=subject,
        clause=subject is not None and _in_one_clause(state, subject, stop, place.first),
        chain=state.memory.chain(gender, place),
        out=(*out, *narrator),
        linked=state.linked(i),
    )
