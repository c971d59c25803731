"""People who know what they cannot know yet: somebody speaks of a death before it happens."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fabula.checks.ground import Ground, lay_ground
from fabula.story import Death, Fact, Finding, Quote, Span, Story

__all__ = ["find_never_learned"]

_SURE = 0.5
"""How sure it is a slip and not a lie, a prophecy, a false report or scenes put in the wrong order."""
_OVER = re.compile(r"\b(?:had|has|have|was|were|is|been|would|will|dead)\b|[’']d\b")
"""Words in whose sentence a death is told of that has happened, or will: it is not shown as it happens."""


def find_never_learned(story: Story) -> tuple[Finding, ...]:
    """Somebody says that another is dead in a scene that happens before the one in which the story shows the death.

    Hints: who says so may lie or err, and scenes may be told out of order without a word that tells it.
    """
    ground = lay_ground(story)
    spoken = [quote for quote in story.quotes if quote.depth == 0 and quote.mode == "spoken"]
    told = {fact.about[0]: fact for fact in story.facts if fact.kind == "death" and fact.about}
    found = (
        _said_before(ground, death, told[death.who], spoken)
        for death in story.deaths
        if death.who in told and death.who in ground.names
    )
    return tuple(finding for findings in found for finding in findings)


def _said_before(ground: Ground, death: Death, fact: Fact, spoken: Sequence[Quote]) -> Iterator[Finding]:
    shown = next((span for span in death.evidence if _is_shown(ground, span)), None)
    if shown is None:
        return
    for span in fact.evidence:
        quote = next((one for one in spoken if one.span.covers(span)), None)
        early = _is_main(ground, span) and _rank(ground, span) < _rank(ground, shown)
        if early and quote is not None and quote.speaker in ground.names and ground.is_real(span):
            yield _finding(ground, death, quote.speaker, span, shown)
            return


def _is_shown(ground: Ground, span: Span) -> bool:
    """Whether the narration shows the death as it happens."""
    said = any(quote.overlaps(span) for quote in ground.story.quotes)
    sentence = ground.story.text[ground.sentence(span)]
    return not said and _is_main(ground, span) and ground.is_real(span) and not _OVER.search(sentence)


def _is_main(ground: Ground, span: Span) -> bool:
    return ground.scenes[ground.scene(span.start)].frame == "main"


def _rank(ground: Ground, span: Span) -> int:
    return ground.rank[ground.scene(span.start)]


def _finding(ground: Ground, death: Death, who: str, said: Span, shown: Span) -> Finding:
    line = ground.story.text.line
    return Finding(
        kind="never-learned",
        severity="hint",
        message=f"{ground.names[who]} says in line {line(said.start):,} that {ground.names[death.who]} is dead, "
        f"who dies only in line {line(shown.start):,}.",
        confidence=round(death.confidence * _SURE, 3),
        evidence=(said, shown),
    )
