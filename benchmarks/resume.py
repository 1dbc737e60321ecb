"""A second `wenxiao run` over 3,000 unchanged reports, against reading every file of it once and doing nothing else.

Targets: at most 5 seconds for the whole command. The workspace is synthetic (合成数据, benchmarks/synthetic.py), and so are the
reports in its outputs: made-up files with true manifests, since what a notebook says does not matter here.
"""

from __future__ import annotations

import hashlib
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from synthetic import MARK, NATIONAL, workspace
from wenxiao.batch import Decision, decisions, plan
from wenxiao.batch.storage.manifest import manifest_of
from wenxiao.batch.storage.publication import publish, staging
from wenxiao.project import Workspace
from wenxiao.reports.records import SCHEMA_VERSION

DISTRICTS = 3000
ROUNDS = 5
COMMAND = [sys.executable, "-c", "from wenxiao.cli import main; main()", "run"]


def results_of(decision: Decision) -> dict[str, Any]:
    """Made-up results of a report on a district."""
    district = str(decision.run.parameters.get("district", ""))
    figure = {"value": "88.88", "missing": None, "text": "88.88分"}
    return {
        "schema_version": SCHEMA_VERSION,
        "run": {
            "notebook": decision.run.notebook,
            "parameters": {"audience": "internal", "edition": MARK},
            "profile": {"name": "synthetic", "title": MARK, "source": MARK},
            "inputs": [],
        },
        "subject": {
            "project": str(decision.run.parameters["project"]).removeprefix("data/"),
            "title": MARK,
            "place": MARK,
            "year": "2023",
            "kind": MARK,
            "district": district,
            "order": 0,
            "districts": [district],
        },
        "verdict": {
            "score": figure,
            "grade": "良",
            "printed_grade": "",
            "execution_rate": {"value": "0.9", "missing": None, "text": "90.00%"},
            "execution_label": "预算执行率",
            "execution_basis": MARK,
        },
        "ranking": None,
        "findings": [],
        "members": [],
    }


def make(decided: tuple[Decision, ...]) -> None:
    """Publishes a made-up report for each run."""
    for decision in decided:
        with staging(decision.run) as folder:
            for name in ("report.html", "report.ipynb", "results.json", "working-paper.xlsx"):
                (folder / name).write_text(f"{MARK} {decision.run.name}", encoding="utf-8")
            manifest = manifest_of(decision.run, decision.key, results_of(decision), 0.1, "none")
            publish(folder, decision.run, manifest)


def touch_everything(root: Path) -> int:
    """The bytes of all files of a workspace, read and hashed: what no way of telling changes by content can do without."""
    size = 0
    for part in ("data", "parameters", "notebooks"):
        for folder, _, names in os.walk(root / part):
            for name in names:
                content = Path(folder, name).read_bytes()
                hashlib.sha256(content).digest()
                size += len(content)
    for path in root.glob("outputs/[!.]*/*"):
        for file in os.scandir(path) if path.is_dir() else ():
            size += file.stat().st_size
        if path.is_dir():
            size += len((path / "manifest.json").read_bytes())
    return size


def timed(task: Callable[[], object]) -> float:
    """The median seconds of some rounds."""
    seconds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        task()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def command(root: Path, cache: Path) -> str:
    """What the whole command says, in a process of its own."""
    environment = {**os.environ, "WENXIAO_ROOT": str(root), "WENXIAO_CACHE": str(cache)}
    done = subprocess.run(COMMAND, env=environment, capture_output=True, text=True, check=True, timeout=60)
    assert f"{DISTRICTS} unchanged" in done.stdout, done.stdout[-500:] + done.stderr[-500:]
    return done.stdout


def measure(root: Path, cache: Path) -> list[tuple[str, float]]:
    """What was measured on one workspace, with its seconds."""
    os.environ["WENXIAO_CACHE"] = str(cache)
    here = Workspace(root)
    start = time.perf_counter()
    first = decisions(plan(here))
    cold = time.perf_counter() - start
    start = time.perf_counter()
    make(first)
    making = time.perf_counter() - start
    assert not any(decision.due for decision in decisions(plan(here)))
    command(root, cache)
    rows = [
        ("every file read once, nothing else", timed(lambda: touch_everything(root))),
        ("plan and decisions", timed(lambda: decisions(plan(here)))),
        ("the whole command, all unchanged", timed(lambda: command(root, cache))),
        ("plan and decisions, projects never seen before", cold),
        (f"publishing {DISTRICTS} sets of four small files", making),
    ]
    workbook = next(path for path in sorted((root / "data").rglob("*.xlsx")))
    workbook.write_bytes(workbook.read_bytes() + b" ")
    due = [decision for decision in decisions(plan(here)) if decision.due]
    assert due
    assert all(decision.reasons[0].names == ((workbook.name, "changed"),) for decision in due)
    print(f"one workbook of {workbook.parent.name} changed: {len(due)} of {DISTRICTS} due")
    return rows


def main() -> None:
    """Prints a table for each layout of the data."""
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {MARK}, medians of {ROUNDS} rounds")
    for layout, projects in (("national", NATIONAL), ("cities", "250 projects")):
        with tempfile.TemporaryDirectory() as folder:
            root = workspace(Path(folder) / "w", DISTRICTS, layout=layout)  # type: ignore[arg-type]
            print(f"\n{DISTRICTS} reports on districts of {projects}")
            rows = measure(root, Path(folder) / "cache")
        floor = rows[0][1]
        print(f"{'what':52}{'seconds':>9}{'ratio':>9}")
        for what, seconds in rows:
            print(f"{what:52}{seconds:9.2f}{seconds / floor:9.1f}")


if __name__ == "__main__":
    main()
