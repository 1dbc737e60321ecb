"""What adds nothing to a table changes no figure: an 其中, a subtotal, a rate, a hidden or an empty row."""

from __future__ import annotations

import random
from pathlib import Path

import openpyxl
import pytest
from wenxiao.evaluation import evaluate
from wenxiao.project import load_profile, load_project

Rows = list[list[object]]


SOURCES = ("资金来源", "中央资金", "省级资金", "市级资金", "社会资金")
COUNTIES = ("县区", "甲县", "乙县", "丙县", "丁县")


def money(seed: int, names: tuple[str, ...]) -> Rows:
    """A table of four sources or counties with their total, amounts with two decimals."""
    draw = random.Random(seed)
    head, *sources = names
    rows = [[s, b := draw.randint(20_000, 90_000), draw.randint(9_000, b)] for s in sources]
    whole = ["合计", *(sum(int(str(row[i])) for row in rows) for i in (1, 2))]
    return [
        [head, "预算数（万元）", "支出数（万元）"],
        *([name, *(int(str(n)) / 100 for n in numbers)] for name, *numbers in [*rows, whole]),
    ]


def of_which(rows: Rows) -> Rows:
    """A part of the first row below it."""
    first = rows[1]
    return [
        *rows[:2],
        ["其中：中央预算内", round(float(str(first[1])) / 3, 2), round(float(str(first[2])) / 3, 2)],
        *rows[2:],
    ]


def subtotal(rows: Rows) -> Rows:
    """小计 of the first two sources."""
    added = [round(float(str(rows[1][i])) + float(str(rows[2][i])), 2) for i in (1, 2)]
    return [*rows[:3], ["小计", *added], *rows[3:]]


def rate(rows: Rows) -> Rows:
    """A column with the rate of each row."""
    return [
        [*rows[0], "执行率"],
        *([*row, f"{float(str(row[2])) / float(str(row[1])):.2%}"] for row in rows[1:]),
    ]


def template(rows: Rows) -> Rows:
    """An empty row of a template before the total."""
    return [*rows[:-1], ["……"], rows[-1]]


def hidden(rows: Rows) -> Rows:
    """A row of older figures, which the sheet does not show."""
    return [*rows[:2], ["旧数据", 11.11, 5.55], *rows[2:]]


def figures(folder: Path, rows: Rows, hide: int = 0) -> dict[str, str]:
    """The amounts and rates of the whole and of each source."""
    folder.mkdir()
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    if hide:
        book.worksheets[0].row_dimensions[hide].hidden = True
    book.save(folder / "资金.xlsx")
    evaluation = evaluate(load_project(folder), load_profile())
    return {key: each.text for key, each in evaluation.measures.items() if not key.startswith("total_score")}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("names", [SOURCES, COUNTIES], ids=["sources", "counties"])
@pytest.mark.parametrize("add", [of_which, subtotal, rate, template, hidden], ids=lambda each: each.__name__)
def test_what_adds_nothing_changes_no_figure(
    tmp_path: Path, seed: int, names: tuple[str, ...], add: object
) -> None:
    """Every figure of the table as it was is there with the same value, the whole above all."""
    assert callable(add)
    rows = money(seed, names)
    before = figures(tmp_path / "before", rows)
    after = figures(tmp_path / "after", add(rows), 3 if add is hidden else 0)
    assert before["budget/全项目" if names is SOURCES else "budget/全部"] != "未提供"
    assert {key: after.get(key) for key in before} == before
