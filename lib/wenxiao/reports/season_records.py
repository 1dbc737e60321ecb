"""A season of self-evaluations as `results.json` records it: each form in short, the coverage, the sample, both rounds."""

from __future__ import annotations

from pydantic import Field

from wenxiao.evaluation import Evaluation
from wenxiao.model import Severity
from wenxiao.reports.figure_records import DecimalText, InputRecord, Record
from wenxiao.season import SeasonEvaluation
from wenxiao.season.rounds import NEW, OPEN, SETTLED


class FormRecord(Record):
    """One form: where it lies, the run that reports on it, its project and unit, its figures, how many findings it has.

    `counted` says whether sums count it; `missed` is null where no indicator can be compared.
    """

    path: str
    run: str
    project: str
    unit: str
    form: str
    rules: str
    initial_budget: InputRecord
    budget: InputRecord
    spent: InputRecord
    score: InputRecord
    missed: int | None
    counted: bool
    findings: dict[str, int] = Field(description="open findings by severity: error, warning, hint")


class ListedRecord(Record):
    """A project of the list without a form."""

    project: str
    unit: str


class SampledRecord(Record):
    """A form drawn for review."""

    path: str
    stratum: str
    risk: DecimalText
    reasons: tuple[str, ...]


class RoundRecord(Record):
    """What became of a project's findings between two rounds; `path` is '' where its form did not come back."""

    project: str
    unit: str
    path: str
    settled: int
    open: int
    new: int


class SeasonRecord(Record):
    """A season: how many projects the list has (null without one), the forms, what is missing, the sample, the rounds."""

    listed: int | None
    forms: tuple[FormRecord, ...]
    missing: tuple[ListedRecord, ...]
    unknown: tuple[str, ...]
    repeated: tuple[tuple[str, ...], ...]
    seed: int
    sample: tuple[SampledRecord, ...]
    rounds: tuple[RoundRecord, ...] = ()


def season_record(evaluation: Evaluation) -> SeasonRecord | None:
    """The record of a season; None of any other evaluation."""
    if not isinstance(evaluation, SeasonEvaluation):
        return None
    season, coverage = evaluation.season, evaluation.season.coverage
    return SeasonRecord(
        listed=len(coverage.lines) or None,
        forms=tuple(
            FormRecord(
                path=form.path,
                run=season.runs[form.path],
                project=form.title,
                unit=form.unit,
                form=form.form,
                rules=form.rules,
                **{key: InputRecord.model_validate(given) for key, given in form.amounts.items()},
                score=InputRecord.model_validate(form.claimed),
                missed=form.missed,
                counted=form in season.counted,
                findings={level.name.lower(): form.count(level) for level in Severity},
            )
            for form in season.forms
        ),
        missing=tuple(ListedRecord(project=line.name, unit=line.unit) for line in coverage.missing),
        unknown=tuple(form.path for form in coverage.unknown),
        repeated=tuple(tuple(form.path for form in forms) for forms in coverage.repeated),
        seed=evaluation.sample.seed,
        sample=tuple(
            SampledRecord(path=each.form.path, stratum=each.stratum, risk=each.risk, reasons=each.reasons)
            for each in evaluation.sample.drawn
        ),
        rounds=tuple(
            RoundRecord(
                project=each.form.title,
                unit=each.form.unit,
                path=each.now.path if each.now else "",
                settled=each.count(SETTLED),
                open=each.count(OPEN),
                new=each.count(NEW),
            )
            for each in (evaluation.rounds.each if evaluation.rounds else ())
        ),
    )
