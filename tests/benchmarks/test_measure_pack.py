"""What a pack says of a document, beside what is known of it."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest
from pack_by_hand import LABELS, TEXT, Chance, pack_by_hand

from benchmarks.corpora.marked import load_marked, speeches
from benchmarks.corpora.place import DataAbsent
from benchmarks.corpora.treebank import load_treebank, treebank_digest
from benchmarks.metrics.marks import measure_marks
from benchmarks.metrics.syntax import measure_syntax
from fabula.encode import Encoding, encode_words
from fabula.story import EntityType, Form

CONLLU = """\
# newdoc id = reviews-1
# sent_id = 1
1\tDogs\tdog\tNOUN\tNNS\t_\t2\tnsubj:pass\t_\t_
2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdo\tdo\tAUX\tVBP\t_\t0\troot\t_\t_
3\tn't\tnot\tPART\tRB\t_\t2\tadvmod\t_\t_

# sent_id = 2
1\tYes\tyes\tINTJ\tUH\t_\t0\troot\t_\t_
1.1\tgone\tgo\tVERB\tVB\t_\t_\t_\t_\t_

# newdoc id = email-2
# sent_id = 3
1\tAnna\tAnna\tPROPN\tNNP\t_\t0\troot\t_\t_

"""


def test_measures_of_a_text_by_hand(tmp_path: Path) -> None:
    pack, network = pack_by_hand(tmp_path), Chance()
    encoding = encode_words(TEXT.forms, TEXT.sentence, pack, network=network)
    tallies = measure_marks(encoding, network, TEXT)
    found = list(encoding.mentions())
    assert tallies["mentions"].said == len(found)
    assert tallies["mentions"].known == 4
    assert tallies["pronouns"].known == 2
    assert tallies["events"].known == 3
    assert tallies["b3"].said == len({(m.first, m.last) for m in found})
    assert sum(tallies[kind].said for kind in LABELS.types) == len(found)


def test_a_pack_that_says_what_is_known_is_right(tmp_path: Path) -> None:
    encoding = known_of(encode_words(TEXT.forms, TEXT.sentence, pack_by_hand(tmp_path), network=Chance()))
    tallies = measure_marks(encoding, AllTheSame(), TEXT)
    for name in ("mentions", "names", "nominals", "pronouns", "events"):
        assert tallies[name].f1 == 1, name
    assert tallies["muc"].right == 2  # one group of four, for two of two
    assert measure_marks(encoding, NobodyTheSame(), TEXT)["muc"].right == 0


class AllTheSame(Chance):
    def link(self, later: np.ndarray, earlier: np.ndarray, features: np.ndarray) -> np.ndarray:
        return np.ones((len(later), len(earlier)), np.float32)


class NobodyTheSame(Chance):
    def link(self, later: np.ndarray, earlier: np.ndarray, features: np.ndarray) -> np.ndarray:
        return -np.ones((len(later), len(earlier)), np.float32)


def known_of(encoding: Encoding) -> Encoding:
    """The same encoding, but that it knows the mentions and events."""
    types: list[EntityType] = [m.type for m in TEXT.mentions]
    forms: list[Form] = [m.form for m in TEXT.mentions]
    fields = {name: getattr(encoding, name) for name in encoding.__struct_fields__}
    event = np.full(len(TEXT.forms), -1.0, np.float32)
    event[sorted(TEXT.events)] = 1
    return Encoding(
        **fields
        | {
            "event": event,
            "first": np.array([m.first for m in TEXT.mentions], np.int32),
            "last": np.array([m.last for m in TEXT.mentions], np.int32),
            "type": np.array([LABELS.types.index(t) for t in types], np.uint8),
            "form": np.array([LABELS.forms.index(f) for f in forms], np.uint8),
            "score": np.ones(len(TEXT.mentions), np.float32),
        }
    )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "ud_ewt").mkdir()
    (tmp_path / "ud_ewt" / "test.conllu.gz").write_bytes(gzip.compress(CONLLU.encode()))
    return tmp_path


def test_the_treebank_in_syntactic_words(root: Path) -> None:
    first, second = load_treebank(root=root)
    assert (first.name, first.kind, second.kind) == ("reviews-1", "reviews", "email")
    assert first.forms == ("Dogs", "do", "n't", "Yes")
    assert first.sentence == (0, 0, 0, 1)
    assert first.heads == (1, 1, 1, 3)
    assert first.relations[0] == "nsubj:pass"
    assert len(treebank_digest(root=root)) == 64
    with pytest.raises(DataAbsent):
        load_treebank("dev", root=root)


def test_governor_and_relation_must_both_be_right(root: Path, tmp_path: Path) -> None:
    (text, _) = load_treebank(root=root)
    encoding = encode_words(text.forms, text.sentence, pack_by_hand(tmp_path / "pack"), network=Chance())
    relations = [LABELS.relations.index(r) for r in ("nsubj", "root", "root", "root")]
    fields = {name: getattr(encoding, name) for name in encoding.__struct_fields__}
    said = Encoding(
        **fields
        | {
            "head": np.array([1, 1, 1, 2], np.int32),
            "relation": np.array(relations, np.uint8),
            "word_class": np.array([LABELS.classes.index(c) for c in ("NOUN", "VERB", "VERB", "VERB")], np.uint8),
            "lemma": np.array([0, 0, 0, 0], np.uint8),
        }
    )
    tallies = measure_syntax(said, text)
    assert {name: (t.right, t.said) for name, t in tallies.items()} == {
        "class": (1, 4),
        "lemma": (2, 4),
        "uas": (3, 4),
        "las": (2, 4),
        "las_full": (1, 4),
    }


def test_speeches_are_counted_by_their_marks() -> None:
    assert speeches('" Go , " she said . " Now ! "'.split()) == [1, 1, 1, 1, -1, -1, -1, 2, 2, 2, 2]
    assert speeches("`` Go '' `` Now".split()) == [1, 1, 1, 2, 2]


def test_litbank_in_its_own_words(tmp_path: Path) -> None:
    place = tmp_path / "litbank"
    files = {
        "coref/tsv/x_brat.txt": 'Anna saw it .\n" Go "',
        "coref/tsv/x_brat.ann": (
            "MENTION\tT1\t0\t0\t0\t0\tAnna\tPER\tPROP\nMENTION\tT2\t0\t2\t0\t2\tit\tFAC\tPRON\nCOREF\tT1\tAnna-1"
        ),
        "quotations/tsv/x_brat.ann": "",
        "events/tsv/x_brat.tsv": 'Anna\tO\nsaw\tEVENT\nit\tO\n.\tO\n"\tO\nGo\tO\n"\tO',
        "entities/tsv/x_brat.tsv": 'Anna\tB-PER\nsaw\tO\nit\tO\n.\tO\n"\tO\nGo\tO\n"\tO',
    }
    for name, content in files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(content, encoding="utf-8")
    text = load_marked("x", root=tmp_path)
    assert text.forms == ("Anna", "saw", "it", ".", '"', "Go", '"')
    assert text.sentence == (0, 0, 0, 0, 1, 1, 1)
    assert text.speech == (-1, -1, -1, -1, 1, 1, 1)
    assert [(m.first, m.last, m.type, m.form) for m in text.mentions] == [
        (0, 0, "PER", "name"),
        (2, 2, "FAC", "pronoun"),
    ]
    assert text.events == {1}
