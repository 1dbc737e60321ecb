"""The page of this package and that of stock nbconvert are one."""

import copy
from pathlib import Path

import nbformat
import pytest
from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode
from traitlets.config import Config
from wenxiao.reports import TEMPLATES, exporter, to_html


def test_same_notebook_same_bytes(report: NotebookNode) -> None:
    """A page depends on the notebook alone, and making it leaves the notebook as it was."""
    before = copy.deepcopy(report)
    assert to_html(report) == to_html(report)
    assert report == before


def test_stock_exporter_gives_the_same_page(
    report: NotebookNode, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`jupyter nbconvert --template wenxiao` needs no configuration and gives the same bytes, from a file of any name."""
    monkeypatch.setenv("JUPYTER_PATH", str(_installed(tmp_path)))
    path = tmp_path / "另一个名字.ipynb"
    nbformat.write(report, path)
    page, _ = HTMLExporter(template_name="wenxiao").from_filename(str(path))
    assert page == to_html(nbformat.read(path, as_version=4))


def _installed(folder: Path) -> Path:
    """A folder of Jupyter's data with the template as the installation puts it there."""
    templates = folder / "share" / "nbconvert" / "templates"
    templates.mkdir(parents=True)
    (templates / "wenxiao").symlink_to(TEMPLATES / "wenxiao")
    return folder / "share"


def test_exporter_is_built_once() -> None:
    """A process has one exporter."""
    assert exporter() is exporter()


def test_code_is_folded_in_by_a_stock_option(
    report: NotebookNode, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--ReportPreprocessor.show_code=True` shows the code of every cell, folded; without it there is none."""
    monkeypatch.setenv("JUPYTER_PATH", str(_installed(tmp_path)))
    config = Config({"ReportPreprocessor": {"show_code": True}})
    page, _ = HTMLExporter(template_name="wenxiao", config=config).from_notebook_node(report)
    assert page.count("<summary>代码</summary>") == sum(cell.cell_type == "code" for cell in report.cells)
    assert "<summary>代码</summary>" not in to_html(report)
