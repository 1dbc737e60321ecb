"""How long a season of self-evaluations takes from its folder to all reports: at first, unchanged, with one form changed.

Run it with `make season-time`; results of the last run are in docs/performance.md.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.evaluation.filled_forms import PLANTS, lay_out, make, write

SUFFIXES = (".xlsx", ".xls", ".docx")


def put(folder: Path, number: int, seed: int) -> None:
    """Writes one form; every third has an error planted."""
    rng = random.Random(seed)
    form = make(rng)
    form.unit, form.project = f"市第{number % 40 + 1}局", f"{form.project}{number + 1}期"
    if number % 3 == 0:
        PLANTS[rng.choice(sorted(PLANTS))](form, rng)
    path = folder / form.unit / f"{number:03}自评表{SUFFIXES[number % 3]}"
    path.parent.mkdir(parents=True, exist_ok=True)
    write(path, [lay_out(form)])


def timed(name: str, command: list[str], place: Path, environment: dict[str, str]) -> None:
    """Runs the command and prints what it took."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, cwd=place, env=environment, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{name}\t{time.monotonic() - start:.1f} s\t{processor:.1f} s of processor time")


def main() -> None:
    """Writes a season, reports on it three times and prints the times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--forms", type=int, default=300)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as held:
        place = Path(held) / "workspace"
        environment = {**os.environ, "WENXIAO_CACHE": str(Path(held) / "cache"), "WENXIAO_LANG": "en"}
        wenxiao = [sys.executable, "-m", "wenxiao"]
        subprocess.run([*wenxiao, "init", str(place)], check=True, capture_output=True, env=environment)
        folder = place / "data" / "season"
        for number in range(arguments.forms):
            put(folder, number, number)
        season = [*wenxiao, "season", "data/season"]
        timed(f"{arguments.forms} forms", season, place, environment)
        timed("unchanged", season, place, environment)
        put(folder, 1, 10_000)
        timed("one changed", season, place, environment)


if __name__ == "__main__":
    main()
