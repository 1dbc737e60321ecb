"""What figures are called where they stand."""

from decimal import Decimal

from wenxiao.display.names import common, in_short, name_in_row, row_name, row_prefix
from wenxiao.display.trace import cell_entries
from wenxiao.model import (
    CellRef,
    Given,
    Measure,
    Named,
    Quantity,
    difference,
    quotient,
    total,
)
from wenxiao.model.units import POINTS, RATIO, WAN_YUAN

from tests.display.conftest import points


def test_figures_of_a_row_have_its_name_in_common() -> None:
    """Whose row it is stands once; what a cell holds otherwise stands beside the figure."""
    amount = Given("甲县支出", Quantity(Decimal(5), WAN_YUAN, 0), CellRef("资金.xlsx", "资金", 5, 3), "50000")
    count = Given(
        "甲县户数", Quantity(Decimal(1204), POINTS, 0), CellRef("资金.xlsx", "资金", 5, 4), "1204.0"
    )
    assert row_name((amount, count)) == "甲县"
    assert cell_entries((amount, count), "甲县").entries == ("支出 5万元 C5（原数 50000）", "户数 1,204分 D5")


def test_a_computed_figure_is_called_by_what_its_row_does_not_say() -> None:
    """Beside the row of a district or an indicator its name is short; elsewhere it is whole."""
    rate = Measure("r", "执行率", points("执行率", "3", 1, 1), RATIO, subject="甲县")
    lost = Measure("l", "资金到位率失分", points("失分", "3", 1, 1), POINTS, subject="甲县")
    assert (name_in_row(rate, "甲县", "甲县"), name_in_row(lost, "甲县 · 资金到位率", "资金到位率")) == (
        "执行率",
        "失分",
    )
    assert name_in_row(lost, "资金（原表第 5 行）", "") == "甲县 · 资金到位率失分"


def test_what_a_name_is_cut_to_still_says_something() -> None:
    """No word is cut in two; one name, or names with one character in common, lose nothing."""
    assert common(["实际完成数", "实际完成率"]) == ""
    assert common(["满意度", "满意度得分"]) == ""
    assert common(["甲县支出"]) == ""
    assert common(["甲支出", "甲预算"]) == ""


def test_a_name_is_cut_where_its_subject_ends() -> None:
    """Two figures of 甲镇 that both begin with 受益 are of 甲镇; a figure that several share is named whole."""
    owner, shared = "甲镇", "甲镇、乙镇"
    homes, area, budget = (
        Measure(name, name, points(f"{whose}{name}", "3", 5, column), POINTS, subject=whose)
        for column, (whose, name) in enumerate(
            ((owner, "受益户数"), (owner, "受益面积"), (shared, "概算金额")), 3
        )
    )
    assert row_name((homes, area)) == owner
    assert cell_entries((homes, area), row_prefix((homes, area))).entries[0] == "受益户数 3.00分 C5"
    assert cell_entries((homes, budget), row_prefix((homes, budget))).entries == (
        "受益户数 3.00分 C5",
        "甲镇、乙镇概算金额 3.00分 E5",
    )


def test_an_indicator_keeps_its_name() -> None:
    """绩效目标 is not cut to 目标 because what is below it begins with 绩效 as well."""
    below = [
        points(name, "3", row, 1) for row, name in enumerate(("绩效目标合理性得分", "绩效指标明确性得分"), 1)
    ]
    weight = points("绩效目标分值", "6", 5, 1)
    rate = Measure("r", "得分率", quotient(Named("绩效目标得分", total(below)), weight), RATIO, 4, "绩效目标")
    assert in_short(rate) == "得分 ÷ 分值"


def test_a_row_without_a_name_says_which_it_is() -> None:
    """The row of a sheet is not taken for a line of 计算底稿; of a county it is hers, and says of what."""
    row = (points("决策得分", "3", 4, 2, "表1"), points("过程得分", "4", 4, 3, "表1"))
    assert row_name(row) == "表1（原表第 4 行）"
    alone = points("甲县得分", "90", 7, 3)
    short = Measure(
        "short", "距前一名", difference(points("甲县得分", "90", 7, 3), alone), POINTS, subject="甲县"
    )
    assert (row_name((alone, short)), cell_entries((alone,), "甲县得分").entries) == (
        "甲县得分",
        ("90.00分 C7",),
    )
    weight, score = points("满意度分值", "12", 9, 4), points("满意度得分", "10", 9, 11)
    assert row_name((weight, Measure("s", "满意度得分", score, POINTS, subject="甲县"))) == "甲县 · 满意度"
