"""What the checks of people, places and days find, and what they leave alone."""

from __future__ import annotations

import re

import msgspec
import pytest

from fabula.checks import run_checks
from fabula.segment import segment
from fabula.story import (
    Character,
    Death,
    Event,
    Finding,
    Frame,
    Layers,
    Mention,
    Order,
    OrderKind,
    Quote,
    Relation,
    Scene,
    Span,
    Story,
    Text,
)

ACTS = re.compile(r"\b(?:nodded|came|laughed|died|said|sat|stood|slumped)\b")


def told(*scenes: str, frames: tuple[Frame, ...] = (), order: tuple[int, ...] = (), dead: str = "") -> Story:
    """Scenes of Anne and Phil; `dead` are the words that tell of Phil's death. Tags name who speaks."""
    content = "\n\n".join(scenes)
    text = Text.of(content)
    segments = segment(text)
    starts = [content.index(scene) for scene in scenes]
    ends = [*starts[1:], len(content)]
    cut = tuple(
        Scene(start, ends[n], id=f"s{n + 1}", frame=frames[n] if frames else "main", order=order[n] if order else n + 1)
        for n, start in enumerate(starts)
    )
    people = (Character(id="c1", name="Anne"), Character(id="c2", name="Phil"))
    mentions = tuple(
        Mention(m.start(), m.end(), form="name", character="c1" if m[0] == "Anne" else "c2")
        for m in re.finditer(r"\b(?:Anne|Phil)\b", content)
    )
    quotes = tuple(_quote(content, n, q) for n, q in enumerate(segments.quotations, start=1))
    deaths = ()
    if dead:
        at = content.index(dead)
        scene = next(scene.id for scene in cut if scene.start <= at < scene.end)
        deaths = (Death(who="c2", scene=scene, told_in=scene, confidence=0.8, evidence=(Span(at, at + len(dead)),)),)
    return Story(
        text,
        Layers(
            paragraphs=segments.paragraphs,
            characters=people,
            mentions=mentions,
            quotes=quotes,
            scenes=cut,
            events=tuple(Event(m.start(), m.end()) for m in ACTS.finditer(content)),
            deaths=deaths,
        ),
    )


def _quote(content: str, number: int, span: Span) -> Quote:
    tag = re.compile(r"\s*(said (Anne|Phil))").match(content, span.end)
    if tag is None:
        return Quote(span.start, span.end, id=f"q{number}")
    evidence = (Span(tag.start(1), tag.end(1)),)
    speaker = "c1" if tag[2] == "Anne" else "c2"
    return Quote(span.start, span.end, id=f"q{number}", speaker=speaker, cue="tag", confidence=0.9, evidence=evidence)


def found(story: Story, kind: str) -> list[Finding]:
    return [finding for finding in run_checks(story) if finding.kind == kind]


DIED = "That night Phil died."


@pytest.mark.parametrize(
    "later",
    [
        "Phil nodded and sat down.",
        "Then Phil came in.",
        "“No,” said Phil.",
        "Phil and Anne came in.",
        "Phil, with a short laugh, sat down.",
        "It was Phil who laughed.",
    ],
)
def test_the_dead_who_act_are_found_with_both_places(later: str) -> None:
    story = told(f"Anne sat. {DIED}", f"It rained. {later}", dead=DIED)
    (finding,) = found(story, "acts-after-death")
    assert finding.severity in ("error", "warning")
    assert story.words(finding.evidence[0]) == DIED
    assert finding.evidence[1].start >= story.text.content.index(later)


@pytest.mark.parametrize(
    "later",
    [
        "She dreamt that Phil nodded.",
        "The ghost of Phil nodded to her.",
        "In the photograph Phil laughed.",
        "She remembered how Phil laughed.",
        "Phil had laughed at that.",
        "Had Phil nodded, she would have gone.",
        "The shadow of Phil came over the wall.",
        "If Phil came, she would go.",
        "They spoke of Phil.",
    ],
)
def test_a_ghost_a_memory_or_a_picture_is_no_finding(later: str) -> None:
    assert not found(told(f"Anne sat. {DIED}", f"It rained. {later}", dead=DIED), "acts-after-death")


