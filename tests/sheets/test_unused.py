"""Every number of a visible sheet is in a table with a role and a field, or on the list 未采用."""

from __future__ import annotations

import os
import tempfile
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pandas as pd
import pytest
import wenxiao as wx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wenxiao.fields import standard_registry
from wenxiao.model import Role
from wenxiao.model.finding import NotUsed
from wenxiao.sheets.reading import Reading, read_workbook

from tests.sheets.independent_readers import NUMBERS_OF, places_of
from tests.sheets.written import WRITERS

EXAMPLES = int(os.environ.get("WENXIAO_EXAMPLES_TRIED", "40"))
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


def test_figures_of_each_year_are_used() -> None:
    """Columns of one field for two years are used, though only the first has the name of the field."""
    headers = ["资金来源", "2022年预算数（万元）", "2023年预算数（万元）", "2023年备查数"]
    unused = read([headers, ["中央资金", 10, 11, 1], ["省级资金", 5, 6, 2]]).unused
    assert [(each.about, each.count) for each in unused] == [("2023年备查数", 2)]


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


_WORDS = [
    "合计",
    "小计",
    "其中：",
    "其中：乙镇",
    "—",
    "注：数据截至12月底",
    "2021年",
    "资金来源",
    "县区",
    "单位：元",
    "甲县",
    "备注",
    "无",
]
_numbers = st.integers(-9, 99999) | st.sampled_from([0.5, 1234.56, "1,234.50", "80%", "12.00"])


@st.composite
def mutated(draw: st.DrawFn) -> list[list[object]]:
    """The rows of a table of funds, districts or outputs to which something was done that offices do to them."""
    header = draw(
        st.sampled_from(
            [
                ["资金来源", "预算数（万元）", "到位数", "支出数（万元）", "执行率"],
                ["县区", "户数（户）", "2022年", "2023年", "领用编号"],
                ["序号", "改造内容", "单位", "计划数", "完成数"],
            ]
        )
    )
    rows: list[list[object]] = [["2023年度情况表", None, "单位：万元"], list(header)]
    names = "甲乙丙丁戊己"[: draw(st.integers(1, 6))]
    rows += [[f"{name}县", *(draw(_numbers) for _ in header[1:])] for name in names]
    rows.append(["合计", *(draw(_numbers) for _ in header[1:])])
    for _ in range(draw(st.integers(0, 6))):
        row = draw(st.integers(0, len(rows) - 1))
        column = draw(st.integers(0, len(header) - 1))
        match draw(st.integers(0, 7)):
            case 0:
                rows[row] = [*rows[row][:column], draw(st.sampled_from(_WORDS)), *rows[row][column + 1 :]]
            case 1:
                rows[row] = [*rows[row][:column], draw(_numbers), *rows[row][column + 1 :]]
            case 2:
                rows[row] = [*rows[row][:column], None, *rows[row][column:]]
            case 3:
                rows.insert(row, [None])
            case 4:
                rows.insert(row, list(rows[draw(st.integers(0, len(rows) - 1))]))
            case 5:
                del rows[row]
                rows = rows or [[1]]
            case 6:
                rows = [[*line[:column], None, *line[column:]] for line in rows]
            case 7:
                rows += [[None], *rows[:3]]
    return rows


def accounted_for(reading: Reading) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """The places that tables use with a role and a field, and those on the list, of a file with one sheet."""
    used = {
        (cell.row, cell.column)
        for table in reading.tables
        for column in table.columns
        if column.key is not None or standard_registry().kind(table.kind).open
        for record in range(len(table))
        if Role(int(table.roles[record])) not in _ASIDE
        for cell in [table.cell(record, column)]
    }
    listed = {
        (row, column)
        for one in reading.unused
        for row in range(one.first.row, one.last.row + 1)
        for column in range(one.first.column, one.last.column + 1)
    }
    assert sum(one.count for one in reading.unused) == len(listed)
    return used, listed


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated(), st.sampled_from(sorted(WRITERS)), st.booleans())
def test_every_number_of_every_container_is_accounted_for(
    rows: list[list[object]], name: str, hiding: bool
) -> None:
    """Each number that another reader finds is in a field of a table or on the list of 未采用, and never on both."""
    writer = WRITERS[name]
    hidden = {"hidden_rows": {3}} if hiding and writer.hides else {}
    with tempfile.TemporaryDirectory() as folder:
        path = writer.write(Path(folder) / f"a.{writer.ending}", rows, **hidden)
        numbers = NUMBERS_OF[name](path) if name in NUMBERS_OF else places_of(rows)
        try:
            reading = read_workbook(path, standard_registry())
        except wx.WenxiaoError:
            return
    used, listed = accounted_for(reading)
    assert listed <= numbers
    assert numbers - listed == numbers & used
