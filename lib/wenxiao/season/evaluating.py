"""A season as an evaluation, so that pages, results and working papers show it as they show others."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

from wenxiao.evaluation import Evaluation, evaluate
from wenxiao.model import Measure
from wenxiao.project import Project
from wenxiao.project.project_folder import InputFile
from wenxiao.season.folder import season_of, usual_rules
from wenxiao.season.rounds import Rounds, rounds_of
from wenxiao.season.sample import Sample, sample_of
from wenxiao.season.season import Season
from wenxiao.season.units import UnitFigures, units_of


@dataclass(frozen=True, eq=False, kw_only=True)
class SeasonEvaluation(Evaluation):
    """The evaluation of a season: no score of its own, the figures of its units, the sample, the rounds.

    `whole` are the figures of all units together, the last of `units`; `rounds` is None without an earlier round.
    """

    season: Season
    units: tuple[UnitFigures, ...]
    sample: Sample
    rounds: Rounds | None = None

    @property
    def execution(self) -> Measure:
        """The execution rate of all units together."""
        return self.whole.rate

    @property
    def whole(self) -> UnitFigures:
        """The figures of the whole season."""
        return self.units[-1]


def evaluate_season(
    folder: Path,
    profile: str = "",
    *,
    profiles: Path | None = None,
    earlier: Path | None = None,
    size: int = 0,
    seed: int = 0,
) -> SeasonEvaluation:
    """The evaluation of the season in a folder.

    `profile` names the rules; '' are those of each form's place for the forms, those of 单位自评 for grades, ranks and the sample
    (of `size` forms, drawn by `seed`). `earlier` is the folder of the first round. Raises ProjectError where a folder is not
    there or holds no form.
    """
    season, rules = season_of(folder, profile, profiles), usual_rules(profile, profiles)
    units = units_of(season, rules)
    inputs = {form.file: InputFile(form.file, form.sha256) for form in season.forms}
    figures = [m for each in units for m in (each.budget, each.spent, each.rate, each.mean, each.weighted)]
    plain = evaluate(Project(season.name, (), tuple(inputs.values()), findings=season.findings), rules)
    held = {field.name: getattr(plain, field.name) for field in fields(Evaluation)}
    return SeasonEvaluation(
        **{**held, "other_measures": tuple(figures), "findings": season.findings},
        season=season,
        units=units,
        sample=sample_of(season.counted, rules, size, seed),
        rounds=rounds_of(season, season_of(earlier, profile, profiles)) if earlier else None,
    )
