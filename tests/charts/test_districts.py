"""Districts side by side, and one district among its peers."""

from decimal import Decimal

import pytest
from wenxiao.charts import Chart, district_figure, district_ranking, positions
from wenxiao.model import Measure
from wenxiao.model.units import HOUSEHOLDS, RATIO, WAN_YUAN

from tests.charts.made import make_figure, make_ranking


def _made(value: Chart | None) -> Chart:
    assert value is not None
    return value


def test_administrative_order() -> None:
    """Districts stand in the order of the tables, whatever their values; the title names the extremes."""
    made = _made(
        district_figure(
            make_figure("投资", WAN_YUAN, {"丙县": "5", "甲县": "9.5", "乙县": None, "丁县": "1"})
        )
    )
    assert made.title == "投资：甲县（9.50 万元）最高，丁县（1.00 万元）最低；1 个未提供"
    assert [row[0] for row in made.data.texts] == ["丙县", "甲县", "乙县", "丁县"]
    assert made.svg.index(">丙县<") < made.svg.index(">甲县<") < made.svg.index(">乙县<")
    assert made.svg.count(">未提供<") == 1


def test_own_district_is_named() -> None:
    """With a district highlighted the title tells its value and place, and its row is bold."""
    made = _made(district_figure(make_figure("户数", HOUSEHOLDS, {"甲县": "1200", "乙县": "900"}, 0), "乙县"))
    assert made.title == "乙县的户数为 900 户，由大到小列第 2（共 2 个）"
    assert made.svg.count('font-weight="700"') == 2


def test_zeros_are_no_chart() -> None:
    """Bars of no length say nothing."""
    assert district_figure(make_figure("投资", WAN_YUAN, {"甲县": "0", "乙县": "0"})) is None


@pytest.mark.parametrize("values", [{}, {"甲县": "1"}, {"甲县": "1", "乙县": None}])
def test_one_value_is_no_comparison(values: dict[str, str | None]) -> None:
    """Fewer than two known values make no chart."""
    assert district_figure(make_figure("投资", WAN_YUAN, values)) is None
    assert positions([make_figure("投资", WAN_YUAN, values)], "甲县") is None


def test_one_score_is_no_ranking() -> None:
    """Fewer than two scores make no ranking."""
    assert district_ranking(None) is None
    assert district_ranking(make_ranking({"甲县": "90", "乙县": None})) is None


def test_position_among_peers() -> None:
    """Each figure has a strip with the district's value, the ends and its place, ties marked."""
    figures = [
        make_figure("投资", WAN_YUAN, {"甲县": "9", "乙县": "5", "丙县": "1"}, key="a"),
        make_figure("户数", HOUSEHOLDS, {"甲县": "3", "乙县": "3", "丙县": "7"}, 0, key="b"),
        make_figure("完成率", RATIO, {"甲县": None, "乙县": "0.5", "丙县": "1.2"}, 4, key="c"),
    ]
    made = _made(positions(figures, "甲县"))
    assert made.title == "甲县在同类地区中：投资最高，户数最低"
    assert made.data.texts == (
        ("投资", "9.00万元", "第 1/3", "1.00万元", "9.00万元"),
        ("户数", "3户", "第 2/3（并列）", "3户", "7户"),
        ("完成率", "未提供", "未提供", "50.00%", "120.00%"),
    )


def test_rank_order_and_ties() -> None:
    """Places stand by rank with 并列, those that take no part at the end; the title names first and last."""
    made = _made(
        district_ranking(
            make_ranking(
                {"甲县": "84.00", "乙县": "93.54", "丙县": "89.50", "丁县": "89.50", "戊县": "99"}, ["戊县"]
            )
        )
    )
    assert made.title == "乙县居首（93.54 分），甲县居末（84.00 分）"
    assert [row[:2] for row in made.data.texts] == [
        ("乙县", "1"),
        ("丙县", "2（并列）"),
        ("丁县", "2（并列）"),
        ("甲县", "4"),
        ("戊县", "不参与排名"),
    ]
    assert made.subtitle == "按得分由高到低，单位：分；优 1 个、良 3 个；横轴从 80 分起"


def test_own_rank() -> None:
    """With a place highlighted the title tells its score, grade and rank; without a score only that."""
    ranking = make_ranking({"甲县": "84.00", "乙县": "93.54", "丙县": None})
    assert (
        _made(district_ranking(ranking, "甲县")).title
        == "甲县得 84.00 分（良），位列第 2，共 2 个；平均 88.77 分"
    )
    assert _made(district_ranking(ranking, "丙县")).title == "丙县未提供；平均 88.77 分"
    assert _made(district_ranking(ranking, "没有的县")).title.startswith("乙县居首")


def test_figures_stay_exact_in_the_data() -> None:
    """The data table holds the measure itself, at the table's precision, while the label has one decimal fewer."""
    made = _made(district_figure(make_figure("投资", WAN_YUAN, {"甲县": "9.55", "乙县": "1"})))
    held = made.data.rows[0][1]
    assert isinstance(held, Measure)
    assert held.number == Decimal("9.55")
    assert ">9.6<" in made.svg
