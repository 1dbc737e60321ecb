"""How firm a ranking stands, computed scores and reviews, as tables of a report; synthetic data."""

from __future__ import annotations

from decimal import Decimal

import pytest
from wenxiao.display import (
    computed_table,
    firm_by_mode,
    firm_table,
    firm_words,
    gap_table,
    gap_words,
    heat_grid,
    lacking_table,
    lacking_words,
    left_out_table,
    pair_table,
    ranking_words,
    review_table,
    satisfaction_table,
    score_words,
    spread_table,
    survey_words,
    swap_table,
)
from wenxiao.display.inline import plain_text
from wenxiao.display.names import title_of
from wenxiao.display.rendering import Line, Rendering
from wenxiao.evaluation import Evaluation, district_view
from wenxiao.model import Measure, ProjectError
from wenxiao.project import load_profile
from wenxiao.project.profile import Adjustment

from tests.evaluation.made import evaluated, made
from tests.evaluation.scoring.forms import form, row_of


def detailed() -> Evaluation:
    """Three districts on two indicators whose 分值 stand in the headers."""
    return evaluated(
        made(
            "districts",
            {
                "district": ["甲县", "乙县", "丙县"],
                "产出（60分）": ["55", "50", "57"],
                "效益（40分）": ["30", "38", "20"],
                "score": ["85", "88", "77"],
            },
        )
    )


def test_a_ranking_with_scores_by_indicator() -> None:
    """Every table is there, and says what it holds within."""
    evaluation = detailed()
    words = firm_words(evaluation)
    assert words is not None
    assert "各项分值在±20%内调整时（总分不变）" in words.text()
    table = firm_table(evaluation)
    assert table is not None
    assert [head.name for head in table.heads][:3] == ["名次", "舍入前可能的名次", "分值±20%以内的名次"]
    assert [row.stub for row in table.rows] == ["乙县", "甲县", "丙县"]
    assert "不是概率" in table.text()
    assert "置信" not in table.text()
    for each in (left_out_table, swap_table, spread_table):
        assert each(evaluation) is not None


def test_a_ranking_of_totals_says_what_it_can() -> None:
    """Without scores by indicator the rank intervals stand, and the rest is said to be 未提供."""
    evaluation = evaluated(made("districts", {"district": ["甲县", "乙县"], "score": ["90.1", "90"]}))
    words, table = firm_words(evaluation), firm_table(evaluation)
    assert words is not None
    assert table is not None
    assert "分项得分未提供" in words.text()
    assert "第 1 至 2" in table.text()
    for each in (heat_grid, left_out_table, swap_table, spread_table):
        assert each(evaluation) is None


def test_no_ranking_no_tables() -> None:
    """Without scores there is nothing to be sure of."""
    evaluation = evaluated(made("districts", {"district": ["甲县"], "households": ["5"]}))
    assert (firm_words(evaluation), firm_table(evaluation), heat_grid(evaluation)) == (None, None, None)


def test_the_grid_carries_its_numbers() -> None:
    """A coloured cell has its rate in it, and the darker ground the higher rate."""
    grid = heat_grid(detailed())
    assert grid is not None
    html = str(grid.html(Rendering()))
    assert '<span class="s0">95.0</span>' in html  # without an appendix there is nowhere to lead to
    assert '<span class="s5">50.0</span>' in html
    assert "<script" not in html
    assert "style=" not in html


def test_every_rate_leads_to_the_line_of_its_indicator() -> None:
    """A rate of the grid is a link to the line that has its score and cell; the mean below it opens by itself."""
    grid = heat_grid(detailed())
    assert grid is not None
    lines = {figure: Line(n) for n, figure in enumerate(grid.figures(), 7) if isinstance(figure, Measure)}
    assert [figure.text for figure in lines] == ["90.0%", "73.3%"]
    html = str(grid.html(Rendering(line=lines.get)))
    assert '<a class="s1" href="#l7">91.7</a>' in html
    assert '<a class="s5" href="#l8">50.0</a>' in html
    assert "资料来源：虚构.xlsx［districts］B2:C4" in html
    assert "data-pad" not in html  # a filler behind a coloured cell would stand on a line of its own
    assert all(given.cell for figure in lines for given in figure.inputs)


