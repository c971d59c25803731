"""Who has a thing in a few lines: met once is enough where it is handed, taken, worn, hidden or lost."""

from __future__ import annotations

import pytest

import fabula
from fabula.story import Story, Text


def holders(content: str, thing: str) -> list[str | None]:
    """Who has a thing at each step, by name."""
    story: Story = fabula.read(Text.of(content))
    names = {character.id: character.name for character in story.characters}
    return [names[held.holder] if held.holder else None for held in story.holds(thing)]


PEOPLE = "Anne smiled at Phil. Phil said nothing to Anne.\n\n"


@pytest.mark.parametrize(
    ("content", "thing", "last"),
    [
        ("“Here,” said Anne, and she threw Phil the keys.", "keys", "Phil"),
        ("Anne slid Phil the envelope.", "envelope", "Phil"),
        ("Phil eased the revolver out of Anne’s hand.", "revolver", "Phil"),
        ("Anne crammed the parcel into Phil’s arms.", "parcel", "Phil"),
        ("Phil made off with the lantern.", "lantern", "Phil"),
        ("Phil came upon a purse in the lane.", "purse", "Phil"),
        ("“You left this!” said Anne. Phil thanked her and took the umbrella.", "umbrella", "Phil"),
        ("The keg that Anne gave Phil stood on the table.", "keg", "Phil"),
        ("In Phil’s hand was a small pistol.", "pistol", "Phil"),
        ("Round Phil’s neck hung a silver whistle.", "whistle", "Phil"),
        ("Phil stood in the doorway with a lamp in each hand.", "lamp", "Phil"),
        ("Phil stood there, a rifle in the crook of his arm.", "rifle", "Phil"),
        ("Phil watched the road with a telescope.", "telescope", "Phil"),
        ("Phil came to dinner in a red hat.", "hat", "Phil"),
        ("Phil must have dropped the wallet in the cab.", "wallet", None),
        ("Phil tore the photograph into pieces.", "photograph", None),
        ("Phil let the vase fall.", "vase", None),
        ("Phil pushed the money under the mattress.", "money", None),
        ("The vase fell and broke.", "vase", None),
        ("“Take the torch,” said Anne, and Phil took it.", "torch", "Phil"),
        ("Anne presented Phil with a sword.", "sword", "Phil"),
        ("Phil held out his hand and Anne put the keys in it.", "keys", "Phil"),
        ("Anne shoved the letter at Phil and ran.", "letter", "Phil"),
        ("Phil was clutching a bundle to his chest.", "bundle", "Phil"),
        ("Phil turned up a silver spoon.", "spoon", "Phil"),
        ("Phil put a match to the letter.", "letter", None),
        ("The robber came in. Anne took the watch. “Hand it over,” said the robber. Phil took it.", "watch", "Phil"),
        ("Anne came with a blanket. She tucked it round Phil’s knees.", "blanket", "Phil"),
        ("Anne cut up the dress.", "dress", None),
        ("Anne wore the hat. The wind took Anne’s hat.", "hat", None),
        ("Inspector Hale came in. Inspector Hale seized the ledgers from the bank.", "ledgers", "Inspector Hale"),
        ("Phil clung to the rope.", "rope", "Phil"),
        ("Anne fed the letters to the stove.", "letters", None),
        ("Anne handed the astrolabium to Phil.", "astrolabium", "Phil"),
        ("Phil won the horse at cards.", "horse", "Phil"),
        ("Phil had the pearls. Phil laid the pearls about Anne’s throat.", "pearls", "Anne"),
        ("Phil set the crown upon Anne’s head.", "crown", "Anne"),
        ("Phil had the dice up his sleeve.", "dice", "Phil"),
        ("Phil held up the wallet. It was plucked out of his hand.", "wallet", None),
        ("“Where is the hammer?” said Phil. Anne had it. She gave it him.", "hammer", "Phil"),
        ("Phil tore the contract in two.", "contract", None),
        ("Anne slid the ring under the glass to somebody.", "ring", "Anne"),
        ("Anne had the letter. She gave it to the flames.", "letter", None),
        ("Anne had the sword. The sword lay in the road.", "sword", None),
        ("Anne threw the ball and Phil caught it.", "ball", "Phil"),
        ("Phil bartered two cows for the lamp.", "lamp", "Phil"),
        ("Phil leaned the rifle against the wall beside him.", "rifle", "Phil"),
    ],
)
def test_what_is_met_once_in_a_few_lines_has_somebody_or_nobody(content: str, thing: str, last: str | None) -> None:
    assert holders(PEOPLE + content + "\n", thing)[-1] == last


@pytest.mark.parametrize(
    "content",
    [
        "Anne offered Phil a cigar.",
        "Anne would have thrown Phil the keys.",
        "Phil rode past the horse.",
        "Phil tore up the road.",
        "Phil looked at the keg.",
        "No one had ever given Anne a ring.",
        "“Tear the letter into pieces!” said Anne to Phil.",
        "Phil turned up the lamp.",
        "“The knife wasn’t in my pocket,” said Phil to Anne.",
        "“You wrote it down in the ledger, Phil,” said Anne.",
    ],
)
def test_what_is_offered_thought_of_or_looked_at_nobody_has(content: str) -> None:
    assert fabula.read(Text.of(PEOPLE + content + "\n")).possessions == ()


def test_what_is_given_with_a_bow_is_not_the_bow() -> None:
    assert holders(PEOPLE + "Anne gave Phil the book with a bow.\n", "book")[-1] == "Phil"


def test_a_thing_that_was_taken_and_is_gone_nobody_has() -> None:
    content = PEOPLE + "Anne took the ring. Phil looked into the drawer. The ring was gone.\n"
    assert holders(content, "ring") == ["Anne", None]


def test_what_is_left_with_a_stranger_its_owner_has_no_more() -> None:
    content = PEOPLE + "Anne took the ring. Anne left the ring with a stranger.\n"
    assert holders(content, "ring") == ["Anne", None]


def test_a_thing_is_also_called_by_what_it_is_of() -> None:
    story = fabula.read(Text.of(PEOPLE + "Anne gave Phil the keys of the granary. Phil dropped the keys."))
    assert [(one.name, one.aliases) for one in story.objects] == [("keys", ("keys of the granary",))]


def test_a_mare_is_given_no_book() -> None:
    content = "Phil patted the mare. Phil had the ledger. Anne watched the mare kick. He gave her the ledger."
    assert holders(PEOPLE + content, "ledger") == ["Phil", "Anne"]
