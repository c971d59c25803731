"""What writers take away: a vault whose notes their programs read, a story bible, a screenplay."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from tale import CONTENT, laws, stories, tale, without

from fabula.errors import NotRead
from fabula.exports.fountain import to_fountain
from fabula.exports.markdown import to_markdown
from fabula.exports.obsidian import to_obsidian
from fabula.story import Character, Layers, Paragraph, Quote, Story, Text


def note(data: bytes) -> tuple[dict[str, Any], str]:
    """A note's front matter, by the small part of YAML it is written in, and its body."""
    opening, front, body = data.decode().split("---\n", 2)
    assert opening == ""
    known: dict[str, Any] = {}
    above: list[dict[str, Any]] = [known]
    last: tuple[dict[str, Any], str] = (known, "")
    for row in front.split("\n")[:-1]:
        depth = (len(row) - len(row.lstrip(" "))) // 2
        if row.lstrip().startswith("- "):
            into, key = last
            into[key] = [*(into[key] or []), json.loads(row.strip()[2:])]
            continue
        key, _, value = row.strip().partition(":")
        into = above[depth]
        into[key] = json.loads(value) if value.strip() else {}
        above[depth + 1 :] = [into[key]] if into[key] == {} else []
        last = (into, key)
    return known, body


def test_one_note_is_the_project_of_both_plugins() -> None:
    notes = to_obsidian(tale())
    known, body = note(notes["The Ferry 1/The Ferry 1.md"])
    scenes = [name.removeprefix("The Ferry 1/Scenes/").removesuffix(".md") for name in notes if "/Scenes/" in name]
    assert (known["type"], body) == ("storyline", "")
    assert known["longform"] == {
        "format": "scenes",
        "title": "The Ferry <1>",
        "workflow": "Default Workflow",
        "sceneFolder": "Scenes",
        "scenes": scenes,
        "ignoredFiles": [],
    }
    assert scenes[0] == "1 “Come here, Amos,” said Nell of"


def test_a_scenes_note_has_its_words_and_what_storyline_asks() -> None:
    notes = [note(data) for name, data in to_obsidian(tale()).items() if "/Scenes/" in name]
    assert "".join(body for _, body in notes) == CONTENT
    assert notes[0][0] == {
        "type": "scene",
        "title": "Scene 1",
        "chapter": 1,
        "sequence": 1,
        "chronologicalOrder": 2,
        "characters": ["[[Nell]]", "[[Amos]]"],
        "location": "[[Ryde]]",
        "storyTime": "night",
        "status": "written",
        "timeline_strand": "Thread 1",
    }
    assert [known.get("timeline_mode") for known, _ in notes] == [None, "flashback", None]


def test_people_of_one_name_have_notes_of_their_own() -> None:
    notes = to_obsidian(tale())
    people = [name for name in notes if "/Characters/" in name]
    assert [name.rsplit("/", 1)[1] for name in people] == ["Nell.md", "Amos.md", "the crew.md", "Amos 2.md"]
    known, body = note(notes[people[0]])
    assert (known["name"], known["aliases"], known["custom"]) == ("Nell", ["Nell of Ryde"], {"pronouns": "she/her"})
    assert body == "- elder sister of [[Amos]]\n"


@laws
@given(stories())
def test_any_vault_stays_in_its_folder_and_holds_the_text(story: Story) -> None:
    notes = to_obsidian(story)
    assert len({name.casefold() for name in notes}) == len(notes)
    for name in notes:
        assert not re.search(r"(^|/)\.{1,2}(/|$)|\\|^/|[\x00-\x1f:*?\"<>|#^]", name)
    bodies = [note(data)[1] for name, data in notes.items() if "/Scenes/" in name]
    assert "".join(bodies) == "".join(story.words(scene) for scene in story.scenes)


