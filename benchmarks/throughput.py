"""How many reports a minute: `wenxiao run` against papermill's Python API and the two stock commands, the same files made.

A district report with five charts over a synthetic national workbook. All three sides make the executed notebook, the page
by the project's template, the results and the working paper; all are started beforehand where they can be (a fork server;
a pool of processes with papermill, nbconvert and one exporter loaded) and run as many at a time. The commands take the
results nowhere, which is in their favour. Prints seconds a report and ratios, then where the rest of our time goes, then
one report from a cold start.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import nbformat
import synthetic
import yaml
from wenxiao.batch import LocalPool, Outcome, Run, cores, plan
from wenxiao.project.workspace import Workspace

CHARTS = 5
COMMAND = (sys.executable, "-c", "from wenxiao.cli import main; main()")
OWN_CHARTS = 4
"""Those that the report on a synthetic district has by itself."""
_MORE = """import wenxiao as wx
page.part("资金（基准测试）", wx.charts.funds_by_source(evaluation.funds))
"""


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=40, help="reports of our side")
    parser.add_argument(
        "--stock", type=int, default=6, help="reports of the API; a third of it by the commands"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="wenxiao-bench-") as folder:
        root = synthetic.workspace(Path(folder) / "workspace", options.reports)
        _with_charts(root / "notebooks" / "district_report.ipynb")
        os.environ["WENXIAO_ROOT"] = str(root)
        os.chdir(root)
        runs = plan(Workspace(root))
        jobs = cores()
        for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
            os.environ[name] = "1"
        ours, parts = _ours(runs, jobs)
        api = _api(runs[: options.stock], jobs, root)
        commands = _commands(runs[: max(jobs, options.stock // 3)], jobs, root)
        print(f"合成数据: {len(runs)} districts, {_charts(runs[0])} charts a report, {jobs} at a time")
        for name, seconds in (("wenxiao run", ours), ("papermill API", api), ("two commands", commands)):
            print(f"{name:15} {seconds:6.2f} s a report  {seconds / ours:5.1f} ×")
        print("our time by cell, ms: " + "  ".join(f"{cell} {1000 * s:.0f}" for cell, s in parts))
        cold = _timed([*COMMAND, "run", runs[0].key, "--force", "--output", str(root / "cold")])
        stock = _timed_commands(runs[1], root)
        print(
            f"one report from a cold start: {cold:.1f} s, by two stock commands {stock:.1f} s: {cold / stock:.2f}"
        )


def _ours(runs: tuple[Run, ...], jobs: int) -> tuple[float, list[tuple[str, float]]]:
    """Seconds a report, and how long its parts take: each cell of code, and what comes after the last."""
    pool = LocalPool(jobs)
    pool.preload(runs[0].root)
    first, start, at = 0.0, {}, {}
    spent: dict[str, float] = {}
    done = 0
    for event in pool.execute(runs):
        now = time.perf_counter()
        first = first or now
        key = event.run.key
        if key in at:
            spent[at[key]] = spent.get(at[key], 0.0) + now - start[key]
        if isinstance(event, Outcome):
            assert event.failure is None, event.failure
            done += 1
        else:
            at[key], start[key] = f"{event.cell}", now
            if event.cell == event.cells:
                at[key] = "last cell and after"
    seconds = (time.perf_counter() - first) / done
    parts = sorted(((cell, total / done) for cell, total in spent.items()), key=lambda part: -part[1])[:8]
    return seconds, parts


_exporter: Any = None


def _start() -> None:
    global _exporter  # noqa: PLW0603 - the state of a worker
    import papermill  # noqa: F401, PLC0415
    from nbconvert import HTMLExporter  # noqa: PLC0415
    from wenxiao.reports import TEMPLATES  # noqa: PLC0415

    _exporter = HTMLExporter(template_name="wenxiao", extra_template_basedirs=[str(TEMPLATES)])


def _by_api(run: Run, folder: Path) -> None:
    import papermill  # noqa: PLC0415
    from wenxiao.reports import lift_results, lift_working_paper, write_json  # noqa: PLC0415

    folder.mkdir(parents=True)
    notebook = papermill.execute_notebook(
        str(run.source), str(folder / "report.ipynb"), dict(run.parameters), progress_bar=False
    )
    page, _ = _exporter.from_notebook_node(notebook)
    (folder / "report.html").write_text(page, encoding="utf-8")
    write_json(lift_results(notebook), folder / "results.json")
    (folder / "working-paper.xlsx").write_bytes(lift_working_paper(notebook) or b"")


def _api(runs: tuple[Run, ...], jobs: int, root: Path) -> float:
    with ProcessPoolExecutor(jobs, initializer=_start) as pool:
        list(pool.map(_by_api, runs[:jobs], [root / "warming" / run.name for run in runs[:jobs]]))
        start = time.perf_counter()
        list(pool.map(_by_api, runs, [root / "api" / run.name for run in runs]))
        return (time.perf_counter() - start) / len(runs)


def _commands(runs: tuple[Run, ...], jobs: int, root: Path) -> float:
    start = time.perf_counter()
    with ProcessPoolExecutor(jobs) as pool:
        list(pool.map(_timed_commands, runs, [root] * len(runs)))
    return (time.perf_counter() - start) / len(runs)


def _timed_commands(run: Run, root: Path) -> float:
    folder = root / "commands" / run.name
    folder.mkdir(parents=True, exist_ok=True)
    values, out = folder / "values.yaml", folder / "report.ipynb"
    values.write_text(yaml.safe_dump(dict(run.parameters), allow_unicode=True), encoding="utf-8")
    start = time.perf_counter()
    _timed([sys.executable, "-m", "papermill", str(run.source), str(out), "-f", str(values)])
    _timed([sys.executable, "-m", "nbconvert", "--to", "html", "--template", "wenxiao", str(out)])
    return time.perf_counter() - start


def _timed(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def _with_charts(path: Path) -> None:
    """Adds funds by source to the notebook, which then shows five charts."""
    notebook = nbformat.read(path, as_version=4)
    at = next(n for n, cell in enumerate(notebook.cells) if "page.appendix()" in cell.source)
    for number in range(CHARTS - OWN_CHARTS):
        notebook.cells.insert(at, nbformat.v4.new_code_cell(_MORE, id=f"more-{number}"))
    nbformat.write(notebook, path)


def _charts(run: Run) -> int:
    text = (run.folder / "report.html").read_text(encoding="utf-8")
    assert json.loads((run.folder / "manifest.json").read_text(encoding="utf-8"))["engine"] == "wenxiao"
    found = text.count('class="wx-chart"')
    assert found == CHARTS, f"{found} charts"
    return found


if __name__ == "__main__":
    main()
