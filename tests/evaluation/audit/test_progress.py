"""Spending by month against what the rules want spent by then."""

from pathlib import Path

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
