"""Charts of every kind at the edges of what they must bear, all synthetic: few and many, long names, gaps, zeros."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache

from wenxiao import charts
from wenxiao.charts import Chart
from wenxiao.charts.page import Page, Room
from wenxiao.charts.style import PHONE
from wenxiao.evaluation.robustness import Robustness
from wenxiao.model.units import HOUSEHOLDS, RATIO, WAN_SQUARE_METRES, WAN_YUAN

from tests.charts.made import (
    PROFILE,
    districts,
    make_figure,
    make_firm,
    make_firm_of_totals,
    make_funds,
    make_line,
    make_monitored,
    make_output,
    make_ranking,
    make_scorecard,
    make_verdict,
)

DUE = {4: Fraction(1, 4), 6: Fraction(2, 5), 8: Fraction(3, 5), 10: Fraction(4, 5)}
LONG = "合成的中央财政城镇保障性安居工程（老旧小区改造）专项补助资金及其配套资金使用情况综合评价指标"
FOUR = [("决策", "22", "19.09"), ("过程", "18", "16.22"), ("产出", "45", "41.66"), ("效益", "15", "13.05")]


def _scores(count: int) -> dict[str, str | None]:
    return {name: f"{60 + (index * 37 % 390) / 10:.2f}" for index, name in enumerate(districts(count))}


def _amounts(count: int, sign: int = 1) -> dict[str, str | None]:
    return {name: f"{sign * (index * 7919 % 12000) / 7:.2f}" for index, name in enumerate(districts(count))}


def _funds(count: int = 3) -> Chart | None:
    lines = [
        make_line(
            f"合成来源{index}",
            {
                "budget": f"{1000 - 90 * index}.50",
                "received": f"{800 - 80 * index}",
                "spent": None if index == 1 else "312.4",
            },
        )
        for index in range(count)
    ]
    return charts.funds_by_source(make_funds(lines, {"budget": "2231.5", "received": None, "spent": None}))


def _grouped() -> Chart | None:
    lines = [
        make_line("中央资金", {"budget": "2062.67", "spent": None}, "上级资金"),
        make_line("省级资金", {"budget": "302.01", "spent": None}, "上级资金"),
        make_line("专项债券", {"budget": "1300", "spent": "1134"}),
    ]
    group = make_line("上级资金", {"budget": "2364.68", "spent": "831.3"}, "上级资金", is_group=True)
    return charts.funds_by_source(make_funds(lines, {"budget": "3664.68", "spent": "1965.3"}, [group]))


def _parts(*amounts: str) -> Chart | None:
    lines = [
        make_line(f"合成来源{index}", {"budget": text, "received": "1"}) for index, text in enumerate(amounts)
    ]
    whole = {"budget": f"{sum(map(int, amounts))}", "received": None}
    return charts.composition(make_funds(lines, whole))


def _positions(count: int) -> Chart | None:
    names = districts(count)
    figures = [
        make_figure("投资", WAN_YUAN, _amounts(count)),
        make_figure("户数", HOUSEHOLDS, dict.fromkeys(names, "12"), 0),
        make_figure("面积", WAN_SQUARE_METRES, {**_amounts(count), names[0]: None}),
        make_figure(LONG, RATIO, {name: f"0.{index + 1:03}" for index, name in enumerate(names)}, 4),
    ]
    return charts.positions(figures, names[0])


def _outputs() -> Chart | None:
    return charts.plan_against_actual(
        [
            make_output("小区", "46", "53", HOUSEHOLDS),
            make_output("户数", "48400", "0", HOUSEHOLDS),
            make_output(LONG, "458.75", "1517.8", WAN_SQUARE_METRES),
            make_output("面积", None, None, WAN_SQUARE_METRES, started="58.32"),
        ]
    )


def _portfolio_rates(count: int) -> Chart | None:
    return charts.execution_rates(
        {
            f"{LONG}{index}": make_line(
                "全项目", {"budget": "100", "spent": None if index % 3 == 0 else f"{index * 17}"}
            ).rates["execution_rate"]
            for index in range(count)
        }
    )


def _portfolio_scores(count: int) -> Chart | None:
    return charts.project_scores(
        {
            f"合成项目{index}": make_verdict(None if index == 2 else f"{95 - index * 3}.50")
            for index in range(count)
        }
    )


LEAVES = [
    ("决策—项目立项", 8),
    ("决策—绩效目标", 7),
    ("决策—资金投入", 7),
    ("过程—资金管理", 10),
    ("过程—组织实施", 8),
    ("产出—产出数量", 15),
    ("产出—产出质量", 12),
    ("产出—产出时效", 10),
    ("产出—产出成本", 8),
    ("效益—项目效益", 10),
    ("效益—满意度", 5),
]
MANY = [(f"{LONG}{index}", 4) for index in range(25)]


def _long(count: int) -> list[str]:
    """Names of twelve characters, as autonomous counties have them."""
    return [f"合成土家族苗族自治{index:03}"[:12] for index in range(1, count + 1)]


def _firm(
    count: int, leaves: Sequence[tuple[str, int]] = LEAVES, names: Sequence[str] = (), *, ties: bool = False
) -> Robustness:
    rows = [
        [
            weight * (60 + ((i // (3 if ties else 1)) * 17 + j * 23) % 41)
            for j, (_, weight) in enumerate(leaves)
        ]
        for i in range(count)
    ]
    return make_firm(names or districts(count), leaves, rows)


def _level(count: int, share: int, leaves: Sequence[tuple[str, int]] = LEAVES) -> Robustness:
    """Districts that all have the same share of every indicator's points, in per cent."""
    return make_firm(districts(count), leaves, [[weight * share for _, weight in leaves]] * count)


