"""What is said on the desk is written beside the story, mends its neighbours, can be taken back, and is never lost."""

from __future__ import annotations

import errno
import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from fabula import files
from fabula.cli.desk import FileTools
from fabula.encode import FileShelf
from fabula.errors import FabulaError, PortInUse
from fabula.story import Story, to_json
from fabula.web.run import serve

CROOKED = "“You’re crooked, Gran,”"


class Told:
    """One browser: what the page it shows knows, and what it says on it."""

    def __init__(self, desk: Any, book: str) -> None:
        self.desk, self.book = desk, book
        self.look()

    def look(self) -> None:
        page = self.desk.page(self.book)
        self.number, self.text, self.heard, self.changed = (page[k] for k in ("number", "text", "heard", "changed"))

    def say(self, said: dict[str, Any], *add: str) -> tuple[int, dict[str, Any]]:
        asked = {"text": self.text, "heard": self.heard, "say": said, "add": list(add)}
        status, answer = self.desk.say(f"/book/{self.book}/say", asked)
        if status == 200:
            self.heard = answer["heard"]
        return status, answer

    def take_back(self, line: int | None = None) -> tuple[int, dict[str, Any]]:
        status, answer = self.desk.say(f"/book/{self.book}/take-back", {"heard": self.heard, "line": line})
        if status == 200:
            self.heard = answer["heard"]
        return status, answer

    def reread(self) -> None:
        state = self.desk.wait(self.book, self.number + 1)
        assert state["error"] is None
        self.look()


@pytest.fixture
def desk(opener: Any, tale: Path) -> Iterator[Any]:
    with opener(tale.parent, tale) as started:
        yield started


@pytest.fixture
def one(desk: Any) -> Told:
    return Told(desk, first(desk))


def first(desk: Any) -> str:
    book: str = desk.server.address.rstrip("/").rsplit("/", 1)[-1]
    assert desk.wait(book)["error"] is None
    return book


def at(tale: Path, words: str) -> int:
    return tale.read_text(encoding="utf-8").index(words)


def page_of(desk: Any, book: Told) -> bytes:
    answer: bytes = desk.ask(f"/book/{book.book}/")[2]
    return answer


def beside(tale: Path) -> Path:
    return tale.with_name("tale.corrections.toml")


def test_one_word_mends_its_neighbours(one: Told, tale: Path) -> None:
    status, answer = one.say({"do": "said", "at": at(tale, CROOKED), "by": "Ruth Pellow"})
    assert status == 200
    assert "is said by Ruth Pellow (now Nell)" in answer["changes"][0]
    assert beside(tale).read_text(encoding="utf-8") == '[[said]]\nwords = "You’re crooked, Gran,"\nby = "Ruth Pellow"\n'
    one.reread()
    changed = {line["start"]: line["now"] for line in one.changed["lines"]}
    assert changed[at(tale, CROOKED)] == "Ruth Pellow to Nell"
    assert changed[at(tale, "“Leave it.”")] == "Nell to Ruth Pellow"


