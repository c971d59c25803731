"""What the encoder takes for one person's: whom a description means, who is somebody else, who is "he"."""

from __future__ import annotations

from fabula.layers.cast import Together
from fabula.segment import segment
from fabula.segment.wording import lay_out
from fabula.story import Form, Mention, Span, Text

CONTENT = "Ziva flew. Pell slept. The woman sang. She sang to Ziva. He slept."
PLACES: dict[str, Form] = {
    "Ziva": "name",
    "Pell": "name",
    "The woman": "nominal",
    "She": "pronoun",
    "to Ziva": "name",
    "He": "pronoun",
}


def mentions() -> dict[str, Mention]:
    found = {}
    for words, form in PLACES.items():
        start = CONTENT.index(words) + (3 if words.startswith("to ") else 0)
        found[words] = Mention(start, CONTENT.index(words) + len(words), form=form)
    return found


def together(**groups: int) -> Together:
    at = mentions()
    return Together({at[words.replace("_", " ")].span: n for words, n in groups.items()})


def test_a_description_is_hers_who_is_named_most_among_what_means_the_same() -> None:
    at = mentions()
    people = {0: [at["Ziva"], at["to Ziva"]], 1: [at["Pell"]]}
    assert together(Ziva=0, The_woman=0, to_Ziva=0, Pell=1).owner([at["The woman"]], people) == 0


def test_what_is_half_of_a_story_is_several_peoples() -> None:
    at = mentions()
    people = {0: [at["Ziva"], at["to Ziva"]], 1: [at["Pell"]]}
    some = together(Ziva=0, The_woman=0, to_Ziva=0, Pell=1).groups
    many = {Span(100 + n, 101 + n): 0 for n in range(12)}  # all of them hers
    assert Together({**some, **many}).owner([at["The woman"]], people) is None


def test_once_is_too_seldom() -> None:
    at = mentions()
    people = {0: [at["Ziva"]], 1: [at["Pell"]]}
    assert together(Ziva=0, The_woman=0, Pell=1).owner([at["The woman"]], people) is None


def test_several_descriptions_and_no_name_are_somebody_else() -> None:
    at = mentions()
    both = [at["The woman"], at["She"]]
    assert together(Ziva=0, The_woman=1, She=1).is_apart(both, [[at["Ziva"]]])
    assert not together(Ziva=1, The_woman=1, She=1).is_apart(both, [[at["Ziva"]]])
    assert not together(Ziva=0, The_woman=1, She=2).is_apart(both, [[at["Ziva"]]])


def test_the_pronouns_of_a_group_hint_at_those_of_whoever_is_named_in_it() -> None:
    at = mentions()
    wording = lay_out(segment(Text.of(CONTENT)))
    own: dict[Span, str] = {at["Ziva"].span: "c1", at["Pell"].span: "c2"}
    hints = together(Ziva=0, She=0, Pell=1, He=1).pronouns(wording, own, list(at.values()))
    assert hints == {"c1": "she/her", "c2": "he/him"}
    assert together(Ziva=0, She=0, He=0).pronouns(wording, own, list(at.values())) == {}


def test_where_nobody_asked_nothing_is_said() -> None:
    at = mentions()
    assert Together().owner([at["The woman"]], {0: [at["Ziva"]]}) is None
    assert not Together().is_apart([at["The woman"]], [[at["Ziva"]]])