def test_the_bible_says_what_is_known_and_where() -> None:
    page = to_markdown(tale())
    assert page.startswith("# The Ferry \\<1\\>\n\n## Cast\n\n- **Nell**: also Nell of Ryde; she/her; 3 mentions; ")
    for row in (
        "- Nell is the elder sister of Amos, from scene 1",
        "2. “First I thought, “then I didn’t.” The ‘expert’ left… (line 12; place unknown; time unknown; memory)",
        "1. scene 2\n2. scene 1\n- not known: scene 3",
        "- the oar: Amos, from scene 1, until scene 2",
        "- Amos (told): Nell has blue eyes, from scene 2",
        "- Nell, not shown, told in scene 3 (0% sure)\n  - line 18: dead",
        "- warning: Two colours of eyes.\n  - line 18: blue eyes\n  - line 18: brown eyes",
        "- line 6: “It’s \\[now\\] or \\*never\\* \\& late.” (perhaps Nell)",
    ):
        assert row in page


def test_what_was_not_read_has_no_section_and_what_is_empty_says_so() -> None:
    page = to_markdown(without(tale(), "relations", "findings"))
    assert "## Relations" not in page
    assert "## What does not fit" not in page
    assert to_markdown(without(tale(), *tale().layers.__struct_fields__)) == "# The Ferry \\<1\\>\n"


@laws
@given(stories())
def test_passages_in_the_bible_are_the_texts(story: Story) -> None:
    text = " ".join(story.text.content.split())
    for words in re.findall(
        r"(?m)^- line \d+: (.*?)(?: \(perhaps .*\))?$", to_markdown(story).partition("Who says this?")[2]
    ):
        assert re.sub(r"\\(.)", r"\1", words).removesuffix("…") in text or "(perhaps" in words


def elements(script: str) -> list[tuple[str, str]]:
    """A screenplay read by Fountain's rules, as far as every element is forced by its sign."""
    found = []
    body = script.partition("\n\n")[2] if re.match(r"(?:Title|Author|Source): ", script) else script
    for block in filter(None, body.rstrip("\n").split("\n\n")):
        kinds = {".": "scene", "#": "section", ">": "centred", "!": "action", "@": "speech"}
        words = block[1:] if block[0] != ">" else block[2:-2]
        found.append((kinds[block[0]], re.sub(r"\\(.)", r"\1", words).strip(" ")))
    return found


def test_a_screenplay_has_scenes_speeches_and_action() -> None:
    assert elements(to_fountain(tale()))[:7] == [
        ("scene", "SCENE 1: Ryde - night #1#"),
        ("section", "Part One"),
        ("speech", "Nell\n“Come here, Amos,”"),
        ("action", "said Nell of Ryde."),
        ("speech", "Nell\n“It’s [now] or *never* & late.”"),
        ("speech", "Amos\n“No,”"),
        ("action", "he said. 🙂"),
    ]
    assert ("speech", "Unknown\n(thinks)\n“First I thought,") in elements(to_fountain(tale()))
    assert ("scene", "SCENE 2 (memory) #2#") in elements(to_fountain(tale()))
    assert ("centred", "* * *") in elements(to_fountain(tale()))


@pytest.mark.parametrize("said", ["(laughs)", "~la la"])
def test_what_fountain_would_take_for_a_direction_or_a_song_is_no_speech(said: str) -> None:
    quote = Quote(start=0, end=len(said), id="q1", speaker="c1", mode="spoken")
    layers = Layers(
        paragraphs=(Paragraph(start=0, end=len(said), body=len(said)),),
        characters=(Character(id="c1", name="Nell"),),
        quotes=(quote,),
    )
    assert elements(to_fountain(Story(Text.of(said), layers))) == [("action", said)]


@laws
@given(stories())
def test_the_words_of_a_screenplay_are_the_texts(story: Story) -> None:
    text = " ".join(story.text.content.split())
    for kind, words in elements(to_fountain(story)):
        if kind == "speech":
            assert words.rpartition("\n")[2] in text
        elif kind != "scene":
            assert words in text


@pytest.mark.parametrize(
    ("export", "layer"), [(to_obsidian, "scenes"), (to_fountain, "quotes"), (to_fountain, "characters")]
)
def test_unread_is_not_empty(export: object, layer: str) -> None:
    with pytest.raises(NotRead, match=layer):
        export(without(tale(), layer))  # type: ignore[operator]
