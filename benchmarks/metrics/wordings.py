"""What a reading makes of one wording: who is dead, who has the thing, who is what to whom, and what it only seemed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from benchmarks.corpora.wordings import Claim, Wording
from benchmarks.metrics.hits import Hits
from benchmarks.metrics.relations import tie_of
from benchmarks.metrics.shares import Share
from fabula.story import Object, Span, Story

__all__ = ["JUDGES", "Judged"]

_WIDER = {"aunt-uncle": "uncle", "niece-nephew": "nephew", "ex": "spouse"}
"""Kinds of the corpus under the name that readings are held to."""
_NOBODY = ""


class Judged(msgspec.Struct, frozen=True):
    """`hits`: what is true and found, what is said and true. `unfooled`: of the traps, those not fallen into.

    `missed`, `false`: in plain words, what a person looks at.
    """

    hits: Hits
    unfooled: Share
    missed: tuple[str, ...] = ()
    false: tuple[str, ...] = ()


def judge_deaths(wording: Wording, read: Story) -> Judged:
    """Who is dead at the end of it."""
    people = _people(wording, read)
    said = {people.get(death.who, f"?{_name(read, death.who)}") for death in read.deaths}
    known = {label for claim in wording.claims if claim.kind == "dead" for label in claim.labels}
    return _judged(wording, said, known, known, "alive")


def judge_hands(wording: Wording, read: Story) -> Judged:
    """Who has each thing that is marked, or that nobody has it; only what is said of things that are marked counts."""
    people = _people(wording, read)
    things = {thing.id: label for thing in read.objects for label in _labels_of(thing, wording, read)}
    said = {
        f"{things[held.object]}: {_NOBODY if held.holder is None else people.get(held.holder, '?')}"
        for held in read.possessions
        if held.object in things
    }
    known = {one for claim in wording.claims for one in _handed(claim)[:1]}
    allowed = {one for claim in wording.claims for one in _handed(claim)}
    return _judged(wording, said, known, allowed, "none")


def judge_ties(wording: Wording, read: Story) -> Judged:
    """Who is what to whom; only what is said of two people who are marked counts."""
    people = _people(wording, read)
    said = {
        " ".join(tie_of(people[row.a], people[row.b], row.kind))
        for row in read.relations
        if row.a in people and row.b in people
    }
    known = {
        " ".join(tie_of(claim.labels[0], claim.labels[1], _WIDER.get(claim.kind, claim.kind)))
        for claim in wording.claims
        if claim.kind != "none"
    }
    return _judged(wording, said, known, known, "none")


JUDGES: dict[str, Callable[[Wording, Story], Judged]] = {
    "deaths": judge_deaths,
    "hands": judge_hands,
    "ties": judge_ties,
}
"""By the name of the file."""


def _judged(wording: Wording, said: set[str], known: set[str], allowed: set[str], trap: str) -> Judged:
    hits = Hits(found=Share(len(known & said), len(known)), true=Share(len(allowed & said), len(said)))
    traps = [claim for claim in wording.claims if claim.kind == trap]
    fallen = bool(said - allowed)
    return Judged(
        hits, Share(0 if fallen else len(traps), len(traps)), tuple(sorted(known - said)), tuple(sorted(said - allowed))
    )


def _handed(claim: Claim) -> tuple[str, ...]:
    """What is so in the end, then what else may be said, as "thing: holder"."""
    people = [label for label in claim.labels if label.isupper()]
    things = [label for label in claim.labels if label.islower()]
    if not things or claim.kind == "none":
        return ()
    last = {"gives": people[-1:], "takes": people[:1], "has": people[:1], "finds": people[:1]}.get(claim.kind, [])
    ends = [f"{things[0]}: {who}" for who in last or [_NOBODY]]
    return (*ends, *(f"{things[0]}: {who}" for who in people))


def _people(wording: Wording, read: Story) -> dict[str, str]:
    """The label of each character that a marked stretch means: the one whose mention covers most of it alone."""
    found: dict[str, str] = {}
    for label, spans in wording.marks.items():
        for span in spans if label.isupper() else ():
            over = [m for m in read.mentions if m.character is not None and m.overlaps(span)]
            best = max(over, key=lambda m: _alike(m.span, span), default=None)
            if best is not None and best.character is not None:
                found.setdefault(best.character, label)
    return found


def _labels_of(thing: Object, wording: Wording, read: Story) -> Iterable[str]:
    """The label of a thing by one of its places, or by the noun it is called by."""
    names = {name.casefold().split()[-1] for name in (thing.name, *thing.aliases)}
    for label, spans in wording.marks.items():
        if label.isupper():
            continue
        nouns = {word.strip("’'s.,") for span in spans for word in wording.text[span].casefold().split()}
        if any(place.overlaps(span) for place in thing.evidence for span in spans) or names & nouns:
            yield label


def _alike(one: Span, other: Span) -> float:
    both = min(one.end, other.end) - max(one.start, other.start)
    return both / (max(one.end, other.end) - min(one.start, other.start))


def _name(read: Story, own: str) -> str:
    return next((character.name for character in read.characters if character.id == own), own)
