"""How large a page is, how it grows, and that it depends on nothing but what it was made from."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell
from playwright.sync_api import Browser
from wenxiao.reports import TEMPLATES, to_html

from benchmarks import synthetic
from tests.reports.browsing import REPORTS, WIDTHS, opened
from tests.reports.trial import DISTRICTS, ROOT, WIDE, runs

COMMAND = (sys.executable, "-c", "from wenxiao.cli import main; main()")
TWELVE = "project_report/linyi-2021"


def test_shell_is_small() -> None:
    """Before its own content a page is about 30 KB of style and structure."""
    assert len(to_html(nbformat.v4.new_notebook()).encode()) <= 30_000


def test_a_report_of_twelve_districts_is_small(trial: Path) -> None:
    """Four charts and more over twelve districts, with every figure's derivation, fit in 200 KB."""
    page = (trial / TWELVE / "report.html").read_bytes()
    assert page.count(b"<figure") >= 4
    assert len(page) <= 200_000


@pytest.mark.acceptance
def test_a_detailed_report_of_five_charts_is_small(tmp_path: Path) -> None:
    """Twelve synthetic districts with twenty indicators and ten amounts each: a district's report of five charts fits in 200 KB."""
    root = synthetic.workspace(tmp_path / "workspace", 12)
    path = root / "notebooks" / "district_report.ipynb"
    notebook = nbformat.read(path, as_version=4)
    at = next(n for n, cell in enumerate(notebook.cells) if "page.appendix()" in cell.source)
    notebook.cells.insert(
        at,
        new_code_cell(
            'from wenxiao import charts\npage.part("资金", charts.funds_by_source(evaluation.funds))'
        ),
    )
    nbformat.write(notebook, path)
    parameters = min((root / "parameters" / "district_report").iterdir())
    made = subprocess.run(
        [*COMMAND, "run", parameters.stem],
        env={**os.environ, "WENXIAO_ROOT": str(root)},
        capture_output=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr.decode()
    page = (root / "outputs" / "district_report" / parameters.stem / "report.html").read_bytes()
    assert page.count(b"<figure") >= 5
    assert len(page) <= 200_000


def test_size_grows_with_the_districts_only(trial: Path) -> None:
    """150 districts take no more than their share: the ranking of 150 is not much beyond 12.5 times that of 12."""
    shell = len(to_html(nbformat.v4.new_notebook()).encode())
    sizes = [
        (trial / "district_ranking" / name / "report.html").stat().st_size - shell
        for name in ("linyi-2021", WIDE)
    ]
    assert sizes[1] <= 15 * sizes[0]


@pytest.mark.acceptance
@pytest.mark.parametrize("notebook", ["project_report", "district_ranking", "district_report"])
def test_150_districts_stay_usable(browser: Browser, trial: Path, notebook: str) -> None:
    """A page of 150 districts opens in a few times what one of 12 takes, scrolls down only, and has its contents at hand."""

    def opening(report: Path) -> float:
        start = time.perf_counter()
        with opened(browser, report) as made:
            made.page.evaluate("document.body.getBoundingClientRect().height")
            return time.perf_counter() - start

    twelve = next(run for run in runs() if run.startswith(f"{notebook}/linyi-2021"))
    usual = min(opening(trial / twelve / "report.html") for _ in range(3))
    page = trial / notebook / WIDE / "report.html"
    assert min(opening(page) for _ in range(3)) <= 15 * usual
    with opened(browser, page) as made:
        for width in WIDTHS:
            made.resize(width)
            assert made.overhang == 0
        last = made.page.locator(".page-contents a").last
        made.page.evaluate("scrollTo(0, document.body.scrollHeight / 2)")
        box = last.bounding_box()
        assert box is not None
        assert 0 <= box["y"] < 900
        text = made.page.locator("main").inner_text()
        assert "合成数据" in text
        if notebook == "district_ranking":
            assert [name for name in DISTRICTS if name not in text] == []


@pytest.mark.parametrize("report", REPORTS[1:])
def test_stock_nbconvert_gives_the_same_page(
    trial: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, report: str
) -> None:
    """The executed notebook beside a report, converted by stock nbconvert, is that report to the byte."""
    templates = tmp_path / "nbconvert" / "templates"
    templates.mkdir(parents=True)
    (templates / "wenxiao").symlink_to(TEMPLATES / "wenxiao")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    made, _ = HTMLExporter(template_name="wenxiao").from_filename(
        str((trial / report).with_name("report.ipynb"))
    )
    assert made == (trial / report).read_text(encoding="utf-8")


def test_stock_papermill_gives_the_same_page(trial: Path, tmp_path: Path) -> None:
    """A second run by stock papermill, elsewhere and later, makes the same page to the byte."""
    import papermill

    out = tmp_path / "另一个名字.ipynb"
    papermill.execute_notebook(
        ROOT / "notebooks" / "project_report.ipynb",
        out,
        {"project": "data/mudan-2023"},
        cwd=ROOT / "notebooks",
        progress_bar=False,
    )
    made = to_html(nbformat.read(out, as_version=4))
    assert made == (trial / "project_report" / "mudan-2023" / "report.html").read_text(encoding="utf-8")
