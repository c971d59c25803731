"""Stories of three lines with known answers, written so that a test reads like the text it is about.

In a story, `{c1|Anna}` is a name mention of c1, `{c1.pronoun|she}` a pronoun, `{?|x}` a name that means nobody, and
`[c1>c2,c3|"Hello"]` a quotation by c1 to c2 and c3 (`?` for nobody); a quotation may hold mentions and quotations.
"""

from __future__ import annotations

import re

from benchmarks.corpora.pdnc import Category, GoldMention, PdncNovel, QuoteType
from fabula.story import Character, Form, Layers, Mention, Mode, Quote, Span, Story, Text

_TOKEN = re.compile(r"\{([^|{}]*)\||\[([^|\[\]]*)\||\}|\]")


def people(**aliases: str) -> tuple[Character, ...]:
    """people(c1="Anna Karenina, Anna") – the first is the name."""
    rows = [(name, [part.strip() for part in names.split(",")]) for name, names in aliases.items()]
    return tuple(Character(id=i, name=names[0], aliases=tuple(names[1:])) for i, names in rows)


def story(marked: str, cast: tuple[Character, ...], *, modes: dict[str, Mode] | None = None) -> Story:
    """A story from marked text. Quotes are q1, q2, … in the order in which they begin; `modes` by id."""
    content, open_marks, found, at = "", [], [], 0
    for token in _TOKEN.finditer(marked):
        content += marked[at : token.start()]
        at = token.end()
        if token[0] in "}]":
            kind, head, start = open_marks.pop()
            found.append((start, len(content), kind, head))
        else:
            open_marks.append(
                ("mention" if token[1] is not None else "quote", token[1] or token[2] or "", len(content))
            )
    content += marked[at:]
    found.sort(key=lambda row: (row[0], -row[1]))
    return Story(Text.of(content), _layers(found, cast, modes or {}))


def _layers(found: list[tuple[int, int, str, str]], cast: tuple[Character, ...], modes: dict[str, Mode]) -> Layers:
    mentions = [_mention(start, end, head) for start, end, kind, head in found if kind == "mention"]
    rows = [(start, end, head) for start, end, kind, head in found if kind == "quote"]
    quotes = [_quote(number, row, rows, modes) for number, row in enumerate(rows, start=1)]
    return Layers(characters=cast, mentions=tuple(mentions), quotes=tuple(quotes))


def _mention(start: int, end: int, head: str) -> Mention:
    name, _, form = head.partition(".")
    known: Form = "pronoun" if form == "pronoun" else "nominal" if form == "nominal" else "name"
    return Mention(start, end, form=known, character=None if name == "?" else name)


def _quote(number: int, row: tuple[int, int, str], rows: list[tuple[int, int, str]], modes: dict[str, Mode]) -> Quote:
    start, end, head = row
    who, _, rest = head.partition(">")
    who, _, sure = who.partition("@")
    return Quote(
        start,
        end,
        id=f"q{number}",
        speaker=None if who in ("", "?") else who,
        addressees=tuple(name for name in rest.split(",") if name),
        mode=modes.get(f"q{number}", "spoken"),
        depth=sum(s <= start and end <= e and (s, e) != (start, end) for s, e, _ in rows),
        turn=number,
        confidence=float(sure) if sure else 0.0,
    )


def novel(
    known: Story,
    *,
    types: dict[str, QuoteType] | None = None,
    categories: dict[str, Category] | None = None,
    mentions: tuple[GoldMention, ...] = (),
) -> PdncNovel:
    """A known novel around a story made by hand; every quotation Explicit and everybody major if not said otherwise."""
    return PdncNovel(
        name="ByHand",
        story=known,
        quote_types={quote.id: (types or {}).get(quote.id, "Explicit") for quote in known.quotes},
        categories={c.id: (categories or {}).get(c.id, "major") for c in known.characters},
        mentions=mentions,
    )


def place(known: Story, words: str, *, nth: int = 0) -> Span:
    """Where these words stand in the story (the nth time, from 0)."""
    at = -1
    for _ in range(nth + 1):
        at = known.text.content.index(words, at + 1)
    return Span(at, at + len(words))


def quotes_at(known: Story, *spans: tuple[Span, str | None]) -> Story:
    """The story with these quotations only: (where, who says it)."""
    quotes = tuple(
        Quote(span.start, span.end, id=f"q{n}", speaker=who, confidence=1.0) for n, (span, who) in enumerate(spans, 1)
    )
    layers = Layers(characters=known.characters, mentions=known.mentions, quotes=quotes)
    return Story(known.text, layers)
