"""Who is spoken to: whoever is named as hearer or called by name, else whom the talk around it shows likeliest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from fabula.layers.speech.decide import Decision
from fabula.layers.speech.hearer_weights import SEEN, Hearing
from fabula.layers.speech.stage import Stage
from fabula.layers.speech.turns import Turn

__all__ = ["Ears", "find_hearers", "look"]

Array = NDArray[np.float64]

_REACH = 6
"""So many speeches before and behind one are looked through for those it may be said to."""
_PARAGRAPHS = 6
"""So many paragraphs of narration before and behind a speech show who is there."""
_FADE = 0.7
_APART = 0.5
"""How much a paragraph of narration between two speeches parts them."""
_HEAD = 2
"""A mention so near its sentence's beginning is its subject, nearly always."""
_TOWARDS = frozenset("to at towards toward upon".split())
"""What leads to whom one turns."""
_AT = {name: i for i, name in enumerate(SEEN)}


class Ears:
    """Where the narration mentions each character, to see who may hear a speech."""

    def __init__(self, stage: Stage) -> None:
        wording = stage.wording
        self.stage = stage
        self._narrated: defaultdict[int, dict[str, float]] = defaultdict(dict)
        self._subjects: defaultdict[int, dict[str, float]] = defaultdict(dict)
        self._turned_to: defaultdict[int, dict[str, float]] = defaultdict(dict)
        for mention in stage.mentions:
            who = stage.teller_at(mention.start) if stage.is_narrator(mention) else mention.character
            word = stage.words_of[mention].start
            if not who or word >= len(wording) or wording.quote[word] != -1:
                continue
            paragraph = wording.paragraph[word]
            _note(self._narrated[paragraph], who, mention.confidence)
            if word - wording.at(wording.segments.sentences[wording.sentence[word]].start) <= _HEAD:
                _note(self._subjects[paragraph], who, mention.confidence)
            if word and wording.lower[word - 1] in _TOWARDS:
                _note(self._turned_to[paragraph], who, mention.confidence)

    def acting_at(self, paragraph: int) -> Mapping[str, float]:
        """Who opens a sentence of a paragraph's narration, as its subject does."""
        return self._subjects.get(paragraph, {})

    def turned_to_at(self, paragraph: int) -> Mapping[str, float]:
        """To whom something is done or turned in a paragraph's narration: "looked at Anne"."""
        return self._turned_to.get(paragraph, {})

    def at(self, paragraph: int) -> Mapping[str, float]:
        """Who is mentioned in a paragraph's narration, each with how sure that is."""
        return self._narrated.get(paragraph, {})


def _note(near: dict[str, float], who: str, sure: float) -> None:
    near[who] = max(near.get(who, 0.0), sure)


def find_hearers(
    ears: Ears, run: Sequence[Turn], decisions: Sequence[Decision], *, weights: Hearing | None = None
) -> list[tuple[str, ...]]:
    """Whom each turn of a conversation is said to; nobody where nothing tells."""
    scale = np.array([getattr(weights or Hearing(), name) for name in SEEN])
    heard: list[tuple[str, ...]] = []
    for t, turn in enumerate(run):
        told = _told_by_tag(turn, decisions[t].speaker)
        if told:
            heard.append(told)
            continue
        seen = look(ears, run, decisions, heard, t)
        best = max(seen, key=lambda who: (float(seen[who] @ scale), who or ""))
        others = [c for c in turn.called if c in seen and c not in turn.bare] if best in turn.called else []
        heard.append(tuple(dict.fromkeys((best, *others))) if best else ())
    return heard


def _told_by_tag(turn: Turn, speaker: str | None) -> tuple[str, ...]:
    """Those whom a tag names as hearers."""
    named = (s.to.character for s in turn.signs if s.to is not None)
    return tuple(dict.fromkeys(c for c in named if c is not None and c != speaker))


