"""A national run: 3,000 synthetic districts (合成数据) through `wenxiao run` on this machine, then again, then with poisoned reports.

The districts lie in projects of a dozen, as cities collect them.
Prints how long it took, whether reports get slower or their parent larger on the way, how long the index and a second run take,
and whether of reports poisoned in six ways exactly those fail. Targets: the last hundred reports within 10% of the first;
a parent that does not grow; a second run in 5 seconds. Takes half an hour on two cores: `make national`, not `make bench`.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import synthetic
from nbformat.v4 import new_code_cell

COMMAND = (sys.executable, "-c", "from wenxiao.cli import main; main()", "run")
HUNDRED = 100
SEED = 7
_TICK = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_POISON = {
    "raises": 'raise ValueError("合成数据")',
    "never ends": "while True:\n    pass",
    "takes memory": "hoard = [bytearray(2**24) for _ in range(10**6)]",
    "exits": "import os\n\nos._exit(3)",
    "crashes": "import ctypes\n\nctypes.string_at(0)",
    "is killed": "import os\nimport signal\n\nos.kill(os.getpid(), signal.SIGKILL)",
}
_LIMITS = ("--timeout", "10s", "--memory", "400MB")


@dataclass
class Watched:
    """One call of the command: what its log says, and what its processes took while so many reports were done."""

    start: dt.datetime
    status: int = 0
    seconds: float = 0.0
    told: str = ""
    log: list[dict[str, Any]] = field(default_factory=list)
    samples: list[tuple[int, int, int, float]] = field(default_factory=list)

    def of(self, *events: str) -> list[dict[str, Any]]:
        """The lines of the log with these events."""
        return [line for line in self.log if line["event"] in events]

    def reached(self, line: dict[str, Any]) -> float:
        """When a line was written, in seconds since the command was started."""
        return (dt.datetime.fromisoformat(line["time"]) - self.start).total_seconds()

    def at(self, done: int) -> tuple[int, int, int, float]:
        """The first sample with so many reports done: reports, memory of the command and of the fork server, CPU of its reports."""
        return next((sample for sample in self.samples if sample[0] >= done), self.samples[-1])


def watch(root: Path, cache: Path, *options: str) -> Watched:
    """The command on a workspace, watched twice a second."""
    environment = {**os.environ, "WENXIAO_ROOT": str(root), "WENXIAO_CACHE": str(cache)}
    found, start = Watched(dt.datetime.now(dt.UTC)), time.perf_counter()
    before = set((root / "outputs" / "logs").glob("*.jsonl"))
    with tempfile.TemporaryFile("w+", encoding="utf-8") as screen:
        command = subprocess.Popen([*COMMAND, *options], env=environment, stdout=screen, stderr=screen)
        log = Path()
        while command.poll() is None:
            time.sleep(0.5)
            log = next(iter(set((root / "outputs" / "logs").glob("*.jsonl")) - before), log)
            if not log.name:
                continue
            with suppress(OSError, ValueError, IndexError, StopIteration):
                content = log.read_bytes()
                done = content.count(b'"event": "done"') + content.count(b'"event": "failed"')
                parent = _child_of(command.pid)
                memory = _memory(parent)
                if memory:  # none is left of a parent that is ending
                    found.samples.append((done, _memory(command.pid), memory, _cpu_of_children(parent)))
        found.seconds = time.perf_counter() - start
        screen.seek(0)
        found.told = screen.read()
    found.status = command.returncode
    log = next(iter(set((root / "outputs" / "logs").glob("*.jsonl")) - before))
    found.log = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    return found


def _child_of(process: int) -> int:
    """The fork server, the only child of the command."""
    return int(Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()[0])


def _memory(process: int) -> int:
    """The bytes a process holds that are its own: without what it shares with its forks' files."""
    _, resident, shared, *_ = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()
    return (int(resident) - int(shared)) * _PAGE


