"""Lines that say who tells what stands below them: "ANNA", "Dr. Seward's Diary", "The Story Continued by Marian"."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from fabula import lexicon
from fabula.lexicon.counting import DAYS, MONTHS
from fabula.segment.wording import Wording
from fabula.story import Paragraph, Span, Text

__all__ = ["TellerLine", "find_teller_lines", "is_number", "signed_by"]

_LONGEST = 25
"""A line that is no heading has at most so many words; Dracula's longest has 22."""
_SIGNED = 12
"""So many words at most are a signature with its compliments."""
_WORD = r"(?:[A-Z][\w’'-]*\.?|(?:de|du|von|van|der|la|le|of)(?=\s+[A-Z]))"
_NAME = rf"(?P<name>(?:[Tt]he\s+)?{_WORD}(?:,?\s+{_WORD})*?)"
_PAPER = (
    r"(?i:journal|diary|narrative|story|account|statement|letter|log|notebook|note-book|memorandum|testimony|tale|"
    r"confession|memoirs?|deposition|evidence|record|version|notes)"
)
_NUMBER = re.compile(
    r"(?:(?i:chapter|part|book|section|letter|no\.?|act|volume)\s+)?(?:[ivxlcIVXLC]+|\d+|(?i:one|two|three|four|five|six|"
    r"seven|eight|nine|ten|eleven|twelve))\s*(?:[.:)—–-]+|$)\s*"
)
_OWNED = re.compile(rf"(?:(?i:from|extracts? from)\s+)?{_NAME}[’']s?\s+(?:(?i:own|private)\s+)?{_PAPER}\b(?P<rest>.*)")
_TOLD = re.compile(
    r"(?:.*\b)?(?i:told|written|begun|continued|concluded|related|narrated|resumed|taken\s+up|kept|dictated)\s+(?i:by)\s+"
    rf"{_NAME}(?=$|[,;:.—–(]|\s+(?:of|in|at|with|to)\b)|(?i:by)\s+{_NAME.replace('name', 'by')}$"
)
_OF = re.compile(
    r"(?:(?i:the|a|(?:extracts?\s+)?from\s+the)\s+)?"
    r"(?i:narrative|statement|deposition|testimony|confession|diary|journal|memoirs?|log)\s+"
    rf"of\s+{_NAME}(?=$|[,;:.—–(]|\s+(?:of|in|at)\b)"
)
_FROM = re.compile(r"(?i:from|extracts? from|the (?:journal|diary|narrative|statement|deposition|confession))\b")
_SENT = re.compile(
    rf"(?:(?i:letter|telegram|note)(?:\s+\w+)?,?\s+)(?:(?i:from)\s+)?{_NAME}(?:,.*)?\s+(?i:to)\s+.+|"
    rf"(?:(?i:from)\s+)?{_NAME.replace('name', 'by')}\s+(?i:to)\s+(?:the\s+same|(?:the\s+)?[A-Z].{{0,60}})"
)
_ROMAN = re.compile(r"[ivxlc]+")
_CAPITAL = re.compile(r"[A-Z][\w’'-]*[.,]?")
_BARE = re.compile(rf"{_NAME}")
_CLOSES = frozenset(
    "yours your sincerely truly faithfully affectionately respectfully cordially ever love regards adieu goodbye "
    "servant friend obedient humble amen p.s ps believe me i and dear my the your's thine very always kind best".split()
)
_NO_NAMES = frozenset(
    "part book volume chapter prologue epilogue preface introduction letter conclusion contents note finis end".split()
)

_NO_TELLERS = frozenset((*DAYS, *MONTHS)) | frozenset(
    "sept nov dec street road house square hall london paris morning night".split()
)
_PARTICLES = frozenset("de du von van der la le of will may".split())


class TellerLine(msgspec.Struct, frozen=True, kw_only=True):
    """Where a line stands and whom it names. `bare`: it is nothing but a name, and may be only what comes next."""

    span: Span
    name: str
    bare: bool


