"""Spending by month against what the rules want spent by then."""

from pathlib import Path

import pytest
from wenxiao.evaluation import evaluate
from wenxiao.project import load_profile, load_project

from tests.sheets.written import xlsx


def test_a_project_that_lags_at_the_end_of_a_month_is_named_with_its_cells(tmp_path: Path) -> None:
    """Below 25% at the end of April and below 40% of June is behind in Sichuan; elsewhere no share is set."""
    head = ["项目名称", "预算数", *(f"{n}月" for n in range(1, 7)), "累计支出", "执行率"]
    rows = [
        ["2025年度项目支出序时进度表"],
        ["单位：万元"],
        head,
        ["道路养护", 100, 10, 5, 5, 5, 10, 5, 40, "40%"],
        ["航道疏浚", 200, 10, 10, 10, 19.99, 10, 30, 89.99, "45%"],
        ["桥梁加固", 50, 2, 2, 4, 5, 2, 4, 19, "38%"],
    ]
    xlsx(tmp_path / "进度.xlsx", rows)
    project = load_project(tmp_path)
    found = [f for f in evaluate(project, load_profile("sichuan")).findings if f.code == "progress-behind"]
    assert {(f.subject, f.printed, f.recomputed, tuple(c.address for c in f.cells)) for f in found} == {
        ("航道疏浚", "25.00%", "25%", ("C5", "D5", "E5", "F5")),
        ("桥梁加固", "38.00%", "40%", ("C6", "D6", "E6", "F6", "G6", "H6")),
    }
    assert "progress-behind" not in {f.code for f in evaluate(project, load_profile()).findings}


@pytest.mark.parametrize(
    ("title", "header", "end"),
    [
        ("资金情况", "截至2024年6月底支出", "2024年6月底"),
        ("2024年1—9月资金情况", "支出数", "2024年1—9月"),
        ("2024年上半年资金情况", "支出数", "上半年"),
        ("资金情况", "截至2024年12月31日累计支出", ""),
        ("2024年1—12月资金情况", "支出数", ""),
    ],
)
def test_a_rate_of_spending_up_to_midyear_says_so(title: str, header: str, end: str, tmp_path: Path) -> None:
    """The execution rate stands with a 提示 that it is that of the day; up to the year's end it stands alone."""
    rows = [
        [f"{title}（单位：万元）"],
        ["资金来源", "预算数", header],
        ["中央资金", 100, 40],
        ["省级资金", 50, 20],
    ]
    xlsx(tmp_path / "资金.xlsx", rows)
    evaluation = evaluate(load_project(tmp_path), load_profile())
    assert evaluation.execution.text == "40.00%"
    found = [finding for finding in evaluation.findings if finding.code == "spent-to-date"]
    assert [end in finding.message for finding in found] == ([True] if end else [])


def test_the_spending_of_one_month_is_not_that_of_the_year(tmp_path: Path) -> None:
    """A month without 截至 or 底 is a part of the year: no rate is made of it, and its figures are on the list 未采用."""
    rows = [
        ["单位：万元"],
        ["资金来源", "预算数", "2024年6月支出"],
        ["中央资金", 100, 40],
        ["省级资金", 50, 20],
    ]
    xlsx(tmp_path / "资金.xlsx", rows)
    evaluation = evaluate(load_project(tmp_path), load_profile())
    assert evaluation.execution.number is None
    assert [each.about for each in evaluation.project.unused] == ["2024年6月支出"]


@pytest.mark.parametrize(
    ("amounts", "whole", "said"),
    [
        ([3, 3, 3, 3, 3, 3], 18, {("progress-behind", "12.00%"), ("progress-behind", "18.00%")}),
        ([3, 6, 9, 12, 15, 18], 18, {("progress-behind", "12.00%"), ("progress-behind", "18.00%")}),
        ([5, 10, 15, 30, 35, 50], 50, set()),
        ([3, 6, 9, 12, 15, 18], None, {("progress-unclear", "")}),
        ([3, None, 3, 3, 3, 3], 15, {("progress-unclear", "")}),
    ],
)
def test_amounts_of_months_are_told_from_sums_up_to_them(
    amounts: list[int | None], whole: int | None, said: set[tuple[str, str]], tmp_path: Path
) -> None:
    """What adds up to 累计支出 is of single months, what ends in it is summed; where neither tells, nothing is compared, and it is said."""
    head = ["项目名称", "预算数", *(f"{n}月" for n in range(1, 7)), *(["累计支出"] if whole else [])]
    rows = [
        ["2025年度项目支出序时进度表"],
        ["单位：万元"],
        head,
        ["道路养护", 100, *amounts, *([whole] if whole else [])],
    ]
    xlsx(tmp_path / "进度.xlsx", rows)
    findings = evaluate(load_project(tmp_path), load_profile("sichuan")).findings
    assert {(f.code, f.printed) for f in findings if f.code.startswith("progress")} == said
