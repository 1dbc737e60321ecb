"""Every number of a visible sheet is in a table with a role and a field, or on the list 未采用."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

import pandas as pd
import pytest
import wenxiao as wx
from hypothesis import given, settings
from hypothesis import strategies as st
from wenxiao.fields import standard_registry
from wenxiao.model import Role
from wenxiao.model.finding import NotUsed
from wenxiao.sheets.reading import Reading

_ASIDE = (Role.NOTE, Role.TEMPLATE, Role.SECTION, Role.OUTSIDE)


def used_in(reading: Reading) -> int:
    """Numbers in a field of a table, counted from the tables and the raw cells alone."""
    count = 0
    for table in reading.tables:
        kind = standard_registry().kind(table.kind)
        for column in table.columns:
            if column.key is None and not kind.open:
                continue
            for record in range(len(table)):
                cell = table.cell(record, column)
                count += Role(int(table.roles[record])) not in _ASIDE and _number(
                    table.raw(cell.row, cell.column)
                )
    return count


def numbers_of(rows: list[list[object]]) -> int:
    """Numbers among the cells as they were written."""
    return sum(_number(cell) for row in rows for cell in row)


def _number(cell: object) -> bool:
    try:
        return cell is not None and cell != "" and Decimal(str(cell)).is_finite()
    except InvalidOperation:
        return False


def read(rows: list[list[object]]) -> Reading:
    """The reading of rows as a sheet without column names of its own."""
    width = max(len(row) for row in rows)
    padded = [[*row, *[None] * (width - len(row))] for row in rows]
    return wx.read(pd.DataFrame(padded[1:], columns=[str(cell or "") for cell in padded[0]]))


@pytest.mark.parametrize(
    ("rows", "reason", "count"),
    [
        (
            [["资金来源", "预算数（万元）", "领用编号"], ["中央资金", 10, 77], ["省级资金", 5, 78]],
            NotUsed.COLUMN_UNKNOWN,
            2,
        ),
        ([["物品", "领用编号"], ["纸张", 77], ["墨盒", 78]], NotUsed.KIND_UNKNOWN, 2),
    ],
)
def test_what_no_field_takes_is_listed(rows: list[list[object]], reason: NotUsed, count: int) -> None:
    """A column without a field and a table of no kind are listed with their reason and how many numbers they hold."""
    reading = read(rows)
    assert {one.reason for one in reading.unused} == {reason}
    assert sum(one.count for one in reading.unused) == count


def test_figures_by_district_are_used_under_any_header() -> None:
    """A table by district keeps numbers under headers nobody knows as figures of their own."""
    assert read([["县区", "灭火器（具）"], ["甲县", 3], ["乙县", 4]]).unused == ()


_cells = st.one_of(
    st.none(),
    st.integers(0, 99999),
    st.sampled_from(["甲县", "合计", "其中：乙镇", "小计", "注：略", "—", "2021年"]),
)
_headers = st.sampled_from(
    ["县区", "资金来源", "预算数（万元）", "支出数（万元）", "户数（户）", "得分", "随记", "备注", "序号", ""]
)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(_headers, min_size=2, max_size=6),
    st.lists(st.lists(_cells, min_size=6, max_size=6), min_size=1, max_size=9),
)
def test_numbers_used_and_listed_are_all_there_are(headers: list[str], body: list[list[object]]) -> None:
    """Another count of the numbers of a sheet equals those in fields of tables and those on the list."""
    rows: list[list[object]] = [list(row[: len(headers)]) for row in body]
    frame = pd.DataFrame(rows, columns=headers)
    try:
        reading = wx.read(frame)
    except wx.WenxiaoError:
        return
    assert used_in(reading) + sum(one.count for one in reading.unused) == numbers_of(rows)
