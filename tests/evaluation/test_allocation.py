"""Sharing money out: the official formulas on hand-computed synthetic places, and amounts that sum to the total."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wenxiao.evaluation.allocation import Allocation, allocate
from wenxiao.model import CellRef, Given, Missing, ProfileError, ProjectError, Quantity, Standing, words_of
from wenxiao.model.units import NUMBER, WAN_YUAN, YUAN
from wenxiao.project import load_profile
from wenxiao.project.allocation_scheme import Scheme

SCHEMES = load_profile().allocation
OF_2019 = SCHEMES["财综〔2019〕31号（2019 年）"]
OF_2020 = SCHEMES["财综〔2019〕31号（2020 年起）"]
OF_2024 = SCHEMES["财综〔2024〕15号"]


def figure(value: str | int, label: str = "数") -> Given:
    """An exact figure without a cell."""
    return Given(label, Quantity(Decimal(value), NUMBER, 0, exact=True))


def money(value: str) -> Given:
    """An amount to share out."""
    return Given(
        "资金总额", Quantity(Decimal(value), WAN_YUAN, 2, exact=True), CellRef("a.xlsx", "总额", 1, 1)
    )


def figures(columns: Mapping[str, tuple[str | int, ...]]) -> dict[str, dict[str, Given]]:
    """Figures of places 甲, 乙, 丙 … by key."""
    size = len(next(iter(columns.values())))
    return {"甲乙丙丁戊"[i]: {key: figure(values[i]) for key, values in columns.items()} for i in range(size)}


TWO = figures(
    {
        "area": (100, 300),
        "households": (1000, 1000),
        "buildings": (10, 30),
        "neighbourhoods": (5, 5),
        "difficulty": (1, 1),
        "performance": (90, 60),
    }
)


def amounts(allocation: Allocation) -> list[str]:
    """The amounts as text, in order."""
    return [each.amount.text for each in allocation.allotments]


def test_the_formula_of_2019() -> None:
    """面积 40, 户数 40, 楼栋 10, 小区 10: 甲 gets 40% × ¼ + 40% × ½ + 10% × ¼ + 10% × ½ = 37.5%."""
    allocation = allocate(money("1000"), OF_2019, ["甲", "乙"], TWO)
    assert amounts(allocation) == ["375.00", "625.00"]


def test_the_formula_from_2020() -> None:
    """户数 30 and 绩效 10 without coefficient: 10% + 15% + 2.5% + 5% + 10% × 90 ÷ 150 = 38.5%."""
    assert amounts(allocate(money("1000"), OF_2020, ["甲", "乙"], TWO)) == ["385.00", "615.00"]


def test_the_difficulty_coefficient_leaves_performance_alone() -> None:
    """With coefficients 1.5 and 1, area counts 150 to 300, performance still 90 to 60."""
    adjusted = TWO | {"甲": TWO["甲"] | {"difficulty": figure("1.5")}}
    share = allocate(money("1000"), OF_2020, ["甲", "乙"], adjusted).allotments[0].share.number
    expected = sum(
        (
            Fraction(40, 100) * Fraction(150, 450),
            Fraction(30, 100) * Fraction(1500, 2500),
            Fraction(10, 100) * Fraction(15, 45),
            Fraction(10, 100) * Fraction("7.5") / Fraction("12.5"),
            Fraction(10, 100) * Fraction(90, 150),
        ),
        Fraction(0),
    )
    assert share == 1000 * expected


def test_the_weights_of_2024_are_left_open() -> None:
    """The shipped rule of 2024 names no weights of its factors: they are asked for, each by its place in the file."""
    with pytest.raises(ProfileError, match=r"改造面积.*权重没有给出") as error:
        allocate(money("1000"), OF_2024, ["甲", "乙"], TWO)
    assert len(error.value.problems) == 8


def test_the_formula_from_2024() -> None:
    """80% by tasks times difficulty, 20% by tasks times a performance coefficient: 80% × ½ + 20% × ¾."""
    one = {"area": {"label": "改造面积", "weight": 100, "coefficient": ""}}
    scheme = Scheme.model_validate(
        {
            "title": "虚构",
            "source": "财综〔2024〕15号的结构，虚构的权重",
            "coefficients": {"difficulty": "财政困难程度系数", "performance": "绩效调节系数"},
            "parts": {
                "任务量": {"share": "80%", "factors": {"area": {**one["area"], "coefficient": "difficulty"}}},
                "绩效奖励": {
                    "share": "20%",
                    "factors": {"area": {**one["area"], "coefficient": "performance"}},
                },
            },
        }
    )
    known = figures({"area": (100, 100), "difficulty": (1, 1), "performance": ("1.5", "0.5")})
    assert amounts(allocate(money("1000"), scheme, ["甲", "乙"], known)) == ["550.00", "450.00"]


def by_households(places: int = 2) -> Scheme:
    """A city's own rule: by households alone."""
    return Scheme.model_validate(
        {
            "title": "虚构",
            "source": "某市办法",
            "places": places,
            "parts": {"户数": {"share": 1, "factors": {"households": {"label": "户数", "weight": 100}}}},
        }
    )


