"""Whom a name that is only ever called out calls: Mr. Bellamy, who answers when somebody says "Hugh"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from fabula import lexicon
from fabula.layers.cast.beside import Floor
from fabula.layers.cast.given import Given
from fabula.layers.cast.merge import Bunch, fits, unite
from fabula.layers.cast.name_parts import same_given
from fabula.layers.cast.passers import SHORT
from fabula.segment.wording import Wording
from fabula.story import Mention

__all__ = ["bring_home"]

_ANSWERS, _SPOKE, _OTHER = 1.0, 0.6, 0.5
"""What it is worth that somebody speaks right after a name was called, or acts then or spoke right before; and what it
takes away that somebody else spoke where he should have."""
_LEAST, _LEAD = 1.5, 2.0
"""So much at least must speak for it, and so many times as much as for anybody else."""
_BOOK = 3.0
"""In a longer text, where three and more talk at once for pages, so many times as much."""


class _Voice(msgspec.Struct):
    """One of the people, with the paragraphs of speech that are his, those that call him, and those that
    name him; the paragraphs that begin with what he does; how often the narration names him."""

    bunch: Bunch
    spoken: set[int]
    called: set[int]
    named: set[int]
    acts: set[int]
    told: int


def bring_home(
    wording: Wording, bunches: list[Bunch], places: Mapping[str, Sequence[Mention]], given: Given
) -> list[Bunch]:
    """The bunches, each that stands in speech alone joined to the one who answers to it, where it is one for sure.

    A narrator calls everybody by one name, so a name that is never told is somebody's who has another; whoever speaks
    right behind it, or spoke before, is meant, if nobody else ever does, and nothing shows the two to be two.
    """
    floor = Floor(wording)
    voices = [_hear(wording, floor, bunch, places) for bunch in bunches]
    least = _LEAST if len(wording) <= SHORT else _BOOK
    mine = floor.own_tags()
    heard = Counter(place for voice in voices for place in voice.spoken)
    gone: set[int] = set()
    for i, called in sorted(enumerate(voices), key=lambda v: (-len(v[1].called), v[0])):
        if not _is_only_called(called):
            continue
        scores = [
            (_score(called, other, heard, mine), j)
            for j, other in enumerate(voices)
            if j != i and j not in gone and _can_be(called.bunch, other, given)
        ]
        best, home = max(scores, key=lambda s: (s[0], -s[1]), default=(0.0, -1))
        rivals = [score for score, j in scores if j != home]
        if best < least or any(best < _LEAD * rival for rival in rivals):
            continue
        unite(called.bunch, voices[home].bunch)
        voices[home].called |= called.called
        voices[home].named |= called.named
        gone.add(i)
    return [voice.bunch for i, voice in enumerate(voices) if i not in gone]


def _hear(wording: Wording, floor: Floor, bunch: Bunch, places: Mapping[str, Sequence[Mention]]) -> _Voice:
    own = [m for name in bunch.names for m in places[name]]
    at = [wording.at(m.start) for m in own]
    told = sum(wording.quote[i] == -1 for i in at)
    acts = floor.begun(own)
    return _Voice(bunch, floor.voiced(own), floor.called(own), floor.named(own), acts, told)


def _is_only_called(voice: _Voice) -> bool:
    """Whether a name is nothing but a call: of those who are not there one speaks otherwise, too, or by a full name."""
    bunch = voice.bunch
    if voice.told or bunch.plural or (bunch.given and bunch.family):
        return False
    return len(voice.called) * 2 > len(voice.named)


def _can_be(called: Bunch, other: _Voice, given: Given) -> bool:
    """Whether two can be one by their names: the one has what the other lacks, and neither is told to be another."""
    bunch = other.bunch
    if not other.told or bunch.plural or not fits(called, bunch) or given.apart(called.names, bunch.names):
        return False
    if called.sex and bunch.sex and called.sex != bunch.sex:
        return False
    if called.family and bunch.family and called.family != bunch.family:
        return False
    if called.rank:
        return not bunch.rank
    mine, theirs = called.given or _christian(called.lone), bunch.given or _christian(bunch.lone)
    return not (mine and theirs) or same_given(mine, theirs) or _sound_alike(mine, theirs)


def _christian(word: str) -> str:
    return word if word in lexicon.table("first_names") else ""


def _sound_alike(one: str, other: str) -> bool:
    return one[:3] == other[:3]


def _score(called: _Voice, other: _Voice, heard: Mapping[int, int], mine: set[int]) -> float:
    """How much speaks for the second's being meant by the first's name.

    Args:
        heard: in how many people's mouths each paragraph is.
        mine: the paragraphs whose speech is the narrator's own.
    """
    if called.named & other.spoken or called.named & other.named:
        return 0.0  # nobody calls himself, or one person by two names in a breath
    score = 0.0
    for place in sorted(called.called):
        if place + 1 in other.spoken:
            score += _ANSWERS
        elif place + 1 in other.acts:
            score += _SPOKE
        elif place + 1 in mine or heard.get(place + 1, 0) > (place + 1 in called.spoken):
            score -= _OTHER
            continue
        if place - 1 in other.spoken:
            score += _SPOKE
        elif place - 1 in mine:
            score -= _OTHER
    return score
