"""What the first words of a paragraph say about whether a scene opens with it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fabula import lexicon
from fabula.layers.scenes.passages import Passage
from fabula.lexicon.counting import DAYS, MONTHS, UNITS
from fabula.segment.wording import Wording

__all__ = ["find_kinds", "signs_of_opening"]

_HEAD = 30
"""Words of narration looked at, or the first sentence if that is shorter but not very short."""
_SHORT = 8
_AT_HEAD = 14
"""Characters: what begins further on does not stand at the head."""

_NUMBER = (
    rf"(?:an?|{'|'.join(UNITS[1:13])}|fifteen|twenty|thirty|forty|fifty|"
    r"\d+|some|several|many|a few|half an?|a couple of|a hundred)"
)
_PART = (
    r"(?:morning|forenoon|noon|afternoon|evening|night|day|midnight|dawn|dusk|daybreak|week|month|year|"
    rf"spring|summer|autumn|winter|{'|'.join(DAYS)})"
)
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|christmas|easter|new year's)"
_MONTH = rf"(?:{'|'.join(MONTHS)})"
_HOUR = rf"(?:{'|'.join(UNITS[1:13])}|\d{{1,2}}(?:[:.]\d\d)?)"
_UNIT = r"(?:second|moment|minute|hour|day|night|week|fortnight|month|year|winter|summer)s?"

TIMES: dict[str, str] = {
    "next day": rf"(?:next|following|same|previous) (?:\w+ )?{_PART}|the day (?:after|before)|(?:on )?the morrow|"
    rf"the {_PART} (?:after|before|of|following)",
    "that night": rf"(?:early |late )?(?:that|this) (?:same |very )?(?:\w+ )?{_PART}|tonight",
    "one day": rf"(?:early |late )?(?:one|another|every|each) (?:\w+ ){{0,2}}{_PART}",
    "later": rf"{_NUMBER} (?:\w+ )?{_UNIT} (?:later|after|afterwards?|had passed|passed|had gone by|went by|elapsed)|"
    rf"(?:after|within|in) {_NUMBER} (?:\w+ )?{_UNIT}|(?:for|during) (?:the next |{_NUMBER} )(?:\w+ )?{_UNIT}|"
    r"later (?:on|in)|some time (?:later|after)|presently|long after",
    "earlier": rf"{_NUMBER} (?:\w+ )?{_UNIT} (?:earlier|before|ago|previously)|some time before|long ago|once upon",
    "clock": rf"(?:at|about|by|towards?|until|before|after|past|to) (?:about |nearly |half[- ]past |a quarter \w+ )?"
    rf"{_HOUR}(?: o'clock|\b(?=[ ,](?:in|that|the|on|\w+ed|he|she|they|we|i)\b))|{_HOUR} o'clock|half[- ]past {_HOUR}",
    "part of day": r"(?:at|by|towards?|about|before|after|until|till) (?:noon|midnight|dawn|dusk|sunset|sunrise|"
    r"nightfall|night|dark|daybreak|daylight|tea|dinner|lunch|luncheon|breakfast|supper|evening|morning)|"
    r"in the (?:early |late )?(?:morning|afternoon|evening|night)|after (?:dark|dinner|lunch|supper|breakfast)",
    "weekday": rf"(?:on |by |until )?(?:the )?{_WEEKDAY}",
    "date": rf"(?:in |by |towards )?(?:early |late |mid-?)?{_MONTH}(?: \d|\b)|\b1[6-9]\d\d\b",
    "season": r"(?:in |that |the |all |by |during |through )(?:the )?(?:spring|summer|autumn|fall|winter)",
    "meanwhile": r"meanwhile|meantime|at (?:about )?(?:this|that|the same) (?:time|moment|hour)|by (?:this|that) time|"
    r"at the time",
    "when": r"(?:when|while|as|as soon as|by the time|after|before|until|since|once)\b",
    "days go by": r"(?:days?|weeks?|months?|years?|winter|summer|spring|autumn|time|hours?) (?:passed|went|had passed|"
    r"wore|drew|came|followed|slipped|dragged|crept)|(?:passed|went by|wore on|wore away)",
    "first time": r"(?:the )?(?:first|second|third|last|fourth|fifth|sixth) "
    r"(?:\w+ )?(?:time|day|night|morning|evening|week)",
}
"""Words of time, by kind. Matched in lower case, apostrophes straight."""

SIGHTS: dict[str, str] = {
    "place": r"(?:in|at|on|outside|inside|behind|beside|beyond|above|below|under|down|up|upstairs|downstairs|across|"
    r"along|near|from|through|over|within|around|opposite) (?:\w+ ){0,3}\w+",
    "it was": r"it (?:was|is|had been)",
    "there was": r"there (?:was|were|is|had been|stood|lay|came|sat)",
    "weather": r"sun|moon|moonlight|sunlight|rain|raining|wind|snow|snowing|sky|clouds?|stars?|fog|mist|storm|heat|"
    r"cold|dawn|dusk|twilight|darkness|frost|thunder|sunset|sunrise|weather|gale|air|light|shadows?",
    "house": r"room|house|street|office|hotel|door|window|hall|church|station|train|ship|garden|road|kitchen|village|"
    r"town|city|square|library|shop|table|bed|club|farm|river|hill|valley|forest|beach|harbou?r|deck|camp|restaurant|"
    r"apartment|flat|cottage|castle|palace|inn|café|cafe|theatre|school|hospital|court|bar|market|park|bridge",
    "sat": r"(?:sat|lay|stood|was sitting|were sitting|was lying|was standing|leaned|was walking|was driving|"
    r"were walking|is sitting|sits|stands|lies|walked|strolled|drove|rode|came down|came into|entered|arrived|"
    r"returned|came back|came home|went to|awoke|woke|got up|rose|dressed)",
    "letter": r"letter|telegram|note|postcard|wire",
}
"""What one sees when the curtain rises."""

BACKWARD: dict[str, str] = {
    "points back": r"(?:this|these|those|such|that) (?!(?:very |same )?(?:morning|night|day|evening|afternoon|week|"
    r"year|month|summer|winter|spring|autumn|time|moment|hour))\w+",
    "it alone": r"(?:it|that|this|these|those)\b",
    "so": r"(?:so|but|and|yet|then|or|nor|for|therefore|however|still|besides|indeed|yes|no|well|now|thus|perhaps|"
    r"moreover|certainly|of course|also|even|only)\b",
    "suddenly": r"(?:suddenly|at this|at that|at once|instantly|immediately|for a moment|for an instant|a moment|again|"
    r"there was a (?:pause|silence)|with (?:this|that|these))",
    "answers": r"\b(?:answered|replied|repeated|nodded|laughed|smiled|sighed|shrugged|shook|hesitated|continued|added|"
    r"interrupted|paused|stared|flushed|blushed|whispered|murmured|frowned|grinned)\b",
}
"""What goes on with what was just said; a scene seldom opens so."""

_ALL = {name: re.compile(rf"\b(?:{words})", re.ASCII) for name, words in {**TIMES, **SIGHTS, **BACKWARD}.items()}
_HEAD_ONLY = frozenset({"when", "place", "it was", "there was", "it alone", "so", "suddenly", "points back"})
_PERFECT = re.compile(r"\b(?:had|'d)\b(?! to\b)")
_PRESENT = re.compile(r"\b(?:is|are|has|does|am|says|goes|comes)\b")
_DATELINE = re.compile(
    rf"[_“\"]*(?:(?:later|evening|morning|midnight|night|same day)[_.,—]|(?:\d{{1,2}}\w{{0,2}}(?: of)? {_MONTH}|"
    rf"{_MONTH} \d{{1,2}}|{_WEEKDAY}, ))"
)
_PRONOUNS = frozenset("he she they we i it you his her their my our its him them me us".split())


def find_kinds(told: str) -> Iterator[str]:
    """The kinds of words, of `TIMES`, `SIGHTS` and `BACKWARD`, that stand in a piece of narration in lower case."""
    for name, words in _ALL.items():
        found = words.search(told)
        if found is not None and (found.start() == 0 or name not in _HEAD_ONLY):
            yield name


def signs_of_opening(wording: Wording, passage: Passage) -> Iterator[tuple[str, float]]:
    """What speaks for and against, by name, with how much of it there is."""
    yield from _shape(wording, passage)
    if passage.opens:
        return
    head = _head(wording, passage)
    first = wording.lower[passage.told[0]] if passage.told else ""
    if first in lexicon.words("function_words") or not first.isalpha():
        yield f"first {first}", 1.0
    for name, words in _ALL.items():
        found = words.search(head)
        if found is None or (name in _HEAD_ONLY and found.start() > 0):
            continue
        yield (f"{name}, first" if found.start() <= _AT_HEAD and name not in _HEAD_ONLY else name), 1.0
    yield "past perfect", float(min(3, len(_PERFECT.findall(head))))
    yield "present", float(bool(_PRESENT.search(head)))
    yield "date line", float(bool(_DATELINE.match(head)))
    pronouns = sum(word in _PRONOUNS for word in head.split())
    yield "pronouns", pronouns / max(1, len(head.split()))


def _shape(wording: Wording, passage: Passage) -> Iterator[tuple[str, float]]:
    yield "opens in speech", float(passage.opens)
    yield "speech later", float(passage.speaks and not passage.opens)
    for least in (12, 25, 50, 90, 150):
        yield f"{least} words", float(passage.words >= least)
    yield "no prose", float(passage.kind != "prose")
    if wording.forms[passage.first][:1].islower() or wording.forms[passage.first] in ("…", "—", "..."):
        yield "goes on", 1.0


def _head(wording: Wording, passage: Passage) -> str:
    """The first sentence of the narration, in lower case; with the next if it is very short."""
    taken: list[str] = []
    sentence = wording.sentence[passage.told[0]] if passage.told else -1
    for i in passage.told[:_HEAD]:
        if wording.sentence[i] != sentence:
            if len(taken) > _SHORT:
                break
            sentence = wording.sentence[i]
        taken.append(wording.lower[i])
    return " ".join(taken)
