"""One person by two names, and what has a name and is nobody."""

from __future__ import annotations

from fabula import read
from fabula.story import Story, Text


def told(content: str) -> Story:
    return read(Text.of(content))


def names(story: Story) -> list[set[str]]:
    return [{c.name, *c.aliases} for c in story.characters]


def together(story: Story, *wanted: str) -> bool:
    return any({*wanted} <= own for own in names(story))


LEDGER = (
    "Mr. Bellamy locked the ledger in the drawer.\n\n"
    "“You're not still at it, Hugh?” said Sharon.\n\n"
    "“Five minutes,” said Mr. Bellamy.\n\n"
    "“{}, go home. Nobody's counting.”\n\n"
    "Mr. Bellamy smiled. “That is what I'm afraid of.”"
)


def test_who_answers_to_a_name_that_is_only_called_has_it() -> None:
    assert together(told(LEDGER.format("Hugh")), "Mr. Bellamy", "Hugh")


def test_who_calls_a_name_is_somebody_else() -> None:
    content = "“Where is the key, Odile?” said Sharon.\n\nMarcus looked up.\n\n“Odile, the key!” said Marcus."
    assert not together(told(content), "Marcus", "Odile")
    assert not together(told(content), "Sharon", "Odile")


def test_two_who_answer_to_one_name_are_not_told_by_it() -> None:
    content = (
        "“Well, Kestrel?” said Hale.\n\n“I see it,” said Amari.\n\n"
        "“And now, Kestrel?” said Hale.\n\n“I see it, too,” said Sorensen."
    )
    assert not together(told(content), "Amari", "Kestrel")
    assert not together(told(content), "Sorensen", "Kestrel")


def test_nobody_is_called_by_the_name_of_another_who_answers_for_him() -> None:
    content = (
        "“His name was Ousmane Diop,” said Sund. “The captain said to him, quite gently, Diop, there are two gone.”\n\n"
        "“And was it him?” said Harker.\n\n“Diop was the cook,” said Sund.\n\n“Was he!” said Harker."
    )
    assert not together(told(content), "Harker", "Diop")


def test_first_names_that_are_unlike_are_two_people() -> None:
    content = "“Come here, Hugh,” said Ada.\n\n“He is out,” said Thomas.\n\n“Hugh!” said Ada.\n\n“Out,” said Thomas."
    assert not together(told(content), "Thomas", "Hugh")


def test_a_description_is_his_beside_whose_name_it_stands() -> None:
    content = (
        "It was the technician, Lorna Petty. She had her gloves on.\n\n“Here,” said Lorna.\n\n"
        "“Thank you,” said Mensah.\n\n“Not at all,” said the technician."
    )
    assert together(told(content), "Lorna Petty", "the technician")


def test_a_list_makes_nobody_one() -> None:
    content = (
        "He had asked the gardener, Tom, and Ned.\n\n“I was out,” said the gardener.\n\n"
        "“So was I,” said Tom.\n\n“And I,” said Ned."
    )
    assert not together(told(content), "Tom", "the gardener")


def test_his_name_is_told_of_whoever_headed_the_sentence_before() -> None:
    content = (
        "“You're late,” said the lamplighter.\n\nThe lamplighter ate the bread. His name was Corvin.\n\n"
        "“I am,” said Jess.\n\n“So I say,” said Corvin."
    )
    assert together(told(content), "Corvin", "the lamplighter")


def test_his_name_is_told_when_he_has_been_he_for_some_time() -> None:
    content = (
        "The carter brought a porter. “Who's this?” said Marta.\n\n“He carries the bag,” said the carter.\n\n"
        "The {} put the bag down. He looked at the door, and then at Marta's hands. His name was Ewan Clegg.\n\n"
        "“It's the wood,” said Ewan Clegg. The porter did not look up."
    )
    assert together(told(content.format("porter")), "Ewan Clegg", "the porter")
    assert not together(told(content.format("porter and the carter")), "Ewan Clegg", "the porter")
    assert not together(told(content.format("porter saw Robert Hume. He")), "Ewan Clegg", "the porter")


def test_a_boat_beside_the_lodger_has_her_own_name() -> None:
    content = (
        "“Get in,” said the lodger.\n\nRain fell on the boat and the lodger. Her name was Ada Rose.\n\n"
        "“No,” said Marta. Ada Rose rocked."
    )
    assert not together(told(content), "Ada Rose", "the lodger")


def test_who_is_only_called_a_name_is_somebody() -> None:
    content = "“Well?” said Hale. By noon {} called Ducos had the forty, and wanted twelve more."
    assert names(told(content.format("a man"))) == [{"Hale"}, {"Ducos"}]
    assert names(told(content.format("a ship"))) == [{"Hale"}]


def test_a_town_read_from_a_photograph_is_nobody() -> None:
    content = (
        "On the back was written Whitby, August 1931. Hale turned it over.\n\n“Who are they?” said Trask.\n\n"
        "“Whitby,” read Hale. “Everybody has been to Whitby.”"
    )
    assert names(told(content)) == [{"Hale"}, {"Trask"}]


def test_who_gives_his_name_and_his_trade_has_both() -> None:
    content = "“Pell is my name. I am the surveyor,” said the man.\n\n“Well, Mr. Pell?”\n\n“No,” said the surveyor."
    assert together(told(content), "Pell", "the surveyor")


def test_ships_and_instruments_are_nobody() -> None:
    content = (
        "The Santa Clara came in on the tide. Hale stood by the wheel.\n\n“She'll want a month,” said Hale.\n\n"
        "The Santa Clara groaned as she took the ground. Below, Trask was playing the Blüthner again.\n\n"
        "“Is it in tune?” said Hale.\n\n“No Blüthner is,” said Trask.\n\nHe loved the Blüthner."
    )
    assert names(told(content)) == [{"Hale"}, {"Trask"}]


def test_whoever_speaks_under_an_article_is_somebody() -> None:
    content = "The Dodger winked. “Hungry?” said the Dodger.\n\n“Very,” said Oliver.\n\nThe Artful Dodger laughed."
    assert any("Dodger" in own or "Artful Dodger" in own for own in names(told(content)))


def test_families_with_an_article_stay_what_they_are() -> None:
    content = "Mr. Kerrigan came out.\n\n“Another Kerrigan,” said Josie. “A Kerrigan!”\n\nThe Kerrigans laughed."
    assert any("Kerrigans" in own for own in names(told(content)))
