"""Worked numbers of the literature: the Technology Achievement Index in the OECD/JRC handbook."""

from __future__ import annotations

from fractions import Fraction

import pytest
from wenxiao.evaluation.robustness import (
    RankCertainty,
    gap_between,
    leave_one_out,
    leave_out,
    rank_certainty,
    rank_intervals,
    spread_of,
)
from wenxiao.model import Missing, half_up

from tests.evaluation.robustness.technology_index import (
    BUDGET_ALLOCATION,
    COUNTRIES,
    EQUAL,
    TABLE_23,
    TABLE_23_COUNTRIES,
    TABLE_41_SIX,
    index,
)


def ranks(weights: tuple[Fraction, ...]) -> dict[str, int]:
    """The rank of each country under some weights."""
    return {each.district: each.rank for each in rank_intervals(index(weights))}


def certainty(delta: Fraction) -> RankCertainty:
    """What is certain of the ranks under equal weights ± delta."""
    result = rank_certainty(index(), delta)
    assert isinstance(result, RankCertainty)
    return result


@pytest.mark.parametrize(("method", "weights"), [("EW", EQUAL), ("BAP", BUDGET_ALLOCATION)])
def test_ranks_of_the_handbook(method: str, weights: tuple[Fraction, ...]) -> None:
    """OECD/JRC (2008), Table 23: the ranks under equal weights and under the budget allocation of Table 22.

    The other two columns need weights with more digits than Table 22 prints.
    """
    found = ranks(weights)
    assert [found[country] for country in TABLE_23_COUNTRIES] == list(TABLE_23[method])


def test_score_of_finland() -> None:
    """Human Development Report 2001 (UNDP), Table A2.1, gives Finland 0.744; printed logs allow a last digit more."""
    assert abs(index().total("Finland") / 100 - Fraction("0.744")) <= Fraction(1, 1000)


def test_leaving_out_two_indicators() -> None:
    """OECD/JRC (2008), Table 41: the ranks without telephones and electricity.

    Its differences are from UNDP's printed order, where Singapore is tenth and eight places change hands in all. From the
    equal weights of Table 23, where Singapore is eighth already, only Italy and Hungary move.
    """
    left = leave_out(index(), ["telephones", "electricity"])
    assert not isinstance(left, Missing)
    assert tuple(left.ranks.tolist()) == TABLE_41_SIX
    assert sum(abs(rank - place) for place, rank in enumerate(left.ranks.tolist(), start=1)) == 8
    assert {move.district: (move.before, move.after) for move in left.moves} == {
        "Italy": (20, 22),
        "Hungary": (22, 20),
    }
    assert left.mean_shift == Fraction(4, 23)


def test_leaving_out_a_whole_dimension() -> None:
    """The same by the tree: the two indicators are the dimension "old innovations"."""
    left = leave_out(index().at(1), ["old innovations"])
    assert not isinstance(left, Missing)
    assert tuple(left.ranks.tolist()) == TABLE_41_SIX


@pytest.mark.parametrize(("method", "delta"), [("FA", "0.56"), ("BAP", "0.52")])
def test_published_ranks_lie_within_the_certain_ones(method: str, delta: str) -> None:
    """OECD/JRC (2008), Tables 22 and 23: weights that depart from 0.125 by at most delta give no rank beyond the bounds.

    The furthest weight of factor analysis prints as 0.06, so it is at least 0.055; the printed budget allocation gives the
    ranks of Table 23 as it stands, its furthest weight being 0.06.
    """
    places = {place.district: place for place in certainty(Fraction(delta)).places}
    published = dict(zip(TABLE_23_COUNTRIES, TABLE_23[method], strict=True))
    assert all(places[name].best <= published[name] <= places[name].worst for name in COUNTRIES)


def test_finland_stays_first_within_a_fifth() -> None:
    """Within ±20% of equal weights the certain ranks are narrower than within ±52%, and Finland's best is 1."""
    near, far = certainty(Fraction(1, 5)), certainty(Fraction("0.52"))
    assert near.places[0].best == 1
    assert (near.best >= far.best).all()
    assert (near.worst <= far.worst).all()


def test_gap_of_two_countries() -> None:
    """The gap of Finland to the United States falls apart into eight parts without a residual.

    Human Development Report 2001, press release: Finland's lead is largely its enrolment in science, at 27.4 to 13.9 %.
    """
    gap = gap_between(index(), "Finland", "United States")
    assert not isinstance(gap.parts, Missing)
    assert gap.residual == 0
    widest = max(gap.parts, key=lambda part: part.difference)
    assert widest.label == "university"
    assert half_up(widest.difference, 2) == half_up(Fraction(25, 2) * Fraction("13.5") / Fraction("27.3"), 2)


def test_what_spreads_the_countries() -> None:
    """OECD/JRC (2008), Figure 26: internet and patents move the index most, telephones and electricity hardly.

    The figure orders standardised regression coefficients, read here by group only: internet and patents, then royalties,
    university, exports and schooling, then the two that are not influential.
    """
    spread = spread_of(index())
    assert not isinstance(spread, Missing)
    order = [part.label for part in sorted(spread.parts, key=lambda part: -part.share)]
    assert set(order[:2]) == {"internet", "patents"}
    assert set(order[-2:]) == {"telephones", "electricity"}
    assert sum(part.share for part in spread.parts) == 1


def test_the_netherlands_rest_on_royalties() -> None:
    """OECD/JRC (2008), step 7: it is leaving out royalties that lowers the rank of the Netherlands."""
    each = leave_one_out(index())
    assert not isinstance(each, Missing)
    netherlands = COUNTRIES.index("Netherlands")
    lowered = {left.names: int(left.ranks[netherlands] - left.before[netherlands]) for left in each}
    assert max(lowered, key=lambda names: lowered[names]) == ("royalties",)
