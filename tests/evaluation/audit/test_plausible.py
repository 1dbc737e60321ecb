"""What cannot be, what is said twice, and what the rules ask for, on synthetic tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from wenxiao.model import Role, Severity, Table, figures, words
from wenxiao.model.units import SQUARE_METRE
from wenxiao.project import load_profile
from wenxiao.project.profile import Adjustment

from tests.evaluation.made import codes, evaluated, made


def head(fields: dict[str, str]) -> Table:
    """A head of texts."""
    base = made("head", {"status": ["在建"]})
    columns = tuple(
        words([text], key=key, label=key, position=position)
        for position, (key, text) in enumerate(fields.items(), start=2)
    )
    return replace(base, columns=base.columns + columns)


@pytest.mark.parametrize(
    ("dates", "wrong"),
    [
        (("2023-06", "2023-06-15"), False),
        (("2023年6月", "2023年5月31日"), True),
        (("2024年", "2023年底"), True),
        (("2023年", "2023-01-01"), False),
        (("待定", "2023年"), False),
    ],
)
def test_dates_out_of_order(dates: tuple[str, str], wrong: bool) -> None:
    """A start after its completion is found; an open month may be any of its days."""
    table = head({"start_date": dates[0], "planned_completion": dates[1]})
    assert ("dates-out-of-order" in codes(evaluated(table))) is wrong


def test_approval_before_application() -> None:
    """A project cannot be approved before it was applied for."""
    table = head({"applied_on": "2023-05-01", "approved_on": "2023-04-30"})
    assert "dates-out-of-order" in codes(evaluated(table))


def test_half_a_household_is_found() -> None:
    """What is counted is whole; the cells are named."""
    table = made("districts", {"district": ["甲县", "乙县"], "households": ["120", "120.5"]})
    found = next(f for f in evaluated(table).findings if f.code == "count-not-whole")
    assert [cell.address for cell in found.cells] == ["B3"]
    assert found.severity is Severity.ERROR


def test_an_area_below_nothing_is_found() -> None:
    """No area is negative; a change in money may be."""
    table = made("districts", {"district": ["甲县"], "area": ["-1.5"], "spent": ["-3"]})
    assert [f.subject for f in evaluated(table).findings if f.code == "below-nothing"] == ["虚构表area"]


@pytest.mark.parametrize(("area", "wrong"), [("12000", False), ("1.2", True), ("12000000", True)])
def test_area_per_household(area: str, wrong: bool) -> None:
    """1.2 ㎡ for 120 households is 万㎡ in disguise."""
    table = made("districts", {"district": ["甲县"], "households": ["120"]})
    column = figures([Decimal(area)], key="area", label="面积", position=3, unit=SQUARE_METRE)
    assert ("unit-implausible" in codes(evaluated(replace(table, columns=(*table.columns, column))))) is wrong


def test_an_output_in_another_unit() -> None:
    """改造户数 in ㎡ is a slip of the unit."""
    table = made("outputs", {"item": ["改造户数"]})
    column = figures([Decimal(50)], key="planned", label="计划", position=2, unit=SQUARE_METRE)
    assert "unit-of-another-kind" in codes(evaluated(replace(table, columns=(*table.columns, column))))


@pytest.mark.parametrize(("rate", "wrong"), [("0.923", False), ("0.93", True)])
def test_a_percentage_no_count_gives(rate: str, wrong: bool) -> None:
    """Of 13 respondents 92.3% are 12, and 93% are nobody."""
    table = made("satisfaction", {"name": ["居民"], "respondents": ["13"], "rate": [rate]})
    assert ("survey-impossible" in codes(evaluated(table))) is wrong


def test_one_quantity_with_two_values() -> None:
    """A source whose budget stands in two tables with different figures is found, rounding aside."""
    tables = [
        made("funds", {"source": ["中央", "省级"], "budget": [value, "7"]}, file=f"{i}.xlsx")
        for i, value in enumerate(("100.04", "100.0", "103"))
    ]
    assert "given-twice" not in codes(evaluated(*tables[:2]))
    found = next(f for f in evaluated(*tables[::2]).findings if f.code == "given-twice")
    assert (found.printed, found.recomputed) == ("100.04万元", "103万元")


def test_a_district_on_two_lines() -> None:
    """A district that stands twice cannot be ranked."""
    table = made("districts", {"district": ["甲县", "乙县", "甲县"], "score": ["90", "80", "85"]})
    found = next(f for f in evaluated(table).findings if f.code == "district-repeats")
    assert [cell.address for cell in found.cells] == ["A2", "A4"]


def test_neighbourhoods_counted_against_the_list() -> None:
    """A district that reports three and lists two is found."""
    listed = made("neighbourhoods", {"name": ["一院", "二院", "三院"], "district": ["甲县", "甲县", "乙县"]})
    reported = made("districts", {"district": ["甲县", "乙县"], "neighbourhoods": ["3", "1"]})
    found = [f for f in evaluated(listed, reported).findings if f.code == "listed-count-differs"]
    assert [(f.subject, f.printed) for f in found] == [("甲县小区数", "3")]


def rules(**update: Any) -> Any:
    """The national rules, some of them changed."""
    return load_profile().model_copy(update=update)


def card(names: Sequence[str], weights: Sequence[str]) -> Table:
    """A scorecard of one level with full marks."""
    return made("scorecard", {"level1": names, "weight": weights, "score": weights})


def test_weights_of_no_official_set() -> None:
    """Under the rules of self-evaluation 50, 30 and 10 fit, with the execution rate elsewhere; 60, 20 and 10 do not."""
    self = load_profile("self-evaluation")
    names = ["产出指标", "效益指标", "满意度指标"]
    assert "weight-set-differs" not in codes(evaluated(card(names, ["50", "30", "10"]), profile=self))
    assert "weight-set-differs" in codes(evaluated(card(names, ["60", "20", "10"]), profile=self))


def test_first_level_of_the_rules() -> None:
    """A project of special bonds has 决策, 管理, 产出, 效益."""
    bond = load_profile("special-bond")
    weights = ["20", "20", "30", "30"]
    assert "first-level-differs" in codes(
        evaluated(card(["决策", "过程", "产出", "效益"], weights), profile=bond)
    )
    assert "first-level-differs" not in codes(
        evaluated(card(["决策", "管理", "产出", "效益"], weights), profile=bond)
    )


def test_a_district_in_the_rules_that_no_table_lists() -> None:
    """A misspelt exclusion is said to have no effect."""
    table = made("districts", {"district": ["甲县"], "score": ["90"]})
    lowered = Adjustment(district="己县", points=Decimal(-1), reason="扣分")
    assert "ranking-unmatched" in codes(evaluated(table, profile=rules(adjusted=(lowered,))))


def test_a_mean_that_is_none() -> None:
    """The row 平均 is held against the mean of its districts."""
    table = made(
        "districts",
        {"district": ["甲县", "乙县", "丙县", "平均"], "score": ["90", "80", "85.5", "86.17"]},
        [Role.DATA, Role.DATA, Role.DATA, Role.MEAN],
    )
    found = next(f for f in evaluated(table).findings if f.code == "mean-row-differs")
    assert (found.printed, found.recomputed) == ("86.17分", "85.17分")


def test_parents_among_the_rows_are_not_summed_twice() -> None:
    """A total of a card with rows for parents and children is that of one level."""
    table = made(
        "scorecard",
        {
            "level1": ["决策", "", "", "过程", "合计"],
            "level2": ["", "立项", "目标", "", ""],
            "weight": ["20", "10", "10", "80", "100"],
            "score": ["17.0", "9.0", "8.0", "70.0", "87.0"],
        },
        [Role.DATA] * 4 + [Role.TOTAL],
    )
    assert not {c for c in codes(evaluated(table)) if c.endswith("-differs")}
