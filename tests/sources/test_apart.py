"""What is set apart, and above all what is not."""

from __future__ import annotations

import pytest

from fabula.sources import read_bytes
from fabula.story.text import Text

STORY = "It was late, and she had not come. He looked at the clock that his father had given him, and sighed.\n"
NEW = f"""The Project Gutenberg eBook of The Lamp

This ebook is for the use of anyone anywhere in the United States.

Title: The Lamp

Author: Ann Gray

Release date: June 1, 1998 [eBook #1342]

*** START OF THE PROJECT GUTENBERG EBOOK THE LAMP ***

Produced by Jane Doe and the Online Distributed
Proofreading Team at https://www.pgdp.net

THE LAMP

by Ann Gray

Contents

 CHAPTER I. The Wick
 CHAPTER II. The Oil
 CHAPTER III. The Flame


CHAPTER I.
The Wick

{STORY}

CHAPTER II.
The Oil

{STORY}
THE END

*** END OF THE PROJECT GUTENBERG EBOOK THE LAMP ***

Updated editions will replace the previous one.
"""
OLD = f"""The Project Gutenberg Etext of The Lamp, by Ann Gray
#1 in our series

**The Legal Small Print**
***START**THE SMALL PRINT!**FOR PUBLIC DOMAIN ETEXTS**START***
Why is this "Small Print!" statement here?
*END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*

This etext was prepared by John Roe, Oxford.

CHAPTER I

{STORY}
End of The Project Gutenberg Etext of The Lamp
"""
MIDDLE = f"""Project Gutenberg's The Lamp, by Ann Gray

***START OF THIS PROJECT GUTENBERG EBOOK THE
LAMP***

[Transcriber's Note: spelling kept.]

E-text prepared by A. Friend

CHAPTER I

{STORY}
End of Project Gutenberg's The Lamp, by Ann Gray

*** END OF THIS PROJECT GUTENBERG EBOOK THE LAMP ***

*** START: FULL LICENSE ***
"""


def left(content: str) -> str:
    """The story that is left, white space squeezed."""
    return story_of(read_bytes(content.encode(), name="a.txt"))


def story_of(text: Text) -> str:
    gone = {i for a in text.apart for i in range(a.start, a.end)}
    return " ".join("".join(letter for i, letter in enumerate(text.content) if i not in gone).split())


ONE = " ".join(STORY.split())


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("content", "story"),
    [
        (NEW, f"CHAPTER I. The Wick {ONE} CHAPTER II. The Oil {ONE}"),
        (OLD, f"CHAPTER I {ONE}"),
        (MIDDLE, f"CHAPTER I {ONE}"),
    ],
)
def test_gutenberg_header_and_footer(content, story, ends):
    text = read_bytes(content.replace("\n", ends).encode(), name="a.txt")
    assert story_of(text) == story
    assert (text.source.title, text.source.author) == ("The Lamp", "Ann Gray")
    assert all(a.end <= b.start for a, b in zip(text.apart, text.apart[1:], strict=False))


@pytest.mark.parametrize(
    ("front", "title", "author"),
    [
        ("THE MOONSTONE\n\nby Wilkie Collins\n\n", "The Moonstone", "Wilkie Collins"),
        ("Persuasion\n\nby\n\nJane Austen\n\n(1818)\n\n", "Persuasion", "Jane Austen"),
        ("HOWARDS END\nBy E. M. Forster\n\n", "Howards End", "E. M. Forster"),
        ("The Lamp by Ann Gray\n\n", "The Lamp", "Ann Gray"),
        ("Title: The Lamp\n\nAuthor: Ann Gray\n\n", "The Lamp", "Ann Gray"),
        ("THE AWAKENING\n\n\n\n", "The Awakening", None),
    ],
)
def test_title_and_byline_before_chapter_one(front, title, author):
    text = read_bytes(f"{front}CHAPTER I\n\n{STORY}".encode(), name="a.txt")
    assert story_of(text) == f"CHAPTER I {ONE}"
    assert (text.source.title, text.source.author) == (title, author)


def test_a_byline_before_a_story_without_chapters():
    text = read_bytes(f"The Lamp\n\nby Ann Gray\n\n{STORY}".encode(), name="a.txt")
    assert story_of(text) == ONE


@pytest.mark.parametrize(
    "content",
    [
        f"Phase the First: The Maiden\n\n\nI\n\n{STORY}\n\nPhase the Second\n\nXII\n\n{STORY}",
        f"The Return\n\nI\n\n{STORY}\n\nThe Parting\n\nI\n\n{STORY}",
        f"{STORY}\nBy Jove\n\nhe was late.",
        f"“Help!”\n\nCHAPTER I\n\n{STORY}",
        f"It began so.\n\nChapter 1\n\n{STORY}",
        f"{STORY}\nTHE END. YOURS TRULY, HUCK FINN.",
        f"{STORY}\n“The end,” he said.\n\n{STORY}",
        f"[ 1 ]\n\n{STORY}\n\n[ 2 ]\n\n{STORY}",
        f"She read the contents.\n\nContents\n{STORY}",
        f"I\n\n{STORY}\n\nII\n\n{STORY}\n\nIII\n\n{STORY}",
        f"Chapter One\n\nBy the river\n\n{STORY}",
        f"Dear John,\n\n{STORY}\nYours,\nAnn",
        f"He opened the Project Gutenberg page. {STORY}",
    ],
)
def test_story_is_never_set_apart(content):
    assert left(content) == " ".join(content.split())


def test_notes_and_pictures():
    content = (
        f"CHAPTER I\n\nHe read it.[1] {STORY}\n[Illustration: He read\nit. [See page 3]]\n\n{STORY}\n"
        f"[1] The letter is lost.\nIt was long.\n\n{STORY}\n[Footnote: Or were.]\n\n{STORY}"
    )
    assert left(content) == " ".join(f"CHAPTER I He read it. {ONE} {ONE} {ONE} {ONE}".split())


def test_contents_with_parts_and_pages():
    contents = "CONTENTS\n\nBOOK ONE\n\nI. The Wick . . . . 3\nII. The Oil . . . . 9\n\n"
    contents += "BOOK TWO\n\nI. The Flame . . . 20\n\n\n"
    story = f"BOOK ONE\n\nI. The Wick\n\n{STORY}"
    assert left(contents + story) == " ".join(story.split())


def test_a_list_of_chapters_without_a_title():
    contents = "Chapter 1\nChapter 2\nChapter 3\n\n\n"
    story = f"Chapter 1\n\n{STORY}\n\nChapter 2\n\n{STORY}\n\nChapter 3\n\n{STORY}"
    assert left(contents + story) == " ".join(story.split())
    assert left(story) == " ".join(story.split())


@pytest.mark.parametrize(
    "end", ["THE END", "Finis", "FINIS.", "* * *\n\nThe End\n\n* * *", "THE END\n\nTranscriber's Notes\n\nSpelling."]
)
def test_closing_lines(end):
    assert left(f"{STORY}\n\n{end}\n").removesuffix(" * * *") == ONE
