"""`fabula check`: what it prints, its exit code, and the verdicts it writes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hand import Run

from fabula.story import Finding, Layers, Source, Span, Story, Text, to_json

TALE = "“Come in, said Anne. He came.\n\nShe sat down.\n"


@pytest.fixture
def tale(kept_apart: Path) -> Path:
    """A saved story with one warning."""
    finding = Finding(
        kind="unclosed-quotation",
        severity="warning",
        message="It never closes.",
        confidence=0.9,
        evidence=(Span(0, 9),),
    )
    path = kept_apart / "tale.json"
    path.write_bytes(to_json(Story(Text(TALE, Source(name="tale.txt")), Layers(findings=(finding,)))))
    return path


def test_what_is_open_is_shown_with_its_place_and_fails(run: Run, tale: Path) -> None:
    ran = run("check", tale)
    assert ran.code == 1
    assert "It never closes." in ran.text
    assert "line 1: “Come in," in ran.text
    assert run("check", tale, "--fail-on", "error").code == 0


def test_a_verdict_closes_it(run: Run, tale: Path, kept_apart: Path) -> None:
    key = re.search(r"unclosed-quotation ([0-9a-f]{6})", run("check", tale).text)
    assert key
    file = kept_apart / "mine.toml"
    written = run("check", tale, "--intended", key[1], "--reason", "he stops", "--corrections", file)
    assert written.code == 0
    assert 'verdict = "intended"' in file.read_text(encoding="utf-8")
    ran = run("check", tale, "--corrections", file)
    assert (ran.code, ran.text) == (0, "Nothing open was found; 1 decided.\n")
    assert json.loads(run("check", tale, "--corrections", file, "--format", "json").data)[0]["reason"] == "he stops"
    assert "It never closes." in run("export", tale, "--to", "markdown", "--no-corrections").text
    assert "It never closes." not in run("export", tale, "--to", "markdown", "--corrections", file).text


def test_an_unknown_key_and_a_reason_alone_are_one_line(run: Run, tale: Path) -> None:
    for words in (["--ignore", "zzz", "--corrections", "x.toml"], ["--reason", "no"]):
        ran = run("check", tale, *words)
        assert (ran.code, ran.talk.count("\n")) == (2, 1)
    assert not Path("x.toml").exists()


def test_what_is_intended_needs_its_reason(run: Run, tale: Path) -> None:
    key = re.search(r"unclosed-quotation ([0-9a-f]{6})", run("check", tale).text)
    assert key
    for words in ([], ["--reason", " "]):
        ran = run("check", tale, "--intended", key[1], *words, "--corrections", "x.toml")
        assert (ran.code, ran.data, ran.talk.count("\n")) == (2, b"", 1)
        assert "--reason" in ran.talk
    assert not Path("x.toml").exists()


def test_a_second_verdict_takes_the_place_of_the_first(run: Run, tale: Path, kept_apart: Path) -> None:
    key = re.search(r"unclosed-quotation ([0-9a-f]{6})", run("check", tale).text)
    assert key
    file = kept_apart / "mine.toml"
    file.write_text('# mine\n[[same]]\nnames = ["Anne", "Ann"]\n', encoding="utf-8")
    assert run("check", tale, "--intended", key[1], "--reason", "he stops", "--corrections", file).code == 0
    assert run("check", tale, "--fixed", key[1], "--corrections", file).code == 0
    content = file.read_text(encoding="utf-8")
    assert content.count("[[verdict]]") == 1
    assert 'verdict = "fixed"' in content
    assert "he stops" not in content
    assert content.startswith('# mine\n[[same]]\nnames = ["Anne", "Ann"]\n')
