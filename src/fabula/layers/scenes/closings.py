"""What the last words of a paragraph say about whether a scene closes with it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fabula.layers.scenes.passages import Passage
from fabula.segment.wording import Wording

__all__ = ["signs_of_closing"]

_TAIL = 25
"""Words of narration looked at."""
CLOSINGS = {
    "departs": r"went (?:away|out|off|home|back|on|down|up)|walked (?:away|off|out|on)|(?:drove|rode|ran|hurried|"
    r"strode|set|moved|made|turned|marched|sailed) (?:away|off|out|home)|departed|left (?:him|her|them|me|us|it|"
    r"the (?:room|house|place))|was gone|were gone|disappeared|vanished|took (?:his|her|their|my) leave|"
    r"(?:closed|shut|locked) the door|door (?:closed|shut)|followed (?:him|her|them|me)|parted",
    "sleeps": r"asleep|slept|to sleep|to bed|good[- ]?night|bed|dreams?|dreamed",
    "dies": r"dead|died|killed|buried",
    "goes to": r"(?:set out|started|headed|set off|made (?:his|her|my|our|their) way) (?:for|to|towards?|homewards?)",
    "tomorrow": r"tomorrow|to-morrow|next (?:day|morning|week)",
    "laughs": r"laugh(?:ed|ing|ter)?|smil(?:ed|ing)|wept|cried|sobb\w+",
    "silence": r"silence|silent(?:ly)?|nothing|alone|darkness|dark|forever|for ever|never|again|at last|the end",
    "telling": r"(?:as follows|this|thus|told|said|story|read|letter|began|asked|replied|answered)\b[^a-z]*$",
}
_ALL = {name: re.compile(rf"\b(?:{words})\b") for name, words in CLOSINGS.items()}


def signs_of_closing(wording: Wording, passage: Passage) -> Iterator[tuple[str, float]]:
    """What speaks for and against a scene's end behind this paragraph."""
    yield "speech before", float(passage.speaks)
    yield "closes in speech", float(passage.closes)
    for least in (12, 25, 60):
        yield f"before it {least} words", float(passage.words >= least)
    last = wording.lower[passage.end - 1]
    if not last.isalpha() and last not in "”\"’'":
        yield f"closes with {last}", 1.0
    tail = " ".join(wording.lower[i] for i in passage.told[-_TAIL:])
    for name, words in _ALL.items():
        if words.search(tail):
            yield f"closes: {name}", 1.0
