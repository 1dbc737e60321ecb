"""Rules in steps: one tree gives the value, the interval, the words and the spreadsheet formula."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from wenxiao.model import (
    Case,
    CellRef,
    Choice,
    Comparison,
    Condition,
    Constant,
    Given,
    Interval,
    Missing,
    Quantity,
    SheetCell,
    inputs_of,
    interval_of,
    spreadsheet_of,
    value_of,
    words_of,
)
from wenxiao.model.units import NUMBER

SEVEN, FIVE, NOTHING = Constant(Fraction(7)), Constant(Fraction(5)), Constant(Fraction(0))


def figure(label: str, value: str | Missing, row: int = 1) -> Given:
    """A figure in a made-up cell, or a missing one."""
    if isinstance(value, Missing):
        return Given(label, value)
    number = Decimal(value)
    places = max(0, -int(number.as_tuple().exponent))
    return Given(label, Quantity(number, NUMBER, places), CellRef("a.xlsx", "表", row, 2), value)


def at_least(left: Given, share: str) -> Condition:
    """A figure is at least a constant."""
    return Condition(left, Comparison.AT_LEAST, Constant(Fraction(share)))


def ladder(rate: Given) -> Choice:
    """From 0.8 on seven, from 0.6 on five, else nothing."""
    cases = (Case((at_least(rate, "0.8"),), SEVEN), Case((at_least(rate, "0.6"),), FIVE))
    return Choice(cases, NOTHING)


def test_the_first_case_that_holds_gives_the_value() -> None:
    """A step includes its lower end and ends before the next."""
    values = [value_of(ladder(figure("率", rate))) for rate in ("0.8", "0.79", "0.6", "0.59")]
    assert values == [7, 5, 5, 0]


def test_a_missing_condition_leaves_the_result_missing() -> None:
    """Which step applies is not guessed."""
    tree = ladder(figure("率", Missing.NOT_PROVIDED))
    assert value_of(tree) is Missing.NOT_PROVIDED
    assert interval_of(tree) is None


def test_a_condition_that_fails_settles_a_case() -> None:
    """Where one condition fails, another that cannot be told changes nothing."""
    both = (at_least(figure("完工", Missing.NOT_PROVIDED), "1"), at_least(figure("率", "0.2"), "0.8"))
    assert value_of(Choice((Case(both, SEVEN),), NOTHING)) == 0


def test_a_rule_that_says_nothing_gives_nothing() -> None:
    """A case the rule does not cover is 不适用, not 0."""
    tree = Choice((Case((at_least(figure("率", "0.2"), "0.8"),), SEVEN),), Missing.NOT_APPLICABLE)
    assert value_of(tree) is Missing.NOT_APPLICABLE
    assert words_of(tree) == "分档（率 ≥ 0.8：7；其余：不适用）"


def test_the_interval_covers_every_step_in_reach() -> None:
    """A printed 0.80 may have been 0.795, so both steps are possible; 0.90 leaves one."""
    assert interval_of(ladder(figure("率", "0.80"))) == Interval(Fraction(5), Fraction(7))
    assert interval_of(ladder(figure("率", "0.90"))) == Interval.exactly(7)


def test_the_spreadsheet_nests_its_tests() -> None:
    """A spreadsheet gets nested IFs, each compared beyond the noise of its binary fractions."""
    rate = figure("率", "0.7", 4)
    sheet = spreadsheet_of(ladder(rate), lambda _: SheetCell("", 2, 4))
    assert sheet == (
        "IFERROR(IF(IF(COUNT(B4)=1,ROUND(B4-0.8,9)>=0,NA()),7,"
        'IF(IF(COUNT(B4)=1,ROUND(B4-0.6,9)>=0,NA()),5,0)),"未提供")'
    )


def test_inputs_name_the_conditions() -> None:
    """The cells a choice rests on include those that decide it."""
    rate, weight = figure("率", "0.7", 4), figure("分值", "10", 5)
    assert list(inputs_of(Choice((Case((at_least(rate, "0.8"),), weight),), NOTHING))) == [rate, weight]


@given(
    st.decimals(0, 1, places=3),
    st.integers(0, 3),
    st.fractions(-1, 1),
    st.sampled_from(list(Comparison)),
)
def test_what_a_printed_figure_stands_for_stays_in_the_interval(
    true: Decimal, places: int, cut: Fraction, comparison: Comparison
) -> None:
    """Whatever the true figure behind a printed one, the result it would give lies in the interval."""
    printed = Given("率", Quantity(round(true, places), NUMBER, places))
    exact = Given("率", Quantity(true, NUMBER, 3, exact=True))

    def tree(rate: Given) -> Choice:
        return Choice((Case((Condition(rate, comparison, Constant(cut)),), SEVEN),), rate)

    interval, value = interval_of(tree(printed)), value_of(tree(exact))
    assert interval is not None
    assert isinstance(value, Fraction)
    assert interval.holds(value)
