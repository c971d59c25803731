"""Who has died, as the text shows, reports or remembers it; what is denied, feared or a manner of speaking is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from fabula import lexicon
from fabula.layers.state.deaths.by_bereaved import find_bereaved
from fabula.layers.state.deaths.by_euphemism import find_partings
from fabula.layers.state.deaths.by_phrase import find_passings
from fabula.layers.state.deaths.by_reading import find_read
from fabula.layers.state.deaths.by_rites import find_farewells
from fabula.layers.state.deaths.by_word import find_by_word
from fabula.layers.state.deaths.by_wounds import find_slayings
from fabula.layers.state.deaths.lives import Life, find_lives
from fabula.layers.state.deaths.told import Told, confidence, manner
from fabula.layers.state.deaths.who_died import settle
from fabula.layers.state.ground import NAMED, Ground
from fabula.layers.state.reading import Claims
from fabula.story import Death, Report, Scene, Span

__all__ = ["find_deaths", "tell_deaths"]

_SPEAKS_LATER = {"shown": 0.5, "told": 0.7, "said": 0.55}
"""What is left where the dead speak again later: what is told as long over rather stands, and the talk is a memory."""
_AT_ONCE = 0.5
"""The same, where that is in the very scene that tells the death."""
_MUCH, _ON_AND_ON = 4, 0.5
"""So many speeches later leave so much of that: whoever goes on talking was hardly the one who died …"""
_BY_NAME = 2
"""… unless so many reports name them."""
_LEAST = 0.2


def find_deaths(ground: Ground, read: Claims | None = None) -> tuple[Death, ...]:
    """The deaths of characters that the text asserts, one for each of the dead, in order of telling.

    `scene` is given only where the narration shows the death as it happens; `told_in` is the first scene that tells it.
    What was `read` is told only of those of whose death no words are known.
    """
    ground, read = ground.guessed(), read or Claims()
    lives = find_lives(ground)
    told = tell_deaths(ground, lives, read)
    for report in _in_order(ground, find_read(ground, read, lives)):
        told.setdefault(report.dead.id, [report])
    deaths = (_death(ground, reports) for reports in told.values())
    return tuple(sorted((d for d in deaths if d.confidence >= _LEAST), key=lambda death: (death.evidence, death.who)))


def tell_deaths(ground: Ground, lives: Mapping[str, Life], read: Claims) -> dict[str, list[Told]]:
    """What words tell of the death of each of the dead, in order of telling."""
    told: dict[str, list[Told]] = {}
    for report in settle(ground, list(_in_order(ground, _reports(ground, read))), lives, read):
        told.setdefault(report.dead.id, []).append(report)
    return told


def _in_order(ground: Ground, reports: Iterable[Told]) -> Iterator[Told]:
    """The reports of what can die and is not played, in order of place."""
    real = (one for one in reports if not _is_played(ground, one))
    for report in sorted(real, key=lambda one: (one.first, one.last)):
        if ground.who.characters[report.dead.id].kind in ("person", "animal"):
            yield report


def _is_played(ground: Ground, report: Told) -> bool:
    """Whether it is dreamt, or played on a stage: said in its sentence, or in the one before."""
    scene, wording = ground.scene(report.first), ground.who.wording
    if scene is not None and scene.frame in ("dream", "imagined", "vision"):
        return True
    at, words = report.first, lexicon.words("make_believe")
    while at > 0 and wording.sentence[report.first] - wording.sentence[at - 1] <= 1:
        at -= 1
        if wording.paragraph[at] != wording.paragraph[report.first]:
            break
        if wording.lower[at] in words:
            return True
    return bool(words & set(wording.lower[report.first : report.last + 6]))


def _reports(ground: Ground, read: Claims) -> Iterator[Told]:
    yield from find_passings(ground)
    yield from find_partings(ground, read)
    yield from find_farewells(ground)
    yield from find_slayings(ground)
    yield from find_bereaved(ground)
    yield from find_by_word(ground)


def _death(ground: Ground, reports: Sequence[Told]) -> Death:
    first = reports[0]
    dead = first.dead.id
    told_in = ground.scene(first.first)
    sure = max(confidence(ground, report) for report in reports)
    later = _speaks_after(ground, dead, first.last, told_in)
    back = later[0] if later else None
    shown = first.now and (not ground.is_spoken(first.first))
    how: Report = (
        "shown" if shown else "remembered" if told_in is not None and told_in.frame == "memory" else "reported"
    )
    return Death(
        who=dead,
        scene=told_in.id if shown and told_in is not None else None,
        told_in=told_in.id if told_in is not None else None,
        how=how,
        undone_in=back.id if back is not None else None,
        confidence=round(sure * _standing(ground, reports, told_in, later), 3),
        evidence=tuple(dict.fromkeys(_evidence(ground, report) for report in reports[:3])),
    )


def _standing(ground: Ground, reports: Sequence[Told], told_in: Scene | None, later: Sequence[Scene]) -> float:
    """What is left of a death after which the dead speak in some scenes; once, somebody else may have been meant."""
    if not later:
        return 1.0
    first = reports[0]
    left = _AT_ONCE if later[0] is told_in else _SPEAKS_LATER[manner(ground, first)]
    named = sum(report.dead.confidence >= NAMED for report in reports)
    return left * (_ON_AND_ON if len(later) >= _MUCH and named < _BY_NAME else 1.0)


def _evidence(ground: Ground, report: Told) -> Span:
    return ground.span(report.first, report.last)


def _speaks_after(ground: Ground, dead: str, word: int, told_in: Scene | None) -> list[Scene]:
    """For each speech of the dead later in the story, or later in the same scene, the scene it stands in."""
    found: list[Scene] = []
    for quote in ground.who.speaker.values() if told_in is not None else ():
        if quote.speaker != dead or quote.mode != "spoken":
            continue
        at = ground.who.wording.at(quote.start)
        scene = ground.scene(at) if at < len(ground.who.wording) else None
        if scene is None or told_in is None or scene.frame != "main":
            continue
        if ground.ranks[scene.id] > ground.ranks[told_in.id] or (scene.id == told_in.id and at > word):
            found.append(scene)
    return found
