"""Wrong speakers set out to be read: the words around, who speaks, who was said to, and what had decided it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from benchmarks.corpora.pdnc import PdncNovel
from benchmarks.metrics.speakers import Verdict, judge_speakers
from benchmarks.tables import table
from fabula.story import Character, Quote, Story

__all__ = ["select_mistakes", "show_mistakes", "show_tally"]

AROUND = 200
"""Characters of context before and behind a quotation."""


def select_mistakes(
    predicted: Story, gold: PdncNovel, *, kind: str = "", outcome: str = "", cue: str = ""
) -> tuple[Verdict, ...]:
    """The wrong verdicts in order of place, narrowed to a quotation type, an outcome or the cue that decided."""
    wrong = [verdict for verdict in judge_speakers(predicted, gold) if verdict.outcome != "right"]
    return tuple(
        v for v in wrong if kind in ("", v.type) and outcome in ("", v.outcome) and cue in ("", _cue(v.predicted))
    )


def show_mistake(verdict: Verdict, predicted: Story, gold: PdncNovel) -> str:
    """One wrong quotation with its context, ready to read."""
    text, quote, guess = gold.story.text, verdict.gold, verdict.predicted
    known, said = _names(gold.story.characters), _names(predicted.characters)
    sure = guess.confidence if guess else 0.0
    before = text.content[max(0, quote.start - AROUND) : quote.start]
    behind = text.content[quote.end : quote.end + AROUND]
    return "\n".join(
        [
            f"── {quote.id} at {quote.start} (line {text.line(quote.start)}), {verdict.type}: {verdict.outcome}",
            f"   is: {known.get(quote.speaker or '', '(nobody listed)')}   said: {_said(verdict, said, known)}",
            f"   cue: {_cue(guess)}   confidence: {sure:.2f}{_evidence(guess, predicted)}",
            f"{before}⟦{text[quote]}⟧{behind}",
            "",
        ]
    )


def show_tally(verdicts: Sequence[Verdict], all_verdicts: Sequence[Verdict]) -> str:
    """How many mistakes of each outcome and cue, beside how many quotations that cue decided in all."""
    decided = Counter(_cue(verdict.predicted) for verdict in all_verdicts)
    counted = Counter((verdict.outcome, _cue(verdict.predicted)) for verdict in verdicts)
    rows = [[outcome, cue, str(count), str(decided[cue])] for (outcome, cue), count in counted.most_common()]
    return table(("outcome", "cue", "wrong", "of"), rows)


def show_mistakes(predicted: Story, gold: PdncNovel, verdicts: Sequence[Verdict], *, limit: int) -> Iterator[str]:
    """Up to `limit` mistakes, evenly drawn from the whole novel, then the tally."""
    step = max(1, -(-len(verdicts) // limit)) if limit else 1
    yield from (show_mistake(verdict, predicted, gold) for verdict in verdicts[::step])
    yield show_tally(verdicts, judge_speakers(predicted, gold))


def _said(verdict: Verdict, said: dict[str, str], known: dict[str, str]) -> str:
    guess = verdict.predicted
    if guess is None or guess.speaker is None:
        return "(nobody)"
    name = said.get(guess.speaker, guess.speaker)
    return name if verdict.said is None else f"{name} → {known[verdict.said]}"


def _evidence(guess: Quote | None, predicted: Story) -> str:
    shown = [" ".join(predicted.words(place).split()) for place in guess.evidence] if guess else []
    return "   evidence: " + " | ".join(shown) if shown else ""


def _cue(guess: Quote | None) -> str:
    return "none" if guess is None or guess.cue is None else guess.cue


def _names(characters: Sequence[Character]) -> dict[str, str]:
    return {character.id: character.name for character in characters}
