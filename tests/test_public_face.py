"""The public face: what it exports, how little it imports, and how it behaves as a guest."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import fabula
from fabula import errors

EXPORTED = """
    Apart Behind Branch Chapter Character Contradiction CorrectionsError Death Dependency Entity Event FabulaError Fact
    Finding Knowledge Layers Mark Matter Mention Moment NotFound NotInStory NotProse NotRead NotReadable NotText
    NotWritten Object Order PackError Paragraph Plan PortInUse Possession Quote Reason Relation Rest Run Scene Secret
    Seen Source SourceError Span Statement Story StoryFileError Text TooLarge open_story read save_story
""".split()
"""The whole public face. A name more or less is a decision: it stands in the changelog."""
PROJECT = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))["project"]
NEEDED = [*PROJECT["dependencies"], *(one for extra in PROJECT["optional-dependencies"].values() for one in extra)]
MODULES = {"charset-normalizer": "charset_normalizer", "markdown-it-py": "markdown_it"}
HEAVY = {MODULES.get(name, name) for name in (need.partition(">")[0] for need in NEEDED)} - {"msgspec"}
"""All that Fabula can make use of, but for what its records are made of."""
READS = "fabula.read(fabula.Text.of('\"Go,\" said Anne. Phil left for London.'))"


def alone(code: str) -> subprocess.CompletedProcess[str]:
    """Run a line in a Python of its own."""
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, encoding="utf-8", timeout=60, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return ran


def test_the_public_face_is_exactly_this() -> None:
    assert fabula.__all__ == sorted(EXPORTED)
    assert all(hasattr(fabula, name) for name in EXPORTED)


def test_the_whole_family_of_errors_is_public_wherever_it_is_raised() -> None:
    assert set(errors.__all__) <= set(fabula.__all__)
    alone(
        "import pkgutil, importlib, fabula; from fabula.errors import FabulaError, __all__ as known\n"
        "for one in pkgutil.walk_packages(fabula.__path__, 'fabula.'): importlib.import_module(one.name)\n"
        "def below(root): return {root.__name__}.union(*(below(one) for one in root.__subclasses__()))\n"
        "assert below(FabulaError) == set(known), below(FabulaError) ^ set(known)"
    )


@pytest.mark.parametrize("name", errors.__all__)
def test_every_error_descends_from_the_root(name: str) -> None:
    assert issubclass(getattr(fabula, name), fabula.FabulaError)
    assert name in (errors.__doc__ or "")


@pytest.mark.parametrize("name", fabula.__all__)
def test_every_public_name_says_what_it_is(name: str) -> None:
    assert getattr(fabula, name).__doc__


def test_importing_is_light() -> None:
    ran = alone("import sys, fabula; print(*{name.partition('.')[0] for name in sys.modules})")
    assert not set(ran.stdout.split()) & HEAVY


def test_the_command_line_imports_no_format_before_it_is_asked() -> None:
    ran = alone("import sys, fabula.cli; print(*{name.partition('.')[0] for name in sys.modules})")
    assert not set(ran.stdout.split()) & (HEAVY - {"typer"})


def test_reading_a_text_needs_no_format_and_no_front() -> None:
    ran = alone(f"import sys, fabula; {READS}; print(*{{name.partition('.')[0] for name in sys.modules}})")
    assert not set(ran.stdout.split()) & (HEAVY - {"numpy", "onnxruntime", "rapidfuzz"})


def test_a_guest_says_nothing() -> None:
    ran = alone(f"import fabula; {READS}")
    assert (ran.stdout, ran.stderr) == ("", "")


@pytest.mark.parametrize(
    ("of_the_house", "seen"),
    [
        ("logging", "[*logging.root.handlers, logging.root.level]"),
        ("numpy, warnings", "list(warnings.filters)"),  # numpy moves its own
        ("random", "random.getstate()"),
        ("locale", "locale.setlocale(locale.LC_ALL)"),
        ("sys", "[sys.excepthook, sys.getrecursionlimit(), sys.stdout.encoding]"),
        ("signal", "signal.getsignal(signal.SIGINT)"),
    ],
)
def test_a_guest_moves_no_furniture(of_the_house: str, seen: str) -> None:
    alone(f"import {of_the_house}; before = {seen}; import fabula; {READS}; assert before == {seen}")


def test_nothing_heavy_is_imported_to_open_a_saved_story() -> None:
    ran = alone("import sys, fabula.story; print(*{name.partition('.')[0] for name in sys.modules})")
    assert not set(ran.stdout.split()) & HEAVY