def find_teller_lines(wording: Wording) -> list[TellerLine]:
    """The headings and other short lines that name whoever tells what follows."""
    found = []
    for paragraph in wording.segments.paragraphs:
        if paragraph.kind == "break" or paragraph.body - paragraph.start > 6 * 4 * _LONGEST:
            continue
        written = wording.segments.text.content[paragraph.start : paragraph.body]
        for line in _lines(written, heading=paragraph.kind == "heading"):
            named = _named(line, heading=paragraph.kind == "heading")
            if named is not None:
                found.append(TellerLine(span=Span(paragraph.start, paragraph.body), name=named[0], bare=named[1]))
                break
    return found


def _lines(written: str, *, heading: bool) -> Iterator[str]:
    plain = " ".join(written.replace("_", "").replace("*", "").strip('#>"“” \n').split())
    if len(plain.split()) > _LONGEST or not plain:
        return
    yield plain
    number = _NUMBER.match(plain) if heading else None
    if number and plain[number.end() :]:
        yield plain[number.end() :]


def _named(line: str, *, heading: bool) -> tuple[str, bool] | None:
    """Whom a line names as the teller, and whether it says nothing else."""
    plain = line.rstrip(" .:—–-")
    owned = _OWNED.fullmatch(plain)
    if owned and len(owned["rest"].split()) <= (12 if heading else 4) and _is_name(owned["name"]):
        return _tidy(owned["name"]), False
    sent = _SENT.fullmatch(plain)
    if sent and (sent["name"] or heading) and _is_name(sent["name"] or sent["by"]):
        return _tidy(sent["name"] or sent["by"]), not sent["name"]
    if not heading:
        kept = _OF.fullmatch(plain) if _FROM.match(plain) else None
        return (_tidy(kept["name"]), False) if kept and _is_name(kept["name"]) else None
    for pattern in (_TOLD, _OF):
        told = pattern.match(plain)
        name = told and (told["name"] or told.groupdict().get("by"))
        if name and _is_name(name):
            return _tidy(name), False
    if _BARE.fullmatch(plain) and len(plain.split()) <= 4 and _is_name(plain) and "," not in plain:
        return _tidy(plain), True
    return None


def is_number(paragraph: Paragraph, text: Text) -> bool:
    """Whether a chapter's first line is its number and nothing else: whoever told the one before goes on."""
    if paragraph.kind != "heading":
        return False
    plain = " ".join(
        text.content[paragraph.start : paragraph.body].replace("_", "").replace("*", "").strip("# ").split()
    )
    return _NUMBER.fullmatch(plain) is not None


def signed_by(line: str) -> str | None:
    """The name with which a letter's last line ends: "Your loving Will"."""
    plain = " ".join(line.replace("_", "").replace("*", "").strip("> \"“”’'\n").split()).rstrip(".,")
    words = plain.split()
    if len(words) > _SIGNED or (any(mark in plain for mark in ":;?!()+—"[:-1]) and not plain.startswith("(Signed)")):
        return None
    if any(word.endswith(("’s", "'s")) or word.isdigit() for word in words):
        return None
    kept: list[str] = []
    for word in reversed(words):
        if not _CAPITAL.fullmatch(word) or word.lower().strip(".,") in _CLOSES:
            break
        if kept and word.endswith(","):
            break
        kept.insert(0, word)
    name = " ".join(kept)
    nouns = lexicon.table("person_nouns")
    bare = [w.lower().strip(".,") for w in kept]
    if not kept or len(kept) > 4 or any(w in nouns or w in lexicon.table("kin") or w in _NO_TELLERS for w in bare):
        return None
    return _tidy(name) if any(len(w.strip(".")) > 1 for w in kept) else None


def _is_name(name: str) -> bool:
    words = name.lower().replace(".", "").split()
    own = words[1:] if words[:1] == ["the"] else words
    if not own or (_NO_NAMES | lexicon.words("function_words")) & {*own} - _PARTICLES:
        return False
    return any(len(word) > 1 and not _ROMAN.fullmatch(word) for word in own)


def _tidy(name: str) -> str:
    """A name in capitals as the text would write it."""
    return name.title() if name.isupper() and len(name) > 2 else name
