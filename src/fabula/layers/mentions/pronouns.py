"""The little words that stand for people: he, she, they, I, you, we and their kin."""

from __future__ import annotations

from fabula.segment.wording import Wording
from fabula.story import Mention

__all__ = ["PRONOUNS", "find_pronouns"]

PRONOUNS = frozenset(
    "i me my mine myself we us our ours ourselves you your yours yourself yourselves thou thee thy thine thyself ye "
    "he him his himself she her hers herself they them their theirs themselves themself "
    "xe xem xyr xyrs ze hir zir hirs zirs ey em eir eirs".split()
)
_CONTRACTED = {
    pronoun + tail: len(pronoun)
    for pronoun in ("i", "we", "you", "he", "she", "they", "ye", "ey", "xe", "ze")
    for tail in ("'m", "'re", "'s", "'d", "'ll", "'ve")
}
_ODD = frozenset({"em", "ey", "ye", "xe", "ze", "hir", "zir"})
"""Forms that are other words or sounds more often than pronouns: read only where the text has their siblings."""


def find_pronouns(wording: Wording) -> list[Mention]:
    """Every personal and possessive pronoun that can mean a person; `it` is left to the things."""
    siblings = set(wording.lower) & {"xem", "xyr", "eir", "eirs", "zir", "hir"}
    found = []
    for i, lower in enumerate(wording.lower):
        start = wording.starts[i]
        if lower in PRONOUNS and (lower not in _ODD or siblings or lower == "ye"):
            if lower == "i" and wording.forms[i] != "I":
                continue
            found.append(Mention(start, wording.ends[i], form="pronoun"))
        elif lower in _CONTRACTED and not (lower.startswith(("ey", "xe", "ze")) and not siblings):
            found.append(Mention(start, start + _CONTRACTED[lower], form="pronoun"))
    return found
