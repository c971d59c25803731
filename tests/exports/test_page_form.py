"""The plain form of the page says what the story says, in places as browsers count, and since when one knows it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_story import full_story

from fabula.exports.page.form import PageForm
from fabula.exports.page.forming import to_form
from fabula.story import (
    Character,
    Entity,
    Fact,
    Finding,
    Knowledge,
    Layers,
    Mention,
    Paragraph,
    Possession,
    Quote,
    Relation,
    Scene,
    Secret,
    Source,
    Span,
    Story,
    Text,
)

CONTENT = "🜂 She came.\n\n“Run, Bo,” said the stranger 🜂.\n\nIt was Magwitch. “Who?”\n"


def place(words: str, *, after: int = 0) -> tuple[int, int]:
    start = CONTENT.index(words, after)
    return start, start + len(words)


def units(words: str) -> int:
    return len(words.encode("utf-16-le", "surrogatepass")) // 2


def slices(form: PageForm, steps: list[int], sizes: list[int]) -> list[str]:
    """The words at columns of steps and sizes, cut as JavaScript cuts."""
    data, start, found = form.text.encode("utf-16-le"), 0, []
    for step, size in zip(steps, sizes, strict=True):
        start += step
        found.append(data[2 * start : 2 * (start + size)].decode("utf-16-le"))
    return found


@pytest.fixture
def story() -> Story:
    mid = CONTENT.index("It was")
    return Story(
        Text(CONTENT, Source(name="the_marsh.txt")),
        Layers(
            paragraphs=(
                Paragraph(0, 12, body=10),
                Paragraph(12, mid, body=mid - 2),
                Paragraph(mid, len(CONTENT), body=len(CONTENT) - 1),
            ),
            scenes=(
                Scene(mid, len(CONTENT), id="s2", place="the marsh", present=("c1", "gone")),
                Scene(0, mid, id="s1", order=1, time="noon"),
            ),
            characters=(
                Character(id="c1", name="Abel Magwitch", aliases=("Magwitch", "the stranger"), confidence=0.456),
                Character(id="c2", name="Bo"),
                Character(id="c3", name="the narrator", narrator=True),
            ),
            entities=(Entity(id="e1", name="Kent"),),
            mentions=(
                Mention(*place("Magwitch"), form="name", character="c1"),
                Mention(*place("She"), form="pronoun", character="c1", confidence=0.5),
                Mention(*place("the stranger"), form="nominal", character="c1"),
                Mention(*place("Bo"), form="name", character="c2"),
                Mention(*place("It"), form="pronoun", character="nobody"),
            ),
            quotes=(
                Quote(*place("“Who?”"), id="q2", speaker="nobody"),
                Quote(*place("“Run, Bo,”"), id="q1", speaker="c1", addressees=("c2", "gone"), cue="tag", confidence=0.9,
                      evidence=(Span(*place("said")),)),
            ),
            relations=(
                Relation(a="c1", b="c2", kind="father", from_scene="s2", evidence=(Span(*place("said")),)),
                Relation(a="c1", b="gone", kind="friend"),
            ),
            possessions=(Possession(object="a file", holder=None, from_scene="s2"),),
            findings=(
                Finding(kind="a", severity="hint", message="b", evidence=(Span(*place("came")), Span(*place("Who")))),
            ),
        ),
    )  # fmt: skip


def test_places_are_units_of_a_browser(story: Story) -> None:
    form = to_form(story)
    assert form.mentions
    assert slices(form, form.mentions.steps, form.mentions.sizes) == ["She", "Bo", "the stranger", "It", "Magwitch"]
    assert form.quotes
    assert slices(form, form.quotes.steps, form.quotes.sizes) == ["“Run, Bo,”", "“Who?”"]


def test_ids_that_nobody_has_are_nobody(story: Story) -> None:
    form = to_form(story)
    assert form.mentions
    assert form.quotes
    assert form.mentions.who == [0, 1, 0, -1, 0]
    assert (form.quotes.who, form.quotes.to) == ([0, -1], [[1], []])
    assert isinstance(form.scenes, list)
    assert [scene.present for scene in form.scenes] == [[], [0]]
    assert isinstance(form.relations, list)
    assert len(form.relations) == 1


def test_nobody_is_called_by_a_name_before_the_page_says_it(story: Story) -> None:
    abel, bo, narrator = to_form(story).people
    assert [name for name, _ in abel.names] == ["Abel Magwitch", "the stranger", "Magwitch"]
    since = dict(abel.names)
    assert since["the stranger"] == units(CONTENT[: place("the stranger")[1]])
    assert since["Magwitch"] == units(CONTENT[: place("Magwitch")[1]])
    assert bo.names == [("Bo", units(CONTENT[: place("Bo")[1]]))]
    assert narrator.names == [("the narrator", 0)]


def test_a_full_name_that_the_text_never_has_comes_with_its_last_part() -> None:
    """ "Abel Magwitch" is put together from what the text says; it may not be shown before all of it is said."""
    content = "A stranger. Abel spoke. Then Magwitch."
    story = Story(
        Text.of(content),
        Layers(
            characters=(Character(id="c1", name="Abel Magwitch", aliases=("Abel", "Magwitch")),),
            mentions=tuple(
                Mention(content.index(w), content.index(w) + len(w), form="name", character="c1")
                for w in ("A stranger", "Abel", "Magwitch")
            ),
        ),
    )
    (person,) = to_form(story).people
    assert dict(person.names)["Abel Magwitch"] == content.index("Magwitch") + len("Magwitch")


def test_what_one_knows_one_knows_since_its_evidence_and_its_scene(story: Story) -> None:
    form = to_form(story)
    assert isinstance(form.relations, list)
    assert form.relations[0].since == units(CONTENT[: CONTENT.index("It was")])
    assert isinstance(form.findings, list)
    assert form.findings[0].since == units(CONTENT[: place("Who")[1]]), "a finding needs all its places"
    assert isinstance(form.possessions, list)
    assert (form.possessions[0].holder, form.possessions[0].from_scene) == (-1, 1)


def test_a_place_that_the_text_has_not_named_is_known_at_the_end_of_the_scene(story: Story) -> None:
    form = to_form(story)
    assert isinstance(form.scenes, list)
    assert (form.scenes[1].place, form.scenes[1].place_since) == ("the marsh", units(CONTENT))


def test_confidence_is_a_whole_number_of_a_hundred(story: Story) -> None:
    assert to_form(story).people[0].sure == 46


def test_the_title_is_the_files_or_its_name() -> None:
    assert to_form(Story(Text("A", Source(name="/a/the_marsh-house.txt")))).title == "The Marsh House"
    assert to_form(Story(Text("A", Source(name="x.epub", title="Great Expectations")))).title == "Great Expectations"
    assert to_form(Story(Text("A"))).title == "A story"


def test_what_was_not_read_is_absent_and_what_is_empty_is_there() -> None:
    bare = to_form(Story(Text.of("A.\n\nB.")))
    assert not any(
        getattr(bare, layer)
        for layer in ("scenes", "mentions", "quotes", "relations", "findings", "facts", "possessions", "knowledge")
    )
    assert not bare.cast
    assert bare.paragraphs.sizes == [4, 2]
    empty = to_form(Story(Text.of("A."), Layers(findings=(), characters=())))
    assert (empty.findings, empty.cast) == ([], True)


def test_speakers_without_a_cast_go_by_their_ids() -> None:
    form = to_form(Story(Text.of("“A.”"), Layers(quotes=(Quote(0, 4, id="q1", speaker="c7"),))))
    assert [person.name for person in form.people] == ["c7"]
    assert not form.cast


def test_a_novel_of_facts_has_the_surest_on_its_page_in_the_order_of_telling() -> None:
    """Facts that nobody is known to know give way first, then the less sure; the page counts what it leaves out."""
    facts = tuple(
        Fact(id=f"f{i}", text=str(i), confidence=0.9 if i % 2 else 0.2, evidence=(Span(i, i + 1),)) for i in range(900)
    )
    knowledge = tuple(
        Knowledge(who="c1", fact=f"f{i}", since_scene="s1", how="witnessed", evidence=(Span(i, i + 1),))
        for i in range(600)
    )
    layers = Layers(characters=(Character(id="c1", name="A"),), facts=facts, knowledge=knowledge)
    form = to_form(Story(Text.of("A" * 900), layers))
    assert isinstance(form.facts, list)
    assert isinstance(form.knowledge, list)
    kept = [int(fact.text) for fact in form.facts]
    assert kept == sorted([*range(1, 600, 2), *range(0, 200, 2)])
    assert form.more_facts == 900 - len(kept)
    assert [kept[row.fact] for row in form.knowledge] == kept, "who knows a fact that is left out is left out with it"
    assert not any(row.why for row in form.knowledge), "the fact's own evidence is not told twice"


def test_the_order_of_telling_shows_itself_and_other_orders_are_told_with_their_words() -> None:
    form = to_form(full_story())
    assert isinstance(form.orders, list)
    assert [(order.before, order.after, order.kind) for order in form.orders] == [(1, 2, "time"), (6, 0, "death")]
    start, end = form.orders[0].why
    assert form.text[start:end] == "All that autumn"


def test_every_layer_of_a_full_story_is_in_its_form() -> None:
    story = full_story()
    form = to_form(story)
    for layer in (
        "scenes",
        "chapters",
        "relations",
        "deaths",
        "findings",
        "facts",
        "possessions",
        "knowledge",
        "plans",
    ):
        assert len(getattr(form, layer)) == len(getattr(story, layer)) > 0
    assert form.quotes
    assert len(form.quotes.steps) == len(story.quotes)


@given(st.text(alphabet=st.characters(), max_size=60), st.data())
def test_paragraphs_tile_any_text(content: str, data: st.DataObject) -> None:
    given_ = st.lists(st.integers(0, len(content)), max_size=4).map(sorted)
    edges = data.draw(given_)
    read = [Paragraph(a, b, body=b) for a, b in zip(edges[::2], edges[1::2], strict=False)]
    for story in (Story(Text.of(content)), Story(Text.of(content), Layers(paragraphs=tuple(read)))):
        form = to_form(story)
        assert sum(form.paragraphs.sizes) == units(content)
        assert len(form.paragraphs.sizes) == len(form.paragraphs.tails) == len(form.paragraphs.kinds)
        assert all(0 <= tail <= size for tail, size in zip(form.paragraphs.tails, form.paragraphs.sizes, strict=True))


def test_a_secret_is_out_where_one_it_is_kept_from_learns_it() -> None:
    content = "Ann hid it.\n\nBo came.\n\nBo read it at last."
    second, third = content.index("Bo came"), content.index("Bo read")
    layers = Layers(
        scenes=(Scene(0, second, id="s1"), Scene(second, third, id="s2"), Scene(third, len(content), id="s3")),
        characters=(Character(id="c1", name="Ann"), Character(id="c2", name="Bo")),
        facts=(Fact(id="f1", text="Ann hid it.", confidence=0.9, evidence=(Span(0, 11),)),),
        knowledge=(Knowledge(who="c2", fact="f1", since_scene="s3", how="read", evidence=(Span(third, third + 10),)),),
        secrets=(
            Secret(text="Ann wept.", keepers=("c1", "gone"), kept_from=("c2",), scene="s2"),
            Secret(text="Ann hid it.", fact="f1", keepers=("c1",), kept_from=("c2",), scene="s1", out_scene="s3"),
        ),
    )
    first, other = to_form(Story(Text.of(content), layers)).secrets
    assert (first.text, first.scene, first.out_scene, first.out_since) == ("Ann hid it.", 0, 2, third + 10)
    assert (other.keepers, other.kept_from, other.out_scene, other.since) == ([0], [1], None, second)


@pytest.mark.parametrize(
    ("words", "slanted"),
    [
        ("I _know_ it, _all of\nit_.", ["know", "all of\nit"]),
        ("Mr. ____ of snake_case_names and a_b.", []),
        ("_Not over\n\na paragraph_ nor _ this _.", []),
        ("“_Go_,” he said.", ["Go"]),
    ],
)
def test_plain_texts_have_italics_between_low_lines(words: str, slanted: list[str]) -> None:
    form = to_form(Story(Text(words, Source(name="a.txt", format="txt"))))
    pairs = zip(form.italics[::2], form.italics[1::2], strict=True)
    assert [words[start:end] for start, end in pairs] == slanted
