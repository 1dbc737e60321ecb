"""A season of self-evaluations (单位自评): the forms of a folder, the list of projects, what shows across all of them.

`season_of(folder)` reads and evaluates every form; what it gives is pure values: coverage, figures by unit, patterns across
forms, the sample for review, what became of the findings of an earlier round.
"""

from wenxiao.season.coverage import Coverage, coverage_of
from wenxiao.season.evaluating import SeasonEvaluation, evaluate_season
from wenxiao.season.folder import (
    evaluation_of,
    files_below,
    is_known,
    place_rules,
    read_file,
    rules_of,
    season_of,
)
from wenxiao.season.form import FilledForm, IndicatorLine
from wenxiao.season.rounds import Rounds, rounds_of
from wenxiao.season.sample import Sample, SampledForm, sample_of
from wenxiao.season.season import Season
from wenxiao.season.units import UnitFigures, units_of

__all__ = [
    "Coverage",
    "FilledForm",
    "IndicatorLine",
    "Rounds",
    "Sample",
    "SampledForm",
    "Season",
    "SeasonEvaluation",
    "UnitFigures",
    "coverage_of",
    "evaluate_season",
    "evaluation_of",
    "files_below",
    "is_known",
    "place_rules",
    "read_file",
    "rounds_of",
    "rules_of",
    "sample_of",
    "season_of",
    "units_of",
]
