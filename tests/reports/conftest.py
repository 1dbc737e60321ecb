"""A small executed notebook with every kind of cell and output that a report may meet; its figures are synthetic."""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from playwright.sync_api import Browser, sync_playwright
from wenxiao.evaluation import Evaluation, evaluate
from wenxiao.project import load_profile, load_project
from wenxiao.reports import to_html

from tests.reports import trial as made

SVG = """<?xml version="1.0" encoding="utf-8" standalone="no"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns:xlink="http://www.w3.org/1999/xlink" width="640pt" height="200pt" viewBox="0 0 640 200"
 xmlns="http://www.w3.org/2000/svg" version="1.1">
 <metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata>
 <title>一级指标得分率</title>
 <defs>
  <style type="text/css">*{stroke-linejoin: round; stroke-linecap: butt}</style>
 </defs>
 <g id="figure_1">
  <clipPath id="p1"><rect x="0" y="0" width="640" height="200"/></clipPath>
  <g id="axes_1" clip-path="url(#p1)">
   <rect x="120" y="20" width="434" height="28" style="fill: #1f4e79"/>
   <rect x="120" y="70" width="451" height="28" style="fill: #1f4e79"/>
   <text x="10" y="40" style="font: 14px 'Noto Sans CJK SC', sans-serif">决策</text>
   <text x="10" y="90" style="font: 14px 'Noto Sans CJK SC', sans-serif">过程</text>
   <text x="562" y="40" style="font: 14px 'Noto Sans CJK SC', sans-serif">86.77%</text>
   <text x="579" y="90" style="font: 14px 'Noto Sans CJK SC', sans-serif">90.11%</text>
  </g>
 </g>
</svg>
"""

HEAD = (
    '<h1 id="title">示例市老旧小区改造补助资金全周期跟踪问效</h1>'
    '<p class="wx-quiet">2021 年度 · 评价规则 财预〔2020〕10号 · 3 个文件 · 合成数据</p>'
)

ROWS = (("甲县", "1,234.50", "81.24%"), ("乙县", "980.00", "未提供"), ("丙县", "23,763.00", "107.72%"))


def _table(number: int, rows: int = 3) -> str:
    """A table as the displays make it, with a popover for each rate."""
    body = "".join(
        f'<tr><th scope="row">{ROWS[i % 3][0]}</th><td>{ROWS[i % 3][1]}</td>'
        f'<td><button popovertarget="t{number}-{i}">{ROWS[i % 3][2]}</button></td></tr>'
        for i in range(rows)
    )
    popovers = "".join(
        f'<div popover id="t{number}-{i}"><p><b>{ROWS[i % 3][0]} · 预算执行率</b>{ROWS[i % 3][2]}</p>'
        "<dl><dt>公式</dt><dd>支出 ÷ 预算</dd></dl></div>"
        for i in range(rows)
    )
    return (
        f'<div class="wx-table"><div class="wx-scroll" tabindex="0" role="region" aria-label="表 {number}">'
        f'<table><caption><span>表 {number}　资金使用情况</span><span class="wx-unit">单位：万元</span></caption>'
        '<thead><tr><th scope="col">县区</th><th scope="col">预算</th><th scope="col">执行率</th></tr></thead>'
        f'<tbody>{body}</tbody></table></div></div><div class="wx-traces">{popovers}</div>'
    )


def _shows(*outputs: Mapping[str, object], source: str = "show()") -> NotebookNode:
    """A code cell whose outputs have these data."""
    return new_code_cell(
        source, execution_count=None, outputs=[new_output("display_data", dict(data)) for data in outputs]
    )


def _html(text: str) -> dict[str, object]:
    """The data of an HTML output, with the text/plain beside it that IPython adds."""
    return {"text/html": text, "text/plain": "<表>"}


def _notebook(*cells: NotebookNode) -> NotebookNode:
    """A notebook of these cells; cell ids are positions, so that the same cells make the same notebook."""
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
    made = new_notebook(
        cells=list(cells), metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    )
    nbformat.validate(made)
    return made


