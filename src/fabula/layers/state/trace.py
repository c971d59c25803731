"""Gather what the text says of kin, office and death, of things and who has them, of facts and who knows them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from fabula.encode import Encoding, Network
from fabula.layers.state.clauses import lemmas_of
from fabula.layers.state.custody import gather_things, trace_custody
from fabula.layers.state.deaths import find_deaths
from fabula.layers.state.facts import find_facts
from fabula.layers.state.ground import lay_ground, look_up, parse
from fabula.layers.state.knowledge import find_secrets, trace_knowledge
from fabula.layers.state.plans import trace_plans
from fabula.layers.state.reading import Claims, ThingMention, read_claims
from fabula.layers.state.reasons import find_reasons
from fabula.layers.state.relations import find_relations
from fabula.layers.state.unnamed import bring_in_departed, bring_in_kin
from fabula.segment.wording import Wording
from fabula.story import (
    Character,
    Death,
    Fact,
    Knowledge,
    Mention,
    Object,
    Plan,
    Possession,
    Quote,
    Reason,
    Relation,
    Scene,
    Secret,
)

__all__ = ["State", "trace_state"]


class State(msgspec.Struct, frozen=True, kw_only=True):
    """What the text states of the world, each with the words that state it.

    `characters` and `mentions` are those that were known, and with them whoever is somebody only by having died.
    """

    characters: tuple[Character, ...]
    mentions: tuple[Mention, ...]
    relations: tuple[Relation, ...] = ()
    deaths: tuple[Death, ...] = ()
    objects: tuple[Object, ...] = ()
    possessions: tuple[Possession, ...] = ()
    facts: tuple[Fact, ...] = ()
    knowledge: tuple[Knowledge, ...] = ()
    secrets: tuple[Secret, ...] = ()
    plans: tuple[Plan, ...] = ()
    reasons: tuple[Reason, ...] = ()


def trace_state(
    wording: Wording,
    encoding: Encoding,
    characters: Sequence[Character],
    mentions: Sequence[Mention],
    quotes: Sequence[Quote],
    scenes: Sequence[Scene],
    network: Network | None = None,
) -> State:
    """The relations, deaths, custody, facts, knowledge, plans and reasons the text tells of, each with its words.

    `network`: of the pack that made the encoding; without it only what rules find is told.
    """
    grammar = parse(wording, encoding)
    dead, told = bring_in_departed(grammar, characters, mentions, quotes, scenes)
    people, meant = bring_in_kin(grammar, dead, told, quotes, scenes)
    who = look_up(wording, people, meant, quotes)
    ground = lay_ground(who, grammar, scenes)
    things = gather_things(ground)
    spots = [ThingMention(at, at + 1, number) for number, thing in enumerate(things.all) for at in sorted(thing.words)]
    claims = read_claims(wording, encoding, network, meant, spots) if network is not None else Claims()
    deaths = find_deaths(ground, claims)
    had = trace_custody(ground, things, claims)
    lemmas = lemmas_of(ground, encoding)
    facts, asserted = find_facts(ground, had, deaths)
    knowledge = trace_knowledge(ground, facts, asserted, deaths)
    return State(
        characters=people,
        mentions=meant,
        relations=find_relations(ground, deaths, claims),
        deaths=deaths,
        objects=had.objects,
        possessions=had.possessions,
        facts=facts,
        knowledge=knowledge,
        secrets=find_secrets(ground, facts, asserted, knowledge),
        plans=trace_plans(ground, lemmas, had, facts),
        reasons=find_reasons(ground, had, lemmas),
    )
