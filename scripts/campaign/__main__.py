"""Attacks the program and counts what held: `python -m scripts.campaign PART --count 60 --first 0`.

PART   attacks      the corpus of files made to bring a reader down
       mutants      damaged copies of files of every kind
       kills        each command that writes killed at a random moment, then run again
       interrupts   the same with Ctrl-C
       disk         the same on disks with no to enough room (Linux, as root)
       twice        two of each at once
       cluster      a Dask worker or the scheduler lost
       store        a store that answers 500, slowly, or not any more
       figures      the table of what was tried so far, kept in outputs/campaign
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from wenxiao.project.made_files import recording

from . import commands, damage, far
from .city import COMMANDS
from .trial import Trial

KEPT = Path(__file__).resolve().parents[2] / "outputs" / "campaign"
_PARTS = ("attacks", "mutants", *commands.KINDS, *far.KINDS)


def main() -> None:
    """Tries one part and says what did not hold; status 1 where anything did not."""
    parser = argparse.ArgumentParser(
        prog="python -m scripts.campaign",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("part", choices=(*_PARTS, "figures"))
    parser.add_argument(
        "--count", type=int, default=60, help="how many trials, of each command where it is commands"
    )
    parser.add_argument("--first", type=int, default=0, help="the seed of the first")
    parser.add_argument("--commands", nargs="*", default=(), choices=tuple(COMMANDS))
    asked = parser.parse_args()
    if asked.part == "figures":
        _figures()
        return
    failed = 0
    with (
        recording(KEPT, "scripts.campaign"),
        tempfile.TemporaryDirectory() as folder,
        (KEPT / f"{asked.part}.jsonl").open("a", encoding="utf-8") as kept,
    ):
        for trial in _trials(asked, Path(folder)):
            kept.write(json.dumps(asdict(trial), ensure_ascii=False) + "\n")
            kept.flush()
            failed += bool(trial.faults)
            for fault in trial.faults:
                print(f"{trial.case}: {fault}", flush=True)
    _figures()
    sys.exit(1 if failed else 0)


def _trials(asked: argparse.Namespace, folder: Path) -> Iterator[Trial]:
    if asked.part == "attacks":
        return damage.attacks()
    if asked.part == "mutants":
        return damage.mutants(asked.first, asked.count)
    if asked.part in far.KINDS:
        return far.disturbed(asked.part, folder, asked.first, asked.count)
    return commands.disturbed(asked.part, folder, asked.first, asked.count, tuple(asked.commands))


def _figures() -> None:
    """Prints what was tried and what held; of a trial that was repeated, the last."""
    print("| part | tried | held | how it ended |\n| --- | --- | --- | --- |")
    for part in _PARTS:
        path = KEPT / f"{part}.jsonl"
        if not path.is_file():
            continue
        said = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        last = {each["case"]: each for each in said}.values()
        ends = Counter(each["outcome"] for each in last).most_common()
        held = sum(not each["faults"] for each in last)
        print(f"| {part} | {len(last)} | {held} | {'、'.join(f'{end} {count}' for end, count in ends)} |")


if __name__ == "__main__":
    main()
