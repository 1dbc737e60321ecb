"""The tables of a review: what they show, what they leave out without data, what a release keeps."""

from __future__ import annotations

from wenxiao import display as show
from wenxiao.display.inline import plain_text
from wenxiao.display.release import for_audience
from wenxiao.evaluation import Audience

from tests.evaluation.made import evaluated, made
from tests.evaluation.sheets_of_review import card, counties, evidence, problems, sheet

HOSTILE = "<img src=x onerror=alert(1)>=HYPERLINK(1)"


def test_without_the_sheets_there_are_no_tables() -> None:
    """A project with a scorecard alone has none of them."""
    evaluation = evaluated(card())
    assert [
        show.problems_table(evaluation),
        show.replies_table(evaluation),
        show.deductions_table(evaluation),
        show.score_sheet_table(evaluation),
        show.review_state_table(evaluation),
        show.evidence_table(evaluation),
        show.opinions_table(evaluation),
    ] == [None] * 7


def test_a_list_as_reports_print_it_shows_what_it_has() -> None:
    """A list of words and indicators has no empty columns of points, numbers and amounts."""
    table = show.problems_table(
        evaluated(made("problems", {"problem": ["支出滞后"], "level3": ["预算执行率"]}))
    )
    assert table is not None
    assert [head.name for head in table.heads] == ["涉及指标", "单元格"]


def test_a_score_without_evidence_says_who_is_to_decide() -> None:
    """Beside the score as given stands 待评价人决定, or the decision with its hand and date."""
    table = show.score_sheet_table(
        evaluated(
            sheet(
                evidence_number=["", ""],
                decision=["", "不扣分"],
                decided_by=["", "李四"],
                decided_on=["", "2024-04-05"],
            )
        )
    )
    assert table is not None
    assert table.internal
    text = table.text()
    assert "未提供：待评价人决定" in text
    assert "未提供：不扣分（李四，2024-04-05）" in text


def test_a_deduction_stands_beside_its_problems() -> None:
    """Points lost, points listed, the numbers of the problems; an indicator that lost nothing is not there."""
    table = show.deductions_table(
        evaluated(card(scores=("8.5", "90")), problems(level3=["预算执行率", ""], deduction=["1.5", ""]))
    )
    assert table is not None
    rows = {str(row.stub): [plain_text(cell) for cell in row.cells] for row in table.rows}
    assert rows == {"预算执行率": ["1.50", "1.50", "1", ""]}


def test_how_far_each_county_is() -> None:
    """A line a county: its score, what it lost, what waits for its evaluator."""
    evaluation = evaluated(
        counties("甲县", "乙县"),
        sheet("甲县评分底稿", evidence_number=["", "E-02"]),
        sheet("乙县评分底稿", score=["10", "90"]),
        problems(district=["甲县", "甲县"]),
    )
    table = show.review_state_table(evaluation)
    assert table is not None
    assert [(row.stub, row.cells[1:]) for row in table.rows] == [
        ("甲县", ("2", "2", "1", "0", "0")),
        ("乙县", ("0", "0", "0", "0", "0")),
    ]


def test_a_release_has_the_stages_without_hands_and_reasons() -> None:
    """Scores of each stage may be shown; who changed them and why stays in the house."""
    stages = {
        "self_score": ["10", "90"],
        "final_score": ["8.5", "88"],
        "reviewer": ["王五", "王五"],
        "reason": ["滞后", "不全"],
    }
    table = show.review_table(evaluated(card(**stages)))
    assert table is not None
    public = for_audience(table, Audience(release=True))
    assert isinstance(public, show.ReportTable)
    assert [head.name for head in public.heads] == ["自评分", "终评分", "调整"]
    assert "王五" not in public.text()


def test_what_people_typed_is_text() -> None:
    """Markup and formulas in problems, evidence and opinions reach the page as the words they are."""
    opinions = made("opinions", {"opinion": [HOSTILE], "opinion_by": [HOSTILE], "adopted": [HOSTILE]})
    evaluation = evaluated(
        sheet(calculation=[HOSTILE, ""], preparer=[HOSTILE, ""]),
        problems(problem=[HOSTILE, "二"], feedback=[HOSTILE, ""], grounds=[HOSTILE, ""]),
        evidence(evidence_name=[HOSTILE, ""], file=[HOSTILE, ""]),
        opinions,
    )
    tables = [
        show.problems_table(evaluation),
        show.replies_table(evaluation),
        show.score_sheet_table(evaluation),
        show.evidence_table(evaluation),
        show.opinions_table(evaluation),
    ]
    for table in tables:
        assert table is not None
        html = show.html_of(table)
        assert "<img" not in html
        assert "&lt;img" in html
