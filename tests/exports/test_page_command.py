"""`fabula page` writes one file, whole, from a source or a saved story, and never over what it was read from."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from page_story import full_story

from fabula import read
from fabula.story import Story, Text, to_json
from fabula.story.verdicts import quoted_words


def fabula(*words: str | Path) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", "from fabula.cli import main; main()", "page", *map(str, words)]
    return subprocess.run(command, capture_output=True, timeout=120, check=False)


def saved(folder: Path, story: Story) -> Path:
    file = folder / "story.json"
    file.write_bytes(to_json(story))
    return file


def test_a_saved_story_becomes_a_page(tmp_path: Path) -> None:
    ran = fabula(saved(tmp_path, full_story()), "-o", tmp_path / "page.html")
    assert (ran.returncode, ran.stdout) == (0, b"")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "<title>The Heavy Pound</title>" in page


def test_a_page_goes_into_a_pipe(tmp_path: Path) -> None:
    ran = fabula(saved(tmp_path, Story(Text.of("A."))))
    assert ran.returncode == 0
    assert ran.stdout.rstrip().endswith(b"</html>")
    assert b"\r\n" not in ran.stdout


def test_a_page_is_never_written_over_its_story(tmp_path: Path) -> None:
    story = saved(tmp_path, full_story())
    before = story.read_bytes()
    ran = fabula(story, "-o", story)
    assert ran.returncode == 2
    assert ran.stderr.startswith(b"fabula: ")
    assert ran.stderr.count(b"\n") == 1
    assert story.read_bytes() == before


def test_what_was_decided_of_findings_is_on_the_page(tmp_path: Path) -> None:
    tale = tmp_path / "tale.txt"
    tale.write_text("“Come in, said Anne Lee.\n\nMr. Carter sat down.\n\n“Thank you,” said Mr. Carter.\n", "utf-8")
    assert b'"verdict"' not in fabula(tale).stdout
    story = read(tale)
    (words,) = quoted_words(story, story.findings[0])
    (tmp_path / "tale.corrections.toml").write_text(
        f'[[verdict]]\nkind = "{story.findings[0].kind}"\nwords = ["{words}"]\n'
        'verdict = "intended"\nreason = "she never stops"\n',
        "utf-8",
    )
    assert b'"verdict":"intended","reason":"she never stops"' in fabula(tale).stdout
    assert b'"verdict"' not in fabula(tale, "--no-corrections").stdout


def test_a_story_of_another_schema_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "new.json").write_text('{"schema": 999, "text": ""}')
    ran = fabula(tmp_path / "new.json", "-o", tmp_path / "page.html")
    assert ran.returncode == 2
    assert ran.stderr.count(b"\n") == 1
    assert not (tmp_path / "page.html").exists()
