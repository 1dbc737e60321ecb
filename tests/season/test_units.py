"""Figures by unit: exact sums over the forms that count, what is not given left out and said, ranks on exact means."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from wenxiao.project import load_profile
from wenxiao.season import season_of, units_of

from tests.season.conftest import form, planted, put


def test_sums_and_means_are_exact(season_folder: Callable[[], Path]) -> None:
    """Of a unit and of the whole, with the cells they rest on."""
    season = season_of(season_folder())
    figures = {each.unit: each for each in units_of(season, load_profile("self-evaluation"))}
    own = [form(1, "", ""), planted(form(2, "", ""), "3 得分大于分值")]
    budgets = [Decimal(str(each.whole[1])) for each in own]
    assert figures["市交通局"].budget.value == sum(map(Fraction, budgets))
    assert figures["市交通局"].mean.value == sum(Fraction(str(each.total)) for each in own) / 2
    assert figures["市交通局"].rate.value == sum(Fraction(str(each.whole[2])) for each in own) / sum(
        map(Fraction, budgets)
    )
    assert figures["合计"].budget.value == figures["市交通局"].budget.value + figures["市水利局"].budget.value
    assert {cell.file for cell in figures["市交通局"].budget.cells} == {
        "市交通局/公路.xlsx",
        "市交通局/桥梁.xls",
    }


def test_equal_means_share_a_rank(tmp_path: Path) -> None:
    """Two units with the same form have the same rank; the third comes after both."""
    for unit in ("甲局", "乙局"):
        put(form(1, unit, f"{unit}项目"), tmp_path / f"{unit}.xlsx")
    put(planted(form(1, "丙局", "丙局项目"), "10 达标扣分"), tmp_path / "丙.xlsx")
    ranks = {
        each.unit: each.rank_text for each in units_of(season_of(tmp_path), load_profile("self-evaluation"))
    }
    assert ranks == {"丙局": "3", "甲局": "1（并列）", "乙局": "1（并列）", "合计": "—"}


def test_a_form_without_spending_is_left_out_of_the_sums(tmp_path: Path) -> None:
    """Its budget must not stand in a rate whose spending lacks it."""
    put(form(1, "甲局", "一"), tmp_path / "一.xlsx")
    put(planted(form(2, "甲局", "二"), "33 执行数空"), tmp_path / "二.xlsx")
    unit = units_of(season_of(tmp_path), load_profile("self-evaluation"))[0]
    assert unit.lacking == 1
    assert unit.budget.value == Fraction(str(form(1, "", "").whole[1]))
