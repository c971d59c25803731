"""A head is silenced by handing the reader's layers nothing of it."""

from __future__ import annotations

from typing import Any

import pytest
from by_hand import novel, people, story

from benchmarks import heads_running
from benchmarks.heads_running import HEADS, Head, HeadsResult, handed_nothing, listened_to, sum_variants, variants_of
from benchmarks.pack_tables import heads_table
from benchmarks.records import make_result
from benchmarks.report import render
from benchmarks.running import measure_story
from fabula import reader

CAST = people(g1="Anna", g2="Vronsky")
GOLD = novel(story('Anna: [g1>g2|"One."] [g2>g1|"Two."] [g1>g2|"Three."]', CAST))
RIGHT = story('{g1|Anna}: [g1>g2|"One."] [g2>g1|"Two."] [g1>g2|"Three."]', CAST)
WRONG = story('{g1|Anna}: [g1>g2|"One."] [g1>g2|"Two."] [g1>g2|"Three."]', CAST)


def layer(wording: str, *, voices: dict[int, str] | None = None) -> tuple[str, Any]:
    return wording, voices


def test_a_layer_is_handed_nothing_and_then_again_what_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "attribute_speech", layer)
    assert reader.attribute_speech("w", voices={1: "a"}) == ("w", {1: "a"})
    with handed_nothing(["voices"]):
        assert reader.attribute_speech("w", voices={1: "a"}) == ("w", {})
        assert reader.attribute_speech("w") == ("w", {})
    assert reader.attribute_speech("w", voices={1: "a"}) == ("w", {1: "a"})


def test_what_is_given_by_place_is_taken_away_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "find_mentions", lambda wording, encoding=None: (wording, encoding))
    with handed_nothing(["word classes"]):
        assert reader.find_mentions("w", "e") == ("w", None)


def test_a_layer_that_does_not_listen_is_no_silent_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "attribute_speech", lambda wording: wording)
    assert "voices" not in listened_to()
    with pytest.raises(TypeError, match="does not listen to voices"), handed_nothing(["voices"]):
        pass


def test_this_checkout_has_the_layers_that_are_named() -> None:
    assert "voices" in listened_to()
    assert all(hasattr(reader, head.layer) for head in HEADS.values())


def test_every_head_alone_and_all_together() -> None:
    assert variants_of(["a", "b"]) == [(), ("a",), ("b",), ("a", "b")]
    assert variants_of(["a"]) == [(), ("a",)]


def measured() -> HeadsResult:
    with_it, without = (measure_story(said, GOLD, wanted=("m2",)) for said in (RIGHT, WRONG))
    runs = [(((), with_it), (("voices",), without))]
    return HeadsResult(pack="by hand", digest="abc", variants=sum_variants(runs), events=(0.73, 0.651))


def test_a_head_is_shown_with_and_without() -> None:
    heads = measured()
    assert heads.whole.values["M2.micro"] == 1
    text = heads_table(heads)
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.split("\n")]
    assert ["events", "M6.events", ".730", ".651 (rules)", "+0.079", ""] in rows
    assert ["voices", "M2.micro", "1.000", ".667", "+0.333", "1/0"] in rows
    assert heads_table(heads) in render([make_result("heads", digest="abc", heads=heads)])


def test_the_encoder_reads_a_novel_once(monkeypatch: pytest.MonkeyPatch) -> None:
    shelves, silent = [], []

    def read(text: Any, *, shelf: Any) -> Any:
        shelves.append(shelf)
        silent.append(reader.attribute_speech("w", voices={1: "a"})[1])
        return RIGHT

    monkeypatch.setattr(reader, "attribute_speech", layer)
    monkeypatch.setattr(heads_running, "load_novel", lambda name: GOLD)
    monkeypatch.setattr(heads_running, "read", read)
    ((whole, without),) = heads_running.measure_heads(["x"], heads=["voices"], jobs=1)
    assert (whole[0], without[0]) == ((), ("voices",))
    assert shelves[0] is shelves[1]
    assert silent == [{1: "a"}, {}]


def test_heads_name_measures_that_are_taken() -> None:
    taken = ("M2", "M4", "M5", "M7")
    assert all(name.startswith(taken) for head in HEADS.values() for name in head.shows_in)
    assert isinstance(HEADS["links"], Head)
