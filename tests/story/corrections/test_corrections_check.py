"""A correction is fitted to its story before it is written: names are somebody's, words stand in one place."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from fabula.errors import NotInStory
from fabula.story import Chapter, Character, Layers, Mention, Paragraph, Quote, Scene, Story, Text
from fabula.story.corrections import (
    ApartEntry,
    CastEntry,
    Entry,
    NarratorEntry,
    NobodyEntry,
    OrderEntry,
    RenameEntry,
    SaidEntry,
    SameEntry,
    SceneEntry,
    ThreadEntry,
)
from fabula.story.corrections.check import Fitting

TOLD = (
    "“Go home, Ann,” said the old man at the door.\n\n"
    "“No,” said Ann Lee. “No.” It was Whit Monday.\n\n"
    "“Mr. Hall waits,” said Ann.\n"
)
PEOPLE = (
    Character(id="c1", name="Ann Lee", aliases=("Ann",), pronouns="she/her"),
    Character(id="c2", name="Mr. Hall", narrator=True),
    Character(id="c3", name="John", aliases=("Jack",)),
    Character(id="c4", name="John", aliases=("Jack", "Johnny")),
)


def told() -> Story:
    starts = [0, TOLD.index("“No"), TOLD.index("“Mr"), len(TOLD)]
    paragraphs = tuple(Paragraph(a, b, body=b - 1) for a, b in pairwise(starts))
    quotes = [
        Quote(*match.span(), id=f"q{n}", speaker="c1" if n > 1 else None, addressees=("c2",) if n == 2 else ())
        for n, match in enumerate(re.finditer("“[^”]*”", TOLD), start=1)
    ]
    at = TOLD.index("Ann Lee")
    layers = Layers(
        chapters=(Chapter(0, len(TOLD), id="ch1"),),
        paragraphs=paragraphs,
        scenes=(Scene(0, starts[2], id="s1"), Scene(starts[2], len(TOLD), id="s2")),
        characters=PEOPLE,
        mentions=(Mention(at, at + 7, form="name", character="c1"),),
        quotes=tuple(quotes),
    )
    return Story(Text.of(TOLD), layers)


FITTING = Fitting(told(), also=["Nick Carr"])


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("ann lee", "Ann Lee"),
        ("Ann", "Ann"),
        ("c1", "Ann Lee"),
        ("mr  hall", "Mr. Hall"),
        ("johnny", "Johnny"),
        ("The old man", "the old man"),
        ("whit monday", "Whit Monday"),
        ("nick carr", "Nick Carr"),
    ],
)
def test_a_name_is_written_as_the_story_has_it(typed: str, written: str) -> None:
    assert FITTING.spelled(typed) == written


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("An Lee", "nobody in this story is called 'An Lee'. Did you mean Ann Lee"),
        ("door", "nobody in this story is called 'door'"),
        ("Zzyzx", "nobody in this story is called 'Zzyzx'. Somebody whom the text never names"),
        ("John", "may be John (c3) or John (c4). Say it with the full name or the id"),
        ("Jack", "may be John (c3) or John (c4)"),
        ("", "nobody in this story is called ''"),
    ],
)
def test_a_name_that_is_nobodys_or_several_peoples_is_refused(typed: str, said: str) -> None:
    with pytest.raises(NotInStory) as raised:
        FITTING.spelled(typed)
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (
            SaidEntry(words="No", by="Ann"),
            "“No” stands 2 times in a quotation of the text (line 3). Quote more words, or",
        ),
        (SaidEntry(words="No", nth=3, by="Ann"), "and nth is 3. Count again"),
        (SaidEntry(words="said the old man", by="Ann"), "does not stand in a quotation of the text"),
        (SaidEntry(words="Go home, Bob", by="Ann"), "does not stand in the text. Quote the words as they are there"),
        (SaidEntry(words="Go home", by="Zzyzx"), "Zzyzx"),
        (SaidEntry(words="Go home", to=("Ann", "Zzyzx")), "Zzyzx"),
        (SceneEntry(begins="Ann"), "3 times in the text (lines 1, 3, 5)"),
        (SceneEntry(goes_on="nowhere"), "does not stand"),
        (OrderEntry(earlier="Go home", later="Whit Monday"), "both stand in one scene, s1 (lines 1 and 3)"),
        (OrderEntry(earlier="Ann", later="Whit Monday"), "3 times"),
        (ThreadEntry(words=("Go home", "Whit Monday")), "both stand in one scene, s1 (lines 1 and 3)"),
        (ThreadEntry(words=("Go home", "nowhere")), "does not stand"),
        (RenameEntry(old="Ann", new="mr hall"), "somebody else is called mr hall: Mr. Hall"),
        (RenameEntry(old="Zzyzx", new="Ann"), "Zzyzx"),
        (SameEntry(names=("Ann", "Zzyzx")), "Zzyzx"),
        (ApartEntry(names=("Ann", "Zzyzx")), "Zzyzx"),
        (NobodyEntry(name="Zzyzx"), "Zzyzx"),
        (NarratorEntry(name="Zzyzx"), "Zzyzx"),
        (CastEntry(name="Zzyzx", pronouns="he/him"), "Zzyzx"),
    ],
)
def test_an_entry_that_does_not_fit_is_refused(entry: Entry, said: str) -> None:
    with pytest.raises(NotInStory) as raised:
        FITTING.fit(entry)
    assert said in str(raised.value)


def test_two_names_that_are_one_name_say_nothing() -> None:
    with pytest.raises(ValueError, match="two different names"):
        FITTING.fit(SameEntry(names=("Ann Lee", "c1")))


@pytest.mark.parametrize(
    ("entry", "fitted", "change"),
    [
        (
            SameEntry(names=("ann", "the old man")),
            SameEntry(names=("Ann", "the old man")),
            "Ann and the old man are one character (now Ann Lee and nobody known)",
        ),
        (
            ApartEntry(names=("Ann", "c1")),
            ApartEntry(names=("Ann", "Ann Lee")),
            "Ann and Ann Lee are different characters (now Ann Lee)",
        ),
        (RenameEntry(old="ann", new="Nan"), RenameEntry(old="Ann", new="Nan"), "Ann is called Nan"),
        (RenameEntry(old="ann", new="Ann Lee"), RenameEntry(old="Ann", new="Ann Lee"), "Ann is called Ann Lee"),
        (
            NobodyEntry(name="ann"),
            NobodyEntry(name="Ann"),
            "Ann is nobody (now a name of Ann Lee, 1 mention, 3 quotations)",
        ),
        (NarratorEntry(name="ann lee"), NarratorEntry(name="Ann Lee"), "Ann Lee tells the story (now Mr. Hall does)"),
        (
            CastEntry(name="nick carr", pronouns="he/him"),
            CastEntry(name="Nick Carr", pronouns="he/him"),
            "Nick Carr is he/him (now not known)",
        ),
        (
            CastEntry(name="ann", pronouns="they/them"),
            CastEntry(name="Ann Lee", pronouns="they/them"),
            "Ann Lee is they/them (now she/her)",
        ),
        (
            SaidEntry(words="go home", by="mr hall", to=("ann",)),
            SaidEntry(words="go home", by="Mr. Hall", to=("Ann",)),
            "line 1, “Go home, Ann,”, is said by Mr. Hall (now nobody known) to Ann Lee (now nobody known)",
        ),
        (
            SaidEntry(words="No", nth=1, to=()),
            SaidEntry(words="No", nth=1, to=()),
            "line 3, “No,”, is said to nobody (now Mr. Hall)",
        ),
        (SceneEntry(begins="No,"), SceneEntry(begins="No,"), "a scene begins at line 3 (now none does)"),
        (
            SceneEntry(goes_on="Hall waits"),
            SceneEntry(goes_on="Hall waits"),
            "no scene begins at line 5 (now one does)",
        ),
        (SceneEntry(begins="Hall waits"), SceneEntry(begins="Hall waits"), "a scene begins at line 5 (as now)"),
        (
            OrderEntry(earlier="waits", later="Go home"),
            OrderEntry(earlier="waits", later="Go home"),
            "scene s2 (line 5) comes before scene s1 (line 1)",
        ),
        (
            ThreadEntry(words=("Go home", "waits")),
            ThreadEntry(words=("Go home", "waits")),
            "scene s1 (now thread 1) and scene s2 (now thread 1) are of one thread",
        ),
    ],
)
def test_a_fitted_entry_tells_what_it_will_change(entry: Entry, fitted: Entry, change: str) -> None:
    assert FITTING.fit(entry) == fitted
    assert FITTING.change(fitted) == change


def test_where_an_entry_stands() -> None:
    assert FITTING.place(OrderEntry(earlier="waits", later="Go home")) == (5, 1)
    assert FITTING.place(SaidEntry(words="No", nth=2, to=())) == (3,)
    assert FITTING.place(NobodyEntry(name="Ann")) == ()
    with pytest.raises(NotInStory):
        FITTING.place(SceneEntry(begins="gone"))


def test_somebody_is_nobody_under_all_his_names() -> None:
    assert FITTING.names("ann lee") == ("Ann Lee", "Ann")
    assert FITTING.names("Ann") == ("Ann",)
    assert FITTING.names("whit monday") == ("Whit Monday",)