@pytest.mark.parametrize(
    "died",
    [
        "That night Phil died.",
        "By then Phil was dead.",
        "They buried Phil on the hill.",
        "The fever killed Phil.",
        "Nobody could help it: Phil had died at noon.",
        "It was Phil who had dropped dead on the stairs.",
        "Phil had been killed before the bridge.",
        "The first to go was Phil, who drowned at Easter.",
    ],
)
def test_a_death_told_outright_and_not_kept_still_gives_a_hint(died: str) -> None:
    story = told(f"Anne sat. {died}", "It rained. Phil nodded.")
    (finding,) = found(story, "acts-after-death")
    assert finding.severity == "hint"
    assert "Phil" in story.words(finding.evidence[0])


@pytest.mark.parametrize(
    "lives",
    [
        "Phil was dead tired.",
        "Phil died of laughing.",
        "They had nearly killed Phil.",
        "She thought Phil was dead.",
        "“Phil died,” said Anne.",
        "She had heard it from Tom: Phil was dead.",
        "Phil was buried in his book.",
        "Nobody believed that Phil had died.",
        "If Phil died, she would go.",
    ],
)
def test_what_tells_of_no_death_outright_gives_no_hint(lives: str) -> None:
    assert not found(told(f"Anne sat. {lives}", "It rained. Phil nodded."), "acts-after-death")


def test_an_earlier_scene_told_later_is_no_finding() -> None:
    story = told(f"Anne sat. {DIED}", "It was spring. Phil nodded.", order=(2, 1), dead=DIED)
    assert not found(story, "acts-after-death")


@pytest.mark.parametrize("frame", ["memory", "dream", "letter", "vision"])
def test_the_dead_may_act_in_memories_and_dreams(frame: Frame) -> None:
    story = told(f"Anne sat. {DIED}", "It was spring. Phil nodded.", frames=("main", frame), dead=DIED)
    assert not found(story, "acts-after-death")


def ordered(*kinds: OrderKind, opening: str = "Phil sat and laughed.") -> Story:
    """Phil dies in the first of two scenes, acts in the second, and for these reasons the second happened first."""
    story = told(f"{opening} {DIED}", "It was spring. Phil nodded.", order=(2, 1), dead=DIED)
    orders = tuple(Order(before="s2", after="s1", kind=kind, confidence=0.8) for kind in kinds)
    return msgspec.structs.replace(story, layers=msgspec.structs.replace(story.layers, orders=orders))


def test_a_scene_set_earlier_only_since_the_dead_act_there_gives_a_hint() -> None:
    (finding,) = found(ordered("death"), "acts-after-death")
    assert finding.severity == "hint"
    assert finding.message.endswith("; or that happened before.")


@pytest.mark.parametrize("kinds", [("date",), ("death", "memory")])
def test_a_scene_set_earlier_for_another_reason_is_no_finding(kinds: tuple[OrderKind, ...]) -> None:
    assert not found(ordered(*kinds), "acts-after-death")


def test_a_story_that_opens_with_a_death_may_look_back() -> None:
    assert not found(ordered("death", opening="Anne sat."), "acts-after-death")


def test_every_act_of_the_dead_is_quoted_while_they_are_few() -> None:
    story = told(f"Anne sat. {DIED}", "Phil nodded.\n\nAnne rose. Phil sat.\n\nPhil laughed.", dead=DIED)
    (finding,) = found(story, "acts-after-death")
    assert [story.words(span) for span in finding.evidence[1:]] == ["Phil nodded", "Phil sat", "Phil laughed"]
    assert "and last in line" in finding.message


