"""Whatever goes wrong in a command, said in one clear line."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import typer

from fabula.cli.screen import one_line
from fabula.errors import FabulaError

__all__ = ["guarded"]

_INTERRUPTED = 130
"""The exit code of a program stopped by Ctrl-C, as shells have it."""


def guarded(command: Callable[[], object]) -> int:
    """Run a command; the exit code: 0 well, 1 a proof that failed or a finding that is open, 2 an error told in one
    line, 130 interrupted.

    A command says its own exit code by returning it or, as Typer has it, by raising `typer.Exit`.
    """
    try:
        code = command()
        sys.stdout.flush()
    except typer.Exit as wish:
        code = wish.exit_code
    except (KeyboardInterrupt, typer.Abort):
        code = _INTERRUPTED
    except BrokenPipeError:
        return _quiet_pipe()
    except FabulaError as error:
        return _say(str(error))
    except typer.TyperException as error:
        return _say(_usage(error))
    except (MemoryError, RecursionError, OSError) as error:
        return _say(_from_the_machine(error))
    except Exception as error:
        if os.environ.get("FABULA_DEBUG"):
            raise
        return _say(_own_fault(error))
    if code == _INTERRUPTED:  # Typer turns an interruption into this code before it comes here
        return _say("stopped; nothing was written.", code=_INTERRUPTED)
    return code if isinstance(code, int) else 0


def _say(message: str, *, code: int = 2) -> int:
    sys.stderr.write(f"fabula: {one_line(message)}\n")
    sys.stderr.flush()
    return code


def _usage(error: typer.TyperException) -> str:
    """What was typed wrongly, and where to look."""
    described = error.format_message().rstrip(".")
    context = getattr(error, "ctx", None)
    end = "" if described.endswith(("?", "!")) else "."
    return f"{described}{end} Try `{context.command_path if context else 'fabula'} --help`."


def _from_the_machine(error: MemoryError | RecursionError | OSError) -> str:
    if isinstance(error, MemoryError):
        return "this machine has not enough memory free for it. Close something, or give Fabula a part of the text."
    if isinstance(error, RecursionError):
        return "something in the file is nested too deeply to be read. Save it anew with another program."
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{error.strerror or error}. Check the file and the disk, and try again."


def _own_fault(error: Exception) -> str:
    """A fault in Fabula itself: nobody but its authors can mend it, so the line says what they need."""
    return (
        f"a fault in Fabula itself ({type(error).__name__}: {error}). Nothing was written. Please report it, "
        "with what FABULA_DEBUG=1 shows."
    )


def _quiet_pipe() -> int:
    """The reader of our output has gone (`fabula script x | head`): nothing more to say, not even at shutdown."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        sys.stdout = None
    return 0