def _above_weight() -> Robustness:
    """One district scored above the 分值 of an indicator, one at nothing, one at full marks."""
    leaves = [("甲", 60), ("乙", 40)]
    return make_firm(["甲县", "乙县", "丙县"], leaves, [[5000, 4400], [0, 0], [6000, 4000]])


def _totals(count: int) -> Robustness:
    return make_firm_of_totals(
        {n: f"{88 + index % 17 / 10:.{index % 2}f}" for index, n in enumerate(districts(count))}
    )


CASES: dict[str, Callable[[], Chart | None]] = {
    "four score rates": lambda: charts.score_rates(make_scorecard(FOUR)),
    "one score rate": lambda: charts.score_rates(make_scorecard(FOUR[:1])),
    "score rates of long names": lambda: charts.score_rates(
        make_scorecard([(LONG + str(i), "10", str(i)) for i in range(8)])
    ),
    "a missing score": lambda: charts.score_rates(make_scorecard([*FOUR[:3], ("效益", "15", None)])),
    "a score of 0 and one above its weight": lambda: charts.score_rates(
        make_scorecard([("甲", "10", "0"), ("乙", "10", "13")])
    ),
    "lost points": lambda: charts.lost_points(make_scorecard(FOUR)),
    "a negative loss": lambda: charts.lost_points(
        make_scorecard([("甲", "60", "50.25"), ("乙", "40", "44")])
    ),
    "thirty losses": lambda: charts.lost_points(
        make_scorecard([(f"指标{i}", "4", "3.17") for i in range(30)])
    ),
    "funds": _funds,
    "funds of twenty sources": lambda: _funds(10),
    "funds under one merged cell": _grouped,
    "two parts": lambda: _parts("12000", "3000"),
    "five parts, four of them tiny": lambda: _parts("12000", "30", "20", "10", "1"),
    "five equal parts": lambda: _parts("10", "10", "10", "10", "10"),
    "nine parts": lambda: _parts(*map(str, range(10, 100, 10))),
    "outputs": _outputs,
    "twelve places": lambda: charts.district_ranking(make_ranking(_scores(12)), highlight="合成007县"),
    "150 places": lambda: charts.district_ranking(make_ranking(_scores(150)), highlight="合成007县"),
    "150 places of long names": lambda: charts.district_ranking(
        make_ranking({f"{LONG}{name}": score for name, score in _scores(150).items()})
    ),
    "places excluded, missing and tied": lambda: charts.district_ranking(
        make_ranking(
            {"甲县": "90", "乙县": "90", "丙县": None, "丁县": "95.5", "戊县": "70"}, exclude=["丁县"]
        )
    ),
    "all places equal": lambda: charts.district_ranking(make_ranking(dict.fromkeys(districts(12), "88.00"))),
    "twelve districts": lambda: charts.district_figure(
        make_figure("投资", WAN_YUAN, _amounts(12)), "合成003县"
    ),
    "150 districts": lambda: charts.district_figure(
        make_figure("投资", WAN_YUAN, _amounts(150)), "合成003县"
    ),
    "400 districts": lambda: charts.district_figure(make_figure("投资", WAN_YUAN, _amounts(400))),
    "negative gaps": lambda: charts.district_figure(
        make_figure("差额", WAN_YUAN, {"甲县": "-12.5", "乙县": "30", "丙县": None, "丁县": "0"})
    ),
    "only negative": lambda: charts.district_figure(
        make_figure("差额", WAN_YUAN, {"甲县": "-12.5", "乙县": "-3"})
    ),
    "rates above 100%": lambda: charts.district_figure(
        make_figure("完成率", RATIO, {"甲县": "1.152", "乙县": "0", "丙县": "3.07"}, 4)
    ),
    "one among four": lambda: _positions(4),
    "grade close above": lambda: charts.grade_bands(make_verdict("90.02"), PROFILE),
    "grade at 0": lambda: charts.grade_bands(make_verdict("0"), PROFILE),
    "grade at 100": lambda: charts.grade_bands(make_verdict("100", "优秀"), PROFILE),
    "execution rates": lambda: _portfolio_rates(6),
    "project scores": lambda: _portfolio_scores(6),
    "losses above 分值, of nothing and of everything": lambda: charts.lost_by_district(_above_weight()),
    "losses of 25 indicators": lambda: charts.lost_by_district(_firm(12, MANY)),
    "losses of two indicators": lambda: charts.lost_by_district(_firm(5, [("甲", 60), ("乙", 40)])),
    "all lost alike": lambda: charts.lost_by_district(_level(5, 50)),
    "all at 0": lambda: charts.lost_by_district(_level(5, 0)),
    "ranks by totals only": lambda: charts.rank_intervals(_totals(12)),
    "ranks of equals": lambda: charts.rank_intervals(_totals(7 * 12)),
    "ranks with ties": lambda: charts.rank_intervals(_firm(12, ties=True), "合成003县"),
    "rates to the mean of 25 indicators": lambda: charts.rates_to_mean(_firm(12, MANY[:20]), "合成003县"),
    "rates from 0 to 100": lambda: charts.rates_to_mean(_above_weight(), "丙县"),
    "gap of 20 indicators": lambda: charts.gap_to_mean(_firm(12, MANY[:20]), "合成003县"),
    "gap to nothing": lambda: charts.gap_of_pair(_above_weight()),
    "one source": lambda: _funds(1),
    "huge and tiny money": lambda: charts.funds_by_source(
        make_funds(
            [
                make_line("中央资金", {"budget": "123456789012.34", "received": "0.01"}),
                make_line("县级资金", {"budget": "0.01", "received": "98765432109.87"}),
            ],
            {"budget": "123456789012.35", "received": "98765432109.88"},
        )
    ),
    "huge and tiny parts": lambda: _parts("123456789012", "1", "1"),
    "huge and tiny districts": lambda: charts.district_figure(
        make_figure("投资", WAN_YUAN, {"甲县": "123456789012.34", "乙县": "0.01", "丙县": "0"})
    ),
    "tiny districts": lambda: charts.district_figure(
        make_figure("投资", WAN_YUAN, {"甲县": "0.02", "乙县": "0.01", "丙县": "0"})
    ),
    "scores of 0 and 100": lambda: charts.district_ranking(
        make_ranking({"甲县": "0", "乙县": "100", "丙县": "59.99", "丁县": "60"})
    ),
    "spending of one project": lambda: charts.spending_lines(make_monitored(["合成项目"]), DUE),
    "spending far above the budget": lambda: charts.spending_lines(
        make_monitored(["甲", "乙"], 4, most=90), {}
    ),
    "spending of four projects of long names": lambda: charts.spending_lines(
        make_monitored(_long(4), 10), DUE
    ),
    "spending of 150 projects": lambda: charts.spending_lines(make_monitored(districts(150)), DUE),
    "nothing spent": lambda: charts.spending_lines(make_monitored(["甲", "乙"], 12, most=0), DUE),
    "all at full marks": lambda: charts.district_ranking(make_ranking(dict.fromkeys(districts(5), "100"))),
}

