"""The workbooks of the five projects are read without an error, each table as the kind it is."""

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from wenxiao.model import Severity

from tests.sheets.written import column_of, read, values

DATA = Path(__file__).resolve().parents[2] / "data"
FILES = sorted(path for path in DATA.glob("*/*") if path.suffix in (".xlsx", ".xls", ".csv"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_workbook_is_read_whole(path: Path) -> None:
    """No table is unknown, no cell unreadable, no unit unknown."""
    reading = read(path)
    assert all(table.kind != "other" for table in reading.tables)
    assert [finding for finding in reading.findings if finding.severity is not Severity.HINT] == []


def test_the_kinds_of_all_five() -> None:
    """Together the five projects have every kind of table they report."""
    kinds = Counter(table.kind for path in FILES for table in read(path).tables)
    assert {
        "head",
        "funds",
        "scorecard",
        "districts",
        "outputs",
        "neighbourhoods",
        "claims",
        "problems",
    } <= set(kinds)
    assert kinds["claims"] == 5


def test_lingang_counts_and_the_one_estimate() -> None:
    """（总）5-5个, 128栋, 39万平方米 are figures, and the one estimate of four towns stands once."""
    tables = {
        table.title: table
        for path in FILES
        if path.parent.name == "lingang-2023"
        for table in read(path).tables
    }
    benefits = next(table for title, table in tables.items() if "受益明细" in title)
    assert values(benefits, "neighbourhoods") == [Decimal(5), Decimal(9), Decimal(9), Decimal(5), Decimal(28)]
    assert values(benefits, "area")[-1] == Decimal("330.67")
    assert values(benefits, "serial")[:4] == [Decimal(1), Decimal(2), Decimal(3), Decimal(2)]
    funds = next(table for title, table in tables.items() if "资金明细" in title)
    assert column_of(funds, "estimate").spans == {0: 4}
