"""Charts of how firm ranks stand and of where points went: what their titles say, and when there is nothing to draw."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from wenxiao.charts import Chart, gap_of_pair, gap_to_mean, lost_by_district, rank_intervals, rates_to_mean
from wenxiao.evaluation.robustness import Leaf, Robustness, matrix_of_integers, robustness

from tests.charts.cases import LEAVES
from tests.charts.made import PROFILE, make_firm, make_firm_of_totals

TWO = [("产出", 60), ("效益", 40)]
ROWS = np.array([(5400, 3200), (4800, 3600)])
THREE = ["甲县", "乙县", "丙县"]


def _made(value: Chart | None) -> Chart:
    assert value is not None
    return value


def _firm(*rows: tuple[int, int]) -> Robustness:
    return make_firm(THREE[: len(rows)], TWO, rows)


def test_losses_add_up_to_the_score() -> None:
    """Each row of the data is what a district lost by part; parts add up to the loss, and with the score to full marks."""
    made = _made(lost_by_district(_firm((5400, 3000), (4800, 3900), (3000, 2000))))
    assert made.title == "产出失分最多：平均每个评价对象失 16.00 分，占失分的 60.8%"
    assert made.data.headers == ("评价对象", "名次", "产出", "效益", "失分合计", "得分")
    assert [row[0] for row in made.data.texts] == ["乙县", "甲县", "丙县"]
    for row in made.data.texts:
        first, second, lost, score = map(Decimal, row[2:])
        assert first + second == lost
        assert lost + score == 100


def test_adjusted_points_are_a_part_of_their_own() -> None:
    """Points that the profile takes outside the indicators are a part of the losses and of gaps, and no rate."""
    card = matrix_of_integers(["甲县", "乙县"], [Leaf((n,), Fraction(w)) for n, w in TWO], ROWS, 2)
    firm = robustness(card.adjusted({"乙县": Fraction(-2)}), PROFILE)
    made = _made(lost_by_district(firm))
    assert made.data.headers[2:5] == ("产出", "效益", "得分调整")
    assert made.data.texts[1] == ("乙县", "2", "12.00", "4.00", "2.00", "18.00", "82.00")
    assert _made(gap_to_mean(firm, "乙县")).data.texts[-2] == ("得分调整", "—", "−2.00", "−1.00", "−1.00")
    assert [row[0] for row in _made(rates_to_mean(firm, "乙县")).data.texts] == ["产出", "效益"]


def test_own_losses() -> None:
    """With a district highlighted the title tells what it lost beside the mean, and where most."""
    made = _made(lost_by_district(_firm((5400, 3000), (4800, 3900)), "甲县"))
    assert made.title == "甲县失 16.00 分（平均扣 14.50 分），效益失分最多（10.00 分）"
    assert made.data.texts[1][1:3] == ("2", "6.00")
    full = lost_by_district(_firm((6000, 4000), (4800, 3900)), "甲县")
    assert _made(full).title.endswith("没有指标失分")


def test_many_indicators_are_added_up() -> None:
    """Of more than five first-level indicators the four that cost most stand by themselves, the others together."""
    leaves = [(f"指标{index}", 10) for index in range(10)]
    rows = [[1000 - 100 * index for index in range(10)], [1000] * 10]
    made = _made(lost_by_district(make_firm(["甲县", "乙县"], leaves, rows)))
    assert made.data.headers[2:-2] == ("指标6", "指标7", "指标8", "指标9", "其余 6 项")
    assert made.data.texts[1] == ("甲县", "2", "6.00", "7.00", "8.00", "9.00", "15.00", "45.00", "55.00")
    assert made.title.startswith("指标9失分最多")


def test_ranks_within_the_tolerance() -> None:
    """The chart says how far rounding and any weights within ±δ can move each rank, and how wide the widest is."""
    firm = _firm((5400, 3000), (4800, 3580), (3000, 2000))
    made = _made(rank_intervals(firm))
    assert (
        made.title
        == "分值在±20%内调整时，3 个评价对象中 1 个名次不变；甲县、乙县可变动的范围最大（跨 2 个名次）"
    )
    assert made.data.texts == (
        ("甲县", "1", "第 1", "第 1 至 2"),
        ("乙县", "2", "第 2", "第 1 至 2"),
        ("丙县", "3", "第 3", "第 3"),
    )
    assert "不是概率" in made.subtitle
    assert _made(rank_intervals(firm, "丙县")).title == "丙县列第 3，分值在±20%内调整时也不变"


def test_ranks_by_totals() -> None:
    """Where only totals are known the intervals are those of rounding, and nothing is said of weights."""
    made = _made(rank_intervals(make_firm_of_totals({"甲县": "90", "乙县": "90.4", "丙县": "80"})))
    assert (
        made.title == "按舍入前的得分，3 个评价对象中 1 个名次不变；乙县、甲县可变动的范围最大（跨 2 个名次）"
    )
    assert made.data.headers == ("评价对象", "名次", "舍入前可能的名次")
    assert "分值" not in made.subtitle


@pytest.mark.parametrize("scores", [("90", "80", "70"), ("90.0", "90.0", "80.0"), ("80", "80", "80")])
def test_firm_ranks_need_no_chart(scores: tuple[str, str, str]) -> None:
    """Where ranks can change among equals only, which are marked 并列, there is no chart."""
    assert rank_intervals(make_firm_of_totals(dict(zip(THREE, scores, strict=True)))) is None


def test_rates_beside_the_mean() -> None:
    """Rates stand furthest behind first, with the distance in percentage points."""
    made = _made(rates_to_mean(_firm((5400, 3000), (4800, 3900)), "甲县"))
    assert made.title == "甲县 2 项指标中 1 项低于平均，效益落后最多（11.3 个百分点）"
    assert made.data.texts == (
        ("效益", "40.00", "75.00%", "86.25%", "−11.25"),
        ("产出", "60.00", "90.00%", "85.00%", "+5.00"),
    )
    ahead = _made(rates_to_mean(_firm((5400, 3000), (4800, 3000)), "甲县"))
    assert ahead.title == "甲县没有一项低于平均，产出高出最多（5.0 个百分点）"


def test_gaps_add_up() -> None:
    """The bars of a gap add up to it, to the mean and between first and last; what is against the gap is counted."""
    firm = _firm((5400, 3000), (4800, 3900), (3000, 2000))
    made = _made(gap_to_mean(firm, "甲县"))
    assert made.title == "甲县比平均分高 10.33 分，主要在产出（+10.00 分）"
    assert made.data.texts[-1] == ("合计", "", "84.00", "73.67", "+10.33")
    ends = _made(gap_of_pair(firm))
    assert ends.title == "乙县比丙县高 37.00 分，主要在效益（+19.00 分）"
    assert [row[-1] for row in ends.data.texts] == ["+18.00", "+19.00", "+37.00"]
    against = _made(gap_to_mean(_firm((5400, 3000), (4800, 3900)), "甲县"))
    assert against.title == "甲县比平均分低 1.50 分，主要在效益（−4.50 分）；1 项方向相反"
    even = _made(gap_to_mean(_firm((5400, 3000), (5000, 3400)), "甲县"))
    assert even.title == "甲县与平均分持平，各项有高有低，相差最大的是产出（+2.00 分）"


def test_many_gaps_are_added_up() -> None:
    """Of more than twelve differences the smallest are one bar, and the data still holds each."""
    leaves = [(f"指标{index}", 5) for index in range(20)]
    rows = [[500 - 10 * index for index in range(20)], [500] * 20]
    made = _made(gap_of_pair(make_firm(["甲县", "乙县"], leaves, rows)))
    assert ">其余 8 项<" in made.svg
    assert len(made.data.rows) == 21
    assert "另有 1 项相同" in made.subtitle


@pytest.mark.parametrize(
    "firm",
    [
        None,
        make_firm(["甲县"], LEAVES, [[0] * len(LEAVES)]),
        make_firm_of_totals({"甲县": "90", "乙县": "80"}),
        make_firm(["甲县", "乙县"], TWO, [(6000, 4000), (6000, 4000)]),
    ],
)
def test_nothing_to_draw(firm: Robustness | None) -> None:
    """Without a ranking, another district, scores by indicator or any difference there is no chart."""
    assert rates_to_mean(firm, "甲县") is None
    assert gap_to_mean(firm, "甲县") is None
    assert gap_of_pair(firm) is None
    assert lost_by_district(firm) is None
    assert rank_intervals(firm) is None
    assert rates_to_mean(firm, "不在其中") is None
