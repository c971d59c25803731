"""What does not fit in a story: every family of checks, in one order."""

from __future__ import annotations

from fabula.checks.lost_lines import find_lost_lines
from fabula.checks.names import find_name_drift
from fabula.checks.quotation import find_unclosed
from fabula.story import Finding, Story

__all__ = ["run_checks"]

_CHECKS = (find_unclosed, find_lost_lines, find_name_drift)


def run_checks(story: Story) -> tuple[Finding, ...]:
    """Everything that does not fit, in order of place; equal stories give equal findings.

    Raises:
        NotRead: if the story's paragraphs, quotes, characters or mentions were not read.
    """
    findings = [finding for check in _CHECKS for finding in check(story)]
    return tuple(sorted(findings, key=lambda finding: (finding.evidence, finding.kind, finding.message)))
