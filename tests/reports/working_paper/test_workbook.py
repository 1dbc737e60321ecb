"""What a working paper is as a file: openable everywhere, one table a sheet, every copied cell with its address, inert."""

from __future__ import annotations

import re
import time
import zipfile
from collections.abc import Iterator
from io import BytesIO

import openpyxl
import pytest
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook
from wenxiao.model import column_number
from wenxiao.reports import working_paper

from tests.reports.working_paper.cases import EVIL, FIVE, OPENINGS, hostile, ranked, real, scored

SHARED = {
    "IF",
    "COUNT",
    "COUNTA",
    "COUNTIF",
    "COUNTIFS",
    "SUM",
    "SUMIF",
    "SUMPRODUCT",
    "AVERAGE",
    "MIN",
    "MAX",
    "ROUND",
    "AND",
    "OR",
    "NOT",
    "NA",
    "IFERROR",
    "INDEX",
    "MATCH",
    "ISNUMBER",
    "ROWS",
}
"""Functions that Excel, WPS and LibreOffice have had since 2007."""
_NAMES = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"")


@pytest.fixture(scope="module")
def books() -> dict[str, Workbook]:
    """The papers as openpyxl reads them, formulas as formulas."""
    made = {name: working_paper(real(name)) for name in FIVE}
    made |= {"portfolio": working_paper([real(name) for name in FIVE]), "hostile": working_paper(hostile())}
    made |= {"dense": working_paper(ranked("dense")), "scored": working_paper(scored())}
    return {name: openpyxl.load_workbook(BytesIO(paper.content)) for name, paper in made.items()}


def formulas(book: Workbook) -> Iterator[tuple[str, Cell]]:
    """Every cell with a formula, with where it stands."""
    for sheet in book:
        for row in sheet.iter_rows():
            yield from ((f"{sheet.title}!{cell.coordinate}", cell) for cell in row if cell.data_type == "f")


def test_formulas_use_what_all_programs_share(books: dict[str, Workbook]) -> None:
    """No function of one program only, no other file, no formula longer than Excel takes, brackets closed."""
    seen: set[str] = set()
    for book in books.values():
        for where, cell in formulas(book):
            bare = _NAMES.sub("0", str(cell.value))
            seen |= set(re.findall(r"([A-Z_][A-Z0-9_.]*)\(", bare))
            assert "[" not in bare, where
            assert "#" not in bare, where
            assert len(str(cell.value)) <= 8192, where
            assert bare.count("(") == bare.count(")"), where
    assert "SUM" in seen
    assert seen <= SHARED


def test_formulas_refer_to_cells_that_hold_something(books: dict[str, Workbook]) -> None:
    """No reference leads to a sheet that is not there or to an empty cell."""
    reference = re.compile(r"'((?:[^']|'')+)'!\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?")
    checked = 0
    for name, book in books.items():
        for where, cell in formulas(book):
            for sheet, left, top, right, bottom in reference.findall(str(cell.value)):
                ends = [(left, top)] + ([(right, bottom)] if right else [])
                for letters, row in ends:
                    checked += 1
                    found = book[sheet.replace("''", "'")].cell(int(row), column_number(letters)).value
                    assert found is not None, f"{name} {where} → {sheet}!{letters}{row}"
    assert checked > 1000


@pytest.mark.parametrize("name", FIVE)
def test_copied_cells_are_found_by_their_addresses(books: dict[str, Workbook], name: str) -> None:
    """Each cell of each source table that holds something stands where row and column of the source cross."""
    book, compared = books[name], 0
    copies = [sheet for sheet in book if sheet.title.startswith("源")]
    for table, sheet in zip(real(name).project.tables, copies, strict=True):
        assert str(table.origin) in sheet["A2"].value
        rows = {cell.value: cell.row for cell in sheet["A"][5:]}
        columns = {cell.value: cell.column for cell in sheet[4] if cell.value}
        for column in table.columns:
            for record in range(len(table)):
                ref = table.cell(record, column)
                letters = ref.address.rstrip("0123456789")
                found = sheet.cell(rows[ref.row], columns[letters]).value
                number = column.number(record)
                if number is not None:
                    compared += 1
                    assert found == float(number), ref
                elif column.text(record):
                    compared += 1
                    assert found == column.text(record), ref
    assert compared > 100


def test_sheets(books: dict[str, Workbook]) -> None:
    """Names that every program takes, frozen heads, no merged cells, and a contents list whose links lead to every sheet."""
    for book in books.values():
        names = book.sheetnames
        assert len({name.lower() for name in names}) == len(names)
        assert all(0 < len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in names)
        for sheet in book:
            assert not sheet.merged_cells.ranges
            assert sheet.freeze_panes not in (None, "A1")
        links = [
            cell.hyperlink.location for row in book["目录"].iter_rows() for cell in row if cell.hyperlink
        ]
        assert [link.rpartition("!")[0].strip("'").replace("''", "'") for link in links] == names[1:]


def test_charts(books: dict[str, Workbook]) -> None:
    """Score rates, ranking and funds are drawn natively where there is something to draw, and only there."""
    drawn = {name: [s.title for s in book if s._charts] for name, book in books.items()}
    assert drawn["linyi-2021"] == ["一级指标", "按名次", "资金"]
    assert drawn["mudan-2023"] == ["一级指标", "资金"]
    assert drawn["hostile"] == []


def test_same_input_same_bytes() -> None:
    """A paper made twice is the same file."""
    assert working_paper(real("linyi-2021")).content == working_paper(real("linyi-2021")).content
    assert time.gmtime().tm_year not in {
        entry.date_time[0] for entry in zipfile.ZipFile(BytesIO(working_paper(hostile()).content)).infolist()
    }


def test_text_stays_text(books: dict[str, Workbook]) -> None:
    """A cell that begins with = + - @ in a source is text; nothing in the file runs, links out or leaves the text."""
    book = books["hostile"]
    texts = {cell.value for s in book for row in s.iter_rows() for cell in row if cell.data_type == "s"}
    assert set(OPENINGS) <= texts
    assert EVIL.replace("\x01", "\ufffd") in texts
    assert "长" * 10_000 in texts
    written = {str(cell.value) for _, cell in formulas(book)}
    assert not written & set(OPENINGS)
    assert all("cmd" not in formula and "HYPERLINK" not in formula for formula in written)
    parts = zipfile.ZipFile(BytesIO(working_paper(hostile()).content))
    assert not [name for name in parts.namelist() if re.search(r"vba|externalLink|embed|activeX|media", name)]
    relations = [parts.read(name).decode() for name in parts.namelist() if name.endswith(".rels")]
    assert relations
    assert not [text for text in relations if "External" in text]


def test_missing_is_never_empty_or_zero(books: dict[str, Workbook]) -> None:
    """A figure that is not there is a word, in the source as in 读数, so that no program takes it for 0."""
    words = {cell.value for cell in books["ejinhoro-2022"]["读数"]["B"][4:]}
    assert words == {"未提供"}
    sheet = next(s for s in books["mudan-2023"] if s.title.startswith("源6"))
    assert sheet["F6"].value is not None