def test_undo_leaves_everything_as_it_was(one: Told, tale: Path) -> None:
    one.say({"do": "said", "at": at(tale, CROOKED), "by": "Ruth Pellow"})
    one.reread()
    status, answer = one.take_back()
    assert (status, answer["taken"]) == (200, "“You’re crooked, Gran,” is said by Ruth Pellow")
    one.reread()
    assert not beside(tale).exists()
    assert {line["start"]: line["now"] for line in one.changed["lines"]}[at(tale, CROOKED)] == "Nell to Ruth Pellow"


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ({"do": "same", "names": ["Harcourt", "the inspector"]}, '[[same]]\nnames = ["Harcourt", "the inspector"]\n'),
        ({"do": "rename", "name": "Nell", "new": "Nell Teague"}, '[[rename]]\nfrom = "Nell"\nto = "Nell Teague"\n'),
        ({"do": "narrator", "name": "Nell"}, '[[narrator]]\nname = "Nell"\n'),
        ({"do": "nobody", "name": "Harcourt"}, '[[nobody]]\nname = "Harcourt"\n'),
        (
            {"do": "pronouns", "name": "Ruth Pellow", "pronouns": "she/her"},
            '[[cast]]\nname = "Ruth Pellow"\npronouns = "she/her"\n',
        ),
        (
            {"do": "scene", "at": "Nell laughed", "begins": True},
            '[[scene]]\nbegins = "Nell laughed and went"\n',
        ),
        (
            {"do": "scene", "at": "The shop bell rang", "begins": False},
            '[[scene]]\ngoes_on = "The shop bell rang,"\n',
        ),
        (
            {"do": "order", "earlier": "The shop bell rang", "later": "Ruth Pellow took"},
            '[[order]]\nearlier = "The shop bell rang,"\nlater = "Ruth Pellow took the"\n',
        ),
        ({"do": "said", "at": "“Can you add?”", "to": []}, '[[said]]\nwords = "Can you add?"\nto = []\n'),
    ],
    ids=lambda given: given["do"] if isinstance(given, dict) else None,
)
def test_every_click_is_an_entry_of_the_file(one: Told, tale: Path, said: dict[str, Any], written: str) -> None:
    placed = {k: at(tale, v) if k in ("at", "earlier", "later") else v for k, v in said.items()}
    status, answer = one.say(placed)
    assert status == 200, answer
    assert beside(tale).read_text(encoding="utf-8") == written
    one.reread()
    told = one.desk.ask(f"/book/{one.book}/entries")[2]
    assert b'"line":1' in told.replace(b" ", b"")


def test_the_newest_word_of_one_who_saw_the_older_counts(one: Told, tale: Path) -> None:
    for name in ("Ruth Pellow", "Daniel Teague"):
        assert one.say({"do": "said", "at": at(tale, CROOKED), "by": name})[0] == 200
    assert beside(tale).read_text(encoding="utf-8").count("[[said]]") == 1
    assert "Daniel Teague" in beside(tale).read_text(encoding="utf-8")


def test_two_browsers_lose_nothing(one: Told, tale: Path) -> None:
    other = Told(one.desk, one.book)
    assert one.say({"do": "said", "at": at(tale, CROOKED), "by": "Ruth Pellow"})[0] == 200
    assert other.say({"do": "same", "names": ["Harcourt", "the inspector"]})[0] == 200
    assert beside(tale).read_text(encoding="utf-8").count("[[") == 2
    status, answer = other.say({"do": "said", "at": at(tale, CROOKED), "by": "Daniel Teague"})
    assert status == 409
    assert "meanwhile" in answer["error"]
    assert "is said by Ruth Pellow" in answer["error"]
    assert other.take_back()[0] == 409, "nobody takes back what he has not seen"
    assert beside(tale).read_text(encoding="utf-8").count("[[") == 2
    other.desk.wait(other.book, 2)
    other.look()
    assert other.say({"do": "said", "at": at(tale, CROOKED), "by": "Daniel Teague"})[0] == 200
    assert "Ruth" not in beside(tale).read_text(encoding="utf-8")


