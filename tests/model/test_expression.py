"""One tree: its value, its interval, its words and its spreadsheet formula."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from wenxiao.model import (
    CellRef,
    Constant,
    Count,
    Given,
    Missing,
    Named,
    Quantity,
    Rounded,
    SheetCell,
    difference,
    inputs_of,
    interval_of,
    mean,
    product,
    quotient,
    spreadsheet_of,
    total,
    value_of,
    words_of,
)
from wenxiao.model.units import WAN_YUAN


def cell(label: str, value: str, row: int = 1) -> Given:
    """A figure in a made-up cell."""
    number = Decimal(value)
    places = max(0, -int(number.as_tuple().exponent))
    return Given(label, Quantity(number, WAN_YUAN, places), CellRef("a.xlsx", "资金", row, 2), value)


def test_a_rate_is_exact() -> None:
    """A quotient keeps the exact fraction, so comparing never meets a rounded number."""
    assert value_of(quotient(cell("得分", "26"), cell("分值", "36"))) == Fraction(13, 18)


def test_missing_stays_missing() -> None:
    """A missing side makes the result missing, with the same word."""
    rate = quotient(Given("支出", Missing.NOT_PROVIDED), cell("预算", "3664.68"))
    assert value_of(rate) is Missing.NOT_PROVIDED
    assert interval_of(rate) is None


def test_a_zero_denominator_does_not_apply() -> None:
    """Nothing is divided by zero: the rate does not apply."""
    assert value_of(quotient(cell("支出", "1"), cell("预算", "0"))) is Missing.NOT_APPLICABLE


def test_words_and_spreadsheet_come_from_one_tree() -> None:
    """The formula in words and the one for a spreadsheet name the same parts in the same order."""
    parts = total([cell("中央", "2062.67", 5), cell("省级", "302.01", 6)])
    rate = quotient(cell("支出", "831.3", 7), Named("上级资金预算", parts))
    assert words_of(rate) == "支出 ÷ 上级资金预算"
    assert words_of(parts) == "中央 ＋ 省级"
    sheet = spreadsheet_of(
        rate,
        lambda node: (
            SheetCell("", node.cell.column, node.cell.row) if isinstance(node, Given) and node.cell else None
        ),
    )
    assert sheet == 'IF(COUNT(B5:B7)=3,IF(SUM(B5:B6)=0,"不适用",B7/SUM(B5:B6)),"未提供")'


def test_a_long_sum_is_named_by_its_ends() -> None:
    """A sum of twelve districts reads as one phrase."""
    assert words_of(total([cell(f"县{i}", "1") for i in range(12)])) == "12 项合计（县0 … 县11）"


def test_each_input_is_listed_once() -> None:
    """A cell that stands twice in a tree is one input."""
    a, b = cell("a", "1", 1), cell("b", "2", 2)
    assert list(inputs_of(quotient(a, total([a, b])))) == [a, b]


def test_counts_name_their_cells() -> None:
    """A count knows the cells it counted."""
    counted = Count("小区清单", (CellRef("a.xlsx", "清单", 3, 2), CellRef("a.xlsx", "清单", 4, 2)))
    assert value_of(counted) == 2
    assert [given.cell for given in inputs_of(counted)] == list(counted.cells)


def test_a_computed_score_is_rounded_once() -> None:
    """Rounding is a node of the tree, half up, and shows in the words."""
    score = Rounded(product(cell("分值", "5"), quotient(cell("完成", "1"), cell("指标", "3"))), 2)
    assert value_of(score) == Fraction("1.67")
    assert "四舍五入" in words_of(score)


numbers = st.decimals(1, 10**6, places=2)


@given(numbers, numbers, numbers)
def test_the_value_lies_in_the_interval(a: Decimal, b: Decimal, c: Decimal) -> None:
    """Whatever the tree, the value of the printed figures lies inside the interval they allow."""
    x, y, z = cell("a", str(a)), cell("b", str(b)), cell("c", str(c))
    for tree in (
        total([x, y, z]),
        difference(x, y),
        quotient(x, y),
        mean([x, y, z]),
        product(Constant(Fraction(3)), x),
    ):
        value, interval = value_of(tree), interval_of(tree)
        assert isinstance(value, Fraction)
        assert interval is not None
        assert interval.holds(value)
