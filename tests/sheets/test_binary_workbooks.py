"""Binary workbooks (.xlsb): read as an .xlsx with the same cells, refused where they are damaged."""

import io
import random
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from wenxiao.model import SheetError
from wenxiao.sheets import Container, open_grids, read_bytes

from tests.sheets import written
from tests.sheets.binary_workbook import cell, record, row_header, xlsb
from tests.sheets.test_mutations import MUTANTS, cut, doubled, flipped, truncated
from tests.sheets.written import REGISTRY, only, read, values

FUNDS = [
    ["资金情况表", None, None, None],
    ["单位：万元", None, None, None],
    ["资金来源", "预算数", "支出数", "执行率"],
    ["中央资金", 2062.67, 831.3, 0.403],
    ["省级资金", 302.01, None, None],
    ["合计", 2364.68, 831.3, 0.3515],
]
MERGES = ("A1:D1", "A2:D2")
FORMATS = {"B4": "#,##0.00", "C4": "0.000", "D4": "0.0%", "D6": "0.00%"}


def test_a_binary_workbook_is_read_as_its_twin(tmp_path: Path) -> None:
    """Title, unit row, figures, total, merges and number formats of an .xlsb are those of the same .xlsx."""
    reading = read(xlsb(tmp_path / "资金.xlsb", FUNDS, merges=MERGES, formats=FORMATS))
    twin = only(written.xlsx(tmp_path / "资金.xlsx", FUNDS, merges=MERGES, formats=FORMATS))
    (table,) = reading.tables
    assert reading.container is Container.XLSB
    assert (table.kind, table.title, table.unit) == (twin.kind, twin.title, twin.unit)
    assert table.roles.tolist() == twin.roles.tolist()
    assert [(column.key, column.unit, column.places.tolist()) for column in table.columns] == [
        (column.key, column.unit, column.places.tolist()) for column in twin.columns
    ]
    assert values(table, "budget") == [Decimal("2062.67"), Decimal("302.01"), Decimal("2364.68")]
    assert [values(table, column.label) for column in table.columns] == [
        values(twin, column.label) for column in twin.columns
    ]
    assert table.cell(2, table.columns[1]).address == "B6"
    (grid,) = open_grids(tmp_path / "资金.xlsb")
    assert [(merge.top, merge.left, merge.bottom, merge.right) for merge in grid.merges] == [
        (0, 0, 0, 3),
        (1, 0, 1, 3),
    ]


def test_error_values_of_a_binary_workbook_are_findings(tmp_path: Path) -> None:
    """A formula that gave #DIV/0! is an unreadable figure with its cell, not an absent one."""
    rows = [*FUNDS[:4], ["省级资金", "#DIV/0!", 5, None], FUNDS[5]]
    (finding,) = [
        one for one in read(xlsb(tmp_path / "a.xlsb", rows)).findings if one.code == "sheet-not-a-number"
    ]
    assert finding.cells[0].address == "B5"
    assert "#DIV/0!" in finding.message


def test_a_blank_cell_far_away_is_no_hindrance(tmp_path: Path) -> None:
    """A cell at the far end that has a style and no value, as Excel leaves them, does not make the sheet large."""
    far = row_header(1_048_575) + cell(16_383, None)
    assert len(only(xlsb(tmp_path / "a.xlsb", FUNDS, more=far))) == 3


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (row_header(1_048_575) + cell(16_383, 1), "XFD1048576"),
        (row_header(1_048_576) + cell(0, 1), "第 1048577 行"),
        (row_header(0) + cell(0, 1), "第 6 行之后是第 1 行"),
        (row_header(9) + cell(4_000_000_000, 1), "在工作表之外"),
        (row_header(9) + record(5, b"12"), "损坏"),
    ],
)
def test_cells_where_none_can_stand_do_not_exhaust_memory(tmp_path: Path, more: bytes, said: str) -> None:
    """A stray cell far away, rows that go back and columns beyond any sheet are refused before the sheet is unpacked."""
    with pytest.raises(SheetError, match=said) as caught:
        read(xlsb(tmp_path / "远.xlsb", FUNDS, more=more))
    (problem,) = caught.value.problems
    assert (problem.file, problem.sheet) == ("远.xlsb", "表")
    assert problem.remedy


def test_a_truncated_binary_workbook_is_one_error(tmp_path: Path) -> None:
    """An archive cut off anywhere, and a sheet cut off anywhere within a whole archive, is an error with a remedy."""
    data = xlsb(tmp_path / "a.xlsb", FUNDS, merges=MERGES).read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    part = "xl/worksheets/sheet1.bin"
    ended = parts[part].index(record(146))
    cuts = [data[:at] for at in range(1, len(data), 37)]
    cuts += [_packed({**parts, part: parts[part][:at]}) for at in range(0, ended, 7)]
    for damaged in cuts:
        with pytest.raises(SheetError) as caught:
            read_bytes(damaged, REGISTRY, name="a.xlsb")
        assert all(problem.what and problem.remedy for problem in caught.value.problems)


def test_damaged_records_are_errors_with_a_cause_or_tables(tmp_path: Path) -> None:
    """Flipped, cut, doubled or missing records within a whole archive never give a traceback or an abort."""
    data = xlsb(tmp_path / "a.xlsb", FUNDS, merges=MERGES, formats=FORMATS).read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    rng = random.Random("xlsb")
    refusals: list[SheetError] = []
    tables = 0
    for _ in range(MUTANTS):
        one = rng.choice([name for name in parts if name.startswith("xl/")])
        changed = rng.choice([flipped, cut, doubled, truncated])(parts[one], rng)
        try:
            reading = read_bytes(_packed({**parts, one: changed}), REGISTRY, name="a.xlsb")
        except SheetError as error:
            refusals.append(error)
            continue
        tables += bool(reading.tables)
    assert tables
    assert refusals
    assert all(problem.what and problem.remedy for error in refusals for problem in error.problems)


def _packed(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()
