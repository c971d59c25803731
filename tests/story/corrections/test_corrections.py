"""What the user says is read entry by entry: one slip costs one entry, and says where it is and what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.errors import CorrectionsError
from fabula.story import CastEntry, Corrections, Span, Text, find_words, read_corrections, write_corrections
from fabula.story.corrections import OrderEntry, SaidEntry, group_names, name_key

WHOLE = """\ufeff# What I know better
[[cast]]
name = "Elizabeth Bennet"
aliases = ["Lizzy", "Miss Bennet"]
pronouns = "she/her"
kind = "person"

[[same]]
names = ["the Voice", "Griffin"]

[[apart]]
names = ["Miss Bennet", "Jane"]

[[rename]]
from = "the old woman"
to = "Mrs Hall"

[[nobody]]
name = "Whit Monday"

[[narrator]]
name = "Nick"

[[said]]
words = "Come, Amos"
by = "Nell"
to = "Amos"
nth = 2

[[said]]
words = "Nobody hears this"
to = []

[[scene]]
begins = "The next morning"

[[scene]]
goes_on = "She turned"
nth = 1

[[order]]
earlier = "The pit was flooded"
later = "He wore black"
"""


def test_every_table_is_read_and_written_again() -> None:
    corrections, notes = read_corrections(WHOLE)
    assert notes == ()
    assert corrections.cast[0].aliases == ("Lizzy", "Miss Bennet")
    assert corrections.said[0] == SaidEntry(words="Come, Amos", by="Nell", to=("Amos",), nth=2, line=24)
    assert (corrections.said[1].to, corrections.said[1].by) == ((), None)
    assert len(list(corrections.entries())) == 11
    written = write_corrections(corrections)
    again, notes = read_corrections(written)
    assert notes == ()
    assert write_corrections(again) == written
    assert read_corrections(write_corrections(again))[0] == again


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text("a\"\\\n\x00\x7f“'é", min_size=1))
def test_any_words_survive_the_file(words: str, name: str) -> None:
    said = Corrections(said=(SaidEntry(words=words, by=f"N{name}", line=1),), source="corrections")
    again, notes = read_corrections(write_corrections(said))
    assert notes == ()
    assert again.said[0].words == " ".join(words.split())
    assert again.said[0].by == " ".join(f"N{name}".split())


def test_nothing_said_is_nothing() -> None:
    assert not Corrections()
    assert read_corrections("# only a remark\n") == (Corrections(source="corrections"), ())
    assert write_corrections(Corrections()) == ""


def test_a_single_bracket_and_a_single_name_will_do() -> None:
    corrections, notes = read_corrections('[narrator]\nname = "Nick"\n[cast]\nname = "Ann"\naliases = "Nan"\n')
    assert notes == ()
    assert (corrections.narrator[0].name, corrections.cast[0].aliases) == ("Nick", ("Nan",))


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        ('[[sad]]\nwords = "x"', 1, "did you mean said?"),
        ('[[said]]\nword = "x"\nby = "Nell"', 2, "did you mean words?"),
        ('[[said]]\nby = "Nell"', 1, "words is missing"),
        ('[[said]]\nwords = "x"', 1, "by whom"),
        ('\n[[said]]\nwords = "x"\nby = 3', 4, "quotation marks"),
        ('[[said]]\nwords = "x"\nby = "Nell"\nnth = "2"', 4, "a number"),
        ('[[said]]\nwords = "x"\nby = "Nell"\nnth = 0', 1, "from 1"),
        ('[[said]]\nwords = "x"\nby = ""', 1, "needs a name"),
        ('[[cast]]\nname = " "', 1, "needs a name"),
        ('[[cast]]\nname = "A"\naliases = [1]', 3, "a list of names"),
        ('[[cast]]\nname = "A"\nkind = "ghost"', 3, "person, group, animal, thing"),
        ('[[cast]]\nname = "A"\npronouns = "female"', 1, "she/her"),
        ('[[cast]]\nname = "A"\nline = 7', 3, "no key line"),
        ('[[same]]\nnames = ["A", "the  a"]', 1, "two different names"),
        ('[[apart]]\nnames = ["A"]', 1, "different names"),
        ('[[scene]]\nbegins = "x"\ngoes_on = "y"', 1, "`begins`"),
        ("cast = 3", 1, "[[cast]]"),
        ("cast = [3]", 1, "[[cast]]"),
        ("[[cast.of]]", 1, "no key of"),
    ],
)
def test_a_slip_costs_one_entry(content: str, line: int, said: str) -> None:
    corrections, notes = read_corrections(f'{content}\n[[narrator]]\nname = "Nick"\n', name="my.toml")
    assert [entry.name for entry in corrections.narrator] == ["Nick"]
    assert len(list(corrections.entries())) == 1
    assert len(notes) == 1
    assert notes[0].startswith(f"my.toml, line {line}: ")
    assert said in notes[0]
    assert "\n" not in notes[0]


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        ('[[same]]\nnames = ["A", "B"]\n[[apart]]\nnames = ["b", "a"]', 3, "line 1 says that b and a are one"),
        ('[[apart]]\nnames = ["A", "B"]\n[[same]]\nnames = ["A", "B"]', 3, "line 1 says that A and B are two"),
        (
            '[[same]]\nnames = ["A", "B"]\n[[same]]\nnames = ["B", "C"]\n[[apart]]\nnames = ["A", "C"]',
            5,
            "A and C are one character",
        ),
        ('[[cast]]\nname = "A"\naliases = ["B"]\n[[apart]]\nnames = ["A", "B"]', 4, "line 1 says"),
        ('[[cast]]\nname = "A"\n[[cast]]\nname = "a"', 3, "already listed in line 1"),
        ('[[nobody]]\nname = "A"\n[[narrator]]\nname = "A"', 3, "line 1 says that A is nobody"),
        ('[[narrator]]\nname = "A"\n[[nobody]]\nname = "A"', 3, "line 1 says that A is somebody"),
        ('[[rename]]\nfrom = "A"\nto = "B"\n[[rename]]\nfrom = "A"\nto = "C"', 4, "line 1 already"),
        ('[[said]]\nwords = "“No.”"\nby = "A"\n[[said]]\nwords = "no."\nby = "B"', 4, "line 1 already"),
        ('[[scene]]\nbegins = "x"\n[[scene]]\ngoes_on = "X"', 3, "line 1 already"),
        (
            '[[order]]\nearlier = "x"\nlater = "y"\n[[order]]\nearlier = "y"\nlater = "z"\n'
            '[[order]]\nearlier = "z"\nlater = "x"',
            7,
            "earlier than itself",
        ),
    ],
)
def test_of_two_that_contradict_each_other_the_first_holds(content: str, line: int, said: str) -> None:
    corrections, notes = read_corrections(content, name="my.toml")
    assert len(notes) == 1
    assert notes[0].startswith(f"my.toml, line {line}: ")
    assert said in notes[0]
    assert len(list(corrections.entries())) == content.count("[[") - 1


def test_the_same_said_twice_is_said_once() -> None:
    entry = '[[said]]\nwords = "No."\nby = "A"\n'
    corrections, notes = read_corrections(entry * 2)
    assert (len(corrections.said), notes) == (1, ())


def test_an_alias_of_two_is_the_first_ones_and_a_name_is_its_owners() -> None:
    corrections, notes = read_corrections(
        '[[cast]]\nname = "A"\naliases = ["M", "B"]\n[[cast]]\nname = "B"\naliases = ["M"]\n'
    )
    number = group_names(corrections.entries())
    assert (number["m"], number["b"] == number["a"]) == (number["a"], False)
    assert len(notes) == 2
    assert "B is also on the list in line 1: it means B, not A" in " ".join(notes)


@pytest.mark.parametrize(
    ("content", "where", "said"),
    [
        ("\n\n[[cast\n", "my.toml, line 3", ""),
        ("Elizabeth is Lizzy.\n", "my.toml, line 1", ""),
        ("x = " + "[" * 100_000, "my.toml, line 1", ""),
    ],
)
def test_no_entry_at_all_is_an_error_with_its_line(content: str, where: str, said: str) -> None:
    with pytest.raises(CorrectionsError) as raised:
        read_corrections(content, name="my.toml")
    assert str(raised.value).startswith(f"{where}: ")
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("entry", "line", "said"),
    [
        ("[[cast]]\nname = “Ann”", 5, "straight quotation marks ("),
        ('[[cast]]\nname = "Ann', 5, "between straight quotation marks"),
        ('[[cast]]\nname = "Ann"\naliases = ["Nan",\n"Annie"', 7, "a list between brackets"),
        ('[[cast]]\nname = "Ann"\nname = "Nan"', 6, "overwrite"),
        ("[[cast]]\nElizabeth is Lizzy.", 5, "expected '='"),
        ("[[cast", 4, ""),
        ("[[cast]]\nname = " + "[" * 100_000, 5, "nested too deeply"),
    ],
)
def test_what_is_no_toml_costs_its_own_entry(entry: str, line: int, said: str) -> None:
    content = f'[[nobody]]\nname = "A"\n\n{entry}\n\n[[narrator]]\nname = "N"\n'
    for newline in ("\n", "\r\n"):
        corrections, notes = read_corrections(content.replace("\n", newline), name="my.toml")
        assert [entry.says for entry in corrections.entries()] == ["A is nobody", "N tells the story"]
        assert [entry.line for entry in corrections.entries()] == [
            1,
            content[: content.index("[[narr")].count("\n") + 1,
        ]
        assert len(notes) == 1
        assert notes[0].startswith(f"my.toml, line {line}: ")
        assert said in notes[0]
        assert notes[0].endswith("This entry was left out.")


def test_a_lone_entry_that_is_no_toml_costs_itself() -> None:
    corrections, notes = read_corrections("[[cast]]\nname = “Ann”\n", name="f")
    assert not corrections
    assert notes[0].startswith("f, line 2: ")


def test_one_heading_in_single_and_one_in_double_brackets_are_two_entries() -> None:
    corrections, notes = read_corrections('[narrator]\nname = "A"\n[[narrator]]\nname = "B"\n[narrator]\nname = "C"\n')
    assert ([entry.name for entry in corrections.narrator], notes) == (["A", "B", "C"], ())


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes('# one\nname = "é"'.encode("latin-1"))
    for name, said in (("none.toml", "no such file"), (".", "cannot be read"), ("latin.toml", "line 2: is not UTF-8")):
        with pytest.raises(CorrectionsError, match=said):
            read_corrections(tmp_path / name)


def test_a_header_inside_a_long_string_is_no_header() -> None:
    _, notes = read_corrections('[[said]]\nwords = """\n[[said]]\n"""\nby = "A"\n[[said]]\nwrds = "x"\n', name="f")
    assert notes[0].startswith("f, line 7: ")


STORY = "“Come — now,” said\r\nNell. “No.”\n\nHe said: “No. Come  —\nnow…” Nobody knows; she didn’t. _Noon_."


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("come -- now", ["Come — now", "Come  —\nnow"]),
        ('"Come—now," said Nell', ["Come — now,” said\r\nNell"]),
        ("no", ["No", "No"]),
        ("no.", ["No.", "No."]),
        ("didn't. Noon", ["didn’t. _Noon"]),
        ("now...", ["now…"]),
        ("didnt", ["didn’t"]),
        ("ow", []),
        ("", []),
        ("“”", []),
        ("winter", []),
    ],
)
def test_words_are_found_however_they_are_typed(words: str, found: list[str]) -> None:
    text = Text.of(STORY)
    assert [text[span] for span in find_words(text, words)] == found
    assert [text[span] for span in find_words(text, words, nth=1)] == found[:1]


def test_words_that_begin_with_a_dash_are_found_in_their_own_line() -> None:
    text = Text.of("—Are you cold?\n\n—Not very, she said.\n\n—Then sit.")
    assert [text[span] for span in find_words(text, "—Not very, she said.")] == ["—Not very, she said."]


@given(st.text("aB “”—-.…\n_'", max_size=40), st.text("aB “”—-.…\n_'", max_size=40))
def test_words_once_found_are_found_after_an_edit_before_them(before: str, after: str) -> None:
    text = Text.of(f"{before} Zeno came… home {after}")
    assert [text[span] for span in find_words(text, "zeno came... home")] == ["Zeno came… home"]


def test_what_is_said_is_found_inside_quotations_first() -> None:
    corrections, _ = read_corrections(
        '[[said]]\nwords = "Come - now"\nby = "A"\n[[said]]\nwords = "No."\nby = "B"', name="f"
    )
    text = Text.of("He thought, come—now. “Come—now. No.” “No.”")
    quotes = [Span(22, 37), Span(38, 43)]
    said, notes = corrections.said_in(text, within=quotes)
    assert [(text[s], s.by) for s in said] == [("Come—now", "A"), ("No.", "B")]
    assert said[1].start == 39  # at the head of its quotation
    assert notes == ()
    _, notes = corrections.said_in(text)
    assert [note.split(":")[0] for note in notes] == ["f, line 1", "f, line 4"]
    assert "2 times in the text (line 1)" in notes[0]


def said_by(
    content: str, *entries: str
) -> tuple[list[tuple[str, str | None, tuple[str, ...] | None]], tuple[str, ...]]:
    """Who says what, where every “…” of the content is a quotation."""
    text = Text.of(content)
    quotes = [Span(*match.span()) for match in re.finditer("“[^”]*”", content)]
    corrections, notes = read_corrections("\n".join(f"[[said]]\n{entry}" for entry in entries), name="f")
    assert notes == ()
    said, notes = corrections.said_in(text, within=quotes)
    return [(text[s], s.by, s.to) for s in said], notes


def test_who_says_a_line_and_to_whom_may_be_said_apart() -> None:
    said, notes = said_by("“Go home, Ann.”", 'words = "Go home"\nto = "Ann"', 'words = "go home"\nby = "Bob"')
    assert (said, notes) == ([("Go home", "Bob", ("Ann",))], ())
    said, notes = said_by("“Go home, Ann.”", 'words = "Go home"\nto = "Ann"', 'words = "go"\nby = "Bob"')
    assert (said, notes) == ([("Go home", "Bob", ("Ann",))], ())


@pytest.mark.parametrize("second", ['by = "Bob"', 'to = ["Ann", "Bob"]', "to = []"])
def test_of_two_speakers_of_one_line_the_first_holds_however_it_is_quoted(second: str) -> None:
    said, notes = said_by("He. “Go home, Ann.”", 'words = "Go home"\nby = "Ann"\nto = "Ann"', f'words = "go"\n{second}')
    assert said == [("Go home", "Ann", ("Ann",))]
    assert notes == ("f, line 5: line 1 already says something else of this place (line 1 of the text); this entry was "
                     "left out.",)  # fmt: skip


def test_two_names_of_one_speaker_are_no_contradiction() -> None:
    corrections, _ = read_corrections(
        '[[same]]\nnames = ["Ann", "Nan"]\n[[said]]\nwords = "Go"\nby = "Ann"\n[[said]]\nwords = "Go home"\nby = "Nan"'
    )
    _, notes = corrections.said_in(Text.of("“Go home.”"), within=[Span(0, 10)])
    assert notes == ()


def test_words_that_were_edited_are_reported_with_what_is_left_of_them() -> None:
    _, notes = said_by("One.\n“I came only for the tea, Ann.”", 'words = "I came only for the cake"\nby = "Bob"')
    assert notes[0].startswith(
        "f, line 1: “I came only for the cake” does not stand in the text, but “I came only for the” does (line 2)."
    )


@pytest.mark.parametrize(("nth", "said"), [("", "3 times"), ("nth = 4", "nth is 4"), ("nth = 2", ""), ("nth = 3", "")])
def test_words_that_stand_in_many_places_need_a_number(nth: str, said: str) -> None:
    corrections, _ = read_corrections(f'[[said]]\nwords = "No"\nto = ["A"]\n{nth}\n')
    found, notes = corrections.said_in(Text.of("No.\nNo.\nNo.\n"))
    assert (len(found), len(notes)) == ((0, 1) if said else (1, 0))
    if said:
        assert said in notes[0]
        assert "lines 1, 2, 3" in notes[0]


def test_scenes_and_orders_are_found_by_their_words() -> None:
    text = Text.of("One dawn.\n\nTwo noon.\n\nThree night.\n")
    corrections, _ = read_corrections(
        '[[scene]]\nbegins = "Two"\n[[scene]]\ngoes_on = "Three"\n[[order]]\nearlier = "two"\nlater = "one"\n'
        '[[order]]\nearlier = "four"\nlater = "one"\n'
    )
    scenes, notes = corrections.scenes_in(text)
    assert [(text[s], s.begins) for s in scenes] == [("Two", True), ("Three", False)]
    assert notes == ()
    orders, notes = corrections.orders_in(text)
    assert [(text[o.earlier], text[o.later]) for o in orders] == [("Two", "One")]
    assert len(notes) == 1
    assert "“four” does not stand in the text" in notes[0]


def test_scenes_of_one_thread_are_found_by_their_words() -> None:
    text = Text.of("One dawn.\n\nTwo noon.\n\nThree night.\n")
    scenes = [Span(0, 11), Span(11, 22), Span(22, 35)]
    corrections, notes = read_corrections(
        '[[thread]]\nwords = ["three", "one"]\n[[thread]]\nwords = ["one", "dawn"]\n'
        '[[thread]]\nwords = ["one", "four"]\n',
        name="f",
    )
    assert notes == ()
    threads, notes = corrections.threads_in(text, within=scenes)
    assert [[text[place] for place in places] for places in threads] == [["One", "Three"]]
    assert [note.split(":")[0] for note in notes] == ["f, line 3", "f, line 5"]
    assert "all stand in one scene (lines 1 and 1 of the text)" in notes[0]
    assert "“four” does not stand in the text" in notes[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ('["x"]', "it takes words of two different scenes"),
        ('["x", " X "]', "it takes words of two different scenes"),
        ("7", "words should be a list of words of the text"),
    ],
)
def test_a_thread_of_one_scene_costs_its_entry(words: str, said: str) -> None:
    corrections, notes = read_corrections(f"[[thread]]\nwords = {words}\n", name="f")
    assert corrections.thread == ()
    assert len(notes) == 1
    assert said in notes[0]


def test_a_paragraph_begins_a_scene_or_does_not() -> None:
    text = Text.of("One dawn broke.\n\nTwo noon.\n")
    corrections, _ = read_corrections('[[scene]]\nbegins = "Two"\n[[scene]]\ngoes_on = "noon"\n', name="f")
    scenes, notes = corrections.scenes_in(text, within=[Span(0, 17), Span(17, 27)])
    assert [(text[s], s.begins) for s in scenes] == [("Two", True)]
    assert notes[0].startswith("f, line 3: line 1 already says something else of this place (line 3 of the text)")


def test_scenes_that_would_be_before_themselves_are_reported() -> None:
    text = Text.of("One dawn.\n\nTwo noon.\n\nThree night.\n")
    scenes = [Span(0, 11), Span(11, 22), Span(22, 35)]
    pairs = ["two one", "three two", "noon three", "one dawn", "dawn night"]
    entries = "".join('[[order]]\nearlier = "{}"\nlater = "{}"\n'.format(*pair.split()) for pair in pairs)
    corrections, notes = read_corrections(entries, name="f")
    assert notes == ()
    orders, notes = corrections.orders_in(text, within=scenes)
    assert [(text[o.earlier], text[o.later]) for o in orders] == [("Two", "One"), ("Three", "Two")]
    assert [note.split(":")[0] for note in notes] == ["f, line 7", "f, line 10", "f, line 13"]
    assert "earlier than themselves" in notes[0]
    assert "both stand in one scene (lines 1 and 1 of the text)" in notes[1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mr. Darcy", "mr darcy"),
        ("the  Old Woman", "old woman"),
        ("O’Neil", "O'Neil"),
        ("A Small Girl", "the small girl"),
    ],
)
def test_names_are_equal_however_they_are_written(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_a_man_is_not_the_man() -> None:
    assert name_key("A Man") != name_key("the man")


def test_an_entry_refuses_to_be_wrong() -> None:
    with pytest.raises(ValueError, match="needs a name"):
        CastEntry(name="")
    assert OrderEntry(earlier="a", later="b").people == ()
