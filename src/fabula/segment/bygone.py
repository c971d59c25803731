"""Words with which a passage sets itself in a time gone by: a season named, somebody a child, how it all began."""

from __future__ import annotations

import re

from fabula.lexicon.counting import MONTHS, UNITS

__all__ = ["BEGUN", "NUMBER", "ONCE", "YOUNG"]

NUMBER = (
    rf"(?:an?|{'|'.join(UNITS[1:])}|"
    r"twenty|thirty|forty|fifty|sixty|\d+|some|several|many|a few|a hundred)"
)
_MONTH = rf"(?:{'|'.join(MONTHS)})"
_SEASON = r"(?:spring|summer|autumn|winter)"
_TEENS = rf"(?:{'|'.join(UNITS[4:])})"
_MEASURE = r"(?! (?:feet|foot|inch|inches|miles|yards|of|minutes|hours|days|weeks|months|times|to)\b)"
_SOMEBODY = r"(?:[Hh]e|[Ss]he|I|(?!It|There|This|That)[A-Z]\w+)"

BEGUN = re.compile(
    r"(?:the (?:very )?first time|"
    r"it (?:had )?(?:all )?(?:began|begun|started) (?:with|when|on|in|at|as|the|one|years)\b)",
    re.IGNORECASE,
)
"""With these words one tells, once something is under way, how it came about."""
ONCE = re.compile(
    rf"\bit was (?:the |a |an? |that )?(?:\w+ )?(?:{_MONTH}|{_SEASON}|week before|day before|night before|year)\b|"
    rf"\bthat was the (?:\w+ )?(?:year|day|night|morning|{_SEASON}) (?!after|before)\w|"
    rf"\bit (?:was|is|had been) (?:\w+ )?{NUMBER}(?:[- ]\w+)? (?:years|months|winters|summers) (?:now )?since\b|"
    rf"\bin the (?:hot |cold |wet |long )?{_SEASON} of\b|\bthat (?:{_MONTH}|{_SEASON})\b|\bthe year of the\b|"
    r"\bwas (?:still )?(?:a boy|a girl|a child|young|only a)\b",
    re.IGNORECASE,
)
"""A season, a month, an age of life that stands by itself, or so many years since something."""
YOUNG = re.compile(
    rf"\b(?:[Ww]hen|[Ww]hile|[Tt]he \w+(?: that)?) (?:he|she|I|they|we|[A-Z]\w+) (?:was|were|had been) (?:still |only "
    rf"|just )?(?:an? (?:\w+ )?(?:boy|girl|child|baby)|children|{_TEENS}{_MEASURE})\b|"
    rf"\b[Aa]t (?:the age of {_TEENS}|\w+teen),? (?:he|she|I|[A-Z]\w+)\b|"
    rf"\b{_SOMEBODY} had been (?:still |only |just |barely )?(?:{_TEENS}{_MEASURE}|"
    r"an? (?:\w+ )?(?:boy|girl|child))\b|"
    r"\b(?:[Aa]s an? (?:small |little |young )?(?:boy|girl|child),|"
    r"[Ii]n (?:his|her|my) (?:childhood|boyhood|girlhood))|"
    rf"\b{_SOMEBODY} was (?:still |only |just |barely )?{_TEENS}"
    r"(?: years old)?(?=[,.;—]| (?:and|then|when|that|years|the (?:first|last|day|night|year|summer|winter))\b)"
)
"""Somebody is a child, or nearly one."""
