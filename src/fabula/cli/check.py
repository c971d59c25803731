"""`fabula check`: what does not fit, and what the user has decided of it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fabula.cli.given import Given, look
from fabula.cli.options import NO_CACHE, OUT, STORY
from fabula.cli.screen import one_line, page_bytes, show, talk
from fabula.errors import CorrectionsError
from fabula.files import write

if TYPE_CHECKING:
    from fabula.story import Corrections, Severity, Story
    from fabula.story.corrections import VerdictEntry
    from fabula.story.verdicts import Judged

__all__ = ["check"]


class CheckFormat(StrEnum):
    """How findings are written."""

    text = "text"
    json = "json"
    sarif = "sarif"
    github = "github"


class FailOn(StrEnum):
    """From which severity on an open finding fails the check."""

    error = "error"
    warning = "warning"
    hint = "hint"
    never = "never"


_RANKS: tuple[Severity, ...] = ("error", "warning", "hint")
KEY = "KEY"


def check(
    story: STORY,
    form: Annotated[CheckFormat, typer.Option("--format", help="For people, or for other programs.")] = (
        CheckFormat.text
    ),
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="End with exit code 1 where something so grave or graver is open.")
    ] = FailOn.warning,
    every: Annotated[bool, typer.Option("--all", help="Show hints too, and what is decided already.")] = False,
    fixed: Annotated[
        str | None, typer.Option("--fixed", metavar=KEY, help="Write down that the finding with this key is mended.")
    ] = None,
    ignore: Annotated[str | None, typer.Option("--ignore", metavar=KEY, help="Write down that it is none.")] = None,
    intended: Annotated[
        str | None, typer.Option("--intended", metavar=KEY, help="Write down that it is meant so; with --reason.")
    ] = None,
    reason: Annotated[str | None, typer.Option("--reason", metavar="WORDS", help="Why.")] = None,
    output: OUT = None,
    corrections: Annotated[
        Path | None,
        typer.Option(
            "--corrections",
            metavar="FILE",
            help="The file with your verdicts and corrections. Without it: tale.corrections.toml beside tale.txt.",
        ),
    ] = None,
    no_cache: NO_CACHE = False,
) -> None:
    """Find what does not fit: a name misspelt, a reply lost, the dead who speak. Exit code 1: something is open."""
    decisions = [(v, k) for v, k in (("fixed", fixed), ("ignore", ignore), ("intended", intended)) if k is not None]
    if len(decisions) > 1:
        raise typer.BadParameter("one verdict at a time")
    if reason is not None and not decisions:
        raise typer.BadParameter("--reason belongs to --fixed, --ignore or --intended")
    if intended is not None and not (reason or "").strip():
        raise typer.BadParameter("--intended takes its reason with it: --reason 'he is a ghost'")
    given = look(story)
    heard = given.heard(corrections)
    found = _checked(given, heard, use_cache=not no_cache)
    if decisions:
        verdict, key = decisions[0]
        _decide(given, corrections or heard, found, verdict, key, reason)
        return
    judged = _judged(found, heard)
    _answer(given, found, judged, form, every=every, output=output)
    grave = _RANKS[: _RANKS.index(fail_on.value) + 1] if fail_on is not FailOn.never else ()
    if any(one.is_open and one.finding.severity in grave for one in judged):
        raise typer.Exit(1)


def _checked(given: Given, heard: Path | None, *, use_cache: bool) -> Story:
    """The story with its findings; a saved one without any is checked now."""
    import msgspec

    from fabula.checks import run_checks

    story = given.story(corrections=None if given.saved else heard, use_cache=use_cache)
    if story.layers.findings is not msgspec.UNSET:
        return story
    return msgspec.structs.replace(story, layers=msgspec.structs.replace(story.layers, findings=run_checks(story)))


def _corrections(heard: Path | None) -> Corrections:
    from fabula.story import Corrections, read_corrections

    if heard is None or not heard.exists():
        return Corrections()
    written, notes = read_corrections(heard)
    for note in notes:
        talk(f"note: {note}")
    return written


def _judged(story: Story, heard: Path | None) -> tuple[Judged, ...]:
    from fabula.story.verdicts import judge

    return judge(story, _corrections(heard).verdict)


def _answer(
    given: Given, story: Story, judged: Sequence[Judged], form: CheckFormat, *, every: bool, output: Path | None
) -> None:
    from fabula.exports.findings import to_annotations, to_finding_rows, to_sarif
    from fabula.exports.table import to_json_rows

    if form is CheckFormat.text:
        from fabula.cli.findings import findings_page

        page = findings_page(story, judged, every=every)
        if output is None or str(output) == "-":
            show(page)
        else:
            write(page_bytes(page), output, never_over=(given.path,))
        return
    path = given.name if given.path is not None else ""
    makers = {
        CheckFormat.json: lambda: to_json_rows(to_finding_rows(story, judged)),
        CheckFormat.sarif: lambda: to_sarif(story, judged, uri=path),
        CheckFormat.github: lambda: to_annotations(story, judged, path=path),
    }
    write(makers[form](), output, never_over=(given.path,))


def _decide(given: Given, file: Path | None, story: Story, verdict: str, key: str, reason: str | None) -> None:
    """Write a verdict into the corrections file."""
    from fabula.story.corrections.edit import with_entry, without_verdict
    from fabula.story.corrections.file import file_content
    from fabula.story.verdicts import pick

    if file is None:
        file = None if given.saved else given.beside
    if file is None:
        raise CorrectionsError(
            "there is no file beside it to write to", where=given.name, hint="Say --corrections FILE."
        )
    finding = pick(story, key)
    entry = _entry(story, finding.kind, key, verdict, reason)
    content = file_content(file) if file.exists() else ""
    content = without_verdict(content, entry, name=str(file))
    write(with_entry(content, entry, name=str(file)).encode("utf-8"), file, never_over=(given.path,))
    print(one_line(f"Written to {file}: {entry.says.rstrip('.')}."))


def _entry(story: Story, kind: str, key: str, verdict: str, reason: str | None) -> VerdictEntry:
    import msgspec

    from fabula.story.corrections import VerdictEntry
    from fabula.story.verdicts import pick, quoted_words

    words = quoted_words(story, pick(story, key))
    told = {"kind": kind, "words": words, "verdict": verdict, "reason": reason}
    return msgspec.convert(told, VerdictEntry)
