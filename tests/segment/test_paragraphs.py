"""Paragraphs and chapters: where they begin in every layout, and what kind they are."""

from __future__ import annotations

import pytest

from fabula.segment import segment
from fabula.story import Apart, Mark, Text

LONG = "It was a long and weary road that led them over the hills to the sea,"


def bodies(content: str) -> list[tuple[str, str]]:
    text = Text.of(content)
    return [(p.kind, text.content[p.start : p.body]) for p in segment(text).paragraphs]


CASES = {
    "blank lines": ("One.\n\nTwo.", ["prose One.", "prose Two."]),
    "carriage returns": ("One.\r\n\r\nTwo.\r\n", ["prose One.", "prose Two."]),
    "old line ends": ("One.\r\rTwo.\r", ["prose One.", "prose Two."]),
    "a form feed": ("One.\fTwo.", ["prose One.", "prose Two."]),
    "Unicode line ends": ("One.\u2028Two.\u2029Three.", ["prose One.", "prose Two.", "prose Three."]),
    "single newlines": ("One.\nTwo.\nThree is longer.", ["prose One.", "prose Two.", "prose Three is longer."]),
    "an asterism": ("One.\n\n* * *\n\nTwo.", ["prose One.", "break * * *", "prose Two."]),
    "a hash": ("One.\n\n#\n\nTwo.", ["prose One.", "break #", "prose Two."]),
    "dashes": ("One.\n\n---\n\nTwo.", ["prose One.", "break ---", "prose Two."]),
    "a typographic break": ("One.\n\n⁂\n\nTwo.", ["prose One.", "break ⁂", "prose Two."]),
    "a lost line": (
        "One.\n\nTwo.\n\n\n\nThree.\n\nFour.",
        ["prose One.", "prose Two.", "blank ", "prose Three.", "prose Four."],
    ),
    "a markdown heading": ("# I: Fog\n\nOne.", ["heading # I: Fog", "prose One."]),
    "verse": (
        "One.\n\n> Tyger Tyger,\n> burning bright\n\nTwo.",
        ["prose One.", "verse > Tyger Tyger,\n> burning bright", "prose Two."],
    ),
    "a letter": (
        "One.\n\nDear Ann,\n\nI am well.\n\nYours ever,\n\nBob\n\nTwo.",
        ["prose One.", "letter Dear Ann,", "letter I am well.", "letter Yours ever,", "letter Bob", "prose Two."],
    ),
    "white space only": ("  \n \n", ["blank "]),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=list(CASES))
def test_paragraphs_begin_and_have_a_kind(case: str) -> None:
    content, expected = CASES[case]
    assert [f"{kind} {words}" for kind, words in bodies(content)] == expected


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    content = f"{LONG}\n{LONG}\nand back.\n\n{LONG}\n{LONG}\nagain.\n"
    assert len(bodies(content)) == 2


def test_hard_wrapped_text_without_blank_lines_is_cut_at_indents() -> None:
    content = f"    {LONG}\n{LONG}\nand back.\n    {LONG}\n{LONG}\nagain.\n" * 3
    assert len(bodies(content)) == 6


def test_hard_wrapped_text_without_blank_lines_is_cut_at_short_lines() -> None:
    content = f"{LONG}\n{LONG}\nand back.\n{LONG}\n{LONG}\nagain.\n" * 8
    assert len(bodies(content)) == 16


def test_a_break_without_characters_is_found() -> None:
    content = "One.\n\nTwo."
    assert segment(Text.of(content, marks=[Mark(6, 6, kind="break")])).breaks == (6,)


def test_a_break_with_characters_is_found() -> None:
    assert segment(Text.of("One.\n\n***\n\nTwo.")).breaks == (11,)


def test_what_is_apart_is_no_story() -> None:
    content = "CHAPTER I\nCHAPTER II\n\nCHAPTER I\n\nOne.\n\nCHAPTER II\n\nTwo."
    cut = segment(Text.of(content, apart=[Apart(0, 20, kind="contents")]))
    assert [c.title for c in cut.chapters] == ["CHAPTER I", "CHAPTER II"]
    assert cut.paragraphs[0].kind == "apart"


CHAPTERS = {
    "no heading": ("One.\n\nTwo.", [None]),
    "markdown": ("# I: Fog\n\n## A\n\nOne.\n\n# II: Sun\n\nTwo.", ["I: Fog", "II: Sun"]),
    "numbers": ("CHAPTER I\n\nOne.\n\nCHAPTER II\n\nTwo.", ["CHAPTER I", "CHAPTER II"]),
    "words": ("Chapter One\n\nA.\n\nChapter Two\n\nB.", ["Chapter One", "Chapter Two"]),
    "a title on the line": ("CHAPTER I. Fog\n\nA.\n\nCHAPTER II. Sun\n\nB.", ["CHAPTER I: Fog", "CHAPTER II: Sun"]),
    "a title below": (
        "CHAPTER I\n\nThe Fog\n\nA.\n\nCHAPTER II\n\nThe Sun\n\nB.",
        ["CHAPTER I: The Fog", "CHAPTER II: The Sun"],
    ),
    "capitals below": ("I\n\nTHE FOG\n\nA.\n\nII\n\nTHE SUN\n\nB.", ["I: THE FOG", "II: THE SUN"]),
    "an afterword": ("A.\n\nB.\n\nC.\n\nD.\n\nE.\n\nEditor’s note\n\nF.", [None, "Editor’s note"]),
    "a prologue behind a title page": ("A.\n\nB.\n\nC.\n\nD.\n\nE.\n\nPrologue\n\nF.", ["Prologue"]),
    "parts and chapters": ("PART ONE\n\nCHAPTER I\n\nA.\n\nCHAPTER II\n\nB.", ["PART ONE, CHAPTER I", "CHAPTER II"]),
    "bare numbers": ("1\n\nA.\n\n2\n\nB.\n\n3\n\nC.", ["1", "2", "3"]),
    "a number that counts nothing": ("A.\n\n7\n\nB.", [None]),
    "staves": ("STAVE I\n\nA.\n\nSTAVE II\n\nB.", ["STAVE I", "STAVE II"]),
    "books": ("BOOK THE FIRST\n\nA.\n\nBOOK THE SECOND\n\nB.", ["BOOK THE FIRST", "BOOK THE SECOND"]),
    "prologue": ("PROLOGUE\n\nA.\n\nCHAPTER 1\n\nB.\n\nEPILOGUE\n\nC.", ["PROLOGUE", "CHAPTER 1", "EPILOGUE"]),
    "stories": ("THE SISTERS\n\nA.\n\nARABY\n\nB.", ["THE SISTERS", "ARABY"]),
    "words before the first": ("By me.\n\nCHAPTER I\n\nA.\n\nCHAPTER II\n\nB.", ["CHAPTER I", "CHAPTER II"]),
    "a sentence about a chapter": ("Chapter one was over.\n\nA.", [None]),
}  # fmt: skip


@pytest.mark.parametrize("case", CHAPTERS, ids=list(CHAPTERS))
def test_chapters_have_titles(case: str) -> None:
    content, expected = CHAPTERS[case]
    assert [c.title for c in segment(Text.of(content)).chapters] == expected


def test_headings_of_the_format_begin_chapters() -> None:
    content = "The Book\n\nFog\n\nOne.\n\nSun\n\nTwo."
    marks = [
        Mark(0, 8, kind="heading", level=1),
        Mark(10, 13, kind="heading", level=2),
        Mark(21, 24, kind="heading", level=2),
    ]
    assert [c.title for c in segment(Text.of(content, marks=marks)).chapters] == ["The Book, Fog", "Sun"]
