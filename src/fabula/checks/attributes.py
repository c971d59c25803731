"""What somebody is said to be in one place and not in another: blue eyes and brown ones, thirty-one and fifty-two."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from fabula.lexicon.counting import TENS, UNITS, worth
from fabula.story import Finding, Relation, Severity, Span, Story

__all__ = ["find_contradictions"]

_COLOURS = {
    "eyes": "blue brown black green grey gray hazel violet amber",
    "hair": "black brown blond blonde fair red grey gray white auburn golden silver chestnut ginger",
}
_ONE_COLOUR = ({"grey", "gray"}, {"blond", "blonde", "fair", "golden"})
"""Words for one colour."""
_ALIKE = (
    {"grey", "gray", "silver", "white"}, {"red", "auburn", "ginger", "chestnut"},
    {"brown", "hazel", "amber", "chestnut", "auburn"}, {"blue", "grey", "gray", "violet"},
    {"grey", "gray", "green", "hazel"}, {"black", "brown"},
)  # fmt: skip
"""Colours that two eyes may give to one thing, or the light: two of them are worth a hint."""
_AGES = frozenset({"grey", "gray", "white", "silver"})
"""Hair becomes these."""
_SHADE = (
    r"(?:(?:very|big|large|small|bright|dark|light|pale|deep|clear|cold|steady|soft|long|short|curly|thick|thin|keen|"
    r"narrow|wide|tired|kind|pretty|\w+ly|and|,)[\s,-]+){0,3}?"
)
_SAYS = {
    what: re.compile(
        rf"(?:(?P<before>’s|'s|\bhis|\bher|\bmy|\btheir)\s+{_SHADE}(?P<one>{'|'.join(colours.split())})"
        rf"(?:[ -]\w+)?\s+{what}\b)"
        rf"|(?:(?P<owner>’s|'s|\bhis|\bher|\bmy)\s+{what}\s+(?:was|were|are|is)\s+{_SHADE}"
        rf"(?P<two>{'|'.join(colours.split())})\b(?!\s+with))"
        rf"|(?:\b(?P<had>had|has|with)\s+{_SHADE}(?P<three>{'|'.join(colours.split())})\s+{what}\b)",
        re.IGNORECASE,
    )
    for what, colours in _COLOURS.items()
}
_NUMBER = rf"(?:\d{{1,3}}|(?:{'|'.join(TENS)})(?:-(?:{'|'.join(UNITS[1:10])}))?|{'|'.join(UNITS[1:])})"
_AGE = re.compile(
    rf"\b(?:was|is|am|’m|'m)\s+(?:only\s+|just\s+|now\s+|already\s+)?(?P<age>{_NUMBER})(?:\s+years\s+(?:old|of\s+age)|(?=\s*[.,;!]))",
    re.I,
)
_NOT = re.compile(
    r"\b(?:not|n’t|n't|if|when|as if|like|dyed|wig|almost|nearly|would|painted|seemed|ago|until|before|since)\b"
)
_AGED = 2
"""Years by which two ages may differ before they contradict: a birthday, a rounding."""
_NEVER_BOTH = {"parent": {"child", "sibling", "spouse", "cousin", "uncle"}, "sibling": {"spouse", "cousin", "parent"},
               "cousin": {"parent", "sibling", "child"}, "spouse": {"sibling", "parent", "child"},
               "child": {"parent", "sibling", "spouse", "cousin"}}  # fmt: skip


class _Said(msgspec.Struct, frozen=True):
    """Something asserted of somebody, where, and how sure it is of whom."""

    value: str
    span: Span
    named: bool


def find_contradictions(story: Story) -> tuple[Finding, ...]:
    """Eyes and hair of two colours, two ages and two kinds of kinship, said of one person in the narration."""
    whose = _Whose(story)
    found = [*_colours(story, whose), *_ages(story, whose)]
    if isinstance(story.layers.relations, tuple):
        found += _kin(story, story.relations)
    return tuple(found)


class _Whose:
    """Finds who is meant right before or at a place in the narration."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._mentions = [m for m in story.mentions if m.character is not None]
        self._ends = sorted((m.end, m.start, n) for n, m in enumerate(self._mentions))
        self._starts = {m.start: m for m in self._mentions}
        self._outer = [q for q in story.quotes if q.depth == 0 and q.mode != "term"]
        self._begins = [q.start for q in self._outer]

    def is_said(self, place: int) -> bool:
        at = bisect_left(self._begins, place + 1) - 1
        return at >= 0 and self._outer[at].end > place

    def owner(self, place: int, word: str) -> tuple[str, bool] | None:
        """Whose "his" or "’s" at a place is: the id, and whether by name."""
        if word in ("'s", "’s"):
            return self.before(place)
        mention = self._starts.get(place)
        return (mention.character or "", False) if mention is not None else None

    def before(self, place: int) -> tuple[str, bool] | None:
        """Who is meant by the words that end right before a place."""
        at = bisect_left(self._ends, (place + 1, -1, -1)) - 1
        if at < 0:
            return None
        end, _, number = self._ends[at]
        mention = self._mentions[number]
        between = self._story.text.content[end:place]
        if between.strip() or mention.character is None or (mention.form != "name" and mention.confidence < 0.6):
            return None
        return mention.character, mention.form == "name"


