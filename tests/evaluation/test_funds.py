"""Funds: stages kept apart, rates with their denominators, totals, groups."""

from wenxiao.model import Missing, Role
from wenxiao.project import load_profile

from tests.evaluation.made import codes, evaluated, made


def test_a_zero_budget_has_no_rate() -> None:
    """Spending against a budget of nothing does not apply; it is not zero and not infinite."""
    evaluation = evaluated(made("funds", {"source": ["市级"], "budget": ["0"], "spent": ["5"]}))
    assert evaluation.measures["execution_rate/市级"].value is Missing.NOT_APPLICABLE


def test_a_rate_above_one_is_legal() -> None:
    """A rate over 100% is shown as it is."""
    evaluation = evaluated(made("funds", {"source": ["市级"], "budget": ["100"], "spent": ["107.5"]}))
    assert evaluation.measures["execution_rate/全项目"].text == "107.50%"


def test_received_does_not_stand_in_for_spent() -> None:
    """到位 known and 支出 unknown leaves the execution rate 未提供."""
    evaluation = evaluated(made("funds", {"source": ["市级"], "budget": ["100"], "received": ["100"]}))
    assert evaluation.measures["execution_rate/全项目"].value is Missing.NOT_PROVIDED
    assert evaluation.measures["arrival_rate/全项目"].text == "100.00%"


def test_a_gap_in_the_parts_falls_back_to_the_printed_total() -> None:
    """A total of unknown parts is the printed one, with its own cell; without one it is 未提供."""
    rows = {"source": ["中央", "市级", "合计"], "budget": ["60", "", "100"]}
    total = evaluated(made("funds", rows, [Role.DATA, Role.DATA, Role.TOTAL])).measures["budget/全项目"]
    assert total.text == "100.00"
    assert total.inputs[0].cell is not None
    assert total.inputs[0].cell.address == "B4"
    alone = evaluated(made("funds", {"source": ["中央", "市级"], "budget": ["60", ""]}))
    assert alone.measures["budget/全项目"].value is Missing.NOT_PROVIDED


def test_rounded_parts_pass_and_a_real_difference_does_not() -> None:
    """Three figures rounded to units may miss their total by what rounding allows, and no more."""
    rows = {"source": ["a", "b", "c", "合计"], "budget": ["33", "33", "33", "100"]}
    roles = [Role.DATA, Role.DATA, Role.DATA, Role.TOTAL]
    assert "total-differs" not in codes(evaluated(made("funds", rows, roles)))
    rows["budget"] = ["33", "33", "33", "102"]
    assert "total-differs" in codes(evaluated(made("funds", rows, roles)))


def test_the_profile_chooses_the_denominator() -> None:
    """Under 10号 附2 the execution rate divides by what was received."""
    national = load_profile()
    by_received = national.model_copy(
        update={"denominators": national.denominators.model_copy(update={"execution_rate": "received"})}
    )
    table = made("funds", {"source": ["市级"], "budget": ["100"], "received": ["80"], "spent": ["40"]})
    measure = evaluated(table, profile=by_received).measures["execution_rate/全项目"]
    assert (measure.text, measure.basis) == ("50.00%", "支出÷到位")
