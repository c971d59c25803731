"""The little words for people, sorted by whom they can mean and which place they take in a sentence."""

from __future__ import annotations

__all__ = ["REFLEXIVE", "THIRD", "YOU", "I", "gender_of_pronouns"]

I = frozenset("i me my mine myself".split())  # noqa: E741  (the narrator has no other name)
YOU = frozenset("you your yours yourself thou thee thy thine thyself ye yer".split())

_SETS = {
    "m": ("he him his himself", "he"),
    "f": ("she her hers herself", "she"),
    "t": ("they them their theirs themself themselves", "they"),
    "xe": ("xe xem xyr xyrs xemself", "xe"),
    "ze": ("ze hir zir hirs zirs hirself zirself", "ze"),
    "ey": ("ey em eir eirs emself", "ey"),
}

THIRD: dict[str, str] = {word: gender for gender, (words, _) in _SETS.items() for word in words.split()}
"""From a pronoun to the gender it tells: "m", "f", or the set of pronouns itself ("t" for they, "xe", …)."""

REFLEXIVE = frozenset(word for word in THIRD if word.endswith(("self", "selves")))

_SUBJECTS = {subject: gender for gender, (_, subject) in _SETS.items()}


def gender_of_pronouns(pronouns: str | None) -> str:
    """The gender that a character's pronouns tell ("she/her" is "f"); "" where the text does not say."""
    return _SUBJECTS.get((pronouns or "").lower().partition("/")[0], "")
