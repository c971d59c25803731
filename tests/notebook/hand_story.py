"""A small story built by hand for the tests of the notebook: two scenes told in the wrong order, a ring, a plan."""

from __future__ import annotations

from fabula.story import (
    Character,
    Death,
    Fact,
    Finding,
    Knowledge,
    Layers,
    Mention,
    Object,
    Plan,
    Possession,
    Quote,
    Relation,
    Scene,
    Source,
    Span,
    Story,
    Text,
)

__all__ = ["CONTENT", "hand_story"]

CONTENT = "“Keep the ring,” said Ann <b>.\n\n“I will,” said Bo. “Who knows?”\n\nLong before, Ann took the ring.\n"


def hand_story() -> Story:
    """Everything in it is known, but the last line's speaker."""

    def at(words: str) -> Span:
        start = CONTENT.index(words)
        return Span(start, start + len(words))

    def quote(words: str, id_: str, who: str | None, to: tuple[str, ...]) -> Quote:
        span = at(words)
        return Quote(span.start, span.end, id=id_, speaker=who, addressees=to, cue="tag" if who else None)

    cut = CONTENT.index("Long before")
    return Story(
        Text(CONTENT, Source(name="ring.txt", title="The <Ring>", author="N. N.")),
        Layers(
            scenes=(
                Scene(0, cut, id="s1", order=2, thread=1, present=("c1", "c2"), heard=("c3",)),
                Scene(cut, len(CONTENT), id="s2", thread=2, frame="memory", present=("c1",), spoken_of=("c2",)),
            ),
            characters=(
                Character(id="c1", name="Ann <b>", aliases=("Ann",), pronouns="she/her"),
                Character(id="c2", name="Bo"),
                Character(id="c3", name="Cy"),
            ),
            mentions=(Mention(at("Bo").start, at("Bo").end, form="name", character="c2"),),
            quotes=(
                quote("“Keep the ring,”", "q1", "c1", ("c2",)),
                quote("“I will,”", "q2", "c2", ("c1",)),
                quote("“Who knows?”", "q3", None, ()),
            ),
            objects=(Object(id="o1", name="ring"),),
            facts=(Fact(id="f1", text="Ann took the ring.", about=("c1", "o1"), evidence=(at("Ann took"),)),),
            possessions=(
                Possession(object="o1", holder="c1", from_scene="s1", how="taken"),
                Possession(object="o1", holder="c2", from_scene="s1", how="given", evidence=(at("Keep the ring"),)),
            ),
            knowledge=(Knowledge(who="c2", fact="f1", since_scene="s1", how="told", source="c1"),),
            deaths=(Death(who="c3", scene=None, told_in="s1"),),
            relations=(Relation(a="c1", b="c2", kind="sister", from_scene="s1"),),
            plans=(Plan(id="n1", who="c2", doer="c2", kind="promise", text="keep the ring", scene="s1",
                        evidence=(at("I will"),)),),
            findings=(Finding(kind="wrong-holder", severity="hint", message="Who has it?",
                              evidence=(at("Keep the ring"), at("took the ring"))),),
        ),
    )  # fmt: skip
