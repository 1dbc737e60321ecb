"""复核 − 自评 by indicator and in all."""

from fractions import Fraction
from pathlib import Path

from wenxiao.evaluation.review.deviations import deviations

from tests.evaluation.reviewed_forms import BOOKS, GREEN, PLACES, RATE, ROAD, evaluated, reviewed


def test_deviations_are_those_of_the_indicators_and_sum_to_that_of_the_total(tmp_path: Path) -> None:
    """Each is 复核得分 − 自评得分 with the cells of both; together they are what the total changed by."""
    projects = evaluated(reviewed(tmp_path, **{ROAD: {PLACES: (4, "佐证不足"), RATE: (7, "扣30%")}}))
    found = deviations(projects[ROAD])
    changed = {each.line.name: each.measure.number for each in found.lowered}
    assert changed == {PLACES: -6, RATE: -3}
    assert found.total.number == sum((each.measure.number or Fraction(0) for each in found.each), Fraction(0))
    assert projects[ROAD].review_change is not None
    assert projects[ROAD].review_change.number == found.total.number == -9
    assert {cell.sheet for cell in found.each[1].measure.cells} == {"01 道路养护工程"}


def test_a_total_with_a_score_missing_has_no_deviation(tmp_path: Path) -> None:
    """A review that left one score empty gives 暂不计分, never a smaller number."""
    projects = evaluated(reviewed(tmp_path, **{GREEN: {PLACES: (None, "")}, BOOKS: {}}))
    found = deviations(projects[GREEN])
    assert found.reviewed_total.text == "暂不计分（缺 1 项）"
    assert found.total.text == "暂不计分"
    assert not deviations(projects[BOOKS]).lowered
