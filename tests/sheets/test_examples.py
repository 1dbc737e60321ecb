"""The four real files of shared/examples, read exactly; skipped where they are not, required in CI."""

import os
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from wenxiao.model import Missing, Role
from wenxiao.sheets import Reading

from tests.conftest import lacking
from tests.sheets.totals import check_totals
from tests.sheets.written import column_of, read, values


@pytest.fixture(scope="module")
def example() -> Callable[[str], Reading]:
    """Reads one of the examples by the start of its name."""
    folder = Path(
        os.environ.get("WENXIAO_EXAMPLES", Path(__file__).resolve().parents[3] / "shared" / "examples")
    )
    if not folder.is_dir():
        lacking(f"no examples at WENXIAO_EXAMPLES ({folder.name}): tests of real sheets are skipped")
    return lambda start: read(next(folder.glob(f"{start}*")))


def test_a_yearbook_with_a_missing_drawing(example: Callable[[str], Reading]) -> None:
    """Three tables on two sheets, 续表 at row 42, bilingual headers, texts as numbers, and totals that agree."""
    tables = example("02").tables
    assert [table.title for table in tables] == [
        "7-6 分地区一般公共预算支出(2023年)",
        "7-6续表1",
        "7-6 续表2",
    ]
    assert [table.header for table in tables] == [(5, 5), (46, 46), (5, 5)]
    first = tables[0]
    assert first.unit is not None
    assert (first.unit.symbol, len(list(first.records()))) == ("亿元", 31)
    total = column_of(first, "地方一般公共预算支出")
    assert total.number(0) == Decimal("236403.46")
    assert column_of(first, "国防支出").number(0) == Decimal("268.30")
    assert column_of(first, "国防支出").places[0] == 2
    assert written_missing(first, "外交支出", 1) is Missing.NOT_PROVIDED
    assert [finding for table in tables for finding in check_totals(table)] == []


def written_missing(table: object, key: str, record: int) -> Missing | None:
    """Why one record has no value."""
    return column_of(table, key).missing_kind(record)  # type: ignore[arg-type]


def test_four_stacked_tables_with_merged_headers(example: Callable[[str], Reading]) -> None:
    """Titles at rows 1, 41, 79 and 117, a fifth table on its own sheet, a hidden sheet passed over, … too small to print."""
    reading = example("05")
    tables = reading.tables
    assert [table.origin.top for table in tables] == [1, 41, 79, 117, 1]
    assert [len(list(table.records())) for table in tables] == [31] * 5
    assert "CNKI" in [decision.sheet for decision in reading.decisions]
    assert [(column.path, column.unit.symbol) for column in tables[0].columns][1] == (
        ("农业机械总动力", "2021年"),
        "万千瓦",
    )
    assert written_missing(tables[2], "谷物联合收割机/2022年", 1) is Missing.TOO_SMALL
    assert [finding for table in tables for finding in check_totals(table)] == []
    assert values(tables[0], "district")[:2] == ["全国", "北京"]
    assert len(tables[0].notes) == 3


def test_a_bilingual_header_over_five_rows(example: Callable[[str], Reading]) -> None:
    """National = regions = provinces, exactly, in all four columns; column C counts 项 under a unit row of 万元."""
    (table,) = example("07").tables
    assert table.header == (5, 9)
    assert [column.label for column in table.columns][2:] == [
        "新产品开发项目数",
        "新产品开发经费支出",
        "新产品/销售收入",
        "新产品/#出口",
    ]
    assert [column.unit.symbol for column in table.columns][2:] == ["项", "万元", "万元", "万元"]
    assert [len(list(table.records(role))) for role in (Role.TOTAL, Role.REGION_SUBTOTAL, Role.DATA)] == [
        1,
        4,
        31,
    ]
    for column in table.columns[2:]:
        national = column.number(0)
        for role in (Role.REGION_SUBTOTAL, Role.DATA):
            parts = [column.number(record) for record in table.records(role)]
            assert sum(part for part in parts if part is not None) == national
    assert check_totals(table) == ()
    assert table.cell(35, table.columns[2]).address == "C53"


def test_an_export_of_the_statistics_bureau(example: Callable[[str], Reading]) -> None:
    """Rows 1–3 tell database, indicator with its unit, and period; the header is row 4; notes and source stand below."""
    (table,) = example("10").tables
    assert table.title == "地区生产总值(亿元)"
    assert (table.header, len(table)) == ((4, 4), 31)
    assert {column.unit.symbol for column in table.columns[1:]} == {"亿元"}
    assert table.notes[-1] == "数据来源：国家统计局"
    assert column_of(table, "2019年").number(0) == Decimal("35371.28")
