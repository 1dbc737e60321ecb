"""Deductions, changes and computed scores: what the audit says of points on synthetic forms."""

from __future__ import annotations

import pytest
from wenxiao.evaluation import Evaluation
from wenxiao.model import Finding, Severity
from wenxiao.project import load_profile

from tests.evaluation.made import codes, evaluated, made
from tests.evaluation.scoring.forms import form, row_of

FORM = {"level1": ["产出", "效益"], "weight": ["60", "40"], "score": ["57.5", "40"]}


def one(evaluation: Evaluation, code: str) -> Finding:
    """The one finding of a code."""
    (found,) = (f for f in evaluation.findings if f.code == code)
    return found


def test_a_cut_without_a_reason_is_found_where_the_form_asks_for_one() -> None:
    """An empty 扣分原因, by the heading of the form, beside a lower score is a warning; without the column nothing is asked."""
    found = one(evaluated(form({**FORM, "reason": ["", ""]})), "deduction-without-reason")
    assert (found.severity, found.message) == (
        Severity.WARNING,
        "产出得分低于分值，“reason”一栏没有填写。",
    )
    assert "deduction-without-reason" not in codes(evaluated(form({**FORM, "reason": ["进度滞后", ""]})))
    assert "deduction-without-reason" not in codes(evaluated(form(FORM)))


def test_a_cut_without_evidence_is_a_hint() -> None:
    """A form with 佐证材料 wants it filled in for what is taken off."""
    table = form({**FORM, "reason": ["进度滞后", ""], "evidence": ["", ""]})
    assert one(evaluated(table), "deduction-without-evidence").severity is Severity.HINT


@pytest.mark.parametrize(
    ("deduction", "wrong"), [("2.5", False), ("-2.5", False), ("2.0", True), ("3.5", True)]
)
def test_a_deduction_is_what_weight_and_score_leave(deduction: str, wrong: bool) -> None:
    """扣分 is 分值 − 得分, printed with or without a minus."""
    table = made("scorecard", {**FORM, "deduction": [deduction, "0"]})
    assert ("deduction-differs" in codes(evaluated(table))) is wrong


def test_a_change_in_review_wants_a_reason() -> None:
    """复核 that changes 自评 without a word is a warning that names both scores."""
    table = form(
        {
            "level1": ["产出", "效益"],
            "weight": ["60", "40"],
            "self_score": ["60", "40"],
            "reviewed_score": ["55", "38"],
            "reason": ["进度滞后", ""],
        }
    )
    found = one(evaluated(table), "review-without-reason")
    assert found.message == "效益自评分 40分改为复核分 38分，没有写明原因。"


def test_a_score_that_the_method_does_not_give() -> None:
    """10 filled in for 45 of 50 is held against 9.00."""
    table = row_of(score="10.00", target="50户", actual="45户")
    found = one(evaluated(table, profile=load_profile("self-evaluation")), "computed-score-differs")
    assert (found.printed, found.recomputed) == ("10.00分", "9.00分")


@pytest.mark.parametrize(
    ("actual", "severity"), [("59户", None), ("60户", Severity.HINT), ("65户", Severity.WARNING)]
)
def test_over_completion_by_the_scorecard(actual: str, severity: Severity | None) -> None:
    """120% of a target is flagged and 130% must be explained, where no reason is given."""
    found = [
        f for f in evaluated(row_of(target="50户", actual=actual)).findings if f.code == "over-completion"
    ]
    assert [f.severity for f in found] == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("actual", "severity"),
    [("119", None), ("120", Severity.HINT), ("129", Severity.HINT), ("130", Severity.WARNING)],
)
def test_over_completion_of_an_output(actual: str, severity: Severity | None) -> None:
    """An output at 120% of its plan is flagged, at 130% itself it must be explained."""
    outputs = made("outputs", {"item": ["改造户数"], "planned": ["100"], "actual": [actual]})
    found = [f for f in evaluated(outputs).findings if f.code == "over-completion"]
    assert [f.severity for f in found] == ([severity] if severity else [])
