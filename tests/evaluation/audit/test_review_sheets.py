"""The sheets of a review against each other: what agrees is silent, and what only bytes tell is told."""

from __future__ import annotations

from wenxiao.evaluation import CHECKS
from wenxiao.evaluation.audit import evidence_list, opinions, problem_list, working_sheets
from wenxiao.model import Severity
from wenxiao.project import InputFile

from tests.evaluation.made import codes, evaluated
from tests.evaluation.sheets_of_review import card, counties, evidence, problems, sheet

OWN = {
    code
    for checks in (evidence_list.CHECKS, opinions.CHECKS, problem_list.CHECKS, working_sheets.CHECKS)
    for check in checks
    for code in check.codes
}
THERE = (InputFile("支付凭证.pdf", "a" * 64), InputFile("验收单.pdf", "b" * 64))


def test_sheets_that_agree_are_silent() -> None:
    """Scores, problems, evidence and files that fit each other raise none of these findings."""
    told = codes(evaluated(sheet(), problems(), evidence(), evidence=THERE))
    assert not told & OWN
    assert {code for check in CHECKS for code in check.codes} >= OWN


def test_a_city_is_not_asked_for_the_problems_of_its_counties() -> None:
    """Where the problems are the counties', the city's own scorecard needs none; each county's is held to its own."""
    told = codes(
        evaluated(
            counties("甲县", "乙县"),
            card("虚构市评分表"),
            card("甲县评分表"),
            card("乙县评分表", ("10", "90")),
            problems(district=["甲县", "甲县"]),
        )
    )
    assert not told & OWN


def test_problems_of_counties_beside_one_scorecard_are_not_held_against_it() -> None:
    """A county's points are no points of the city: with only the city's scorecard nothing can be compared."""
    told = codes(
        evaluated(counties("甲县", "乙县"), card(), problems(district=["甲县", "乙县"], deduction=["4", "7"]))
    )
    assert "problem-deductions-differ" not in told
    assert "problem-of-no-scorecard" not in told


def test_another_file_under_the_name_of_the_evidence_is_an_error() -> None:
    """A hash that differs from the one the 证据清单 holds says that it is not the file that was registered."""
    listed = evidence(sha256=["a" * 64, "c" * 64])
    (found,) = (
        f for f in evaluated(sheet(), listed, evidence=THERE).findings if f.code == "evidence-file-changed"
    )
    assert found.severity is Severity.ERROR
    assert found.message == "证据 E-02（验收单.pdf）的文件与清单所记的校验码不符：不是原来登记的那一份。"


def test_full_marks_beside_a_county_s_problem_are_those_of_the_county() -> None:
    """A problem of 甲县 says nothing of full marks that the city has."""
    tables = (
        counties("甲县", "乙县"),
        card("虚构市评分表", ("10", "90")),
        card("甲县评分表"),
        card("乙县评分表"),
    )
    listed = problems(district=["甲县", "甲县"], deduction=())
    assert "full-marks-with-problem" not in codes(evaluated(*tables, listed))
    assert "full-marks-with-problem" in codes(evaluated(*tables, problems(deduction=())))


def test_points_of_a_working_sheet_are_decided_not_rounded() -> None:
    """88 of 90 in a 评分底稿 is 2 points and not 1.5; in a published table 88 may stand for 88.4."""
    listed = problems(deduction=["1.5", "1.6"])
    assert "problem-deductions-differ" in codes(evaluated(sheet(), listed))
    assert "problem-deductions-differ" not in codes(evaluated(card(), listed))


def test_a_problem_whose_evidence_was_not_handed_in_is_without_evidence() -> None:
    """A number that the 证据清单 lists as 未提供 supports no problem."""
    found = [
        f
        for f in evaluated(sheet(), problems(), evidence(file=["支付凭证.pdf", ""]), evidence=THERE).findings
        if f.code == "problem-without-evidence"
    ]
    assert [f.message for f in found] == ["虚构表的问题 2 引用的证据在证据清单中都是未提供。"]
