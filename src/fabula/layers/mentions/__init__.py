"""Find every word that means somebody or something: names, descriptions, pronouns."""

from __future__ import annotations

from fabula.layers.mentions.names import find_names
from fabula.layers.mentions.nominals import find_nominals
from fabula.layers.mentions.pronouns import find_pronouns
from fabula.segment.wording import Wording
from fabula.story import Mention

__all__ = ["find_mentions"]


def find_mentions(wording: Wording) -> tuple[Mention, ...]:
    """All mentions of a text in order of place, the longer first where two begin together.

    A rule reading: names by their capitals and company, descriptions by the nouns for people, pronouns by list.
    `character` is still None everywhere: who is meant is decided later.
    """
    names = find_names(wording)
    taken = [False] * len(wording)
    for name in names:
        for i in wording.within(name):
            taken[i] = True
    found = [*names, *find_nominals(wording, taken), *find_pronouns(wording)]
    return tuple(sorted(found, key=lambda m: (m.start, -m.end)))
