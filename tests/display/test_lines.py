"""The lines that figures lead to."""

from decimal import Decimal

from wenxiao.display import Line, Lines
from wenxiao.model import CellRef, Given, Measure, Missing, Named, Quantity, quotient, total
from wenxiao.model.units import RATIO, WAN_YUAN


def amount(name: str, row: int, column: int) -> Given:
    """An amount in a cell."""
    return Given(name, Quantity(Decimal(row), WAN_YUAN, 0), CellRef("资金.xlsx", "资金", row, column))


def test_figures_of_one_row_share_a_line() -> None:
    """Cells of a row are found in one line, from left to right, however they came up; other rows have their own."""
    lines = Lines()
    spent, budget, below = amount("支出", 5, 4), amount("预算", 5, 3), amount("支出", 6, 4)
    assert [lines.add(each) for each in (spent, below, budget, spent)] == [Line(1), Line(2), Line(1), Line(1)]
    assert list(lines) == [(Line(1), (budget, spent)), (Line(2), (below,))]


def test_a_computed_figure_has_its_own_line() -> None:
    """Beside the line of the row it is computed from."""
    lines = Lines()
    spent, budget = amount("支出", 5, 4), amount("预算", 5, 3)
    rate = Measure("execution_rate", "预算执行率", quotient(spent, budget), RATIO, 4)
    assert [lines.add(each) for each in (spent, rate, rate)] == [Line(1), Line(2), Line(2)]
    assert lines.show(CellRef("资金.xlsx", "资金", 5, 4))
    assert not lines.show(CellRef("资金.xlsx", "资金", 5, 3))


def test_a_wide_row_has_several_lines() -> None:
    """Of two hundred districts side by side no more than two dozen are told together."""
    lines = Lines()
    for column in range(2, 202):
        lines.add(amount("支出", 5, column))
    assert max(len(figures) for _, figures in lines if isinstance(figures, tuple)) == 24
    assert len(lines) == 9


def test_what_is_computed_from_one_row_stands_in_its_line() -> None:
    """Where lines are joined, a rate of two cells of a row follows them; a sum over rows has a line of its own."""
    lines = Lines(joined=True)
    spent, budget, below = amount("支出", 5, 4), amount("预算", 5, 3), amount("预算", 6, 3)
    rate = Measure("execution_rate", "预算执行率", quotient(spent, budget), RATIO, 4)
    whole = Measure("budget", "预算资金", total([budget, below]), WAN_YUAN)
    assert [lines.add(each) for each in (rate, whole, budget)] == [Line(1), Line(2), Line(1)]
    assert list(lines) == [(Line(1), (budget, rate)), (Line(2), whole)]
    assert lines.told(Named("预算合计", total([budget, below]))) == Line(2)
    assert lines.told(total([budget, budget])) is None


def test_projects_are_kept_apart() -> None:
    """Two projects may have files, sheets and cells of the same names."""
    lines = Lines()
    spent = amount("支出", 5, 4)
    half = Measure("half", "一半", quotient(spent, amount("预算", 5, 3)), RATIO, 4)
    told = [lines.add(figure, name) for figure in (spent, half) for name in ("甲", "乙")]
    assert told == [Line(1, "甲"), Line(2, "乙"), Line(3, "甲"), Line(4, "乙")]


def test_what_stands_nowhere_has_no_line() -> None:
    """未提供 without a cell leads nowhere."""
    assert Lines().add(Given("支出", Missing.NOT_PROVIDED)) is None
