"""For M3 the reader is given the known cast the way a user would give it."""

from __future__ import annotations

from pathlib import Path

from benchmarks.given import write_cast
from fabula.story import Character, Layers, Story, Text, read_corrections


def test_the_cast_is_given_with_all_its_names_and_without_nobody(tmp_path: Path) -> None:
    known = (
        Character(id="c1", name="Elizabeth", aliases=("Lizzy", 'The "Fine" Eyes')),
        Character(id="c2", name="_group"),
        Character(id="c3", name="Jane"),
    )
    path = write_cast(Story(Text.of(""), Layers(characters=known)), tmp_path)
    corrections, notes = read_corrections(path)
    assert path.parent == tmp_path
    assert notes == ()
    assert [(e.name, e.aliases) for e in corrections.cast] == [(known[0].name, known[0].aliases), ("Jane", ())]
