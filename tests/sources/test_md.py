"""Markdown: the text is the file, and the marks point into it."""

from __future__ import annotations

import pytest

from fabula.sources import read_bytes
from fabula.story.text import Text

STORY = "It was late, and she had not come. He looked at the clock that his father had given him, and sighed."


def marked(text: Text, kind: str) -> list[str]:
    return [text[mark] for mark in text.marks if mark.kind == kind]


def read(content: str) -> Text:
    text = read_bytes(content.encode(), name="a.md")
    assert text.content == content
    assert text.runs == ()
    return text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_headings_breaks_italics_and_quotes(end):
    content = (
        "# The _Lamp_ #\n\nOne\n===\n\n"
        "She was *very* tired, _so_ tired,\nand **not** well; a \\* star, 2*3.\n\n* * *\n\n"
        f"> Dear John,\n> come _home_.\n\n## Two\n\n{STORY}\n\n---\n\n{STORY}\n"
    ).replace("\n", end)
    text = read(content)
    assert marked(text, "heading") == ["The _Lamp_", "One", "Two"]
    assert [mark.level for mark in text.marks if mark.kind == "heading"] == [1, 1, 2]
    assert marked(text, "break") == ["* * *", "---"]
    assert marked(text, "italic") == ["Lamp", "very", "so", "home"]
    assert marked(text, "indented") == [f"> Dear John,{end}> come _home_."]


def test_front_matter_is_set_apart():
    text = read(f'---\ntitle: The Lamp\nauthor: "Ann Gray"\n---\n\n# One\n\n{STORY}\n')
    assert (text.source.title, text.source.author) == ("The Lamp", "Ann Gray")
    assert [(a.kind, text[a][:3]) for a in text.apart] == [("front", "---")]
    assert marked(text, "heading") == ["One"]
    assert marked(text, "break") == []


def test_a_rule_at_the_top_is_no_front_matter():
    text = read(f"---\n\n{STORY}\n\n---\n\n{STORY}\n")
    assert text.apart == ()
    assert marked(text, "break") == ["---", "---"]


def test_pandoc_title_and_notes():
    text = read(f"% The Lamp\n% Ann Gray\n\n{STORY}[^1]\n\n[^1]: A note.\n\n{STORY}\n")
    assert (text.source.title, text.source.author) == ("The Lamp", "Ann Gray")
    assert [text[a] for a in text.apart] == ["% The Lamp\n% Ann Gray", "[^1]", "[^1]: A note."]


def test_byline_under_the_title():
    text = read(f"# The Lamp\n\nby Ann Gray\n\n## One\n\n{STORY}\n")
    assert "by Ann Gray" in [text[a] for a in text.apart if a.kind == "byline"]
    assert text.source.author == "Ann Gray"
