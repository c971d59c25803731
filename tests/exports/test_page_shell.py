"""The page is one file that asks nobody, whatever stands in the story; and it is what its sources make."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_story import full_story, long_story

from fabula.exports.page import to_page
from fabula.story import Character, Layers, Mention, Source, Story, Text

ROOT = Path(__file__).parents[2]
WEB = ROOT / "web"
BUILT = ROOT / "src" / "fabula" / "exports" / "page" / "shell.html"

NASTY = [
    "</script><script>alert(1)</script>",
    "</SCRIPT ><img src=x onerror=alert(1)>",
    "<!-- <script> -->",
    "]]> & &amp; &lt;b&gt; \" ' ` \\ \\u003c",
    "\u2028 and \u2029 and \x00 and \x85 and \x7f and \ufeff and \ufffe",
    "a\r\nb\rc",
    "<!--fabula:story--> <!--fabula:title-->",
    "{{x}} ${x} \\1 \\g<0>",
    "🜂 𝒜 e\u0301",
]


class Elements(HTMLParser):
    """The elements of a page, with their attributes, and the words of its scripts."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words: dict[int, str] = {}
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        at = len(self.found) - 1
        self.words[at] = self.words.get(at, "") + data

    def told(self, tag: str) -> list[str]:
        return [self.words.get(at, "") for at, (name, _) in enumerate(self.found) if name == tag]


def form_of(page: str) -> dict[str, Any]:
    """The story as a browser takes it out of the page."""
    told: dict[str, Any] = json.loads(Elements(page).told("script")[0])
    return told


def story_of(words: str) -> Story:
    return Story(
        Text(words, Source(name=words, title=words, author=words)),
        Layers(
            characters=(Character(id="c1", name=words, aliases=(words,)),),
            mentions=(Mention(0, len(words), form="name", character="c1"),),
        ),
    )


@pytest.mark.parametrize("words", NASTY)
def test_no_words_of_a_story_become_part_of_the_page(words: str) -> None:
    page = Elements(to_page(story_of(words)))
    plain = Elements(to_page(story_of("plain")))
    assert page.found == plain.found
    told = json.loads(page.told("script")[0])
    assert told["text"] == told["people"][0]["name"] == words
    assert page.told("script")[1] == plain.told("script")[1]


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=40))
def test_any_text_goes_through_the_page_unchanged(words: str) -> None:
    page = to_page(story_of(words))
    assert form_of(page)["text"] == words
    assert "\x00" not in page
    assert page.encode("utf-8")


def test_half_a_letter_does_no_harm() -> None:
    page = to_page(story_of("\ud800 and \udfff"))
    assert form_of(page)["text"] == "\ud800 and \udfff"
    assert page.encode("utf-8")


def test_the_title_stands_in_the_page_as_it_is() -> None:
    told = Elements(to_page(story_of("<Bo> & 'Co'")))
    assert told.told("title")[0].strip() == "<Bo> & 'Co'"
    assert "<Bo> & 'Co'" in told.told("h1")[0]


def test_a_page_says_the_same_of_the_same_story() -> None:
    assert to_page(full_story()) == to_page(full_story())


def test_the_page_asks_for_nothing_from_anywhere() -> None:
    page = to_page(full_story())
    without_licences = re.sub(r"(?s)<!--.*?-->", "", page)
    addresses = set(re.findall(r"(?:https?:)?//[\w.-]+\.\w+[^\s\"'`)]*", without_licences))
    assert addresses <= {"http://www.w3.org/2000/svg"}
    for tag, attributes in Elements(page).found:
        assert not {"src", "action", "srcset", "data", "ping", "formaction"} & set(attributes), tag
        assert (attributes.get("href") or "#").startswith("#")


def test_the_page_has_no_handlers_and_no_styles_in_its_markup() -> None:
    for tag, attributes in Elements(to_page(full_story())).found:
        assert not [name for name in attributes if name.startswith("on") or name == "style"], tag