def look(
    ears: Ears, run: Sequence[Turn], decisions: Sequence[Decision], heard: Sequence[tuple[str, ...]], t: int
) -> dict[str | None, Array]:
    """What is seen of each who may be spoken to at turn `t`, and of nobody (None).

    Args:
        heard: whom the turns before are said to.
    """
    seen: defaultdict[str | None, Array] = defaultdict(lambda: np.zeros(len(SEEN)))
    seen[None][_AT["nobody"]] = 1.0
    speaker, turn = decisions[t].speaker, run[t]
    _see_speeches(ears.stage, run, decisions, t, -1, seen)
    _see_speeches(ears.stage, run, decisions, t, 1, seen)
    _see_narration(ears, turn, seen)
    _see_answers(run, decisions, heard, t, seen)
    first = ears.stage.wording.segments.quotations[turn.quotations[0]].start
    narrator = ears.stage.teller_at(first)
    if narrator:
        seen[narrator][_AT["narrator"]] = 1.0
    for who in turn.called:
        seen[who][_AT["called_alone" if who in turn.bare else "called"]] = 1.0
    if speaker is not None:
        seen.pop(speaker, None)
    for name, row in seen.items():
        row[_AT["told"]] = float(name in turn.told)
        gender = ears.stage.gender.get(name or "", "")
        if turn.honoured and gender:
            row[_AT["fits" if gender == turn.honoured else "unfit"]] = 1.0
    return dict(seen)


def _see_speeches(
    stage: Stage,
    run: Sequence[Turn],
    decisions: Sequence[Decision],
    t: int,
    step: int,
    seen: Mapping[str | None, Array],
) -> None:
    """Who speaks before a turn (`step` -1) or behind it (1), and how near."""
    last, ever, question = ("spoke_last", "spoke", "asked") if step < 0 else ("speaks_next", "speaks", "answers")
    found, nearness = False, 1.0
    for n in range(t + step, t + step * (_REACH + 1), step):
        if not 0 <= n < len(run):
            return
        earlier, later = sorted((n, n - step))
        gap = max(0, run[later].paragraph - run[earlier].last - 1)
        nearness *= 1.0 / (1 + _APART * gap)
        other, sure = decisions[n].speaker, decisions[n].confidence
        if other is not None and other != decisions[t].speaker:
            row = seen[other]
            row[_AT[ever]] = max(row[_AT[ever]], nearness * sure)
            if not found:
                row[_AT[last]] = nearness
                row[_AT[question]] = float(_asks(stage, run[min(t, n)]))
                found = True
        nearness *= _FADE


def _asks(stage: Stage, turn: Turn) -> bool:
    """Whether a speech ends with a question."""
    text = stage.wording.segments.text
    return text[stage.wording.segments.quotations[turn.quotations[-1]]].rstrip("\"'”’»“」_ ").endswith("?")


def _see_narration(ears: Ears, turn: Turn, seen: Mapping[str | None, Array]) -> None:
    """Who is mentioned in the narration around a turn."""
    for paragraph in range(turn.paragraph, turn.last + 1):
        for who, sure in ears.at(paragraph).items():
            seen[who][_AT["beside"]] = max(seen[who][_AT["beside"]], sure)
        for who, sure in ears.turned_to_at(paragraph).items():
            seen[who][_AT["turned_to"]] = max(seen[who][_AT["turned_to"]], sure)
    for far in range(1, _PARAGRAPHS + 1):
        for name, paragraph in (("before", turn.paragraph - far), ("behind", turn.last + far)):
            for who, sure in ears.at(paragraph).items():
                row = seen[who]
                row[_AT[name]] = max(row[_AT[name]], sure * _FADE ** (far - 1))
    for far in (1, 2):
        for who, sure in ears.acting_at(turn.paragraph - far).items():
            row = seen[who]
            row[_AT["acted"]] = max(row[_AT["acted"]], sure * _FADE ** (far - 1))


def _see_answers(
    run: Sequence[Turn],
    decisions: Sequence[Decision],
    heard: Sequence[tuple[str, ...]],
    t: int,
    seen: Mapping[str | None, Array],
) -> None:
    """Who has just spoken to the speaker, or whom the speaker has just spoken to."""
    speaker = decisions[t].speaker
    for n in range(t - 1, max(-1, t - 4), -1):
        fade = _FADE ** (t - 1 - n)
        other = decisions[n].speaker
        if other is not None and other != speaker and speaker in heard[n]:
            seen[other][_AT["said_to_me"]] = max(seen[other][_AT["said_to_me"]], fade)
        for who in heard[n] if other == speaker else ():
            seen[who][_AT["still"]] = max(seen[who][_AT["still"]], fade)
