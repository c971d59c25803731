"""A corrections file grows and shrinks by one entry at a time, and every other letter of it stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.errors import CorrectionsError
from fabula.story import read_corrections
from fabula.story.corrections import NarratorEntry, SaidEntry
from fabula.story.corrections.edit import with_entry, without_last_entry

NEW = SaidEntry(words='"No" – said “x”', by="Anne", to=())
WRITTEN = '[[said]]\nwords = "\\"No\\" – said “x”"\nby = "Anne"\nto = []\n'
PARTS = [
    "# a remark [[said]]\n",
    "\n",
    "\n\n  \n",
    "[[cast]]\nname = 'A'  # who\n",
    '[[said]]\nwords = """\n[[said]]\n"""\n# within\nby = "B"\n',
    '[[apart]]\nnames = [\n  "A",\n  # and\n  "B",\n]\n',
    "[[scene]]\nbegins = 'x'\n# behind\n\n",
]


@given(st.lists(st.sampled_from(PARTS)).map("".join), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\ufeff"]))
def test_what_is_added_is_taken_back_and_nothing_else_moves(parts: str, newline: str, mark: str) -> None:
    content = mark + parts.replace("\n", newline)
    longer = with_entry(content, NEW)
    assert longer.startswith(content)
    assert longer.endswith(WRITTEN.replace("\n", newline if newline in content else "\n"))
    corrections, notes = read_corrections(longer)
    assert "left out" not in " ".join(notes)
    assert corrections.said[-1] == SaidEntry(words=NEW.words, by="Anne", to=(), line=corrections.said[-1].line)
    shorter, taken = without_last_entry(longer)
    assert shorter == content
    assert taken.replace("\r", "") == WRITTEN.rstrip("\n")


@pytest.mark.parametrize(
    ("content", "left", "taken"),
    [
        ('[[cast]]\nname = "A"', "", '[[cast]]\nname = "A"'),
        ('[narrator]\nname = "A"\n', "", '[narrator]\nname = "A"'),
        ('[[cast]]\nname = "A"\n# end\n', "# end\n", '[[cast]]\nname = "A"'),
        (
            '# 1\n\n[[cast]]\nname = "A"\n[[cast]]\nname = "B"\n',
            '# 1\n\n[[cast]]\nname = "A"\n',
            '[[cast]]\nname = "B"',
        ),
        ('\ufeff[[cast]]\nname = "A"\n', "\ufeff", '[[cast]]\nname = "A"'),
    ],
)
def test_the_last_entry_is_taken_back(content: str, left: str, taken: str) -> None:
    assert without_last_entry(content) == (left, taken)


def test_a_file_without_a_last_line_end_gets_one() -> None:
    assert with_entry("# a", NarratorEntry(name="N")) == '# a\n\n[[narrator]]\nname = "N"\n'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[said]\nwords = 'x'\nby = 'y'\n", "takes no further entry. Write its heading in double brackets"),
        ("said = [{words = 'x', by = 'y'}]\n", "takes no further entry"),
        ("[[cast]]\nname = A\n", "my.toml, line 2: invalid value. Mend the entry there"),
    ],
)
def test_a_file_that_cannot_take_an_entry_says_why(content: str, said: str) -> None:
    with pytest.raises(CorrectionsError) as raised:
        with_entry(content, NEW, name="my.toml")
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("# nothing\n", "holds no entry"),
        ("", "holds no entry"),
        ("said = [{words = 'x', by = 'y'}]\n", "does not show where"),
        ("[[cast]]\nname = 'A'\n[cast.more]\nx = 1\n", "does not show where"),
        ("[[cast]]\nname = A\n", "my.toml, line 2"),
    ],
)
def test_what_cannot_be_taken_back_says_why(content: str, said: str) -> None:
    with pytest.raises(CorrectionsError) as raised:
        without_last_entry(content, name="my.toml")
    assert said in str(raised.value)
