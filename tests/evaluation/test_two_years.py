"""Two years of one project, handed in together: told apart by their year and compared side by side."""

from __future__ import annotations

from pathlib import Path

from wenxiao.evaluation import evaluate
from wenxiao.evaluation.two_years import two_years
from wenxiao.project.project import load_projects

from tests.evaluation.test_followed_indicators import RULES, goals, result
from tests.sheets.written import xlsx


def test_years_are_told_apart_and_compared_in_points_and_per_cent(tmp_path: Path) -> None:
    """Money and counts move by an amount and a per cent, rates by points; goals stand with the result of their year."""
    last = [
        ("养护里程", "≥120公里", "90公里", "雨季"),
        ("合格率", "≥95%", "90%", "返工"),
        ("旧指标", "≥1个", "1个", ""),
    ]
    this = [("养护里程", "≥120公里", "108公里", "雨季"), ("合格率", "≥95%", "96%", "")]
    xlsx(tmp_path / "a.xlsx", result(last, 2022, 400))
    xlsx(tmp_path / "b.xlsx", result(this, 2023, 480))
    xlsx(tmp_path / "c.xlsx", goals([line[:2] for line in this]))
    before, after = load_projects(tmp_path)
    assert [before.name, after.name] == ["道路养护（2022年）", "道路养护（2023年）"]
    assert (before.earlier, after.earlier) == (None, before)
    assert len(after.of_kind("targets")) == 1
    lines = {each.name: each for each in two_years(evaluate(before, RULES), evaluate(after, RULES))}
    moved = {name: [each.text_with_unit for each in line.changes] for name, line in lines.items()}
    assert moved["支出资金"] == ["80.00万元", "20.00%"]
    assert moved["预算执行率"] == ["16.00个百分点"]
    assert moved["养护里程完成值"] == ["18公里", "20.00%"]
    assert moved["合格率完成值"] == ["6个百分点"]
    assert "旧指标完成值" not in lines
