"""Which of those near died, where only "he" or "her" says so: hardly one who goes on doing things."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from fabula.layers.state.deaths.lives import Life
from fabula.layers.state.deaths.signs import mourning
from fabula.layers.state.deaths.told import Told
from fabula.layers.state.ground import Ground, Meant
from fabula.layers.state.reading import Claims

__all__ = ["settle"]

_GENDERS = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}
_PRONOUNS = {"m": "he/him", "f": "she/her"}
_FAR = 200
"""So many words before "he died" the one who did must be met …"""
_BEHIND = 25
"""… or so many behind it."""
_AILING = 20
"""So many words around a mention show how somebody is."""
_MUCH = 4.0
"""What words of a deathbed weigh together at most."""
_ON_AND_ON = 4
"""Whoever does so much behind it went on living for good."""
_ODDS = 6.0
"""Log odds of what is read are taken as a share of so much."""
_MEANT, _GUESSED, _NAMED_ELSEWHERE = 1.5, 0.5, 2.0
"""What weighs that the words are known, or guessed, to mean one, and that another's death is told by name elsewhere.
All these are log odds, set by hand while looking at the project's own stories."""
_NEAR, _READ, _AILED, _CALLED_SO = 1.0, 1.5, 0.8, 0.5
_LIVING, _ADDRESSED, _OTHER_SEX = 2.5, 1.0, 1.0
"""For one speak being near, what is read, ailing, and being "he" elsewhere; against it living on, being spoken to, and
a first name of the other sex."""
_BETTER, _FAR_BETTER = 0.2, 2.0
"""By so much another must be likelier than the one who is guessed, or known, to be meant."""
_SURE = 0.6


def settle(ground: Ground, reports: Sequence[Told], lives: Mapping[str, Life], read: Claims) -> Iterator[Told]:
    """The reports, those with nothing but a pronoun given to whoever near is likeliest to have died."""
    named = {report.dead.id for report in reports if not _is_pronoun(ground, report.dead)}
    weights = mourning(ground)
    for report in reports:
        if not _is_pronoun(ground, report.dead):
            yield report
            continue
        own = report.dead.id
        odds = {who: _odds_of(ground, report, who, lives, read, weights) for who in _near(ground, report)}
        for who in odds.keys() & named:
            odds[who] -= _NAMED_ELSEWHERE * (who != own)
        best = max(odds, key=lambda who: (odds[who], who == own, who), default=own)
        better = _BETTER if report.dead.confidence <= _SURE else _FAR_BETTER
        if best == own or odds[best] < odds[own] + better:
            yield report
        else:
            yield msgspec.structs.replace(report, dead=Meant(best, report.dead.first, report.dead.stop, _SURE))


def _is_pronoun(ground: Ground, dead: Meant) -> bool:
    return dead.stop - dead.first == 1 and ground.who.wording.lower[dead.first] in _GENDERS


def _near(ground: Ground, report: Told) -> list[str]:
    """Those of the right sex who are met near, but for who says it."""
    word = report.dead.first
    gender, quote = _GENDERS[ground.who.wording.lower[word]], ground.quote(word)
    tagged = quote is not None and quote.cue == "tag"
    said_by = quote.speaker if quote is not None and tagged else ground.speaker(word) if quote is None else None
    met = [*ground.who.named, *ground.who.described]
    near = {one.id for one in met if word - _FAR <= one.first <= word + _BEHIND} - {said_by}
    people = ground.who.characters
    fit = [who for who in near if people[who].pronouns in (None, "", _PRONOUNS[gender])]
    return sorted({report.dead.id, *(who for who in fit if people[who].kind in ("person", "animal"))})


def _odds_of(
    ground: Ground,
    report: Told,
    who: str,
    lives: Mapping[str, Life],
    read: Claims,
    weights: Sequence[tuple[int, float]],
) -> float:
    word, life = report.dead.first, lives[who]
    before = bisect_left(life.met, word)
    behind = life.met[before] - word if before < len(life.met) else _FAR
    away = min(word - life.met[before - 1] if before else _FAR, 2 * behind if behind > 0 else _FAR)
    odds = -_NEAR * math.log(1 + min(away, _FAR) / 20)
    if who == report.dead.id:
        odds += _MEANT if report.dead.confidence > _SURE else _GUESSED
    odds += _READ * _read(read, who, word)
    odds -= _LIVING * min(1.0, life.acts_after(report.last) / _ON_AND_ON)
    odds += _AILED * _ailing(life, word, weights)
    quote = ground.quote(word)
    if quote is not None and who in (quote.speaker, *quote.addressees[:1]):
        odds -= _ADDRESSED
    gender = _GENDERS[ground.who.wording.lower[word]]
    if ground.who.characters[who].pronouns == _PRONOUNS[gender]:
        odds += _CALLED_SO
    elif ground.who.gender[who] not in (gender, ""):
        odds -= _OTHER_SEX
    return odds


def _read(read: Claims, who: str, word: int) -> float:
    """The log odds that it is read of somebody in stretches around a word, from -1 to 1."""
    sure = min(max(read.dead(who, first=word, stop=word + 1), 0.002), 0.998)
    return math.log(sure / (1 - sure)) / _ODDS


def _ailing(life: Life, word: int, weights: Sequence[tuple[int, float]]) -> float:
    """How much the words around a mention before it speak of a deathbed."""
    places = [at for at, _ in weights]
    best = 0.0
    for met in life.met[bisect_left(life.met, word - _FAR) : bisect_left(life.met, word)]:
        near = weights[bisect_left(places, met - _AILING // 2) : bisect_right(places, met + _AILING)]
        best = max(best, sum(weight for _, weight in near) / _MUCH)
    return min(1.0, best)