def _colours(story: Story, whose: _Whose) -> Iterator[Finding]:
    for what, pattern in _SAYS.items():
        said: dict[str, list[_Said]] = defaultdict(list)
        for match in pattern.finditer(story.text.content):
            colour = (match["one"] or match["two"] or match["three"]).lower()
            place = match.start()
            word = (match["before"] or match["owner"] or "").lower()
            owner = whose.before(place) if match["had"] else whose.owner(place, word)
            around = story.text.content[max(0, place - 30) : match.end()]
            if owner is not None and not whose.is_said(place) and not _NOT.search(around):
                said[owner[0]].append(_Said(colour, Span(match.start(), match.end()), owner[1]))
        yield from _clashing(story, what, said)


def _ages(story: Story, whose: _Whose) -> Iterator[Finding]:
    said: dict[str, list[_Said]] = defaultdict(list)
    for match in _AGE.finditer(story.text.content):
        owner = whose.before(match.start())
        before = story.text.content[max(0, match.start() - 40) : match.end()]
        if owner is not None and not whose.is_said(match.start()) and not _NOT.search(before):
            said[owner[0]].append(_Said(match["age"].lower(), Span(match.start(), match.end()), owner[1]))
    yield from _clashing(story, "age", said)


def _number(words: str) -> int:
    if words.isdigit():
        return int(words)
    return worth(words)


def _ages_differ(one: str, other: str) -> bool:
    return abs(_number(one) - _number(other)) >= _AGED


def _eyes_differ(one: str, other: str) -> bool:
    return one != other and not any({one, other} <= same for same in _ONE_COLOUR)


def _hair_differs(one: str, other: str) -> bool:
    return _eyes_differ(one, other) and not {one, other} & _AGES


_differ_in: Mapping[str, Callable[[str, str], bool]] = {
    "eyes": _eyes_differ, "hair": _hair_differs, "age": _ages_differ,
}  # fmt: skip


def _is_close(one: _Said, other: _Said) -> bool:
    """Whether two colours are near enough for one thing in two lights."""
    return any({one.value, other.value} <= alike for alike in _ALIKE)


def _clashing(story: Story, what: str, said: Mapping[str, Sequence[_Said]]) -> Iterator[Finding]:
    """The first two of somebody's that differ, rather plainly than by a shade; one is kept, however often the two are
    said."""
    names = {character.id: character.name for character in story.characters}
    for who, all_said in said.items():
        pairs = [(a, b) for a in all_said for b in all_said if a.span < b.span and _differ_in[what](a.value, b.value)]
        if not pairs or who not in names:
            continue
        one, other = next((pair for pair in pairs if not _is_close(*pair)), pairs[0])
        doubtful = _is_close(one, other) or (what == "age" and not _one_time(story, one.span, other.span))
        severity: Severity = "warning" if (one.named or other.named) and not doubtful else "hint"
        line = story.text.line
        have = "is" if what == "age" else f"has {what}:"
        yield Finding(
            kind="contradiction",
            severity=severity,
            message=f"{names[who]} {have} {one.value} in line {line(one.span.start):,}, but {other.value} in line "
            f"{line(other.span.start):,}.",
            confidence=0.7 if severity == "warning" else 0.35,
            evidence=(one.span, other.span),
        )


_YEARS = re.compile(r"\b(?:years? (?:later|passed|went|ago)|birthday|grew up|grown)\b")


def _one_time(story: Story, one: Span, other: Span) -> bool:
    """Whether no years lie between two places, as far as the words say: no chapters between, no "years later"."""
    return other.start - one.start < 40_000 and not _YEARS.search(story.text.content[one.start : other.end])


def _kin(story: Story, relations: Sequence[Relation]) -> Iterator[Finding]:
    """Two people who are said to be two kinds of kin that nobody can be at once."""
    from fabula import lexicon

    table = lexicon.table("kin")
    names = {character.id: character.name for character in story.characters}
    held: dict[frozenset[str], list[Relation]] = defaultdict(list)
    for relation in relations:
        if relation.evidence and relation.a in names and relation.b in names:
            held[frozenset((relation.a, relation.b))].append(relation)
    for pair in held.values():
        ordered = ((a, b) for a in pair for b in pair if a.evidence < b.evidence)
        clash = next(((a, b) for a, b in ordered if _never_both(a, b, table)), None)
        if clash is not None:
            one, other = clash
            sure = min(one.confidence, other.confidence)
            yield Finding(
                kind="contradiction",
                severity="warning" if sure >= 0.8 else "hint",
                message=f"{names[one.a]} is {names[one.b]}’s {one.kind} (line {_line(story, one):,}), but "
                f"{names[other.a]} is {names[other.b]}’s {other.kind} (line {_line(story, other):,}).",
                confidence=round(0.8 * sure, 3),
                evidence=(one.evidence[0], other.evidence[0]),
            )


def _line(story: Story, relation: Relation) -> int:
    return story.text.line(relation.evidence[0].start)


def _never_both(one: Relation, other: Relation, table: Mapping[str, tuple[str, ...]]) -> bool:
    ties = [table.get(r.kind, ("", r.kind))[1] for r in (one, other)]
    if one.a != other.a:
        ties[1] = {"parent": "child", "child": "parent"}.get(ties[1], ties[1])
    return ties[1] in _NEVER_BOTH.get(ties[0], ()) or ties[0] in _NEVER_BOTH.get(ties[1], ())