MODES = {
    "district": ["甲县", "乙县", "丙县", "丁县"],
    "产出（60分）": ["55", "50", "57", "40"],
    "效益（40分）": ["30", "35", "20", "39"],
    "score": ["85", "85", "77", "79"],
    "note": ["现场评价", "现场评价", "非现场评价", "非现场评价"],
}


def test_each_mode_has_its_words_and_table() -> None:
    """现场 and 非现场 are ranked apart, and how firm those ranks stand is said for each."""
    evaluation = evaluated(made("districts", MODES))
    words = firm_words(evaluation)
    assert words is not None
    assert "现场评价之内排名：" in words.text()
    assert "非现场评价之内排名：" in words.text()
    tables = firm_by_mode(evaluation)
    assert tables is not None
    assert "丁县" in tables.text()
    view = gap_words(district_view(evaluation, "丙县"))
    assert view is not None
    assert "非现场评价之内，丙县的名次为第 2" in view.text()
    assert firm_by_mode(detailed()) is None


@pytest.mark.parametrize(
    ("ties", "expected"),
    [
        ("competition", ["1", "1", "3", "4"]),
        ("dense", ["1（并列）", "1（并列）", "2", "3"]),
        ("average", ["1.5（并列）", "1.5（并列）", "3", "4"]),
        ("consecutive", ["1（并列）", "2（并列）", "3", "4"]),
    ],
)
def test_every_tie_policy_stands_beside_the_ranges(ties: str, expected: list[str]) -> None:
    """Ranges count the districts above; where the rules number ties in another way, their rank stands first."""
    profile = load_profile().model_copy(update={"ties": ties})
    table = firm_table(evaluated(made("districts", MODES), profile=profile))
    assert table is not None
    assert [row.cells[0] for row in table.rows] == expected
    assert ("同分并列、其后顺延" in table.text()) == (ties != "competition")


def test_two_districts_side_by_side() -> None:
    """The gap of a chosen pair by indicator adds up, and the smallest shift that swaps them is said; first and last by default."""
    table = pair_table(detailed(), "甲县", "丙县")
    assert table is not None
    assert [[plain_text(cell) for cell in row.cells] for row in table.rows] == [
        ["60.00", "55", "57", "−2.00"],
        ["40.00", "30", "20", "10.00"],
        ["100.00", "85.00", "77.00", "8.00"],
    ]
    assert "移" in table.text()
    assert [title_of(figure) for figure in table.figures() if isinstance(figure, Measure)] == [
        f"{whose} · {indicator}{what}"
        for indicator in ("产出", "效益")
        for whose, what in (("甲县", "得分"), ("丙县", "得分"), ("甲县", "得分差"))
    ]
    default = pair_table(detailed())
    assert default is not None
    assert default.title == "乙县与丙县的差距"
    with pytest.raises(ProjectError, match="没有这个县区"):
        pair_table(detailed(), "甲县", "戊县")
    assert pair_table(evaluated(made("districts", {"district": ["甲县"], "score": ["9"]}))) is None


def test_what_a_district_is_short_of() -> None:
    """The points to the place before and to the next grade are figures with their cells; losses named, most first."""
    evaluation = evaluated(made("districts", MODES))
    table = lacking_table(evaluation)
    assert table is not None
    assert [[row.stub, *map(plain_text, row.cells)] for row in table.rows] == [
        ["甲县", "—", "5.00", "优", "效益 10.00、产出 5.00"],
        ["乙县", "—", "5.00", "优", "产出 10.00、效益 5.00"],
        ["丁县", "6.00", "1.00", "良", "产出 20.00、效益 1.00"],
        ["丙县", "2.00", "3.00", "良", "效益 20.00、产出 3.00"],
    ]
    words = lacking_words(district_view(evaluation, "丙县"))
    assert words is not None
    assert (
        words.text()
        == "丙县距前一名 2.00分，距等级“良” 3.00分；失分 23.00 分，最多的是效益 20.00、产出 3.00 分。"
    )
    totals = lacking_table(
        evaluated(made("districts", {"district": ["甲县", "乙县"], "score": ["95", "90"]}))
    )
    assert totals is not None
    assert [head.name for head in totals.heads] == ["距前一名", "距上一等级", "上一等级"]


