"""Who knows what, since which scene and how, with the words that show it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import msgspec
from msgspec import UNSET

from fabula.forms.basics import names_of
from fabula.story import Fact, Knowledge, Learnt, Story

__all__ = ["KnowingRow", "SecretRow", "to_all_known", "to_knowing", "to_known", "to_secrets"]


class KnowingRow(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody knows a fact. Nobody (`who` None): nobody is shown to know it. `line` is that of the words, from 1."""

    fact: str
    text: str
    who: str | None
    how: Learnt | None
    source: str | None
    since_scene: str | None
    confidence: float
    line: int
    words: str


class SecretRow(msgspec.Struct, frozen=True, kw_only=True):
    """Who keeps a fact from whom, since which scene, in which it comes out (None: in none), in which words."""

    fact: str | None
    keepers: tuple[str, ...]
    kept_from: tuple[str, ...]
    scene: str | None
    out_scene: str | None
    line: int
    words: str


def to_secrets(story: Story, facts: Collection[str]) -> tuple[SecretRow, ...]:
    """The secrets among these facts; none where the story was read before secrets were."""
    if story.layers.secrets is UNSET:
        return ()
    names = names_of(story)
    return tuple(
        SecretRow(
            fact=one.fact,
            keepers=tuple(names.get(who, who) for who in one.keepers),
            kept_from=tuple(names.get(who, who) for who in one.kept_from),
            scene=one.scene,
            out_scene=one.out_scene,
            line=1 + story.text.content.count("\n", 0, one.evidence[0].start),
            words=" ".join(story.words(one.evidence[0]).split()),
        )
        for one in story.secrets
        if one.fact in facts
    )


def to_knowing(story: Story, words: str) -> tuple[KnowingRow, ...]:
    """Who knows the facts that some words mean; a fact that nobody is shown to know has one row.

    Raises:
        NotInStory: if no fact is like these words; the message names the nearest.
    """
    known: dict[str, list[Knowledge]] = {}
    for row in story.who_knows(words):
        known.setdefault(row.fact, []).append(row)
    rows: list[KnowingRow] = []
    for fact in story.facts_about(words):
        rows.extend(_rows(story, {fact.id: fact}, known.get(fact.id, ())))
        if fact.id not in known:
            rows.append(_row(story, fact, None, {}))
    return tuple(rows)


def to_known(story: Story, name: str, *, at: str | None = None) -> tuple[KnowingRow, ...]:
    """What somebody knows, by the end of a scene or of the story.

    Raises:
        NotInStory: if nobody goes by that name, or there is no such scene.
    """
    return tuple(_rows(story, {fact.id: fact for fact in story.facts}, story.knows(name, at=at)))


def to_all_known(story: Story) -> tuple[KnowingRow, ...]:
    """Who knows what: every row, as the story has them.

    Raises:
        NotRead: if facts, knowledge or characters were not read.
    """
    return tuple(_rows(story, {fact.id: fact for fact in story.facts}, story.knowledge))


def _rows(story: Story, facts: dict[str, Fact], known: Iterable[Knowledge]) -> list[KnowingRow]:
    names = names_of(story)
    return [_row(story, facts[row.fact], row, names) for row in known]


def _row(story: Story, fact: Fact, known: Knowledge | None, names: dict[str, str]) -> KnowingRow:
    evidence = (known.evidence if known is not None else ()) or fact.evidence
    start = evidence[0].start if evidence else 0
    return KnowingRow(
        fact=fact.id,
        text=fact.text,
        who=None if known is None else names.get(known.who, known.who),
        how=None if known is None else known.how,
        source=None if known is None or known.source is None else names.get(known.source, known.source),
        since_scene=fact.scene if known is None else known.since_scene,
        confidence=fact.confidence if known is None else known.confidence,
        line=1 + story.text.content.count("\n", 0, start),
        words=" ".join(story.words(evidence[0]).split()) if evidence else "",
    )
