"""The story as a vault for Obsidian: a note for each scene, person and place, as StoryLine and Longform read them.

StoryLine (PixeroJan/obsidian-storyline) finds a project by a note of `type: storyline` in a folder of the same name,
with Scenes, Characters and Locations beside it; Longform (kevboh/longform) finds one by a note with a `longform` entry.
One note is both.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import UNSET

from fabula.forms.basics import chapter_at, opening_of, stem_of, title_of
from fabula.forms.naming import file_names
from fabula.story import Character, Entity, Frame, Scene, Story

__all__ = ["to_obsidian"]

_MODES: dict[Frame, str] = {
    "memory": "flashback",
    "dream": "dream",
    "vision": "dream",
    "letter": "frame",
    "told": "frame",
}
"""StoryLine's modes of time; a main scene has none, and for what is imagined it has none."""

_OPENING = 6
"""Words of a scene's beginning in the name of its note: enough to know the scene again."""

_LINE_ENDS = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")
"""What JSON leaves as it is and YAML takes for a line's end, or not at all."""


def to_obsidian(story: Story) -> dict[str, bytes]:
    """The notes by path. The body of a scene's note is the scene's text, character by character.

    Raises:
        NotRead: if the scenes were not read. Without characters or entities there are no notes on them.
    """
    title = title_of(story) or stem_of(story)
    (folder,) = file_names((title,))
    people = () if story.layers.characters is UNSET else story.characters
    places = [] if story.layers.entities is UNSET else [one for one in story.entities if one.type != "ORG"]
    person_notes = dict(zip((who.id for who in people), file_names(who.name for who in people), strict=True))
    place_notes = file_names(place.name for place in places)
    scene_notes = _scene_notes(story)
    notes = {f"{folder}.md": _note(_project(title, scene_notes), "")}
    for number, (scene, name) in enumerate(zip(story.scenes, scene_notes, strict=True), 1):
        links = dict(zip((place.name for place in places), place_notes, strict=True))
        notes[f"Scenes/{name}.md"] = _note(_scene(story, scene, number, person_notes, links), story.words(scene))
    for who in people:
        notes[f"Characters/{person_notes[who.id]}.md"] = _note(_character(who), _related(story, who, person_notes))
    for place, name in zip(places, place_notes, strict=True):
        notes[f"Locations/{name}.md"] = _note(_location(place), "")
    return {f"{folder}/{path}": data for path, data in notes.items()}


def _scene_notes(story: Story) -> list[str]:
    width = len(str(len(story.scenes)))
    openings = (opening_of(story, scene, most=_OPENING).rstrip("…") for scene in story.scenes)
    return file_names(f"{number:0{width}} {words}" for number, words in enumerate(openings, 1))


def _project(title: str, scenes: Sequence[str]) -> dict[str, Any]:
    longform = {
        "format": "scenes",
        "title": title,
        "workflow": "Default Workflow",
        "sceneFolder": "Scenes",
        "scenes": list(scenes),
        "ignoredFiles": [],
    }
    return {"type": "storyline", "title": title, "longform": longform}


def _scene(story: Story, scene: Scene, number: int, people: dict[str, str], places: dict[str, str]) -> dict[str, Any]:
    place = None if scene.place is None else places.get(scene.place)
    return {
        "type": "scene",
        "title": f"Scene {number}",
        "chapter": chapter_at(story, scene.start),
        "sequence": number,
        "chronologicalOrder": scene.order,
        "characters": [_link(people[who]) for who in scene.present if who in people],
        "location": _link(place) if place else scene.place,
        "storyTime": scene.time,
        "status": "written",
        "timeline_mode": _MODES.get(scene.frame),
        "timeline_strand": None if scene.thread is None else f"Thread {scene.thread}",
    }


def _character(who: Character) -> dict[str, Any]:
    return {
        "type": "character",
        "name": who.name,
        "nickname": ", ".join(who.aliases) or None,
        "aliases": list(who.aliases),
        "custom": {"pronouns": who.pronouns} if who.pronouns else None,
    }


def _location(place: Entity) -> dict[str, Any]:
    return {
        "type": "location",
        "name": place.name,
        "nickname": ", ".join(place.aliases) or None,
        "aliases": list(place.aliases),
    }


def _related(story: Story, who: Character, notes: dict[str, str]) -> str:
    """What the character is to others, in links."""
    relations = () if story.layers.relations is UNSET else story.relations
    rows = [
        f"- {one.kind} of {_link(notes[one.b])}" for one in relations if one.a == who.id and one.b in notes
    ]  # fmt: skip
    return "\n".join(rows) + "\n" if rows else ""


def _link(note: str) -> str:
    return f"[[{note}]]"


def _note(known: dict[str, Any], body: str) -> bytes:
    return ("---\n" + "".join(_rows(known)) + f"---\n{body}").encode("utf-8", "replace")


def _rows(known: dict[str, Any], indent: str = "") -> Iterable[str]:
    """Front matter, as Obsidian itself writes it. JSON is YAML; what is not known has no row."""
    for key, value in known.items():
        if isinstance(value, dict):
            yield f"{indent}{key}:\n"
            yield from _rows(value, indent + "  ")
        elif isinstance(value, list) and value:
            yield f"{indent}{key}:\n"
            yield from (f"{indent}  - {_yaml(item)}\n" for item in value)
        elif value is not None:
            yield f"{indent}{key}: {_yaml(value)}\n"


def _yaml(value: Any) -> str:
    written = json.dumps(value, ensure_ascii=False)
    return _LINE_ENDS.sub(lambda found: f"\\u{ord(found[0]):04x}", written)
