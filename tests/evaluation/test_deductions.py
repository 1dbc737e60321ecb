"""Deductions and problems tied both ways, on synthetic scorecards and lists."""

from __future__ import annotations

from fractions import Fraction

from wenxiao.evaluation import Support

from tests.evaluation.made import evaluated, made
from tests.evaluation.sheets_of_review import card, counties, evidence, problems, sheet


def test_a_deduction_leads_to_its_problems_and_back() -> None:
    """Each indicator has the problems listed under it with their sum, and each problem its indicator's deduction."""
    evaluation = evaluated(card(), problems())
    first, second = evaluation.deductions.each
    assert [first.name, second.name] == ["预算执行率", "质量达标率"]
    assert first.listed is not None
    assert (first.lost.number, first.listed.number) == (Fraction("1.5"), Fraction("1.5"))
    assert evaluation.deductions.of(evaluation.problems[1]) is second
    assert evaluation.deductions.on("", ("产出", "产出质量", "质量达标率")) is second
    assert evaluation.measures[first.listed.key] is first.listed


def test_a_list_without_points_is_tied_to_nothing() -> None:
    """A report's list of problems says what, not how many points: nothing is held against it."""
    evaluation = evaluated(card(), made("problems", {"problem": ["支出滞后"], "level3": ["预算执行率"]}))
    assert not evaluation.deductions
    assert evaluation.deductions.of(evaluation.problems[0]) is None


def test_each_county_is_tied_to_its_own_scorecard() -> None:
    """The same indicator in two counties has two deductions; a county without a scorecard is set apart."""
    evaluation = evaluated(
        counties("甲县", "乙县", "丙县"),
        card("甲县评分表"),
        card("乙县评分表", ("10", "85")),
        problems(
            number=["1", "2", "3", "4"],
            problem=["一", "二", "三", "四"],
            district=["甲县", "甲县", "乙县", "丙县"],
            level3=["预算执行率", "质量达标率", "质量达标率", "质量达标率"],
            deduction=["1.5", "2", "5", "1"],
            evidence_number=["E-01"] * 4,
        ),
    )
    found = {each.name: each.listed and each.listed.number for each in evaluation.deductions.each}
    assert found == {
        "甲县预算执行率": Fraction("1.5"),
        "甲县质量达标率": 2,
        "乙县预算执行率": None,
        "乙县质量达标率": 5,
    }
    assert [each.number for each in evaluation.deductions.apart] == ["4"]
    assert len({each.lost.key for each in evaluation.deductions.each}) == 4


def test_problems_under_a_parent_are_held_against_the_parent() -> None:
    """A problem that names 产出 is about the points 产出 lost; its third level has no deduction of its own."""
    evaluation = evaluated(card(), problems(level1=["", "产出"], level3=["预算执行率", ""]))
    assert [each.name for each in evaluation.deductions.each] == ["预算执行率", "产出"]
    assert evaluation.deductions.each[1].listed is not None


def test_points_printed_with_a_minus_are_points_taken_off() -> None:
    """−1.5 in a list is a deduction of 1.5."""
    evaluation = evaluated(card(), problems(deduction=["-1.5", "2"]))
    listed = evaluation.deductions.each[0].listed
    assert listed is not None
    assert listed.number == Fraction("1.5")


def test_an_indicator_that_is_not_there_ties_nothing() -> None:
    """A misspelt indicator leaves its problem loose; the same name twice is told apart by its parent."""
    evaluation = evaluated(card(), problems(level3=["预算执行", "质量达标率"]))
    assert [each.number for each in evaluation.deductions.loose] == ["1"]


def test_missing_evidence_changes_no_score_and_waits_for_a_decision() -> None:
    """A score without evidence stands as given, 待评价人决定; a decision is read with who and when."""
    evaluation = evaluated(
        sheet(
            evidence_number=["", "E-02"],
            decision=["", ""],
        )
    )
    first, second = evaluation.score_lines
    assert (first.support, second.support) == (Support.UNDECIDED, Support.THERE)
    assert evaluation.verdict.score.text == "96.50"
    decided = evaluated(
        sheet(
            evidence_number=["", "E-02"],
            decision=["不扣分", ""],
            decided_by=["李四", ""],
            decided_on=["2024-04-05", ""],
        )
    ).score_lines[0]
    assert decided.support is Support.KEEP
    assert decided.basis.decision is not None
    assert decided.basis.decision.text == "不扣分（李四，2024-04-05）"


def test_a_number_that_is_not_listed_or_not_handed_in_is_no_evidence() -> None:
    """What the 证据清单 does not list, or lists without a file, supports no score."""
    lines = evaluated(
        sheet(), evidence(evidence_number=["E-01", "E-09"], file=["", "验收单.pdf"])
    ).score_lines
    assert [line.lacking for line in lines] == [("E-01",), ("E-02",)]
    assert {line.support for line in lines} == {Support.UNDECIDED}


def test_the_working_sheet_counts_where_it_has_scores() -> None:
    """Beside a published 评分表 a filled-in 评分底稿 is the scorecard, not added to it; a blank one decides nothing."""
    filled = evaluated(card(), sheet(score=["8", "88"]))
    blank = evaluated(card(), sheet(score=["", ""]))
    assert filled.verdict.score.text == "96.00"
    assert blank.verdict.score.text == "96.50"
    assert not blank.score_lines


def test_a_sheet_filled_in_by_a_program_counts_its_latest_stage() -> None:
    """Where nobody has worked out the formula of 得分, the latest of 终评, 复核 and 初评 counts; 自评 never does."""
    stages = {"self_score": ["10", "90"], "initial_score": ["9", "88"], "final_score": ["8.5", ""]}
    evaluation = evaluated(sheet(score=["", ""], **stages))
    assert evaluation.verdict.score.text == "96.50"
    assert [line.lost.text for line in evaluation.score_lines] == ["1.50", "2.00"]
    assert not evaluated(sheet(score=["", ""], self_score=["10", "90"])).score_lines[0].row.filled.quantity
