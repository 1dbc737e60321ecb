"""What shows across forms: full marks throughout, words copied from another form."""

from __future__ import annotations

from pathlib import Path

from wenxiao.model import Severity
from wenxiao.season import season_of

from tests.season.conftest import form, planted, put


def test_words_copied_between_units_are_a_warning_within_one_a_hint(tmp_path: Path) -> None:
    """The same sentence on goals in two units' forms; in two forms of one unit it weighs less."""
    first, second = form(1, "市交通局", "公路养护"), form(2, "市水利局", "水库维护")
    second.goal = first.goal = (
        "完成辖区内主要道路和附属设施的日常养护任务",
        "全年养护任务已经全部完成，群众出行有保障",
    )
    put(first, tmp_path / "a.xlsx")
    put(second, tmp_path / "b.xlsx")
    season = season_of(tmp_path)
    assert [each.severity for each in season.findings if each.code == "season-words-copied"] == [
        Severity.WARNING
    ]
    assert len(season.copied[season.forms[0].path]) == 2
    second.unit = "市交通局"
    put(second, tmp_path / "b.xlsx")
    found = [each.severity for each in season_of(tmp_path).findings if each.code == "season-words-copied"]
    assert found == [Severity.HINT]


def test_full_marks_throughout_are_counted(tmp_path: Path) -> None:
    """Two of three forms whose every value is its target: named, with how many there are."""
    for number in (1, 2):
        made = planted(form(number, "市交通局", f"项目{number}"), "24 全部等于目标")
        put(made, tmp_path / f"{number}.xlsx")
    put(planted(form(3, "市交通局", "项目3"), "10 达标扣分"), tmp_path / "3.xlsx")
    found = {each.code: each for each in season_of(tmp_path).findings}
    assert found["season-all-full"].printed == "2 份"
    assert found["season-all-full"].recomputed == "共 3 份"


def test_a_form_of_another_year_is_told_by_the_others(tmp_path: Path) -> None:
    """2035 alone could be a year; beside three forms of one year it is another one."""
    for number, year in enumerate((2023, 2023, 2023, 2035), 1):
        made = form(number, "市交通局", f"项目{number}")
        made.year = year
        put(made, tmp_path / f"{number}.xlsx")
    found = [each for each in season_of(tmp_path).findings if each.code == "season-year-differs"]
    assert [(each.subject, each.printed, each.recomputed) for each in found] == [
        ("项目4", "2035年度", "2023年度")
    ]
