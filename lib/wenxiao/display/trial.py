"""What if the weights were others (测算): the tried 分值, and where the project and its districts then stand."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from wenxiao.display.blocks import Group, Paragraph, sentence
from wenxiao.display.districts import district_word
from wenxiao.display.inline import Inline, Plain, Quiet
from wenxiao.display.tables import Head, ReportTable, Row
from wenxiao.evaluation import Evaluation
from wenxiao.evaluation.ranking import rank_number
from wenxiao.evaluation.trial import WHOLE, district_trial, project_trial
from wenxiao.evaluation.what_if import TrialPlace, WhatIf
from wenxiao.model import Measure, shown
from wenxiao.project import Project

_NOTE = "测算：得分率不变，分值按所列改动；不是评价结果。"


def trial_words(evaluation: Evaluation) -> Paragraph | None:
    """What was tried and what it moves, in words; None where the profile tries no weights."""
    trials = [trial for trial in (project_trial(evaluation), district_trial(evaluation)) if trial]
    return sentence(*(trial.found.sentence for trial in trials)) if trials else None


def trial_weights_table(evaluation: Evaluation) -> ReportTable | None:
    """The tried 分值 beside the real ones; None where the profile tries none."""
    trial = district_trial(evaluation) or project_trial(evaluation)
    return None if trial is None else trial_shifts_table(trial.found)


def trial_shifts_table(found: WhatIf) -> ReportTable | None:
    """The 分值 that a trial shifts; None where it shifts none."""
    if not found.shifts:
        return None
    rows = tuple(
        Row(shift.name, (shown(shift.before, 2), shown(shift.after, 2), _signed(shift.after - shift.before)))
        for shift in found.shifts
    )
    heads = (Head("分值"), Head("测算分值"), Head("增减"))
    return ReportTable("测算的分值", Head("指标", words=True), heads, rows, "分").with_notes(_NOTE)


def project_trial_table(evaluation: Evaluation) -> ReportTable | None:
    """The project's own score and grade on the tried weights; None without a scorecard or a trial."""
    trial = project_trial(evaluation)
    if trial is None:
        return None
    place = trial.found.places[0]
    cells = (
        shown(place.before, 2),
        Plain(trial.measures[place.district]),
        _signed(place.after - place.before),
        place.grade_before.label,
        place.grade.label,
    )
    heads = (
        Head("得分"),
        Head("测算得分"),
        Head("增减"),
        Head("等级", words=True),
        Head("测算等级", words=True),
    )
    table = ReportTable("综合得分测算", Head("范围", words=True), heads, (Row("全项目", cells),), "分")
    return table.with_notes(_NOTE)


def district_trial_table(evaluation: Evaluation) -> ReportTable | None:
    """The districts by rank on the tried weights, each beside what it really is; None without scores by indicator."""
    trial = district_trial(evaluation)
    return None if trial is None else trial_places_table(trial.found, evaluation.project, trial.measures)


def trial_places_table(
    found: WhatIf,
    project: Project | None = None,
    measures: Mapping[str, Measure] | None = None,
    *,
    whole: bool = False,
) -> ReportTable:
    """The places of a trial by rank; with `measures` its scores are traceable, `whole` says that it is the project's own."""
    rows = tuple(
        Row(
            place.district,
            _cells(place, None if measures is None else measures[place.district]),
        )
        for place in found.ranked
    )
    word = "范围" if whole else district_word(project) if project else "县区"
    heads = (
        Head("测算名次"), Head("原名次"), Head("升降"), Head("测算得分", "分"), Head("原得分", "分"),
        Head("舍入前可能的名次", words=True), Head("测算等级", words=True), Head("原等级", words=True),
    )  # fmt: skip
    title = "综合得分测算" if whole else f"各{word}得分和名次测算"
    return ReportTable(title, Head(word, words=True), heads, rows).with_notes(_NOTE)


def trial_pair_table(
    found: WhatIf, other: WhatIf, project: Project | None = None, *, whole: bool = False
) -> ReportTable:
    """Two trials side by side, by the rank of the first: scores, ranks and grades of both beside the real ones."""
    beside = {place.district: place for place in other.places}
    rows = tuple(
        Row(
            place.district,
            (
                shown(place.before, 2), rank_number(place.rank_before), place.grade_before.label,
                shown(beside[place.district].after, 2), beside[place.district].rank_text,
                beside[place.district].grade.label, shown(place.after, 2), place.rank_text, place.grade.label,
            ),
        )
        for place in found.ranked
    )  # fmt: skip
    heads = tuple(
        Head(f"{which}{what}", unit, words=what == "等级")
        for which in ("原", "对照", "测算")
        for what, unit in (("得分", "分"), ("名次", ""), ("等级", ""))
    )
    word = "范围" if whole else district_word(project) if project else "县区"
    table = ReportTable("两组分值的测算对照", Head(word, words=True), heads, rows)
    return table.with_notes(f"对照：{other.sentence}", f"测算：{found.sentence}", _NOTE)


def trial_group(found: WhatIf) -> Group:
    """A trial alone, as a cell of a notebook shows it: what was tried, and where everyone then stands."""
    whole = [place.district for place in found.places] == [WHOLE]
    shifts = trial_shifts_table(found)
    tables = (*((shifts,) if shifts else ()), trial_places_table(found, whole=whole))
    return Group((sentence(found.sentence), *tables))


def _cells(place: TrialPlace, measure: Measure | None) -> tuple[Inline, ...]:
    interval = place.interval
    span = str(interval.best) if interval.certain else f"{interval.best}–{interval.worst}"
    moved = place.moved
    step = "—" if not moved else f"{'升' if moved > 0 else '降'} {rank_number(abs(moved))}"
    return (
        place.rank_text, rank_number(place.rank_before), step if moved else Quiet(step),
        Plain(measure) if measure else shown(place.after, 2),
        shown(place.before, 2), span, place.grade.label, place.grade_before.label,
    )  # fmt: skip


def _signed(points: Fraction) -> str:
    sign = "+" if points > 0 else "−" if points < 0 else ""
    return f"{sign}{shown(abs(points), 2)}"
