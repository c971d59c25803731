"""How the text calls people whom it names seldom: the pronouns that were found to mean them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from fabula.segment.wording import Wording
from fabula.story import Character, Mention

__all__ = ["hear_pronouns"]

_CALLED = {"he/him": frozenset("he him his himself".split()), "she/her": frozenset("she her hers herself".split())}
_LIKELY, _LEAST, _SHARE = 0.6, 1.5, 0.9
"""How sure each pronoun's meaning must be, and all of one kind together, and their share. On the project's own stories
and cases the pronouns of 164 of 287 people are then known, 161 rightly; of 131, 129 rightly, by what follows names
alone."""


def hear_pronouns(
    wording: Wording, characters: Sequence[Character], mentions: Sequence[Mention]
) -> tuple[Character, ...]:
    """The characters; those whose pronouns are unknown with those that mean them in the narration, if they agree."""
    votes: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for mention in mentions:
        if mention.form != "pronoun" or mention.character is None or mention.confidence < _LIKELY:
            continue
        at = wording.at(mention.start)
        if at < len(wording) and wording.quote[at] == -1:
            called = next((form for form, words in _CALLED.items() if wording.lower[at] in words), "")
            if called:
                votes[mention.character][called] += mention.confidence
    return tuple(
        c if c.pronouns or c.kind == "group" else msgspec.structs.replace(c, pronouns=_agreed(votes[c.id]))
        for c in characters
    )


def _agreed(votes: dict[str, float]) -> str | None:
    called = max(votes, key=lambda form: votes[form], default=None)
    if called is None or votes[called] < _LEAST or votes[called] < _SHARE * sum(votes.values()):
        return None
    return called
