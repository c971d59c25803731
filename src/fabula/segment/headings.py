"""Which paragraphs are headings, and how high each stands: part above chapter above section."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from fabula.lexicon.counting import ORDINALS, TENS, UNITS, worth
from fabula.segment.lines import Block, Lines
from fabula.story import Text

__all__ = ["Heading", "find_headings", "heading_of", "number_of"]

PART, CHAPTER, NUMERAL, CAPITALS = 1, 2, 3, 4
"""The ranks of headings that only their words show, the highest first."""

MARKED = 10
"""Headings that the format marks have this rank plus their level."""

LONGEST = 120
"""No heading has more characters; the longest in the 184 books at hand has 107 (Robinson Crusoe, Tom Jones style)."""

_ROMAN = r"(?=[MDCLXVI])M{0,3}(?:CM|CD|D?C{0,4})(?:XC|XL|L?X{0,4})(?:IX|IV|V?I{0,4})"
_SPELLED = rf"(?:(?:{'|'.join(TENS)})(?:[- ](?:{'|'.join(UNITS[1:10])}))?|{'|'.join(reversed(UNITS[1:]))})"
_NUMBER = rf"(?:{_ROMAN}|\d{{1,3}}|(?i:(?:the )?(?:{'|'.join(ORDINALS)}|last)|{_SPELLED}))"
_MARKUP = re.compile(r"(#{1,6})[ \t]+(.*)")
_KEYED = re.compile(
    rf"(?P<word>(?i:chapter|stave|canto|letter|adventure|episode|act|scene|day|night|fit|tale|story|part|"
    rf"book|volume|vol\.))"
    rf"[ \t]+(?:the[ \t]+|no\.?[ \t]*)?(?P<number>{_NUMBER})(?![\w'’])(?P<rest>.*)",
    re.DOTALL,
)
_NAMED = re.compile(
    r"(?i:prologue|epilogue|introduction|introductory|preface|foreword|afterword|interlude|conclusion|"
    r"postscript|finale|prelude|postlude|"
    r"coda|envoi|intermezzo|appendix|dedication|"
    r"(?:editor|translator|author|publisher|transcriber|compiler|archivist)[s’']{1,2} "
    r"(?:note|preface|foreword|introduction|postscript|afterword)|note by the (?:editor|translator|author))"
    r"(?![\w'’])(?P<rest>.*)",
    re.DOTALL,
)
_NUMBERED = re.compile(
    rf"[\[(—–\-\s]*(?P<number>{_ROMAN}|\d{{1,3}}|"
    rf"(?i:{_SPELLED}))[\])—–\-\s]*(?:(?P<stop>[.:)—–-]+)[ \t]*(?P<rest>.*))?$",
    re.DOTALL,
)
_TITLE_AFTER = re.compile(r"\s*(?:[.:)\]—–-]+\s*|[ \t]*\n\s*|[ \t]+(?=[A-Z\[(“\"‘']))(?P<title>\S.*)", re.DOTALL)


_THE_END = re.compile(r"(?i:the end|finis|fin|end of .{1,60}|to be continued)[.!]*")


class Heading(msgspec.Struct, frozen=True):
    """A heading: which block it is, its rank (1 the highest), its words, its number, and whether it has a title.

    `style` tells bare numbers of one kind from those of another: "[ 1 ]" from "I" from "One".
    """

    block: int
    rank: int
    title: str
    number: int | None = None
    titled: bool = False
    style: str = ""


def number_of(word: str) -> int:
    """The value of a number as headings write it: XIV, 14, fourteen, fourteenth."""
    if word.isdigit():
        return int(word)
    low = word.lower().removeprefix("the ")
    spelled = ORDINALS.index(low) + 1 if low in ORDINALS else worth(low)
    if spelled:
        return spelled
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
    total = 0
    for letter, following in zip(low, [*low[1:], ""], strict=True):
        value = values.get(letter, 0)
        total += -value if value < values.get(following, 0) else value
    return total


def find_headings(text: Text, lines: Lines, blocks: Sequence[Block]) -> list[int]:
    """The blocks that are headings."""
    return [heading.block for heading in read_headings(text, lines, blocks)]


def read_headings(text: Text, lines: Lines, blocks: Sequence[Block]) -> list[Heading]:
    """All headings of a text, in order."""
    found: list[Heading] = []
    for at, block in enumerate(blocks):
        start, body = lines.words[block.first], lines.bodies[block.last]
        if body - start <= 2 * LONGEST and block.last - block.first < 4:
            heading = heading_of(text.content[start:body], at)
            if heading is not None:
                found.append(heading)
    found = _in_sequence(found)
    return sorted([*found, *_title_lines(text, lines, blocks, found)], key=lambda heading: heading.block)


def heading_of(words: str, block: int = 0) -> Heading | None:
    """The heading a short paragraph is by its own words; None where it is none."""
    markup = _MARKUP.fullmatch(words)
    if markup:
        level = len(markup.group(1))
        return Heading(block, MARKED + level, markup.group(2).strip(" #"), titled=True)
    plain = words.strip("_* \t=\r\n")
    if _THE_END.fullmatch(plain):
        return None
    keyed = _KEYED.match(plain)
    if keyed:
        return _keyed(keyed, block)
    named = _NAMED.match(plain)
    if named and (not named.group("rest") or (plain[:1].isupper() and _TITLE_AFTER.fullmatch(named.group("rest")))):
        return Heading(block, CHAPTER, _joined(plain).rstrip("."), titled=len(plain) > 14) if len(plain) < 60 else None
    numbered = _NUMBERED.fullmatch(plain)
    if numbered and numbered.group("number"):
        return _numbered(numbered, plain, block)
    if (
        plain.isupper()
        and 3 < len(plain) < 80
        and sum(map(str.isalpha, plain)) > len(plain) * 0.6
        and not plain.startswith(('"', "“", "'", "‘", "—"))
    ):
        return Heading(block, CAPITALS, _joined(plain), titled=True)
    return None


def _keyed(found: re.Match[str], block: int) -> Heading | None:
    rest = found.group("rest")
    after = _TITLE_AFTER.fullmatch(rest)
    if rest.strip(" .:—–-]_*") and (after is None or len(rest) > LONGEST):
        return None
    word = found.group("word")
    if not word[0].isupper():
        return None
    title = after.group("title").strip() if after else ""
    if title and title[0].islower():
        return None
    low = word.lower()
    rank = PART if low in ("part", "book", "volume", "vol.") else CHAPTER
    name = found.group(0)[: found.start("rest") - found.start()]
    whole = f"{name}: {_joined(title)}" if title else name
    return Heading(block, rank, whole, number_of(found.group("number")), titled=bool(title))


def _numbered(found: re.Match[str], plain: str, block: int) -> Heading | None:
    rest = (found.group("rest") or "").strip()
    if rest and (len(rest) > 80 or rest[0].islower() or rest[-1] in ",;" or len(found.group("number")) > 7):
        return None
    number = found.group("number")
    if not rest and found.group("stop") and number.isalpha() and not number.isupper():
        return None
    title = f"{number}: {_joined(rest)}" if rest else number
    kind = "9" if number.isdigit() else "I" if number.isupper() else "one"
    style = (plain[0] if not plain[0].isalnum() else "") + kind + ("t" if rest else "")
    return Heading(block, NUMERAL, title, number_of(number), titled=bool(rest), style=style)


def _joined(words: str) -> str:
    return " ".join(words.replace("_", "").split()).strip("* ")


def _in_sequence(found: list[Heading]) -> list[Heading]:
    """Leave out bare numerals that do not count on from one another: "I." may be a cry, "7" a house."""
    kept: list[Heading] = []
    last: dict[str, int] = {}
    for heading in found:
        if heading.rank == NUMERAL:
            if heading.number not in (1, last.get(heading.style, 0) + 1):
                continue
            last[heading.style] = heading.number or 0
        kept.append(heading)
    counted = {h.style for h in kept if h.rank == NUMERAL and h.number == 2}
    return [h for h in kept if h.rank != NUMERAL or h.style in counted]


def _title_lines(text: Text, lines: Lines, blocks: Sequence[Block], found: list[Heading]) -> list[Heading]:
    """The lines behind numbers that are their titles, if at least half of the numbers have one."""
    known = {heading.block for heading in found}
    bare = [h.block for h in found if h.rank <= NUMERAL and not h.titled]
    titles = []
    for at in bare:
        if at + 1 < len(blocks) and at + 1 not in known:
            following = blocks[at + 1]
            words = text.content[lines.words[following.first] : lines.bodies[following.last]]
            if following.first == following.last and _is_title(words):
                titles.append(Heading(at + 1, CAPITALS, _joined(words), titled=True))
    return titles if len(titles) * 2 >= len(bare) and len(titles) > 1 else []


def _is_title(words: str) -> bool:
    """Whether a line reads as a title: short, nearly every longer word with a capital, no sentence."""
    if not 2 < len(words) <= 80 or words[0] in '"“‘—' or words[-1] in '.,;:"”':
        return False
    longer = [word for word in re.findall(r"[^\W\d_]+", words) if len(word) > 4]
    return words[0].isupper() and sum(word[0].isupper() for word in longer) * 4 >= 3 * len(longer)
