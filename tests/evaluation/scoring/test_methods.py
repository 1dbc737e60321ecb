"""Each scoring method against the numbers of RULES, and the laws all of them keep."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wenxiao.evaluation.scoring import (
    Rung,
    at_most,
    deduction,
    execution_step,
    gate,
    granted,
    likert,
    likert_rate,
    linear,
    proportional,
    qualitative,
    reverse,
    step,
    truth,
)
from wenxiao.model import (
    CellRef,
    Constant,
    Expression,
    Given,
    Missing,
    Quantity,
    SheetCell,
    inputs_of,
    interval_of,
    spreadsheet_of,
    value_of,
    words_of,
)
from wenxiao.model.units import NUMBER, POINTS, RATIO

TEN = Given("分值", Quantity(Decimal(10), POINTS, 0, exact=True))
EXECUTION = (Rung(Decimal("0.8"), Decimal("0.7")), Rung(Decimal("0.6"), Decimal("0.5")), Rung(0, 0))
SATISFACTION = (
    Rung(Decimal("0.9"), 1),
    Rung(Decimal("0.8"), Decimal("0.8")),
    Rung(Decimal("0.6"), Decimal("0.5")),
    Rung(0, 0),
)


def number(value: str, label: str = "数") -> Given:
    """An exact figure without a unit."""
    return Given(label, Quantity(Decimal(value), NUMBER, 0, exact=True))


def rate(value: str) -> Given:
    """A rate given as a fraction, known exactly."""
    return Given("执行率", Quantity(Decimal(value), RATIO, 4, exact=True))


def points(tree: Expression) -> Fraction:
    """The score of a tree that has one."""
    value = value_of(tree)
    assert isinstance(value, Fraction)
    return value


@pytest.mark.parametrize(
    ("actual", "score"), [("50", "10"), ("25", "5"), ("60", "10"), ("0", "0"), ("16.666", "3.33")]
)
def test_proportional(actual: str, score: str) -> None:
    """10号 第十六条: 分值 × 完成值 ÷ 指标值, capped, rounded half up to two decimals."""
    assert points(proportional(TEN, number(actual), number("50"))) == Fraction(score)


def test_a_zero_target_does_not_apply() -> None:
    """Nothing is divided by a target of 0."""
    assert value_of(proportional(TEN, number("5"), number("0"))) is Missing.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("spending", "score"),
    [("1", "7"), ("0.9999", "7"), ("0.8", "7"), ("0.7999", "5"), ("0.6", "5"), ("0.5999", "0"), ("0", "0")],
)
def test_execution_of_an_unfinished_project(spending: str, score: str) -> None:
    """101号: 80–100% gives 7, 60–80% gives 5, below 60% nothing."""
    assert points(execution_step(TEN, rate(spending), truth("完成", False), EXECUTION)) == Fraction(score)


@pytest.mark.parametrize("spending", ["0.3", "0.79", "1"])
def test_execution_of_a_finished_project_within_its_budget(spending: str) -> None:
    """101号: a finished project that kept to its budget has full marks whatever the rate."""
    assert points(execution_step(TEN, rate(spending), truth("完成", True), EXECUTION)) == 10


def test_execution_above_the_budget() -> None:
    """101号 says nothing of a rate above 100%: 不适用, unless the profile gives a share."""
    for finished in (True, False):
        tree = execution_step(TEN, rate("1.05"), truth("完成", finished), EXECUTION)
        assert value_of(tree) is Missing.NOT_APPLICABLE
    shared = execution_step(TEN, rate("1.05"), truth("完成", True), EXECUTION, over=Decimal("0.5"))
    assert points(shared) == 5


def test_execution_without_knowing_whether_finished() -> None:
    """Whether full marks or a step applies is not guessed."""
    tree = execution_step(TEN, rate("0.85"), truth("项目已完成", None), EXECUTION)
    assert value_of(tree) is Missing.NOT_PROVIDED


def test_execution_scales_with_its_weight() -> None:
    """Local forms weigh execution 20 instead of 10: the steps are shares."""
    assert points(execution_step(number("20"), rate("0.65"), truth("完成", False), EXECUTION)) == 10


@pytest.mark.parametrize(
    ("content", "score"),
    [("1", "10"), ("0.9", "10"), ("0.8999", "8"), ("0.8", "8"), ("0.6", "5"), ("0.5999", "0")],
)
def test_satisfaction(content: str, score: str) -> None:
    """101号: from 90% 10, from 80% 8, from 60% 5, below nothing."""
    assert points(step(TEN, rate(content), SATISFACTION)) == Fraction(score)


@pytest.mark.parametrize(
    ("done", "score"),
    [("0.5999", "0"), ("0.6", "0"), ("0.8", "5"), ("0.87", "6.75"), ("1", "10"), ("1.4", "10")],
)
def test_gate(done: str, score: str) -> None:
    """101号: nothing below 60%, else (r − 60%) ÷ 40% × 分值, at most 分值."""
    assert points(gate(TEN, rate(done))) == Fraction(score)


@pytest.mark.parametrize(
    ("done", "score"), [("1", "10"), ("0.99", "9.5"), ("0.9", "5"), ("0.8", "0"), ("0.5", "0"), ("1.1", "10")]
)
def test_linear_from_a_floor(done: str, score: str) -> None:
    """A provincial report: full at 100%, zero at 80%, each point short costs 5% of 分值."""
    assert points(linear(TEN, rate(done))) == Fraction(score)


@pytest.mark.parametrize(
    ("actual", "score"), [("80", "10"), ("90", "10"), ("99", "9"), ("135", "5"), ("180", "0"), ("200", "0")]
)
def test_reverse(actual: str, score: str) -> None:
    """A budget-system module, target 90: full up to it, (1 − (a − t) ÷ t) × 分值 above, nothing from its double."""
    assert points(reverse(TEN, number(actual), number("90"))) == Fraction(score)


def test_reverse_with_another_end() -> None:
    """Where the rules reach zero at 1.5 times the target, half the way costs half the points."""
    assert points(reverse(TEN, number("125"), number("100"), Decimal("1.5"))) == 5


def test_reverse_with_a_target_of_nothing() -> None:
    """No accident allowed: none has full marks, one has nothing, and nothing is divided by zero."""
    assert points(reverse(TEN, number("0"), number("0"))) == 10
    assert points(reverse(TEN, number("1"), number("0"))) == 0


def test_an_upper_limit_that_is_kept() -> None:
    """10号 第十六条: a target that is met has full marks; for one that is not, ≤ gives no proportion."""
    assert points(at_most(TEN, number("90"), number("90"))) == 10
    assert value_of(at_most(TEN, number("91"), number("90"))) is Missing.NOT_APPLICABLE


def test_qualitative() -> None:
    """A level has the share it was given; without one the score waits for a judgement."""
    assert points(qualitative(TEN, granted("部分达成", Decimal("0.75")))) == Fraction("7.5")
    assert value_of(qualitative(TEN, granted("部分达成", None))) is Missing.UNSCORED


def test_likert() -> None:
    """A provincial report: 100/75/50/25/0 over 60, 20, 10, 6 and 4 answers is 81.50%, of 5 points 4.08."""
    counts = [number(n) for n in ("60", "20", "10", "6", "4")]
    share = likert_rate(counts, [Decimal(w) / 100 for w in (100, 75, 50, 25, 0)])
    assert value_of(share) == Fraction("0.815")
    assert points(likert(number("5"), share)) == Fraction("4.08")


def test_likert_without_answers() -> None:
    """No answers give no rate."""
    assert value_of(likert_rate([number("0")] * 2, [1, 0])) is Missing.NOT_APPLICABLE


@pytest.mark.parametrize(("faults", "score"), [("0", "10"), ("3", "8.5"), ("20", "0"), ("21", "0")])
def test_deduction(faults: str, score: str) -> None:
    """分值 less half a point a fault, floor 0."""
    assert points(deduction(TEN, number(faults), Decimal("0.5"))) == Fraction(score)


def test_a_score_never_exceeds_its_weight_by_rounding() -> None:
    """A 分值 of 3.335 is not rounded up to 3.34."""
    weight = number("3.335")
    assert points(proportional(weight, number("1"), number("1"))) == Fraction("3.335")


def test_three_renderings_of_one_tree() -> None:
    """Value, Chinese formula and spreadsheet formula come from one tree and name the same cells."""
    weight, actual, target = (
        Given(label, Quantity(Decimal(value), NUMBER, 0, exact=True), CellRef("a.xlsx", "表", row, 3))
        for label, value, row in (("分值", "8", 5), ("完成值", "45", 6), ("指标值", "50", 7))
    )
    tree = proportional(weight, actual, target)
    assert points(tree) == Fraction("7.2")
    assert (
        words_of(tree) == "较小者（分值、四舍五入（较大者（0、（分值 × （完成值 ÷ 指标值））），2 位小数））"
    )
    sheet = spreadsheet_of(
        tree,
        lambda node: (
            SheetCell("", node.cell.column, node.cell.row) if isinstance(node, Given) and node.cell else None
        ),
    )
    assert sheet == (
        'IF(COUNT(C5:C7)=3,IF(C7=0,"不适用",MIN(C5,ROUND(ROUND(MAX(0,C5*(C6/C7)),9),2))),"未提供")'
    )
    assert list(inputs_of(tree)) == [weight, actual, target]


RISING: dict[str, Callable[[Expression, Expression], Expression]] = {
    "proportional": lambda w, x: proportional(w, x, Constant(Fraction(1))),
    "execution, unfinished": lambda w, x: execution_step(w, x, truth("完成", False), EXECUTION, over=1),
    "execution, finished": lambda w, x: execution_step(w, x, truth("完成", True), EXECUTION, over=1),
    "satisfaction": lambda w, x: step(w, x, SATISFACTION),
    "gate": gate,
    "linear": linear,
    "likert": likert,
}
FALLING: dict[str, Callable[[Expression, Expression], Expression]] = {
    "reverse": lambda w, x: reverse(w, x, Constant(Fraction(1, 2))),
    "deduction": lambda w, x: deduction(w, x, Decimal("1.5")),
}
shares = st.decimals(0, 2, places=4)
weights = st.decimals(0, 40, places=2).map(lambda w: Given("分值", Quantity(w, POINTS, 2, exact=True)))


@pytest.mark.parametrize("name", [*RISING, *FALLING])
@given(weight=weights, one=shares, other=shares)
def test_every_method_is_monotone_within_its_weight(
    name: str, weight: Given, one: Decimal, other: Decimal
) -> None:
    """A better value never has fewer points, and points lie between 0 and the 分值."""
    method = (RISING | FALLING)[name]
    low, high = (points(method(weight, number(str(value)))) for value in sorted((one, other)))
    assert (low <= high) if name in RISING else (low >= high)
    assert weight.quantity is not None
    assert all(0 <= score <= weight.quantity.value for score in (low, high))


@pytest.mark.parametrize("name", [*RISING, *FALLING])
@given(true=shares, places=st.integers(0, 3))
def test_the_score_of_the_true_value_lies_in_the_interval(name: str, true: Decimal, places: int) -> None:
    """Whatever value stands behind a printed one, the score it would have lies in the printed score's interval."""
    method = (RISING | FALLING)[name]
    printed = Given("数", Quantity(round(true, places), NUMBER, places))
    interval = interval_of(method(TEN, printed))
    assert interval is not None
    assert interval.holds(points(method(TEN, number(str(true)))))


@pytest.mark.parametrize("name", [*RISING, *FALLING])
def test_missing_stays_missing(name: str) -> None:
    """Without a value there is no score, and 0 is no substitute."""
    method = (RISING | FALLING)[name]
    assert value_of(method(TEN, Given("完成值", Missing.NOT_RETURNED))) is Missing.NOT_RETURNED
