"""What does not fit in a story: every family of checks, in one order."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import UNSET

from fabula.checks.afterlife import find_acts_after_death
from fabula.checks.attributes import find_contradictions
from fabula.checks.calendar import find_out_of_time
from fabula.checks.holders import find_wrong_holders
from fabula.checks.lost_lines import find_lost_lines
from fabula.checks.names import find_name_drift
from fabula.checks.promises import find_promises_unkept, find_things_unused
from fabula.checks.quotation import find_unclosed
from fabula.checks.replies import find_wrong_replies
from fabula.checks.unlearned import find_never_learned
from fabula.checks.whereabouts import find_two_places
from fabula.story import Finding, Story

__all__ = ["run_checks"]

Check = Callable[[Story], tuple[Finding, ...]]

_CHECKS: tuple[Check, ...] = (
    find_unclosed, find_lost_lines, find_wrong_replies, find_name_drift, find_contradictions, find_out_of_time,
)  # fmt: skip
_ON_SCENES: tuple[Check, ...] = (find_two_places,)
_ON_DEATHS: tuple[Check, ...] = (find_acts_after_death,)
_ON_FACTS: tuple[Check, ...] = (find_wrong_holders, find_never_learned, find_things_unused)
_ON_PLANS: tuple[Check, ...] = (find_promises_unkept,)
"""Checks that ask for layers which a story may do without."""


def run_checks(story: Story) -> tuple[Finding, ...]:
    """Everything that does not fit, in order of place; equal stories give equal findings.

    A check that stands on scenes, deaths, things or facts is left out where those were not read.

    Raises:
        NotRead: if the story's paragraphs, quotes, characters or mentions were not read.
    """
    layers = story.layers
    scened = UNSET not in (layers.scenes, layers.events)
    checks = (*_CHECKS, *(_ON_SCENES if scened else ()))
    checks = (*checks, *(_ON_DEATHS if scened and layers.deaths is not UNSET else ()))
    stated = UNSET not in (layers.deaths, layers.objects, layers.possessions, layers.facts)
    checks = (*checks, *(_ON_FACTS if scened and stated else ()))
    checks = (*checks, *(_ON_PLANS if scened and stated and layers.plans is not UNSET else ()))
    findings = {finding for check in checks for finding in check(story)}
    return tuple(sorted(findings, key=lambda finding: (finding.evidence, finding.kind, finding.message)))
