"""Stories built by hand for the tests of the page: one with every layer, and one as long as a long novel."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import msgspec

from fabula.examples import example
from fabula.story import (
    Apart,
    Chapter,
    Character,
    Cue,
    Death,
    Dependency,
    Entity,
    Fact,
    Finding,
    Form,
    Frame,
    Knowledge,
    Layers,
    Mention,
    Object,
    Order,
    Paragraph,
    ParagraphKind,
    Plan,
    Possession,
    Quote,
    Reason,
    Relation,
    Scene,
    Secret,
    Source,
    Span,
    Statement,
    Story,
    Text,
)

__all__ = ["full_story", "long_story"]

_CAST = {
    "Ruth Pellow": ("c1", "she/her", ("Ruth",)),
    "Annie Rowe": ("c2", "she/her", ("Annie", "Mrs Rowe")),
    "Nell": ("c3", "she/her", ()),
    "Josiah Teague": ("c4", "he/him", ("Mr Teague",)),
    "Daniel Teague": ("c5", "he/him", ("Daniel",)),
    "Harcourt": ("c6", "he/him", ("The inspector",)),
}

_SCENES: tuple[tuple[str, int | None, int, Frame, str | None, str | None, str], ...] = (
    ("Ruth Pellow took the brass", 7, 1, "main", "Penmarrow", "on the morning they buried Annie Rowe", "c1 c3"),
    ("The shop bell rang", 1, 2, "memory", "Penmarrow", None, "c1 c4"),
    ("All that autumn", 2, 2, "memory", None, "All that autumn", "c1 c4 c2"),
    ("There were eleven people", 8, 1, "main", None, None, "c1 c3 c5"),
    ("The man from Weights", 3, 2, "memory", None, "one Tuesday in February", "c1 c4 c5 c6"),
    ("Daniel’s kitchen was warm", 9, 1, "main", "Daniel’s kitchen", None, "c1 c3 c5"),
    ("On the Sunday the shutters", 4, 2, "memory", None, "On the Sunday", "c1 c4"),
    ("Daniel turned the weight over", 10, 1, "main", None, None, "c1 c3 c5"),
    ("After a while Daniel got up", None, 1, "main", None, None, "c1 c3 c5"),
)
"""How each begins, its place in story time, line, frame, place, time, and who is there."""

_SPEAKERS = """c3 c1 c3 c1 c4 c4 c1 c4 c4 c2 c2 c4 c4 c1 c5 c5 c1 c5 c1 c1 c6 c6 c4 c6 c4 c5 c1 c6 c4 c6 c6 c5 c5 c1 c1
    c5 c1 c5 c1 c4 c1 c4 c4 c1 c1 c4 c4 c1 c5 c3 c5 c3 c3 c5 c5 c1 c5 c1 c4 c1 c5 c5 c1 c1 c1 c3 c1 c3 c3 c1"""
"""Who says each line; good enough for a page to be drawn, and no gold."""


def full_story() -> Story:
    """The story that ships with Fabula, with every layer filled in by hand."""
    content = example().decode("utf-8")
    title = Apart(0, content.index("\n"), kind="title")
    source = Source(name="the_heavy_pound.txt", title="The Heavy Pound", author="The Fabula authors")
    told = {
        "chapters": (Chapter(0, len(content), id="ch1", title="The Heavy Pound"),),
        "paragraphs": tuple(_paragraphs(content, title)),
        "scenes": tuple(_scenes(content)),
        "characters": tuple(
            Character(id=id_, name=name, aliases=aliases, pronouns=pronouns, confidence=0.95)
            for name, (id_, pronouns, aliases) in _CAST.items()
        ),
        "entities": (Entity(id="e1", name="Penmarrow"),),
        "mentions": tuple(_mentions(content)),
        "quotes": tuple(_quotes(content)),
        "events": (),
    }
    at = partial(_at, content)
    layers = msgspec.structs.replace(Layers(**told), **_world(at), **_knowing(at), **_people(at))
    return Story(Text(content, source, apart=(title,)), layers)


def _at(content: str, words: str) -> Span:
    start = content.index(words)
    return Span(start, start + len(words))


def _world(at: Callable[[str], Span]) -> dict[str, Any]:
    """What happens before what, whose things are, and what does not fit."""
    return {
        "orders": (
            Order(before="s1", after="s2", kind="told", confidence=0.5),
            Order(before="s2", after="s3", kind="time", confidence=0.8, evidence=(at("All that autumn"),)),
            Order(before="s7", after="s1", kind="death", confidence=0.8, evidence=(at("found his father"),)),
        ),
        "objects": (Object(id="o1", name="the brass weight", confidence=0.9, evidence=(at("brass weight"),)),),
        "possessions": (
            Possession(object="o1", holder="c4", from_scene="s2", until_scene="s4", confidence=0.9,
                       evidence=(at("He closed his hand over it"),)),
            Possession(object="o1", holder="c1", from_scene="s5", until_scene="s7", confidence=0.9,
                       evidence=(at("something dropped into her pocket"),)),
            Possession(object="o1", holder="c5", from_scene="s8", how="taken", confidence=0.7,
                       evidence=(at("Daniel turned the weight over"),)),
        ),
        "findings": (
            Finding(
                kind="number",
                severity="warning",
                message="Annie is buried on one morning, and the kitchen is lit as in the evening.",
                confidence=0.55,
                evidence=(at("on the morning they buried Annie Rowe"), at("a flat glass thing with a lighted number")),
            ),
            Finding(kind="quotation", severity="hint", message="A single mark in a thought.", confidence=0.4,
                    evidence=(at("‘Can you add and hold your tongue?’"),)),
        ),
    }  # fmt: skip


def _knowing(at: Callable[[str], Span]) -> dict[str, Any]:
    """What is so, who knows it, and what is planned."""
    return {
        "facts": (
            Fact(id="f1", text="The pound is too heavy.", confidence=0.9, evidence=(at("Eighteen ounces. Do"),)),
            Fact(id="f2", text="Annie Rowe knew of it.", confidence=0.8, evidence=(at("had known to the grain"),)),
        ),
        "knowledge": (
            Knowledge(who="c1", fact="f1", since_scene="s7", how="told", source="c4", confidence=0.9),
            Knowledge(who="c5", fact="f1", since_scene="s8", how="witnessed", confidence=0.9),
            Knowledge(who="c3", fact="f1", since_scene="s8", how="inferred", confidence=0.6),
            Knowledge(who="c5", fact="f2", since_scene="s9", how="read", confidence=0.6),
        ),
        "secrets": (
            Secret(text="The pound is too heavy.", fact="f1", keepers=("c4", "c1"), kept_from=("c3", "c5"), scene="s2",
                   out_scene="s8", confidence=0.8, evidence=(at("hold your tongue"),)),
            Secret(text="Annie Rowe knew of it.", keepers=("c2",), scene="s7", confidence=0.4,
                   evidence=(at("had known to the grain"),)),
        ),
        "reasons": (
            Reason(id="y1", kind="condition", scene="s2", confidence=0.6, evidence=(at("Can you add and hold"),),
                   what=Statement(0, 1, text="Ruth Pellow has the place"),
                   on=Statement(1, 2, text="Ruth Pellow can add")),
        ),
        "plans": (
            Plan(id="n1", who="c4", doer="c1", kind="order", text="Ruth Pellow holds her tongue", scene="s2",
                 confidence=0.7, evidence=(at("hold your tongue"),),
                 depends_on=(Dependency(on=None, kind="condition", text="Ruth can add",
                                        evidence=(at("Can you add"),)),)),
            Plan(id="n2", who="c1", doer="c1", kind="promise", text="Ruth Pellow says nothing", scene="s7",
                 outcome="dropped", outcome_scene="s8", confidence=0.6,
                 evidence=(at("I’d promised"), at("Daniel turned the weight over"))),
        ),
    }  # fmt: skip


def _people(at: Callable[[str], Span]) -> dict[str, Any]:
    """Who dies, and who is whose."""
    return {
        "deaths": (
            Death(who="c4", scene="s7", told_in="s7", confidence=0.9, evidence=(at("found his father"),)),
            Death(who="c2", scene=None, told_in="s1", confidence=0.9, evidence=(at("they buried Annie Rowe"),)),
        ),
        "relations": (
            Relation(a="c1", b="c3", kind="grandmother", confidence=0.9, evidence=(at("her grandmother gave"),)),
            Relation(a="c5", b="c4", kind="son", from_scene="s7", confidence=0.9, evidence=(at("found his father"),)),
            Relation(a="c4", b="c1", kind="master", from_scene="s2", until_scene="s7", confidence=0.7,
                     evidence=(at("gave her an apron"),)),
        ),
    }  # fmt: skip


def _paragraphs(content: str, title: Apart) -> Iterator[Paragraph]:
    start = 0
    for block in re.finditer(r"\n\n+|\Z", content):
        if block.end() > start:
            kind: ParagraphKind = "apart" if start == title.start else "prose"
            body = start + len(content[start : block.start()].rstrip())
            yield Paragraph(start, block.end(), kind=kind, body=body)
            start = block.end()


def _quotes(content: str) -> Iterator[Quote]:
    speakers = _SPEAKERS.split()
    for number, found in enumerate(re.finditer(r"“[^”]*”", content)):
        speaker: str | None = speakers[min(number, len(speakers) - 1)]
        said = re.compile(r" ((?:he|she|\w+) (?:said|asked)|said (?:Mr )?\w+)").match(content, found.end())
        cue: Cue = "tag" if said else "turn"
        sure = 0.97 if cue == "tag" else 0.72
        if number in (6, 29):
            sure = 0.4
        if number == 22:
            speaker, sure = None, 0.0
        to = ("c1",) if speaker != "c1" else ("c3",)
        yield Quote(
            *found.span(),
            id=f"q{number + 1}",
            speaker=speaker,
            addressees=to if speaker else (),
            cue=cue if speaker else None,
            turn=number,
            confidence=sure,
            evidence=(Span(*said.span(1)),) if said else (),
        )


def _scenes(content: str) -> Iterator[Scene]:
    starts = [0, *(content.index(scene[0]) for scene in _SCENES[1:]), len(content)]
    for number, (_, order, thread, frame, place, time, present) in enumerate(_SCENES):
        yield Scene(
            starts[number],
            starts[number + 1],
            id=f"s{number + 1}",
            order=order,
            thread=thread,
            frame=frame,
            place=place,
            time=time,
            present=tuple(present.split()),
            confidence=0.8,
        )


def _mentions(content: str) -> Iterator[Mention]:
    names = {name: id_ for name, (id_, _, aliases) in _CAST.items() for name in (name, *aliases)}
    names |= {"Penmarrow": "e1", "Pellow girl": "c1"}
    longest = "|".join(sorted(names, key=len, reverse=True))
    last = {"he": "c4", "she": "c1"}
    for found in re.finditer(rf"\b(?:{longest}|[Hh]e|[Ss]he|[Hh]im|[Hh]er)\b", content):
        id_ = names.get(found[0])
        if id_ == "e1":
            yield Mention(*found.span(), form="name", type="GPE", entity=id_)
        elif id_ is not None:
            last["she" if id_ in ("c1", "c2", "c3") else "he"] = id_
            yield Mention(*found.span(), form="name", character=id_, confidence=0.98)
        else:
            who = last["he" if found[0].casefold() in ("he", "him") else "she"]
            yield Mention(*found.span(), form="pronoun", character=who, confidence=0.85)


_STEMS = ("Al", "Be", "Cor", "Da", "Es", "Fi", "Ga", "Hal", "In", "Jo")
_ENDS = ("an", "eth", "ric", "ina", "old", "wen")
_COMMON = (
    "the of and a to in was that his it with had for as at on not but from by were into over out then came".split()
)


def long_story(words: int, *, seed: int = 7) -> Story:
    """A novel of about so many words, made of nothing but as dense as one: lines, names and pronouns everywhere."""
    chance = random.Random(seed)
    names = [stem + end for stem in _STEMS for end in _ENDS]
    book = _Writing()
    count = 0
    while count < words:
        if len(book.paragraphs) % 80 == 0:
            count += book.heading(f"Chapter {len(book.chapters) + 1}")
        company = chance.sample(range(len(names)), 3)
        count += book.paragraph(company, names, chance)
    size = book.at
    return Story(
        Text.of("".join(book.parts), name="long.txt"),
        Layers(
            chapters=tuple(
                Chapter(a, b, id=f"ch{i}", title=f"Chapter {i}")
                for i, (a, b) in enumerate(_cut(book.chapters, size), 1)
            ),
            paragraphs=tuple(book.paragraphs),
            scenes=tuple(
                Scene(a, b, id=f"s{i}", order=i if i % 7 else max(1, i - 3), thread=i % 2, present=(f"c{i % 60 + 1}",))
                for i, (a, b) in enumerate(_cut([0, *book.scenes], size), 1)
            ),
            characters=tuple(Character(id=f"c{i}", name=name) for i, name in enumerate(names, 1)),
            entities=(),
            mentions=tuple(book.mentions),
            quotes=tuple(book.quotes),
            relations=tuple(Relation(a=f"c{i}", b=f"c{i + 1}", kind="friend") for i in range(1, 58, 3)),
            deaths=(),
            findings=(),
        ),
    )


def _cut(starts: list[int], size: int) -> Iterator[tuple[int, int]]:
    yield from ((a, b) for a, b in zip(starts, [*starts[1:], size], strict=True) if b > a)


class _Writing:
    """A text that grows, and what stands in it."""

    def __init__(self) -> None:
        self.at = 0
        self.parts: list[str] = []
        self.chapters: list[int] = []
        self.scenes: list[int] = []
        self.paragraphs: list[Paragraph] = []
        self.mentions: list[Mention] = []
        self.quotes: list[Quote] = []

    def put(self, words: str) -> tuple[int, int]:
        self.parts.append(words)
        self.at += len(words)
        return self.at - len(words), self.at

    def heading(self, title: str) -> int:
        self.chapters.append(self.at)
        start, end = self.put(f"{title}\n\n")
        self.paragraphs.append(Paragraph(start, end, kind="heading", body=end - 2))
        return 2

    def paragraph(self, company: list[int], names: list[str], chance: random.Random) -> int:
        start, first = self.at, len(self.parts)
        if len(self.paragraphs) % 27 == 5:
            self.scenes.append(start)
        speaker, other, _ = company
        if chance.random() < 0.6:
            said = self.put(f"“{' '.join(chance.choices(_COMMON, k=chance.randrange(4, 30)))}.”")
            tag = self.put(" said ")
            self.mention(names[speaker], speaker)
            self.put(". ")
            self.quotes.append(
                Quote(
                    *said,
                    id=f"q{len(self.quotes) + 1}",
                    speaker=f"c{speaker + 1}",
                    addressees=(f"c{other + 1}",),
                    cue="tag",
                    turn=len(self.quotes),
                    confidence=0.3 if chance.random() < 0.04 else 0.9,
                    evidence=(Span(*tag),),
                )
            )
        for _ in range(chance.randrange(1, 7)):
            who = chance.choice(company)
            self.mention(names[who] if chance.random() < 0.4 else "she", who)
            self.put(f" {' '.join(chance.choices(_COMMON, k=chance.randrange(3, 10)))}. ")
        self.put("\n\n")
        self.paragraphs.append(Paragraph(start, self.at, body=self.at - 3))
        return sum(len(part.split()) for part in self.parts[first:])

    def mention(self, words: str, who: int) -> None:
        start, end = self.put(words)
        form: Form = "pronoun" if words == "she" else "name"
        self.mentions.append(Mention(start, end, form=form, character=f"c{who + 1}", confidence=0.9))
