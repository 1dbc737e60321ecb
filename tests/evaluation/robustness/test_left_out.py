"""Leave one indicator out."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wenxiao.evaluation.robustness import LeftOut, ScoreMatrix, leave_one_out, leave_out
from wenxiao.model import Missing, ProjectError

from tests.evaluation.robustness.cases import matrices, matrix, rebuilt, totals


def each(scores: ScoreMatrix) -> tuple[LeftOut, ...]:
    """Every indicator left out in turn, of a matrix that has at least two."""
    result = leave_one_out(scores)
    assert not isinstance(result, Missing)
    return result


def test_by_hand() -> None:
    """Worked by hand: 79, 75, 50; without 指标1 39, 45, 30 of 60, so 乙 overtakes 甲, and totals are 65, 75, 50."""
    first = each(matrix([40, 30, 30], [40, 24, 15], [30, 24, 21], [20, 20, 10]))[0]
    assert first.names == ("指标1",)
    assert [first.total(name) for name in "甲乙丙"] == [65, 75, 50]
    assert first.ranks.tolist() == [2, 1, 3]
    assert first.mean_shift == Fraction(2, 3)
    assert first.sentence == (
        "不计“指标1”（40 分），2 个地区名次改变，平均变动 0.67 位：甲由第 1 降至第 2，乙由第 2 升至第 1。"
    )


def test_an_indicator_on_which_nothing_rests() -> None:
    """Where all have the same score, leaving the indicator out changes nothing, and it says so."""
    last = each(matrix([60, 40], [50, 30], [40, 30]))[1]
    assert last.moves == ()
    assert last.sentence == "不计“指标2”（40 分），各地区名次不变。"


def test_a_long_list_of_moves_is_cut() -> None:
    """A sentence names five districts and says that there are more."""
    rows = [[10 * i, 60 - 10 * i] for i in range(7)]
    sentence = each(matrix([60, 60], *rows))[0].sentence
    assert sentence.startswith("不计“指标1”（60 分），6 个地区名次改变")
    assert sentence.endswith("等。")
    assert sentence.count("由第") == 5


@given(matrices())
def test_as_the_definition_says(scores: ScoreMatrix) -> None:
    """T(−j) = 100 (T − s_j) ÷ (100 − w_j), re-ranked (METHODS), computed one by one in fractions."""
    if len(scores.leaves) < 2:
        assert leave_one_out(scores) is Missing.NOT_APPLICABLE
        return
    for j, left in enumerate(each(scores)):
        rest = scores.full - scores.leaves[j].weight
        expected = [
            scores.full * (scores.points(t) - scores.points(s)) / rest
            for t, s in zip(scores.totals, scores.scores[:, j], strict=True)
        ]
        assert [left.total(name) for name in scores.districts] == expected
        assert left.ranks.tolist() == [1 + sum(other > own for other in expected) for own in expected]
        assert left.mean_shift * len(scores) == sum(abs(m.after - m.before) for m in left.moves)


@given(matrices(), st.integers(1, 5))
def test_scaling_all_weights_changes_nothing(scores: ScoreMatrix, factor: int) -> None:
    """The same ranks come out when every weight and score is multiplied."""
    if len(scores.leaves) > 1:
        rows, columns = range(len(scores)), range(len(scores.leaves))
        other = rebuilt(scores, rows, columns, factor)
        assert [x.ranks.tolist() for x in each(scores)] == [x.ranks.tolist() for x in each(other)]


def test_missing_kinds() -> None:
    """Totals only: 未提供. A single indicator, or all of them: 不适用, since nothing would be left."""
    assert leave_one_out(totals("90", "80")) is Missing.NOT_PROVIDED
    assert leave_out(totals("90", "80"), ["指标1"]) is Missing.NOT_PROVIDED
    assert leave_out(matrix([60, 40], [50, 30]), ["指标1", "指标2"]) is Missing.NOT_APPLICABLE


def test_an_unknown_indicator_is_refused() -> None:
    """A name that no indicator has is an error that lists those there are."""
    with pytest.raises(
        ProjectError, match="没有这个指标（现为“指标9”）。处理：从以下指标中选择：指标1、指标2"
    ):
        leave_out(matrix([60, 40], [50, 30]), ["指标9"])
