"""The sample for review: the same for the same seed, each stratum in it, more risk never out of it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from wenxiao.model import CellRef, Finding, Given, Missing, Quantity, Severity
from wenxiao.model.units import POINTS, WAN_YUAN
from wenxiao.project import load_profile
from wenxiao.season import FilledForm, sample_of
from wenxiao.season.sample import risk_of

RULES = load_profile("self-evaluation")


def made(number: int, budget: int | None, errors: int = 0) -> FilledForm:
    """Returns a form with a budget and so many errors."""
    money = Given("预算", Missing.NOT_PROVIDED if budget is None else Quantity(Decimal(budget), WAN_YUAN, 0))
    finding = Finding("x", Severity.ERROR, "x", "x")
    return FilledForm(
        file=f"{number}.xlsx", part="", title=f"项目{number}", named=True, unit="甲局", implementer="", form="", year="", category="",
        rules="", place=CellRef(f"{number}.xlsx", "表", 1, 1), amounts=dict.fromkeys(("initial_budget", "budget", "spent"), money),
        claimed=Given("得分", Quantity(Decimal(95), POINTS, 0)), indicators=(), texts=(), findings=(finding,) * errors,
    )  # fmt: skip


SEASONS = st.lists(
    st.tuples(st.one_of(st.none(), st.integers(1, 9999)), st.integers(0, 3)), min_size=2, max_size=40
)


@given(SEASONS, st.integers(1, 20), st.integers(0, 99), st.integers(0, 39), st.integers(1, 5))
def test_more_risk_never_takes_a_form_out(
    season: list[tuple[int | None, int]], size: int, seed: int, chosen: int, more: int
) -> None:
    """Whatever the season: a form that is drawn stays drawn when its findings become more."""
    forms = [made(n, budget, errors) for n, (budget, errors) in enumerate(season)]
    before = sample_of(forms, RULES, size, seed)
    one = forms[chosen % len(forms)]
    raised = replace(
        one, findings=one.findings + one.findings[:1] * more + (Finding("y", Severity.ERROR, "y", "y"),)
    )
    after = sample_of([raised if form is one else form for form in forms], RULES, size, seed)
    if one in [each.form for each in before.drawn]:
        assert raised in [each.form for each in after.drawn]


@given(SEASONS, st.integers(1, 60), st.integers(0, 99))
def test_a_sample_has_its_size_every_stratum_and_no_form_twice(
    season: list[tuple[int | None, int]], size: int, seed: int
) -> None:
    """And the same seed draws the same forms, in whatever order they come."""
    forms = [made(n, budget, errors) for n, (budget, errors) in enumerate(season)]
    sample = sample_of(forms, RULES, size, seed)
    drawn = [each.form.path for each in sample.drawn]
    assert len(drawn) == len(set(drawn)) == min(size, len(forms))
    if size >= len(sample.strata):
        assert all(number >= 1 for _, _, number in sample.strata)
    again = sample_of(forms[::-1], RULES, size, seed)
    assert {each.form.path for each in again.drawn} == set(drawn)


def test_the_reasons_say_what_the_risk_is_made_of() -> None:
    """Two errors and no execution rate; a form of which nothing is to be said has risk 1 and no reason."""
    risk, reasons = risk_of(made(1, None, 2), RULES)
    assert reasons == ("错误 2 项", "没有得分或金额")
    assert risk == 1 + 2 * RULES.review_sample.error + RULES.review_sample.lacking
    assert risk_of(made(1, 100), RULES) == (Decimal(1), ())
