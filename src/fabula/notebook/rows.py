"""Rows that only notebooks ask for: who is in which scene, facts, plans, deaths, findings; by name, not by id."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

import msgspec
from msgspec import UNSET

from fabula.forms.basics import names_of, scene_numbers, voiced
from fabula.story import FactKind, Outcome, PlanKind, Report, Severity, Span, Story
from fabula.story.verdicts import finding_key

__all__ = [
    "DeathRow",
    "FactRow",
    "FindingRow",
    "PlanRow",
    "PresenceRow",
    "deaths_of",
    "facts_of",
    "findings_of",
    "plans_of",
    "presence_of",
]


class PresenceRow(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody in a scene: there, heard from afar, or only spoken of. `told` and `order` are the scene's numbers in
    order of telling and in story order; `lines` and `words` are what they say in it."""

    scene: str
    told: int
    order: int | None
    person: str
    how: str
    lines: int
    words: int


class FactRow(msgspec.Struct, frozen=True, kw_only=True):
    """Something the text asserts. `line` is that of the words, from 1."""

    id: str
    text: str
    kind: FactKind
    about: tuple[str, ...]
    value: str | None
    scene: str | None
    confidence: float
    line: int | None
    words: str


class PlanRow(msgspec.Struct, frozen=True, kw_only=True):
    """Something ordered, intended, promised or feared, what became of it, and on what it stands."""

    id: str
    who: str
    doer: str | None
    kind: PlanKind
    text: str
    scene: str | None
    outcome: Outcome
    outcome_scene: str | None
    stands_on: tuple[str, ...]
    confidence: float
    line: int | None
    words: str


class DeathRow(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody dies: in `scene` (None: not shown), as told in `told_in`."""

    who: str
    scene: str | None
    told_in: str | None
    how: Report
    undone_in: str | None
    confidence: float
    line: int | None
    words: str


class FindingRow(msgspec.Struct, frozen=True, kw_only=True):
    """Something that does not fit, with the key by which `fabula check` knows it; `line` and `words` are the first
    place's, `other_lines` those of the others."""

    key: str
    kind: str
    severity: Severity
    message: str
    confidence: float
    line: int | None
    words: str
    other_lines: tuple[int, ...]


def presence_of(story: Story) -> tuple[PresenceRow, ...]:
    """Who is there, heard or spoken of in each scene, in order of telling."""
    names, numbers = names_of(story), scene_numbers(story)
    lines: Counter[tuple[str, str | None]] = Counter()
    words: Counter[tuple[str, str | None]] = Counter()
    for quote in () if story.layers.quotes is UNSET else voiced(story):
        key = (story.scene_at(quote.start).id, quote.speaker)
        lines[key] += 1
        words[key] += len(story.words(quote).split())
    rows = []
    for scene in story.scenes:
        ways = (("there", scene.present), ("heard", scene.heard), ("spoken of", scene.spoken_of))
        for how, who in ((how, who) for how, people in ways for who in people):
            rows.append(
                PresenceRow(
                    scene=scene.id,
                    told=numbers[scene.id],
                    order=scene.order,
                    person=names.get(who, who),
                    how=how,
                    lines=lines[scene.id, who],
                    words=words[scene.id, who],
                )
            )
    return tuple(rows)


def facts_of(story: Story) -> tuple[FactRow, ...]:
    """The facts in order of place."""
    names, at = names_of(story), _Places(story)
    things = {} if story.layers.objects is UNSET else {one.id: one.name for one in story.objects}
    called = {**things, **names}
    return tuple(
        FactRow(
            id=fact.id,
            text=fact.text,
            kind=fact.kind,
            about=tuple(called.get(one, one) for one in fact.about),
            value=fact.value,
            scene=fact.scene,
            confidence=fact.confidence,
            line=at.line(fact.evidence),
            words=at.words(fact.evidence),
        )
        for fact in story.facts
    )


def plans_of(story: Story) -> tuple[PlanRow, ...]:
    """The plans in order of place."""
    names, at = names_of(story), _Places(story)
    return tuple(
        PlanRow(
            id=plan.id,
            who=names.get(plan.who, plan.who),
            doer=None if plan.doer is None else names.get(plan.doer, plan.doer),
            kind=plan.kind,
            text=plan.text,
            scene=plan.scene,
            outcome=plan.outcome,
            outcome_scene=plan.outcome_scene,
            stands_on=tuple(one.text for one in plan.depends_on),
            confidence=plan.confidence,
            line=at.line(plan.evidence),
            words=at.words(plan.evidence),
        )
        for plan in story.plans
    )


def deaths_of(story: Story) -> tuple[DeathRow, ...]:
    """The deaths, as the story has them."""
    names, at = names_of(story), _Places(story)
    return tuple(
        DeathRow(
            who=names.get(death.who, death.who),
            scene=death.scene,
            told_in=death.told_in,
            how=death.how,
            undone_in=death.undone_in,
            confidence=death.confidence,
            line=at.line(death.evidence),
            words=at.words(death.evidence),
        )
        for death in story.deaths
    )


def findings_of(story: Story) -> tuple[FindingRow, ...]:
    """The findings, as the story has them."""
    at = _Places(story)
    return tuple(
        FindingRow(
            key=finding_key(story, finding),
            kind=finding.kind,
            severity=finding.severity,
            message=finding.message,
            confidence=finding.confidence,
            line=at.line(finding.evidence),
            words=at.words(finding.evidence),
            other_lines=tuple(line for span in finding.evidence[1:] if (line := at.line([span])) is not None),
        )
        for finding in story.findings
    )


class _Places:
    """Lines of places without a walk through the text for each."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._ends = [place for place, sign in enumerate(story.text.content) if sign == "\n"]

    def line(self, evidence: Sequence[Span]) -> int | None:
        return bisect_left(self._ends, evidence[0].start) + 1 if evidence else None

    def words(self, evidence: Sequence[Span]) -> str:
        return " ".join(self._story.words(evidence[0]).split()) if evidence else ""
