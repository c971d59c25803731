"""Somebody in two places at once: here in this scene, and at the same time somewhere else."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from fabula.checks.ground import Act, Ground, lay_ground
from fabula.story import Finding, Scene, Severity, Span, Story

__all__ = ["find_two_places"]

_AT_ONCE = re.compile(
    r"\b(?:at (?:the|that) (?:very |same |selfsame |exact )+(?:moment|time|hour|instant|minute)|meanwhile|"
    r"in the meantime|at that (?:moment|instant)|that (?:very|same) (?:moment|hour|instant)),?\s+",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\s+(?:was|were|sat|stood|lay|slept|waited|worked|walked)(?:\s+\w+ing)?(?:\s+\w+ly)?\s+"
    r"(?:in|at|on|aboard|inside|outside|beside|under|up in|down in|out in|out on)\s+(?P<place>[^.,;!?]{3,40})"
)
_SURE = 0.6
_NEAR = 6
"""Paragraphs between what somebody does here and the words that put them elsewhere."""


def find_two_places(story: Story) -> tuple[Finding, ...]:
    """Somebody who acts in a scene and is said to be elsewhere at that moment, or acts in two scenes at one time."""
    ground = lay_ground(story)
    return (*_elsewhere(ground), *_in_both(ground))


def _elsewhere(ground: Ground) -> Iterator[Finding]:
    """ "At that very moment Phil was in the boathouse", where Phil is at the table."""
    story = ground.story
    names = {m.start: m for m in story.mentions if m.character is not None and m.form == "name"}
    outer = [q for q in story.quotes if q.depth == 0 and q.mode != "term"]
    begins = [q.start for q in outer]
    for match in _AT_ONCE.finditer(story.text.content):
        name = names.get(match.end())
        inside = bisect_left(begins, match.start() + 1) - 1
        if name is None or name.character is None or (inside >= 0 and outer[inside].end > match.start()):
            continue
        away = _ELSEWHERE.match(story.text.content, name.end)
        here = _act_near(ground, name.character, match.start())
        if away is None or here is None or _arrives(story, here, match.start()):
            continue
        span = Span(match.start(), away.end())
        yield _finding(ground, name.character, here.span, span, "warning", 0.6)


def _act_near(ground: Ground, who: str, place: int) -> Act | None:
    """What somebody did last in this scene before a place, not long before."""
    scene, at = ground.scene(place), ground.paragraph(place)
    said = [
        Act(who, scene, quote.span, True)
        for quote in ground.story.quotes
        if quote.speaker == who and quote.mode == "spoken" and ground.scenes[scene].covers(quote)
    ]
    acts = [act for act in ground.acts if act.who == who and act.scene == scene]
    near = [act for act in (*acts, *said) if abs(at - ground.paragraph(act.span.start)) <= _NEAR]
    near = [act for act in near if not _same_sentence(ground, act, place)]
    return min(near, key=lambda act: (abs(act.span.start - place), act.span), default=None)


def _same_sentence(ground: Ground, act: Act, place: int) -> bool:
    return ground.sentence(act.span).start <= place < ground.sentence(act.span).end


def _arrives(story: Story, here: Act, place: int) -> bool:
    """Whether somebody leaves in between."""
    between = story.text.content[here.span.start : place] or story.text.content[place : here.span.start]
    return bool(
        re.search(r"\b(?:left|went|gone|leave|leaves|goes|departed|drove|rode|sailed|ran|hurried|out)\b", between)
    )


def _in_both(ground: Ground) -> Iterator[Finding]:
    """Acts of one person in two scenes that happen at once, in two places that the text names."""
    for at, one in enumerate(ground.scenes):
        for number in range(at + 1, min(len(ground.scenes), at + 4)):
            other = ground.scenes[number]
            if not _at_once(ground, one, other):
                continue
            both = {act.who for act in ground.acts if act.scene == at} & {
                a.who for a in ground.acts if a.scene == number
            }
            for who in sorted(both):
                spans = [_first(ground.acts, who, scene) for scene in (at, number)]
                told = min(one.confidence, other.confidence) >= _SURE
                yield _finding(ground, who, spans[0], spans[1], "warning" if told else "hint", 0.4)


def _at_once(ground: Ground, one: Scene, other: Scene) -> bool:
    """Whether the words at the later one's head say that it happens at the same time, and both have a place."""
    if one.frame != "main" or other.frame != "main" or not one.place or not other.place:
        return False
    head = ground.story.text.content[other.start : other.start + 120]
    return one.place.casefold() != other.place.casefold() and bool(_AT_ONCE.search(head)) and other.start == one.end


def _first(acts: Sequence[Act], who: str, scene: int) -> Span:
    return next(act.span for act in acts if act.who == who and act.scene == scene)


def _finding(ground: Ground, who: str, one: Span, other: Span, severity: Severity, sure: float) -> Finding:
    line = ground.story.text.line
    return Finding(
        kind="two-places",
        severity=severity,
        message=f"{ground.names[who]} is here in line {line(one.start):,}, and somewhere else at the same time in line "
        f"{line(other.start):,}.",
        confidence=sure,
        evidence=(one, other),
    )
