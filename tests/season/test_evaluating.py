"""A season as an evaluation: page, results and workbook say the same of it."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
from wenxiao import contents
from wenxiao.contents import Outlet, Subject
from wenxiao.reports import season_book
from wenxiao.reports.season_records import season_record
from wenxiao.season import evaluate_season


def test_every_content_shows_the_season(season_folder: Callable[[], Path]) -> None:
    """The words name the forms, the sums and what is missing; each form leads to its own report."""
    evaluation = evaluate_season(season_folder())
    subject = Subject((evaluation,))
    names = ("season_overview", "coverage", "units", "forms", "season_findings", "sample")
    text = "\n".join(
        shown.block.text() for name in names for shown in contents.CONTENTS[name].given(subject, Outlet.PAGE)
    )
    assert "收到 2 个单位的自评表 4 份" in text
    assert evaluation.whole.budget.text_with_unit in text
    assert "山洪灾害防治" in text
    (table,) = [shown.block for shown in contents.forms.given(subject, Outlet.PAGE)]
    links = [row.stub.href for row in table.rows if hasattr(row.stub, "href")]  # type: ignore[attr-defined]
    assert len(links) == 4
    assert all(link.startswith("../../self_evaluation/2023") for link in links)


def test_the_record_counts_what_the_page_counts(season_folder: Callable[[], Path]) -> None:
    """Forms with their runs, what is missing, the sample."""
    evaluation = evaluate_season(season_folder())
    record = season_record(evaluation)
    assert record is not None
    assert record.listed == 2
    assert [each.project for each in record.missing] == ["山洪灾害防治"]
    assert len({each.run for each in record.forms}) == 4
    assert sum(each.findings["error"] for each in record.forms) >= 1
    assert len(record.sample) == len(evaluation.sample.drawn) == 4


def test_the_workbook_adds_up_by_formula_to_the_figures_of_the_page(
    season_folder: Callable[[], Path],
) -> None:
    """The last line of 自评结果汇总表: a formula, with the value of the page beside it."""
    evaluation = evaluate_season(season_folder())
    content = season_book(evaluation).content
    assert content == season_book(evaluation).content
    values, formulas = (
        openpyxl.load_workbook(io.BytesIO(content), data_only=only)["自评结果汇总表"]
        for only in (True, False)
    )
    last = values.max_row
    assert [cell.value for cell in values[4]][:4] == ["序号", "主管部门", "项目单位", "项目名称"]
    assert str(formulas.cell(last, 7).value).startswith("=SUMIFS(")
    assert abs(values.cell(last, 7).value - float(evaluation.whole.budget)) < 1e-9
    assert last == 5 + len(evaluation.season.forms)
