"""How the words of a sentence hang together, whatever the encoder said of them."""

from __future__ import annotations

from fabula.layers.state.ground import Grammar
from fabula.segment import segment
from fabula.segment.wording import lay_out
from fabula.story import Text


def test_a_syntax_that_turns_in_a_circle_is_read_to_its_end() -> None:
    wording = lay_out(segment(Text.of("Anne knew that old Phil slept.")))
    words = len(wording)
    circle = Grammar(
        wording=wording,
        head=[(at + 1) % words for at in range(words)],
        relation=["obj"] * words,
        word_class=["NOUN"] * words,
        kids={at: [(at - 1) % words] for at in range(words)},
    )
    assert circle.reach(0) == range(words)
    assert circle.is_asserted(1)
    assert circle.subject(1) is None
