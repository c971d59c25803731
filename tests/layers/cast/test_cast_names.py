"""Which names are one person's, and who all these people are."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fabula.layers.cast import Cast, gather_cast
from fabula.layers.cast.name_parts import take_apart
from fabula.layers.mentions import find_mentions
from fabula.reader import read_text
from fabula.segment import segment
from fabula.segment.wording import lay_out
from fabula.story import Character, Text


def gather(content: str) -> Cast:
    wording = lay_out(segment(Text.of(content)))
    return gather_cast(wording, find_mentions(wording))


def people(content: str) -> list[set[str]]:
    """All names of each character, in order of first appearance."""
    return [{c.name, *c.aliases} for c in gather(content).characters]


def somebody(content: str, name: str) -> Character:
    found = [c for c in gather(content).characters if name in (c.name, *c.aliases)]
    assert len(found) == 1, [c.name for c in found]
    return found[0]


ONE = {
    "first and full name": ("Elizabeth Bennet rose. Elizabeth sat.", "Elizabeth Bennet", "Elizabeth"),
    "a nickname": ('Elizabeth Bennet rose. "Lizzy!" said Phil. Elizabeth sat.', "Elizabeth Bennet", "Lizzy"),
    "a short form": ('Margaret Hale rose. "Peggy!" said Bob. Margaret smiled.', "Margaret Hale", "Peggy"),
    "a title and a family name": ("Fitzwilliam Darcy bowed. Mr. Darcy left.", "Fitzwilliam Darcy", "Mr. Darcy"),
    "a family name alone": ("Mr. Wickham bowed. Wickham left.", "Mr. Wickham", "Wickham"),
    "titles of one man": ("Dr. John Watson sat. Doctor Watson slept. Watson ate.", "Dr. John Watson", "Doctor Watson"),
    "an initial": ("J. Smith came. John Smith sat. Mr. Smith ate.", "John Smith", "J. Smith"),
    "a knight by his first name": ("Sir John Middleton rode. Sir John laughed.", "Sir John Middleton", "Sir John"),
    "the only colonel": ('Colonel Brandon rose. "Well, Colonel?" said Anne.', "Colonel Brandon", "Colonel"),
    "the colonel in small letters": (
        'Colonel Brandon rose. "Yes," said the colonel. Anne saw the colonel.',
        "Colonel Brandon",
        "the colonel",
    ),
    "the general": (
        'General Tilney rose. "Sit," said the general. The general ate. Anne saw the general.',
        "General Tilney",
        "the general",
    ),
    "a king": ('King Arthur rose. "Rise," said the king. Arthur sat.', "King Arthur", "the king"),
    "the eldest Miss": (
        "Jane Bennet came with Miss Elizabeth Bennet. Miss Bennet smiled. Jane sat.",
        "Jane Bennet",
        "Miss Bennet",
    ),
    "a name in capitals": ('Anne sat. "ANNE!" said Bob. Anne slept.', "Anne", "ANNE"),
    "a short form no list knows": ('Fennimore came. Fennimore sat. "Look, Fenn!" said Bob.', "Fennimore", "Fenn"),
    "a short form by its ending": ('Vitold rose. Vitold sat. "Look, Vitek!" said Anne.', "Vitold", "Vitek"),
    "a short form of a family name": ('Joe Sullivan rose. Joe Sullivan sat. "Look, Sully!"', "Joe Sullivan", "Sully"),
    "an initial for a family": ('Mr. Pobjoy rose. Mr. Pobjoy sat. "Look, Mr. P., a bird!"', "Mr. Pobjoy", "Mr. P"),
    "an ensign who is a Mr.": ("Ensign Farrow rose. Mr Farrow sat. Mr Farrow slept.", "Ensign Farrow", "Mr Farrow"),
    "an aunt": ('Aunt Juley came. "Juley!" said Bob. Juley sat.', "Aunt Juley", "Juley"),
    "a possessive": ("Then Anne's hand shook. Anne sat.", "Anne", "Anne"),
}


@pytest.mark.parametrize("case", ONE)
def test_the_names_of_one_person_are_tied(case: str) -> None:
    content, full, other = ONE[case]
    assert somebody(content, full) == somebody(content, other)


TWO = {
    "man and wife": (
        "Mr. Bennet read. Mrs. Bennet wept. Mr. Bennet sighed, and Mrs. Bennet slept.",
        "Mr. Bennet",
        "Mrs. Bennet",
    ),
    "daughter and mother": ("Miss Lee came. Mrs. Lee sat. Miss Lee ran.", "Miss Lee", "Mrs. Lee"),
    "brother and sister": ("Mr. Lee came. Miss Lee sat.", "Mr. Lee", "Miss Lee"),
    "sisters": ("Jane Bennet came. Kitty Bennet sat.", "Jane Bennet", "Kitty Bennet"),
    "the eldest and the younger": (
        "Jane Bennet came with Miss Elizabeth Bennet. Miss Bennet smiled. Jane sat.",
        "Miss Bennet",
        "Miss Elizabeth Bennet",
    ),
    "a knight and a mister": (
        "Sir John Middleton rode. Mr. John Dashwood stayed. Sir John laughed. Mr. Dashwood did not.",
        "Sir John",
        "Mr. John Dashwood",
    ),
    "a lady and a girl": (
        "Lady Catherine bowed. Kitty ran out. Lady Catherine sat. Kitty came back. Lady Catherine rose. Kitty fell.",
        "Lady Catherine",
        "Kitty",
    ),
    "two of one first name": ("Bob Lee came. Bob Carter sat. Bob Lee ran. Bob Carter ate.", "Bob Lee", "Bob Carter"),
    "two colonels": ("Colonel Brandon came. Colonel Forster sat.", "Colonel Brandon", "Colonel Forster"),
    "two women who meet": ("Ann met Anne. Anne kissed Ann. Ann left Anne.", "Ann", "Anne"),
}


@pytest.mark.parametrize("case", TWO)
def test_two_people_are_kept_apart(case: str) -> None:
    content, one, other = TWO[case]
    assert somebody(content, one).id != somebody(content, other).id


def test_a_family_is_a_group() -> None:
    told = "Mr. Lucas came. The Lucases dined. He met the Lucases. Then the Lucases left."
    assert somebody(told, "Lucases").kind == "group"
    assert somebody(told, "Lucases").id != somebody(told, "Mr. Lucas").id


def test_a_family_is_a_group_beside_its_members() -> None:
    told = "Mr. Bennet came with Jane Bennet. The Bennets dined. He met the Bennets. Then the Bennets left."
    assert somebody(told, "Bennets").kind == "group"


ROLES = [
    ('"Come in," said the landlord. Anne came in. The landlord shut the door.', "the landlord", "he/him"),
    ('"Come in," said the old nurse. Anne came in.', "the old nurse", None),
    ('The abbess rose. "Sit," said the abbess.', "the abbess", "she/her"),
]


@pytest.mark.parametrize(("content", "name", "pronouns"), ROLES)
def test_who_has_no_name_goes_by_what_they_are(content: str, name: str, pronouns: str | None) -> None:
    found = somebody(content, name)
    assert found.confidence < 1
    assert pronouns is None or found.pronouns == pronouns


def test_whoever_is_at_hand_is_no_character() -> None:
    told = "A man came in. The man sat. Then the woman left. The man rose, and the others left with a friend."
    assert people(told) == []


PASSERS = {
    "brought in": ('A boy came in. "Go," said the boy.', "the boy", "person"),
    "brought in and speaking": ('Phil sat. "Bread!" cried a student on the steps.', "a student on the steps", "person"),
    "before anybody is named": ('"Sit," said the old woman. The old woman rose.', "the old woman", "person"),
    "a mother": ('"Sit," said the mother. Then his mother rose.', "the mother", "person"),
    "a crowd": ('Phil sat. "Bread!" cried the crowd.', "the crowd", "group"),
    "an animal": ('"Sir," said the vole. The vole sat.', "the vole", "animal"),
    "a thing": ('Phil sat. "I am so sorry," said the door.', "the door", "thing"),
    "a parent whom the narration calls so": (
        '"Sit," said Grandfather. Then Grandfather rose.',
        "Grandfather",
        "person",
    ),
    "the narrator's own": (
        'Then my grandfather sat. "Sit," said Grandfather, and I sat, and I slept.',
        "my grandfather",
        "person",
    ),
}


@pytest.mark.parametrize("case", PASSERS)
def test_who_comes_in_and_speaks_is_somebody(case: str) -> None:
    told, name, kind = PASSERS[case]
    assert somebody(told, name).kind == kind


NOBODIES = {
    "somebody who was just named": 'Then Phil came in. "Sit," said the boy.',
    "somebody who is named next": 'A boy came in. "Sit," said the boy. Then Phil rose. Phil sat.',
    "no more than compared": 'Phil sat. He rose like a boy. "Go," said Phil.',
    "what is written": 'Phil sat. "Go home," said the note.',
    "how somebody speaks": 'Phil sat. "Go home," said the Mouse hastily. The Mouse left. The Mouse slept.',
}


@pytest.mark.parametrize("case", NOBODIES)
def test_not_every_description_is_somebody_new(case: str) -> None:
    assert [c.name for c in gather(NOBODIES[case]).characters if c.name not in ("Phil", "Mouse")] == []


def test_an_article_belongs_to_a_name_that_never_goes_without() -> None:
    told = Text.of('"Who?" said the Caterpillar. Then Phil saw the Caterpillar. The Caterpillar smoked at Phil.')
    wording = lay_out(segment(told))
    mentions = gather_cast(wording, find_mentions(wording)).mentions
    names = [told[m] for m in mentions if m.form == "name"]
    assert names == ["the Caterpillar", "Phil", "the Caterpillar", "The Caterpillar", "Phil"]


PRONOUNS = [
    ("James sat. Karen slept. James ate.", "James", None),
    ("James sat, and he ate. He slept. James woke, and he rose. James knew what he wanted.", "James", "he/him"),
    ("James sat, and she ate. She slept. James woke, and she rose. James knew what she wanted.", "James", "she/her"),
    ("Karen sat, and he ate. She slept. Karen woke, and she rose. Then Karen fed him, and he slept.", "Karen", None),
    ("Mr. Lee sat.", "Mr. Lee", "he/him"),
    ("Mrs. Lee sat.", "Mrs. Lee", "she/her"),
    ("Dr. Lee sat.", "Dr. Lee", None),
]


@pytest.mark.parametrize(("content", "name", "pronouns"), PRONOUNS)
def test_pronouns_are_the_texts_own(content: str, name: str, pronouns: str | None) -> None:
    assert somebody(content, name).pronouns == pronouns


@pytest.mark.parametrize("name", ["James", "Elizabeth", "Karen", "John Parker", "Mary Lee"])
def test_a_first_name_tells_no_pronouns(name: str) -> None:
    assert somebody(f"Then {name} came. {name} sat down by the fire.", name).pronouns is None


def test_things_are_nobody() -> None:
    cast = gather("The head of Torchwood came to London. Anne feared Torchwood. Anne left London.")
    assert [c.name for c in cast.characters] == ["Anne"]
    assert [(e.id, e.name, e.type) for e in cast.entities] == [("e1", "Torchwood", "ORG"), ("e2", "London", "GPE")]


def test_names_are_tied_and_pronouns_are_left_open() -> None:
    text = Text.of("Anne sat. She ate. Then Anne's friend saw her in London.")
    wording = lay_out(segment(text))
    tied = {(text[m], m.character, m.entity) for m in gather_cast(wording, find_mentions(wording)).mentions}
    assert {("Anne", "c1", None), ("London", None, "e1"), ("She", None, None), ("her", None, None)} <= tied


def test_what_is_inferred_says_how_sure_and_where() -> None:
    text = Text.of('Then Anne sat. "Come in," said the landlord. Anne left for London.')
    wording = lay_out(segment(text))
    cast = gather_cast(wording, find_mentions(wording))
    for known in (*cast.characters, *cast.entities):
        assert 0 < known.confidence < 1
        assert text[known.evidence[0]] in (known.name, *known.aliases)


NAMES = ["Anne", "Mr. Lee", "Mrs. Lee", "Bob Lee", "Bob", "Karen", "Lady Catherine", "Phil", "James", "Colonel Brandon"]
told = st.lists(st.sampled_from(NAMES), max_size=12).map(
    lambda names: "".join(f"Then {n} came. {n} sat. " for n in names)
)


@settings(max_examples=60, deadline=None)
@given(told)
def test_ids_are_given_by_first_appearance(content: str) -> None:
    cast = gather(content)
    assert [c.id for c in cast.characters] == [f"c{n}" for n in range(1, len(cast.characters) + 1)]
    firsts = [c.evidence[0].start for c in cast.characters]
    assert firsts == sorted(firsts)
    for character in cast.characters:
        assert firsts[int(character.id[1:]) - 1] == min(m.start for m in cast.mentions if m.character == character.id)


@settings(max_examples=60, deadline=None)
@given(told)
def test_every_name_is_one_persons(content: str) -> None:
    cast = gather(content)
    text = Text.of(content)
    owner: dict[str, set[str | None]] = {}
    for mention in cast.mentions:
        if mention.form == "name":
            owner.setdefault(text[mention], set()).add(mention.character)
    assert {name: ids for name, ids in owner.items() if len(ids) != 1 or None in ids} == {}
    assert gather(content) == cast


def test_a_later_chapter_does_not_rename_the_first() -> None:
    one = "Anne Lee came. Phil sat. Anne ate."
    ids = {c.name: c.id for c in gather(one).characters}
    later = {c.name: c.id for c in gather(one + " Karen came. Phil left with Karen.").characters}
    assert {name: later[name] for name in ids} == ids


MISNAMED = [
    ('Elizabeth Bennet rose. "Lizzy!" said Phil. "Come, Lizzy." Elizabeth sat.', "Elizabeth Bennet"),
    ("Sherlock Holmes rose. Holmes left. Then Holmes came back.", "Sherlock Holmes"),
    ('Colonel Brandon rose. "Well, Colonel?" said Anne. The Colonel bowed.', "Colonel Brandon"),
]


@pytest.mark.parametrize(("content", "name"), MISNAMED)
def test_a_character_goes_by_the_fullest_name(content: str, name: str) -> None:
    assert somebody(content, name).name == name


def test_the_wife_of_a_knight_is_no_miss() -> None:
    told = "Charlotte Lucas came. Sir William Lucas bowed. Lady Lucas slept. Miss Lucas ate."
    assert somebody(told, "Lady Lucas").id != somebody(told, "Miss Lucas").id


def test_a_dog_is_an_animal() -> None:
    assert somebody("The dog barked. Bob fed the dog. The dog slept. The dog ate.", "the dog").kind == "animal"


def test_they_may_be_one_persons_pronoun() -> None:
    told = "Sam took their coat. They left. Sam took their hat, and they slept. Sam lost themself. They woke."
    assert somebody(told, "Sam").pronouns == "they/them"


@pytest.mark.parametrize("name", ["Karen Smith", "Jane Smith"])
def test_a_family_name_tells_no_pronouns(name: str) -> None:
    assert somebody(f"Then {name} came. {name} sat down by the fire.", name).pronouns is None


@pytest.mark.parametrize("name", ["Darcy", "Shirley"])
def test_a_mister_may_have_a_girls_name(name: str) -> None:
    told = f"Then Mr. {name} came. He bowed. {name} sat, and he ate. {name} slept, for he was tired. {name} woke."
    assert somebody(told, f"Mr. {name}") == somebody(told, name)


@pytest.mark.parametrize(
    ("content", "one", "other"),
    [
        ("Mr. Gray, whose real name was Peter Flood, sat down. Flood drank. Mr. Gray wept.", "Mr. Gray", "Peter Flood"),
        ("Madame Ferrand’s real name was Odile Marchand. Odile knew it. Odile smiled.", "Madame Ferrand", "Odile"),
        ("Jane Doe, alias Molly Flint, was late. Molly laughed. Jane left.", "Jane Doe", "Molly Flint"),
        ("Anna Bell, née Cole, rose. Anna smiled at Rob.", "Anna", "Cole"),
    ],
)
def test_two_names_are_one_persons_where_the_text_says_so(content: str, one: str, other: str) -> None:
    assert {one, other} <= next(names for names in people(content) if one in names)


def test_names_side_by_side_are_two_peoples() -> None:
    assert not any(
        {"Jane Doe", "Molly Flint"} <= names for names in people("Jane Doe, Molly Flint, and Rob sat. Rob ate.")
    )


def test_the_article_of_a_noun_is_nobodys() -> None:
    told = "Ruth Pellow came in. They knew the Pellow girl. The Pellow girl sat. Everybody knew the Pellow girl."
    assert "the Pellow" not in somebody(told, "Ruth Pellow").aliases


def test_a_lady_met_once_is_not_everybody_of_her_first_name() -> None:
    told = "Lady Mary Grierson was spoken of. " + "Mary sat down. Mary was cross. Mary wept. " * 8
    assert not any({"Lady Mary Grierson", "Mary"} <= names for names in people(told))


def test_several_who_have_theirs_are_not_one() -> None:
    assert somebody("Sam and Phil came in. Sam saw the boys and their heads.", "Sam").pronouns is None


def test_my_aunt_with_her_name_behind_is_one() -> None:
    told = "I met my aunt Zofia. “Sit,” said my aunt. I sat. “Eat,” said Zofia. I ate. My aunt smiled, and I slept."
    assert somebody(told, "Zofia").id == somebody(told, "my aunt").id


def test_an_officer_is_no_mrs() -> None:
    told = "Captain Cole came in. Mrs. Cole put down her cup. “Soup,” said Captain Cole."
    assert somebody(told, "Captain Cole").id != somebody(told, "Mrs. Cole").id


def test_whoever_a_tag_gives_speech_has_a_name() -> None:
    assert somebody("“He is blowing on one,” said Thursday. Anne did not hurry.", "Thursday").kind == "person"


def test_a_man_is_told_of_by_both_his_names() -> None:
    told = "Ralph Denham came in. " + "Ralph sat. Later Denham got up. It rained. Denham went. Ralph did not. " * 9
    assert somebody(told, "Ralph Denham").id == somebody(told, "Denham").id == somebody(told, "Ralph").id


def test_a_short_form_met_always_is_not_a_whole_name_met_once() -> None:
    told = "Agnes Fleming was spoken of. " + "Nancy sat down. Nancy was cross. Nancy wept. " * 8
    assert somebody(told, "Agnes Fleming").id != somebody(told, "Nancy").id


def test_a_knight_is_not_his_son() -> None:
    told = "Tom Bertram rode out. Sir Thomas Bertram frowned. Tom laughed. Sir Thomas sat. Tom left."
    assert somebody(told, "Sir Thomas").id == somebody(told, "Sir Thomas Bertram").id != somebody(told, "Tom").id


def test_a_captain_is_not_the_only_woman_of_his_family() -> None:
    told = "Fanny Harville was dead. " + "Captain Harville rose, and he bowed. Captain Harville took his hat. " * 3
    assert somebody(told, "Fanny Harville").id != somebody(told, "Captain Harville").id


def test_a_captain_goes_by_no_mister() -> None:
    told = "Captain Frederick Tilney rose. Captain Tilney sat. Mr. Tilney danced. Mr. Tilney left with Anne."
    assert somebody(told, "Mr. Tilney").id != somebody(told, "Captain Tilney").id


def test_captains_named_together_have_no_first_name() -> None:
    assert take_apart("Captains Harville") == take_apart("Captain Harville")


def test_a_general_is_not_the_captain_of_his_family() -> None:
    told = "Captain Frederick Tilney rose. Captain Tilney sat. General Tilney frowned. General Tilney left with Anne."
    assert somebody(told, "General Tilney").id != somebody(told, "Captain Tilney").id


STATION = """\
Sergeant Mary Doolan put the kettle on before she took her hat off.

“Any word, Sarge?” said Constable Webb from the desk.

“Not a word. Where’s Potts?”

“Round the back, Sarge, with the dog.”

Potts came in wiping his boots. “Morning, Boss. He’s eaten the evidence.”

“All of it?”

“Most of it, Boss.”

Doc Finch had been waiting in the corridor. Doolan waved him in.

“Well, Doctor?”

“Well, Sergeant. He’ll live.” Dr. Finch sat down.
"""


def test_a_short_title_is_the_same_title_and_what_those_who_obey_say_is_nobodys_name() -> None:
    cast = {c.name: {c.name, *c.aliases} for c in read_text(Text.of(STATION)).characters}
    assert not any("Boss" in names for names in cast.values())
    (sergeant,) = (names for names in cast.values() if "Doolan" in names)
    assert {"Sarge", "Sergeant"} <= sergeant
    (doctor,) = (names for names in cast.values() if "Doc Finch" in names or "Dr. Finch" in names)
    assert "Doctor" in doctor


def test_a_woman_with_a_rank_is_no_man_for_it() -> None:
    (sergeant,) = (c for c in read_text(Text.of(STATION)).characters if "Doolan" in c.name)
    assert sergeant.pronouns != "he/him"
