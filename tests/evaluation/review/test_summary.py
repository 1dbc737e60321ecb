"""A summary or a report of a review against its working papers."""

from pathlib import Path

import openpyxl
from wenxiao.evaluation.review.summary import report_findings, summary_findings
from wenxiao.project import load_project

from tests.evaluation.reviewed_forms import BOOKS, GREEN, PLACES, ROAD, evaluated, reviewed

ALL = {ROAD: {PLACES: (4, "佐证不足")}, GREEN: {}, BOOKS: {}}


def test_a_summary_of_the_sheets_own_scores_is_silent(tmp_path: Path) -> None:
    """The summary that is made with the working papers says what they say, once a program has worked it out."""
    folder = reviewed(tmp_path, **ALL)
    evaluations = tuple(evaluated(folder).values())
    _summary(folder, {each.project.name: _scores(each.review_totals) for each in evaluations})
    assert summary_findings(load_project(folder).tables, evaluations) == ()


def test_another_score_and_another_project_are_told_with_their_cells(tmp_path: Path) -> None:
    """A score that is not the sheet's, a project without a sheet, a sheet that is not listed."""
    folder = reviewed(tmp_path, **ALL)
    evaluations = tuple(evaluated(folder).values())
    rows = {each.project.name: _scores(each.review_totals) for each in evaluations}
    rows[ROAD] = (rows[ROAD][0], 99.0)
    rows["河道整治工程"] = rows.pop(GREEN)
    _summary(folder, rows)
    found = summary_findings(load_project(folder).tables, evaluations)
    told = {(each.subject, tuple(map(str, each.cells))) for each in found}
    assert told == {
        (f"{ROAD}复核得分", ("汇总.xlsx［汇总］C4",)),
        (f"{ROAD}偏差", ("汇总.xlsx［汇总］D4",)),
        ("复核项目数", ()),
        ("复核项目数", ("汇总.xlsx［汇总］A6",)),
    }


def test_words_of_a_report_are_held_against_the_sheets(tmp_path: Path) -> None:
    """The number of projects, a score, shares that should make a whole; what agrees is silent."""
    evaluations = tuple(evaluated(reviewed(tmp_path, **ALL)).values())
    own = evaluations[[e.project.name for e in evaluations].index(ROAD)].review_totals
    score = own["reviewed_score"].measure.text
    right = [
        f"本次复核项目 3 个。{ROAD}复核得分{score}分。",
        "优、良、中的项目分别占 33.3%、33.3%、33.3%。资金占比 40%，进度 20%。",
    ]
    assert report_findings(right, evaluations, "报告.docx") == ()
    wrong = [f"本次复核项目 10 个。{ROAD}复核得分99.5分。", "优、良、中的项目分别占 40%、30%、20%。"]
    found = report_findings(wrong, evaluations, "报告.docx")
    assert sorted((each.code, each.printed, each.recomputed) for each in found) == [
        ("review-report-differs", "10", "3"),
        ("review-report-differs", "99.5", score),
        ("review-report-shares", "90%", "100%"),
    ]
    assert all(each.message.startswith("报告.docx第 ") for each in found)


def _scores(totals: object) -> tuple[float, float]:
    return tuple(float(totals[key].measure.number) for key in ("self_score", "reviewed_score"))  # type: ignore[index, return-value]


def _summary(folder: Path, rows: dict[str, tuple[float, float]]) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "汇总"
    page.append(["自评复核汇总表"])
    page.append(["项目名称", "自评得分", "复核得分", "偏差"])
    for name in sorted(rows, key=lambda each: each != ROAD):
        own, scored = rows[name]
        page.append([name, own, scored, round(scored - own, 2)])
    page.insert_rows(2)
    page["A2"] = "单位：分"
    book.save(folder / "汇总.xlsx")
