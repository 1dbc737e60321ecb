"""Funds that only the tables by district give: their total is the project's figure where it holds."""

from pathlib import Path

from tests.evaluation.audit.test_workbooks import read

ROWS = [["县区", "预算数（万元）", "支出数（万元）"], ["甲县", 100, 80], ["乙县", 60, 50]]


def test_a_total_of_districts_that_holds_is_the_projects(tmp_path: Path) -> None:
    """160 and 130, with words that say where they are from; the rate follows."""
    funds = read(tmp_path, {"资金": [*ROWS, ["合计", 160, 130]]}).funds
    assert funds is not None
    amounts = funds.total.amounts
    assert (amounts["budget"].text, amounts["spent"].text) == ("160.00", "130.00")
    assert "分县区" in amounts["budget"].basis
    assert funds.total.rates["execution_rate"].text == "81.25%"


def test_a_total_that_does_not_hold_and_districts_without_one_are_none(tmp_path: Path) -> None:
    """170 is not 100 + 60, and a list without a total may lack a district."""
    (tmp_path / "wrong").mkdir()
    (tmp_path / "none").mkdir()
    wrong = read(tmp_path / "wrong", {"资金": [*ROWS, ["合计", 170, 130]]}).funds
    assert wrong is not None
    assert "budget" not in wrong.total.amounts
    assert read(tmp_path / "none", {"资金": ROWS}).funds is None