def _cpu_of_children(process: int) -> float:
    """The seconds of CPU that the ended children of a process took."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[13]) + int(fields[14])) / _TICK


def healthy(root: Path, cache: Path, districts: int) -> list[tuple[str, str]]:
    """What there is to say of the run of all districts, and of a second one."""
    first = watch(root, cache)
    assert first.status == 0, first.told[-2000:]
    assert len(first.of("done")) == districts
    made = [line["seconds"] for line in first.of("done")]
    hundred = min(HUNDRED, districts // 3)
    early, late = first.at(hundred), first.samples[-1]
    before_last = first.at(districts - hundred)
    cpu_early = early[3] / early[0]
    cpu_late = (late[3] - before_last[3]) / max(1, late[0] - before_last[0])
    begun, finished = first.reached(first.log[0]), first.reached(first.of("finished")[0])
    second = watch(root, cache)
    assert f"{districts} unchanged" in second.told, second.told[-2000:]
    wall = (sum(made[:hundred]) / hundred, sum(made[-hundred:]) / hundred)
    return [
        ("whole command", f"{first.seconds:.0f} s"),
        ("reports a second, between plan and index", f"{districts / (finished - begun):.2f}"),
        (f"seconds a report, first {hundred} and last {hundred}", _two(*wall, "s")),
        (f"CPU a report, first {hundred} and last {hundred}", _two(cpu_early, cpu_late, "s")),
        (
            f"own memory of the fork server, after {early[0]} and {late[0]}",
            _two(early[2] / 1e6, late[2] / 1e6, "MB"),
        ),
        (
            f"own memory of the command, after {early[0]} and {late[0]}",
            _two(early[1] / 1e6, late[1] / 1e6, "MB"),
        ),
        ("after the last report: summary and index", f"{first.seconds - finished:.1f} s"),
        ("before the first report: plan and decisions", f"{begun:.1f} s"),
        ("second run, nothing changed", f"{second.seconds:.1f} s"),
        ("outputs", f"{sum(f.stat().st_size for f in (root / 'outputs').rglob('*.*')) / 1e9:.2f} GB"),
    ]


def _two(one: float, other: float, unit: str) -> str:
    return f"{one:.3g} and {other:.3g} {unit} ({100 * (other / one - 1):+.1f}%)"


def poisoned(root: Path, runs: int) -> dict[str, str]:
    """A workspace of so many small reports, 1% of them poisoned in each way; which are, by run."""
    (root / "notebooks").mkdir(parents=True)
    source = synthetic.CHECKOUT / "tests" / "fixtures" / "notebooks" / "ok.ipynb"
    notebook = nbformat.read(source, as_version=4)  # type: ignore[no-untyped-call]
    lines = [
        f"if place.endswith({kind!r}):\n    " + code.replace("\n", "\n    ") for kind, code in _POISON.items()
    ]
    notebook.cells.insert(2, new_code_cell("\n".join(lines)))  # type: ignore[no-untyped-call]
    nbformat.write(notebook, root / "notebooks" / "small.ipynb")  # type: ignore[no-untyped-call]
    names = [f"{number:04}" for number in range(runs)]
    chosen = random.Random(SEED).sample(names, len(_POISON) * max(1, runs // 100))
    bad = dict(zip(chosen, list(_POISON) * runs, strict=False))
    folder = root / "parameters" / "small"
    folder.mkdir(parents=True)
    for name in names:
        place = f"{synthetic.MARK} {name} {bad.get(name, '')}".strip()
        (folder / f"{name}.yaml").write_text(f"place: {place}\n", encoding="utf-8")
    return bad


def faulty(root: Path, cache: Path, runs: int) -> list[tuple[str, str]]:
    """What there is to say of a run in which some reports do their worst."""
    bad = poisoned(root, runs)
    run = watch(root, cache, *_LIMITS)
    failed = {line["run"].removeprefix("small/"): line["name"] for line in run.of("failed")}
    made = {line["run"].removeprefix("small/") for line in run.of("done")}
    whole = {path.parent.name for path in (root / "outputs").glob("small/*/manifest.json")}
    kept = {path.name.partition(".")[0] for path in (root / "outputs").glob("small/*.failed.ipynb")}
    assert failed.keys() == bad.keys() == kept, failed.keys() ^ bad.keys()
    assert made == whole
    assert len(made) + len(failed) == runs
    assert not list((root / "outputs" / ".wenxiao" / "staging").iterdir())
    named = Counter((bad[name], error) for name, error in failed.items())
    return [
        ("reports, of which poisoned", f"{runs}, {len(bad)}"),
        ("failed, of which poisoned", f"{len(failed)}, {len(failed.keys() & bad.keys())}"),
        ("whole, with manifest", f"{len(whole)}"),
        ("exit status", f"{run.status}"),
        ("whole command", f"{run.seconds:.0f} s"),
        *((f"one that {kind}", f"{count} × {error}") for (kind, error), count in sorted(named.items())),
    ]


def show(title: str, rows: Sequence[tuple[str, str]]) -> None:
    """Prints a table."""
    print(f"\n{title}", flush=True)
    for what, found in rows:
        print(f"| {what} | {found} |", flush=True)


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--districts", type=int, default=3000)
    parser.add_argument("--layout", choices=synthetic.LAYOUTS[:2], default="cities")
    parser.add_argument("--faulty", type=int, default=3000, help="reports of the run with poisoned ones")
    options = parser.parse_args()
    load = os.getloadavg()[1]
    print(
        f"{os.cpu_count()} cores (load before {load:.1f}), Python {platform.python_version()}, {synthetic.MARK}"
    )
    with tempfile.TemporaryDirectory(prefix="wenxiao-national-") as folder:
        root, cache = Path(folder) / "national", Path(folder) / "cache"
        if options.districts:
            synthetic.workspace(root, options.districts, layout=options.layout)
            show(f"{options.districts} districts ({options.layout})", healthy(root, cache, options.districts))
            shutil.rmtree(root)
        if options.faulty:
            root = Path(folder) / "faulty"
            show("1% poisoned in each of six ways", faulty(root, cache, options.faulty))


if __name__ == "__main__":
    main()
