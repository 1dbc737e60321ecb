"""Whatever the container: what a person sees in a cell, a row or a column is what is read."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from wenxiao.model import Missing, SheetError, Table
from wenxiao.sheets import Reading

from tests.sheets import written
from tests.sheets.written import RAISED, STRUCK, WRITERS, codes, read, values

HEADER = ["资金来源", "预算数（万元）", "支出数（万元）"]
_RICH = [name for name in WRITERS if name not in ("csv", "xlsb")]
_HIDING = [name for name, writer in WRITERS.items() if writer.hides]


def reading_of(tmp_path: Path, name: str, rows: list[list[object]], **more: object) -> Reading:
    """The reading of rows written in a container."""
    writer = WRITERS[name]
    return read(writer.write(tmp_path / f"资金.{writer.ending}", rows, **more))


def only(reading: Reading) -> Table:
    """The one table that was read."""
    (table,) = reading.tables
    return table


@pytest.mark.parametrize("name", _RICH)
def test_raised_signs_are_no_digits_and_what_is_struck_out_is_gone(tmp_path: Path, name: str) -> None:
    """800 with a raised 1 is 800, a struck-out 700 before 400 is not there, a figure struck out as a whole is none."""
    rows: list[list[object]] = [
        HEADER,
        ["中央资金", 1000, [("800", ""), ("1", RAISED)]],
        ["省级资金", 500, [("700", STRUCK), ("400", "")]],
        ["市级资金", 300, [("250", STRUCK)]],
    ]
    reading = reading_of(tmp_path, name, rows)
    assert values(only(reading), "spent") == [Decimal(800), Decimal(400), Missing.NOT_PROVIDED]
    if name != "docx":
        assert "sheet-struck" in codes(reading)


@pytest.mark.parametrize("name", _HIDING)
def test_hidden_rows_are_left_out_and_said(tmp_path: Path, name: str) -> None:
    """A hidden row that the visible total does not hold is no record, and is named."""
    rows: list[list[object]] = [
        HEADER,
        ["中央资金", 100, 90],
        ["省级资金", 50, 40],
        ["市级资金", 30, 20],
        ["合计", 150, 130],
    ]
    reading = reading_of(tmp_path, name, rows, hidden_rows={3})
    table = only(reading)
    assert [table.text(record, "source") for record in table.records()] == ["中央资金", "省级资金"]
    assert "sheet-hidden-rows" in codes(reading)


@pytest.mark.parametrize("name", _HIDING)
def test_a_hidden_column_never_wins(tmp_path: Path, name: str) -> None:
    """Of two columns of one field the visible one is read, the other named."""
    rows: list[list[object]] = [
        [*HEADER, "支出数（万元）"],
        ["中央资金", 1000, 100, 800],
        ["省级资金", 500, 50, 400],
    ]
    reading = reading_of(tmp_path, name, rows, hidden_columns=[2])
    assert values(only(reading), "spent") == [Decimal(800), Decimal(400)]
    assert "sheet-hidden-column" in codes(reading)


@pytest.mark.parametrize(
    ("name", "code"),
    [("xlsx", "#,##0,"), ("xls", "#,##0,"), ("xml", "#,##0,"), ("ods", "6,000"), ("html", "6,000"), ("mhtml", "6,000"), ("docx", "6,000")],
)  # fmt: skip
def test_a_scaled_number_is_what_is_shown(tmp_path: Path, name: str, code: str) -> None:
    """6000000 that shows as 6,000 under 万元 is 6,000万元."""
    rows: list[list[object]] = [HEADER, ["中央资金", 9000, (6000000, code)], ["省级资金", 500, 400]]
    assert values(only(reading_of(tmp_path, name, rows)), "spent") == [Decimal(6000), Decimal(400)]


@pytest.mark.parametrize("password", ["VelvetSweatshop", "另有密码"])
def test_only_the_password_that_excel_itself_uses_is_known(tmp_path: Path, password: str) -> None:
    """A workbook locked with Excel's default password is opened, one with another is called locked."""
    plain = written.xlsx(tmp_path / "a.xlsx", [HEADER, ["中央资金", 100, 90], ["省级资金", 50, 40]])
    locked = tmp_path / "资金.xlsx"
    held = io.BytesIO()
    with plain.open("rb") as stream:
        OOXMLFile(stream).encrypt(password, held)
    locked.write_bytes(held.getvalue())
    if password == "VelvetSweatshop":
        assert values(written.only(locked), "spent") == [Decimal(90), Decimal(40)]
    else:
        with pytest.raises(SheetError, match="加密"):
            read(locked)
