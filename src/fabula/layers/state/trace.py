"""Gather what the text says outright of kin, office and death."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from fabula.layers.state.deaths import find_deaths
from fabula.layers.state.relations import find_relations
from fabula.layers.state.who import look_up
from fabula.segment.wording import Wording
from fabula.story import Character, Death, Mention, Quote, Relation, Scene

__all__ = ["State", "trace_state"]


class State(msgspec.Struct, frozen=True, kw_only=True):
    """What the text states of the world, each with the words that state it."""

    relations: tuple[Relation, ...] = ()
    deaths: tuple[Death, ...] = ()


def trace_state(
    wording: Wording,
    characters: Sequence[Character],
    mentions: Sequence[Mention],
    quotes: Sequence[Quote],
    scenes: Sequence[Scene],
) -> State:
    """The relations and deaths the text states, between characters it lets one know; nothing is concluded."""
    who = look_up(wording, characters, mentions, quotes)
    return State(relations=find_relations(who), deaths=find_deaths(who, scenes))
