"""The commands that a page shows without their answers are run too, on the example under the names of that page."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import tomllib
import urllib.request
from pathlib import Path

import docx
import pytest

from fabula.examples import example

ROOT = Path(__file__).parents[2]
FABULA = [sys.executable, "-c", "from fabula.cli import main; main()"]


def shown(page: Path) -> list[str]:
    """The lines of a page's ```sh blocks, without what is said of them behind a #."""
    blocks = re.findall(r"(?ms)^```sh\n(.*?)^```$", page.read_text(encoding="utf-8"))
    return [line.partition("  #")[0].strip() for block in blocks for line in block.splitlines() if line.strip()]


PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
SHOWING = [page for page in PAGES if shown(page)]


def lay_out(command: str, folder: Path) -> None:
    """What a command reads and no command before it has written: the example, as a file of the kind its name says."""
    made = re.findall(r"-o (\S+)", command)
    for name in re.findall(r"\S+\.(?:epub|docx|txt|json)\b", command):
        if name in made or (folder / name).exists():
            continue
        (folder / "example.txt").write_bytes(example())
        if name.endswith(".json"):
            run_fabula(f"fabula read example.txt -o {name}", folder)
        elif name.endswith(".epub"):
            run_fabula(f"fabula export example.txt --to epub -o {name}", folder)
        elif name.endswith(".docx"):
            document = docx.Document()
            for paragraph in example().decode("utf-8").split("\n\n"):
                document.add_paragraph(paragraph)
            document.save(str(folder / name))
        else:
            (folder / name).write_bytes(example())


def run_fabula(command: str, folder: Path) -> None:
    ran = subprocess.run([*FABULA, *shlex.split(command)[1:]], cwd=folder, capture_output=True, timeout=120)
    assert ran.returncode == 0, (command, ran.stderr.decode())
    for name in re.findall(r"-o (\S+)", command):
        assert (folder / name).stat().st_size > 0, command


def run_desk(command: str, folder: Path) -> None:
    """The desk stays open: until it says where, and answers there."""
    desk = subprocess.Popen(
        [*FABULA, *shlex.split(command)[1:]], cwd=folder, stderr=subprocess.PIPE, env={**os.environ, "BROWSER": "true"}
    )
    try:
        assert desk.stderr is not None
        said = desk.stderr.readline().decode()
        address = re.search(r"http://127\.0\.0\.1:\d+/\S+", said)
        assert address, said
        with urllib.request.urlopen(address[0], timeout=30) as answer:
            assert answer.status == 200
    finally:
        desk.send_signal(signal.SIGINT)
        desk.communicate(timeout=30)


def check_other(command: str, where: Path) -> Path:
    """Commands of other programs are not run again here, but what they name has to be there; the folder they leave."""
    program, *given = shlex.split(command)
    if program == "cd":
        assert (where / given[0]).is_dir(), command
        return where / given[0]
    if program == "make":
        assert re.search(rf"(?m)^{given[0]}:", (where / "Makefile").read_text(encoding="utf-8")), command
    elif program == "npm":
        package = json.loads((where / "package.json").read_text(encoding="utf-8"))
        assert given == ["ci"] or given[1] in package["scripts"], command
    elif program == "pip":
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        for extra in re.findall(r"fabula\[(\w+)\]", command):
            assert extra in project["optional-dependencies"], command
    else:
        pytest.fail(f"nobody knows how to try {command!r}")
    return where


@pytest.mark.skipif(sys.platform == "win32", reason="ends the desk as a terminal of Unix does")
@pytest.mark.parametrize("page", SHOWING, ids=lambda page: page.name)
def test_every_command_of_a_page_runs(page: Path, tmp_path: Path) -> None:
    where = ROOT
    for command in shown(page):
        if command.startswith("fabula "):
            lay_out(command, tmp_path)
            run = run_desk if command.startswith("fabula desk") else run_fabula
            run(command, tmp_path)
        else:
            where = check_other(command, where)
