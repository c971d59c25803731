"""Read a story from front to back and say of every "she" and every "old man" who it is."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from fabula.encode import Links
from fabula.layers.resolve.descriptions import look_back, resolve_description
from fabula.layers.resolve.known_so_far import State
from fabula.layers.resolve.people import gender_of_noun
from fabula.layers.resolve.pronoun_meaning import resolve_pronoun
from fabula.segment.wording import Wording
from fabula.story import Character, Mention, Narrations, Quote

__all__ = ["resolve_mentions"]


def resolve_mentions(
    wording: Wording,
    characters: Sequence[Character],
    mentions: Sequence[Mention],
    quotes: Sequence[Quote],
    links: Links | None = None,
    narrations: Narrations | None = None,
) -> tuple[Mention, ...]:
    """The mentions with their characters, wherever the text lets one know who is meant.

    Pronouns and passing descriptions get the likeliest of the figures in mind: how lately and in which part of a
    sentence each was mentioned, its gender, whether it speaks or is spoken to are weighed together (after Lappin and
    Leass 1994). Mentions that are tied already stay as they are; where nobody can say who is meant, `character` is
    None and the confidence 0. `links` say which earlier mentions each may mean the same as, in the order of
    `mentions`; without them the rest must do. `narrations` say who is "I" where; without
    them the one narrator is. The time grows with the length of the text.
    """
    if not len(wording):
        return tuple(mentions)
    state = State(wording, characters, mentions, quotes, links, narrations)
    for i in sorted(range(len(mentions)), key=lambda i: (mentions[i].start, mentions[i].end)):
        state.turn_pages(mentions[i].start)
        _meet(state, i)
        state.hold(i)
        state.memory.end_subject(state.places[i])
    look_back(state)
    return tuple(
        m if answer is None else msgspec.structs.replace(m, character=answer[0], confidence=answer[1])
        for m, answer in zip(mentions, state.answers, strict=True)
    )


def _meet(state: State, i: int) -> None:
    """Read one mention: a name brings somebody to mind, an open one is answered."""
    mention, place = state.mentions[i], state.places[i]
    if mention.character is not None:
        state.note_character(mention.character, place, pronoun=mention.form == "pronoun")
        state.own(place, (mention.character, 1.0))
    elif mention.entity is not None or mention.type != "PER":
        return
    elif mention.form == "pronoun":
        answer = state.answers[i] = resolve_pronoun(state, i)
        state.own(place, answer)
    elif mention.form == "nominal":
        state.answers[i] = resolve_description(state, i)
    else:
        state.note_nameless(place.words, gender_of_noun(place.words.split()[-1]), place)
