"""The story laid out as a screenplay in Fountain: scenes, what is done, who speaks. The words stay the text's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import UNSET

from fabula.forms.basics import title_of
from fabula.forms.lines import Line, label_of, to_script
from fabula.story import Scene, Story

__all__ = ["to_fountain"]

_SIGNS = re.compile(r"([\\*_]|\[\[|/\*)")
"""What Fountain would take for emphasis, a note, or a part to be left out."""

_MODES = {"thought": "(thinks)", "written": "(writes)", "remembered": "(remembered)", "imagined": "(imagined)"}


def to_fountain(story: Story) -> str:
    """Narration as action, quotations as dialogue under a name, scenes under headings, chapters as sections.

    Every element is forced by its sign, so that nothing in the text is taken for another. White space is one blank
    inside a paragraph. What is not story is left out.

    Raises:
        NotRead: if the paragraphs, quotes or characters were not read. Without scenes there are no scene headings.
    """
    blocks = [_title_page(story)]
    scenes = [] if story.layers.scenes is UNSET else list(story.scenes)
    number = 0
    for line in to_script(story):
        words = " ".join(story.words(line).split())
        if line.kind == "apart" or not words:
            continue
        while number < len(scenes) and scenes[number].start <= line.start:
            number += 1
            if number == len(scenes) or scenes[number].start > line.start:
                blocks.append(_heading(scenes[number - 1], number))
        blocks.extend(_blocks(line, words))
    return "\n\n".join(filter(None, blocks)) + "\n"


def _title_page(story: Story) -> str:
    known = (("Title", title_of(story)), ("Author", story.text.source.author), ("Source", story.text.source.name))
    return "\n".join(f"{key}: {' '.join(value.split())}" for key, value in known if value)


def _heading(scene: Scene, number: int) -> str:
    told = " - ".join(" ".join(part.split()) for part in (scene.place, scene.time) if part)
    frame = "" if scene.frame == "main" else f" ({scene.frame})"
    return f".SCENE {number}{': ' if told else ''}{_plain(told)}{frame} #{number}#"


def _blocks(line: Line, words: str) -> Iterator[str]:
    if line.kind == "heading":
        yield f"# {_plain(words)}"
    elif line.kind == "break":
        yield f"> {_plain(words)} <"
    elif line.kind == "quote" and not words.startswith(("(", "~")):  # there a direction to the actor, or a song
        mode = _MODES.get(line.mode or "spoken")
        name = re.sub(r"[()^\n]", " ", label_of(line))
        yield "\n".join(filter(None, (f"@{_plain(' '.join(name.split()))}", mode, _plain(words))))
    else:
        yield f"!{_plain(words)}"


def _plain(words: str) -> str:
    return _SIGNS.sub(lambda found: "".join(f"\\{sign}" for sign in found[0]), words)