def test_adjusted_scores_are_those_of_every_table() -> None:
    """Points taken off before ranking stand in the gap as a line, in what is lacking and in the note; none is withheld."""
    lowered = Adjustment(district="甲县", points=Decimal(-4), reason="审计扣分")
    evaluation = evaluated(
        made("districts", MODES), profile=load_profile().model_copy(update={"adjusted": (lowered,)})
    )
    table, gap = firm_table(evaluation), pair_table(evaluation, "甲县", "乙县")
    assert table is not None
    assert gap is not None
    assert [row.stub for row in table.rows] == ["乙县", "甲县", "丁县", "丙县"]
    assert "调整的分数不属于任何指标" in table.text()
    assert [plain_text(cell) for cell in gap.rows[2].cells] == ["—", "−4.00", "0.00", "−4.00"]
    own = gap_table(district_view(evaluation, "甲县"))
    assert own is not None
    assert [plain_text(cell) for cell in own.rows[2].cells] == ["—", "−4.00", "−1.00", "−3.00"]
    words = ranking_words(evaluation.ranking)
    assert words is not None
    assert "乙县最高（85分）" in words.text()


def test_a_printed_total_that_is_not_the_sum_is_said() -> None:
    """Where the published total is not what the indicators add up to, the ranks of the two may differ, and it is said."""
    table = firm_table(evaluated(made("districts", {**MODES, "score": ["85", "85", "77", "99"]})))
    assert table is not None
    assert "丁县所列总分与各项得分之和不同" in table.text()


def test_a_district_against_the_mean() -> None:
    """The gap by indicator adds up to the gap of the totals, and the sentence below says so."""
    table = gap_table(district_view(detailed(), "甲县"))
    assert table is not None
    assert [plain_text(row.cells[-1]) for row in table.rows] == ["1.00", "0.67", "1.67"]
    words = gap_words(district_view(detailed(), "甲县"))
    assert words is not None
    assert "±20%" in words.text()


def test_scores_by_method_and_reviews() -> None:
    """填报 and 计算 stand side by side with the difference; stages with what was changed."""
    profile = load_profile("self-evaluation")
    table = computed_table(evaluated(row_of(score="10.00", target="50户", actual="45户"), profile=profile))
    assert table is not None
    assert "10.00" in table.text()
    assert "9.00" in table.text()
    fields = {"level1": ["产出", "效益"], "weight": ["60", "40"]}
    stages = {"self_score": ["60", ""], "reviewed_score": ["55", "40"], "reason": ["进度滞后", ""]}
    review = review_table(evaluated(form({**fields, **stages})))
    assert review is not None
    assert "进度滞后" in review.text()
    assert "暂不计分（缺 1 项）" in review.text()
    assert computed_table(evaluated(form({**fields, "score": ["1", "2"]}))) is None


def test_a_score_that_waits_says_for_what() -> None:
    """暂不计分 names the indicators that have no score."""
    words = score_words(
        evaluated(
            made("scorecard", {"level1": ["产出", "效益"], "weight": ["60", "40"], "score": ["55", ""]})
        )
    )
    assert words is not None
    assert words.text() == "综合得分暂不计分（缺 1 项）：效益没有得分。"


def test_a_survey_with_its_interval() -> None:
    """An interval stands where the respondents are known, with its effect on the score."""
    evaluation = evaluated(
        made("scorecard", {"level1": ["满意度", "产出"], "weight": ["10", "90"], "score": ["10", "80"]}),
        made("satisfaction", {"name": ["居民"], "respondents": ["100"], "satisfied": ["91"]}),
        profile=load_profile("self-evaluation"),
    )
    table, words = satisfaction_table(evaluation), survey_words(evaluation)
    assert table is not None
    assert words is not None
    assert "83.77%—95.19%" in table.text()
    assert "总分随之变动" in words.text()