@pytest.mark.parametrize(
    ("tells", "dead", "severity"),
    [
        ("Phil died at noon.", "Phil died", "error"),
        ("They told Anne that Phil died at noon.", "Phil died", "hint"),
        ("It was known that the storm had drowned Phil.", "drowned Phil", "hint"),
        ("“Phil died at noon.”", "Phil died", "hint"),
    ],
)
def test_whose_death_is_only_hearsay_gives_a_hint(tells: str, dead: str, severity: str) -> None:
    (finding,) = found(told(f"Anne sat. {tells}", "It rained. Phil nodded.", dead=dead), "acts-after-death")
    assert finding.severity == severity


def test_what_a_body_does_as_it_falls_is_no_finding() -> None:
    assert not found(told(f"Anne sat. {DIED} Phil slumped to the floor.", dead=DIED), "acts-after-death")
    assert found(told(f"Anne sat. {DIED}", "It rained. Phil slumped in a chair.", dead=DIED), "acts-after-death")


def test_some_of_many_may_die_and_the_others_act() -> None:
    story = told(f"Anne sat. {DIED}", "It rained. Phil nodded.", dead=DIED)
    gaels = Character(id="c2", name="Gaels", aliases=("the Gaels",))
    layers = msgspec.structs.replace(story.layers, characters=(story.characters[0], gaels))
    assert not found(msgspec.structs.replace(story, layers=layers), "acts-after-death")


def test_a_voice_that_may_be_anybodys_is_not_that_of_the_dead() -> None:
    story = told(f"Anne sat. {DIED}", "It rained. “No,” said Phil.", dead=DIED)
    unsure = tuple(msgspec.structs.replace(quote, confidence=0.3) for quote in story.quotes)
    layers = msgspec.structs.replace(story.layers, quotes=unsure, events=())
    assert not found(msgspec.structs.replace(story, layers=layers), "acts-after-death")


def test_of_many_acts_of_the_dead_the_first_and_the_last_are_quoted() -> None:
    story = told(
        f"Anne sat. {DIED}", "\n\n".join(f"Phil {verb}." for verb in ("nodded", *["sat"] * 8, "laughed")), dead=DIED
    )
    (finding,) = found(story, "acts-after-death")
    assert [story.words(span) for span in finding.evidence[1:]] == ["Phil nodded", "Phil laughed"]


def test_a_word_for_kin_that_stands_as_a_name_is_somebody_who_acts() -> None:
    story = told(f"Anne sat. {DIED}", "It rained. Father nodded.", dead=DIED)
    at = story.text.content.index("Father")
    father = Mention(at, at + len("Father"), form="nominal", character="c2")
    layers = msgspec.structs.replace(story.layers, mentions=(*story.mentions, father))
    (finding,) = found(msgspec.structs.replace(story, layers=layers), "acts-after-death")
    assert story.words(finding.evidence[1]) == "Father nodded"


def test_somebody_who_lives_on_gives_a_hint_at_most() -> None:
    story = told(f"Anne sat. {DIED}", "Phil nodded.\n\nPhil laughed.\n\nPhil sat.\n\nPhil came.", dead=DIED)
    assert [finding.severity for finding in found(story, "acts-after-death")] == ["hint"]


def test_words_of_speaking_before_a_speech_with_a_tag_of_its_own_lead_to_none() -> None:
    (finding,) = found(told("Anne drew a breath and asked,\n\n“Who?” said Phil."), "lost-line")
    assert finding.severity == "hint"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anne’s blue eyes narrowed.", "She saw Anne’s bright brown eyes."),
        ("Anne had red hair.", "Anne’s hair was black."),
        ("Anne was thirty-one years old.", "Anne was fifty-two."),
    ],
)
def test_what_contradicts_itself_is_found(one: str, other: str) -> None:
    (finding,) = found(told(f"It rained. {one}", f"The sun shone. {other}"), "contradiction")
    assert finding.severity == "warning"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anne’s blue eyes narrowed.", "Phil’s brown eyes narrowed."),
        ("Anne’s grey eyes narrowed.", "Anne’s gray eyes narrowed."),
        ("Anne had red hair.", "Ten years later Anne’s hair was white."),
        ("Anne was thirty-one.", "Years later Anne was thirty-two."),
        ("Anne’s blue eyes narrowed.", "“Anne’s brown eyes!” said Phil."),
    ],
)
def test_what_may_both_be_is_left_alone(one: str, other: str) -> None:
    assert not found(told(f"It rained. {one}", f"The sun shone. {other}"), "contradiction")


