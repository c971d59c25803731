"""One pass over the text: each window is read once, by itself, and what is read is put back where it belongs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec
import numpy as np
import pytest

from fabula.encode import Encoding, Pieces, cut_windows, encode, open_network
from fabula.encode.encode import encode_words
from fabula.encode.pages import fill_page
from fabula.encode.windows import lay_feed
from fabula.errors import PackError
from fabula.models import ModelPack
from fabula.segment import segment
from fabula.segment.wording import Wording, lay_out
from fabula.story import Text
from tests.encode.tiny import LABELS, VOCABULARY, Counting, blank_encoding, tiny_pack

STORY = "Anne met Mr. Hale at the mill. “You are late,” she said. He bowed, and she laughed at him.\n\n" * 12


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> ModelPack:
    return tiny_pack(tmp_path_factory.mktemp("pack"))


def wording_of(content: str) -> Wording:
    return lay_out(segment(Text.of(content)))


def same(one: Encoding, other: Encoding) -> bool:
    """Whether two encodings say the same of every word, to the last bit."""
    columns = [name for name in one.__struct_fields__ if name != "labels"]
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in columns)


def windows_of(wording: Wording, pack: ModelPack) -> int:
    sizes = [len(numbers) for numbers, _ in Pieces(VOCABULARY).spell(wording.forms)]
    views = pack.manifest.views
    return len(cut_windows(sizes, wording.sentence, wording.forms, room=views.room, context=views.context))


def test_each_window_is_read_once(pack: ModelPack) -> None:
    wording = wording_of(STORY)
    network = Counting(open_network(pack))
    told: list[tuple[int, int]] = []
    encode(wording, pack, network=network, progress=lambda read, whole: told.append((read, whole)))
    windows = windows_of(wording, pack)
    assert network.windows == windows > 20
    assert told[-1] == (windows, windows)


def test_a_window_is_read_by_itself(pack: ModelPack) -> None:
    network = Counting(open_network(pack))
    encode(wording_of(STORY), pack, network=network)
    assert set(network.calls) == {1}


def test_no_more_readings_are_held_than_are_made_at_once(pack: ModelPack) -> None:
    network = Counting(open_network(pack))
    encode(wording_of(STORY * 8), pack, network=network)
    assert network.windows > 300
    assert network.most_held <= 4


def test_every_word_is_answered_for(pack: ModelPack) -> None:
    wording = wording_of(STORY)
    encoding = encode(wording, pack)
    words = [
        name for name in encoding.__struct_fields__ if name not in "labels first last type form score encoder".split()
    ]
    assert {name: len(getattr(encoding, name)) for name in words} == dict.fromkeys(words, len(wording))
    # The tiny encoder reads each word by itself, so the same word is told the same wherever its window was cut.
    for column in (encoding.event, encoding.lemma, encoding.vectors(np.arange(len(wording)), np.arange(len(wording)))):
        told = {form: np.unique(column[np.array(wording.forms) == form], axis=0) for form in wording.forms}
        assert all(len(values) == 1 for values in told.values())


def test_numbers_stand_for_the_labels_of_the_pack(pack: ModelPack) -> None:
    encoding = encode(wording_of(STORY), pack)
    for column, names in (("word_class", "classes"), ("lemma", "lemmas"), ("relation", "relations"), ("type", "types")):
        assert getattr(encoding, column).max() < len(getattr(LABELS, names))
    assert (encoding.class_score > 1 / len(LABELS.classes) - 1e-3).all()
    assert (encoding.class_score <= 1).all()


def test_governors_stand_in_the_same_sentence(pack: ModelPack) -> None:
    wording = wording_of(STORY)
    sentence = np.array(wording.sentence)
    assert (sentence[encode(wording, pack).head] == sentence).all()


def test_mentions_are_in_order_and_in_the_text(pack: ModelPack) -> None:
    wording = wording_of(STORY)
    found = list(encode(wording, pack).mentions())
    assert found
    assert [(m.first, -m.last) for m in found] == sorted((m.first, -m.last) for m in found)
    assert all(0 <= m.first <= m.last < len(wording) and m.score >= 0 for m in found)


def test_mentions_nest_and_never_cross(pack: ModelPack) -> None:
    found = list(encode(wording_of(STORY), pack).mentions())
    crossing = [(a, b) for a in found for b in found if a.first < b.first <= a.last < b.last]
    assert not crossing


def test_of_mentions_that_cross_the_surer_is_kept() -> None:
    encoding = blank_encoding(6, mentions=4, first=[0, 1, 2, 4], last=[2, 3, 2, 5], score=[1.0, 2.0, 0.5, -1.0])
    assert [(m.first, m.last, m.score) for m in encoding.mentions()] == [(1, 3, 2.0), (2, 2, 0.5)]
    assert [m.first for m in encoding.mentions(least=-1.5)] == [1, 2, 4]


def test_a_vector_is_made_of_the_first_word_and_the_last() -> None:
    encoding = blank_encoding(
        3,
        begin=[[0] * 4, [2, -4, 0, 127], [9] * 4],
        begin_step=[1, 0.5, 1],
        close=[[9] * 4, [9] * 4, [4, 2, -1, 0]],
        close_step=[1, 1, 0.25],
    )
    assert encoding.vectors(np.array([1]), np.array([2])).tolist() == [[2.0, 0.0, 0.0, 63.5]]
    assert encoding.vectors(np.array([], np.int64), np.array([], np.int64)).shape == (0, 4)


def test_what_is_kept_of_a_vector_is_near_what_was_read(pack: ModelPack) -> None:
    marks = Pieces(VOCABULARY)
    spellings = marks.spell("Anne met him again".split())
    windows = cut_windows([len(s[0]) for s in spellings], [0] * 4, ["a"] * 4, room=60, context=4)
    reading = open_network(pack).read(lay_feed(windows, spellings, [0] * 4, marks))
    encoding = encode_words("Anne met him again".split(), [0] * 4, tiny_pack(pack.folder.parent / "wide", room=60))
    words = np.arange(4)
    exact = np.maximum(0, reading.begin[0] + reading.close[0])
    assert np.abs(encoding.vectors(words, words) - exact).max() < np.abs(exact).max() / 100
    assert len(fill_page(reading, 0, slice(1, 3), 4).begin) == 2 * reading.begin.shape[-1]


def test_same_text_same_encoding(pack: ModelPack) -> None:
    wording = wording_of(STORY)
    assert same(encode(wording, pack), encode(wording, pack))


def test_encoding_of_a_part_does_not_hang_on_its_company(pack: ModelPack) -> None:
    forms = "Anne met him again .".split()
    alone = encode_words(forms, [0] * 5, pack)
    followed = encode_words(forms * 30, [i // 5 for i in range(150)], pack)
    assert followed.event[:5].tolist() == alone.event.tolist()


@pytest.mark.parametrize(
    "content",
    ["", " \n\n ", "Anne", "?!… — “”", "🙂 🙃", "x" * 5_000, "日本語の話", "x-" * 2_500, "“" * 300, "\u0301" * 99],
)
def test_odd_texts_are_read(pack: ModelPack, content: str) -> None:
    wording = wording_of(content)
    encoding = encode(wording, pack)
    assert len(encoding) == len(wording)
    assert all(m.last < len(wording) for m in encoding.mentions(least=-9))


def test_file_that_is_no_network_is_named(tmp_path: Path) -> None:
    pack = tiny_pack(tmp_path)
    (tmp_path / "encoder.onnx").write_bytes(b"not a network")
    with pytest.raises(PackError, match=r"encoder\.onnx"):
        encode(wording_of(STORY), pack, network=open_network(pack))


def test_networks_are_opened_when_they_are_needed(tmp_path: Path) -> None:
    pack = tiny_pack(tmp_path)
    for name in ("link.onnx", "voices.onnx"):
        (tmp_path / name).unlink()
    assert len(encode(wording_of(STORY), pack, network=open_network(pack)))


def test_an_encoding_does_not_change(pack: ModelPack) -> None:
    with pytest.raises(AttributeError):
        encode(wording_of("Anne ran."), pack).event = None  # type: ignore[misc]
    assert issubclass(Encoding, msgspec.Struct)


def test_importing_loads_no_runtime() -> None:
    code = "import sys, fabula.encode; sys.exit('onnxruntime' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
