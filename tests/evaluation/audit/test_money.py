"""Money by district: what a sum lacks is said once for all columns that lack it."""

from __future__ import annotations

from pathlib import Path

from tests.evaluation.audit.test_workbooks import read


def test_sums_that_lack_the_same_districts_are_one_finding(tmp_path: Path) -> None:
    """Three columns without 丙县 are one 提示 that names them and its cells; one that lacks another county is a second."""
    rows = [
        ["县区", "预算数（万元）", "到位数（万元）", "支出数（万元）", "户数（户）"],
        ["甲县", 100.5, 90.5, 80.5, 12],
        ["乙县", 50.5, 40.5, 30.5, "未报送"],
        ["丙县", "未报送", "未报送", "未报送", 20],
    ]
    found = [f for f in read(tmp_path, {"资金": rows}).findings if f.code == "sum-without-districts"]
    said = {tuple(cell.address for cell in f.cells): f.message for f in found}
    assert set(said) == {("B4", "C4", "D4"), ("E3",)}
    assert said["B4", "C4", "D4"].startswith(
        "预算数、到位数、支出数等 3 项的合计都是已报送的 2 个县区之和，未含丙县"
    )
    assert said["E3",].startswith("户数的合计 32户是")
