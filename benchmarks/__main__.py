"""`python -m benchmarks`: run the measures, write the report, hold the gate, read the errors, check the tiling."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, _SubParsersAction

from benchmarks import commands
from benchmarks.corpora.pdnc import QUOTE_TYPES
from benchmarks.running import MEASURES
from benchmarks.verifying import CORPORA

__all__ = ["main"]


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit status."""
    options = _parser().parse_args(arguments)
    status: int = options.command(options)
    return status


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m benchmarks", description="What Fabula claims, measured.")
    commands_of = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_run(commands_of)
    _add_gate(commands_of)
    _add_errors(commands_of)
    verify = commands_of.add_parser("verify", help="check over every text at hand that no word is lost or doubled")
    verify.add_argument("corpora", nargs="*", metavar="CORPUS", help=f"of {', '.join(CORPORA)}; default: all")
    verify.add_argument("--jobs", type=int, default=2)
    verify.set_defaults(command=commands.verify)
    report = commands_of.add_parser("report", help="write benchmarks/RESULTS.md from the newest results")
    report.set_defaults(command=commands.report)
    return parser


def _add_run(commands_of: _SubParsersAction[ArgumentParser]) -> None:
    run = commands_of.add_parser("run", help="take measures over PDNC (m12: speed) and write a dated result")
    measures = [*MEASURES, "m12"]
    run.add_argument("measures", nargs="*", metavar="MEASURE", help=f"of {', '.join(measures)}; default: all but m12")
    run.add_argument("--novels", default="", help="folder names, parted by commas; default: all")
    run.add_argument("--jobs", type=int, default=2, help="novels at a time")
    run.add_argument(
        "--name", default="", help="name of the result; a part of the novels or measures is only written under one"
    )
    run.add_argument("--text", default="105_persuasion", help="m12: the Gutenberg text to time")
    run.add_argument("--runs", type=int, default=3, help="m12: runs of which the median is taken")
    run.set_defaults(command=commands.run)


def _add_gate(commands_of: _SubParsersAction[ArgumentParser]) -> None:
    gate = commands_of.add_parser("gate", help="fail when a measure sinks below its floor or the corpus changed")
    gate.add_argument("--jobs", type=int, default=2)
    gate.add_argument("--from", dest="stored", default="", metavar="RESULT", help="hold a stored result, run nothing")
    gate.add_argument("--raise", dest="higher", action="store_true", help="set the floors to what is reached")
    gate.add_argument("--lower", nargs=2, metavar=("ID", "VALUE"), help="lower one floor; needs --because")
    gate.add_argument("--pin", action="store_true", help="pin the corpus as it is now; needs --because")
    gate.add_argument("--because", default="", metavar="SENTENCE", help="why; kept in floors.json")
    gate.set_defaults(command=commands.gate)


def _add_errors(commands_of: _SubParsersAction[ArgumentParser]) -> None:
    errors = commands_of.add_parser("errors", help="print wrong speakers of one novel with their context")
    errors.add_argument("novel", metavar="NOVEL")
    errors.add_argument("--type", default="", choices=("", *QUOTE_TYPES))
    errors.add_argument("--outcome", default="", help="not found, unknown, unmapped, other, unanswerable")
    errors.add_argument("--cue", default="", help="what had decided: tag, beat, turn, vocative, …; none")
    errors.add_argument("--limit", type=int, default=50, help="how many, evenly drawn from the novel; 0: all")
    errors.set_defaults(command=commands.errors)


if __name__ == "__main__":
    sys.exit(main())
