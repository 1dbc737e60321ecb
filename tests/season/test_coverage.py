"""Coverage: what a list of projects and the forms say of each other, nothing decided that only looks alike."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from wenxiao.model import Severity
from wenxiao.season import season_of
from wenxiao.season.form import unit_key

from tests.season.conftest import form, listed, put


def test_missing_and_unknown_projects_are_told(season_folder: Callable[[], Path]) -> None:
    """A project of the list without a form, and forms that the list does not have."""
    coverage = season_of(season_folder()).coverage
    assert [line.name for line in coverage.missing] == ["山洪灾害防治"]
    assert {each.title for each in coverage.unknown} == {"公路养护", "水库维护", "饮水安全"}
    assert coverage.share is not None
    assert float(coverage.share) == 0.5


def test_a_name_that_is_alike_is_proposed_not_decided(tmp_path: Path) -> None:
    """One letter apart: the project stays missing, the form is named beside it, and is not called unknown."""
    put(form(1, "市交通局", "农村公路养护工程"), tmp_path / "a.xlsx")
    listed(tmp_path / "清单.xlsx", ("市交通局", "农村公路养护", 100))
    found = season_of(tmp_path).coverage.findings
    assert [each.code for each in found] == ["season-missing"]
    assert "农村公路养护工程" in found[0].message
    assert "未认定" in found[0].message


def test_codes_and_blanks_in_names_do_not_matter(tmp_path: Path) -> None:
    """101 市交通局 is 市交通局; a project's name is compared without blanks."""
    put(form(1, "101001 市交通局", "农村 公路养护"), tmp_path / "a.xlsx")
    listed(tmp_path / "清单.xlsx", ("市交通局（101001）", "农村公路养护", 100))
    coverage = season_of(tmp_path).coverage
    assert not coverage.missing
    assert not coverage.unknown


def test_the_same_name_in_two_units_is_two_projects(tmp_path: Path) -> None:
    """Each unit's line has its own unit's form."""
    for unit in ("市交通局", "市水利局"):
        put(form(1, unit, "信息化建设"), tmp_path / f"{unit}.xlsx")
    listed(
        tmp_path / "清单.xlsx",
        ("市交通局", "信息化建设", 1),
        ("市水利局", "信息化建设", 1),
        ("市教育局", "信息化建设", 1),
    )
    coverage = season_of(tmp_path).coverage
    assert [(line.unit, forms[0].unit) for line, forms in coverage.matched] == [
        ("市交通局", "市交通局"),
        ("市水利局", "市水利局"),
    ]
    assert [line.unit for line in coverage.missing] == ["市教育局"]


def test_another_budget_than_the_list_is_told_with_both(tmp_path: Path) -> None:
    """The budget of the list is held against that of the form within its printed precision."""
    own = form(1, "市交通局", "公路养护")
    put(own, tmp_path / "a.xlsx")
    budget = float(str(own.whole[1]))
    listed(tmp_path / "清单.xlsx", ("市交通局", "公路养护", budget + 50))
    (found,) = [
        each for each in season_of(tmp_path).coverage.findings if each.code == "season-budget-differs"
    ]
    assert f"{budget:g}" in found.printed
    assert len(found.cells) == 2
    listed(tmp_path / "清单.xlsx", ("市交通局", "公路养护", budget))
    assert not [
        each for each in season_of(tmp_path).coverage.findings if each.code == "season-budget-differs"
    ]


def test_a_project_twice_counts_once_or_not_at_all(tmp_path: Path) -> None:
    """Two equal forms are one in the sums; two that differ are in none, and that is said."""
    own = form(1, "市交通局", "公路养护")
    put(own, tmp_path / "a.xlsx")
    put(own, tmp_path / "b.xls")
    season = season_of(tmp_path)
    assert len(season.counted) == 1
    assert [each.severity for each in season.coverage.findings] == [Severity.HINT]
    put(form(5, "市交通局", "公路养护"), tmp_path / "b.xls")
    season = season_of(tmp_path)
    assert season.counted == ()
    assert season.disputed == ("公路养护",)
    assert [each.severity for each in season.coverage.findings] == [Severity.WARNING]


def test_numbers_that_are_part_of_a_name_keep_units_apart() -> None:
    """143团 and 144团 are two units; a code stands before a mark or has six digits."""
    assert unit_key("143团") != unit_key("144团")
    assert unit_key("101-市教育局") == unit_key("101001市教育局") == unit_key("市教育局")


def test_a_form_without_a_project_name_counts(tmp_path: Path) -> None:
    """It is no form of a whole unit; one that bears its unit's name is."""
    for project in ("", "市交通局"):
        put(form(1, "市交通局", project), tmp_path / f"表{project}.xlsx")
    season = season_of(tmp_path)
    assert [each.file for each in season.counted] == ["表.xlsx"]
    assert [each.file for each in season.wholes] == ["表市交通局.xlsx"]


def test_one_name_and_amount_from_two_units_is_a_doubt(tmp_path: Path) -> None:
    """The department and its unit hand in one project: both count, and it is said that nobody decided."""
    for unit in ("市交通局", "市公路中心"):
        put(form(1, unit, "公路养护"), tmp_path / f"{unit}.xlsx")
    season = season_of(tmp_path)
    assert len(season.counted) == 2
    assert [each.severity for each in season.findings if each.code == "season-perhaps-twice"] == [
        Severity.WARNING
    ]


def test_a_project_that_the_list_has_with_two_budgets_is_told(tmp_path: Path) -> None:
    """Which of them holds nobody knows; both are named."""
    put(form(1, "市交通局", "公路养护"), tmp_path / "a.xlsx")
    listed(tmp_path / "清单.xlsx", ("市交通局", "公路养护", 100), ("市交通局", "公路养护", 500))
    (found,) = [each for each in season_of(tmp_path).findings if each.code == "season-list-differs"]
    assert "100万元" in found.message
    assert "500万元" in found.message
