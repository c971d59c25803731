"""`python -m benchmarks`: run the measures, write the report, hold the gate, read the errors, check the tiling."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, _SubParsersAction

from benchmarks import commands
from benchmarks.corpora.pdnc import QUOTE_TYPES
from benchmarks.findings_commands import ON_FINDINGS
from benchmarks.gate_commands import GATED, gate
from benchmarks.gold_running import GOLD
from benchmarks.pack_commands import ON_PACKS
from benchmarks.page_commands import ON_PAGES
from benchmarks.repair_commands import ON_CORRECTIONS
from benchmarks.running import MEASURES
from benchmarks.scenes_commands import ON_WORKS
from benchmarks.verifying import CORPORA
from benchmarks.wordings_commands import ON_WORDINGS

__all__ = ["main"]

LONG = "sinclair-lewis_babbitt"
"""A novel of 122,000 words, half of it talk."""


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
    gold = commands_of.add_parser("gold", help="check that every gold story and case is written as it should be")
    gold.add_argument("names", nargs="*", metavar="NAME", help="names of stories and cases; default: all")
    gold.set_defaults(command=commands.gold)
    second = commands_of.add_parser(
        "second", help="say how far a second reader of ten gold stories agrees with the first"
    )
    second.set_defaults(command=commands.second)
    verify = commands_of.add_parser("verify", help="check over every text at hand that no word is lost or doubled")
    verify.add_argument("corpora", nargs="*", metavar="CORPUS", help=f"of {', '.join(CORPORA)}; default: all")
    verify.add_argument("--jobs", type=int, default=2)
    verify.set_defaults(command=commands.verify)
    report = commands_of.add_parser("report", help="write benchmarks/RESULTS.md from the newest results")
    report.set_defaults(command=commands.report)
    return parser


def _add_run(commands_of: _SubParsersAction[ArgumentParser]) -> None:
    run = commands_of.add_parser(
        "run",
        help="take measures over PDNC and write a dated result (m6: the model pack; heads: what each of its heads "
        "contributes; m8: scene breaks in whole books; "
        "m9: the order of our own stories, of whole books and of tasks made of them; repair: what one correction "
        "mends; m11: planted flaws found, and false findings; page: a long novel's page in a "
        "browser; wordings: one thing said in hundreds of ways; m12: speed; "
        "growth: speed from a thousand to two million words)",
    )
    known = ", ".join([*MEASURES, *ON_PACKS, *ON_WORKS, *ON_CORRECTIONS, *ON_FINDINGS, *ON_PAGES, *ON_WORDINGS])
    run.add_argument(
        "measures",
        nargs="*",
        metavar="MEASURE",
        help=f"of {known}; default: all on novels. Or {' or '.join(GOLD)}: all that is measured on our own",
    )
    run.add_argument("--novels", default="", help="names of novels, stories or cases, parted by commas; default: all")
    run.add_argument("--jobs", type=int, default=2, help="novels at a time")
    run.add_argument(
        "--name", default="", help="name of the result; a part of the novels or measures is only written under one"
    )
    run.add_argument("--pack", action="append", default=[], help="m6: a pack's folder, once for each; default: shipped")
    run.add_argument("--parity", default="", metavar="FILE", help="m6: what training.pack.parity wrote")
    run.add_argument("--text", default=LONG, help="m12: the work to time, of Standard Ebooks or Gutenberg")
    run.add_argument("--spacy", default="", metavar="PYTHON", help="m12: the Python in which spaCy is installed")
    run.add_argument(
        "--runs", type=int, default=0, help="runs of which the median is taken; m12: 3, growth: 1, page: 5"
    )
    run.add_argument("--parts", action="store_true", help="m11: only the first chapters of novels, none whole")
    run.add_argument("--sizes", default="", help="growth: words, parted by commas; default: 1,000 to 2,000,000")
    run.set_defaults(command=commands.run)


def _add_gate(commands_of: _SubParsersAction[ArgumentParser]) -> None:
    parser = commands_of.add_parser("gate", help="fail when a measure sinks below its floor or the corpus changed")
    parser.add_argument("corpus", nargs="?", default="pdnc", choices=tuple(GATED), help="default: pdnc")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--from", dest="stored", default="", metavar="RESULT", help="hold a stored result, run nothing")
    parser.add_argument("--raise", dest="higher", action="store_true", help="set the floors to what is reached")
    parser.add_argument("--lower", nargs=2, metavar=("ID", "VALUE"), help="lower one floor; needs --because")
    parser.add_argument("--pin", action="store_true", help="pin the corpus as it is now; needs --because")
    parser.add_argument("--because", default="", metavar="SENTENCE", help="why; kept with the floors")
    parser.set_defaults(command=gate)


def _add_errors(commands_of: _SubParsersAction[ArgumentParser]) -> None:
    errors = commands_of.add_parser("errors", help="print wrong speakers of a novel, story or case with their context")
    errors.add_argument("novel", metavar="NOVEL")
    errors.add_argument("--type", default="", choices=("", *QUOTE_TYPES))
    errors.add_argument("--outcome", default="", help="not found, unknown, unmapped, other, unanswerable")
    errors.add_argument("--cue", default="", help="what had decided: tag, beat, turn, vocative, …; none")
    errors.add_argument("--limit", type=int, default=50, help="how many, evenly drawn from the novel; 0: all")
    errors.set_defaults(command=commands.errors)


if __name__ == "__main__":
    sys.exit(main())
