"""Gold stories say where they are wrong, in one line each."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from benchmarks.__main__ import main
from benchmarks.corpora import gold
from benchmarks.corpora.gold import GoldError, GoldStory, case_paths, check_gold, load_gold, story_paths

TEXT = """\
“Give it to me,” said Phil. “Now.”

“No,” she said. “Now.” She had the ring.

Years before, Anna was a child.

He died.
"""

GOLD = """\
title = "The Ring"
about = "nothing is hard here"

[[people]]
id = "phil"
names = ["Phil", "he"]
role = "major"

[[people]]
id = "anna"
names = ["Anna"]
pronouns = "she/her"
role = "minor"

[[lines]]
words = "“Give it to me,”"
by = "phil"
to = ["anna"]
mode = "spoken"
type = "explicit"

[[lines]]
words = "“Now.”"
by = "phil"
type = "explicit"

[[lines]]
words = "“No,”"
by = "anna"
type = "anaphoric"

[[lines]]
words = "“Now.”"
by = ""

[[scenes]]
begins = "“Give it"
starts = "text"
present = ["phil"]
heard = ["anna"]
order = 2

[[scenes]]
begins = "Years before"
starts = "unmarked"
frame = "memory"
teller = "anna"
order = 1

[[objects]]
id = "ring"
names = ["the ring"]

[[custody]]
object = "ring"
holder = "anna"
from = "had the ring"
until = "He died."

[[facts]]
id = "f"
text = "Anna has the ring"

[[knowledge]]
who = "phil"
fact = "f"
since = "She had"
how = "witnessed"

[[deaths]]
who = "phil"
at = "He died"
shown = true

