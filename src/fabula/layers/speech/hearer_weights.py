"""How much each thing the text shows weighs when it is decided whom somebody speaks to."""

from __future__ import annotations

import msgspec

__all__ = ["SEEN", "Hearing"]


class Hearing(msgspec.Struct, frozen=True):
    """Weights, in natural log odds, by name of what is seen of somebody who may be spoken to.

    Learned from the project's own stories and cases by `training/hearers`; what each name means stands in `hearers`.
    """

    spoke: float = 1.04
    spoke_last: float = 0.41
    speaks: float = 0.14
    speaks_next: float = 0.69
    asked: float = 0.63
    answers: float = 0.13
    said_to_me: float = 0.33
    still: float = 0.24
    beside: float = 0.26
    before: float = 0.93
    behind: float = 0.54
    acted: float = 0.83
    turned_to: float = 0.73
    called: float = 3.31
    called_alone: float = 1.74
    told: float = -0.21
    fits: float = 1.12
    unfit: float = -0.58
    narrator: float = 0.66
    nobody: float = -0.19


SEEN: tuple[str, ...] = Hearing.__struct_fields__
"""What is seen, in the order of the columns."""
