"""What the text asserts of people and things, each with its place: never overwritten, so that two can contradict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fabula.layers.state.clauses import alike
from fabula.layers.state.custody import Belongings
from fabula.layers.state.facts.claim import SAID, Claim
from fabula.layers.state.facts.of_deeds import find_deeds, find_shown, find_written
from fabula.layers.state.facts.of_people import find_attributes
from fabula.layers.state.facts.of_words import find_learnt, find_said
from fabula.layers.state.ground import Ground
from fabula.story import Death, Fact

__all__ = ["find_facts"]

_SAME = 0.6
"""Two assertions that share so much of what they are made of are one fact."""
_COMMON = 40
"""A word that so many facts have tells nothing of which fact it is."""

Facts = tuple[tuple[Fact, ...], tuple[tuple[int, str], ...]]


def find_facts(ground: Ground, had: Belongings, deaths: Sequence[Death]) -> Facts:
    """The facts in order of place, and a word of each assertion with the fact it asserts."""
    claims = [*_of_deaths(ground, deaths), *_of_custody(ground, had), *find_attributes(ground)]
    claims += [*find_said(ground, had), *find_learnt(ground, had), *find_written(ground, had)]
    claims += find_deeds(ground, had)
    claims += _not_told(claims, find_shown(ground, had))
    claims.sort(key=lambda claim: (claim.evidence, claim.kind, claim.text))
    groups: list[list[Claim]] = []
    by_word: dict[str, list[int]] = {}
    for claim in claims:
        same = _known(claim, groups, by_word)
        if same is None:
            same = len(groups)
            groups.append([])
            for word in sorted(claim.gist):
                by_word.setdefault(word, []).append(same)
        groups[same].append(claim)
    facts: list[Fact] = []
    at: list[tuple[int, str]] = []
    for number, group in enumerate(groups, 1):
        facts.append(_fact(ground, f"f{number}", group))
        at.extend((claim.at, f"f{number}") for claim in group)
    return tuple(facts), tuple(sorted(at))


def _not_told(told: Sequence[Claim], shown: Iterable[Claim]) -> Iterator[Claim]:
    """Those of the claims whose words tell of no deed, death or custody already."""
    whole = {claim.evidence for claim in told if claim.kind in ("deed", "custody")}
    deaths = [claim for claim in told if claim.kind == "death"]
    for claim in shown:
        place = claim.evidence
        dies = any(
            death.about == claim.about[:1] and death.evidence.start < place.end and place.start < death.evidence.end
            for death in deaths
        )
        if place not in whole and not dies:
            yield claim


def _known(claim: Claim, groups: Sequence[Sequence[Claim]], by_word: dict[str, list[int]]) -> int | None:
    """The fact that a claim asserts again, in these or other words."""
    seen: dict[int, int] = {}
    for word in sorted(claim.gist):
        rows = by_word.get(word, ())
        if len(rows) <= _COMMON:
            for row in rows:
                seen[row] = seen.get(row, 0) + 1
    best, most = None, _SAME
    for row in seen:
        first = groups[row][0]
        if first.kind != claim.kind or first.value != claim.value or first.about[:1] != claim.about[:1]:
            continue
        share = alike(first.gist, claim.gist)
        if share >= most and (best is None or share > most):
            best, most = row, share
    return best


def _fact(ground: Ground, own: str, group: Sequence[Claim]) -> Fact:
    first = group[0]
    scene = ground.scene(first.at)
    return Fact(
        id=own,
        text=first.text,
        kind=first.kind,
        about=first.about,
        value=first.value,
        scene=scene.id if scene else None,
        confidence=round(max(claim.confidence for claim in group), 3),
        evidence=tuple(dict.fromkeys(claim.evidence for claim in group)),
    )


def _of_deaths(ground: Ground, deaths: Sequence[Death]) -> Iterator[Claim]:
    for death in deaths:
        name = ground.who.characters[death.who].name
        for span in death.evidence:
            at = ground.who.wording.at(span.start)
            text, made_of = f"{name} is dead", frozenset({death.who, "dead"})
            yield Claim("death", at, text, (death.who,), None, made_of, death.confidence, span)


def _of_custody(ground: Ground, had: Belongings) -> Iterator[Claim]:
    names = {thing.id: thing.name for thing in had.objects}
    for row in had.possessions:
        if not row.evidence or row.confidence < SAID - 0.1:
            continue
        if row.holder is None and row.how in ("given", "taken"):
            continue  # somebody has it, and nobody says who
        who = ground.who.characters[row.holder].name if row.holder else "nobody"
        text = f"{who} has the {names[row.object]}"
        about = (row.object, *((row.holder,) if row.holder else ()))
        at = ground.who.wording.at(row.evidence[0].start)
        made_of = frozenset({*about, "has"})
        yield Claim("custody", at, text, about, row.holder or "", made_of, row.confidence, row.evidence[0])
