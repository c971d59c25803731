"""Dialogue that cannot be: somebody answers his own question, is spoken to by himself, or answers for another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from fabula.story import Finding, Mention, Paragraph, Quote, Severity, Span, Story
from fabula.story.shortening import first_words

__all__ = ["find_wrong_replies"]

_ANSWER = re.compile(r"[\"“‘'«„—–-]*\s*(?:yes|no|nope|yeah|aye|nay|of course|certainly|never|not|i)\b", re.IGNORECASE)
_ALOUD = re.compile(r"\b(?:him|her|my|them|it)sel(?:f|ves)\b|\balone\b|\baloud\b|\bthought\b|\bmused\b", re.IGNORECASE)
"""Who talks to himself may call himself by name."""
_TAGGED = frozenset({"tag"})


class _Turn(msgspec.Struct, frozen=True):
    """What is said in one paragraph by one speaker, as its tag has it."""

    paragraph: Paragraph
    quotes: tuple[Quote, ...]
    tag: str

    @property
    def speaker(self) -> str | None:
        return self.quotes[0].speaker


def find_wrong_replies(story: Story) -> tuple[Finding, ...]:
    """Tags and forms of address that contradict each other; speech without a tag contradicts nothing."""
    names = [m for m in story.mentions if m.form == "name" and m.character is not None]
    turns = list(_turns(story))
    return tuple(sorted({*_to_themselves(story, turns, names), *_twice(story, turns)}, key=lambda f: f.evidence))


def _turns(story: Story) -> Iterator[_Turn]:
    """Paragraph by paragraph; one where several speak, or nobody is named by a tag, has an empty tag."""
    quotes = iter([q for q in story.quotes if q.depth == 0 and q.mode == "spoken"])
    quote = next(quotes, None)
    for paragraph in story.paragraphs:
        own = []
        while quote is not None and quote.start < paragraph.end:
            own.append(quote)
            quote = next(quotes, None)
        if own:
            one = len({q.speaker for q in own}) == 1
            tags = [story.text[e] for q in own if q.cue in _TAGGED for e in q.evidence] if one else []
            yield _Turn(paragraph, tuple(own), tags[0] if tags else "")


def _to_themselves(story: Story, turns: Sequence[_Turn], names: Sequence[Mention]) -> Iterator[Finding]:
    """ "Come here, Phil," said Phil."""
    places = {name.start: name for name in names}
    for turn in turns:
        if not turn.tag or _ALOUD.search(story.text.content, turn.paragraph.start, turn.paragraph.body):
            continue
        own = {m for m in re.findall(r"\b[^\W\d_]\w+", turn.tag) if m[0].isupper()}
        for quote in turn.quotes:
            for at in range(quote.start, quote.end):
                name = places.get(at)
                if name is None or name.character != turn.speaker or not _is_vocative(story, quote, name):
                    continue
                if story.text[name] in own:
                    tag = next(e for q in turn.quotes if q.cue in _TAGGED for e in q.evidence)
                    yield Finding(
                        kind="speaks-to-self",
                        severity="warning",
                        message=f"{story.text[name]} is spoken to here, and says it: {_shown(story, quote)}",
                        confidence=0.7,
                        evidence=(name.span, tag),
                    )
                    break
            else:
                continue
            break


def _is_vocative(story: Story, quote: Quote, name: Mention) -> bool:
    """Whether a name stands by itself between stops: "…, Phil," "Phil! …"."""
    before = story.text.content[quote.start : name.start].rstrip()
    after = story.text.content[name.end : quote.end].lstrip()
    opens = not any(map(str.isalnum, before)) or before.endswith((",", "—", ";"))
    return opens and after[:1] in tuple(",!?.—;") and not before.endswith(("am,", "is,"))


def _twice(story: Story, turns: Sequence[_Turn]) -> Iterator[Finding]:
    """One speaker by two tags, paragraph after paragraph: a question, and who asked it answers."""
    filled = {p.start: at for at, p in enumerate(p for p in story.paragraphs if p.kind != "blank")}
    for one, other in pairwise(turns):
        next_to = filled[other.paragraph.start] - filled[one.paragraph.start] == 1
        if not (one.tag and other.tag) or one.speaker is None or one.speaker != other.speaker or not next_to:
            continue
        if not _is_all_said(story, one) or not _opens(other):
            continue
        asks = story.words(one.quotes[-1]).rstrip("\"”’'»_ ").endswith("?")
        answers = bool(_ANSWER.match(story.words(other.quotes[0])))
        severity: Severity = "warning" if asks and answers and _same_name(one, other) else "hint"
        who = next((c.name for c in story.characters if c.id == one.speaker), "somebody")
        yield Finding(
            kind="same-speaker",
            severity=severity,
            message=f"{who} speaks twice in turn; a reply may be missing, or one of the two is somebody else's: "
            f"{_shown(story, one.quotes[-1])} / {_shown(story, other.quotes[0])}",
            confidence=0.6 if severity == "warning" else 0.3,
            evidence=(one.quotes[-1].span, other.quotes[0].span),
        )


def _same_name(one: _Turn, other: _Turn) -> bool:
    return bool(_capitals(one.tag) & _capitals(other.tag))


def _capitals(tag: str) -> set[str]:
    return {word for word in re.findall(r"\w+", tag) if word[0].isupper() and word not in ("He", "She")}


def _is_all_said(story: Story, turn: _Turn) -> bool:
    """Whether nothing but a tag stands in the paragraph beside the speech: no gesture that parts two speeches."""
    inside = sum(len(quote) for quote in turn.quotes)
    return len(turn.paragraph.span) - inside < len(turn.tag) + 14


def _opens(turn: _Turn) -> bool:
    return turn.quotes[0].start - turn.paragraph.start < 3


def _shown(story: Story, span: Span) -> str:
    return first_words(story.words(span), 9)
