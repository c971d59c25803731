"""Rules that make a lemma from a word: how many letters to cut from its end, and what to put there (Chrupała 2006)."""

from __future__ import annotations

__all__ = ["lemma_of", "rule_for"]


def lemma_of(form: str, rule: str) -> str:
    """The lemma a rule makes.

    "l1y" cuts one letter of the lower-cased word and adds y; "k1y" keeps capitals; "=be" is be, whatever the word.
    A rule that cuts more than there is, or would leave nothing, leaves the word as it is.
    """
    if rule.startswith("="):
        return rule[1:]
    base = form.lower() if rule[0] == "l" else form
    kept = len(base) - int(rule[1])
    return (base[:kept] + rule[2:] if kept >= 0 else "") or base


def rule_for(form: str, lemma: str) -> str:
    """The shortest rule that makes a lemma from a word."""
    return min((_cut("l", form.lower(), lemma), _cut("k", form, lemma)), key=len)


def _cut(case: str, base: str, lemma: str) -> str:
    same = 0
    while same < min(len(base), len(lemma)) and base[same] == lemma[same]:
        same += 1
    cut = len(base) - same
    return f"{case}{cut}{lemma[same:]}" if cut < 10 and (same or cut <= 1) else f"={lemma}"
