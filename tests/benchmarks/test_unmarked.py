"""Works whose marks are taken out: what is left of the text, and where the marks stood."""

from __future__ import annotations

from benchmarks.corpora.unmarked import HELD_OUT, TAUGHT, take_out


def breaks(content: str) -> list[str]:
    work = take_out(content, name="x")
    return [work.segments.text.content[place:].split("\n")[0] for place in work.breaks]


def test_marks_and_sections_are_taken_out_and_remembered() -> None:
    content = "# I\n\nAnne rose.\n\n* * *\n\nPhil sat.\n\n## The Ship\n\nAnne left.\n"
    assert breaks(content) == ["Phil sat.", "Anne left."]
    assert take_out(content, name="x").segments.text.content == "# I\n\nAnne rose.\n\nPhil sat.\n\nAnne left.\n"


def test_a_section_at_a_chapters_beginning_is_no_break() -> None:
    assert breaks("# I\n\n## One\n\nAnne rose.\n") == []


def test_a_mark_around_verses_is_no_break() -> None:
    assert breaks("Anne sang.\n\n* * *\n\n> The sea is wide,\n> The sea is deep,\n\n* * *\n\nPhil wept.\n") == []


def test_nothing_is_learned_from_what_is_held_out() -> None:
    assert len(HELD_OUT) >= 10
    assert not set(HELD_OUT) & set(TAUGHT)
