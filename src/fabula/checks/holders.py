"""Things in the wrong hands: somebody uses or gives away what another has, and nobody says how it came to him."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from fabula.checks.ground import Ground, lay_ground
from fabula.story import Finding, Possession, Span, Story

__all__ = ["find_wrong_holders"]

_SHOWN, _SAID = 0.65, 0.5
"""Custody that is less sure is told by somebody; what is less sure than the second follows from "her ring" alone."""
_SURE = 0.35
"""How sure a thing in the wrong hands is a slip: mostly the text leaves out how it came there."""


_LAID = frozenset(
    "put puts laid lays set sets left leaves placed places dropped drops hung hangs propped rested".split()
)
"""What is laid down anybody can take up, and no slip."""
_FAR = 20_000
"""So many characters on it may be another key, or have come there in between."""


def find_wrong_holders(story: Story) -> tuple[Finding, ...]:
    """A thing that one person has, in the hands of another who was never given it and never took it.

    Hints all of them: a text may leave out how a thing changes hands, and two keys may both be "the key".
    """
    ground = lay_ground(story)
    return tuple(
        finding
        for _, rows in groupby(story.possessions, key=lambda held: held.object)
        for finding in _of_thing(ground, list(rows))
    )


def _of_thing(ground: Ground, rows: Sequence[Possession]) -> Iterator[Finding]:
    owner: Possession | None = None
    for held in rows:
        if not held.evidence or held.holder not in (*ground.names, None):
            continue
        if owner is None or owner.holder in (None, held.holder):
            owner = held if held.confidence >= _SAID else owner
            continue
        wrong = _intruder(ground, owner, held)
        if wrong is not None and _is_real(ground, owner, held):
            yield _finding(ground, owner, held, wrong)  # whoever had it has it still: the slip changes nothing
        elif held.confidence >= _SAID:
            owner = held


def _intruder(ground: Ground, owner: Possession, held: Possession) -> str | None:
    """Who has or gives the thing without having come by it."""
    if held.confidence < _SHOWN or held.holder is None:
        return None
    if held.how == "has":
        return held.holder
    if held.how != "given":
        return None
    acts = (act for act in ground.acts if held.evidence[0].covers(act.span) and not act.spoken)
    giver = next((act.who for act in acts), None)
    return giver if giver not in (owner.holder, held.holder) else None


def _is_real(ground: Ground, owner: Possession, held: Possession) -> bool:
    shown = _last(owner, held)
    if ground.sentence(shown).overlaps(held.evidence[0]):
        return False  # a sentence that tells of both tells how it went from one to the other
    if abs(held.evidence[0].start - shown.start) > _FAR or _LAID & set(ground.story.words(shown).lower().split()):
        return False
    scenes = [ground.number(row.from_scene) for row in (owner, held)]
    frames = [ground.scenes[number].frame for number in scenes if number is not None]
    return frames == ["main", "main"] and all(ground.is_real(row.evidence[0]) for row in (owner, held))


def _finding(ground: Ground, owner: Possession, held: Possession, wrong: str) -> Finding:
    thing = next(one.name for one in ground.story.objects if one.id == held.object)
    line, shown = ground.story.text.line, _last(owner, held)
    has = ground.names.get(owner.holder or "", "nobody")
    return Finding(
        kind="wrong-holder",
        severity="hint",
        message=f"{has} has the {thing} (line {line(shown.start):,}), and in line {line(held.evidence[0].start):,} "
        f"{ground.names[wrong]} has it; nobody says how it came there.",
        confidence=round(min(owner.confidence, held.confidence) * _SURE / _SHOWN, 3),
        evidence=(shown, held.evidence[0]),
    )


def _last(owner: Possession, held: Possession) -> Span:
    """The last words before that show who has it."""
    before = [span for span in owner.evidence if span.end <= held.evidence[0].start]
    return before[-1] if before else owner.evidence[0]
