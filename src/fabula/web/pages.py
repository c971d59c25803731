"""The pages of the desk: the story's own page with the desk's script beside it, and the one that opens files."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from fabula.exports.page import to_page
from fabula.story import Story
from fabula.story.corrections import VerdictEntry
from fabula.web.guard import policy

__all__ = ["home", "script", "story_page"]

_META_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="[^"]*">')
_INLINE = re.compile(r"(?s)<(script|style)>(.*?)</\1>")


def story_page(story: Story, told: dict[str, Any], *, verdicts: Sequence[VerdictEntry] = ()) -> tuple[bytes, str]:
    """The page of a story on the desk, and what it may do.

    `told` is what the desk's script has to know, `verdicts` what is decided of findings.

    It is the page that `fabula page` writes: only its rules, which forbid asking anybody, give way to the desk's, which
    allow asking the desk, and the desk's script is named in its head.
    """
    page = to_page(story, verdicts=verdicts)
    head, body = page.split("</head>", 1)
    ours = (
        '<link rel="stylesheet" href="../../desk.css">'
        f'<meta name="fabula-desk" content="{html.escape(json.dumps(told), quote=True)}">'
        '<script src="../../desk.js"></script>'
    )
    head = _META_POLICY.sub("", head, count=1)
    digests: dict[str, list[str]] = {"script": [], "style": []}
    for kind, words in _INLINE.findall(page):
        digests[kind].append(f"'sha256-{base64.b64encode(hashlib.sha256(words.encode()).digest()).decode()}'")
    whole = f"{head}{ours}</head>{body}".encode("utf-8", "surrogatepass")
    return whole, policy(scripts=digests["script"], styles=digests["style"])


def home(base: str) -> tuple[bytes, str]:
    """The page on which one opens files, or waits for one; `base` leads from it to the desk. And what it may do."""
    return script("home.html").replace(b"@BASE@", base.encode()), policy()


def script(name: str) -> bytes:
    """A built file of the desk."""
    return (files(__package__) / "built" / name).read_bytes()