def test_two_colours_that_the_light_may_change_are_a_hint() -> None:
    (finding,) = found(told("It rained. Anne’s grey eyes narrowed.", "Anne’s blue eyes narrowed."), "contradiction")
    assert finding.severity == "hint"


def test_a_plain_contradiction_is_told_before_one_of_shades() -> None:
    story = told("Anne’s grey eyes narrowed.", "Anne’s green eyes narrowed.", "Anne’s brown eyes narrowed.")
    (finding,) = found(story, "contradiction")
    assert finding.severity == "warning"
    assert story.words(finding.evidence[1]).endswith("brown eyes")


def test_two_kinds_of_kin_are_a_contradiction() -> None:
    story = told("Phil was Anne’s cousin.", "Phil was Anne’s father.")
    spans = [Span(0, 4), Span(25, 29)]
    relations = tuple(
        Relation(a="c2", b="c1", kind=kind, confidence=0.9, evidence=(span,))
        for kind, span in zip(("cousin", "father"), spans, strict=True)
    )
    story = Story(story.text, msgspec.structs.replace(story.layers, relations=relations))
    assert [finding.evidence for finding in found(story, "contradiction")] == [tuple(spans)]


def test_somebody_in_two_places_is_found() -> None:
    story = told("Phil sat at the table. Anne laughed.\n\nAt that very moment Phil was in the boathouse, asleep.")
    assert len(found(story, "two-places")) == 1
    gone = told("Phil stood up and left.\n\nAt that very moment Anne was in the boathouse, asleep.")
    assert not found(gone, "two-places")


def test_days_that_do_not_follow_are_found() -> None:
    wrong = told("It was Monday. Anne sat.", "The next morning she woke early. It was Thursday.")
    assert len(found(wrong, "out-of-time")) == 1
    right = told("It was Monday. Anne sat.", "The next morning she woke early. It was Tuesday.")
    assert not found(right, "out-of-time")
    unknown = told("It was Monday. Anne sat.", "Some weeks went by. The next morning it was Thursday.")
    assert not found(unknown, "out-of-time")


def test_who_speaks_to_himself_is_found() -> None:
    assert len(found(told("“Come here, Phil,” said Phil."), "speaks-to-self")) == 1
    assert not found(told("“Come here, Anne,” said Phil."), "speaks-to-self")
    assert not found(told("“Come on, Phil,” said Phil to himself."), "speaks-to-self")


def test_who_answers_his_own_question_is_found() -> None:
    twice = told("“Are you there?” said Phil.\n\n“No,” said Phil.")
    assert [finding.severity for finding in found(twice, "same-speaker")] == ["warning"]
    assert not found(told("“Are you there?” said Phil.\n\n“No,” said Anne."), "same-speaker")


def test_a_speech_cut_off_behind_its_tag_is_found() -> None:
    (finding,) = found(told("“I wonder,” said Anne,\n\n“Come here,” said Phil."), "lost-line")
    assert finding.severity == "warning"
    assert not found(told("Then Anne said,\n\n“Come here.”"), "lost-line")


def test_a_misspelt_name_is_found_even_where_nobody_took_it_for_a_name() -> None:
    many = "\n\n".join(f"Then Katharine came in by door {n}." for n in range(8))
    story = told(f"{many}\n\nIn the end Kathraine came too.")
    named = tuple(
        Mention(m.start(), m.end(), form="name", character="c1") for m in re.finditer("Katharine", story.text.content)
    )
    story = Story(story.text, msgspec.structs.replace(story.layers, mentions=named))
    (finding,) = found(story, "name-drift")
    assert story.words(finding.evidence[0]) == "Kathraine"
