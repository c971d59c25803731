"""Every word list says where it comes from, and holds what its readers expect."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files

import pytest

from fabula import lexicon

DATA = files("fabula.lexicon").joinpath("data")
NAMES = sorted(file.name.removesuffix(".txt") for file in DATA.iterdir())
COLUMNS = {"first_names": 2, "short_titles": 2, "titles": 2, "person_nouns": 2, "kin": 3, "irregular_verbs": 3}
"""Tables that promise so many columns in every line; nicknames promise two or more."""
CASED = {"abbreviations"}
"""Lists whose entries are as they are written: "No." is not "no"."""
GENDERS = {"first_names": "mfb", "titles": "mfb", "person_nouns": "mfnp", "kin": "mfnp"}


def lines(name: str) -> list[str]:
    return DATA.joinpath(f"{name}.txt").read_text(encoding="utf-8").splitlines()


def entries(name: str) -> list[str]:
    return [line for line in lines(name) if line and not line.startswith("#")]


@pytest.mark.parametrize("name", NAMES)
def test_a_list_is_headed_by_its_source_and_licence(name: str) -> None:
    header = " ".join(line for line in lines(name)[:6] if line.startswith("#"))
    assert lines(name)[0].startswith("# ")
    assert "Source: " in header
    assert "Licence: " in header


@pytest.mark.parametrize("name", NAMES)
def test_a_list_has_every_entry_once_and_in_lower_case(name: str) -> None:
    first = [entry.split("\t")[0] for entry in entries(name)]
    assert [word for word, count in Counter(first).items() if count > 1] == []
    assert [
        word for word in first if (word != word.lower() and name not in CASED) or word != word.strip() or not word
    ] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_list_loads_whole(name: str) -> None:
    loaded = lexicon.table(name) if "\t" in entries(name)[0] else lexicon.words(name)
    assert len(loaded) == len(entries(name)) >= 5


@pytest.mark.parametrize("name", COLUMNS)
def test_a_table_has_the_columns_it_promises(name: str) -> None:
    assert [line for line in entries(name) if len(line.split("\t")) != COLUMNS[name]] == []
    assert [line for line in entries(name) if not all(line.split("\t"))] == []


def test_a_nickname_stands_for_some_other_name() -> None:
    assert [line for line in entries("nicknames") if len(set(line.split("\t"))) < 2] == []


@pytest.mark.parametrize("name", GENDERS)
def test_a_gender_is_one_of_few_letters(name: str) -> None:
    assert {row[0] for row in lexicon.table(name).values()} <= set(GENDERS[name])


def test_an_unknown_list_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        lexicon.words("no_such_list")


@pytest.mark.parametrize("verb", ["said", "says", "asked", "whispered", "countered", "protested"])
def test_the_usual_tags_are_verbs_of_speech(verb: str) -> None:
    assert verb in lexicon.words("speech_verbs")


def test_a_short_title_is_short_for_a_title() -> None:
    short, titles = lexicon.table("short_titles"), lexicon.table("titles")
    assert [
        word for word, (whole,) in short.items() if word not in titles or whole not in titles or whole in short
    ] == []
