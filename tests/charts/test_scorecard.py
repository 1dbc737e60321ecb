"""Score rates and lost points: what their titles say, and when there is nothing to draw."""

import pytest
from wenxiao.charts import Chart, lost_points, score_rates
from wenxiao.model import Measure

from tests.charts.cases import FOUR
from tests.charts.made import make_scorecard


def _rates(*rows: tuple[str, str | None, str | None]) -> Chart:
    made = score_rates(make_scorecard(rows))
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        (FOUR, "决策得分率最低（86.77%）；产出失分最多（3.34 分）"),
        (FOUR[:1], "决策得分率 86.77%，失 2.91 分"),
        ([("甲", "10", "5"), ("乙", "20", "18")], "甲得分率最低（50.00%），失分也最多（5.00 分）"),
        ([("甲", "10", "8"), ("乙", "20", "16")], "各一级指标得分率相同，均为 80.00%"),
        ([("甲", "10", "10"), ("乙", "20", "20")], "各一级指标均得满分"),
        (
            [("甲", "10", "8"), ("乙", "10", "8"), ("丙", "10", "9")],
            "甲、乙得分率最低（80.00%），失分也最多（2.00 分）",
        ),
    ],
)
def test_title_says_what_to_see(rows: list[tuple[str, str, str]], title: str) -> None:
    """The title names the lowest rate and the greatest loss, ties together."""
    assert _rates(*rows).title == title


def test_missing_score_is_a_word() -> None:
    """An indicator without a score has no bar but the word, and the total has no line."""
    made = _rates(*FOUR[:3], ("效益", "15", None))
    assert "未提供" in made.svg
    assert "虚线" not in made.subtitle
    assert made.data.texts[3] == ("效益", "15分", "未提供", "未提供", "未提供")


def test_data_can_be_traced() -> None:
    """Computed figures in the data table are measures, which know their cells."""
    rate = _rates(*FOUR).data.rows[0][3]
    assert isinstance(rate, Measure)
    assert rate.formula == "决策得分 ÷ 决策分值"


def test_nothing_to_draw() -> None:
    """Without a scorecard, a score or a loss there is no chart."""
    assert score_rates(None) is None
    assert lost_points(None) is None
    assert score_rates(make_scorecard([("甲", "10", None)])) is None
    assert lost_points(make_scorecard([("甲", "10", "10")])) is None
    assert lost_points(make_scorecard([*FOUR, ("附加", "5", None)])) is None


def test_steps_lead_to_the_score() -> None:
    """The waterfall names full marks, the score, the greatest loss and its share; the axis says where it begins."""
    made = lost_points(make_scorecard(FOUR))
    assert made is not None
    assert made.title == "从 100 分到 90.02 分：产出失分最多（3.34 分，占失分的 33.5%）"
    assert made.subtitle.endswith("横轴从 90 分起")
    assert "−3.34" in made.svg


def test_score_above_weight_is_a_gain() -> None:
    """A score above its weight is a step up with its sign, and the title says so."""
    made = lost_points(make_scorecard([("甲", "60", "50.25"), ("乙", "40", "44")]))
    assert made is not None
    assert made.title == "从 100 分到 94.25 分：甲失分最多（9.75 分）；乙得分超过分值"
    assert "+4.00" in made.svg
