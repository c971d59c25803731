"""What rests on what: from recorded dependencies only, each with its words; and questions that nothing answers."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from fabula.errors import NotInStory
from fabula.story import (
    Branch,
    Character,
    Dependency,
    Fact,
    Knowledge,
    Layers,
    Mention,
    Object,
    Order,
    Plan,
    Possession,
    Reason,
    Relation,
    Scene,
    Span,
    Statement,
    Story,
    Text,
)

WORDS = (
    "“Win Tom over,” said Phil. “We could give Tom the ring.” "
    "They waited until Tom trusted Anne, and then they gave Tom the ring. "
    "Anne stayed because Tom trusted her. Tom was dead. Phil told Anne of it. "
)


def at(words: str, *, nth: int = 0) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = WORDS.index(words, start + 1)
    return Span(start=start, end=start + len(words))


def said(words: str, verb: str, who: str | None, *about: str, nth: int = 0, denied: bool = False) -> Statement:
    place = at(words, nth=nth)
    return Statement(start=place.start, end=place.end, text=words, verb=verb, who=who, about=about, denied=denied)


def reason(number: int, what: Statement, on: Statement, kind: str = "cause") -> Reason:
    place = Span(start=min(what.start, on.start), end=max(what.end, on.end))
    return Reason(id=f"y{number}", what=what, on=on, kind=kind, scene="s1", confidence=0.6, evidence=(place,))  # type: ignore[arg-type]


TRUSTS = said("Tom trusted Anne", "trust", "c1", "c2")
GAVE = said("they gave Tom the ring", "give", None, "c1", "o1")
GIVING = at("gave Tom the ring")


def a_story(**layers: object) -> Story:
    known: dict[str, object] = {
        "characters": (
            Character(id="c1", name="Tom", evidence=(at("Tom"),)),
            Character(id="c2", name="Anne", evidence=(at("Anne"),)),
            Character(id="c3", name="Phil", evidence=(at("Phil"),)),
        ),
        "objects": (Object(id="o1", name="ring", evidence=(at("ring"),)),),
        "scenes": (Scene(id="s1", start=0, end=len(WORDS), order=1),),
        "mentions": (Mention(form="name", character="c2", start=at("Anne").start, end=at("Anne").end),),
        **dict.fromkeys(("facts", "plans", "reasons", "possessions", "relations", "orders", "knowledge", "deaths"), ()),
        **layers,
    }
    return Story(Text.of(WORDS), Layers(**known))  # type: ignore[arg-type]


def tree(branches: Sequence[Branch]) -> list[object]:
    return [[one.matter.text, *tree(one.branches)] if one.branches else one.matter.text for one in branches]


def test_what_the_words_say_can_be_asked_from_both_ends() -> None:
    story = a_story(reasons=(reason(1, GAVE, TRUSTS, "after"),))
    assert tree(story.why("they gave Tom the ring")) == [["they gave Tom the ring", "Tom trusted Anne"]]
    (root,) = story.without("Tom trusts Anne")
    (falls,) = root.branches
    assert falls.by is not None
    assert [story.words(span) for span in falls.by.evidence] == ["Tom trusted Anne, and then they gave Tom the ring"]


def test_two_wordings_of_one_thing_are_one_matter() -> None:
    stayed = said("Anne stayed", "stay", "c2")
    again = said("Tom trusted her", "trust", "c1", "c2")
    story = a_story(reasons=(reason(1, GAVE, TRUSTS, "after"), reason(2, stayed, again)))
    assert tree(story.without("Tom trusts Anne")) == [["Tom trusted Anne", "they gave Tom the ring", "Anne stayed"]]


def test_what_falls_lets_fall_what_rests_on_it() -> None:
    stayed = said("Anne stayed", "stay", "c2")
    story = a_story(reasons=(reason(1, GAVE, TRUSTS), reason(2, stayed, GAVE)))
    assert tree(story.without("Tom trusts Anne")) == [["Tom trusted Anne", ["they gave Tom the ring", "Anne stayed"]]]


def test_a_circle_ends() -> None:
    story = a_story(reasons=(reason(1, GAVE, TRUSTS), reason(2, TRUSTS, GAVE)))
    (root,) = story.why("Tom trusts Anne")
    (below,) = root.branches
    assert below.branches[0].again
    assert not below.branches[0].branches


def test_a_deed_comes_of_the_plan_and_the_outcome_of_the_deed() -> None:
    plan = Plan(
        id="n1",
        who="c3",
        doer=None,
        kind="intention",
        text="We could give Tom the ring.",
        act=said("give Tom the ring", "give", None, "c1", "o1"),
        scene="s1",
        outcome="done",
        outcome_scene="s1",
        depends_on=(Dependency(on=None, kind="condition", text="Win Tom over", evidence=(at("Win Tom over"),)),),
        confidence=0.5,
        evidence=(at("We could give Tom the ring."), at("they gave Tom the ring")),
    )
    story = a_story(plans=(plan,), reasons=(reason(1, GAVE, TRUSTS, "after"),))
    done = "what was planned is done: We could give Tom the ring."
    assert tree(story.without("Tom trusts Anne")) == [["Tom trusted Anne", ["they gave Tom the ring", done]]]
    assert tree(story.without("n1")) == [["We could give Tom the ring.", ["they gave Tom the ring", done]]]
    assert tree(story.without("Win Tom over"))[0][0] == "Win Tom over"  # type: ignore[index]


def test_who_gives_a_thing_had_it_before_where_the_words_name_him() -> None:
    waited, gave = at("They waited until Tom trusted Anne"), at("Anne, and then they gave Tom the ring")
    held = (
        Possession(object="o1", holder="c2", from_scene="s1", confidence=0.6, evidence=(at("Phil told Anne of it"),)),
        Possession(object="o1", holder="c1", from_scene="s1", how="given", confidence=0.6, evidence=(gave,)),
    )
    facts = (
        Fact(id="f1", text="Anne has the ring", kind="custody", about=("o1", "c2"), evidence=held[0].evidence),
        Fact(id="f2", text="Tom has the ring", kind="custody", about=("o1", "c1"), evidence=held[1].evidence),
    )
    named = (Mention(form="name", character="c2", start=gave.start, end=gave.start + 4),)
    story = a_story(possessions=held, facts=facts, mentions=named)
    assert tree(story.without("Anne has the ring")) == [["Anne has the ring", "Tom has the ring"]]
    elsewhere = (Mention(form="name", character="c2", start=waited.start, end=waited.start + 4),)
    unnamed = a_story(possessions=held, facts=facts, mentions=elsewhere)
    assert tree(unnamed.without("Anne has the ring")) == ["Anne has the ring"]


def test_knowing_rests_on_the_fact_and_on_who_told_it_and_an_order_on_a_death() -> None:
    dead, told = at("Tom was dead."), at("Phil told Anne of it.")
    fact = Fact(id="f1", text="Tom is dead", kind="death", about=("c1",), scene="s1", evidence=(dead,))
    known = (
        Knowledge(who="c3", fact="f1", since_scene="s1", how="witnessed", confidence=0.6, evidence=(dead,)),
        Knowledge(who="c2", fact="f1", since_scene="s1", how="told", source="c3", confidence=0.6, evidence=(told,)),
    )
    order = Order(before="s1", after="s2", kind="death", confidence=0.5, evidence=(dead,))
    story = a_story(facts=(fact,), knowledge=known, orders=(order,))
    knows, is_before = "Anne knows: Tom is dead", "scene s1 is before scene s2"
    assert tree(story.without("Tom is dead")) == [["Tom is dead", is_before, ["Phil knows: Tom is dead", knows], knows]]
    assert tree(story.why("Anne knows Tom is dead")) == [
        [knows, "Tom is dead", ["Phil knows: Tom is dead", "Tom is dead"]]
    ]


def test_kin_that_follows_from_kin_stands_on_both() -> None:
    one, two = at("Tom"), at("Anne")
    kin = (
        Relation(a="c1", b="c2", kind="brother", from_scene="s1", confidence=0.6, evidence=(one,)),
        Relation(a="c2", b="c3", kind="mother", from_scene="s1", confidence=0.6, evidence=(two,)),
        Relation(a="c1", b="c3", kind="uncle", confidence=0.4, evidence=tuple(sorted((one, two)))),
    )
    story = a_story(relations=kin)
    assert tree(story.without("Tom is the brother of Anne")) == [
        ["Tom is the brother of Anne", "Tom is the uncle of Phil"]
    ]


@pytest.mark.parametrize("asked", ["Anne trusts Tom", "Tom does not trust Anne", "Tom trusts Phil", "Tom trusts Jane"])
def test_what_is_not_recorded_is_not_answered_with_something_like_it(asked: str) -> None:
    story = a_story(reasons=(reason(1, GAVE, TRUSTS),))
    with pytest.raises(NotInStory, match="Tom trusted Anne"):
        story.without(asked)


def test_nothing_rests_on_what_nothing_is_recorded_to_rest_on() -> None:
    (root,) = a_story(reasons=(reason(1, GAVE, TRUSTS),)).without("they gave Tom the ring")
    assert not root.branches


def test_a_long_chain_is_no_strain() -> None:
    plans = tuple(
        Plan(
            id=f"n{number}",
            who="c1",
            doer="c1",
            kind="order",
            text=f"plan number{number}",
            depends_on=()
            if number == 1
            else (Dependency(on=f"n{number - 1}", kind="plan", text="", evidence=(at("Tom"),)),),
            evidence=(at("Tom"),),
        )
        for number in range(1, 1500)
    )
    (branch,) = a_story(plans=plans).without("n1")
    depth = 0
    while branch.branches:
        branch, depth = branch.branches[0], depth + 1
    assert depth == 1498