SIZES = (2, 5, 12, 40, 150)
"""How many districts there are; one is no comparison, and every chart of districts says nothing of it."""

BY_SIZE: dict[str, Callable[[int], Chart | None]] = {
    "ranking": lambda n: charts.district_ranking(make_ranking(_scores(n)), "合成002县"),
    "ranking of long names": lambda n: charts.district_ranking(
        make_ranking(dict(zip(_long(n), _scores(n).values(), strict=True)))
    ),
    "figure": lambda n: charts.district_figure(make_figure("投资", WAN_YUAN, _amounts(n)), "合成002县"),
    "figure of long names": lambda n: charts.district_figure(
        make_figure("投资", WAN_YUAN, dict(zip(_long(n), _amounts(n).values(), strict=True)))
    ),
    "losses": lambda n: charts.lost_by_district(_firm(n), "合成002县"),
    "losses of long names": lambda n: charts.lost_by_district(_firm(n, names=_long(n))),
    "intervals": lambda n: charts.rank_intervals(_firm(n), "合成002县"),
    "intervals of long names": lambda n: charts.rank_intervals(_firm(n, names=_long(n))),
    "rates to the mean": lambda n: charts.rates_to_mean(_firm(n), "合成002县"),
    "gap to the mean": lambda n: charts.gap_to_mean(_firm(n), "合成002县"),
    "gap of the ends": lambda n: charts.gap_of_pair(_firm(n)),
    "positions": _positions,
}

CASES |= {
    f"{kind}, {size}": (lambda make=make, size=size: make(size))
    for kind, make in BY_SIZE.items()
    for size in SIZES
}


@cache
def chart(name: str) -> Chart:
    """The chart of a case."""
    made = CASES[name]()
    assert made is not None, name
    return made


@cache
def page(name: str) -> Page:
    """The chart of a case, laid out; `（手机）` behind its name: as narrow as a phone, without its heading."""
    made = chart(name.removesuffix(NARROW))
    return made.draw(Room(width=PHONE)) if name.endswith(NARROW) else made.page()


NARROW = "（手机）"
EACH_WIDTH = [*CASES, *(f"{name}{NARROW}" for name in CASES)]
