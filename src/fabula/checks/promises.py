"""What a story sets up and lets fall: a promise nobody comes back to, a thing put away and never seen again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from fabula.checks.ground import Ground, lay_ground
from fabula.lexicon import words
from fabula.story import Finding, Object, Plan, Possession, Scene, Span, Story

__all__ = ["find_promises_unkept", "find_things_unused"]

_LIKELY, _SURE = 0.4, 0.5
"""A plan, and a custody, less sure than this is no ground for a hint."""
_KEPT_UP = frozenset({"hidden", "taken", "given"})
"""What is done to a thing with the story's attention on it."""
_EMPHASIS = 3
"""A thing that is named so often before it is let fall was meant to be noticed: a fork taken up at table is not."""
_SCENES_LEFT = 2
"""So many scenes at least come after, in which the thing could have been used."""
_REST = 0.4
"""So much of the text at least comes after."""


def find_promises_unkept(story: Story) -> tuple[Finding, ...]:
    """What is promised, ordered or meant to be done with a thing of which no word is said again, though whoever was to
    do it comes in later; hints all of them, for a story may leave it to its reader."""
    ground = lay_ground(story)
    return tuple(finding for plan in story.plans if (finding := _unkept(ground, plan)) is not None)


def _unkept(ground: Ground, plan: Plan) -> Finding | None:
    story, act = ground.story, plan.act
    if plan.outcome != "open" or plan.kind == "fear" or plan.confidence < _LIKELY or act is None or act.denied:
        return None
    known = {thing.id: thing for thing in story.objects}
    things = [
        _called(known[one]) if one in known else {one} for one in act.about if one in known or one in words("things")
    ]
    number = ground.number(plan.scene)
    if not things or number is None or plan.doer not in ground.names or ground.scenes[number].frame != "main":
        return None
    again = [scene for scene in _after(ground, number) if plan.doer in scene.present and scene.frame == "main"]
    if not again or not all(_matters_no_more(ground, thing, plan.evidence[0].end) for thing in things):
        return None
    who, thing = ground.names[plan.doer], min(things[0], key=lambda name: (-len(name), name))
    what = {"promise": "promised", "order": "told to do"}.get(plan.kind, "meant")
    return Finding(
        kind="unkept-promise",
        severity="hint",
        message=f"This is {what} (line {story.text.line(plan.evidence[0].start):,}), and {who} comes in again, but the "
        f"{thing} is not spoken of any more: {plan.text}",
        confidence=round(plan.confidence * _SURE, 3),
        evidence=(plan.evidence[0], _shown(ground, again[-1], plan.doer)),
    )


def find_things_unused(story: Story) -> tuple[Finding, ...]:
    """A thing that somebody hides, takes or is given early on, and that is never mentioned again; hints."""
    ground = lay_ground(story)
    last: dict[str, Possession] = {held.object: held for held in story.possessions}
    return tuple(
        finding
        for thing in story.objects
        if thing.id in last and (finding := _unused(ground, thing, last[thing.id])) is not None
    )


def _unused(ground: Ground, thing: Object, held: Possession) -> Finding | None:
    story = ground.story
    number = ground.number(held.from_scene)
    if held.how not in _KEPT_UP or held.confidence < _SURE or not held.evidence or number is None:
        return None
    scene, end = ground.scenes[number], held.evidence[0].end
    left = len(list(_after(ground, number)))
    early = len(story.text) - scene.end >= _REST * len(story.text) and left >= _SCENES_LEFT
    if scene.frame != "main" or not early or not _matters_no_more(ground, _called(thing), end):
        return None
    return Finding(
        kind="unused-object",
        severity="hint",
        message=f"The {thing.name} is {held.how} here (line {story.text.line(held.evidence[0].start):,}), and is never "
        "mentioned again.",
        confidence=round(held.confidence * _SURE, 3),
        evidence=(held.evidence[0],),
    )


def _after(ground: Ground, number: int) -> Iterator[Scene]:
    """The scenes that happen after the one told as this number, and are told after it."""
    return (
        scene
        for at, scene in enumerate(ground.scenes)
        if at > number and ground.rank[at] > ground.rank[number] and scene.frame == "main"
    )


def _called(thing: Object) -> set[str]:
    """The nouns that a thing goes by."""
    return {name.split()[-1] for name in (thing.name, *thing.aliases) if name}


def _matters_no_more(ground: Ground, nouns: Iterable[str], place: int) -> bool:
    """Whether a thing that was spoken of often enough has no word behind a place."""
    any_of = "|".join(re.escape(noun) for noun in sorted(nouns))
    named = re.compile(rf"\b(?:{any_of})(?:e?s)?\b", re.IGNORECASE)
    content = ground.story.text.content
    return named.search(content, place) is None and len(list(islice(named.finditer(content), _EMPHASIS))) == _EMPHASIS


def _shown(ground: Ground, scene: Scene, who: str) -> Span:
    """The first words of a scene that mean somebody; its beginning where none do."""
    meant = (one.span for one in ground.story.mentions if one.character == who and scene.covers(one))
    return next(meant, Span(scene.start, min(scene.end, scene.start + 1)))
