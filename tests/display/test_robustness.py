"""How firm a ranking stands, computed scores and reviews, as tables of a report; synthetic data."""

from __future__ import annotations

from wenxiao.display import (
    computed_table,
    firm_table,
    firm_words,
    gap_table,
    gap_words,
    heat_grid,
    left_out_table,
    review_table,
    satisfaction_table,
    score_words,
    spread_table,
    survey_words,
    swap_table,
)
from wenxiao.display.rendering import Rendering
from wenxiao.evaluation import Evaluation, district_view
from wenxiao.project import load_profile

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
    assert "各项分值在±20%以内任意调整（总分不变）" in words.text()
    table = firm_table(evaluation)
    assert table is not None
    assert [head.name for head in table.heads][:3] == ["名次", "取整前可能的名次", "分值±20%以内的名次"]
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
    assert '<span class="wx-shade wx-s5">95.0</span>' in html
    assert '<span class="wx-shade wx-s0">50.0</span>' in html
    assert "<script" not in html
    assert "style=" not in html


def test_a_district_against_the_mean() -> None:
    """The gap by indicator adds up to the gap of the totals, and the sentence below says so."""
    table = gap_table(district_view(detailed(), "甲县"))
    assert table is not None
    assert [row.cells[-1] for row in table.rows] == ["1.00", "0.67", "1.67"]
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
