"""Writes the parts of the documentation that the program itself can say: what its commands are, and what they answer.

`make docs` (`python docs/build.py`) writes them; a test holds them to what the program says today.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from enum import StrEnum
from inspect import getdoc, signature
from pathlib import Path
from typing import Any, get_args, get_type_hints

from typer.models import OptionInfo

from fabula import errors
from fabula.cli.app import app
from fabula.examples import NAME, example

ROOT = Path(__file__).parents[1]
REFERENCE, FAMILY = ROOT / "docs" / "cli.md", ROOT / "docs" / "errors.md"
_BLOCK = re.compile(r"(?ms)^```console\n(.*?)^```$")

_FILE = re.compile(r"(?ms)^```text (\S+)\n(.*?)^```$")

_HEAD = """# The commands

<!-- Written by `make docs` from the commands themselves. Change the code, not this page. -->

`STORY` is a text (txt, Markdown, HTML, EPUB, DOCX, ODT), a story saved by `fabula read -o`, or `-` for standard input.
A saved story is known by its content, whatever its name is.

Answers go to standard output in UTF-8, everything else to standard error. The exit code is 0 where all went well,
1 where a proof failed (`fabula script --verify`) or a finding is open (`fabula check`), 2 where there was an error,
told in one line that begins with `fabula:`, and 130 after Ctrl-C. Files are written under a passing name and moved, so
there is never half of one.

What has been read is kept in the user's cache folder by the digest of its content, so that a second question is
answered at once, and a story that has changed is read anew only where it changed. The environment variable
`FABULA_CACHE` names another folder; `--no-cache` keeps nothing.

A story is read with the model pack that comes with Fabula. The environment variable `FABULA_PACK` names the folder of
another; every file of it is proved against its manifest first.
"""


_ERRORS_HEAD = """# What can go wrong

<!-- Written by `make docs` from `fabula.errors`. Change the code, not this page. -->

Every error is of one family; `str(error)` is one line that says what is wrong, where, and what to do next, and
`error.what`, `error.where` and `error.hint` are its parts. All of them can be imported from `fabula`. A command prints
that line behind `fabula:` and ends with exit code 2; nothing is lost or half written.

"""


def reference() -> str:
    """The page of the commands, from the commands."""
    return _HEAD + "".join(_described(command) for command in commands())


def family() -> str:
    """The page of the errors, from the tree they are drawn as."""
    tree = (errors.__doc__ or "").partition("\n\n")[2].strip()
    return _ERRORS_HEAD + f"```text\n{tree}\n```\n"


def commands() -> list[Callable[..., object]]:
    """The functions behind the commands, in the order of `fabula --help`."""
    return [info.callback for info in app.registered_commands if info.callback is not None]


def documents() -> list[Path]:
    """Every page that shows commands with their answers."""
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def answered(page: str) -> str:
    """The page with what each command in its ```console blocks answers today.

    A block is `$ fabula …` lines and what follows them. `| head -N` shows the first N lines, `…` for the rest.
    All commands of a page run in one folder where the example story lies, and what the page's own ```text NAME
    blocks hold.
    """
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / NAME).write_bytes(example())
        for name, content in _FILE.findall(page):
            (Path(folder) / name).write_text(content, encoding="utf-8", newline="\n")

        def again(block: re.Match[str]) -> str:
            shown = [f"$ {command}\n{_run(command, folder)}" for command in commands_in(block[0])]
            return "```console\n" + "\n".join(shown) + "```"

        return _BLOCK.sub(again, page)


def commands_in(page: str) -> Iterator[str]:
    """The commands that a page shows with their answers."""
    for block in _BLOCK.finditer(page):
        yield from re.findall(r"(?m)^\$ (.+)$", block[1])


def _described(command: Callable[..., object]) -> str:
    defaults = {name: known.default for name, known in signature(command).parameters.items()}
    arguments, rows = "", ""
    for name, hint in get_type_hints(command, include_extras=True).items():
        if name == "return":
            continue
        kind, info = get_args(hint)
        if isinstance(info, OptionInfo):
            rows += f"| {_spelled(kind, info, defaults[name])} | {info.help} |\n"
        else:
            arguments += f" {info.metavar}"
    options = f"| option | meaning |\n|---|---|\n{rows}"
    return f"\n## `fabula {command.__name__.replace('_', '-')}{arguments}`\n\n{getdoc(command)}\n\n{options}"


def _spelled(kind: Any, info: OptionInfo, default: Any) -> str:
    declared = (info.default, *(info.param_decls or ()))  # inside Annotated, Typer keeps the first form as `default`
    forms = ", ".join(f"`{form}`" for form in declared if isinstance(form, str))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return f"{forms} " + ", ".join(f"`{choice}`" + " (default)" * (choice == default) for choice in kind)
    return forms if kind is bool else f"{forms} `{info.metavar}`"


def _run(command: str, folder: str) -> str:
    """What a command shows, on standard output and standard error together."""
    said, _, cut = command.partition(" | head -")
    program, *words = shlex.split(said)
    if program != "fabula":
        raise ValueError(f"only `fabula` is run in a console block, not {program!r}; use a sh block")
    told = {**os.environ, "FABULA_CACHE": str(Path(folder, "cache")), "PYTHONIOENCODING": "utf-8"}
    ran = subprocess.run(
        [sys.executable, "-c", "from fabula.cli import main; main()", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=folder,
        env=told,
        timeout=120,
    )
    lines = ran.stdout.decode("utf-8").splitlines()
    shown = [*lines[: int(cut)], "…"] if cut and len(lines) > int(cut) else lines
    return "".join(line.rstrip() + "\n" for line in shown)


def write() -> None:
    """Write everything again."""
    REFERENCE.write_text(reference(), encoding="utf-8", newline="\n")
    FAMILY.write_text(family(), encoding="utf-8", newline="\n")
    for page in documents():
        old = page.read_text(encoding="utf-8")
        page.write_text(answered(old), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
