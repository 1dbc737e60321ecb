"""Rates of each district from its own amounts, and pooled over all; synthetic data."""

from collections.abc import Mapping

import pandas as pd
from wenxiao.evaluation import Evaluation, evaluate
from wenxiao.model import Measure
from wenxiao.project import load_profile, project_of_frames


def evaluated(frame: pd.DataFrame) -> Evaluation:
    """The evaluation of one sheet by the national rules."""
    return evaluate(project_of_frames({"资金": frame}), load_profile("national"))


def rate(frame: pd.DataFrame) -> tuple[Mapping[str, Measure], Measure | None]:
    """The execution rate of each district, and the pooled one, of one sheet."""
    found = next(each for each in evaluated(frame).district_figures if each.key == "execution_rate")
    return found.values, found.sum  # noqa: PD011 - no frame


AMOUNTS = pd.DataFrame(
    {"县区": ["甲县", "乙县", "合计"], "预算数（万元）": [100, 50, 150], "支出数（万元）": [45, 30, 75]}
)


def test_each_district_has_its_rate_with_its_denominator() -> None:
    """Spending over budget by district names its division; the pooled rate is the sums' quotient, not the mean of rates."""
    rates, pooled = rate(AMOUNTS)
    assert [(name, m.text, m.basis) for name, m in rates.items()] == [
        ("甲县", "45.00%", "支出÷预算"),
        ("乙县", "60.00%", "支出÷预算"),
    ]
    assert pooled is not None
    assert (pooled.text, pooled.basis) == ("50.00%", "支出÷预算，汇总口径")
    assert {given.cell.address for given in rates["乙县"].inputs if given.cell} == {"B3", "C3"}


def test_a_missing_amount_leaves_its_rate_and_the_pooled_one_out() -> None:
    """A district without spending has no rate, and no pooled rate is made of a sum that lacks it."""
    rates, pooled = rate(AMOUNTS.assign(**{"支出数（万元）": [45, None, 45]}))
    assert rates["乙县"].text == "未提供"
    assert pooled is None


def test_a_printed_rate_is_taken_as_printed() -> None:
    """Where the table prints the rate there is no second one beside it; the audit holds it against the amounts."""
    rates, _ = rate(AMOUNTS.assign(执行率=["45%", "71%", "50%"]))
    assert [measure.given for measure in rates.values()] == [True, True]
    messages = [each.message for each in evaluated(AMOUNTS.assign(执行率=["45%", "71%", "50%"])).findings]
    assert any("71" in message for message in messages)


def test_amounts_in_yuan_show_the_decimals_they_need() -> None:
    """15,443,100.00元 is 1,544.31万元, not 1,544.310000; where a figure needs more, all of the column have them."""
    frame = pd.DataFrame(
        {
            "县区": ["甲县", "乙县"],
            "预算数（元）": ["15443100.00", "8000000.00"],
            "支出数（元）": ["9871234.50", "7000000.00"],
        }
    )
    figures = {each.key: dict(each.values) for each in evaluated(frame).district_figures}
    assert figures["budget"]["甲县"].text == "1,544.31"
    assert figures["spent"]["甲县"].text == "987.12345"
    assert figures["spent"]["乙县"].text == "700.00000"
