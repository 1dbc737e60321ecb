"""The papers of all cases, recalculated once for all tests."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from wenxiao.evaluation import Evaluation
from wenxiao.reports import working_paper
from wenxiao.reports.recording import evaluation_record
from wenxiao.reports.records import EvaluationRecord

from tests.reports.working_paper.cases import FIVE, TIES, by_indicators, hostile, ranked, real, scored
from tests.reports.working_paper.recalculation import recalculated


@dataclass(frozen=True)
class Checked:
    """A paper after recalculation, beside what `results.json` records of the same evaluation."""

    path: Path
    formulas: int
    content: bytes
    record: EvaluationRecord

    @cached_property
    def values(self) -> Workbook:
        """The recalculated values."""
        return openpyxl.load_workbook(self.path, data_only=True)

    @cached_property
    def kept(self) -> Workbook:
        """The values that the paper itself keeps beside its formulas."""
        return openpyxl.load_workbook(BytesIO(self.content), data_only=True)

    @cached_property
    def written(self) -> Workbook:
        """The formulas."""
        return openpyxl.load_workbook(BytesIO(self.content))


def retyped(content: bytes, figures: dict[tuple[str, str], float]) -> bytes:
    """A paper with other figures typed in: in 读数 by the figure's name, in a copied table by the original address."""
    book = openpyxl.load_workbook(BytesIO(content))
    for (start, place), figure in figures.items():
        sheet = next(each for each in book if each.title.startswith(start))
        found = named(sheet, place) if start == "读数" else copied(sheet, place)
        assert found.value != figure
        found.value = figure
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def named(sheet: Worksheet, name: str) -> Cell:
    """The figure of a line of 读数."""
    row = next(cell.row for cell in sheet["A"] if cell.value == name)
    return sheet.cell(row, 2)


def copied(sheet: Worksheet, address: str) -> Cell:
    """The cell of a copied table that stood at an address of the source."""
    letters = address.rstrip("0123456789")
    row = next(cell.row for cell in sheet["A"] if str(cell.value) == address.removeprefix(letters))
    column = next(cell.column for cell in sheet[4] if cell.value == letters)
    return sheet.cell(row, column)


def cases() -> dict[str, tuple[Evaluation, str]]:
    """The evaluation and the district of every case by name."""
    return (
        {name: (real(name), "") for name in FIVE}
        | {"district": (real("linyi-2021"), "费县"), "street": (real("lingang-2023"), "申港街道")}
        | {ties: (ranked(ties), "") for ties in TIES}
        | {"scored": (scored(), ""), "indicators": (by_indicators(), ""), "hostile": (hostile(), "")}
    )


@pytest.fixture(scope="session")
def papers(libreoffice: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Checked]:
    """Every case, recalculated by LibreOffice from poisoned values."""
    given = {name: (evaluation, district) for name, (evaluation, district) in cases().items()}
    contents = {name: working_paper(*case).content for name, case in given.items()}
    # The paper of one evaluation with the figures of another typed into it.
    given["retyped"] = (scored("40个", "10", "25"), "")
    typed = {("读数", "改造小区完成值"): 40, ("源2", "C3"): 10, ("源3", "E6"): 25}
    contents["retyped"] = retyped(contents["scored"], typed)
    made = recalculated(libreoffice, tmp_path_factory.mktemp("papers"), contents)
    return {
        name: Checked(*made[name], contents[name], evaluation_record(*case)) for name, case in given.items()
    }
