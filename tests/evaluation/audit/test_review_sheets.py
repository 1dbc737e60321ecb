"""The sheets of a review against each other: what agrees is silent, and what only bytes tell is told."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from wenxiao.evaluation import Evaluation, checks
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
    assert {code for check in checks() for code in check.codes} >= OWN


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


@st.composite
def reviews(draw: st.DrawFn) -> tuple[dict[str, list[Decimal]], list[tuple[str, int, Decimal]]]:
    """Scores of two counties on two indicators, and problems whose points add up to what was taken off."""
    scores: dict[str, list[Decimal]] = {}
    listed: list[tuple[str, int, Decimal]] = []
    for county in ("甲县", "乙县"):
        cuts = [
            draw(st.lists(st.integers(1, 299).map(lambda n: Decimal(n) / 100), max_size=3)) for _ in range(2)
        ]
        scores[county] = [weight - sum(cut, Decimal(0)) for weight, cut in zip((10, 90), cuts, strict=True)]
        listed += [(county, at, points) for at, cut in enumerate(cuts) for points in cut]
    return scores, draw(st.permutations(listed))


def _reviewed(scores: dict[str, list[Decimal]], listed: Sequence[tuple[str, int, Decimal]]) -> Evaluation:
    numbers = [str(at) for at in range(1, len(listed) + 1)]
    table = problems(
        number=numbers or ["1"],
        problem=[f"问题{number}" for number in numbers] or ["无"],
        district=[county for county, _, _ in listed] or [""],
        level3=[("预算执行率", "质量达标率")[at] for _, at, _ in listed] or [""],
        deduction=[str(points) for _, _, points in listed] or [""],
        evidence_number=["E-01"] * max(len(listed), 1),
    )
    sheets = [
        sheet(f"{county}评分底稿", score=[str(each) for each in given]) for county, given in scores.items()
    ]
    return evaluated(counties("甲县", "乙县"), *sheets, table)


@settings(max_examples=40, deadline=None)
@given(reviews().filter(lambda drawn: bool(drawn[1])), st.data())
def test_points_that_add_up_are_silent_and_a_hundredth_more_is_told(
    drawn: tuple[dict[str, list[Decimal]], list[tuple[str, int, Decimal]]], data: st.DataObject
) -> None:
    """However the points are cut, sums that fit raise nothing; any one off by 0.01 is found on its own indicator."""
    scores, listed = drawn
    told = codes(_reviewed(scores, listed))
    assert not told & {"problem-deductions-differ", "deduction-without-problem", "problem-without-indicator"}
    wrong = data.draw(st.integers(0, len(listed) - 1))
    county, at, points = listed[wrong]
    changed = [*listed[:wrong], (county, at, points + Decimal("0.01")), *listed[wrong + 1 :]]
    found = [f for f in _reviewed(scores, changed).findings if f.code == "problem-deductions-differ"]
    assert [f.subject for f in found] == [f"{county}{('预算执行率', '质量达标率')[at]}得分"]
