"""Forms of every layout, filled in at random in the ways units do: no number is lost, none is guessed."""

from __future__ import annotations

import random
from pathlib import Path

import docx
import pytest
from wenxiao.model import Table
from wenxiao.model.cells import CellRef
from wenxiao.sheets import Reading, read_workbook

from tests.sheets.filled_forms import LAYOUTS, WAYS, Sheet, filled
from tests.sheets.written import REGISTRY, xlsx

FORMS = {
    "L1": "project-self-evaluation", "L2": "hubei-project", "L3": "hubei-department", "L4": "yunnan-department",
    "L5": "hunan-department", "L6": "transfer", "L7": "monitoring", "L8a": "goals", "L8b": "county-goals", "L9": "summary",
    "L10": "review", "L12": "bond",
}  # fmt: skip


def held(tables: tuple[Table, ...]) -> set[str]:
    """The addresses of the numbers that the tables hold."""
    return {
        table.cell(record, column).address
        for table in tables
        for column in table.columns
        if column.numbers is not None
        for record in range(len(table))
        if column.number(record) is not None
    }


def unread(reading: Reading) -> set[str]:
    """The addresses of the ranges that a form says nobody understood."""
    forms = {table.form for table in reading.tables if table.form}
    return {
        CellRef(b.first.file, b.first.sheet, row, column).address
        for form in forms
        for b in form.unread
        for row in range(b.first.row, b.last.row + 1)
        for column in range(min(b.first.column, b.last.column), max(b.first.column, b.last.column) + 1)
    }


def as_word(path: Path, sheet: Sheet) -> Path:
    """A Word document with the title as a paragraph and the rest as one table, numbers as texts."""
    document = docx.Document()
    document.add_paragraph(str(sheet.rows[0][0]))
    width = max(map(len, sheet.rows))
    table = document.add_table(len(sheet.rows) - 1, width)
    for r, row in enumerate(sheet.rows[1:]):
        for c, cell in enumerate(row):
            table.cell(r, c).text = "" if cell is None else str(cell)
    document.save(str(path))
    return path


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("way", WAYS)
def test_every_number_is_read_or_named(layout: str, way: str, tmp_path: Path) -> None:
    """Each number of a filled form is in a table with its cell, however the form was filled in; nothing is left unread."""
    for seed in range(1):
        sheet = filled(layout, way, random.Random(f"{layout}{way}{seed}"))
        reading = read_workbook(xlsx(tmp_path / f"{seed}.xlsx", sheet.rows, merges=sheet.merges), REGISTRY)
        assert {table.form.key for table in reading.tables if table.form} == {FORMS[layout]}
        assert sheet.numbers - held(reading.tables) == set()
        assert not any(b.figures for table in reading.tables if table.form for b in table.form.unread)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_word_table_is_the_same_form(layout: str, tmp_path: Path) -> None:
    """A form as a Word table is the form it is on a sheet, and has its numbers."""
    sheet = filled(layout, "unmerged", random.Random(layout))
    reading = read_workbook(as_word(tmp_path / "表.docx", sheet), REGISTRY)
    assert {table.form.key for table in reading.tables if table.form} == {FORMS[layout]}
    assert {f"{a[0]}{int(a[1:]) + 2}" for a in sheet.numbers} - held(reading.tables) == set()


def test_what_the_blocks_mean(tmp_path: Path) -> None:
    """The whole is a total, its parts are none; points in names are 分值; a review's remark is its reason; no points, no score."""
    tables = {
        layout: {
            table.kind: table
            for table in read_workbook(
                xlsx(tmp_path / f"{layout}.xlsx", filled(layout, "unmerged", random.Random(layout)).rows),
                REGISTRY,
            ).tables
        }
        for layout in ("L1", "L2", "L4", "L6", "L7", "L10")
    }
    assert tables["L1"]["funds"].frame["role"].tolist() == ["合计", "数据", "数据", "数据"]
    assert tables["L1"]["scorecard"].frame["role"].tolist()[-1] == "合计"
    assert str(tables["L2"]["funds"].given(0, "weight").text) == "20分"
    assert tables["L4"]["tasks"].has("approved_fiscal")
    assert "scorecard" not in tables["L6"]
    assert tables["L6"]["management"].text(0, "item") == "分配科学性"
    assert tables["L7"]["funds"].has("spent_to_date")
    assert not tables["L7"]["funds"].has("spent")
    assert tables["L10"]["scorecard"].text(0, "reviewed_reason") == "佐证不足"