@pytest.fixture
def report() -> NotebookNode:
    """A report with a head, three sections, a chart, notes and the results."""
    paragraph = (
        "<p>该项目预算资金 23,763.00 万元，其中中央补助 16,158.00 万元、省级补助 6,105.00 万元、市级配套 1,500.00 万元。"
        "截至评价日支出 19,305.06 万元，预算执行率 81.24%（支出÷预算，汇总口径）。各县区进度不一，"
        "个别县区支出资料未提供，相应比率列为“未提供”，不作零处理。</p>"
    )
    results = {
        "application/vnd.wenxiao.results+json": {"schema_version": "1", "secret": "结果不显示"},
        "text/plain": "结果：3 项",
    }
    return _notebook(
        new_markdown_cell("# 问效报告\n\n这本笔记本生成一份报告。"),
        new_code_cell("x = 1", outputs=[]),
        _shows(_html(HEAD)),
        new_markdown_cell("## 基本情况\n\n项目概况取自表头，*资金*按来源列示；比率一律注明分母。"),
        _shows(
            _html('<h2 id="s1">一、基本情况</h2>' + paragraph * 3),
            _html('<h3 id="s1-1">（一）资金</h3>' + _table(1)),
        ),
        new_markdown_cell("## 没有数据的一节\n\n这一节没有数据。"),
        _shows(),
        _shows(
            _html('<h2 id="s2">二、评价结论</h2>' + paragraph * 2),
            {"image/svg+xml": SVG, "text/plain": "<图>"},
        ),
        _shows({"image/svg+xml": SVG, "text/plain": "<图>"}, _html(_table(2, 40))),
        _shows(_html("<h2>三、勾稽核对</h2>" + paragraph * 6)),
        _shows(results),
    )


@pytest.fixture(scope="session")
def shows() -> Callable[..., NotebookNode]:
    """Makes a code cell whose outputs have the data given."""
    return _shows


@pytest.fixture(scope="session")
def page_of() -> Callable[..., str]:
    """Makes the page of a notebook of the cells given."""
    return lambda *cells, **metadata: to_html(_with(_notebook(*cells), metadata))


def _with(notebook: NotebookNode, metadata: Mapping[str, object]) -> NotebookNode:
    notebook.metadata.update(metadata)
    return notebook


@pytest.fixture(scope="session")
def notebook_of() -> Callable[..., NotebookNode]:
    """Makes a notebook of the cells given."""
    return _notebook


@pytest.fixture(scope="session")
def mudan(checkout: Path) -> Evaluation:
    """The evaluation of a project with a scorecard and without districts."""
    return evaluate(load_project(checkout / "data/mudan-2023"), load_profile("national"))


@pytest.fixture(scope="session")
def linyi(checkout: Path) -> Evaluation:
    """The evaluation of a project with twelve ranked counties."""
    return evaluate(load_project(checkout / "data/linyi-2021"), load_profile("national"))


@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator[Browser]:
    """One browser for the tests of a file: while playwright runs, its event loop would be in the way of nbclient's."""
    flags = ["no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking"]
    flags += ["disable-component-update", "disable-sync"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=[f"--{flag}" for flag in flags])
        yield started
        started.close()


@pytest.fixture(scope="session")
def trial(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The outputs of the trial: reports of the five projects, of hostile text and of 150 districts, and the index."""
    whole = pytestconfig.option.markexpr != "not acceptance"
    return _once(tmp_path_factory, "trial", lambda root: made.build(root, whole=whole))


@pytest.fixture(scope="session")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The outputs of the editions for the house and for release."""
    return _once(tmp_path_factory, "editions", made.build_editions)


def _once(factory: pytest.TempPathFactory, name: str, build: Callable[[Path], None]) -> Path:
    """The outputs of a workspace, made by the first process that asks, however many share the tests."""
    base = factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    ready, failed = base / f"{name}.ready", base / f"{name}.failed"
    try:
        (base / f"{name}.begun").touch(exist_ok=False)
    except FileExistsError:
        while not ready.exists():
            assert not failed.exists(), f"the {name} was not made; another process says why"
            time.sleep(0.2)
    else:
        try:
            build(base / name)
            ready.touch()
        finally:
            if not ready.exists():
                failed.touch()
    return base / name / "outputs"
