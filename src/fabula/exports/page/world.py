"""What is so in the story's world, for the page: scenes, relations, deaths, who holds what, who knows what."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import UNSET

from fabula.exports.page.form import (
    DeathForm,
    FactForm,
    FindingForm,
    KnowledgeForm,
    OrderForm,
    PlanForm,
    PossessionForm,
    ReasonForm,
    RelationForm,
    SceneForm,
    SecretForm,
    StandsForm,
)
from fabula.exports.page.index import Index, sure, surest
from fabula.story import Scene, Secret
from fabula.story.corrections import VerdictEntry
from fabula.story.verdicts import judge

__all__ = [
    "deaths",
    "facts",
    "findings",
    "knowledge",
    "orders",
    "plans",
    "possessions",
    "reasons",
    "relations",
    "scenes",
    "secrets",
]


def scenes(known: Index) -> list[SceneForm]:
    """The scenes in order of telling."""
    return [
        SceneForm(
            start=known.at(scene.start),
            end=known.at(scene.end),
            order=scene.order,
            thread=scene.thread,
            frame=scene.frame,
            place=scene.place,
            place_since=_said(scene.place, scene, known),
            time=scene.time,
            time_since=_said(scene.time, scene, known),
            present=[known.people[who] for who in scene.present if who in known.people],
            sure=sure(scene.confidence),
            why=known.at.pairs(scene.evidence),
        )
        for scene in known.scenes
    ]


def _said(words: str | None, scene: Scene, known: Index) -> int:
    """Behind which place one knows these words of a scene; its end where the text does not have them by then."""
    if words is None:
        return 0
    found = known.story.text.content.find(words, 0, scene.end)
    return known.at(scene.end if found < 0 else max(scene.start, found + len(words)))


def orders(known: Index) -> list[OrderForm]:
    """What shows which scene happened before which; the order of telling shows itself."""
    return [
        OrderForm(
            before=known.told[order.before],
            after=known.told[order.after],
            kind=order.kind,
            since=max(known.since(order.evidence, order.before), known.since(order.evidence, order.after)),
            sure=sure(order.confidence),
            why=known.at.pairs(order.evidence),
        )
        for order in known.story.orders
        if order.held and order.kind != "told" and order.before in known.told and order.after in known.told
    ]


def relations(known: Index) -> list[RelationForm]:
    """How people stand to each other."""
    return [
        RelationForm(
            a=known.people[r.a],
            b=known.people[r.b],
            kind=r.kind,
            since=known.since(r.evidence, r.from_scene),
            from_scene=known.scene(r.from_scene),
            until_scene=known.scene(r.until_scene),
            sure=sure(r.confidence),
            why=known.at.pairs(r.evidence),
        )
        for r in known.story.relations
        if r.a in known.people and r.b in known.people
    ]


def deaths(known: Index) -> list[DeathForm]:
    """Who dies, where, and where one is told."""
    return [
        DeathForm(
            who=known.people[d.who],
            since=known.since(d.evidence, d.told_in or d.scene),
            scene=known.scene(d.scene),
            told_in=known.scene(d.told_in),
            undone_in=known.scene(d.undone_in),
            sure=sure(d.confidence),
            why=known.at.pairs(d.evidence),
        )
        for d in known.story.deaths
        if d.who in known.people
    ]


def findings(known: Index, verdicts: Sequence[VerdictEntry]) -> list[FindingForm]:
    """What does not fit, with what was decided of it; known only where all its places are told."""
    return [
        FindingForm(
            key=one.key,
            kind=one.finding.kind,
            severity=one.finding.severity,
            message=one.finding.message,
            since=known.at(max((span.end for span in one.finding.evidence), default=0)),
            verdict=one.verdict.verdict if one.verdict else None,
            reason=one.verdict.reason if one.verdict else None,
            sure=sure(one.finding.confidence),
            why=known.at.pairs(one.finding.evidence),
        )
        for one in judge(known.story, verdicts)
    ]


def plans(known: Index) -> list[PlanForm]:
    """What is ordered, meant, promised or feared; what became of it is known only where that is told."""
    return [
        PlanForm(
            who=known.people[plan.who],
            doer=known.who(plan.doer),
            kind=plan.kind,
            text=plan.text,
            since=known.since(plan.evidence, plan.scene),
            scene=known.scene(plan.scene),
            outcome=plan.outcome,
            outcome_scene=known.scene(plan.outcome_scene),
            outcome_since=known.since(plan.evidence[1:], plan.outcome_scene),
            told=known.at.pairs(plan.evidence[1:]),
            stands=[
                StandsForm(kind=on.kind, text=on.text, since=known.since(on.evidence), why=known.at.pairs(on.evidence))
                for on in plan.depends_on
            ],
            sure=sure(plan.confidence),
            why=known.at.pairs(plan.evidence[:1]),
        )
        for plan in known.story.plans
        if plan.who in known.people
    ]


def reasons(known: Index) -> list[ReasonForm]:
    """What rests on what, in order of place."""
    return [
        ReasonForm(
            what=one.what.text,
            on=one.on.text,
            kind=one.kind,
            since=known.since(one.evidence, one.scene),
            scene=known.scene(one.scene),
            sure=sure(one.confidence),
            why=known.at.pairs(one.evidence[:1]),
        )
        for one in known.story.reasons
    ]


def facts(known: Index) -> list[FactForm]:
    """What the text asserts."""
    return [
        FactForm(text=f.text, since=known.since(f.evidence), sure=sure(f.confidence), why=known.at.pairs(f.evidence))
        for f in surest(known.story)
    ]


def possessions(known: Index) -> list[PossessionForm]:
    """Who holds what, from which scene until which."""
    objects = known.story.layers.objects
    names = {} if objects is UNSET else {one.id: one.name for one in objects}
    return [
        PossessionForm(
            object=names.get(p.object, p.object),
            holder=known.who(p.holder),
            since=known.since(p.evidence, p.from_scene),
            from_scene=known.scene(p.from_scene),
            until_scene=known.scene(p.until_scene),
            how=None if p.how == "has" else p.how,
            sure=sure(p.confidence),
            why=known.at.pairs(p.evidence),
        )
        for p in known.story.possessions
    ]


def knowledge(known: Index) -> list[KnowledgeForm]:
    """Who knows what, since which scene, and how they came to."""
    own = {fact.id: fact.evidence for fact in known.story.facts}
    return [
        KnowledgeForm(
            who=known.people[k.who],
            fact=known.facts[k.fact],
            how=k.how,
            since=known.since(k.evidence, k.since_scene),
            scene=known.scene(k.since_scene),
            source=None if k.source is None else known.people.get(k.source),
            sure=sure(k.confidence),
            why=[] if k.evidence == own[k.fact] else known.at.pairs(k.evidence),
        )
        for k in known.story.knowledge
        if k.who in known.people and k.fact in known.facts
    ]


def secrets(known: Index) -> list[SecretForm]:
    """What some keep from others, in order of place."""
    found = [
        SecretForm(
            text=one.text,
            keepers=[known.people[who] for who in one.keepers if who in known.people],
            kept_from=[known.people[who] for who in one.kept_from if who in known.people],
            since=known.since(one.evidence, one.scene),
            scene=known.scene(one.scene),
            out_scene=known.scene(one.out_scene),
            out_since=_out(one, known),
            sure=sure(one.confidence),
            why=known.at.pairs(one.evidence),
        )
        for one in known.story.secrets
    ]
    return sorted(found, key=lambda one: one.since)


def _out(secret: Secret, known: Index) -> int:
    """Behind which place one knows that it is out: where one from whom it was kept learns it."""
    if secret.out_scene is None:
        return 0
    layer = known.story.layers.knowledge
    learnt = [
        known.since(row.evidence, row.since_scene)
        for row in (() if layer is UNSET else layer)
        if row.fact == secret.fact and row.since_scene == secret.out_scene and row.who in secret.kept_from
    ]
    return min(learnt, default=known.since((), secret.out_scene))
