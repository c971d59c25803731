"""Where the text says in the open that two names are one person's: "Mr. Gray, whose real name was Peter Flood"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from fabula.segment.wording import Wording
from fabula.story import Mention

__all__ = ["same_people"]

_SAME = re.compile(
    r"(?:[’']s)?[,(]? ?(?:(?:and|but|for|that) )?"
    r"(?:(?:whose )?(?:(?:real|true|right|own|proper|full|Christian|maiden) name (?:is|was|had been|being))|"
    r"alias|or rather|n[ée]e|born|formerly|(?:was|is|had been) (?:in truth|none other than|no other than)|"
    r"(?:(?:was|is) )?(?:also|better|otherwise|now|once) (?:known as|called)|"
    r"(?:was|had been) (?:born|christened|baptised|baptized)),? ?"
)
"""What stands between two such names."""


def same_people(wording: Wording, places: Mapping[str, Sequence[Mention]]) -> list[tuple[str, str]]:
    """The pairs of names, as written, of which the text says so."""
    content = wording.segments.text.content
    named = sorted((m.start, m.end, name) for name, own in places.items() for m in own)
    return [
        (one, other)
        for (_, end, one), (start, _, other) in pairwise(named)
        if one != other and 0 < start - end < 60 and _SAME.fullmatch(" ".join(content[end:start].split("\n")).lstrip())
    ]
