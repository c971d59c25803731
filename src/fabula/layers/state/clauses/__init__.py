"""What a clause says, in words that stand alone."""

from __future__ import annotations

from fabula.layers.state.clauses.standalone import alike, bounds, gist, is_call, is_empty, plain, root
from fabula.layers.state.clauses.statements import (
    affirmed,
    done_to,
    helpers,
    is_denied,
    is_manner,
    lemmas_of,
    say,
    say_noun,
    whole,
)

__all__ = [
    "affirmed",
    "alike",
    "bounds",
    "done_to",
    "gist",
    "helpers",
    "is_call",
    "is_denied",
    "is_empty",
    "is_manner",
    "lemmas_of",
    "plain",
    "root",
    "say",
    "say_noun",
    "whole",
]
