"""What figures tell of themselves is true: the cells they name hold the numbers they show."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from bs4 import BeautifulSoup
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
from python_calamine import load_workbook

from tests.reports.trial import ROOT, page_of

_MARK = r"[①-⑳]|\(\d+\)"
_SHEET = re.compile(rf"({_MARK}) ([^；［（]+)［([^］]+)］")
_LEAD = re.compile(r"^([^；：［\n]+?)(?:［([^］]+)］)?：")
_TOLD = re.compile(
    rf"([^\s\d−、；（：]*)(−?[\d,]+(?:\.\d+)?)(%|[^\s\d、；（]*) ({_MARK})?([A-Z]{{1,2}}[1-9]\d*)(?![\d:])(?:（原[数文] ([^）]*)）)?"
)
"""Words before a figure (约, 全部完工), the figure, its unit, the mark of its sheet, its cell, and what it says the cell holds."""


class Told(NamedTuple):
    """A figure told, with where it is said to stand and what is said to stand there."""

    value: Decimal
    file: str
    sheet: str
    cell: str
    raw: str


@cache
def grid(path: Path, sheet: str) -> list[list[object]]:
    """The cells of a sheet as another reader gives them."""
    return load_workbook(path).get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def in_lines(page: BeautifulSoup) -> Iterator[Told]:
    """What the lines of 计算底稿 tell: of one sheet, named first, or of several by marks, explained last."""
    for row in page.select(".wx-lines tbody tr"):
        text = row.find_all("td")[1].get_text("\n")
        sheets = {mark: (file, sheet) for mark, file, sheet in _SHEET.findall(text)}
        lead = _LEAD.match(text)
        for words, number, unit, mark, cell, raw in _TOLD.findall(text):
            value = Decimal(number.replace(",", "").replace("−", "-"))
            value = value / 100 if unit == "%" else value
            file, sheet = sheets[mark] if mark else (lead[1], lead[2] or "") if lead else ("", "")
            yield Told(value, file, sheet, cell, raw or words)


def holds(cell: object, value: Decimal) -> bool:
    """Whether a figure is what a cell holds, in whatever unit: its number, or the first number written in it."""
    found = re.search(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?", str(cell).replace(",", "").replace("，", ""))
    if found is None:
        return False
    half = Decimal(5).scaleb(value.as_tuple().exponent - 1)
    return any(abs(Decimal(found[0]).scaleb(shift) - value) <= half for shift in (0, -2, 2, -4, 4, -8, 8))


def at(path: Path, sheet: str, cell: str) -> object:
    """What another reader finds in a cell."""
    if path.suffix == ".csv":
        rows: list[list[object]] = list(csv.reader(path.open(encoding="utf-8-sig")))
    else:
        rows = grid(path, sheet)
    letters, row = coordinate_from_string(cell)
    return rows[row - 1][column_index_from_string(letters) - 1]


@pytest.mark.parametrize(
    "name",
    [
        *(
            pytest.param(name, marks=pytest.mark.acceptance)
            for name in ("dengkou-2023", "ejinhoro-2022", "lingang-2023")
        ),
        "linyi-2021",
        "mudan-2023",
    ],
)
def test_cells_named_hold_the_figures_told(trial: Path, name: str) -> None:
    """Every figure in 计算底稿 stands in the cell it names, read by another program."""
    pages = sorted(trial.glob(f"*/{name}*/report.html"))
    facts = {fact for page in pages for fact in in_lines(page_of(page))}
    assert len(facts) > 10
    wrong = [
        (fact, found)
        for fact in facts
        for found in [at(ROOT / "data" / name / fact.file, fact.sheet, fact.cell)]
        if not (holds(found, fact.value) or fact.raw == str(found))
    ]
    assert wrong == []


@pytest.mark.parametrize("name", ["linyi-2021", "mudan-2023"])
def test_every_figure_that_opens_names_a_cell_or_a_formula(trial: Path, name: str) -> None:
    """Each figure opens a line of 计算底稿 with a formula or a cell, but for what rests on nothing given; no line is without one."""
    for path in sorted(trial.glob(f"*/{name}*/report.html")):
        page = page_of(path)
        lines = {row["id"]: row.get_text() for row in page.select(".wx-lines tbody tr[popover]")}
        opened = {each["popovertarget"] for each in page.find_all("button")}
        others = [page.find(id=each) for each in opened - set(lines)]
        assert all(each.has_attr("popover") and "未提供" in each.get_text() for each in others)
        assert set(lines) <= opened | {each["href"][1:] for each in page.find_all("a")}
        assert all("÷" in text or re.search(r"[A-Z]\d", text) or "（第 " in text for text in lines.values())