def test_the_rest_goes_to_the_largest_remainders_in_order() -> None:
    """100 among three equals is 33.34, 33.33, 33.33: the first of equal remainders gets the unit left over."""
    allocation = allocate(
        money("100"), by_households(), ["甲", "乙", "丙"], figures({"households": (1, 1, 1)})
    )
    assert amounts(allocation) == ["33.34", "33.33", "33.33"]
    assert [each.raised for each in allocation.allotments] == [True, False, False]
    assert "等于总额" in allocation.remainder_rule


def test_the_amount_is_a_tree_too() -> None:
    """An amount is its exact share and what cutting to whole units adds, marked 测算."""
    allotment = allocate(
        money("100"), by_households(), ["甲", "乙", "丙"], figures({"households": (1, 1, 1)})
    ).allotments[0]
    assert allotment.share.number == Fraction(100, 3)
    assert words_of(allotment.amount.expression) == "应得份额 ＋ 尾差"
    assert words_of(allotment.share.expression) == "资金总额 × 甲分配比例"
    assert allotment.amount.standing is allotment.share.standing is Standing.WHAT_IF
    assert allotment.amount.inputs[0].label == "资金总额"


def test_a_missing_figure_leaves_every_share_missing() -> None:
    """A share rests on the sum of all places: one missing figure is named, and nothing is shared out."""
    known = figures({"households": (1, 2)}) | {"丙": {"households": Given("丙户数", Missing.NOT_RETURNED)}}
    allocation = allocate(money("100"), by_households(), ["甲", "乙", "丙"], known)
    assert allocation.missing == ("丙户数未报送",)
    assert [each.amount.number for each in allocation.allotments] == [None] * 3
    assert allocate(money("100"), by_households(), ["甲", "丁"], known).missing == ("丁户数未提供",)


def test_a_factor_that_nobody_has() -> None:
    """A factor that sums to 0 shares nothing out, and is named."""
    allocation = allocate(money("100"), by_households(), ["甲", "乙"], figures({"households": (0, 0)}))
    assert allocation.missing == ("各地户数之和为 0，不能按其分配",)
    assert allocation.allotments[0].share.value is Missing.NOT_APPLICABLE


def test_what_cannot_be_shared_out_is_told_in_one_pass() -> None:
    """A negative figure, a place named twice and a total finer than the unit are told together."""
    known = figures({"households": (1, -2)})
    with pytest.raises(ProjectError) as error:
        allocate(money("100.005"), by_households(), ["甲", "乙", "甲"], known)
    text = str(error.value)
    assert all(part in text for part in ("列了两次", "100.01", "乙的户数为负数"))


def test_the_total_is_in_ten_thousand_yuan() -> None:
    """An amount in another unit is refused, not taken for 万元."""
    total = Given("总额", Quantity(Decimal(100), YUAN, 0))
    with pytest.raises(ProjectError, match="单位不是万元"):
        allocate(total, by_households(), ["甲"], figures({"households": (1,)}))


@given(
    st.integers(0, 10**9),
    st.lists(st.tuples(*[st.integers(1, 10**6)] * 6), min_size=1, max_size=5),
    st.integers(0, 4),
)
def test_amounts_sum_to_the_total_and_stay_within_a_unit(
    total: int, rows: list[tuple[int, ...]], places: int
) -> None:
    """Whatever is shared out, the amounts sum to the total exactly, each within one unit of its exact share."""
    keys = ("area", "households", "buildings", "neighbourhoods", "performance", "difficulty")
    known = figures({key: tuple(row[i] for row in rows) for i, key in enumerate(keys)})
    scheme = OF_2020.model_copy(update={"places": places})
    allotments = allocate(money(str(total)), scheme, list(known), known).allotments
    exact = [(each.share.number, each.amount.number) for each in allotments]
    assert sum(amount for _, amount in exact if amount is not None) == total
    assert all(
        share is not None and amount is not None and abs(share - amount) < Fraction(1, 10**places)
        for share, amount in exact
    )


@given(st.lists(st.integers(1, 1000), min_size=2, max_size=5), st.integers(1, 1000))
def test_more_households_never_get_a_smaller_share(households: list[int], more: int) -> None:
    """A larger value has at least the share it had."""

    def first(values: list[int]) -> Fraction:
        known = figures({"households": tuple(values)})
        share = allocate(money("1000"), by_households(), list(known), known).allotments[0].share.number
        assert share is not None
        return share

    assert first([households[0] + more, *households[1:]]) >= first(households)
