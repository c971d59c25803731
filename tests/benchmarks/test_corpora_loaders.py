"""The corpora's quirks, each in a corpus of a few lines made by hand."""

from __future__ import annotations

import csv
import gzip
import io
import pickle
from pathlib import Path

import pytest

from benchmarks.corpora import gutenberg, litbank, novels, pdnc
from benchmarks.corpora.place import DataAbsent, data_root
from benchmarks.metrics.speakers import measure_speakers
from fabula.story import Span, Story

NOVEL = 'Lucy said: "Go\r\naway," to the Duke, "now." "We all!"\n'
QUOTE_HEAD = (
    "quoteID", "quoteText", "subQuotationList", "quoteByteSpans", "speaker", "addressees", "quoteType",
    "referringExpression", "mentionTextsList", "mentionSpansList", "mentionEntitiesList",
)  # fmt: skip
QUOTES = [
    ("Q1", "", "[]", "[[44, 51]]", "_group", "[]", "nan", "", "[['We']]", "[[[44, 46]]]", "[[['Lucy', '_group']]]"),
    ("Q0", "x" * 200_000, "[]", "[[12, 21], [37, 41]]", "Lucy", "['The Duke ', '_group', 'Nobody', 'The Duke']",
     "Explicit", "", "[['Go'], ['now', 'x']]", "[[[12, 14]], [[37, 40]]]", "[[['Duke']], [['Lucy'], ['Lucy']]]"),
]  # fmt: skip
PEOPLE_HEAD = ("Character ID", "Main Name", "Aliases", "Gender", "Category")
PEOPLE = [
    ("0", "_group", "{'_group'}", "U", "minor"),
    ("1", "Miss Honeychurch", "{'Lucy', 'Miss Honeychurch', \"Lucy's\"}", "F", "major"),
    ("2", "The Duke", "['Duke', 'Sir']", "M", "minor"),
    ("3", "The Vicar", "{'Sir'}", "M", "intermediate"),
]


