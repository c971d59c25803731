"""A story as a notebook shows it: what it is called, how much of what was read, and who is in it most."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TYPE_CHECKING

from msgspec import UNSET

if TYPE_CHECKING:
    from fabula.story.story import Story

__all__ = ["to_html"]

_SHOWN = 12
"""Characters listed: a notebook's cell stays small whatever the novel."""


def to_html(story: Story) -> str:
    """A heading, a line of counts and a table of the cast; every word of the story in it is escaped."""
    source = story.text.source
    counts = [f"{len(story.text):,} characters of text"]
    for name in story.layers.__struct_fields__:
        layer = getattr(story.layers, name)
        if layer is not UNSET:
            counts.append(f"{len(layer):,} {name}")
    title = escape(" ".join((source.title or source.name or "A story").split()))
    return f"<div><strong>{title}</strong><br>{', '.join(counts)}{_cast(story)}</div>"


def _cast(story: Story) -> str:
    if story.layers.characters is UNSET or not story.characters:
        return ""
    quotes = () if story.layers.quotes is UNSET else story.quotes
    mentions = () if story.layers.mentions is UNSET else story.mentions
    said = Counter(quote.speaker for quote in quotes if quote.depth == 0 and quote.mode != "term")
    meant = Counter(mention.character for mention in mentions)
    first = sorted(story.characters, key=lambda who: -(said[who.id] + meant[who.id]))
    rows = "".join(
        f"<tr><td>{escape(who.name)}</td><td>{escape(who.pronouns or '?')}</td>"
        f"<td>{said[who.id]:,}</td><td>{meant[who.id]:,}</td></tr>"
        for who in first[:_SHOWN]
    )
    more = len(first) - _SHOWN
    rest = f"<tr><td>… and {more:,} more</td></tr>" if more > 0 else ""
    head = "<tr><th>Name</th><th>Pronouns</th><th>Quotations</th><th>Mentions</th></tr>"
    return f"<table>{head}{rows}{rest}</table>"
