"""The script for speech engines (SSML 1.1), and the names of the story for their dictionary (PLS 1.0)."""

from __future__ import annotations

from itertools import groupby

from lxml import etree
from msgspec import UNSET

from fabula.forms.basics import stem_of
from fabula.forms.voices import spoken_paragraphs, voices_of
from fabula.forms.xml import LANG, add, append_text, document, to_bytes
from fabula.story import Story

__all__ = ["to_pls", "to_ssml", "to_ssml_files"]

_SSML = "http://www.w3.org/2001/10/synthesis"
_PLS = "http://www.w3.org/2005/01/pronunciation-lexicon"
_GENDERS = {"he/him": "male", "she/her": "female"}
_HEADING_PAUSE, _BREAK_PAUSE = "1s", "2s"
_NAMES_FILE = ".pls"


def to_ssml_files(story: Story) -> dict[str, bytes]:
    """Both files by name, `NAME.ssml` and `NAME.pls`, so that the one finds the other.

    Raises:
        NotRead: if the paragraphs, quotes or characters were not read.
    """
    return {f"{stem_of(story)}.ssml": to_ssml(story), f"{stem_of(story)}{_NAMES_FILE}": to_pls(story)}


def to_ssml(story: Story) -> bytes:
    """The story in `voice` elements, a `p` for each paragraph, a `mark` with its id before each quotation.

    A voice's name is the character's in letters and digits alone ("MrWeston"); map it to a voice of the engine. Its
    gender is there where the text's pronouns say it. Scene breaks are pauses; what is not story is left out. The
    file looks for its dictionary beside it: write `to_pls` there as NAME.pls.

    Raises:
        NotRead: if the paragraphs, quotes or characters were not read.
    """
    voices = voices_of(story)
    genders = {who.id: _GENDERS.get(who.pronouns or "") for who in story.characters}
    root = document("speak", _SSML)
    root.set("version", "1.1")
    root.set(LANG, "en")
    add(root, "lexicon", uri=f"{stem_of(story)}{_NAMES_FILE}", xml_id="names")
    lookup = add(root, "lookup", ref="names")
    for paragraph in spoken_paragraphs(story):
        if paragraph[0].kind == "break":
            add(lookup, "break", time=_BREAK_PAUSE)
            continue
        node = add(lookup, "p")
        for voice, lines in groupby(paragraph, key=voices.of):
            spoken = add(node, "voice", name=voice)
            for line in lines:
                gender = None if line.speaker is None else genders.get(line.speaker)
                if gender is not None:
                    spoken.set("gender", gender)
                if line.quote is not None:
                    add(spoken, "mark", name=line.quote)
                append_text(spoken, story.words(line))
        if paragraph[0].kind == "heading":
            add(lookup, "break", time=_HEADING_PAUSE)
    return to_bytes(root)


def to_pls(story: Story) -> bytes:
    """Every name of the story's people, places and things, once, to be given its pronunciation.

    Until somebody writes a `phoneme`, each is its own `alias`: read as it is spelled.

    Raises:
        NotRead: if the characters were not read. Without entities, only people are named.
    """
    root = document("lexicon", _PLS)
    root.set("version", "1.0")
    root.set("alphabet", "ipa")
    root.set(LANG, "en")
    entities = () if story.layers.entities is UNSET else story.entities
    people = [name for who in story.characters for name in (who.name, *who.aliases)]
    things = [name for thing in entities for name in (thing.name, *thing.aliases)]
    for name in sorted({" ".join(name.split()) for name in (*people, *things)} - {""}):
        _lexeme(root, name)
    return to_bytes(root)


def _lexeme(root: etree._Element, name: str) -> None:
    lexeme = add(root, "lexeme")
    add(lexeme, "grapheme", name)
    add(lexeme, "alias", name)