def test_two_browsers_at_the_same_moment_lose_nothing(one: Told, tale: Path) -> None:
    lines = ["“Leave it.”", "“Can you add?”", "“Yes, sir.”", "“Pound cake,”", CROOKED]
    told = [Told(one.desk, one.book) for _ in lines]
    answers: list[int] = []

    def say(who: Told, words: str) -> None:
        answers.append(who.say({"do": "said", "at": at(tale, words), "by": "Harcourt"})[0])

    threads = [threading.Thread(target=say, args=pair) for pair in zip(told, lines, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * len(lines)
    assert beside(tale).read_text(encoding="utf-8").count("[[said]]") == len(lines)


def test_what_was_written_by_hand_stays_letter_by_letter(one: Told, tale: Path) -> None:
    by_hand = '# mine\n[[same]]   # yes\nnames = ["Harcourt", "the inspector"]\n'
    beside(tale).write_text(by_hand, encoding="utf-8")
    one.reread()
    assert one.say({"do": "narrator", "name": "Nell"})[0] == 200
    assert beside(tale).read_text(encoding="utf-8").startswith(by_hand)


def test_an_entry_in_the_middle_is_taken_back_alone(one: Told, tale: Path) -> None:
    one.say({"do": "same", "names": ["Harcourt", "the inspector"]})
    one.say({"do": "narrator", "name": "Nell"})
    assert one.take_back(1)[0] == 200
    assert beside(tale).read_text(encoding="utf-8").strip() == '[[narrator]]\nname = "Nell"'


def test_somebody_new_joins_the_cast_only_when_asked(one: Told, tale: Path) -> None:
    said = {"do": "said", "at": at(tale, CROOKED), "by": "Miss Penrose"}
    status, answer = one.say(said)
    assert (status, answer["unknown"]) == (422, True)
    assert "nobody in this story is called 'Miss Penrose'" in answer["error"]
    assert not beside(tale).exists()
    assert one.say(said, "Miss Penrose")[0] == 200
    one.reread()
    assert "Miss Penrose" in one.changed["came"]


def test_a_text_that_changes_is_read_anew_and_old_pages_are_told(one: Told, tale: Path) -> None:
    place = at(tale, CROOKED)
    tale.write_text("A word before.\n\n" + tale.read_text(encoding="utf-8"), encoding="utf-8")
    one.desk.wait(one.book, 2)
    status, answer = one.say({"do": "said", "at": place, "by": "Ruth Pellow"})
    assert status == 409
    assert "another one by now" in answer["error"]
    assert not beside(tale).exists()
    one.look()
    assert one.say({"do": "said", "at": at(tale, CROOKED), "by": "Ruth Pellow"})[0] == 200


def test_a_source_that_breaks_leaves_the_reading_before(one: Told, tale: Path) -> None:
    tale.write_bytes(b"\x00\x01\x02" * 100)
    state = one.desk.wait(one.book, 2)
    assert "tale.txt" in state["error"]
    assert "\n" not in state["error"]
    assert one.desk.page(one.book)["number"] == 1


def test_a_corrections_file_that_is_half_written_leaves_the_page_to_look_at(one: Told, tale: Path) -> None:
    beside(tale).write_text("[[said", "utf-8")
    state = one.desk.wait(one.book, 2)
    assert str(beside(tale)) in state["error"]
    assert one.desk.page(one.book)["number"] == 1
    assert one.desk.ask(f"/book/{one.book}/")[0] == 200


def test_a_source_that_could_not_be_read_is_read_once_it_is_mended(opener: Any, tale: Path) -> None:
    whole = tale.read_bytes()
    tale.write_bytes(b"\x00\x01\x02" * 100)
    with opener(tale.parent, tale) as desk:
        book = desk.server.address.rstrip("/").rsplit("/", 1)[-1]
        assert desk.wait(book)["error"]
        tale.write_bytes(whole)
        until = time.monotonic() + 60
        while desk.state(book)["number"] < 1 and time.monotonic() < until:
            time.sleep(0.05)
        assert desk.state(book)["error"] is None
        assert desk.state(book)["number"] == 1


def test_a_full_disk_is_one_line_and_the_file_stays(one: Told, tale: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one.say({"do": "narrator", "name": "Nell"})
    before = beside(tale).read_bytes()

    def full(path: Path, data: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(files, "replace_file", full)
        status, answer = one.say({"do": "same", "names": ["Harcourt", "the inspector"]})
    assert status == 422
    assert "No space left on device" in answer["error"]
    assert beside(tale).read_bytes() == before
    assert [p.name for p in tale.parent.iterdir() if p.name.endswith(".part")] == []
    assert one.say({"do": "same", "names": ["Harcourt", "the inspector"]})[0] == 200


def test_a_folder_that_takes_no_file_is_one_line(opener: Any, tale: Path) -> None:
    beside(tale).mkdir()
    with opener(tale.parent, tale) as desk:
        state = desk.wait(desk.server.address.rstrip("/").rsplit("/", 1)[-1])
        assert "tale.corrections.toml" in state["error"]


def test_a_saved_story_is_shown_and_takes_no_corrections(opener: Any, tale: Path) -> None:
    saved = tale.with_name("story.json")
    saved.write_bytes(to_json(FileTools(use_cache=False).read(tale, corrections=None, progress=lambda *_: None)))
    with opener(tale.parent, saved) as desk:
        book = Told(desk, first(desk))
        status, answer = book.say({"do": "narrator", "name": "Nell"})
        assert status == 422
        assert "saved story" in answer["error"]
        assert desk.state(book.book)["corrections"] is None


def test_a_story_of_another_schema_is_one_line(opener: Any, tmp_path: Path) -> None:
    (tmp_path / "new.json").write_text('{"schema": 999, "text": ""}')
    with opener(tmp_path) as desk:
        book = desk.say("/ask/open-here", {"name": "new.json"})[1]["book"]
        state = desk.wait(book)
        assert "new.json" in state["error"]
        assert state["number"] == 0
        assert desk.ask(f"/book/{book}/")[0] == 200


def test_a_dropped_file_that_lies_in_the_folder_is_opened_there(opener: Any, tale: Path) -> None:
    with opener(tale.parent) as desk:
        book = Told(desk, opened_of(desk, desk.drop("tale.txt", tale.read_bytes())))
        book.say({"do": "narrator", "name": "Nell"})
        assert beside(tale).exists()


def test_a_dropped_files_corrections_are_written_in_the_folder_and_heard_again(opener: Any, tale: Path) -> None:
    content = tale.read_bytes()
    tale.unlink()
    with opener(tale.parent) as desk:
        book = Told(desk, opened_of(desk, desk.drop("tale.txt", content)))
        book.say({"do": "rename", "name": "Nell", "new": "Nell Teague"})
        passing = desk.server.config.app  # the text itself is nowhere in the folder
        assert passing is not None
        assert [p.name for p in tale.parent.iterdir()] == ["tale.corrections.toml"]
    with opener(tale.parent) as desk:
        desk_again = opened_of(desk, desk.drop("tale.txt", content))
        assert b"Nell Teague" in desk.ask(f"/book/{desk_again}/save/story")[2]


def test_corrections_of_another_text_of_the_same_name_are_left_alone(opener: Any, tale: Path) -> None:
    beside(tale).write_text('[[narrator]]\nname = "Nell"\n')
    with opener(tale.parent) as desk:
        other = "“Come in,” said Anne Lee.\n\n“Thank you,” said Mr. Carter, and Mr. Carter sat down.\n"
        book = Told(desk, opened_of(desk, desk.drop("tale.txt", other.encode())))
        assert book.say({"do": "narrator", "name": "Anne Lee"})[0] == 200
    assert beside(tale).read_text() == '[[narrator]]\nname = "Nell"\n'
    assert len(list(tale.parent.glob("tale-*.corrections.toml"))) == 1


def test_a_file_that_is_too_large_is_refused_and_not_kept(
    opener: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fabula.web.server.LARGEST", 1000)
    with opener(tmp_path) as desk:
        status, answer = desk.drop("big.txt", b"x" * 2000)
        assert status == 413
        assert "big.txt" in answer["error"]


def test_nothing_is_left_when_the_desk_is_closed(
    opener: Any, tale: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    passing = tmp_path_factory.mktemp("passing")
    monkeypatch.setattr("tempfile.tempdir", str(passing))
    with opener(tale.parent) as desk:
        desk.drop("other.txt", b"\xe2\x80\x9cYes,\xe2\x80\x9d said Anne Lee.")
        assert list(passing.rglob("other.txt"))
    assert list(passing.iterdir()) == []


def test_a_browser_that_goes_in_the_middle_of_a_reading_loses_nothing(opener: Any, tale: Path) -> None:
    with opener(tale.parent) as desk:
        book = desk.say("/ask/open-here", {"name": "tale.txt"})[1]["book"]
        import socket

        listener = socket.create_connection(("127.0.0.1", desk.port))
        listener.sendall(f"GET /{desk.secret}/ask/events HTTP/1.1\r\nHost: {desk.host}\r\n\r\n".encode())
        listener.recv(100)
        listener.close()
        assert desk.wait(book)["number"] == 1


def test_a_port_in_use_is_one_line(opener: Any, tale: Path) -> None:
    with opener(tale.parent) as desk, pytest.raises(PortInUse, match=f"port {desk.port}: cannot listen there"):
        serve(FileTools(use_cache=False), tale.parent, port=desk.port, opened=lambda _: None)


def test_what_has_not_changed_is_not_encoded_again(
    opener: Any, tale: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FABULA_CACHE", str(tmp_path / "cache"))
    kept: list[int] = []
    put: Callable[..., None] = FileShelf.put
    monkeypatch.setattr(FileShelf, "put", lambda self, pages: (kept.append(len(pages)), put(self, pages))[1])
    with opener(tale.parent, tale, FileTools(use_cache=True)) as desk:
        book = Told(desk, first(desk))
        encoded = sum(kept)
        assert encoded > 0
        book.say({"do": "said", "at": at(tale, CROOKED), "by": "Ruth Pellow"})
        book.reread()
        assert sum(kept) == encoded


def test_a_fault_of_one_story_leaves_the_desk_open(opener: Any, tale: Path) -> None:
    class Faulty(FileTools):
        def read(self, source: Path, **told: Any) -> Story:
            if source.name == "other.txt":
                raise FabulaError("no\nluck", where="other.txt") if told["corrections"] else ZeroDivisionError("1/0")
            return super().read(source, **told)

    tale.with_name("other.txt").write_text("x")
    with opener(tale.parent, None, Faulty(use_cache=False)) as desk:
        bad = desk.say("/ask/open-here", {"name": "other.txt"})[1]["book"]
        assert "a fault in Fabula itself (ZeroDivisionError: 1/0)" in desk.wait(bad)["error"]
        good = desk.say("/ask/open-here", {"name": "tale.txt"})[1]["book"]
        assert desk.wait(good)["error"] is None


def opened_of(desk: Any, answer: tuple[int, dict[str, Any]]) -> str:
    status, told = answer
    assert status == 200, told
    book: str = told["book"]
    assert desk.wait(book)["error"] is None
    return book


def test_what_is_decided_of_a_finding_is_written_and_shown(opener: Any, tmp_path: Path) -> None:
    source = tmp_path / "open.txt"
    source.write_text(
        "“Come in, said Anne Lee.\n\nMr. Carter sat down.\n\n“Thank you,” said Mr. Carter.\n", encoding="utf-8"
    )
    with opener(tmp_path, source) as desk:
        book = Told(desk, first(desk))
        assert b'"findings":[{' in page_of(desk, book), "there is a finding"
        assert b'"verdict"' not in page_of(desk, book), "and nothing is decided of it"
        (key,) = keys_of(desk, book)
        said = {"do": "verdict", "finding": key, "verdict": "intended", "reason": "she never stops"}
        assert book.say(said)[0] == 200
        book.reread()
        assert b'"verdict":"intended","reason":"she never stops"' in page_of(desk, book)
        assert book.say({**said, "finding": "ffffff"})[0] == 409
    assert 'verdict = "intended"' in (tmp_path / "open.corrections.toml").read_text(encoding="utf-8")


def keys_of(desk: Any, book: Any) -> list[str]:
    form = json.loads(page_of(desk, book).decode().split('id="story">')[1].split("</script>")[0])
    return [finding["key"] for finding in form["findings"]]


def test_a_verdict_on_an_old_page_falls_on_no_other_finding(opener: Any, tmp_path: Path) -> None:
    class Fewer(FileTools):
        """The second reading finds the second fault alone."""

        readings = 0

        def read(self, source: Path, **given: Any) -> Story:
            story = super().read(source, **given)
            self.readings += 1
            return without_first(story) if self.readings > 1 else story

    def without_first(story: Story) -> Story:
        return Story(story.text, msgspec.structs.replace(story.layers, findings=story.findings[1:]))

    source = tmp_path / "open.txt"
    scene = "“Come in, said Anne Lee.\n\nMr. Carter sat down.\n\n“Thank you,” said Mr. Carter.\n\n"
    source.write_text(scene + scene.replace("Come in", "Go away").replace("Thank you", "Good night"), encoding="utf-8")
    with opener(tmp_path, source, Fewer(use_cache=False)) as desk:
        book = Told(desk, first(desk))
        gone, still = keys_of(desk, book)[:2]
        desk.say(f"/book/{book.book}/again", {})
        desk.wait(book.book, 2)
        assert gone not in keys_of(desk, book)
        status, answer = book.say({"do": "verdict", "finding": gone, "verdict": "ignore"})
        assert status == 409
        assert "this finding is not found any more" in answer["error"]
        assert "\n" not in answer["error"]
        written = tmp_path / "open.corrections.toml"
        assert not written.exists()
        assert book.say({"do": "verdict", "finding": still, "verdict": "ignore"})[0] == 200
        assert "Go away" in written.read_text(encoding="utf-8")
