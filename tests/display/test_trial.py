"""A trial of other weights as a part of a report: words, tables, marks; synthetic data."""

from decimal import Decimal

import pandas as pd
import pytest
from wenxiao.display import (
    district_trial_table,
    project_trial_table,
    trial_weights_table,
    trial_words,
)
from wenxiao.evaluation import Evaluation, evaluate
from wenxiao.evaluation.trial import district_trial, project_trial
from wenxiao.model import ProfileError, Standing
from wenxiao.project import load_profile, project_of_frames

NATIONAL = load_profile("national")
DISTRICTS = pd.DataFrame(
    {"县区": ["甲县", "乙县"], "产出（60分）": ["60.00", "48.00"], "效益（40分）": ["20.00", "38.00"]}
)
CARD = pd.DataFrame(
    {
        "一级指标": ["决策", "过程", "产出", "效益"],
        "分值": [20, 20, 30, 30],
        "得分": ["20.00", "10.00", "30.00", "24.00"],
    }
)


def evaluated(frame: pd.DataFrame, **weights: int) -> Evaluation:
    """The evaluation of one sheet on tried weights."""
    profile = NATIONAL.model_copy(update={"trial_weights": {k: Decimal(v) for k, v in weights.items()}})
    return evaluate(project_of_frames({"表": frame}), profile)


def test_nothing_is_shown_where_nothing_is_tried() -> None:
    """Without tried weights there is no such part."""
    plain = evaluate(project_of_frames({"表": DISTRICTS}), NATIONAL)
    assert trial_words(plain) is None
    assert trial_weights_table(plain) is None
    assert district_trial_table(plain) is None
    assert project_trial_table(plain) is None


def test_districts_stand_beside_what_they_really_are() -> None:
    """With 效益 at 60, 乙县 overtakes; its rank, score and grade stand beside the real ones, and the real ranking stays."""
    evaluation = evaluated(DISTRICTS, 产出=40, 效益=60)
    table = district_trial_table(evaluation)
    assert table is not None
    lines = table.text().splitlines()
    assert lines[2].split() == ["乙县", "1", "1", "—", "89.00", "86.00", "1", "良", "良"]
    assert lines[3].split() == ["甲县", "2", "2", "—", "70.00", "80.00", "2", "中", "良"]
    assert "不是评价结果" in lines[-1]
    assert evaluation.ranking is not None
    assert [place.score.text for place in evaluation.ranking.places] == ["80.00分", "86.00分"]


def test_tried_figures_are_traceable_and_marked() -> None:
    """A tried score names its cells and formula, and is 测算 wherever it goes."""
    trial = district_trial(evaluated(DISTRICTS, 产出=40, 效益=60))
    assert trial is not None
    measure = trial.measures["甲县"]
    assert (measure.text, measure.standing) == ("70.00", Standing.WHAT_IF)
    assert {str(given.cell) for given in measure.inputs} == {"DataFrame［表］B2", "DataFrame［表］C2"}
    assert "测算分值 40" in measure.formula


def test_the_project_has_a_trial_of_its_own() -> None:
    """A scorecard's total and grade on other weights, with the weights that moved and by how much."""
    evaluation = evaluated(CARD, 过程=10, 产出=40)
    trial, table, weights = (
        project_trial(evaluation),
        project_trial_table(evaluation),
        trial_weights_table(evaluation),
    )
    assert trial is not None
    assert table is not None
    assert weights is not None
    assert trial.measures["全项目"].text == "89.00"
    assert table.text().splitlines()[2].split() == ["全项目", "84.00", "89.00", "+5.00", "良", "良"]
    assert weights.text().splitlines()[2].split() == ["过程", "20.00", "10.00", "−10.00"]


@pytest.mark.parametrize(
    ("weights", "words"), [({"产初": 40}, "是否为“产出”"), ({"产出": 50}, "合计 100 分")]
)
def test_wrong_weights_stop_the_evaluation(weights: dict[str, int], words: str) -> None:
    """Weights that name nothing or do not add up are refused when the project is evaluated."""
    with pytest.raises(ProfileError, match=words):
        evaluated(CARD, **weights)


def test_weights_without_scores_are_refused() -> None:
    """A project without scores by indicator cannot be tried, and says what would be needed."""
    with pytest.raises(ProfileError, match="无从测算"):
        evaluated(pd.DataFrame({"县区": ["甲县", "乙县"], "得分": [80, 90]}), 产出=60)