def packed(path: Path, head: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([head, *rows])
    path.write_bytes(gzip.compress(text.getvalue().encode()))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    place = tmp_path / "pdnc" / "ByHand"
    place.mkdir(parents=True)
    (place / "novel_text.txt.gz").write_bytes(gzip.compress(NOVEL.encode()))
    packed(place / "quotation_info.csv.gz", QUOTE_HEAD, QUOTES)
    packed(place / "character_info.csv.gz", PEOPLE_HEAD, PEOPLE)
    return tmp_path


def test_line_ends_stay_as_they_are(root: Path) -> None:
    assert pdnc.load_novel("ByHand", root=root).story.text.content == NOVEL


def test_quotes_stand_in_order_and_know_their_turn(root: Path) -> None:
    story = pdnc.load_novel("ByHand", root=root).story
    assert [story.words(quote) for quote in story.quotes] == ["Go\r\naway,", "now.", "We all!"]
    assert [quote.id for quote in story.quotes] == ["q1", "q2", "q3"]
    assert [quote.turn for quote in story.quotes] == [1, 1, 0]


def test_names_are_resolved_through_aliases(root: Path) -> None:
    novel = pdnc.load_novel("ByHand", root=root)
    assert novel.story.quotes_by("Miss Honeychurch") == novel.story.quotes[:2]
    assert novel.story.quotes[0].addressees == (novel.story.character("The Duke").id,)


def test_underscore_names_are_nobody(root: Path) -> None:
    novel = pdnc.load_novel("ByHand", root=root)
    assert [character.name for character in novel.story.characters] == ["Miss Honeychurch", "The Duke", "The Vicar"]
    assert novel.story.quotes[2].speaker is None
    assert novel.categories == {"c1": "major", "c2": "minor", "c3": "intermediate"}


def test_untyped_quotes_are_marked(root: Path) -> None:
    types = pdnc.load_novel("ByHand", root=root).quote_types
    assert types == {"q1": "Explicit", "q2": "Explicit", "q3": "untyped"}


def test_mentions_with_uneven_lists_are_left_out(root: Path) -> None:
    mentions = pdnc.load_novel("ByHand", root=root).mentions
    assert mentions == (
        pdnc.GoldMention(12, 14, characters=("c2",)),
        pdnc.GoldMention(44, 46, characters=("c1", None)),
    )


def test_gold_measured_against_itself_is_right_where_it_can_be(root: Path) -> None:
    gold = pdnc.load_novel("ByHand", root=root)
    layers = gold.story.layers
    predicted = Story(gold.story.text, type(layers)(characters=layers.characters, quotes=layers.quotes, mentions=()))
    assert measure_speakers(predicted, gold).outcomes == {"right": 2, "unanswerable": 1}


def test_the_digest_sees_a_change_and_not_the_packing(root: Path) -> None:
    before = pdnc.corpus_digest(root=root)
    text = root / "pdnc" / "ByHand" / "novel_text.txt.gz"
    text.write_bytes(gzip.compress(NOVEL.encode(), compresslevel=1))
    assert pdnc.corpus_digest(root=root) == before
    text.write_bytes(gzip.compress(NOVEL.replace("Go", "Be").encode()))
    assert pdnc.corpus_digest(root=root) != before


def test_absent_data_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FABULA_DATA", str(tmp_path / "nowhere"))
    for ask in (pdnc.novel_names, litbank.document_names, novels.names, gutenberg.names):
        with pytest.raises(DataAbsent, match=r"^skipped: no data at .*nowhere.* \(set FABULA_DATA\)$"):
            ask()


def test_absence_survives_the_way_between_processes() -> None:
    error = DataAbsent(Path("/somewhere/pdnc"))
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_the_data_folder_lies_beside_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FABULA_DATA", raising=False)
    assert data_root().parts[-2:] == ("shared", "data")


def test_litbank_layers(tmp_path: Path) -> None:
    lines = "She saw Tom 's boat .\n“ Go ! ”"
    _litbank(tmp_path, lines)
    document = litbank.load_document("1_toy", root=tmp_path)
    story = document.story
    found = [(story.words(m), m.form, m.type, m.character, m.entity) for m in story.mentions]
    assert found == [
        ("She", "pronoun", "PER", "c1", None),
        ("Tom 's boat", "nominal", "VEH", None, "e1"),
        ("Tom", "name", "PER", "c2", None),
    ]
    assert [story.words(event) for event in story.events] == ["saw"]
    assert [(story.words(q), q.speaker) for q in story.quotes] == [("“ Go ! ”", "c2")]
    assert [(story.text[e], e.type) for e in document.entities] == [("Tom 's boat", "VEH"), ("Tom", "PER")]
    assert [story.text[s] for s in document.sentences] == lines.split("\n")
    assert document.words[1] == Span(4, 7)


def test_the_litbank_split_is_by_document(tmp_path: Path) -> None:
    for name in ("105_persuasion", "541_the_age_of_innocence", "84_frankenstein"):
        _litbank(tmp_path, "She saw Tom 's boat .\n“ Go ! ”", name=name)
    assert litbank.training_names(root=tmp_path) == ("84_frankenstein",)
    assert len(set(litbank.DEVELOPMENT)) == 12
    assert not {*litbank.DEVELOPMENT} & {*litbank.SET_ASIDE}


def _litbank(root: Path, lines: str, *, name: str = "1_toy") -> None:
    words = lines.split()
    marks = [
        "MENTION\tT2\t0\t2\t0\t2\tTom\tPER\tPROP", "COREF\tT2\tTom-1", "MENTION\tT1\t0\t0\t0\t0\tShe\tPER\tPRON",
        "MENTION\tT3\t0\t2\t0\t4\tTom 's boat\tVEH\tNOM", "COREF\tT3\tboat-2", "COP\tT1\tT2",
    ]  # fmt: skip
    tags = {2: ("B-VEH", "B-PER"), 3: ("I-VEH", "O"), 4: ("I-VEH", "O")}
    files = {
        "coref/tsv": ("ann", "\n".join(marks)),
        "quotations/tsv": ("ann", "QUOTE\tQ1\t1\t0\t1\t3\t“ Go ! ”\nATTRIB\tQ1\tTom-1\n"),
        "events/tsv": ("tsv", "".join(f"{w}\t{'EVENT' if w == 'saw' else 'O'}\n" for w in words)),
        "entities/tsv": ("tsv", "".join(f"{w}\t" + "\t".join(tags.get(n, "OO")) + "\n" for n, w in enumerate(words))),
    }
    for folder, (ending, content) in files.items():
        place = root / "litbank" / folder
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{name}_brat.{ending}").write_text(content, encoding="utf-8")
    (root / "litbank" / "coref" / "tsv" / f"{name}_brat.txt").write_text(lines, encoding="utf-8")
