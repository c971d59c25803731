"""Words of time in the form that TimeML gives them: "the next morning" is "+P1D", "2 June 1943" is "1943-06-02"."""

from __future__ import annotations

import re

from fabula.lexicon.counting import DAYS, MONTHS, TENS, UNITS

__all__ = ["normalise"]

_NUMBERS = {word: worth for worth, word in enumerate(UNITS) if worth}
_NUMBERS |= {"a": 1, "an": 1, **TENS, "hundred": 100}
_SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
_PARTS = {"morning": "TMO", "forenoon": "TMO", "afternoon": "TAF", "evening": "TEV", "night": "TNI", "tonight": "TNI"}
_PARTS |= {"noon": "T12:00", "midnight": "T24:00", "dawn": "TMO", "sunrise": "TMO", "dusk": "TEV", "sunset": "TEV"}
_UNITS = {"second": "T{}S", "minute": "T{}M", "hour": "T{}H", "day": "{}D", "night": "{}D", "week": "{}W"}
_UNITS |= {"month": "{}M", "year": "{}Y", "winter": "{}Y", "summer": "{}Y"}
_FORTNIGHT = "fortnight"

_MONTH = rf"(?P<month>{'|'.join(MONTHS)})"
_DATE = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}|{_MONTH.replace('month', 'first')}"
    rf"(?: (?:the )?(?P<then>\d{{1,2}})(?:st|nd|rd|th)?(?!\d))?),?(?: (?P<year>\d{{4}}))?"
)
_SPAN = re.compile(
    rf"(?P<many>(?:[a-z]+[- ])?(?:{'|'.join(_NUMBERS)})|\d+) (?P<unit>{'|'.join(_UNITS)}|{_FORTNIGHT})s? "
    r"(?P<way>later|after|afterwards?|before|earlier|ago)"
)
_CLOCK = re.compile(
    r"(?:^|\b(?:at|by|around|about|towards?|until|till|before|after|nearly|almost|just|exactly|past|to) )"
    r"(?:(?P<shift>half|(?:a )?quarter|(?:five|ten|twenty|twenty-five)(?: minutes)?)[- ](?P<side>past|to) )?"
    r"(?:(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?|(?P<word>[a-z]+))"
    r"(?P<sure> o'clock)?(?: ?(?P<half>[ap])\.?m\.?)?"
    r"(?: (?:in the|that|at) (?P<part>morning|afternoon|evening|night))?$"
)
_SHIFTS = {"half": 30, "quarter": 15, "a quarter": 15, "five": 5, "ten": 10, "twenty": 20, "twenty-five": 25}
_NEXT = re.compile(
    r"\b(?:next|following) (?P<unit>day|morning|afternoon|evening|night|week|month|year)\b|\btomorrow\b|"
    r"\bthe (?P<day>day|morning|afternoon|evening|night|week|month|year) after\b"
)
_LAST = re.compile(
    r"\b(?:previous|last) (?P<unit>day|morning|afternoon|evening|night|week|month|year)\b|\byesterday\b|"
    r"\bthe (?P<day>day|morning|afternoon|evening|night|week|month|year) before\b"
)
_YEAR = re.compile(r"\b1[0-9]\d\d\b|\b20\d\d\b")


def normalise(words: str) -> str | None:
    """The value of such words; None where they have none of the forms known here.

    A time that is told as so far from another has a sign: "three weeks earlier" is "-P3W". Years without a century,
    and dates without a year, keep an X for what is open: "2 June" is "XXXX-06-02".
    """
    plain = " ".join(words.lower().replace("’", "'").split())
    return _dated(plain) or _apart(plain) or _beside(plain) or _clock(plain) or _part(plain)


def _dated(plain: str) -> str | None:
    found = _DATE.search(plain)
    if found is None or (found["first"] == "may" and not (found["then"] or found["year"] or "in may" in plain)):
        return None
    month = MONTHS.index(found["month"] or found["first"]) + 1
    day = int(found["day"] or found["then"] or 0)
    if day > 31:
        return None
    year = found["year"] or "XXXX"
    return f"{year}-{month:02}-{day:02}" if day else f"{year}-{month:02}"


def _apart(plain: str) -> str | None:
    found = _SPAN.search(plain)
    if found is None:
        return None
    many, unit = _number(found["many"]), found["unit"]
    if many is None:
        return None
    if unit == _FORTNIGHT:
        many, unit = 2 * many, "week"
    return f"{'-' if found['way'] in ('before', 'earlier', 'ago') else '+'}P{_UNITS[unit].format(many)}"


def _number(word: str) -> int | None:
    """The number, "twenty-six" and "three hundred" too."""
    if word.isdigit():
        return int(word)
    tens, _, last = word.replace("-", " ").rpartition(" ")
    if last not in _NUMBERS:
        return None
    if not tens:
        return _NUMBERS[last]
    if last == "hundred":
        return _NUMBERS[tens] * 100 if tens in _NUMBERS else None
    return _NUMBERS[tens] + _NUMBERS[last] if _NUMBERS.get(tens, 0) >= 20 and _NUMBERS[last] < 10 else _NUMBERS[last]


def _beside(plain: str) -> str | None:
    for sign, pattern, alone in (("+", _NEXT, "tomorrow"), ("-", _LAST, "yesterday")):
        found = pattern.search(plain)
        if found is not None:
            unit = found["unit"] or found["day"] or alone
            length = {"week": "P1W", "month": "P1M", "year": "P1Y"}.get(unit, "P1D")
            return sign + length
    return None


def _clock(plain: str) -> str | None:
    found = _CLOCK.search(plain)
    if found is None:
        return None
    hour = int(found["hour"]) if found["hour"] else _NUMBERS.get(found["word"] or "", 0)
    if not 1 <= hour <= 24 or found["word"] in ("a", "an"):
        return None
    minutes = 60 * hour + int(found["minute"] or 0)
    if found["shift"]:
        shift = _SHIFTS[found["shift"].removesuffix(" minutes")]
        minutes += shift if found["side"] == "past" else -shift
    late = found["half"] == "p" or found["part"] in ("afternoon", "evening") or (found["part"] == "night" and hour > 4)
    if late and (minutes < 12 * 60 or (found["part"] == "night" and hour == 12)):
        minutes += 12 * 60
    return f"T{minutes // 60:02}:{minutes % 60:02}"


def _part(plain: str) -> str | None:
    year = _YEAR.search(plain)
    words = plain.split()
    for word in words:
        if word in _SEASONS:
            return f"{year[0] if year else 'XXXX'}-{_SEASONS[word]}"
        if word.removesuffix("s") in DAYS:
            part = next((_PARTS[w] for w in words if w in _PARTS), "")
            return f"XXXX-WXX-{DAYS.index(word.removesuffix('s')) + 1}{part}"
    if year:
        return year[0]
    return next((_PARTS[word] for word in words if word in _PARTS), None)
