"""What does not fit, as a page to read: the gravest first, each with the places that show it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from fabula.cli.screen import plain
from fabula.story import Severity, Span, Story
from fabula.story.shortening import shortened
from fabula.story.verdicts import Judged

__all__ = ["findings_page"]

_HEADS: dict[Severity, tuple[str, str, str]] = {
    "error": ("✗", "bold red", "Errors"),
    "warning": ("!", "bold yellow", "Warnings"),
    "hint": ("·", "bold cyan", "Hints"),
}
_BEFORE = 24
_SHOWN = 110
"""Characters shown of a place, with a little of what stands before it."""


def findings_page(story: Story, judged: Sequence[Judged], *, every: bool) -> RenderableType:
    """The open findings, errors before warnings; hints and what is decided only where `every` is asked for."""
    still_open = [one for one in judged if one.is_open]
    parts: list[RenderableType] = []
    for severity, (sign, style, heading) in _HEADS.items():
        some = [one for one in still_open if one.finding.severity == severity]
        if not some or (severity == "hint" and not every):
            continue
        parts += [Text(heading, style="bold underline")]
        parts += [part for one in some for part in _finding(story, one, sign, style)]
        parts.append(Text())
    decided = [one for one in judged if not one.is_open]
    if every and decided:
        parts += [Text("Decided", style="bold underline"), *(_decided(one) for one in decided), Text()]
    else:
        parts += [
            _decided(one, note="still found") for one in decided if one.verdict and one.verdict.verdict == "fixed"
        ]
    return Group(*parts, Text(_count(still_open, len(decided), every=every)))


def _finding(story: Story, one: Judged, sign: str, style: str) -> Iterator[RenderableType]:
    head = Text()
    head.append(f"{sign} ", style=style)
    head.append(plain(one.finding.message))
    head.append(f"  {one.finding.kind} {one.key} {one.finding.confidence:.0%}", style="dim")
    yield head
    for span in one.finding.evidence:
        yield Padding(_quoted(story, span), (0, 0, 0, 4))


def _quoted(story: Story, span: Span) -> Text:
    """A place in its line, the words meant set off from those before them."""
    content = story.text.content
    start = max(content.rfind("\n", 0, span.start) + 1, span.start - _BEFORE)
    line = Text(f"line {story.text.line(span.start):,}: ", style="dim")
    line.append(plain(("…" if content[start - 1 : start].strip() else "") + content[start : span.start].lstrip()))
    line.append(plain(shortened(story.words(span), _SHOWN)), style="not dim bold")
    return line


def _decided(one: Judged, *, note: str = "") -> Text:
    verdict = one.verdict
    assert verdict is not None, "only what is decided is shown here"
    why = f": {verdict.reason}" if verdict.reason else ""
    return Text(
        plain(f"{verdict.verdict}{why}  ({one.finding.kind} {one.key}{', ' + note if note else ''})"), style="dim"
    )


def _count(still_open: Sequence[Judged], decided: int, *, every: bool) -> str:
    counts = Counter(one.finding.severity for one in still_open)
    parts = [f"{counts[s]} {s}{'' if counts[s] == 1 else 's'}" for s in _HEADS if counts[s]]
    hidden = " (--all shows hints)" if counts["hint"] and not every else ""
    settled = f"; {decided} decided" if decided else ""
    return (", ".join(parts) + " open" if parts else "Nothing open was found") + settled + f".{hidden}"
