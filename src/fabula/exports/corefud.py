"""Who is meant where, as CorefUD has it: CoNLL-U with entities, from which the whole text can be put together again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fabula.forms.basics import stem_of
from fabula.forms.chains import Brackets, brackets_at, chains_of
from fabula.forms.words import Word, words_of
from fabula.story import EntityType, Story

__all__ = ["to_corefud"]

_KINDS: dict[EntityType, str] = {
    "PER": "person", "ORG": "organization", "GPE": "place", "LOC": "place", "FAC": "place", "VEH": "object",
}  # fmt: skip
_SIGNS = {" ": "\\s", "\t": "\\t", "\n": "\\n", "\r": "\\r", "|": "\\p", "\\": "\\\\"}
"""How UDPipe writes white space in the last column."""


def to_corefud(story: Story) -> bytes:
    """The story as one document of CorefUD 1.x. Lemma, word class, features, head and relation are not known ("_").

    An entity is written as its id, which is the character's or thing's, and its kind; which word is the head is not
    said, since no syntax is known. `SpacesAfter` has the white space where it is not one blank, so that words and
    spaces, joined, are the text.

    Raises:
        NotRead: if the paragraphs or mentions were not read.
    """
    words = words_of(story)
    links = chains_of(story, words)
    brackets = brackets_at(links)
    kinds: dict[str, str] = {}
    for link in links:
        kinds.setdefault(link.chain, _KINDS[link.mention.type])
    name = stem_of(story)
    lines = [f"# newdoc id = {name}", "# global.Entity = eid-etype"]
    content = story.text.content
    paragraph = -1
    for number, sentence in enumerate(words.sentences(), 1):
        if sentence[0].paragraph != paragraph:
            paragraph = sentence[0].paragraph
            lines.append("# newpar")
        lines += [f"# sent_id = {name}-{number}", f"# text = {_text(content, sentence)}"]
        for word in sentence:
            space = _space_behind(content, word, words.all)
            entity = _entity(brackets.get(word.number), kinds)
            before = _spaces_before(content) if word.number == 0 else ""
            misc = "|".join(filter(None, (entity, space, before))) or "_"
            lines.append("\t".join((str(word.within + 1), content[word.start : word.end], *"_______", misc)))
        lines.append("")
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _text(content: str, sentence: Sequence[Word]) -> str:
    """The sentence on one line: as its words and `SpaceAfter` make it."""
    parts = []
    for word, behind in zip(sentence, (*sentence[1:], None), strict=True):
        parts.append(content[word.start : word.end])
        if behind is not None and behind.start > word.end:
            parts.append(" ")
    return "".join(parts)


def _space_behind(content: str, word: Word, words: Sequence[Word]) -> str:
    end = words[word.number + 1].start if word.number + 1 < len(words) else len(content)
    space = content[word.end : end]
    return "SpaceAfter=No" if not space else "" if space == " " else f"SpacesAfter={_spelled(space)}"


def _spaces_before(content: str) -> str:
    space = content[: len(content) - len(content.lstrip())]
    return f"SpacesBefore={_spelled(space)}" if space else ""


def _spelled(space: str) -> str:
    """White space as UDPipe spells it, and whatever else ends a line somewhere as \\x and four hexadecimal digits."""
    return re.sub(r"[\s|\\]", lambda found: _SIGNS.get(found[0], f"\\x{ord(found[0]):04x}"), space)


def _entity(brackets: Brackets | None, kinds: dict[str, str]) -> str:
    """The brackets at a word: what began before and ends here, then what begins."""
    if brackets is None:
        return ""
    marks = [f"{link.chain})" for link in brackets.closing]
    marks += [f"({link.chain}-{kinds[link.chain]}" + ")" * (len(link.words) == 1) for link in brackets.opening]
    return "Entity=" + "".join(marks)
