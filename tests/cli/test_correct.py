"""`fabula correct` writes what fits, whole or not at all; says what will change; shows it and takes it back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hand import Ran, Reader, Run

import fabula
from fabula.story import Story, Text

FILE = Path("ferry.corrections.toml")
AMOS = "[bold]Amos[/bold]"


@pytest.fixture(autouse=True)
def at_hand(reader: Reader, ferry: Path) -> None:
    """The stand-in reads, and its story lies in the working folder."""


def is_refused(ran: Ran, *said: str) -> None:
    assert (ran.code, ran.data) == (2, b"")
    last = ran.talk.splitlines()[-1]
    assert last.startswith("fabula: ")
    for words in said:
        assert words in last


@pytest.mark.parametrize(
    ("words", "written", "told"),
    [
        (("--same", "Nell", AMOS), f'[[same]]\nnames = ["Nell", "{AMOS}"]\n', f"Nell and {AMOS} are one character"),
        (("--apart", "Nell", AMOS), f'[[apart]]\nnames = ["Nell", "{AMOS}"]\n', "are different characters"),
        (("--rename", "nell", "Nelly"), '[[rename]]\nfrom = "Nell"\nto = "Nelly"\n', "Nell is called Nelly"),
        (
            ("--nobody", "c2"),
            '[[nobody]]\nname = "Nell"\n',
            "Nell is nobody (now a name of Nell, 1 mention, 1 quotation)",
        ),
        (("--narrator", "NELL"), '[[narrator]]\nname = "Nell"\n', "Nell tells the story (now nobody does)"),
        (("--add", "Nick"), '[[cast]]\nname = "Nick"\n', "Nick is somebody"),
        (("--pronouns", "Nell", "they/them"), '[[cast]]\nname = "Nell"\npronouns = "they/them"\n', "(now she/her)"),
        (
            ("--add", "Nick", "--pronouns", "nick", "he/him", "--narrator", "Nick"),
            '[[cast]]\nname = "Nick"\npronouns = "he/him"\n\n[[narrator]]\nname = "Nick"\n',
            "Nick is he/him (now not known); Nick tells the story",
        ),
        (
            ("--said", '"No"', "--by", "nell", "--to", AMOS, "--to", "Nell"),
            f'[[said]]\nwords = "\\"No\\""\nby = "Nell"\nto = ["{AMOS}", "Nell"]\n',
            f"line 3, “No.”, is said by Nell (now nobody known) to {AMOS} and Nell (now nobody known)",
        ),
        (("--said", "Come", "--to-nobody"), '[[said]]\nwords = "Come"\nto = []\n', "is said to nobody"),
        (
            ("--said", "no", "--nth", "1", "--by", "Nell"),
            '[[said]]\nwords = "no"\nby = "Nell"\nnth = 1\n',
            "is said by Nell",
        ),
        (("--scene-here", "No."), '[[scene]]\nbegins = "No."\n', "a scene begins at line 3 (now none does)"),
        (("--no-scene-here", "No."), '[[scene]]\ngoes_on = "No."\n', "no scene begins at line 3 (as now)"),
    ],
)
def test_what_fits_is_written_beside_the_source(run: Run, words: tuple[str, ...], written: str, told: str) -> None:
    ran = run("correct", "ferry.txt", *words)
    assert (ran.code, ran.talk) == (0, "")
    assert FILE.read_text(encoding="utf-8") == written
    assert ran.text.startswith("Written to ferry.corrections.toml. On the next reading ")
    assert told in ran.text
    assert ran.text.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--by", "Nell"), "--said says which line"),
        (("--to-nobody",), "--said says which line"),
        (("--said", "No", "--to", "Nell", "--to-nobody"), "cannot both be"),
        (("--nth", "2"), "--nth belongs to"),
        (("--said", "No", "--by", "Nell", "--scene-here", "No", "--nth", "1"), "--nth belongs to"),
        (("--said", "No"), "by whom it is said"),
        (("--said", "No", "--by", "Nell", "--nth", "0"), "counts from 1"),
        (("--same", "Nell", "nell"), "two different names"),
        (("--same", "Nell"), "2 arguments"),
        (("--pronouns", "Nell", "female"), "she/her"),
        (("--nobody", ""), "which name"),
        (("--list", "--undo"), "stand alone"),
        (("--undo", "--nobody", "Nell"), "stand alone"),
        (("--narrator", "Nick"), "nobody in this story is called 'Nick'"),
        (("--said", "No", "--by", "Nel"), "Did you mean Nell?"),
        (("--said", "Yes", "--by", "Nell"), "“Yes” does not stand in the text"),
        (
            ("--said", "No", "--by", "Nell", "--nth", "2"),
            "stands once in a quotation of the text (line 3), and nth is 2",
        ),
        (("--scene-here", "nowhere"), "does not stand in the text"),
        (("--before", "No", "Come"), "both stand in one scene, s1 (lines 3 and 1)"),
        (("--thread", "No", "Come"), "both stand in one scene, s1 (lines 3 and 1)"),
        (("--thread", "No", "no"), "two different scenes"),
        (("--thread", "No"), "2 arguments"),
        (("--rename", "Nell", AMOS), "somebody else is called"),
        (("--same", "Nell", "c2"), "two different names"),
        (("--add", "Nick", "--nobody", "Nick"), "line 1 says that Nick is somebody"),
        (("--same", "Nell", AMOS, "--apart", "Nell", AMOS), "line 1 says that Nell and"),
        (("--scene-here", "No", "--no-scene-here", "No."), "already says something else of this place"),
    ],
)
def test_what_does_not_fit_is_told_in_one_line_and_nothing_is_written(
    run: Run, words: tuple[str, ...], said: str
) -> None:
    is_refused(run("correct", "ferry.txt", *words), said)
    assert not FILE.exists()


def test_of_several_all_are_written_or_none(run: Run) -> None:
    before = "# mine\r\n[[nobody]]\r\nname = 'Come'  # a verb\r\n"
    FILE.write_bytes(before.encode())
    is_refused(
        run("correct", "ferry.txt", "--narrator", "Nell", "--said", "Yes", "--by", "Nell"), "Nothing was written"
    )
    assert FILE.read_bytes() == before.encode()
    assert run("correct", "ferry.txt", "--narrator", "Nell", "--said", "No", "--by", "Nell").code == 0
    assert FILE.read_bytes().startswith(before.encode())
    assert FILE.read_bytes().decode() == (
        f'{before}\r\n[[narrator]]\r\nname = "Nell"\r\n\r\n[[said]]\r\nwords = "No"\r\nby = "Nell"\r\n'
    )


def test_what_is_written_already_is_not_written_twice(run: Run) -> None:
    run("correct", "ferry.txt", "--narrator", "Nell")
    held = FILE.read_bytes()
    ran = run("correct", "ferry.txt", "--narrator", "nell")
    assert (ran.code, ran.text) == (0, "Nothing was written: ferry.corrections.toml says so already.\n")
    assert FILE.read_bytes() == held


def test_the_entries_are_taken_back_one_by_one(run: Run) -> None:
    FILE.write_text("# mine\n", encoding="utf-8")
    run("correct", "ferry.txt", "--narrator", "Nell", "--said", "No", "--by", "Nell")
    assert run("correct", "ferry.txt", "--undo").text == "Taken back: “No” is said by Nell.\n"
    assert run("correct", "ferry.txt", "--undo").text == "Taken back: Nell tells the story.\n"
    assert FILE.read_text(encoding="utf-8") == "# mine\n"
    is_refused(run("correct", "ferry.txt", "--undo"), "holds no entry to take back")
    FILE.unlink()
    is_refused(run("correct", "ferry.txt", "--undo"), "nothing to take back")


def test_a_file_with_nothing_left_goes_too(run: Run) -> None:
    run("correct", "ferry.txt", "--narrator", "Nell")
    ran = run("correct", "ferry.txt", "--undo")
    assert ran.text == "Taken back: Nell tells the story. Nothing is left, so ferry.corrections.toml is gone.\n"
    assert not FILE.exists()


def test_an_entry_that_cannot_be_used_can_be_taken_back_too(run: Run) -> None:
    FILE.write_text('[[narrator]]\nname = "Nell"\n[[sad]]\nx = 1\n', encoding="utf-8")
    assert run("correct", "ferry.txt", "--undo").text == "Taken back: [[sad]] x = 1.\n"


def test_the_entries_are_listed_with_their_places(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = fabula.read

    def read(source: Path, *, corrections: Path | None = None, **_: object) -> Story:
        story = plain(source)
        notes = (f"{corrections}, line 4: “Yes” does not stand in the text.", f"{corrections}, line 10: no such key.")
        text = Text(story.text.content, story.text.source, notes=notes)
        return Story(text, story.layers)

    monkeypatch.setattr(fabula, "read", read)
    FILE.write_text(
        '[[narrator]]\nname = "Nell"\n\n[[said]]\nwords = "Yes"\nby = "Nell"\n'
        '[[said]]\nwords = "No"\nto = []\n[[sad]]\n',
        encoding="utf-8",
    )
    for words in (("--list",), ()):
        ran = run("correct", "ferry.txt", *words)
        assert (ran.code, ran.talk) == (0, "")
        assert ran.text.splitlines() == [
            "Line  In the text  What is said",
            "   1  found        Nell tells the story",
            "   4  see below    “Yes” is said by Nell",
            "                   “Yes” does not stand in the text.",
            "   7  line 3       “No” is said to nobody",
            "  10  left out     no such key.",
            "4 entries, 2 with something to mend",
        ]
    ran = run("correct", "ferry.txt", "--said", "Come", "--by", "Nell")
    assert [line.partition(": ")[2].partition(": ")[0] for line in ran.talk.splitlines()] == [
        f"{FILE}, line 4",
        f"{FILE}, line 10",
    ]
    assert ran.code == 0


def test_nothing_written_yet_is_said(run: Run) -> None:
    assert run("correct", "ferry.txt").text == "Nothing is written yet: there is no ferry.corrections.toml.\n"
    is_refused(run("correct", "fery.txt"), "fery.txt: there is no such file")


def test_another_file_may_be_named(run: Run, ferry: Path) -> None:
    ran = run("correct", "-", "--narrator", "Nell", "--corrections", "mine.toml", stdin=ferry.read_bytes())
    assert ran.text.startswith("Written to mine.toml.")
    assert not FILE.exists()
    is_refused(run("correct", "-", "--narrator", "Nell", stdin=ferry.read_bytes()), "Say --corrections FILE")


def test_the_source_is_never_written_over(run: Run, ferry: Path) -> None:
    held = ferry.read_bytes()
    is_refused(run("correct", "ferry.txt", "--narrator", "Nell", "--corrections", "ferry.txt"), "ferry.txt")
    assert ferry.read_bytes() == held


def test_a_saved_story_hears_no_corrections(run: Run) -> None:
    run("read", "ferry.txt", "-o", "ferry.json")
    for words in (("--narrator", "Nell"), ("--list",), ("--undo",)):
        is_refused(run("correct", "ferry.json", *words), "this is a saved story. Give the source.")


def test_a_file_that_is_no_toml_is_left_alone(run: Run) -> None:
    FILE.write_text("[[narrator]]\nname = Nell\n", encoding="utf-8")
    is_refused(run("correct", "ferry.txt", "--said", "No", "--by", "Nell"), "line 2: invalid value. Mend the entry")
    is_refused(run("correct", "ferry.txt", "--undo"), "line 2: invalid value. Mend the entry")
    assert FILE.read_text(encoding="utf-8") == "[[narrator]]\nname = Nell\n"


def test_words_that_would_steer_a_terminal_stand_still(run: Run) -> None:
    FILE.write_text('[[nobody]]\nname = "\\u001b[31mRed"\n', encoding="utf-8")
    assert "\x1b" not in run("correct", "ferry.txt").text


def test_a_cast_is_handed_to_the_reader_and_kept_apart_in_the_cache(
    run: Run, monkeypatch: pytest.MonkeyPatch, ferry: Path
) -> None:
    asked: list[object] = []
    plain = fabula.read

    def read(source: Path, *, cast: object = (), **_: object) -> Story:
        asked.append(cast)
        story = plain(source)
        notes = ("one.json, line 2: a slip.", "one.json: of a cast only some are heard.", "two.json: else.")
        return Story(Text(story.text.content, story.text.source, notes=notes), story.layers)

    run("read", ferry, "-o", "one.json")
    monkeypatch.setattr(fabula, "read", read)
    for _ in range(2):
        ran = run("read", ferry, "--cast", "one.json", "--cast", "two.json")
        assert ran.talk == "note: one.json, line 2: a slip.\nnote: one.json: of a cast only some are heard.\n"
    assert asked == [[Path("one.json"), Path("two.json")]] * 2  # the second does not exist: nothing is kept
    for _ in range(2):
        run("read", ferry, "--cast", "one.json")
    assert len(asked) == 3
    Path("one.json").write_bytes(Path("one.json").read_bytes() + b"\n")
    run("read", ferry, "--cast", "one.json")
    assert len(asked) == 4
    ran = run("read", ferry, "--cast", "one.json", "-o", "one.json")
    is_refused(ran, "this is the file to be read")
    assert json.loads(Path("one.json").read_bytes())
    is_refused(run("read", "one.json", "--cast", "one.json"), "a cast is heard while a source is read")
