"""What does not fit, for other programs: rows, SARIF 2.1.0, and the annotations that GitHub shows beside a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from typing import Any

import msgspec

from fabula.story import Severity, Span, Story
from fabula.story.verdicts import Judged

__all__ = ["FindingPlace", "FindingRow", "to_annotations", "to_finding_rows", "to_sarif"]

_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "hint": "note"}
_COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "hint": "notice"}
_RULES = {
    "unclosed-quotation": "A quotation that opens and never closes",
    "lost-line": "A line of dialogue that seems to be lost",
    "same-speaker": "One speaker twice in turn: a reply is missing, or a tag names the wrong one",
    "speaks-to-self": "Somebody is spoken to by himself",
    "wrong-answer": "Somebody else answers than who was asked",
    "name-drift": "A name that changes its spelling",
    "contradiction": "Somebody is said to be two things that cannot both be",
    "acts-after-death": "Somebody acts after their death",
    "two-places": "Somebody in two places at once",
    "out-of-time": "A day that does not follow as the words say",
    "wrong-holder": "Somebody uses what another has",
    "never-learned": "Somebody knows what they never learned",
    "unkept-promise": "A promise nothing becomes of",
    "unused-object": "An object that is shown with care and never used",
}
_PLAIN = ("txt", "md")
"""Formats in which the lines of the text are the lines of the file."""


class FindingPlace(msgspec.Struct, frozen=True, kw_only=True):
    """A place that shows a finding: characters of the text, its line from 1, the first words."""

    start: int
    end: int
    line: int
    words: str


class FindingRow(msgspec.Struct, frozen=True, kw_only=True):
    """A finding, its key, and what was decided of it (None: it is open)."""

    key: str
    kind: str
    severity: Severity
    message: str
    confidence: float
    verdict: str | None
    reason: str | None
    places: tuple[FindingPlace, ...]


def to_finding_rows(story: Story, judged: Sequence[Judged]) -> tuple[FindingRow, ...]:
    """The findings as rows, each with its places."""
    return tuple(
        FindingRow(
            key=one.key,
            kind=one.finding.kind,
            severity=one.finding.severity,
            message=one.finding.message,
            confidence=one.finding.confidence,
            verdict=one.verdict.verdict if one.verdict else None,
            reason=one.verdict.reason if one.verdict else None,
            places=tuple(_place(story, span) for span in one.finding.evidence),
        )
        for one in judged
    )


def _place(story: Story, span: Span) -> FindingPlace:
    words = " ".join(story.words(span).split())
    return FindingPlace(start=span.start, end=span.end, line=story.text.line(span.start), words=words[:200])


def to_sarif(story: Story, judged: Sequence[Judged], *, uri: str = "") -> bytes:
    """The findings as SARIF 2.1.0 (OASIS), one run; what was decided of a finding is a suppression.

    Args:
        uri: where the source lies, as the reader of the file will look for it; the source's name without it.
    """
    kinds = list(dict.fromkeys(one.finding.kind for one in judged))
    run = {
        "tool": {"driver": {"name": "Fabula", "version": version("fabula"), "rules": [_rule(kind) for kind in kinds]}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(story, one, kinds, _uri(uri or story.text.source.name)) for one in judged],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return msgspec.json.format(msgspec.json.encode(log), indent=2) + b"\n"


def _rule(kind: str) -> dict[str, Any]:
    return {"id": kind, "shortDescription": {"text": _RULES.get(kind, kind)}}


def _result(story: Story, one: Judged, kinds: Sequence[str], uri: str) -> dict[str, Any]:
    places = [_location(story, span, uri) for span in one.finding.evidence]
    result: dict[str, Any] = {
        "ruleId": one.finding.kind,
        "ruleIndex": kinds.index(one.finding.kind),
        "level": _LEVELS[one.finding.severity],
        "message": {"text": one.finding.message},
        "locations": places[:1],
        "partialFingerprints": {"fabula/v1": one.key},
        "rank": round(100 * one.finding.confidence, 1),
    }
    if places[1:]:
        result["relatedLocations"] = [{"id": nth, **place} for nth, place in enumerate(places[1:], start=1)]
    if one.verdict is not None:
        why = f"{one.verdict.verdict}: {one.verdict.reason}" if one.verdict.reason else one.verdict.verdict
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": why}]
    return result


def _location(story: Story, span: Span, uri: str) -> dict[str, Any]:
    """A place in the source: by lines where its lines are the text's, else only by the words that stand there."""
    snippet = {"text": story.words(span)[:500]}
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri}} if uri else {}
    if story.text.source.format in _PLAIN and uri:
        physical["region"] = {**_region(story.text.content, span), "snippet": snippet}
    where = {"physicalLocation": physical} if physical else {}
    return {**where, "message": snippet}


def _region(content: str, span: Span) -> dict[str, int]:
    first, last = (content.count("\n", 0, place) + 1 for place in (span.start, span.end))
    columns = [place - content.rfind("\n", 0, place) for place in (span.start, span.end)]
    return {"startLine": first, "startColumn": columns[0], "endLine": last, "endColumn": columns[1]}


def _uri(name: str) -> str:
    from urllib.parse import quote

    return quote(name.replace("\\", "/"), safe="/:")


def to_annotations(story: Story, judged: Iterable[Judged], *, path: str = "") -> bytes:
    """The open findings as workflow commands of GitHub Actions, one a line, which it shows at their lines."""
    file = path or story.text.source.name
    plain = story.text.source.format in _PLAIN
    lines = []
    for one in judged:
        if one.is_open:
            place = story.text.line(one.finding.evidence[0].start) if one.finding.evidence and plain else None
            fields = [f"file={_field(file)}"] if file else []
            fields += [f"line={place}"] if place is not None else []
            fields.append(f"title={_field(one.finding.kind)}")
            lines.append(f"::{_COMMANDS[one.finding.severity]} {','.join(fields)}::{_said(one.finding.message)}\n")
    return "".join(lines).encode()


def _said(words: str) -> str:
    return re.sub(r"[%\r\n]", lambda sign: f"%{ord(sign[0]):02X}", words)


def _field(words: str) -> str:
    return re.sub(r"[%\r\n,:]", lambda sign: f"%{ord(sign[0]):02X}", words)