def test_the_pages_own_rules_allow_its_own_script_and_style_and_nothing_else() -> None:
    page = to_page(full_story())
    (policy,) = [a["content"] for _, a in Elements(page).found if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    (style,) = re.findall(r"(?s)<style>(.*?)</style>", page)
    (script,) = re.findall(r"(?s)<script>(.*?)</script>", page)
    assert rules == {
        "default-src": "'none'",
        "script-src": f"'sha256-{digest(script)}'",
        "style-src": f"'sha256-{digest(style)}'",
        "font-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def digest(words: str) -> str:
    return base64.b64encode(hashlib.sha256(words.encode()).digest()).decode()


def test_the_page_is_small() -> None:
    assert len(BUILT.read_bytes()) < 300_000
    assert len(to_page(long_story(200_000)).encode()) < 3_000_000


def test_everything_bundled_is_named_with_its_licence() -> None:
    built = BUILT.read_text(encoding="utf-8")
    comment = html.unescape(built.partition("<!--")[2].partition("-->")[0])
    for words in ("d3-force", "d3-scale", "d3-shape", "Mike Bostock", "@fontsource/literata", "SIL OPEN FONT LICENSE"):
        assert words in comment
    docs = (ROOT / "docs" / "page.md").read_text(encoding="utf-8")
    for package in re.findall(r"(@?[\w/-]+) \d+\.\d+\.\d+", comment.partition("Redistribution")[0]):
        assert package.partition("-")[0] in docs


def sources_digest() -> str:
    """What `web/build.mjs` writes into the page of the sources it was built from."""
    files = [*sorted(path.relative_to(WEB).as_posix() for path in (WEB / "src").iterdir())]
    words = [(WEB / name).read_text(encoding="utf-8") for name in (*files, "build.mjs", "package-lock.json")]
    return hashlib.sha256("\0".join(words).encode()).hexdigest()[:16]


@pytest.mark.skipif(not WEB.is_dir(), reason="the sources of the page are not here")
def test_the_built_page_is_of_these_sources() -> None:
    assert f"sources {sources_digest()}" in BUILT.read_text(encoding="utf-8"), "run `npm run build` in web/"


@pytest.mark.skipif(
    shutil.which("node") is None or not (WEB / "node_modules").is_dir(), reason="needs Node, and `npm ci` in web/"
)
def test_building_the_page_again_gives_the_same_page() -> None:
    ran = subprocess.run(["node", "build.mjs", "--check"], cwd=WEB, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr


# Colours: what the style sheet claims of its inks.

_SIGHT = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
"""Machado, Oliveira and Fernandes (2009): how colours look to those who lack one kind of cone."""

Colour = tuple[float, float, float]


def linear(colour: str) -> Colour:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return red, green, blue


def light(colour: Colour) -> float:
    return 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]


def contrast(a: Colour, b: Colour) -> float:
    low, high = sorted((light(a), light(b)))
    return (high + 0.05) / (low + 0.05)


def oklab(colour: Colour, sight: str) -> Colour:
    r, g, b = (
        min(1.0, max(0.0, sum(m * c for m, c in zip(row, colour, strict=True)))) for row in _SIGHT[sight]
    )  # fmt: skip
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    middle = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def colours(theme: int) -> dict[str, Colour]:
    built = BUILT.read_text(encoding="utf-8")
    pairs = re.findall(r"--([a-z0-9-]+):\s*light-dark\((#[0-9a-f]{3,6}),\s*(#[0-9a-f]{3,6})\)", built)
    full = {name: (light_, dark) for name, light_, dark in pairs}
    longer = {n: tuple("#" + "".join(2 * c for c in v[1:]) if len(v) == 4 else v for v in p) for n, p in full.items()}
    return {name: linear(pair[theme]) for name, pair in longer.items()}


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_every_ink_can_be_read_on_its_paper(theme: int) -> None:
    known = colours(theme)
    for name in ("ink", "soft", "accent", *(f"voice-{i}" for i in range(8))):
        for paper in ("paper", "raised", "sunk", "touch"):
            assert contrast(known[name], known[paper]) >= 4.5, (name, paper)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("sight", list(_SIGHT))
def test_voices_are_told_apart_whatever_one_sees(theme: int, sight: str) -> None:
    known = colours(theme)
    inks = [oklab(known[f"voice-{i}"], sight) for i in range(8)]
    for i, a in enumerate(inks):
        for b in inks[:i]:
            assert sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) ** 0.5 > 0.085
