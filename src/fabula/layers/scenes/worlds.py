"""Which scenes are remembered, dreamt, imagined, seen in a vision or told by a witness; seen from the scenes around."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fabula.lexicon.verbs import is_participle
from fabula.segment.wording import Wording
from fabula.story import Frame, Span

__all__ = ["find_worlds"]

_HEAD, _TAIL = 60, 30
"""Words of narration at a scene's beginning, and at the end of the one before."""
_I = frozenset({"i", "my", "me", "we", "our", "us"})
_TOLD_AS_I = 0.02
"""A scene is told as "I" where so much of its narration is such words, …"""
_NOT_AS_I = 0.004
"""… and it is not where less is."""
_TELLING = frozenset("told tell tells telling tale story stories began begins recounted related asked asks".split())
_DREAM = re.compile(r"\b(?:dream(?:ed|t|ing)|in (?:his|her|my|their|the|a) (?:dreams?|nightmares?|sleep))\b")
_ASLEEP = re.compile(
    r"\b(?:die[sd]?|dying|passed|went|gone|away|killed|murdered|smothered|talk(?:ed|s|ing)|walk(?:ed|s|ing)|muttered|"
    r"smiled|stirred|turned|sighed|moaned|cried|\w+ly) (?:on |away |out )?in (?:his|her|my|their) sleep\b"
)
"""What one does in one's sleep that nobody dreams: one dies, talks, turns over."""
_WOKE = re.compile(r"\b(?:a?woke|awakened)\b.*\b(?:dream|nightmare)|\b(?:dream|nightmare)\b.*\b(?:a?woke|awakened)\b")
_VISION = re.compile(r"\b(?:visions?|trance|foresaw|crystal ball)\b")
_MEMORY = re.compile(r"\b(?:remember(?:ed|s|ing)?|recall(?:ed|s|ing)?|memor(?:y|ies)|thought (?:back|of))\b")
_PERFECT = re.compile(r"\b(?:had|'d)(?: not| never| just| already| always| only| \w+ly)? (\w+)\b")
_WOULD = re.compile(r"\b(?:would|'d)(?! (?:have|been))\b")
_TIMES_WOULD = 3
_BACK = re.compile(r"\b(?:before|earlier|ago|years since|that (?:year|summer|winter|spring|autumn))\b")


def find_worlds(wording: Wording, scenes: Sequence[Span]) -> list[Frame]:
    """For each scene its frame, "main" where nothing speaks for another. Letters and talk are not looked into."""
    heads = [_told(wording, scene)[:_HEAD] for scene in scenes]
    tails = [_told(wording, scene)[-_TAIL:] for scene in scenes]
    shares = [_share_of_i(wording, scene) for scene in scenes]
    frames: list[Frame] = []
    for at in range(len(scenes)):
        before = " ".join(tails[at - 1]) if at else ""
        after = " ".join(heads[at + 1]) if at + 1 < len(scenes) else ""
        frame = _of_words(" ".join(heads[at]), before, after)
        if frame == "main" and _is_witness(wording, scenes, shares, at):
            frame = "told"
        frames.append(frame)
    return frames


def _of_words(head: str, before: str, after: str) -> Frame:
    first = head.split(" . ")[0]
    if _DREAM.search(_ASLEEP.sub("", first)) or _WOKE.search(after):
        return "dream"
    if _VISION.search(first):
        return "vision"
    if _WOULD.search(first) and len(_WOULD.findall(head)) >= _TIMES_WOULD:
        return "imagined"
    perfects = len(_perfects(head))
    if before and _perfects(first) and perfects >= 2 and (_MEMORY.search(before) or _BACK.search(first)):
        return "memory"
    return "main"


def _perfects(told: str) -> list[str]:
    return [verb for verb in _PERFECT.findall(told) if is_participle(verb)]


def _is_witness(wording: Wording, scenes: Sequence[Span], shares: Sequence[float], at: int) -> bool:
    """Whether a story that is not told as "I" has been asked for one that is: the scene before closes in speech, or
    with words of telling."""
    if at == 0 or shares[at] < _TOLD_AS_I or shares[at - 1] > _NOT_AS_I:
        return False
    words = wording.within(scenes[at - 1])
    last = next((i for i in reversed(words) if wording.forms[i][:1].isalpha()), None)
    others = [share for other, share in enumerate(shares) if other != at]
    if last is None or sum(share <= _NOT_AS_I for share in others) * 2 < len(others):
        return False
    closing = [i for i in words if wording.paragraph[i] == wording.paragraph[last]]
    return any(wording.quote[i] != -1 or wording.lower[i] in _TELLING for i in closing)


def _told(wording: Wording, scene: Span) -> list[str]:
    return [wording.lower[i] for i in wording.within(scene) if wording.quote[i] == -1]


def _share_of_i(wording: Wording, scene: Span) -> float:
    told = _told(wording, scene)
    return sum(word in _I for word in told) / max(1, len(told))
