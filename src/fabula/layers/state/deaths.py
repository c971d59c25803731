"""Who has died, as the text reports it: "X died", "X was dead", "the death of X", "he killed X"."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

import msgspec

from fabula.layers.state.who import Meant, Who
from fabula.story import Death, Scene, Span

__all__ = ["find_deaths"]

_KILLED = frozenset("killed murdered slain strangled executed assassinated beheaded drowned".split())
_KILLS = frozenset("killed murdered slew strangled executed assassinated beheaded".split())
_IS = frozenset("is was 's".split())
_PASSED = frozenset(
    "had has have 'd 's already just now suddenly quite really certainly since at last also then lay".split()
)
"""Little words between the person and the word for dying."""
_UNREAL = frozenset(
    "if unless whether would could should might may must can will shall wo 'll cannot not never n't neither nor no "
    "nobody almost nearly half though like think thought "
    "believe believed suppose supposed imagine imagined fear feared fears "
    "hope hoped wish wished dream dreamed dreamt pretend pretended presumed reported until till "
    "lest perhaps maybe".split()
)
"""Where one of these stands in the clause, the death is not asserted (or only believed in)."""
_GO_ON = frozenset(
    "away down out off tired asleep drunk set against to man men woman body end weight silence calm".split()
)
"""After "died" or "dead", these make it something else: died away, dead tired, a dead man."""
_CLAUSE = 8

_NARRATED, _TOLD, _SPOKEN = 0.85, 0.75, 0.5
"""Shown as it happens, told by the narrator as past, said by somebody."""
_ACTS_LATER = 0.4
"""What is left of the confidence where the dead speak again later in the telling: a flashback, or no death at all."""


class _Report(msgspec.Struct, frozen=True):
    """Somebody's death as the words first … stop tell it; `shown`: as happening now."""

    dead: Meant
    first: int
    stop: int
    shown: bool


def find_deaths(who: Who, scenes: Sequence[Scene]) -> tuple[Death, ...]:
    """The deaths of characters that the text asserts, one for each of the dead, in order of telling.

    `scene` is given only where the narration shows the death as it happens; `told_in` is the first scene that tells it.
    """
    told: dict[str, list[tuple[_Report, float]]] = {}
    for at in range(len(who.wording)):
        for report in _reports(who, at):
            if _is_asserted(who, report):
                told.setdefault(report.dead.id, []).append((report, _confidence(who, report)))
    deaths = [_death(who, scenes, reports) for reports in told.values()]
    return tuple(sorted(deaths, key=lambda death: (death.evidence, death.who)))


def _reports(who: Who, at: int) -> Iterator[_Report]:
    lower = who.wording.lower
    word = lower[at]
    if word == "died" or word == "dead" or word in _KILLED:
        yield from _of_subject(who, at)
    if word in _KILLS:
        victim = who.starting.get(at + 1)
        if victim is not None and lower[at + 1] not in ("his", "her", "he", "she", "i", "my", "himself"):
            yield _Report(victim, at, victim.stop, not _perfect(who, at))
    if word in ("death", "murder") and lower[at + 1 : at + 2] == ["of"]:
        dead = who.starting.get(at + 2)
        if dead is not None and lower[dead.stop : dead.stop + 1] != ["'s"]:
            yield _Report(dead, at, dead.stop, False)
    if word in ("death", "murder", "funeral") and at > 1 and lower[at - 1] == "'s":
        dead = who.ending.get(at - 1)
        if dead is not None:
            yield _Report(dead, dead.first, at + 1, False)


def _of_subject(who: Who, at: int) -> Iterator[_Report]:
    """ "X died", "X was dead", "X was killed", "X, dead"."""
    lower = who.wording.lower
    if lower[at + 1 : at + 2] and lower[at + 1] in _GO_ON:
        return
    place = at - 1
    passed = []
    while place >= 0 and at - place < 6 and (lower[place] in _PASSED or lower[place] in _IS or lower[place] == "been"):
        passed.append(lower[place])
        place -= 1
    dead = who.ending.get(place + 1)
    if dead is None or who.wording.sentence[dead.first] != who.wording.sentence[at]:
        return
    linked = any(word in _IS or word in ("been", "lay") for word in passed)
    if lower[at] == "died" or linked:
        perfect = "had" in passed or "has" in passed or "'d" in passed
        yield _Report(dead, dead.first, at + 1, lower[at] != "dead" and not perfect)


def _perfect(who: Who, at: int) -> bool:
    return bool({"had", "has", "have", "having", "'d", "'ve"} & set(who.wording.lower[max(0, at - 3) : at]))


def _is_asserted(who: Who, report: _Report) -> bool:
    """Whether the clause says that it is so: not asked, denied, foretold, feared or supposed."""
    wording = who.wording
    sentence = wording.sentence[report.first]
    quote = wording.quote[report.first]
    if "?" in wording.segments.text[wording.segments.sentences[sentence]]:
        return False
    if wording.lower[report.stop : report.stop + 1] == ["'s"]:
        return False
    first = report.first
    while first > 0 and report.first - first < _CLAUSE and wording.sentence[first - 1] == sentence:
        if wording.quote[first - 1] != quote:
            break
        first -= 1
    clause = wording.lower[first : report.stop]
    return not any(word in _UNREAL or word.endswith("n't") for word in clause)


def _confidence(who: Who, report: _Report) -> float:
    sure = _SPOKEN if who.wording.quote[report.first] != -1 else _NARRATED if report.shown else _TOLD
    return sure * report.dead.confidence


def _death(who: Who, scenes: Sequence[Scene], reports: Sequence[tuple[_Report, float]]) -> Death:
    first, _ = reports[0]
    dead = first.dead.id
    place = who.wording.starts[first.first]
    spoken = who.wording.quote[first.first] != -1
    sure = max(confidence for _, confidence in reports)
    if any(quote.speaker == dead and quote.start > place and quote.mode == "spoken" for quote in who.speaker.values()):
        sure *= _ACTS_LATER
    told_in = _scene_at(scenes, place)
    return Death(
        who=dead,
        scene=told_in if first.shown and not spoken else None,
        told_in=told_in,
        confidence=round(sure, 3),
        evidence=tuple(_evidence(who, report) for report, _ in reports[:3]),
    )


def _evidence(who: Who, report: _Report) -> Span:
    return who.span(report.first, report.stop)


def _scene_at(scenes: Sequence[Scene], place: int) -> str | None:
    at = bisect_right(scenes, place, key=lambda scene: scene.start) - 1
    return scenes[at].id if at >= 0 else None
