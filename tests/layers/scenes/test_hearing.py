"""What the encoder hears at the seams between paragraphs."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from fabula import lexicon
from fabula.encode import Encoding
from fabula.layers.scenes import cut_scenes
from fabula.layers.scenes.hearing import REACHES, hear_seams, seam_vectors
from fabula.layers.scenes.passages import lay_passages
from fabula.models import default_pack
from fabula.models.pack import ENCODER
from fabula.segment import segment
from fabula.segment.wording import Wording, lay_out
from fabula.story import Text
from tests.encode.tiny import blank_encoding

HALF = 128


def wording_of(content: str) -> Wording:
    return lay_out(segment(Text.of(content)))


def encoded(wording: Wording, *, encoder: str, seed: int = 3) -> Encoding:
    """An encoding of nothing but noise, as wide as the pack's."""
    chance = np.random.default_rng(seed)
    halves = chance.integers(-100, 100, (2, len(wording), HALF))
    return msgspec.structs.replace(
        blank_encoding(len(wording)),
        begin=halves[0].astype(np.int8),
        close=halves[1].astype(np.int8),
        begin_step=np.full(len(wording), 0.01, np.float32),
        close_step=np.full(len(wording), 0.01, np.float32),
        encoder=encoder,
    )


def learned_from() -> str:
    return lexicon.table("scene_vectors")["encoder"][0]


STORY = "\n\n".join(f"Anne took coat number {n} down. She went out to the garden." for n in range(12)) + "\n"


def test_the_weights_are_those_of_the_encoder_that_is_shipped() -> None:
    shipped = {file.name: file.sha256 for file in default_pack().manifest.files}
    assert learned_from() == shipped[ENCODER]


def test_another_encoder_is_not_listened_to() -> None:
    wording = wording_of(STORY)
    assert hear_seams(wording, encoded(wording, encoder="another")) == {}
    assert len(hear_seams(wording, encoded(wording, encoder=learned_from()))) == 12


def test_what_is_heard_can_begin_a_scene_and_can_keep_one_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    wording = wording_of(STORY)
    starts = [p.start for p in lay_passages(wording, ())]
    known = encoded(wording, encoder=learned_from())
    for odds, scenes in ((9.0, 2), (-9.0, 1)):
        heard = dict.fromkeys(starts, -9.0) | {starts[6]: odds}
        monkeypatch.setattr("fabula.layers.scenes.cut.hear_seams", lambda _wording, _encoding, said=heard: said)
        assert len(cut_scenes(wording, (), (), (), encoding=known)) == scenes


def test_a_seam_is_known_by_the_sentence_before_it_and_the_one_behind() -> None:
    wording = wording_of("Anne rose. She left.\n\nPhil sat down. He slept.\n")
    known = encoded(wording, encoder="any")
    rows = seam_vectors(wording.sentence, known, lay_passages(wording, ()))
    words = wording.forms
    left, sat = words.index("left"), words.index("Phil")
    begin = known.begin * known.begin_step[:, None]
    assert rows.shape == (2, 4 * HALF + 3 * len(REACHES))
    assert np.allclose(rows[1, :HALF], begin[sat : words.index("He")].mean(0), atol=1e-5)
    assert np.allclose(rows[1, 2 * HALF : 3 * HALF], begin[left - 1 : sat].mean(0), atol=1e-5)


def test_both_sides_are_most_alike_where_the_vectors_are() -> None:
    wording = wording_of("\n\n".join("Anne went out to the garden and down to the sea." for _ in range(40)) + "\n")
    passages = lay_passages(wording, ())
    known = encoded(wording, encoder="any")
    middle = passages[20].first
    known.begin[:middle, :64] = 90
    known.begin[middle:, :64] = -90
    alike = seam_vectors(wording.sentence, known, passages)[1:, 4 * HALF]
    assert alike.argmin() + 1 == 20


def test_a_text_of_one_paragraph_or_none_has_no_seam_to_hear() -> None:
    for content in ("Anne rose.\n", "", "# I\n"):
        wording = wording_of(content)
        heard = hear_seams(wording, encoded(wording, encoder=learned_from()))
        assert all(np.isfinite(odds) for odds in heard.values())
        assert len(cut_scenes(wording, (), (), (), encoding=encoded(wording, encoder=learned_from()))) <= 1
