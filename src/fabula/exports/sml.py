"""The script for ebook2audiobook: text in [voice:Name] tags (SML), and the list of voices to be filled in."""

from __future__ import annotations

import json
import re
from itertools import groupby

from fabula.forms.basics import stem_of
from fabula.forms.voices import spoken_paragraphs, voices_of
from fabula.story import Story

__all__ = ["to_sml"]

_TAG = re.compile(r"\[(\s*/?\s*(?:break|pause|voice)\s*(?::[^\]]*)?)(\]|(?=:)|$)")
"""What ebook2audiobook would take for a tag of its own (SML_TAG_PATTERN in its lib/conf_models.py), closed or not."""


def to_sml(story: Story) -> dict[str, bytes]:
    """The files by name: `NAME.sml.txt`, the tagged text, and `NAME.sml.json`, where each voice's sound file is wanted.

    White space is one blank inside a paragraph, a blank line between two. Scene breaks are pauses; what is not story
    (licence, contents, notes) is left out. A bracketed word that would be taken for a tag gets round brackets.

    Raises:
        NotRead: if the paragraphs, quotes or characters were not read.
    """
    voices = voices_of(story)
    blocks, used = [], dict[str, str]()
    for paragraph in spoken_paragraphs(story):
        rows = ["[pause]"] if paragraph[0].kind == "break" else []
        for voice, lines in groupby([] if rows else paragraph, key=voices.of):
            words = " ".join("".join(story.words(line) for line in lines).split())
            used[voice] = ""
            rows += [
                f"[voice:{voice}]",
                _TAG.sub(lambda found: f"({found[1]}{')' if found[2] else ''}", words),
                "[/voice]",
            ]
        blocks.append("\n".join(rows))
    macros = json.dumps({"macros": {"voices": used}}, ensure_ascii=False, indent=4)
    name = stem_of(story)
    return {
        f"{name}.sml.txt": ("\n\n".join(blocks) + "\n").encode("utf-8", "replace"),
        f"{name}.sml.json": (macros + "\n").encode("utf-8", "replace"),
    }
