"""Finds the gold stories and cases, and opens them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from benchmarks.corpora.gold.form import Problem, read_form
from benchmarks.corpora.gold.placing import place_form
from benchmarks.corpora.gold.records import GoldError, GoldStory
from benchmarks.corpora.place import digest, read_characters

__all__ = ["CASES", "STORIES", "case_paths", "check_gold", "gold_digest", "load_gold", "story_paths"]

HERE = Path(__file__).resolve().parents[2]
STORIES = HERE / "stories"
CASES = HERE / "cases"


def story_paths(place: Path = STORIES) -> tuple[Path, ...]:
    """The folders of the gold stories, in alphabetical order."""
    return tuple(sorted(path for path in place.glob("*") if path.is_dir() and not path.name.startswith((".", "_"))))


def case_paths(place: Path = CASES) -> tuple[Path, ...]:
    """The files of the small cases, in alphabetical order."""
    return tuple(sorted(place.glob("*.toml")))


def gold_digest(paths: Iterable[Path]) -> str:
    """SHA-256 of the texts and answers of these stories and cases; hexadecimal."""
    return digest((file for path in paths for file in _files(path)), base=HERE)


def load_gold(path: Path) -> GoldStory:
    """A story from its folder, or a case from its file.

    Raises:
        GoldError: if anything in it is wrong.
    """
    story, problems, _ = _load(path)
    if problems or story is None:
        raise GoldError(problems)
    return story


def check_gold(path: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is wrong with a story or case, and what is only worth a second look, one line each."""
    _, problems, notes = _load(path)
    return problems, notes


def _load(path: Path) -> tuple[GoldStory | None, tuple[str, ...], tuple[str, ...]]:
    case, files = path.suffix == ".toml", _files(path)
    absent = [f"{_shown(file)}: there is no such file" for file in files if not file.is_file()]
    if absent:
        return None, tuple(absent), ()
    try:
        source, *content = map(read_characters, files)
    except UnicodeDecodeError as error:
        return None, (f"{_shown(path)}: not UTF-8: {error}",), ()
    form, faults = read_form(source, inline=case)
    if case and not form.text:
        return None, _lines(path, faults), ()
    name = path.stem if case else path.name
    story, problems, notes = place_form(form, content[0] if content else form.text, name=name, unread=faults)
    return story, _lines(files[0], (*faults, *problems)), _lines(files[0], notes)


def _files(path: Path) -> list[Path]:
    """The files of a story or case, the answers first."""
    return [path] if path.suffix == ".toml" else [path / "gold.toml", path / "story.txt"]


def _lines(file: Path, problems: Iterable[Problem]) -> tuple[str, ...]:
    where = _shown(file)
    return tuple(f"{where}{f':{p.line}' if p.line else ''}: {p.key}: {p.what}" for p in problems)


def _shown(path: Path) -> str:
    return path.relative_to(HERE).as_posix() if path.is_relative_to(HERE) else str(path)
