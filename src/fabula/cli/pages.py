"""What the answers look like on a terminal: a summary page, tables and a list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import wrap

from rich.cells import cell_len, set_cell_size
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from fabula.cli.screen import plain
from fabula.exports.cast import CastRow
from fabula.exports.quotes import QuoteRow
from fabula.exports.scenes import SceneRow
from fabula.exports.summary import Summary
from fabula.story.shortening import shortened

__all__ = ["cast_table", "quotes_list", "scenes_table", "summary_page"]

_BAR = 12
"""Columns of the bar that shows how much somebody says."""

_CAST_SHOWN = 15
_SCENES_SHOWN = 12
_PLACES_SHOWN = 10
_WORDS_SHOWN = 76
"""Characters of a quoted place on the summary page."""

_KINDS = {"ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "building", "VEH": "vehicle", "PER": "person"}


def summary_page(summary: Summary, cast: Sequence[CastRow] | None, scenes: Sequence[SceneRow] | None) -> RenderableType:
    """The first page a writer sees. What was not read is None, and left out."""
    parts: list[RenderableType] = [_title(summary), Text(_numbers(summary))]
    if cast is not None:
        table = cast_table(cast[:_CAST_SHOWN])
        parts += _section("Cast", table if cast else Text("Nobody was found."))
        parts += _more(len(cast) - _CAST_SHOWN, "fabula cast")
    if summary.places:
        named = (f"{p.name} ({_KINDS[p.type]}, {p.mentions})" for p in summary.places[:_PLACES_SHOWN])
        parts += _section("Places and organisations", Text(plain(" · ".join(named))))
    if scenes:
        parts += _section("Scenes as told", scenes_table(scenes[:_SCENES_SHOWN]))
        parts += _more(len(scenes) - _SCENES_SHOWN, "fabula scenes")
    if summary.doubts:
        parts += _section("What is unsure", Group(*_doubts(summary)))
    if summary.findings:
        parts += _section("What does not fit", Group(*_findings(summary)))
    if summary.notes:
        parts += _section("Notes", Group(*(Text(plain(note)) for note in summary.notes)))
    return Group(*parts)


def cast_table(rows: Iterable[CastRow]) -> Table:
    """The cast sheet as a table."""
    table = _table("Name", "Also", "Pronouns")
    for heading in ("Quotes", "Words"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("Share of speech", no_wrap=True)
    table.add_column("Mentions", justify="right", no_wrap=True)
    for row in rows:
        name = Text(plain(row.name), style="bold")
        if row.narrator:
            name.append(" (narrator)", style="not bold dim")
        elif row.kind != "person":
            name.append(f" ({row.kind})", style="not bold dim")
        table.add_row(
            name,
            plain(", ".join(row.aliases)),
            row.pronouns or "?",
            f"{row.quotes:,}",
            f"{row.words:,}",
            f"{'█' * round(row.share * _BAR):<{_BAR}} {row.share:4.0%}",
            f"{row.mentions:,}",
        )
    return table


def quotes_list(rows: Sequence[QuoteRow], width: int) -> str:
    """What is said, as lines `width` columns wide: where, who, to whom, the words.

    Written without rich, which needs seven seconds for the 12,668 quotations of Ring Lardner's stories.
    """
    heads = [("Line", "Who", "To")]
    heads += [(f"{row.line:,}", plain(row.speaker or "?"), plain(", ".join(row.addressees))) for row in rows]
    widest = (9, min(24, width // 5), min(20, width // 6))
    wide = [min(most, max(cell_len(head[at]) for head in heads)) for at, most in enumerate(widest)]
    margin = sum(wide) + 2 * len(wide)
    words = ["Words", *(plain(" ".join(row.text.split())) + _mode(row) for row in rows)]
    lines = []
    for (line, who, to), said in zip(heads, words, strict=True):
        head = f"{line:>{wide[0]}}  {set_cell_size(who, wide[1])}  {set_cell_size(to, wide[2])}  "
        for number, part in enumerate(wrap(said, max(20, width - margin)) or [""]):
            lines.append((head if number == 0 else " " * margin) + part)
    return "".join(line.rstrip() + "\n" for line in lines)


def _mode(row: QuoteRow) -> str:
    return "" if row.mode == "spoken" else f"  ({row.mode})"


def scenes_table(rows: Iterable[SceneRow]) -> Table:
    """The scenes as told, as a table."""
    table = _table()
    table.add_column("Scene", no_wrap=True)
    for heading in ("Line", "Words"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("Begins", ratio=3)
    table.add_column("Where and when", ratio=1)
    table.add_column("There", ratio=2)
    for row in rows:
        frame = "" if row.frame == "main" else f" ({row.frame})"
        table.add_row(
            row.id + frame,
            f"{row.line:,}",
            f"{row.words:,}",
            plain(row.opening),
            plain(", ".join(known for known in (row.place, row.time) if known)) or "?",
            plain(", ".join(row.present)) or "?",
        )
    return table


def _title(summary: Summary) -> Text:
    title = Text(plain(summary.title or summary.name or "A story"), style="bold")
    if summary.author:
        title.append(plain(f"  by {summary.author}"), style="not bold")
    return title


def _numbers(summary: Summary) -> str:
    """One line: how long, how many, how much is said."""
    parts = [_count(summary.words, "word")]
    for number, thing in ((summary.chapters, "chapter"), (summary.scenes, "scene"), (summary.quotes, "quotation")):
        parts += [_count(number, thing)] if number is not None else []
    if summary.speech is not None:
        parts.append(f"{summary.speech:.0%} speech")
    parts.append(f"{_time(summary.minutes)} to read, {_time(summary.minutes_aloud)} aloud")
    return " · ".join(parts)


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _time(minutes: int) -> str:
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02} min"


def _doubts(summary: Summary) -> list[RenderableType]:
    rows: list[RenderableType] = []
    for doubt in summary.doubts:
        rows.append(Text(f"{doubt.what}: {doubt.count:,}"))
        rows += [_place(*place) for place in doubt.places]
    return rows


_FINDINGS_SHOWN = 12
"""The gravest first; a page of them is read, a scroll is not."""
_SEVERITIES = ("error", "warning", "hint")


def _findings(summary: Summary) -> list[RenderableType]:
    rows: list[RenderableType] = []
    findings = sorted(summary.findings or (), key=lambda finding: _SEVERITIES.index(finding.severity))
    for finding in findings[:_FINDINGS_SHOWN]:
        rows.append(Text(plain(f"{finding.severity}: {finding.message}")))
        rows += [_place(*place) for place in finding.places]
    return [*rows, *_more(len(findings) - _FINDINGS_SHOWN, "fabula read --format json")]


def _place(line: int, words: str) -> RenderableType:
    return Padding(Text(plain(f"line {line:,}: {shortened(words, _WORDS_SHOWN)}"), style="dim"), (0, 0, 0, 2))


def _section(heading: str, body: RenderableType) -> list[RenderableType]:
    return [Text(), Text(heading, style="bold underline"), body]


def _more(number: int, command: str) -> list[RenderableType]:
    return [Text(f"… and {number:,} more: `{command}` lists all", style="dim")] if number > 0 else []


def _table(*headings: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    for heading in headings:
        table.add_column(heading)
    return table
