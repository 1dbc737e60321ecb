"""The report on the review of one unit's projects, in Word."""

from io import BytesIO
from pathlib import Path

import docx
from wenxiao.evaluation.review.lines import unit_of
from wenxiao.reports.hand_over.document.review_report import review_report

from tests.evaluation.reviewed_forms import BOOKS, GREEN, PEOPLE, PLACES, RATE, ROAD, evaluated, reviewed

UNIT, OTHER = "甲市交通局", "甲区农业局"


def _words(made: bytes) -> str:
    document = docx.Document(BytesIO(made))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join((*(each.text for each in document.paragraphs), *cells))


def test_a_report_tells_scores_deviations_reasons_and_what_to_correct(tmp_path: Path) -> None:
    """Both projects of the unit, what was taken by which rule with the reviewer's words, the mean, the rules."""
    projects = evaluated(
        reviewed(
            tmp_path,
            **{
                ROAD: {PLACES: (0, "无佐证材料"), RATE: (7, "佐证不足，扣30%")},
                BOOKS: {PLACES: (8, "")},
                GREEN: {},
            },
        )
    )
    assert {unit_of(each) for each in projects.values()} == {UNIT, OTHER}
    made = review_report(UNIT, tuple(projects.values()))
    words = _words(made)
    for part in (
        "项目 2 个", ROAD, BOOKS, "没有佐证材料（1 项，扣 10.00 分）", "其他理由（1 项，扣 3.00 分）", "没有写明理由（1 项，扣 2.00 分）",
        "佐证不足，扣30%", "−13.00", "2 个项目自评平均", "平均偏差 −7.50 分", "附件", "分值的 60%",
    ):  # fmt: skip
        assert part in words.replace("\N{IDEOGRAPHIC SPACE}", ""), part
    assert made == review_report(UNIT, tuple(projects.values()))


def test_no_other_unit_is_in_it(tmp_path: Path) -> None:
    """Neither its name, its projects nor its scores, even where a remark speaks of it."""
    note = f"与{OTHER}的{GREEN}雷同"
    projects = evaluated(
        reviewed(tmp_path, **{ROAD: {PLACES: (4, note)}, BOOKS: {}, GREEN: {PEOPLE: (13.37, "扣6.63分")}})
    )
    words = _words(review_report(UNIT, tuple(projects.values())))
    assert "原文涉及其他单位" in words
    for strange in (OTHER, GREEN, "13.37", "6.63", "甲区农业科"):
        assert strange not in words


def test_a_total_with_a_score_missing_is_said_and_has_no_grade(tmp_path: Path) -> None:
    """暂不计分 with the indicator that lacks its score; no deviation, no grade."""
    projects = evaluated(reviewed(tmp_path, **{GREEN: {PLACES: (None, "")}, ROAD: {}}))
    words = _words(review_report(OTHER, tuple(projects.values())))
    assert f"{GREEN}有指标没有复核得分（{PLACES}），总分暂不计分" in words
    assert "暂不评定" in words
