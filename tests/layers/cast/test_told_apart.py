"""People told apart by what they wear or carry, and people who give their own name."""

from __future__ import annotations

from fabula.reader import read_text
from fabula.story import Story, Text

SALE = """The hall smelt of wet dogs and floor polish.

"Lot nine," said the auctioneer. "Who'll start me at five?"

"Five," said a man in a waxed jacket.

"Seven, and you can keep the glass," said the woman with the pushchair.

The man in the waxed jacket shook his head.

Bridget Hale had come for lot thirty. She had not slept.

"Nine," said Bridget.

"Ten," said the woman with the pushchair.
"""

TEA = """Bridget Hale was counting her coins. The porter came down the aisle with a tray.

"Teas," he said, to no one.

"I have no change," said Bridget.

"You'll owe me, then, and we'll meet again. Peg Lomax." A big woman put out a hand.

"Bridget," said Bridget.

"Three teas," said the old porter, and set down the tray.

"Two," said Peg.
"""


def _speaker(story: Story, words: str) -> str:
    quote = next(q for q in story.quotes if words in story.words(q))
    assert quote.speaker is not None
    return story.character(quote.speaker).name


def test_who_is_told_apart_by_what_he_has_is_nobody_named_beside_him() -> None:
    story = read_text(Text.of(SALE))
    assert _speaker(story, "keep the glass") == "the woman with the pushchair"
    assert _speaker(story, "Ten") == "the woman with the pushchair"
    assert _speaker(story, "Nine") == "Bridget Hale"


def test_a_man_in_a_jacket_goes_by_it() -> None:
    story = read_text(Text.of(SALE))
    assert _speaker(story, "Five") == "the man in a waxed jacket"


def test_a_voice_is_nothing_one_is_told_apart_by() -> None:
    story = read_text(
        Text.of('Anna Brandt sat up.\n\n"Who is it?" said the woman in a low voice.\n\n"Me," said Otto.\n')
    )
    assert not any("voice" in character.name for character in story.characters)


def test_a_full_name_by_itself_calls_nobody() -> None:
    story = read_text(Text.of(TEA))
    porter = next(one for one in story.characters if "porter" in one.name)
    assert "Peg" not in " ".join((porter.name, *porter.aliases))


def test_a_story_has_one_porter_whether_it_calls_him_old_or_not() -> None:
    story = read_text(Text.of(TEA))
    assert [one.name for one in story.characters if "porter" in one.name] == ["the porter"]
    assert _speaker(story, "Three teas") == "the porter"


def test_whose_wife_she_is_is_not_who_she_is() -> None:
    story = read_text(
        Text.of(
            "The vicar had a cold. There were two cakes on the table.\n\n“Mine is the fruit,” the vicar’s wife told "
            "the baker.\n\n“They’re both fruit, madam,” said the baker.\n\n“I rather think not,” said the vicar’s wife."
        )
    )
    assert _speaker(story, "Mine is") == _speaker(story, "rather think") == "the vicar’s wife"
    assert _speaker(story, "both fruit") == "the baker"


def test_one_of_several_is_nobody_of_the_cast() -> None:
    story = read_text(
        Text.of(
            "“It was in my waistcoat,” said Giles.\n\n“Which one?” asked Sally.\n\n“You aren’t wearing a waistcoat,” "
            "said one of the bridesmaids, the tall one, from behind a fern.\n\n“That would explain it,” said Giles."
        )
    )
    (quote,) = [q for q in story.quotes if "aren’t wearing" in story.words(q)]
    assert quote.speaker is None


def test_a_man_called_about_the_boat_and_has_no_name() -> None:
    story = read_text(
        Text.of(
            "My brother Daniel had gone out on the ninth.\n\nIn the morning a man called about the boat. He had a red "
            "beard.\n\n“Is it sold?” he said.\n\n“Not yet,” I said."
        )
    )
    assert any("man" in character.name for character in story.characters)


def test_who_stands_behind_the_counter_goes_by_it() -> None:
    story = read_text(Text.of("“Ticket,” said the man behind the counter.\n\nHester Crane gave him the ticket.\n"))
    assert _speaker(story, "Ticket") == "the man behind the counter"
