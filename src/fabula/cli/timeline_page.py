"""What story time looks like on a terminal: threads as columns, scenes down the page; and how things stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from fabula.cli.screen import plain
from fabula.exports.timeline import TimelineRow
from fabula.story import Moment, Span, Story

__all__ = ["moment_page", "timeline_page"]

_COLUMNS = 8
"""So many threads have a column of their own; the scenes of all others stand in the last."""
_MARKS = {"main": "●", "memory": "○", "told": "○", "letter": "◇", "dream": "◌", "imagined": "◌", "vision": "◌"}
_AROUND = 40
"""Characters shown before and behind the words that show something."""
_DOUBT = 0.4
"""Below this a scene's place is more guessed than known."""


def timeline_page(rows: Sequence[TimelineRow], *, why: bool) -> RenderableType:
    """The scenes in story order.

    Args:
        why: whether what shows each place is written below it.
    """
    if not rows:
        return Text("This story has no scenes.")
    columns = _columns(rows)
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    table.add_column("Happened", justify="right", no_wrap=True)
    table.add_column("Threads", no_wrap=True, min_width=max(7, 2 * len(set(columns.values())) - 1))
    table.add_column("Told", no_wrap=True)
    table.add_column("Scene", ratio=1)
    before = 0
    for at, row in enumerate(rows):
        order = f"{row.order}" if row.order is not None else "?"
        tie = at > 0 and row.order is not None and rows[at - 1].order == row.order
        doubt = "?" if row.confidence < _DOUBT and row.order is not None else " "
        turned = row.told < before
        before = row.told
        table.add_row(
            ("=" if tie else order) + doubt,
            _track(rows, at, columns),
            Text(row.id, style="bold" if turned else ""),
            _scene(row, why=why),
        )
    return Group(table, Text(""), Text(_footer(rows), style="dim"))


def moment_page(story: Story, moment: Moment) -> RenderableType:
    """How things stand at a moment: who is there, who lives, where everybody was seen last, in which words."""
    scene = next(one for one in story.scenes if one.id == moment.scene)
    names = {known.id: known.name for known in story.characters}

    def named(ids: Sequence[str]) -> str:
        return plain(", ".join(names.get(who, who) for who in ids)) or "nobody that is known"

    order = f", {_nth(scene.order)} to happen" if scene.order is not None else ""
    by = "as far as it is told" if moment.by == "told" else "as far as it has happened"
    head = Text(f"Scene {scene.id}{order}; {by}")
    facts = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_header=False)
    facts.add_column(style="dim", no_wrap=True)
    facts.add_column(ratio=1)
    facts.add_row("where", plain(scene.place or "not told"))
    facts.add_row("when", plain(scene.time or "not told"))
    facts.add_row("there", named(moment.present))
    facts.add_row("alive", named(moment.alive))
    for at, who in enumerate(moment.dead or ("",)):
        shown = _quoted(story, _death_of(story, who))
        facts.add_row("dead" if not at else "", f"{named((who,) if who else ())}{shown}")
    away = [seen for seen in moment.seen if seen.who not in moment.present and seen.who not in moment.dead]
    for at, seen in enumerate(away):
        place = f", {plain(seen.place)}" if seen.place else ""
        shown = _quoted(story, _last_of(story, seen.who, seen.scene))
        who = plain(names.get(seen.who, seen.who))
        facts.add_row("last seen" if not at else "", f"{who}: {seen.scene}{place}{shown}")
    return Group(head, Text(""), facts)


def _death_of(story: Story, who: str) -> Span | None:
    """The words that tell of somebody's death."""
    return next((death.evidence[0] for death in story.deaths if death.who == who and death.evidence), None)


def _last_of(story: Story, who: str, scene_id: str) -> Span | None:
    """The last words of a scene that name somebody or, where none does, that mean or quote him."""
    scene = next(one for one in story.scenes if one.id == scene_id)
    meant = [one for one in story.mentions if one.character == who and scene.covers(one)]
    named = [one.span for one in meant if one.form == "name"] or [one.span for one in meant]
    said = [quote.span for quote in story.quotes if quote.speaker == who and scene.covers(quote)]
    return next(reversed(named or said), None)


def _quoted(story: Story, place: Span | None) -> str:
    """The words around a place, with its line."""
    if place is None:
        return ""
    content = story.text.content
    start = max(content.rfind("\n", 0, place.start) + 1, place.start - _AROUND)
    start = content.find(" ", start, place.start) + 1 or start if content[start - 1 : start].isalnum() else start
    end = min((at for at in (content.find("\n", place.end), len(content)) if at >= 0), default=place.end)
    if end > place.end + _AROUND:
        end = max(content.rfind(" ", place.end, place.end + _AROUND), place.end)
    shown = " ".join(content[start:end].split())
    return f"\n{plain(shown)} (line {story.text.line(place.start):,})"


def _columns(rows: Sequence[TimelineRow]) -> dict[int, int]:
    """For each thread its column: the first threads as told have their own."""
    threads = sorted({row.thread or 1 for row in rows})
    return {thread: min(at, _COLUMNS - 1) for at, thread in enumerate(threads)}


def _track(rows: Sequence[TimelineRow], at: int, columns: Mapping[int, int]) -> Text:
    """The threads at a scene: a mark where it stands, a line where a thread has begun and goes on."""
    here = columns[rows[at].thread or 1]
    begun = {columns[row.thread or 1] for row in rows[:at]}
    coming = {columns[row.thread or 1] for row in rows[at + 1 :]}
    cells = []
    for column in range(max(columns.values()) + 1):
        line = "│" if column in begun and column in coming else " "
        cells.append(_MARKS[rows[at].frame] if column == here else line)
    return Text(" ".join(cells))


def _scene(row: TimelineRow, *, why: bool) -> Text:
    known = ", ".join(part for part in (row.time, row.place) if part)
    frame = "" if row.frame == "main" else f"({row.frame}) "
    scene = Text(
        f"{frame}{plain(known)}{': ' if known else ''}{plain(', '.join(row.present)) or 'nobody that is known'}"
    )
    scene.append(f"\n{plain(row.opening)} (line {row.line:,})", style="dim")
    if why:
        for reason in row.why or ("as told: nothing else shows it",):
            scene.append(f"\n  {plain(reason)}", style="italic")
    return scene


def _footer(rows: Sequence[TimelineRow]) -> str:
    back = sum(later.told < row.told for row, later in pairwise(rows))
    told = (
        "No words were found that show another order than that of the telling."
        if not back
        else (f"Told otherwise than it happened; the telling turns {_times(back)}.")
    )
    marks = {"●": "happens", "○": "remembered or told", "◇": "a letter", "◌": "dreamt or imagined"}
    used = [mark for mark in marks if any(_MARKS[row.frame] == mark for row in rows)]
    legend = ", ".join(f"{mark} {marks[mark]}" for mark in used)
    open_ = ", ? unsure" if any(row.confidence < _DOUBT for row in rows) else ""
    ties = ", = at once" if any(a.order == b.order for a, b in pairwise(rows)) else ""
    return f"{told}\n{legend}{open_}{ties}"


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _nth(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
