"""Nobody comes to the desk but the browser of whoever opened it, and no name or word leads anywhere else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fabula.web.desk import file_name

TALE = "“Come in,” said Anne Lee.\n\n“Thank you,” said Mr. Carter. Mr. Carter sat down beside Anne Lee.\n"


@pytest.fixture(scope="module")
def desk(opener: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    outer = tmp_path_factory.mktemp("outer")
    (outer / "secret.txt").write_text("“Nobody may read this,” said Anne Lee.")
    folder = outer / "folder"
    folder.mkdir()
    (folder / "tale.txt").write_text(TALE, encoding="utf-8")
    with opener(folder) as started:
        yield started


def test_without_the_secret_there_is_nothing(desk: Any) -> None:
    for secret in ("", "wrong", desk.secret[:-1], desk.secret + "x", desk.secret.swapcase()):
        status, headers, body = desk.ask("/", secret=secret)
        assert status == 404
        assert b"Fabula</title>" not in body
        assert "default-src 'none'" in headers["content-security-policy"]
    assert desk.ask("/ask/desk", secret="wrong")[0] == 404
    assert len(desk.secret) >= 32


def test_each_desk_has_another_secret(desk: Any, opener: Any, tmp_path: Path) -> None:
    with opener(tmp_path) as other:
        assert other.secret != desk.secret


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost", "", "127.0.0.1:{0}.evil.example"]
)
def test_under_another_name_there_is_nothing(desk: Any, host: str) -> None:
    assert desk.ask("/", host=host.format(desk.port))[0] in (400, 421)


def test_both_names_of_this_computer_are_known(desk: Any) -> None:
    assert desk.ask("/", host=f"localhost:{desk.port}", origin="")[0] == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1:{0}", "http://127.0.0.1:1"])
def test_no_other_page_is_answered(desk: Any, origin: str) -> None:
    origin = origin.format(desk.port)
    assert desk.ask("/ask/desk", origin=origin)[0] == 403
    assert desk.say("/ask/open-here", {"name": "tale.txt"})[0] == 200
    status, _, _ = desk.ask(
        "/ask/open-here", method="POST", body=b'{"name": "tale.txt"}', content_type="application/json", origin=origin
    )
    assert status == 403


def test_a_page_of_another_site_is_told_apart_by_what_its_browser_says(desk: Any) -> None:
    for site in ("cross-site", "same-site"):
        assert desk.ask("/", origin="", sec_fetch_site=site)[0] == 403
    for site in ("same-origin", "none"):
        assert desk.ask("/", origin="", sec_fetch_site=site)[0] == 200


def test_who_changes_something_says_where_it_comes_from(desk: Any) -> None:
    asked = {"method": "POST", "body": b'{"name": "tale.txt"}', "content_type": "application/json"}
    assert desk.ask("/ask/open-here", origin="", **asked)[0] == 403
    assert desk.ask("/ask/open-here", **asked)[0] == 200


def test_a_form_of_another_page_is_not_taken_for_a_click(desk: Any) -> None:
    body = b'{"name": "tale.txt"}'
    assert desk.ask("/ask/open-here", method="POST", body=body, content_type="text/plain")[0] == 415
    assert desk.ask("/ask/open", method="POST", body=b"x", content_type="multipart/form-data")[0] == 415


def test_answers_may_do_nothing_but_what_they_are_for(desk: Any) -> None:
    for path in ("/", "/desk.js", "/ask/desk", "/nothing"):
        _, headers, _ = desk.ask(path)
        rules = headers["content-security-policy"]
        assert rules.startswith("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
        assert "unsafe" not in rules
        assert "http" not in rules
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["cache-control"] == "no-store"
        assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize(
    "name",
    [
        "../secret.txt",
        "..\\secret.txt",
        "/etc/passwd",
        "folder/../../secret.txt",
        "secret.txt",
        "",
        ".",
        "..",
        "a\x00b",
    ],
)
def test_only_listed_files_are_opened_by_name(desk: Any, name: str) -> None:
    status, answer = desk.say("/ask/open-here", {"name": name})
    assert status == 422
    assert "no such file" in answer["error"]


@pytest.mark.parametrize(
    "path", ["/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/server.py", "/..%2fserver.py", "/book/../ask/desk"]
)
def test_no_address_leads_out(desk: Any, path: str) -> None:
    assert desk.ask(path)[0] == 404


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("C:\\Users\\me\\tale.docx", "tale.docx"),
        ("/", "story.txt"),
        ("..", "story.txt"),
        (".bashrc", "bashrc"),
        ("a\x00b\r\n.txt", "ab.txt"),
        ("CON<>:|?*.txt", "_CON.txt"),
        ("x" * 500 + ".txt", "x" * 150 + ".txt"),
        ("я" * 500 + ".txt", "я" * 75 + ".txt"),
        ("com1.txt", "_com1.txt"),
        ("Émile.epub", "Émile.epub"),
        ("<script>.txt", "script.txt"),
    ],
)
def test_a_dropped_file_gets_a_name_that_is_only_a_name(given: str, kept: str) -> None:
    assert file_name(given) == kept


def test_a_dropped_file_lands_nowhere_but_on_the_desk(desk: Any) -> None:
    before = {p.relative_to(desk.folder.parent) for p in desk.folder.parent.rglob("*")}
    status, answer = desk.drop("..%2F..%2Fescaped.txt", TALE.encode())
    assert status == 200
    assert desk.wait(answer["book"])["name"] == "escaped.txt"
    assert {p.relative_to(desk.folder.parent) for p in desk.folder.parent.rglob("*")} == before


def test_words_of_a_story_stay_words(desk: Any) -> None:
    nasty = "</script><script>alert(1)</script>"
    tale = f"<script>alert(2)</script>\n\n“{nasty},” said Anne Lee.\n\n“Hush,” said Anne Lee to Mr. Carter.\n"
    book = desk.drop("%3Cscript%3Ealert(3)%3C%2Fscript%3E.txt", tale.encode())[1]["book"]
    desk.wait(book)
    page = desk.page(book)
    asked = {"do": "rename", "name": "Anne Lee", "new": "<script>alert(4)</script>"}
    status, answer = desk.say(f"/book/{book}/say", {"text": page["text"], "heard": page["heard"], "say": asked})
    assert status == 200, answer
    desk.wait(book, 2)
    shown = desk.ask(f"/book/{book}/")[2].decode()
    assert "alert(4)" in shown
    for number in (1, 2, 3, 4):
        assert f"<script>alert({number})" not in shown
    assert shown.count("<script") == 3  # the desk's, the story's data, the page's


def test_a_click_that_says_something_else_is_refused(desk: Any) -> None:
    book = desk.say("/ask/open-here", {"name": "tale.txt"})[1]["book"]
    desk.wait(book)
    page = desk.page(book)
    known = {"text": page["text"], "heard": page["heard"]}
    for said in ({"do": "delete"}, {"do": "said"}, {"do": "said", "at": 0, "by": 3}, {"do": "rename", "name": "x"}, []):
        assert desk.say(f"/book/{book}/say", {**known, "say": said})[0] == 400
    assert desk.say(f"/book/{book}/say", {**known, "say": {"do": "said", "at": 0, "by": "x" * 200_000}})[0] == 413
    for name in ("x" * 500, "a\nb\x00", ""):
        status, answer = desk.say(f"/book/{book}/say", {**known, "say": {"do": "nobody", "name": name}})
        assert status == 422
        assert "\n" not in answer["error"]
