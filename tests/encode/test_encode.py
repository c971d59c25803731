"""One pass over the text: each window is read once, and what is read is put back where it belongs."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

pytest.importorskip("onnxruntime")

from fabula.encode import Encoding, Network, Reading, cut_windows, encode, open_network
from fabula.encode.link import link_mentions
from fabula.encode.pieces import Pieces
from fabula.encode.windows import Feed
from fabula.errors import PackError
from fabula.models import ModelPack
from fabula.segment import segment
from fabula.segment.wording import Wording, lay_out
from fabula.story import Text
from tests.encode.tiny import VOCABULARY, tiny_pack

STORY = "Anne met Mr. Hale at the mill. “You are late,” she said. He bowed, and she laughed at him.\n\n" * 12


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> ModelPack:
    return tiny_pack(tmp_path_factory.mktemp("pack"))


class Counting:
    """A network that remembers what it was asked."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.windows = 0

    def read(self, feed: Feed) -> Reading:
        self.windows += len(feed.pieces)
        return self.network.read(feed)

    def compare(
        self, later: NDArray[np.float32], earlier: NDArray[np.float32], features: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        return self.network.compare(later, earlier, features)


def _wording(content: str) -> Wording:
    return lay_out(segment(Text.of(content)))


def _same(one: Encoding, other: Encoding) -> bool:
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in ("event", "head", "first", "score"))


def test_each_window_is_read_once(pack: ModelPack) -> None:
    wording = _wording(STORY)
    sizes = [len(numbers) for numbers, _ in Pieces(VOCABULARY).spell(wording.forms)]
    windows = cut_windows(sizes, wording.sentence, room=20, context=4)
    network = Counting(open_network(pack, threads=1))
    told: list[tuple[int, int]] = []
    encode(wording, pack, network=network, progress=lambda read, whole: told.append((read, whole)))
    assert network.windows == len(windows) > 20
    assert told[-1] == (len(windows), len(windows))


def test_every_word_is_answered_for(pack: ModelPack) -> None:
    wording = _wording(STORY)
    encoding = encode(wording, pack)
    assert len(encoding) == len(encoding.head) == len(wording)
    # The tiny encoder reads each word by itself, so the same word is told the same wherever its window was cut.
    told = {
        form: {round(float(e), 5) for e in encoding.event[np.array(wording.forms) == form]} for form in wording.forms
    }
    assert all(len(values) == 1 for values in told.values())


def test_governors_stand_in_the_same_sentence(pack: ModelPack) -> None:
    wording = _wording(STORY)
    sentence = np.array(wording.sentence)
    assert (sentence[encode(wording, pack).head] == sentence).all()


def test_mentions_are_in_order_and_in_the_text(pack: ModelPack) -> None:
    wording = _wording(STORY)
    found = list(encode(wording, pack).mentions())
    assert found
    assert [(m.first, -m.last) for m in found] == sorted((m.first, -m.last) for m in found)
    assert all(0 <= m.first <= m.last < len(wording) and m.score >= 0 for m in found)


def test_mentions_nest_and_never_cross(pack: ModelPack) -> None:
    found = list(encode(_wording(STORY), pack).mentions())
    crossing = [(a, b) for a in found for b in found if a.first < b.first <= a.last < b.last]
    assert not crossing


def test_same_text_same_encoding(pack: ModelPack) -> None:
    wording = _wording(STORY)
    assert _same(encode(wording, pack), encode(wording, pack))


def test_links_go_back(pack: ModelPack) -> None:
    wording = _wording(STORY)
    network = open_network(pack)
    encoding = encode(wording, pack, network=network)
    chosen = np.array([m.number for m in encoding.mentions()])
    links = link_mentions(encoding, wording.forms, network, chosen, reach=5)
    places = np.arange(len(chosen))
    linked = links.earlier >= 0
    assert (links.earlier < places).all()
    assert (places - links.earlier <= 5)[linked].all()
    assert (links.clusters()[linked] == links.clusters()[links.earlier[linked]]).all()


@pytest.mark.parametrize(
    "content", ["", " \n\n ", "Anne", "?!… — “”", "🙂 🙃", "x" * 5_000, "日本語の話", "x-" * 2_500]
)
def test_odd_texts_are_read(pack: ModelPack, content: str) -> None:
    wording = _wording(content)
    encoding = encode(wording, pack)
    assert len(encoding) == len(wording)
    chosen = np.array([m.number for m in encoding.mentions()], np.int64)
    assert len(link_mentions(encoding, wording.forms, open_network(pack), chosen).earlier) == len(chosen)


def test_file_that_is_no_network_is_named(tmp_path: Path) -> None:
    pack = tiny_pack(tmp_path)
    (tmp_path / "encoder.onnx").write_bytes(b"not a network")
    with pytest.raises(PackError, match=r"encoder\.onnx"):
        open_network(pack)


def test_importing_loads_no_runtime() -> None:
    import subprocess

    code = "import sys, fabula.encode; sys.exit('onnxruntime' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
