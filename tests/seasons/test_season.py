"""The generator of seasons tells the truth: honest forms read back as they were made, errors stand where it says they do."""

import random
from pathlib import Path

import openpyxl
import pytest
import wenxiao as wx

from tests.evaluation.filled_forms import write
from tests.seasons.documents import approve, close_accounts
from tests.seasons.errors import KINDS, plant
from tests.seasons.honest import chosen
from tests.seasons.layouts import lay_out
from tests.seasons.rounds import second_round
from tests.seasons.season import make_season


@pytest.mark.parametrize("seed", range(6))
def test_an_honest_form_reads_back_as_it_was_made(tmp_path: Path, seed: int) -> None:
    """Budget, spending and score are those of the truth, in each layout and kind of file."""
    rng = random.Random(seed)
    form = lay_out(chosen(rng))
    write(tmp_path / f"自评表{rng.choice(('.xlsx', '.xls', '.docx'))}", [form])
    profile = "hubei" if form.layout["style"] == "hubei-project" else "self-evaluation"
    evaluation = wx.evaluate(wx.load_project(tmp_path), wx.load_profile(profile))
    assert [evaluation.measures[f"{key}/全项目"].number for key in ("budget", "spent")] == form.whole[1:]
    if form.layout["style"] != "transfer":
        assert evaluation.verdict.score.number == form.total


def test_each_kind_of_error_can_be_planted_and_says_what_it_changed() -> None:
    """Each function changes some honest form; its marks stand for cells, but for the kind that takes rows away."""
    for kind in KINDS:
        made = next(
            each
            for seed in range(60)
            if (each := plant(chosen(random.Random(seed)), kind, random.Random(seed)))
        )
        assert made[1] == ("*",) or any(mark in made[0].at for mark in made[1]), kind


def test_a_season_and_its_second_round_lie_where_their_truth_says(tmp_path: Path) -> None:
    """Every form and error names a file of the folder; the same seed gives the same truth; the rounds part the errors."""
    season = make_season(3, 30, tmp_path / "a", error_rate=0.6)
    again = make_season(3, 30, tmp_path / "b", error_rate=0.6)
    assert (season.forms, season.errors, season.between) == (again.forms, again.errors, again.between)
    assert len(season.forms) == 30
    assert season.errors
    assert {error.kind for error in season.between} >= {43}
    assert all((season.folder / each.file).is_file() for each in (*season.forms, *season.errors))
    second = second_round(season, tmp_path / "c", 1)
    assert all((second.folder / form.file).is_file() for form in second.forms)
    away = {form.project for form in second.not_returned}
    told = [(error.kind, error.project) for error in (*second.mended, *second.open)]
    assert sorted(told) == sorted((e.kind, e.project) for e in season.errors if e.project not in away)


def test_goals_and_accounts_differ_from_the_forms_where_their_truth_says(tmp_path: Path) -> None:
    """The approved goals of a form without an error differ from it only where it is said; the accounts name forms of the season."""
    season = make_season(4, 30, tmp_path / "a", error_rate=0.3)
    goals = approve(season, tmp_path / "b", 1)
    accounts = close_accounts(season, tmp_path / "决算.xlsx", 1)
    projects = {form.project for form in season.forms}
    assert goals
    assert accounts
    assert {error.project for error in (*goals, *accounts)} <= projects
    for path in (tmp_path / "b").iterdir():
        project = path.stem.removesuffix("绩效目标申报表")
        form = next(entry.form for entry in season.entries if entry.form.project == project)
        rows = list(openpyxl.load_workbook(path).active.iter_rows(min_row=8, values_only=True))
        differ = {(row[3], row[4]) for row in rows} ^ {(line.name, line.target) for line in form.lines}
        assert bool(differ) == any(error.project == project for error in goals)
