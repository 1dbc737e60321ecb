"""How figures came about, in words."""

from decimal import Decimal
from fractions import Fraction

from wenxiao.display.inline import cell_given
from wenxiao.display.names import in_short, title_of
from wenxiao.display.trace import basis_of, cell_entries, remarks_on, trace_of
from wenxiao.model import (
    CellRef,
    Constant,
    Given,
    Measure,
    Missing,
    Named,
    Quantity,
    Standing,
    difference,
    mean,
    product,
    quotient,
    total,
)
from wenxiao.model.units import POINTS, RATIO, WAN_SQUARE_METRES, WAN_YUAN, YUAN

from tests.display.conftest import points


def plain(cell: CellRef) -> str:
    """The address alone."""
    return cell.address


def test_the_indicator_is_not_said_again() -> None:
    """What all names begin with is left out where the title has it."""
    lost = Measure(
        "lost/甲",
        "资金到位率失分",
        difference(points("资金到位率分值", "4", 9, 4), points("资金到位率得分", "3.74", 9, 11)),
        POINTS,
        subject="甲县",
    )
    assert title_of(lost) == "甲县 · 资金到位率失分"
    assert trace_of(lost, plain).formula == "分值 4.00分 D9 － 得分 3.74分 K9"
    assert in_short(lost) == "分值 － 得分"


def test_what_the_title_does_not_have_stays() -> None:
    """Names that begin alike keep it where nothing else says whose they are."""
    rate = Measure(
        "r", "占比", quotient(points("甲县得分", "3", 1, 1), points("甲县总分", "4", 1, 2)), RATIO, 4
    )
    assert trace_of(rate, plain).formula == "甲县得分 3.00分 A1 ÷ 甲县总分 4.00分 B1"


def test_a_named_part_stands_with_what_it_comes_to() -> None:
    """A mean has its value in the formula; all its inputs are data, the one that stands beside it too."""
    scores = [points("得分", value, 1, column) for column, value in enumerate(("3.5", "4", "4"), 2)]
    gap = Measure("gap", "得分差", difference(scores[0], Named("3 个得分的平均", mean(scores))), POINTS)
    trace = trace_of(gap, plain)
    assert trace.formula == "得分 3.50分 B1 － 3 个得分的平均 3.83分"
    assert trace.rest == tuple(scores)


def test_a_part_told_elsewhere_refers_there() -> None:
    """Its inputs are not data of this figure any more."""
    parts = total([points("甲", "3", 1, 1), points("乙", "4", 2, 1)])
    rate = Measure("r", "得分率", quotient(Named("合计", parts), Constant(Fraction(10))), RATIO, 4)
    trace = trace_of(rate, plain, lambda part: "（第 3 行）" if part == parts else "")
    assert trace.formula == "合计 7.00分（第 3 行） ÷ 10"
    assert trace.rest == ()


def test_units_that_differ_give_no_value() -> None:
    """What is added over two units, or divided, is only named: its number would need a unit nobody gave."""
    money = Given("支出", Quantity(Decimal(5), WAN_YUAN, 0), CellRef("资金.xlsx", "资金", 1, 1))
    small = Given("零头", Quantity(Decimal(5), YUAN, 0), CellRef("资金.xlsx", "资金", 1, 2))
    for part in (total([money, small]), quotient(money, small)):
        measure = Measure("m", "数", difference(Named("其中", part), money), WAN_YUAN)
        assert trace_of(measure, plain).formula.startswith("其中 － 支出")


def test_a_figure_is_told_once() -> None:
    """The second time only its name stands in the formula."""
    score = points("得分", "3", 1, 1)
    measure = Measure("m", "数", quotient(score, total([score, points("其余", "1", 1, 2)])), RATIO, 4)
    assert trace_of(measure, plain).formula == "得分 3.00分 A1 ÷ （得分 ＋ 其余 1.00分 B1）"


def test_only_what_stands_in_a_cell_as_shown_is_a_cell_figure() -> None:
    """A computed figure is none, nor one that is taken over or holds under a condition, nor one without a cell."""
    score = points("得分", "3", 1, 1)
    assert cell_given(score) is score
    assert cell_given(Measure("m", "得分", score, POINTS)) is score
    assert cell_given(Measure("m", "得分", total([score]), POINTS)) is None
    assert cell_given(Measure("m", "得分", score, POINTS, standing=Standing.REPORTED)) is None
    assert cell_given(Measure("m", "得分", score, POINTS, condition="若无调整")) is None
    assert cell_given(Given("得分", Missing.NOT_PROVIDED)) is None


def test_figures_beside_a_formula_are_named_by_their_cells() -> None:
    """Their numbers stand beside it already."""
    spent, budget = points("支出", "3", 5, 4), points("预算", "4", 5, 3)
    rate = Measure("r", "执行率", quotient(spent, budget), RATIO, 4)
    assert trace_of(rate, plain, beside=[spent.cell]).formula == "支出 D5 ÷ 预算 4.00分 C5"


def test_a_product_by_a_rate_keeps_its_unit() -> None:
    """What is derived from a rate has its amount in the formula, or nobody could add it up again."""
    budget = Given("预算", Quantity(Decimal(7605), WAN_YUAN, 0), CellRef("资金.xlsx", "资金", 1, 1))
    rate = Given("执行率", Quantity(Decimal("0.4138"), RATIO, 4), CellRef("资金.xlsx", "资金", 1, 2))
    rest = difference(budget, Named("推算支出", product(budget, rate)))
    assert trace_of(Measure("m", "结余", rest, WAN_YUAN), plain).formula == (
        "预算 7,605万元 A1 － 推算支出 3,146.95万元"
    )


def test_words_that_only_repeat_the_formula_are_left_out() -> None:
    """支出÷预算 stands in the formula; how a mean is weighted, and what was taken over, does not."""
    spent, budget = points("甲县支出", "3", 1, 1), points("甲县预算", "4", 1, 2)

    def told(basis: str) -> str:
        return basis_of(Measure("m", "比率", quotient(spent, budget), RATIO, 4, "甲县", basis))

    assert [told(basis) for basis in ("支出÷预算", "支出÷到位", "按预算数加权平均")] == [
        "",
        "支出÷到位",
        "按预算数加权平均",
    ]
    taken = Measure("m", "执行率", spent, RATIO, 4, "甲县", "报告数，支出未提供", Standing.REPORTED, "若属实")
    assert (basis_of(taken), remarks_on(taken)) == ("报告数，支出未提供", "若属实")


def test_a_unit_written_out_is_the_same_unit() -> None:
    """39万平方米 is what 39万㎡ reads as; words in a cell are words, a number there a number."""
    area = Given(
        "面积", Quantity(Decimal(39), WAN_SQUARE_METRES, 0), CellRef("甲.xlsx", "甲", 3, 6), "39万平方米"
    )
    count = Given("户数", Quantity(Decimal(5), POINTS, 0), CellRef("甲.xlsx", "甲", 3, 7), "（总）5-5个")
    assert cell_entries((area, count), "").entries == ("面积 39万㎡ F3", "户数 5分 G3（原文 （总）5-5个）")
