"""A scene that nothing marks but that somebody else is spoken with."""

from __future__ import annotations

from fabula.layers.scenes import cut_scenes
from fabula.layers.scenes.exchanges import raise_exchanges
from fabula.layers.scenes.seams import find_seams
from fabula.segment import segment
from fabula.segment.wording import lay_out
from fabula.story import Quote, Text

PADDING = "and that was all there was to be said about the matter, whichever way one cared to look at it, my dear"


def talk(*speakers: str, told: str = "") -> tuple[str, list[Quote]]:
    """One line for each speaker, with as many words as talk has."""
    content, quotes = "", []
    for number, who in enumerate(speakers):
        line = f'"Number {number}, {PADDING}."'
        quotes.append(Quote(len(content), len(content) + len(line), id=f"q{number + 1}", speaker=who))
        content += f"{line}{told}\n\n"
    return content, quotes


def starts_of(content: str, quotes: list[Quote]) -> list[int]:
    return [scene.start for scene in cut_scenes(lay_out(segment(Text.of(content))), (), (), quotes)]


def test_talk_with_somebody_else_is_another_scene() -> None:
    content, quotes = talk(*["c1", "c2"] * 4, *["c3", "c1"] * 4)
    assert starts_of(content, quotes) == [0, quotes[8].start]


def test_one_conversation_stays_one_scene() -> None:
    assert starts_of(*talk(*["c1", "c2"] * 8)) == [0]


def test_one_who_joins_changes_no_scene() -> None:
    assert starts_of(*talk(*["c1", "c2"] * 4, *["c3", "c2", "c1"] * 3)) == [0]


def test_voices_from_afar_change_no_scene() -> None:
    content, quotes = talk(*["c1", "c2"] * 4, *["c3", "c1"] * 4, told=" The receiver crackled.")
    assert starts_of(content, quotes) == [0]


def test_only_the_likeliest_seam_between_two_conversations_is_raised() -> None:
    content, quotes = talk(*["c1", "c2"] * 4, "c1", "c1", *["c3", "c1"] * 4)
    wording = lay_out(segment(Text.of(content)))
    seams = find_seams(wording, ())
    scores = [-3.0 + (at == 8) for at in range(len(seams))]
    raised = raise_exchanges(wording, quotes, seams, scores)
    assert [at for at, (old, new) in enumerate(zip(scores, raised, strict=True)) if old != new] == [8]
