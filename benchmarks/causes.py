"""Why a speaker was wrong: each wrong quotation put down to the step of the reading that failed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from random import Random

from benchmarks.corpora.pdnc import PdncNovel
from benchmarks.metrics.mapping import map_cast
from benchmarks.metrics.speakers import Verdict, judge_speakers
from fabula.story import Quote, Story

__all__ = ["CAUSES", "count_causes", "draw", "name_causes"]

CAUSES: dict[str, str] = {
    "quotation": "the quotation is not found, or not as one that has a speaker",
    "nobody": "the corpus itself names nobody",
    "not in cast": "no character of the reading is the speaker",
    "split": "the answer is a fragment: a character of the reading whom nobody on the list is",
    "tag name": "a name in a tag: taken for another person, or another name taken for the tag's",
    "tag pronoun": '"he said": another he is meant',
    "tag description": '"said the old man": another one is meant',
    "beat": "an action beside the speech is somebody else's than the speaker's",
    "turn": "nothing beside the speech tells, and the order of turns is misjudged",
}
"""The causes, in the order in which they are asked for."""


def name_causes(predicted: Story, gold: PdncNovel) -> list[tuple[Verdict, str]]:
    """The wrong verdicts in order of place, each with its cause."""
    cast = map_cast(predicted, gold.story)
    found = {cast.find(character.id) for character in predicted.characters}
    forms = {edge: m.form for m in predicted.mentions for edge in ((m.start, 0), (0, m.end))}
    return [
        (verdict, _cause(verdict, found, forms))
        for verdict in judge_speakers(predicted, gold)
        if verdict.outcome != "right"
    ]


def count_causes(named: Sequence[tuple[Verdict, str]]) -> dict[str, int]:
    """How many of each cause, in the order of `CAUSES`."""
    counted = Counter(cause for _, cause in named)
    return {cause: counted[cause] for cause in CAUSES}


def draw(many: int, *, seed: int, sizes: Sequence[int]) -> list[list[int]]:
    """Numbers of so many wrong quotations, drawn by chance from all of several novels together, for each novel."""
    places = [(novel, n) for novel, size in enumerate(sizes) for n in range(size)]
    chosen = set(Random(seed).sample(places, min(many, len(places))))
    return [[n for n in range(size) if (novel, n) in chosen] for novel, size in enumerate(sizes)]


def _cause(verdict: Verdict, found: set[str | None], forms: Mapping[tuple[int, int], str]) -> str:
    guess = verdict.predicted
    if verdict.outcome == "unanswerable":
        return "nobody"
    if verdict.outcome == "not found" or guess is None or guess.mode == "term":
        return "quotation"
    if verdict.gold.speaker not in found:
        return "not in cast"
    if verdict.outcome == "unmapped":
        return "split"
    if guess.cue == "tag":
        return f"tag {_form(guess, forms)}"
    return "beat" if guess.cue == "beat" else "turn"


def _form(guess: Quote, forms: Mapping[tuple[int, int], str]) -> str:
    """What the subject of a tag is: it stands at one of the two edges of the words that decided."""
    edges = [edge for span in guess.evidence for edge in ((span.start, 0), (0, span.end))]
    form = next((forms[edge] for edge in edges if edge in forms), "pronoun")
    return "description" if form == "nominal" else form
