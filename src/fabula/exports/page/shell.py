"""Puts a story into the shell of the page, safely whatever its words are."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import msgspec

from fabula.exports.page.forming import to_form
from fabula.story import Story
from fabula.story.corrections import VerdictEntry

__all__ = ["to_page"]

_TITLE, _AUTHOR, _STORY = "<!--fabula:title-->", "<!--fabula:author-->", "<!--fabula:story-->"
"""Where the shell, which `web/build.mjs` builds, leaves room."""

_UNSAFE = re.compile("[<>&\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufeff\ufffe\uffff\ud800-\udfff]")
"""What JSON allows and a script in an HTML file does not bear: its end, comments, odd line ends, half letters."""


def to_page(story: Story, *, verdicts: Sequence[VerdictEntry] = ()) -> str:
    """One HTML file with everything that was read; what was not read is absent from it.

    The file opens nothing, sends nothing and asks nobody: its rules (a Content-Security-Policy) forbid it to itself.

    Args:
        verdicts: what the user has decided of findings, from the corrections file.
    """
    form = to_form(story, verdicts=verdicts)
    head, tail = _shell()
    named = {_TITLE: _as_text(form.title), _AUTHOR: _as_text(form.author or "")}
    filled = re.sub("|".join(named), lambda found: named[found[0]], head)
    return "".join((filled, _as_script(form), tail))


@cache
def _shell() -> tuple[str, str]:
    """The built page, cut where the story goes."""
    head, _, tail = (files(__package__) / "shell.html").read_text(encoding="utf-8").partition(_STORY)
    return head, tail


def _as_text(words: str) -> str:
    return html.escape(_UNSAFE.sub(lambda found: found[0] if found[0] in "<>&" else "\ufffd", words))


def _as_script(form: msgspec.Struct) -> str:
    """JSON that may stand inside a script element: no character of the text can end it or be changed by a parser."""
    plain = json.dumps(msgspec.to_builtins(form), ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", plain)
