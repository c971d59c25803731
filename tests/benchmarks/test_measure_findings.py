"""Flaws planted by a seed, and what counts as finding one."""

from __future__ import annotations

import pytest

from benchmarks.flaws import Flaw, plant_unknown, planted
from benchmarks.metrics.findings import measure_flaws, measure_sound
from benchmarks.metrics.shares import Share
from fabula.story import Finding, Layers, Paragraph, Severity, Span, Story, Text

TEXT = Text.of("“One,” said Katharine.\n\n“Two,” he said.\n\n“Three,” she said. “Four and five.”\n", name="t")


def test_the_same_seed_plants_the_same_flaws() -> None:
    flaws = plant_unknown(TEXT, each=2, seed=1)
    assert flaws
    assert flaws == plant_unknown(TEXT, each=2, seed=1)
    changed, places = planted(TEXT, flaws)
    assert changed.content != TEXT.content
    assert len(places) == len(flaws)


def test_a_flaw_is_where_the_change_is() -> None:
    flaw = Flaw(kind="mark removed", edits=((Span(5, 6), ""),))
    drift = Flaw(kind="name drifts", edits=((Span(12, 21), "Kathraine"),))
    changed, places = planted(TEXT, [drift, flaw])
    assert changed[places[0]] == "Kathraine"
    assert places[1] == Span(5, 5)
    with pytest.raises(ValueError, match="two flaws"):
        planted(TEXT, [flaw, flaw])


def reading(*findings: Finding) -> Story:
    paragraphs = tuple(Paragraph(n * 10, n * 10 + 10, body=n * 10 + 8) for n in range(6))
    return Story(Text.of("abcdefgh\n\n" * 6), Layers(paragraphs=paragraphs, findings=findings))


def drift(at: int, severity: Severity = "warning", kind: str = "name-drift") -> Finding:
    return Finding(kind=kind, severity=severity, message="?", evidence=(Span(at, at + 2),))


@pytest.mark.parametrize(
    ("finding", "found", "told"),
    [
        (drift(30), 1, 1),
        (drift(41), 1, 1),
        (drift(31, "hint"), 1, 0),
        (drift(1), 0, 0),
        (drift(30, kind="lost-line"), 0, 0),
    ],
)
def test_found_is_the_right_kind_at_the_right_place(finding: Finding, found: int, told: int) -> None:
    flaw = Flaw(kind="name drifts", edits=((Span(32, 34), "xx"),))
    result = measure_flaws(reading(finding), [flaw], [Span(32, 34)], reading())
    assert result.found["name drifts"] == Share(found, 1)
    assert result.told["name drifts"] == Share(told, 1)


def test_what_the_sound_text_has_already_finds_nothing() -> None:
    flaw = Flaw(kind="name drifts", edits=((Span(32, 34), "xx"),))
    result = measure_flaws(reading(drift(30)), [flaw], [Span(32, 34)], reading(drift(30)))
    assert result.found["name drifts"] == Share(0, 1)


def test_hints_are_counted_apart() -> None:
    sound = measure_sound(reading(drift(1), drift(11, "hint")))
    assert (dict(sound.told), dict(sound.hints)) == ({"name-drift": 1}, {"name-drift": 1})
