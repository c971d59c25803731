"""A text that has changed is read anew only where it changed, and what comes of it is what a first reading gives."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from fabula.encode import FileShelf, MemoryShelf, Shelf, encode, open_network
from fabula.models import ModelPack, default_pack
from tests.encode.test_encode import same, windows_of, wording_of
from tests.encode.tiny import Counting, tiny_pack

_WORDS = "the a she he had was of to and sea lamp letter window morning kitchen soldier waited opened Anne Hale".split()


def story(sentences: int = 150) -> list[str]:
    chance = random.Random(1)
    return [" ".join(chance.choices(_WORDS, k=chance.randint(3, 12))).capitalize() + "." for _ in range(sentences)]


def told(sentences: list[str]) -> str:
    return "\n\n".join(" ".join(sentences[at : at + 5]) for at in range(0, len(sentences), 5))


CHANGES = {
    "a sentence before": lambda old: ["Nobody knew.", *old],
    "a sentence behind": lambda old: [*old, "Nobody knew."],
    "a word in the middle": lambda old: [*old[:70], old[70].replace(".", " nobody."), *old[71:]],
    "a sentence less": lambda old: [*old[:30], *old[31:]],
    "nothing": lambda old: old,
}


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> ModelPack:
    return tiny_pack(tmp_path_factory.mktemp("pack"), room=150, context=15)


@pytest.fixture(params=["in memory", "in a file"])
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Shelf:
    return MemoryShelf() if request.param == "in memory" else FileShelf(tmp_path / "windows.sqlite")


def test_the_same_text_is_not_read_again(pack: ModelPack, shelf: Shelf) -> None:
    wording = wording_of(told(story()))
    network = Counting(open_network(pack))
    first = encode(wording, pack, network=network, shelf=shelf)
    assert network.windows == windows_of(wording, pack) > 30
    second = encode(wording, pack, network=network, shelf=shelf)
    assert network.windows == windows_of(wording, pack)
    assert same(first, second)


@pytest.mark.parametrize("change", CHANGES)
def test_little_is_read_again_after_a_change(pack: ModelPack, shelf: Shelf, change: str) -> None:
    old = story()
    encode(wording_of(told(old)), pack, shelf=shelf)
    wording = wording_of(told(CHANGES[change](old)))
    network = Counting(open_network(pack))
    again = encode(wording, pack, network=network, shelf=shelf)
    assert network.windows <= 10 < windows_of(wording, pack) / 3
    assert same(again, encode(wording, pack))


def test_little_is_read_again_with_the_shipped_pack(tmp_path: Path) -> None:
    pack, shelf = default_pack(), MemoryShelf()
    encode(wording_of(told(story())), pack, shelf=shelf)
    network = Counting(open_network(pack))
    wording = wording_of(told(["Nobody knew.", *story()]))
    again = encode(wording, pack, network=network, shelf=shelf)
    assert network.windows <= 2
    assert same(again, encode(wording, pack))


def test_shelf_of_one_text_serves_another(pack: ModelPack, shelf: Shelf) -> None:
    sentences = story()
    encode(wording_of(told(sentences)), pack, shelf=shelf)
    network = Counting(open_network(pack))
    encode(wording_of(told(sentences[:100])), pack, network=network, shelf=shelf)
    assert network.windows <= 2  # the last, which now sees nothing behind it


def test_page_of_another_pack_is_never_taken(pack: ModelPack, shelf: Shelf, tmp_path: Path) -> None:
    wording = wording_of(told(story()))
    other = tiny_pack(tmp_path / "other", room=150, context=15, seed=20)
    first = encode(wording, pack, shelf=shelf)
    second = encode(wording, other, shelf=shelf)
    assert not same(first, second)
    assert same(second, encode(wording, other))
    assert same(first, encode(wording, pack, shelf=shelf))
