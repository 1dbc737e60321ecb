"""The workspace of the trial: the five real projects, one of hostile text, and one of 150 made-up (synthetic) districts."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import openpyxl
import yaml
from bs4 import BeautifulSoup

from tests.reports import reviewed_city

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = ("project_report", "district_report", "district_ranking", "portfolio")

MARKUP = (
    "\"><script>document.title='ran'</script></style></title></textarea></svg>"
    "<img src=x onerror=\"document.title='ran'\"><iframe src='https://example.org'></iframe>"
)
"""Markup that closes whatever it may stand in, runs, and asks for something."""

CELLS = (
    MARKUP,
    "]]><!--<svg onload=document.title='ran'><style>*{display:none}",
    '=HYPERLINK("https://example.org","点击")',
    "+1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(A1:A9)",
    "{{ 7 * 7 }}{% raw %}{{ cell.source }}",
    "[点击](javascript:alert(1)) ![图](https://example.org/x.png) <https://example.org>",
    "&lt;b&gt;&#60;script&#62;&amp;nbsp;",
    "\u202e右到左\u2066\u200b零\u200d宽\ufeff",
    "\u009b31m控制\u009b0m [31m红[0m",
    "javascript:alert(1)//data:text/html,<script>1</script>",
    "'||(SELECT 1)--\\u003cscript\\u003e\\",
    "$\\href{https://example.org}{x}$ `code` **粗**",
)
"""What an office would never write in a cell, each of another kind."""

LONG = "很长的名称" * 2000
FOLDER = "坏 ' & {{7+7}} #%2e%2e;"
"""A folder of a project, and the name of its runs: what a file system takes and an address must quote."""

WIDE = "synthetic-150"
DISTRICTS = tuple(f"合成{number:03d}县" for number in range(1, 151))


EDITIONS = {
    "district_report/alone": "project: data/released\ndistrict: 费县\naudience: release\nedition: 正式稿\n",
    "district_report/consented": "project: data/released\ndistrict: 费县\naudience: release\nedition: 正式稿\nconsent: true\n",
    "project_report/whole": "project: data/released\naudience: release\nedition: 征求意见稿\n",
    "project_report/house": "project: data/city\n",
    "project_report/release": "project: data/city\naudience: release\nedition: 正式稿\n",
    "district_report/house": f"project: data/city\ndistrict: {reviewed_city.OWN}\n",
    "district_report/release": f"project: data/city\ndistrict: {reviewed_city.OWN}\naudience: release\nedition: 正式稿\n",
}
"""Runs for the house and for release, of a real project and of a reviewed city, in a workspace of their own; what stands in them is tried by words."""


def runs() -> tuple[str, ...]:
    """The runs of the trial whose pages are tried, `notebook/run`, in the order of their names: those of `parameters/`, and ours."""
    own = [f"{notebook}/{path.stem}" for notebook in NOTEBOOKS for path in _parameters(notebook)]
    made = [f"{notebook}/{name}" for name in (FOLDER, WIDE) for notebook in NOTEBOOKS[:3]]
    return tuple(sorted([*own, *made]))


USUAL = (
    "district_ranking/linyi-2021",
    "district_report/linyi-2021--临沭县",
    "portfolio/all",
    "project_report/linyi-2021",
    "project_report/mudan-2023",
)
"""Runs whose pages are tried by `make test`, beside those of hostile text; those of all others by `make acceptance`."""


def usual(run: str) -> bool:
    """Whether the page of a run is tried by `make test`."""
    return run in USUAL or run.endswith(f"/{FOLDER}")


def build(root: Path, *, whole: bool) -> None:
    """Makes the trial, by the command in a workspace at `root`: the usual runs, or all."""
    for folder in ("data", "parameters"):
        (root / folder).mkdir(parents=True)
    (root / "notebooks").symlink_to(ROOT / "notebooks")
    for project in (ROOT / "data").iterdir():
        (root / "data" / project.name).symlink_to(project)
    hostile(root / "data" / FOLDER)
    wide(root / "data" / WIDE)
    districts = {FOLDER: MARKUP, WIDE: DISTRICTS[70]}
    for notebook in NOTEBOOKS:
        folder = root / "parameters" / notebook
        folder.mkdir()
        for path in _parameters(notebook):
            if whole or usual(f"{notebook}/{path.stem}"):
                (folder / path.name).symlink_to(path)
        for name, district in districts.items() if notebook != "portfolio" else ():
            values = {"project": f"data/{name}"}
            values |= {"district": district} if notebook == "district_report" else {}
            (folder / f"{name}.yaml").write_text(yaml.safe_dump(values, allow_unicode=True), encoding="utf-8")
    _run(root)


def build_editions(root: Path) -> None:
    """Makes the editions, by the command in a workspace at `root`."""
    root.mkdir()
    (root / "notebooks").symlink_to(ROOT / "notebooks")
    reviewed_city.write(root / "data/city")
    shutil.copytree(ROOT / "data/linyi-2021", root / "data/released")
    (root / "data/released/罗庄区补充说明.csv").write_text("说明\n无\n", encoding="utf-8")
    for name, text in EDITIONS.items():
        path = root / "parameters" / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    _run(root)


def _run(root: Path) -> None:
    """Makes every run of a workspace."""
    done = subprocess.run(
        [sys.executable, "-c", "from wenxiao.cli import main; main()", "run"],
        cwd=root,
        env={**os.environ, "WENXIAO_ROOT": str(root)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _parameters(notebook: str) -> list[Path]:
    """The parameter files of a notebook."""
    return sorted((ROOT / "parameters" / notebook).glob("*.yaml"))


def hostile(folder: Path) -> None:
    """A project in whose every text stands something that is no plain text, under the names of files and sheets too."""
    folder.mkdir()
    names = [MARKUP, *CELLS[1:], LONG]
    ranked = [
        ["县区综合评价得分情况表" + MARKUP],
        ["序号", "县区名称", "实际得分", "备注"],
        *([number, name, 95 - number, names[-number]] for number, name in enumerate(names, 1)),
    ]
    workbook(folder / "得分 <b>'&\"{{7*7}}=..\\得分.xlsx", {"<b>'得分 {{7+7}}&": ranked})
    funds = [
        ["资金安排表"],
        ["金额单位：万元"],
        ["资金来源", "预算安排", "支出", "备注"],
        *([name, 100 + number, 50 + number, names[number]] for number, name in enumerate(names[:4])),
    ]
    facts = [
        ["项目基本情况"],
        ["事项", "内容"],
        ["项目名称", MARKUP],
        ["地区", CELLS[1]],
        ["年度", "2023年度"],
    ]
    problems = [
        ["问题清单"],
        ["序号", "问题", "一级指标", "二级指标", "三级指标", "出处"],
        *([number, name, "过程", name, None, name] for number, name in enumerate(CELLS, 1)),
    ]
    claims = [
        ["报告数"],
        ["序号", "出处", "对象", "事项", "报告数", "单位", "口径", "备注"],
        *([n, name, "全项目", "预算资金", 1000 + n, "万元", name, name] for n, name in enumerate(CELLS, 1)),
    ]
    workbook(
        folder / "-资金@=;`$(x)`.xlsx",
        {"=资金": funds, "+概况": facts, "@问题": problems, "-报告数": claims},
    )
    narrative = "".join(
        f"## {title}\n\n{text}\n\n- {text}\n\n" for title, text in zip(_TITLES, CELLS, strict=False)
    )
    (folder / "narrative.md").write_text(narrative, encoding="utf-8")


_TITLES = ("主要经验", "存在的问题", "原因分析", "有关建议")


def wide(folder: Path) -> None:
    """A project of 150 synthetic districts: a total each, money each, marked as what it is."""
    folder.mkdir()
    ranked = [
        ["合成数据：县区综合评价得分情况表"],
        ["序号", "县区名称", "实际得分", "备注"],
        *([n, name, 70 + (n * 37 % 291) / 10, "合成数据"] for n, name in enumerate(DISTRICTS, 1)),
    ]
    money = [
        ["合成数据：各县区资金情况表"],
        ["单位：万元"],
        ["县区", "预算资金", "到位资金", "支出资金"],
        *([name, 1000 + n * 7, 900 + n * 6, 800 + n * 5] for n, name in enumerate(DISTRICTS, 1)),
    ]
    facts = [
        ["项目基本情况"],
        ["事项", "内容"],
        ["项目名称", "合成数据：一百五十个县区的项目"],
        ["年度", "2023年度"],
    ]
    workbook(folder / "合成数据.xlsx", {"得分": ranked, "资金": money, "概况": facts})


def workbook(path: Path, sheets: dict[str, Sequence[Sequence[object]]]) -> None:
    """Writes a workbook of these sheets, every text as a text."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                cell = sheet.cell(number, column, value)
                if isinstance(value, str):
                    cell.data_type = "s"  # or openpyxl would make a formula of a text that begins with =
    book.save(path)


@cache
def page_of(path: Path) -> BeautifulSoup:
    """A page of the trial, parsed once for all tests that only read it."""
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
