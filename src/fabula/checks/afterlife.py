"""The dead who act: somebody dies in one scene, and in a later one comes in and speaks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from fabula.checks.ground import Act, Ground, lay_ground
from fabula.story import Death, Finding, Mention, Severity, Span, Story

__all__ = ["find_acts_after_death"]

_SUREST = 0.45
"""A death that is less sure than this (spoken of, half denied) gives hints at most."""
_LEAST = 0.2
_LIVES_ON = 3
"""Whoever does so much after a death was not dead: the words were misread, or the story takes them back."""
_OUTRIGHT = 0.3
"""How sure a death is that the narration tells in so many words, and that was not kept as one for all its bearer does
later: one hint is worth it, since a slip of the pen does just that."""
_DIES = re.compile(
    r"\s+(?:had\s+(?:just\s+|already\s+)?died|died|(?:was|were|is|are|lay)\s+(?:already\s+|now\s+|quite\s+)?(?:dead|"
    r"killed|murdered|drowned|hanged|buried))\b"
    r"(?!\s+(?:tired|asleep|drunk|sure|certain|set|right|against|to|laughing|of|with|in|by|under|away|down|out|for|a|an|"
    r"the|serious|calm|silent|still|as|at\s+(?:the\s+)?heart))"
)
_KILLS = re.compile(r"\b(?:killed|murdered|drowned|buried|hanged)\s+$")
_UNTRUE = re.compile(
    r"\b(?:not|never|nearly|almost|if|as if|though|would|could|might|may|should|must|will|thought|believed|dreamt|"
    r"dreamed|feared|hoped|said|nobody|no one|until|before|when|whether|pretended|who|whoever|like)\b|n’t|n't",
    re.IGNORECASE,
)
"""Before the name, these deny the death, suppose it, put it off, or say who only thought so."""


def find_acts_after_death(story: Story) -> tuple[Finding, ...]:
    """Somebody who is dead does or says something in a later scene of the story; the first such act of each.

    Scenes told later that happened before are no later ones; memories, dreams, letters and visions are no acts, nor is
    what stands in a sentence of ghosts, recordings and pictures.
    """
    ground = lay_ground(story)
    deaths = (*story.deaths, *_outright(ground))
    return tuple(finding for death in deaths for finding in _acts_of(ground, death))


def _outright(ground: Ground) -> Iterator[Death]:
    """ "Amos died that night", "They buried Amos", of those of whom no death was kept; the first of each."""
    known = {death.who for death in ground.story.deaths}
    outer = [quote for quote in ground.story.quotes if quote.depth == 0]
    begins = [quote.start for quote in outer]
    for mention in ground.story.mentions:
        if mention.form != "name" or mention.character is None or mention.character in known:
            continue
        within = bisect_right(begins, mention.start) - 1
        told = _told_outright(ground, mention) if within < 0 or outer[within].end <= mention.start else None
        if told is not None:
            known.add(mention.character)
            scene = ground.scenes[ground.scene(mention.start)].id
            yield Death(who=mention.character, scene=scene, told_in=scene, confidence=_OUTRIGHT, evidence=(told,))


def _told_outright(ground: Ground, mention: Mention) -> Span | None:
    """The words that say of the one named that he died, in a main clause that denies and supposes nothing."""
    content = ground.story.text.content
    whole = ground.sentence(mention.span)
    lead = content[whole.start : mention.start]
    dies, kills = _DIES.match(content, mention.end), _KILLS.search(lead)
    if (dies is None and kills is None) or _UNTRUE.search(lead):
        return None
    start = whole.start + kills.start() if kills is not None else mention.start
    return Span(start, dies.end() if dies is not None else mention.end)


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
