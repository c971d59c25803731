"""A story as a notebook shows it: what it is called, how much of what was read, and who is in it most."""

from __future__ import annotations

from html import escape

from msgspec import UNSET

from fabula.forms.basics import title_of
from fabula.forms.counts import Count, counts
from fabula.story import Character, Story

__all__ = ["to_html"]

_SHOWN = 12
"""Characters listed: a notebook's cell stays small whatever the novel."""

_NAMES = {
    "chapters": ("chapter", "chapters"),
    "scenes": ("scene", "scenes"),
    "characters": ("character", "characters"),
    "quotes": ("quotation", "quotations"),
    "facts": ("fact", "facts"),
    "findings": ("finding", "findings"),
}
"""The layers that are counted; the others are for those who ask."""


def to_html(story: Story) -> str:
    """A heading, a line of counts and a table of the cast; every word of the story in it is escaped."""
    title = _plain(title_of(story) or story.text.source.name or "A story")
    by = f" <em>{_plain(story.text.source.author)}</em>" if story.text.source.author else ""
    return f"<div><strong>{title}</strong>{by}<br>{' · '.join(_counted(story))}{_cast(story)}</div>"


def _counted(story: Story) -> list[str]:
    words = len(story.text.content.split())
    said = [f"{words:,} word{'' if words == 1 else 's'}"]
    for layer, (one, more) in _NAMES.items():
        records = getattr(story.layers, layer)
        if records is not UNSET:
            said.append(f"{len(records):,} {one if len(records) == 1 else more}")
    return said


def _cast(story: Story) -> str:
    if story.layers.characters is UNSET or not story.characters:
        return ""
    known = counts(story)
    first = sorted(story.characters, key=lambda who: -(len(known[who.id].said) + known[who.id].mentions))
    rows = "".join(_row(who, known[who.id]) for who in first[:_SHOWN])
    more = len(first) - _SHOWN
    rest = f'<tr><td colspan="5">… and {more:,} more</td></tr>' if more > 0 else ""
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("Name", "Also", "Pronouns", "Quotations", "Mentions"))
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}{rest}</tbody></table>"


def _row(who: Character, count: Count) -> str:
    cells = (who.name, ", ".join(who.aliases[:3]), who.pronouns or "?", f"{len(count.said):,}", f"{count.mentions:,}")
    return "<tr>" + "".join(f"<td>{_plain(cell)}</td>" for cell in cells) + "</tr>"


def _plain(words: str) -> str:
    return escape(" ".join(words.split()))
