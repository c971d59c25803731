"""Where one sentence ends and the next begins, as readers of fiction feel it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from fabula.lexicon import marked, words
from fabula.segment.segments import Sentence
from fabula.story import Paragraph, Text

__all__ = ["cut_sentences"]

_CLOSERS = "\"'”’»›)\\]」』_*“‟"
_END = re.compile(
    rf"[.!?…。！？]+(?:[{_CLOSERS}]|--?(?=[”\"’])|—(?=[”\"’]))*(?:\s+|(?<=[。！？」』])(?=\S)|(?<=[.!?]”)(?=“)|"
    rf"(?<=[.!?]\")(?=\"\w))"
    rf"|(?:—|--|-)[{_CLOSERS}]+\s+"
)
_BEFORE = re.compile(r"(?:\b|(?<=_))([A-Za-z&][A-Za-z.]*)$")
_GOES_ON = marked("abbreviations", "name") | marked("abbreviations", "on")
"""Shortened words behind whose stop no sentence ends."""
_MAY_END = marked("abbreviations", "end")
"""Shortened words that also end sentences: a stop behind them ends one when a capital follows."""
_INITIAL = re.compile(r"[A-Z](?:\.[A-Z])*")
_LOWER_NEXT = re.compile(r"[\"'“‘(\[_*]*(?:[a-zà-öø-ÿ]|[,;:]|—|--)")


_NAME = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|St|Capt|Col|Gen|Rev|Prof|M|Mme|Mlle)\.? )?[A-Z][\w'’-]*(?: (?:de |of |von |van |"
    r"the )?[A-Z][\w'’.-]*){0,2}"
    r"|The(?: [a-z-]+){1,3}?(?= [a-z]+(?:ed|id|ew|oke|ang)\b)"
)
_VERB = re.compile(r",? (?:(?:then|now|only|had|also|both|all|\w+ly) )?([a-z]+)\b(?! (?:had|was|were)\b)")


def _is_tag(content: str, place: int) -> bool:
    """Whether a tag with a capital begins here: "John said", "Mrs. Dalloway cried", "The old man muttered"."""
    name = _NAME.match(content, place, place + 60)
    if name is None:
        return False
    verb = _VERB.match(content, name.end(), name.end() + 40)
    return verb is not None and verb.group(1) in words("speech_verbs")


def cut_sentences(text: Text, paragraphs: Iterable[Paragraph]) -> tuple[Sentence, ...]:
    """The sentences of a text; joined they are the text, and none crosses the end of a paragraph."""
    content = text.content
    found: list[Sentence] = []
    for paragraph in paragraphs:
        start = paragraph.start
        if paragraph.kind in ("prose", "letter", "verse", "apart"):
            for end in _END.finditer(content, start, paragraph.body):
                place = end.end()
                if start < place < paragraph.body and _ends(content, end.start(), end.group(), place, start):
                    found.append(Sentence(start, place))
                    start = place
        if paragraph.end > start:
            found.append(Sentence(start, paragraph.end))
    return tuple(found)


def _ends(content: str, stop: int, mark: str, place: int, start: int) -> bool:
    """Whether the stop at `stop` ends the sentence, the next word beginning at `place`."""
    if _LOWER_NEXT.match(content, place):
        return False
    core = mark.rstrip()
    quoted = core[-1] in "\"'”’»›」』"
    if quoted and _is_tag(content, place):
        return False
    if core == ".":
        return not _shortened(content, stop, place, start)
    if core[0] in "-—":
        return quoted
    return True


def _shortened(content: str, stop: int, place: int, start: int) -> bool:
    """Whether the stop belongs to a shortened word and the sentence goes on."""
    before = _BEFORE.search(content, max(start, stop - 12), stop)
    if before is None:
        return False
    word = before.group(1)
    if word in _GOES_ON:
        return True
    if word in _MAY_END:
        return not content[place].isupper()
    return word != "I" and _INITIAL.fullmatch(word) is not None
