"""Add an entry to a corrections file, or take one back, and leave every other letter of it as it is."""

from __future__ import annotations

from fabula.errors import CorrectionsError
from fabula.story.anchors import fold
from fabula.story.corrections.entries import Entry, VerdictEntry
from fabula.story.corrections.file import heading_lines, parse_toml, read_corrections, write_entry

__all__ = ["with_entry", "without_entry", "without_last_entry", "without_verdict"]


def with_entry(content: str, entry: Entry, *, name: str = "corrections") -> str:
    """The file with one more entry at its end, a blank line before it.

    Args:
        name: what to call the file in errors.

    Raises:
        CorrectionsError: if the file is no TOML, or has the entry's table in another form than `[[…]]`.
    """
    _whole(content, name)
    end = "\r\n" if "\r\n" in content else "\n"
    written = write_entry(entry).replace("\n", end)
    before = content.removeprefix("\ufeff")
    gap = "" if not before else end if before.endswith("\n") else end * 2
    longer = content + gap + written
    try:
        parse_toml(longer, name)
    except CorrectionsError as error:
        table = written.partition("]")[0].lstrip("[")
        raise CorrectionsError(
            f"{table} is not written [[{table}]] there, and takes no further entry",
            where=name,
            hint="Write its heading in double brackets, then say this again.",
        ) from error
    return longer


def without_last_entry(content: str, *, name: str = "corrections") -> tuple[str, str]:
    """The file without the entry that stands last in it, and that entry's lines. Remarks behind it stay.

    Raises:
        CorrectionsError: if the file is no TOML, has no entry, or does not show where its last one begins.
    """
    return _without(content, None, name)


def without_entry(content: str, line: int, *, name: str = "corrections") -> tuple[str, str]:
    """The file without the entry whose heading stands in a line, from 1, and that entry's lines. Remarks stay.

    Raises:
        CorrectionsError: if the file is no TOML, or no entry begins there.
    """
    return _without(content, line, name)


def without_verdict(content: str, verdict: VerdictEntry, *, name: str = "corrections") -> str:
    """The file without what it says already of the finding that a verdict is about: of two only the newer is kept.

    Raises:
        CorrectionsError: if the file is no TOML, or does not show where such an entry begins.
    """
    about = verdict.kind, *map(fold, verdict.words)
    held = read_corrections(content, name=name)[0].verdict if content.strip() else ()
    lines = [one.line for one in held if (one.kind, *map(fold, one.words)) == about]
    for line in sorted(lines, reverse=True):
        content, _ = without_entry(content, line, name=name)
    return content


def _without(content: str, line: int | None, name: str) -> tuple[str, str]:
    mark, content = content[:1] if content.startswith("\ufeff") else "", content.removeprefix("\ufeff")
    tables = _whole(content, name)
    if not tables:
        raise CorrectionsError("holds no entry to take back", where=name)
    lines = content.split("\n")
    headings = heading_lines(content)
    if not headings or line not in (None, *headings):
        raise _unclear(name)
    at = len(headings) - 1 if line is None else headings.index(line)
    first = headings[at] - 1
    end = headings[at + 1] - 1 if at + 1 < len(headings) else len(lines)
    last = max(i for i in range(first, end) if lines[i].strip() and not lines[i].lstrip().startswith("#"))
    before, behind = lines[:first], lines[last + 1 :]
    if (not behind or not behind[0].strip()) and len(before) > 1 and not before[-1].strip():
        before = before[:-1]
    shorter = "\n".join([*before, *behind])
    if not _is_one_less(tables, parse_toml(shorter, name)):
        raise _unclear(name)
    return mark + shorter, "\n".join(lines[first : last + 1])


def _whole(content: str, name: str) -> dict[str, object]:
    try:
        return parse_toml(content, name)
    except CorrectionsError as error:
        hint = "Mend the entry there, or the one above it, first. Nothing was written."
        raise CorrectionsError(error.what, where=error.where, hint=hint) from error


def _is_one_less(tables: dict[str, object], fewer: dict[str, object]) -> bool:
    """Whether exactly one entry of one table is gone, and nothing else has changed."""
    changed = [table for table in tables if fewer.get(table) != tables[table]]
    if len(changed) != 1 or not fewer.keys() <= tables.keys():
        return False
    held, left = tables[changed[0]], fewer.get(changed[0], [])
    if not isinstance(held, list):
        return left == []
    return any(held[:at] + held[at + 1 :] == left for at in range(len(held)))


def _unclear(name: str) -> CorrectionsError:
    return CorrectionsError("does not show where that entry begins", where=name, hint="Take it out by hand.")
