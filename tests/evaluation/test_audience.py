"""Who may see what: findings in the house only, names of peers only with consent."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from wenxiao.evaluation import INTERNAL, Audience, Evaluation, audience_in, audience_of, evaluate
from wenxiao.model import CellRef, Constant, Given, Measure, Quantity, total
from wenxiao.model.units import POINTS
from wenxiao.project import load_profile, load_project


@pytest.fixture(scope="module")
def linyi(checkout: Path) -> Evaluation:
    """The evaluation of a project with twelve ranked counties."""
    return evaluate(load_project(checkout / "data/linyi-2021"), load_profile("national"))


def test_the_house_sees_everything(linyi: Evaluation) -> None:
    """An internal edition, of a district too, withholds nothing."""
    audience = audience_of([linyi], "internal", "费县")
    assert audience is INTERNAL
    assert audience.sees_findings
    assert not any(audience.withholds(measure) for measure in linyi.measures.values())


def test_a_release_on_a_district_names_no_peer(linyi: Evaluation) -> None:
    """Its own figures open; those of its peers, and the mean that rests on them, do not."""
    audience = audience_of([linyi], "release", "费县")
    assert not audience.sees_findings
    assert audience.names_a_peer("比罗庄区低 1 分")
    assert not audience.names_a_peer("费县得分 89.50 分")
    assert linyi.ranking is not None
    assert audience.withholds(linyi.ranking.mean)
    own = linyi.ranking.place("费县")
    assert own is not None
    assert not audience.withholds(own.score)


def test_a_rule_that_names_a_peer_is_withheld_too() -> None:
    """A formula names what stands in no cell as well: the reason of an adjustment, a share that a rule gives."""
    audience = Audience(release=True, peers=frozenset({"甲县"}), own=("乙县",))
    score = Given("乙县得分", Quantity(Decimal(90), POINTS, 0), CellRef("得分.xlsx", "得分", 3, 3))
    told, named = (
        Measure(
            "adjusted", "调整后得分", total([score, Constant(Fraction(1), reason)]), POINTS, subject="乙县"
        )
        for reason in ("按期完成加分", "与甲县合并核算加分")
    )
    assert (audience.withholds(told), audience.withholds(named)) == (False, True)


def test_a_sheet_called_after_a_peer_is_withheld_too(linyi: Evaluation) -> None:
    """A name in a file, a sheet or the raw text of a cell is a name."""
    audience = audience_of([linyi], "release", "费县")
    place = linyi.ranking.place("费县") if linyi.ranking else None
    assert place is not None
    assert place.score.cell is not None
    assert audience.withholds(replace(place.score, cell=replace(place.score.cell, sheet="罗庄区表")))
    assert audience.withholds(replace(place.score, raw="同罗庄区"))


@pytest.mark.parametrize(
    ("district", "consent"), [("", False), ("费县", True)], ids=["the whole project", "with consent"]
)
def test_names_that_may_stand(linyi: Evaluation, district: str, consent: bool) -> None:
    """The report on the whole is about all districts; and those who agreed to it may be named. Findings stay out."""
    parameters = {"audience": "release", "consent": consent}
    audience = audience_in([linyi], parameters, district)
    assert not audience.peers
    assert not audience.sees_findings


def test_a_name_within_ones_own_name() -> None:
    """A district whose name holds that of a peer, or whose project's title does, may still be called by it."""
    audience = Audience(release=True, peers=frozenset({"兰山", "临沂"}), own=("临沂市改造项目", "兰山新区"))
    assert not audience.names_a_peer("临沂市改造项目：兰山新区得分 90 分")
    assert audience.names_a_peer("兰山新区与兰山")