[[relations]]
a = "anna"
b = "phil"
kind = "enemy"
from = "“No,”"
"""


def written(place: Path, answers: str = GOLD, text: str = TEXT) -> Path:
    story = place / "the-ring"
    story.mkdir()
    (story / "story.txt").write_text(text, encoding="utf-8", newline="")
    (story / "gold.toml").write_text(answers, encoding="utf-8", newline="")
    return story


def problems(place: Path, old: str, new: str) -> tuple[str, ...]:
    assert GOLD.count(old) == 1
    found, _ = check_gold(written(place, GOLD.replace(old, new)))
    return tuple(line.partition("gold.toml")[2] for line in found)


def loaded(place: Path) -> GoldStory:
    return load_gold(written(place))


def test_every_place_is_where_its_words_are(tmp_path: Path) -> None:
    story = loaded(tmp_path)
    assert [story.text[line] for line in story.lines] == ["“Give it to me,”", "“Now.”", "“No,”", "“Now.”"]
    assert story.lines[1].start < story.lines[2].start < story.lines[3].start
    assert [line.by for line in story.lines] == ["phil", "phil", "anna", None]
    (held,), (death,), (known,), (bond,) = story.custody, story.deaths, story.knowledge, story.relations
    assert held.until is not None
    places = [held.start, held.until, death.at, known.since, bond.start]
    assert [story.text[place] for place in places] == ["had the ring", "He died.", "He died", "She had", "“No,”"]
    assert bond.until is None


def test_scenes_tile_the_text(tmp_path: Path) -> None:
    story = loaded(tmp_path)
    assert "".join(story.text[scene] for scene in story.scenes) == TEXT
    assert story.text[story.scenes[1]].startswith("Years before")
    assert (story.scenes[1].frame, story.scenes[1].teller, story.scenes[1].thread) == ("memory", "anna", 1)


def test_a_line_end_is_as_it_is_in_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, text=TEXT.replace("\n", "\r\n"))
    assert load_gold(path).text.content == TEXT.replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("“No,”\"\nby", "“Nay,”\"\nby", ":27: lines 3, words: not found in the text: “Nay,”"),
        ("“Give it to me,”", '“Give  it to me,”', ":15: lines 1, words: not found in the text, but there with other"),
        ("“No,”\"\nby", "“Give”\"\nby", ":27: lines 3, words: not found in the text: “Give”"),
        ("“No,”\"\nby", "“Give it\"\nby", ":27: lines 3, words: found only before the end of the line above it"),
        ('to = ["anna"]', 'to = ["ann"]', ":15: lines 1, to: unknown id: ann"),
        ('to = ["anna"]', 'to = ["anna", "anna"]', ":15: lines 1, to: named twice: anna"),
        ('mode = "spoken"', 'mode = "shouted"', ":15: lines 1, mode: invalid enum value 'shouted'"),
        ('type = "anaphoric"', 'type = "clear"', ":27: lines 3, type: invalid enum value 'clear'"),
        ('type = "anaphoric"', "", ":27: lines 3, type: missing: explicit, anaphoric or implicit"),
        ('role = "minor"', 'role = "small"', ":9: people 2, role: invalid enum value 'small'"),
        ('role = "minor"', "", ":9: people 2: missing key `role`"),
        ('role = "minor"', 'role = "minor"\nage = 7', ":9: people 2: unknown key `age`"),
        ('names = ["Anna"]', 'names = ["Anna", " "]', ":9: people 2, names[1]: must not be empty"),
        ('names = ["Anna"]', "names = []", ":9: people 2, names: must not be empty"),
        ('id = "anna"', 'id = "phil"', ":4: people 1, id: not unique: phil"),
        ('about = "nothing', 'colour = "red"\nabout = "nothing', ": colour: unknown key"),
        ('about = "nothing is hard here"', "", ": about: is missing"),
        ('frame = "memory"', 'frame = "past"', ":43: scenes 2, frame: invalid enum value 'past'"),
        ('frame = "memory"', "", ":43: scenes 2, teller: only where frame is not main"),
        ('starts = "text"', 'starts = "chapter"', ":36: scenes 1, starts: 'chapter': the first scene has 'text'"),
        ('starts = "unmarked"', 'starts = "text"', ":43: scenes 2, starts: 'text': the first scene has 'text', no"),
        ('heard = ["anna"]', 'heard = ["phil"]', ":36: scenes 1, heard: present too: phil"),
        ("order = 1", "order = 0", ":43: scenes 2, order: expected `int` >= 1"),
        ('"Years before"', '"before, Anna"', ":43: scenes 2, begins: not the beginning of a paragraph: before, Anna"),
        ('"Years before"', '"“Give it to"', ":43: scenes 2, begins: stands before the scene above it: “Give it to"),
        ('"had the ring"', '"Now"', ":54: custody 1, from: found more than once (text lines 1, 3): Now"),
        ('"had the ring"', '"had the king"', ":54: custody 1, from: not found in the text: had the king"),
        ('object = "ring"', 'object = "king"', ":54: custody 1, object: unknown id: king"),
        ('holder = "anna"', 'holder = "ann"', ":54: custody 1, holder: unknown id: ann"),
        ('fact = "f"', 'fact = "g"', ":64: knowledge 1, fact: unknown id: g"),
        ('how = "witnessed"', 'how = "guessed"', ":64: knowledge 1, how: invalid enum value 'guessed'"),
        ("shown = true", 'shown = "yes"', ":70: deaths 1, shown: expected `bool`, got `str`"),
        ('a = "anna"', 'a = ""', ":75: relations 1, a: must not be empty"),
        ("[[facts]]", "[facts]", ": facts: must be written as [[facts]], one table for each"),
        ('title = "The Ring"', "title = The Ring", ": toml: Invalid value (at line 1, column 9)"),
    ],
)  # fmt: skip
def test_what_is_wrong_and_where(tmp_path: Path, old: str, new: str, problem: str) -> None:
    assert any(line.startswith(problem) for line in problems(tmp_path, old, new))


def test_a_scene_before_the_first_is_out_of_order(tmp_path: Path) -> None:
    answers = GOLD.replace('begins = "Years before"', 'begins = "“Give"').replace('"“Give it"', '"Years before"')
    found, _ = check_gold(written(tmp_path, answers))
    assert [line.partition("gold.toml")[2] for line in found] == [
        ":43: scenes 2, begins: stands before the scene above it: “Give"
    ]


def test_one_wrong_table_is_one_problem(tmp_path: Path) -> None:
    assert len(problems(tmp_path, 'role = "minor"', 'role = "small"')) == 1


def test_a_wrong_story_does_not_load(tmp_path: Path) -> None:
    path = written(tmp_path, GOLD.replace("order = 1", "order = 0").replace("order = 2", "order = -1"))
    with pytest.raises(GoldError) as caught:
        load_gold(path)
    assert len(caught.value.problems) == 2
    assert pickle.loads(pickle.dumps(caught.value)).problems == caught.value.problems


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    found, _ = check_gold(tmp_path / "empty")
    assert [line.rpartition("/")[2] for line in found] == [
        "gold.toml: there is no such file",
        "story.txt: there is no such file",
    ]


def test_what_is_worth_a_look(tmp_path: Path) -> None:
    answers = GOLD.replace('"Phil", "he"', '"Phil", "Philip"').replace('[[lines]]\nwords = "“No,”"', "[[x]]\nw = 1")
    answers = answers.replace('[[x]]\nw = 1\nby = "anna"\ntype = "anaphoric"\n', "")
    found, notes = check_gold(written(tmp_path, answers))
    assert found == ()
    assert [note.partition("gold.toml")[2] for note in notes] == [
        ":4: people 1, names: not in the text: Philip",
        ": lines: none at text line 3: “No,”",
    ]


def test_a_case_holds_its_text_and_knows_only_what_it_says(tmp_path: Path) -> None:
    people_and_lines = GOLD[GOLD.index("[[people]]") : GOLD.index("[[scenes]]")]
    path = tmp_path / "the-ring.toml"
    path.write_text(f"deaths = []\ntext = '''\n{TEXT}'''\n{people_and_lines}", encoding="utf-8")
    case = load_gold(path)
    assert case.text.content == TEXT
    assert case.name == case.title == "the-ring"
    assert case.tables == {"people", "lines", "deaths"}
    path.write_text(people_and_lines, encoding="utf-8")
    assert check_gold(path)[0] == (f"{path}: text: is missing",)


def test_a_storys_text_stands_beside_it(tmp_path: Path) -> None:
    found = problems(tmp_path, 'title = "The Ring"', 'title = "The Ring"\ntext = "x"')
    assert found == (": text: a story's text stands in story.txt, not here",)


def test_the_command_prints_problems_and_a_summary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    written(tmp_path, GOLD.replace("order = 1", "order = 0"))
    monkeypatch.setattr(gold.load.story_paths, "__defaults__", (tmp_path,))
    monkeypatch.setattr(gold.load.case_paths, "__defaults__", (tmp_path / "none",))
    assert main(["gold"]) == 1
    problem, summary = capsys.readouterr().out.splitlines()
    assert problem.endswith("gold.toml:43: scenes 2, order: expected `int` >= 1")
    assert summary == "1 stories, 0 cases: 0 right, 1 wrong"
    assert main(["gold", "no-such"]) == 1


@pytest.mark.parametrize("path", [*story_paths(), *case_paths()], ids=lambda path: path.stem)
def test_every_shipped_story_and_case_loads(path: Path) -> None:
    assert check_gold(path)[0] == ()
