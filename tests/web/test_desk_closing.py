"""However the desk is closed, it says nothing untrue and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

DESK = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from fabula.cli import main; main()"


@pytest.mark.skipif(os.name != "posix", reason="there are no such signals here")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_desk_that_is_closed_leaves_no_file(tmp_path: Path, name: str) -> None:
    story = tmp_path / "tale.txt"
    story.write_text("“Go,” said Anne.\n", encoding="utf-8")
    kept = tmp_path / "kept"
    kept.mkdir()
    env = {**os.environ, "TMPDIR": str(kept), "FABULA_CACHE": str(tmp_path / "cache")}
    words = [sys.executable, "-c", DESK, "desk", str(story), "--no-browser"]
    with subprocess.Popen(words, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as running:
        assert running.stdout is not None
        opened = running.stdout.readline()
        assert "The desk is open" in opened
        with urlopen(opened.split()[5], timeout=30) as page:  # it listens by now
            assert page.status == 200
        running.send_signal(getattr(signal, name))
        said, _ = running.communicate(timeout=60)
    assert (running.returncode, said) == (0, "")
    assert not list(kept.iterdir())
