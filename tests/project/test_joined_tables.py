"""Tables folded side by side and 续表 on another sheet are one table."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from wenxiao.evaluation import Evaluation, evaluate
from wenxiao.project import load_profile, load_project

NAMES = ("甲县", "乙县", "丙县", "丁县", "戊县", "己县")
ROWS = tuple((name, 100 + 7 * n, 80 + 5 * n) for n, name in enumerate(NAMES))
HEADER = ("县区", "预算数", "支出数")
TITLE = ("各县区资金情况（单位：万元）",)


def total(rows: tuple[tuple[str, int, int], ...] = ROWS, more: int = 0) -> tuple[str, int, int]:
    """The 合计 of rows."""
    return "合计", sum(row[1] for row in rows) + more, sum(row[2] for row in rows)


def evaluated(folder: Path, sheets: dict[str, list[tuple[object, ...]]]) -> Evaluation:
    """The evaluation of a workbook of these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    book.save(folder / "资金.xlsx")
    return evaluate(load_project(folder), load_profile("national"))


def folded(last: tuple[object, ...], gap: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    """The rows in two groups of columns."""
    pairs = [(*ROWS[n], *gap, *ROWS[n + 3]) for n in range(3)]
    return [TITLE, (*HEADER, *gap, *HEADER), *pairs, (None, None, None, *gap, *last)]


@pytest.mark.parametrize("gap", [(), (None,)])
def test_a_folded_table_is_one(gap: tuple[object, ...], tmp_path: Path) -> None:
    """Its 合计 is that of all districts, and each figure keeps its own cell."""
    evaluation = evaluated(tmp_path, {"资金": folded(total(), gap)})
    (table,) = evaluation.project.tables
    assert [table.text(n, "district") for n in table.records()] == list(NAMES)
    assert [table.cell(n, table.column("budget")).address for n in (0, 5)] == ["B3", "F5" if gap else "E5"]
    assert table.raw_at(table.cell(5, table.column("budget"))) == 135
    assert evaluation.funds is not None
    assert evaluation.funds.total.amounts["budget"].number == total()[1]
    assert not [f for f in evaluation.findings if f.code == "total-differs"]


def test_a_wrong_total_of_a_folded_table_is_held_against_all_rows(tmp_path: Path) -> None:
    """The finding compares the 合计 with the sum of both groups, not of its own."""
    evaluation = evaluated(tmp_path, {"资金": folded(total(more=10))})
    (found,) = (f for f in evaluation.findings if f.code == "total-differs")
    assert f"{total()[1]}万元" in found.message


def test_a_table_that_goes_on_in_another_sheet_is_one(tmp_path: Path) -> None:
    """续表: the 合计 at its end sums the rows of both sheets; cells are those of their sheets."""
    sheets = {
        "表1": [TITLE, HEADER, *ROWS[:3]],
        "表1续": [("各县区资金情况（续表）",), ("单位：万元",), HEADER, *ROWS[3:], total()],
    }
    evaluation = evaluated(tmp_path, sheets)
    (table,) = evaluation.project.tables
    assert str(table.cell(4, table.column("spent"))) == "资金.xlsx［表1续］C5"
    assert not evaluation.findings


def test_tables_with_totals_of_their_own_stay_apart(tmp_path: Path) -> None:
    """Two groups, each with the 合计 of its own rows, are two tables; so are two that share a row."""
    own = [TITLE, HEADER, *ROWS[:3], total(ROWS[:3])]
    other = [TITLE, HEADER, *ROWS[3:], total(ROWS[3:])]
    assert len(evaluated(tmp_path, {"市区": own, "县": other}).project.tables) == 2
    again = [("各县区资金情况（续表）（单位：万元）",), HEADER, *ROWS[2:]]
    assert len(evaluated(tmp_path, {"表1": [TITLE, HEADER, *ROWS[:3]], "表1续": again}).project.tables) == 2


def test_sheets_of_two_years_stay_apart(tmp_path: Path) -> None:
    """A sheet of another year does not go on with the one before, whatever it is called."""
    sheets = {
        "2022年": [TITLE, HEADER, *ROWS[:3]],
        "2023年续建": [TITLE, HEADER, *ROWS[3:]],
    }
    assert len(evaluated(tmp_path, sheets).project.tables) == 2
