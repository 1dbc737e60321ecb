"""Surveys: intervals of the literature, percentages that can and cannot be counts, effects on a score."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wenxiao.evaluation.audit.surveys import impossible_percentages
from wenxiao.evaluation.sampling import possible_counts, possible_together, wilson
from wenxiao.evaluation.scored import survey_effect
from wenxiao.evaluation.scoring import Rung, likert, step
from wenxiao.evaluation.survey import surveys_of
from wenxiao.model import Constant, Expression, Missing, Quantity, Severity, Standing, Table, half_up
from wenxiao.model.units import RATIO

from tests.evaluation.made import made

TEN = Constant(Fraction(10))


def rate(value: str) -> Quantity:
    """A printed rate, as a fraction with its digits."""
    number = Decimal(value)
    return Quantity(number, RATIO, -int(number.as_tuple().exponent))


def survey(*, respondents: str = "", satisfied: str = "", printed: str = "") -> Table:
    """A synthetic survey of one line."""
    return made(
        "satisfaction",
        {"name": ["居民"], "respondents": [respondents], "satisfied": [satisfied], "rate": [printed]},
    )


@pytest.mark.parametrize(
    ("satisfied", "respondents", "low", "high"),
    [
        (81, 263, "0.2553", "0.3662"),
        (15, 148, "0.0624", "0.1605"),
        (0, 20, "0.0000", "0.1611"),
        (1, 29, "0.0061", "0.1718"),
    ],
)
def test_wilson_of_the_literature(satisfied: int, respondents: int, low: str, high: str) -> None:
    """R. G. Newcombe, Statistics in Medicine 17 (1998) 857–872, Table I, score method without correction."""
    interval = wilson(satisfied, respondents)
    assert (half_up(interval.low, 4), half_up(interval.high, 4)) == (Decimal(low), Decimal(high))


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_its_rate_and_is_symmetric(counts: tuple[int, int]) -> None:
    """The interval lies within 0 and 1, holds the rate, and the dissatisfied have the mirrored one."""
    satisfied, n = counts
    one, other = wilson(satisfied, n), wilson(n - satisfied, n)
    assert 0 <= one.low <= Fraction(satisfied, n) <= one.high <= 1
    assert abs(one.low + other.high - 1) < Fraction(1, 10**40)


def test_wilson_narrows_with_respondents_and_widens_with_confidence() -> None:
    """More respondents leave less open, more confidence more."""
    widths = [i.high - i.low for i in (wilson(90, 100), wilson(900, 1000))]
    assert widths[1] < widths[0]
    assert wilson(90, 100, 90).high < wilson(90, 100, 99).high


@pytest.mark.parametrize(("satisfied", "respondents"), [(1, 0), (-1, 5), (6, 5)])
def test_counts_that_cannot_be(satisfied: int, respondents: int) -> None:
    """More satisfied than asked is refused."""
    with pytest.raises(ValueError, match="cannot be"):
        wilson(satisfied, respondents)


def test_counts_behind_a_printed_rate() -> None:
    """92.3% of 13 is 12; 90.0% of 7 is nobody; 0.125 printed as 13% of 8 is 1, because half goes up."""
    assert list(possible_counts(rate("0.923"), 13)) == [12]
    assert list(possible_counts(rate("0.900"), 7)) == []
    assert list(possible_counts(rate("0.13"), 8)) == [1]
    assert list(possible_counts(rate("0.12"), 8)) == []
    assert list(possible_counts(rate("1.00"), 300)) == [299, 300]


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.integers(2, 3))
def test_a_rate_of_counts_is_always_possible(counts: tuple[int, int], places: int) -> None:
    """A rate made by counting and rounding half up is never called impossible."""
    satisfied, n = counts
    printed = Quantity(half_up(Fraction(satisfied, n), places), RATIO, places)
    assert satisfied in possible_counts(printed, n)


def test_shares_that_add_up() -> None:
    """Five shares of one question must come from counts that sum to the respondents."""
    assert possible_together([rate("0.60"), rate("0.20"), rate("0.10"), rate("0.06"), rate("0.04")], 100)
    assert not possible_together([rate("0.60"), rate("0.20"), rate("0.10"), rate("0.06"), rate("0.05")], 100)
    assert not possible_together([rate("0.50"), rate("0.50")], 7)


def test_a_rate_from_counts_has_an_interval() -> None:
    """270 of 300 is 90%, between 86.08% and 92.91% with 95% confidence."""
    (line,) = surveys_of([survey(respondents="300", satisfied="270")])
    assert (line.rate.text, line.rate.standing) == ("90.00%", Standing.COMPUTED)
    assert line.interval is not None
    ends = (half_up(line.interval.low, 4), half_up(line.interval.high, 4))
    assert ends == (Decimal("0.8608"), Decimal("0.9291"))


def test_without_respondents_there_is_no_interval() -> None:
    """100% of an unknown number is taken over, and the reason why nothing follows is a sentence."""
    (line,) = surveys_of([survey(printed="1.00")])
    assert (line.rate.text, line.rate.standing, line.interval) == ("100.00%", Standing.REPORTED, None)
    assert line.open_because == "样本数未提供，抽样误差不能计算。"


def test_a_printed_rate_stands_for_all_counts_it_allows() -> None:
    """90% of 300 may be 269 to 271 satisfied: the interval covers all of them."""
    (line,) = surveys_of([survey(respondents="300", printed="0.90")])
    counts = possible_counts(rate("0.90"), 300)
    assert line.interval is not None
    assert line.interval.low == wilson(counts[0], 300).low
    assert line.interval.high == wilson(counts[-1], 300).high


def test_nothing_given_is_said() -> None:
    """Respondents alone give no rate."""
    (line,) = surveys_of([survey(respondents="300")])
    assert line.rate.value is Missing.NOT_PROVIDED
    assert line.open_because == "满意人数和满意度均未提供。"


def test_more_satisfied_than_asked_has_no_interval() -> None:
    """Counts that contradict each other are told, not computed with."""
    (line,) = surveys_of([survey(respondents="10", satisfied="11")])
    assert line.interval is None
    assert "不符" in line.open_because


def test_other_tables_are_no_surveys() -> None:
    """Only tables of satisfaction are read."""
    assert surveys_of([made("scorecard", {"level1": ["满意度"], "score": ["10"]})]) == ()


def test_the_effect_on_a_score_and_the_total() -> None:
    """By the steps of 101号, 270 of 300 leaves 8 or 10 points open, so the total may lose 2 and gain nothing."""
    rungs = (Rung(Decimal("0.9"), 1), Rung(Decimal("0.8"), Decimal("0.8")), Rung(0, 0))
    (line,) = surveys_of([survey(respondents="300", satisfied="270")])
    effect = survey_effect(line, lambda x: step(TEN, x, rungs))
    assert effect is not None
    assert (effect.least.number, effect.most.number) == (8, 10)
    assert [change.number for change in effect.change] == [-2, 0]
    assert effect.least.standing is Standing.WHAT_IF


def test_the_effect_is_ordered_for_a_proportional_score() -> None:
    """In proportion, 8.61 to 9.29 of 10 points."""
    (line,) = surveys_of([survey(respondents="300", satisfied="270")])

    def score(x: Expression) -> Expression:
        return likert(TEN, x)

    effect = survey_effect(line, score)
    assert effect is not None
    assert (effect.least.text, effect.most.text) == ("8.61", "9.29")


def test_no_interval_no_effect() -> None:
    """Without respondents nothing is said of the total."""
    (line,) = surveys_of([survey(printed="0.95")])
    assert survey_effect(line, lambda x: likert(TEN, x)) is None


def test_a_percentage_that_no_count_gives() -> None:
    """90.0% of 7 respondents: a warning that names the nearest counts."""
    (finding,) = impossible_percentages(surveys_of([survey(respondents="7", printed="0.900")]))
    assert finding.severity is Severity.WARNING
    assert "6 人（85.7%）、7 人（100.0%）" in finding.message
    assert len(finding.cells) == 3


def test_a_percentage_against_its_counts() -> None:
    """85% printed beside 270 of 300 is an error with the rate that the counts give."""
    (finding,) = impossible_percentages(
        surveys_of([survey(respondents="300", satisfied="270", printed="0.85")])
    )
    assert finding.severity is Severity.ERROR
    assert finding.recomputed == "90.00%"


def test_percentages_that_agree_raise_nothing() -> None:
    """A rate that counts give, and one without respondents, are no findings."""
    tables = [survey(respondents="300", satisfied="270", printed="0.90"), survey(printed="0.923")]
    assert not list(impossible_percentages(surveys_of(tables)))
