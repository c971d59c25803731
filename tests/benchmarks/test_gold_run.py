"""A run over gold stories: what counts as a line, what is summed, what is reported, and the gate on it."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from by_hand import people, story
from gold_by_hand import known_scenes, known_story, person, reading

from benchmarks.__main__ import main
from benchmarks.corpora.gold import GoldLine, as_novel
from benchmarks.corpora.gold.form import LineType
from benchmarks.gate import Floors, load_floors, save_floors
from benchmarks.gate_commands import FLOORS_OF
from benchmarks.gold_running import GOLD, measure_gold, run_gold, spoken_of
from benchmarks.gold_summary import gold_headline, total_run
from benchmarks.gold_tables import gold_tables
from benchmarks.metrics.mapping import map_cast
from benchmarks.metrics.modes import measure_modes
from benchmarks.metrics.order import Ranking
from benchmarks.metrics.shares import Share
from benchmarks.records import load_results, make_result, save
from benchmarks.report import render
from fabula.story import Mode, Story

CAST = people(c1="Anna", c2="Phil")


def line(
    start: int, by: str | None, mode: Mode = "spoken", kind: LineType = "explicit", to: tuple[str, ...] = ()
) -> GoldLine:
    return GoldLine(start, start + 3, by=by, to=to, mode=mode, type=kind)


GUESS = story("[c1>c2|'a'] [c1|'b'] [c2|'c'] [?|'d'] {c1|Anna}", CAST, modes={"q3": "thought"})
GOLD_LINES = (line(0, "anna", to=("phil",)), line(4, "phil", kind="implicit"), line(8, None, "term"), line(12, None))
KNOWN = known_story(GUESS.text.content, person("anna", "Anna"), person("phil", "Phil"), lines=GOLD_LINES)


def measured(guess: Story = GUESS) -> dict[str, float]:
    return gold_headline([measure_gold(guess, KNOWN)])


def test_terms_are_no_lines_and_what_nobody_can_know_is_not_asked() -> None:
    values = measured()
    assert (values["M1.recall"], values["M1.precision"]) == (1, 1)
    assert (values["M2.micro"], values["M2.Explicit"], values["M2.Implicit"]) == (0.5, 1, 0)
    assert (values["M4.hit"], values["M4.exact"]) == (1, 1)
    assert values["M5.major"] == 1
    assert [quote.start for quote in spoken_of(KNOWN).story.quotes] == [0, 4]


def test_a_term_taken_for_speech_is_a_false_quotation() -> None:
    assert measured(story("[c1>c2|'a'] [c1|'b'] [c2|'c'] [?|'d'] {c1|Anna}", CAST))["M1.precision"] == 0.75


def test_modes() -> None:
    lines = (line(0, "anna", "thought"), line(4, "phil"), line(8, None, "term"), line(12, None, "term"))
    known = known_story(GUESS.text.content, person("anna", "Anna"), lines=lines)
    assert measure_modes(GUESS, known).right == Share(1, 2)
    assert measure_modes(GUESS, known).terms == Share(0, 2)
    unmarked = story("'a' [c1|'b'] 'c' [?|'d'] {c1|Anna}", CAST, modes={"q2": "term"})
    assert measure_modes(unmarked, known).right == Share(1, 2)
    assert measure_modes(unmarked, known).terms == Share(2, 2)


def test_a_lone_narrator_is_the_narrator() -> None:
    i, anna, cast = person("i", "Jim Hale", narrator=True), person("anna", "Anna"), people(c1="the narrator")
    assert map_cast(story("", cast), as_novel(known_story("", i, anna), lines=()).story).known == {"c1": "i"}
    two = known_story("", i, person("anna", "Anna", narrator=True))
    assert map_cast(story("", cast), as_novel(two, lines=()).story).known == {}


def test_runs_are_summed_where_they_were_measured() -> None:
    scened = known_story("abc", scenes=known_scenes("a|b|c", order=[2, 1, 3]))
    runs = [measure_gold(GUESS, KNOWN), measure_gold(reading("a|b|c", order=[1, 2, 3]), scened)]
    whole = total_run(runs)
    assert whole.m9 is not None
    assert whole.m9.order == Ranking(agreed=2, opposed=1, known=3, said=3)
    assert (whole.scenes, whole.novel.quotes) == (3, 3)
    assert gold_headline(runs)["M9.turned"] == 0
    assert gold_headline([]) == {}
    speech, scenes = gold_tables(runs)
    assert len(speech.splitlines()) == 5
    assert len(scenes.splitlines()) == 3


def test_stories_held_out_are_summed_beside_the_others() -> None:
    held = msgspec.structs.replace(KNOWN, tags=("comic", "held out"))
    deaf = measure_gold(story("'a' 'b' 'c' 'd' {c1|Anna}", CAST), held)
    (speech,) = gold_tables([measure_gold(GUESS, KNOWN), deaf, deaf])
    sums = [[cell.strip() for cell in row.split("|")[1:7]] for row in speech.splitlines()[-3:]]
    assert [row[0] for row in sums] == ["**all**", "**held out**", "**the others**"]
    assert [row[1] for row in sums] == ["9", "6", "3"]
    assert [row[5] for row in sums] == [".167", ".000", ".500"]
    assert "held out" not in "".join(gold_tables([deaf, deaf]))


def test_a_result_is_saved_loaded_and_reported(tmp_path: Path) -> None:
    result = make_result("stories", digest="abc", stories=[measure_gold(GUESS, KNOWN)], corpus="stories")
    save(result, place=tmp_path)
    assert load_results(tmp_path) == (result,)
    assert (result.corpus.novels, result.corpus.quotes) == (1, 3)
    text = render([result])
    assert "## Stories of our own" in text
    assert "| by-hand" in text
    assert "1 stories" in text


READ = story("[c1|“Come here,”] said {c1|Anna}. [c2|“Where?”] said {c2|Phil}.\n", CAST)
CASE = """\
text = '''
“Come here,” said Anna. “Where?” said Phil.
'''
[[people]]
id = "anna"
names = ["Anna"]
role = "major"
[[people]]
id = "phil"
names = ["Phil"]
role = "major"
[[lines]]
words = "“Come here,”"
by = "anna"
type = "explicit"
[[lines]]
words = "“Where?”"
by = "phil"
type = "explicit"
"""


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "come-here.toml"
    path.write_text(CASE, encoding="utf-8")
    monkeypatch.setitem(GOLD, "cases", lambda: (path,))
    monkeypatch.setattr("benchmarks.corpora.gold.load.HERE", tmp_path)
    monkeypatch.setattr("benchmarks.gold_running.read", lambda text: READ)
    return path


def test_a_case_is_read_and_measured(case: Path) -> None:
    (run,) = run_gold([case], jobs=1)
    assert run.novel.m2 is not None
    assert run.novel.m2.all == Share(2, 2)


def test_a_wrong_case_is_said_and_nothing_is_read(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case.write_text(CASE.replace('by = "phil"', 'by = "bill"'), encoding="utf-8")
    assert main(["run", "cases", "--jobs", "1"]) == 1
    assert "unknown id: bill" in capsys.readouterr().out


def test_the_gate_holds_cases_to_floors_of_their_own(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    floors = tmp_path / "floors-cases.json"
    monkeypatch.setitem(FLOORS_OF, "cases", floors)
    assert main(["gate", "cases", "--jobs", "1"]) == 0
    assert "no floors are set yet" in capsys.readouterr().out
    assert main(["gate", "cases", "--jobs", "1", "--raise"]) == 0
    assert load_floors(floors).floors["M2.micro"] == 0.997
    assert main(["gate", "cases", "--jobs", "1"]) == 0
    save_floors(Floors(corpus=load_floors(floors).corpus, floors={"M2.micro": 1.5}), floors)
    assert main(["gate", "cases", "--jobs", "1"]) == 1
    case.write_text(CASE + "\n", encoding="utf-8")
    assert main(["gate", "cases", "--jobs", "1", "--pin", "--because", "A line was added."]) == 0
    assert len(load_floors(floors).history) == 1
