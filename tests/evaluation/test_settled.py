"""The headline of the funds: what upholds a printed total, what is shown where nothing tells, sums of years."""

from __future__ import annotations

from pathlib import Path

from wenxiao.display.funds import funds_words
from wenxiao.display.summary import project_tiles

from tests.evaluation.audit.test_workbooks import read

HEAD = ["资金来源", "预算数（万元）", "支出数（万元）", "执行率"]
PARTS = [["中央资金", 260, 150, ""], ["省级资金", 160, 90, ""]]
CLAIMS = ["序号", "出处", "对象", "事项", "报告数"]


def test_a_printed_total_that_its_rate_upholds_is_the_whole(tmp_path: Path) -> None:
    """240 ÷ 60% is 400: the parts, which make 420, are not the budget."""
    funds = read(tmp_path, {"资金": [HEAD, *PARTS, ["合计", 400, 240, "60%"]]}).funds
    assert funds is not None
    assert funds.total.amounts["budget"].text == "400.00"
    assert funds.total.rates["execution_rate"].text == "60.00%"


def test_parts_that_the_report_upholds_are_the_whole(tmp_path: Path) -> None:
    """The report says 420万元, as the parts do."""
    claims = [CLAIMS, [1, "一", "全项目", "预算资金", "420万元"]]
    sheets = {"资金": [HEAD, *PARTS, ["合计", 400, 240, ""]], "报告数": claims}
    funds = read(tmp_path, sheets).funds
    assert funds is not None
    assert funds.total.amounts["budget"].text == "420.00"
    assert not funds.total.amounts["budget"].condition


def test_where_nothing_tells_both_are_shown(tmp_path: Path) -> None:
    """Tile and sentence show the rate of the parts and the one of the printed total beside it, or none at all."""
    evaluation = read(tmp_path, {"资金": [HEAD, *PARTS, ["合计", 400, 240, ""]]})
    assert evaluation.funds is not None
    if evaluation.execution.number is not None:
        assert "57.14%" in project_tiles(evaluation).text()
        assert "60.00%" in project_tiles(evaluation).text()
        words = funds_words(evaluation.funds)
        assert words is not None
        assert "列为 400" in words.text()


def test_two_years_in_one_figure_say_so(tmp_path: Path) -> None:
    """A rate over two years is called 两年合计 in tile and sentence, with that of each year beside it."""
    rows = [
        [
            "资金来源",
            "2022年预算数（万元）",
            "2022年支出数（万元）",
            "2023年预算数（万元）",
            "2023年支出数（万元）",
        ],
        ["中央资金", 100, 90, 200, 100],
        ["省级资金", 100, 60, 100, 80],
    ]
    evaluation = read(tmp_path, {"资金": rows})
    assert evaluation.funds is not None
    words = funds_words(evaluation.funds)
    assert words is not None
    for text in (project_tiles(evaluation).text(), words.text()):
        assert "两年合计" in text
        assert "2022年 75.00%，2023年 60.00%" in text
