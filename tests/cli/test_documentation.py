"""The documentation shows what the program does today: every command in it is run on the example."""

from __future__ import annotations

import doctest
import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
from hand import Run

ROOT = Path(__file__).parents[2]


def builder() -> ModuleType:
    found = importlib.util.spec_from_file_location("fabula_docs", ROOT / "docs" / "build.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


BUILD = builder()
COMMANDS: list[str] = [command.__name__.replace("_", "-") for command in BUILD.commands()]


def test_the_page_of_the_commands_is_what_the_commands_say() -> None:
    assert BUILD.REFERENCE.read_text(encoding="utf-8") == BUILD.reference(), "run `make docs`"
    assert BUILD.FAMILY.read_text(encoding="utf-8") == BUILD.family(), "run `make docs`"


@pytest.mark.parametrize("page", BUILD.documents(), ids=lambda page: page.name)
def test_every_command_answers_what_the_page_shows(page: Path) -> None:
    shown = page.read_text(encoding="utf-8")
    assert shown == BUILD.answered(shown), "run `make docs`"


@pytest.mark.parametrize("command", COMMANDS)
def test_the_page_of_the_commands_has_every_option_of_help(run: Run, command: str) -> None:
    ran = run(command, "--help")
    assert ran.code == 0
    section = BUILD.reference().split(f"## `fabula {command}", 1)[1].split("\n## ", 1)[0]
    for option in set(re.findall(r"--[a-z-]+", ran.text.split("Options:", 1)[1])) - {"--help"}:
        assert option in section


def test_a_page_may_bring_its_own_text_for_its_commands() -> None:
    page = "```text tale.txt\n“Go,” said Bo.\n\n```\n\n```console\n$ fabula quotes tale.txt\n```\n"
    answered = BUILD.answered(page)
    assert answered.startswith(page.partition("```console")[0]), "the text itself stays as it is"
    assert "“Go,”" in answered.partition("```console")[2]


def test_each_group_of_users_finds_a_tutorial_from_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    tutorials = sorted((ROOT / "docs" / "tutorials").glob("*.md"))
    assert len(tutorials) == 5
    for page in tutorials:
        assert f"(docs/tutorials/{page.name})" in readme
        assert list(BUILD.commands_in(page.read_text(encoding="utf-8"))), page.name


def test_the_readme_shows_the_two_commands_and_a_run() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make demo" in readme
    assert "make test" in readme
    assert list(BUILD.commands_in(readme))


@pytest.mark.parametrize("page", BUILD.documents(), ids=lambda page: page.name)
def test_python_in_the_pages_runs_and_answers_as_shown(page: Path, shipped: Path) -> None:
    blocks = re.findall(r"(?ms)^```pycon\n(.*?)^```$", page.read_text(encoding="utf-8"))
    test = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, page.name, str(page), 0)
    outcome = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(test)
    assert outcome.failed == 0


@pytest.mark.parametrize("page", BUILD.documents(), ids=lambda page: page.name)
def test_links_inside_the_project_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_every_target_of_the_makefile_says_what_it_is_for() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.findall(r"(?m)^\.PHONY: (.+)$", makefile)[0].split()
    assert set(phony) == set(re.findall(r"(?m)^(\w+):.*## \S", makefile))
