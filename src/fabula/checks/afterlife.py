"""The dead who act: somebody dies in one scene, and in a later one comes in and speaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fabula.checks.ground import Act, Ground, lay_ground
from fabula.story import Death, Finding, Severity, Story

__all__ = ["find_acts_after_death"]

_SUREST = 0.45
"""A death that is less sure than this (spoken of, half denied) gives hints at most."""
_LEAST = 0.2
_LIVES_ON = 3
"""Whoever does so much after a death was not dead: the words were misread, or the story takes them back."""


def find_acts_after_death(story: Story) -> tuple[Finding, ...]:
    """Somebody who is dead does or says something in a later scene of the story; the first such act of each.

    Scenes told later that happened before are no later ones; memories, dreams, letters and visions are no acts, nor is
    what stands in a sentence of ghosts, recordings and pictures.
    """
    ground = lay_ground(story)
    return tuple(finding for death in story.deaths for finding in _acts_of(ground, death))


def _acts_of(ground: Ground, death: Death) -> Iterator[Finding]:
    told = ground.number(death.scene or death.told_in)
    if told is None or death.confidence < _LEAST or not death.evidence or death.who not in ground.names:
        return
    if death.scene is not None and ground.scenes[told].frame in ("dream", "imagined", "vision"):
        return
    after = [act for act in ground.acts if act.who == death.who and _is_after(ground, act, death, told)]
    if after:
        yield _finding(ground, death, after)


def _is_after(ground: Ground, act: Act, death: Death, told: int) -> bool:
    if ground.scenes[act.scene].frame != "main" or not ground.is_real(act.span):
        return False
    if any(ground.sentence(span).overlaps(act.span) for span in death.evidence):
        return False  # the words of the death itself
    if act.scene == told:
        return act.span.start > death.evidence[0].end
    return ground.rank[act.scene] > ground.rank[told]


def _finding(ground: Ground, death: Death, after: Sequence[Act]) -> Finding:
    name, act = ground.names[death.who], after[0]
    what = "speaks" if act.spoken else "acts"
    line = ground.story.text.line
    until = f", and last in line {line(after[-1].span.start):,}" if len(after) > 1 else ""
    return Finding(
        kind="acts-after-death",
        severity=_severity(death, after),
        message=f"{name} is dead (line {line(death.evidence[0].start):,}), "
        f"but {what} later (line {line(act.span.start):,}{until}).",
        confidence=round(death.confidence * (0.8 if len(after) < _LIVES_ON else 0.4), 3),
        evidence=(death.evidence[0], *dict.fromkeys((act.span, after[-1].span))),
    )


def _severity(death: Death, after: Sequence[Act]) -> Severity:
    if len(after) >= _LIVES_ON or death.confidence < _SUREST:
        return "hint"
    return "error" if death.scene is not None and death.confidence >= 0.75 and len(after) == 1 else "warning"
