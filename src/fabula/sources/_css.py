"""Reads as much of a book's style sheets as tells where a line was left blank, and what is in italics."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

__all__ = ["Styles", "is_break_name"]

MAX_SHEET = 2_000_000
MAX_SELECTORS = 5_000
GAP = 1.5
"""Space above a paragraph, in em, from which on it is taken for a blank line left on purpose; chosen, not measured."""

_LAST = re.compile(r"([\w-]*)((?:\.[\w-]+)*)$")
_LENGTH = re.compile(r"(-?\d*\.?\d+)\s*(em|rem|ex|px|pt|%|lh)?")
_EM = {"em": 1.0, "rem": 1.0, "lh": 1.2, "ex": 0.5, "px": 1 / 16, "pt": 1 / 12, "%": 0.0}
_KEPT = frozenset(("margin-top", "margin-bottom", "padding-top", "padding-bottom", "font-style", "display"))

_BREAK_NAME = re.compile(
    r"(?:scene|section|thought|space|line|text|para|story|time)[-_]?break\w*|break|spacebreak|asterism|ornament\w*|dinkus"
    r"|divider|fleuron|flourish|separator|sb|scene(?:-?sep)?|space(?:-?above|-?before)?|blank-?line|transition",
    re.I,
)
_NEVER = re.compile(
    r"vers|poe[mt]|stanza|epigra|letter|sign|caption|title|head|image|fig|cent(?:er|re)|first|drop|date", re.I
)


class Styles:
    """What the rules of some style sheets say of an element, by its name and classes.

    Rules are read without their context (`.chapter p.gap` is read as `p.gap`), as books use them.
    """

    def __init__(self) -> None:
        self._rules: dict[tuple[str, str], dict[str, str]] = {}

    def read(self, sheet: str) -> None:
        """Add the rules of a style sheet."""
        bare = " ".join(piece.rpartition("*/")[2] for piece in sheet[:MAX_SHEET].split("/*"))
        for rule in bare.split("}"):
            before, _, body = rule.rpartition("{")
            selectors, declared = before.rpartition("{")[2], _declarations(body)
            if not declared or len(selectors) > MAX_SELECTORS:
                continue
            for selector in selectors.rpartition(";")[2].split(","):
                self._add(selector.strip(), declared)

    def _add(self, selector: str, declared: Mapping[str, str]) -> None:
        last = _LAST.fullmatch(selector.split()[-1]) if selector.split() else None
        if last is None or any(sign in selector for sign in ">+~"):
            return
        for class_name in last[2].split(".")[1:] or [""]:
            self._rules.setdefault((last[1].lower(), class_name), {}).update(declared)

    def of(self, tag: str, classes: Sequence[str], inline: str) -> dict[str, str]:
        """The properties an element has, the more particular rule winning."""
        found: dict[str, str] = {}
        for key in [(tag, ""), *((t, c) for c in classes for t in ("", tag))]:
            found.update(self._rules.get(key, {}))
        found.update(_declarations(inline))
        return found

    def gap(self, side: str, tag: str, classes: Sequence[str], inline: str) -> bool:
        """Whether a paragraph leaves a wide space at its "top" or "bottom" though it is no verse, letter or title."""
        if any(_NEVER.search(name) for name in classes):
            return False
        if side == "top" and is_break_name(classes):
            return True
        mine = self.of(tag, classes, inline)
        own = max(_em(mine.get(f"margin-{side}", "")), _em(mine.get(f"padding-{side}", "")))
        usual = _em(self.of(tag, (), "").get(f"margin-{side}", ""))
        return own >= GAP and own > usual


def is_break_name(classes: Sequence[str]) -> bool:
    """Whether one of the classes is called as book makers call a scene break."""
    return any(_BREAK_NAME.fullmatch(name) for name in classes)


def _declarations(body: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for declaration in body.split(";"):
        name, _, said = declaration.partition(":")
        name, said = name.strip().lower(), said.replace("!important", "").strip().lower()
        if name in ("margin", "padding") and said:
            sides = said.split()
            found[f"{name}-top"], found[f"{name}-bottom"] = sides[0], sides[2] if len(sides) > 2 else sides[0]
        elif name in _KEPT:
            found[name] = said
    return found


def _em(length: str) -> float:
    found = _LENGTH.match(length)
    return float(found[1]) * _EM[found[2] or "px"] if found else 0.0
