"""Weigh what speaks for each verb having happened, and keep those that rather did than not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from math import exp

import msgspec

from fabula.layers.events.cues import read_cues
from fabula.layers.events.forms import Form, verb_form
from fabula.layers.events.weights import BIAS, WEIGHTS
from fabula.segment.wording import Wording
from fabula.story import Event

__all__ = ["find_events", "read_candidates"]

_COMPANY = 25
"""How many candidates each way make the company of one: where much happens, this one rather happens too."""
_OWN, _SHARED, _BASE = 1.04, 8.54, -2.25
"""How a candidate's own score and its company's mean chance are weighed together; fitted as the weights were."""
_SURE_ENOUGH = 0.32
"""The chance above which a word is told as an event; about the best F1 on LitBank's development openings (.65)."""

_NO_STORY = frozenset({"heading", "break", "apart", "blank"})

_CAP = 0.35
"""The company's mean is not followed beyond this (one candidate in nine of LitBank's has livelier company; F1 is the
same with and without): a few lively sentences alone do not make what they deny happen."""


def find_events(wording: Wording) -> tuple[Event, ...]:
    """The words that say that something really happened in the story's world, with the chance of each being one.

    Realis events as LitBank marks them (Sims, Park and Bamman 2019): asserted, not denied, wished, foretold or usual.
    A verb (or a noun that happens) is judged by a score of the cues around it and by its company.
    """
    candidates = list(read_candidates(wording))
    alone = [BIAS + sum(WEIGHTS.get(cue, 0.0) for cue in read_cues(wording, at, form)) for at, form in candidates]
    found = []
    for (at, _), own, company in zip(candidates, alone, _company([_chance(odds) for odds in alone]), strict=True):
        chance = _chance(_OWN * own + _SHARED * min(company, _CAP) + _BASE)
        if chance >= _SURE_ENOUGH:
            found.append(Event(wording.starts[at], wording.ends[at], confidence=round(chance, 3)))
    return tuple(found)


def read_candidates(wording: Wording) -> Iterator[tuple[int, Form]]:
    """The words that could be events, with their form; a present counts as the past does in a story told in it."""
    story = [paragraph.kind not in _NO_STORY for paragraph in wording.segments.paragraphs]
    present = _told_in_present(wording)
    for at, word in enumerate(wording.lower):
        form = verb_form(word)
        if form is None or not story[wording.paragraph[at]]:
            continue
        before = wording.lower[at - 1] if at else ""
        if form.tense == "present" or (form.tense == "bare" and before in ("i", "we", "they")):
            if present and before and wording.quote[at] == -1 and not _is_noun_there(wording, at):
                yield at, msgspec.structs.replace(form, tense="regular")
        elif form.tense != "bare" or before == "to":
            yield at, form


def _told_in_present(wording: Wording) -> bool:
    """Whether the narration says "is" and "says" rather than "was" and "said"."""
    narrated = [word for word, quote in zip(wording.lower, wording.quote, strict=True) if quote == -1]
    now = sum(word in ("is", "are", "has", "says", "does") for word in narrated)
    then = sum(word in ("was", "were", "had", "said", "did") for word in narrated)
    return now > 2 * then


def _is_noun_there(wording: Wording, at: int) -> bool:
    """Whether a word in -s is no verb here: only after a person's name or pronoun, or "and", is it surely one."""
    before = wording.lower[at - 1]
    return not (before in ("he", "she", "it", "who", "and", "i", "we", "they") or wording.forms[at - 1][0].isupper())


def _chance(odds: float) -> float:
    return 1 / (1 + exp(-odds))


def _company(chances: Sequence[float]) -> Iterator[float]:
    """The mean chance of each candidate's neighbours, itself left out."""
    sums = list(accumulate(chances, initial=0.0))
    for at, own in enumerate(chances):
        first, last = max(0, at - _COMPANY), min(len(chances), at + _COMPANY + 1)
        yield (sums[last] - sums[first] - own) / max(1, last - first - 1)
