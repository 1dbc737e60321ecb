"""Forms of three projects of two units in one folder, their working papers, and what a reviewer fills into them."""

from __future__ import annotations

import random
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
from wenxiao.evaluation import Evaluation, evaluate
from wenxiao.evaluation.review.lines import title_of
from wenxiao.project import load_profile, load_project
from wenxiao.reports.review_sheet import review_workbook

from tests.sheets.filled_forms import filled, laid_out, write_document, write_workbook

ROAD, BOOKS, GREEN = "道路养护工程", "图书购置项目", "绿化提升项目"
SEGMENTS, PLACES, RATE, ON_TIME, COST, PEOPLE, SATISFIED = (
    "养护路段乙1号", "处置点位丙2号", "达标率丁3号", "达标率戊4号", "单位成本己5号", "受益人口庚6号", "群众满意度辛7号",
)  # fmt: skip
"""The indicators of each form."""
SHEETS = "自评复核表.xlsx"
Filling = Mapping[str, tuple[object, str]]
"""Indicator → 复核得分 and 备注; others are confirmed."""


def handed_in(folder: Path, projects: tuple[str, ...] = (ROAD, BOOKS, GREEN)) -> Path:
    """Writes the forms of the projects: two of 10号 附1, one of them in Word, and one of Hubei."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(3)
    if ROAD in projects:
        write_workbook(folder / "道路.xlsx", {"自评表": laid_out(filled("L1", rng, ROAD), "merged", rng)})
    if BOOKS in projects:
        write_document(folder / "图书.docx", laid_out(filled("L1", rng, BOOKS), "merged", rng))
    if GREEN in projects:
        write_workbook(folder / "绿化.xlsx", {"自评表": laid_out(filled("L2", rng, GREEN), "merged", rng)})
    return folder


def evaluated(folder: Path, profile: str = "review") -> dict[str, Evaluation]:
    """Returns the evaluation of each project of a folder, by its name."""
    whole = load_project(folder)
    found = [evaluate(each, load_profile(profile)) for each in whole.projects or (whole,)]
    return {title_of(each): each for each in found}


def with_sheets(folder: Path, projects: tuple[str, ...] = (ROAD, BOOKS, GREEN)) -> Path:
    """Writes the forms and the blank working papers beside them."""
    handed_in(folder, projects)
    (folder / SHEETS).write_bytes(_sheets(projects))
    return folder


@cache
def _sheets(projects: tuple[str, ...]) -> bytes:
    """Returns the blank working papers, made once for all tests."""
    with TemporaryDirectory() as place:
        forms = evaluated(handed_in(Path(place), projects))
    return review_workbook(tuple(forms.values()), load_profile("review").review)


def reviewed(folder: Path, **of: Filling) -> Path:
    """Writes the forms of the projects that are named, with their working papers filled in."""
    with_sheets(folder, tuple(of))
    fill(folder / SHEETS, of)
    return folder


def fill(path: Path, of: Mapping[str, Filling]) -> None:
    """Fills in 复核得分 and 备注 as a person does, in the file."""
    book = openpyxl.load_workbook(BytesIO(path.read_bytes()))
    for page in book.worksheets[1:]:
        project = next((name for name in of if name in page.title), None)
        if project is None:
            continue
        for row in range(4, page.max_row + 1):
            name = page.cell(row, 3).value or page.cell(row, 1).value
            if name == "合计":
                break
            score, note = of[project].get(str(name), (page.cell(row, 9).value, ""))
            page.cell(row, 11).value = score  # type: ignore[assignment]
            page.cell(row, 13).value = note or None
    book.save(path)
