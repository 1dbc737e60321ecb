"""The figures of each unit of a season: its forms, money, mean score, grades and findings, and its rank by the mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from wenxiao.evaluation.grade import grade_of
from wenxiao.evaluation.ranking import rank_number, ranks
from wenxiao.model import Expression, Given, Measure, Missing, Named, Severity, mean, product, quotient, total
from wenxiao.model.units import POINTS, RATIO, WAN_YUAN, Unit
from wenxiao.project import Profile
from wenxiao.season.form import FilledForm, unit_key
from wenxiao.season.season import Season

WHOLE = "合计"


@dataclass(frozen=True, eq=False)
class UnitFigures:
    """One unit, or the whole season (`unit` is 合计): what its counted forms add up to.

    Sums leave out what a form does not give, and `lacking` says of how many; `rank` is the place of the mean score among the
    units, shared where `tied`; `grades` are the counts by grade of the claimed scores.
    """

    unit: str
    forms: tuple[FilledForm, ...]
    budget: Measure
    spent: Measure
    rate: Measure
    mean: Measure
    weighted: Measure
    lacking: int
    grades: Mapping[str, int]
    findings: Mapping[Severity, int]
    rank: Fraction | None = None
    tied: bool = False

    @property
    def rank_text(self) -> str:
        """The rank as people read it."""
        if self.rank is None:
            return "—"
        return f"{rank_number(self.rank)}（并列）" if self.tied else rank_number(self.rank)


def units_of(season: Season, profile: Profile) -> tuple[UnitFigures, ...]:
    """The figures of all units in the order of the season, ranked by exact mean scores; the last is the whole season."""
    counted: dict[str, list[FilledForm]] = {unit_key(unit): [] for unit in season.units}
    for form in season.counted:
        counted[unit_key(form.unit)].append(form)
    made = [_figures(unit or "单位未提供", counted[unit_key(unit)], profile) for unit in season.units]
    scored = [i for i, each in enumerate(made) if each.mean.number is not None]
    means = [Fraction(made[i].mean.number or 0) for i in scored]
    times = Counter(means)
    for i, rank, value in zip(scored, ranks(means, profile.ties), means, strict=True):
        made[i] = replace(made[i], rank=rank, tied=times[value] > 1)
    return (*made, _figures(WHOLE, season.counted, profile))


def _figures(unit: str, forms: Sequence[FilledForm], profile: Profile) -> UnitFigures:
    money = [form for form in forms if all(form.amounts[key].quantity for key in ("budget", "spent"))]
    scores = [form for form in forms if form.claimed.quantity]
    budget, spent = (
        _measure(f"season_{key}", label, unit, [form.amounts[key] for form in money], total, WAN_YUAN)
        for key, label in (("budget", "全年预算数"), ("spent", "全年执行数"))
    )
    rate = quotient(Named(spent.label, spent.expression), Named(budget.label, budget.expression))
    both = [form for form in scores if form in money]
    graded = Counter(grade_of(q.value, profile).label for form in scores if (q := form.claimed.quantity))
    return UnitFigures(
        unit=unit,
        forms=tuple(forms),
        budget=budget,
        spent=spent,
        rate=Measure(f"season_rate/{unit}", "执行率", rate, RATIO, 4, unit, "全年执行数÷全年预算数"),
        mean=_measure("season_mean", "平均得分", unit, [form.claimed for form in scores], mean, POINTS),
        weighted=_measure("season_weighted_mean", "加权平均得分", unit, both, _weighted, POINTS),
        lacking=len(forms) - len(money),
        grades={band.label: graded[band.label] for band in profile.grades},
        findings={level: sum(form.count(level) for form in forms) for level in Severity},
    )


def _measure(
    key: str,
    label: str,
    unit: str,
    parts: Sequence[Any],
    made: Callable[[Sequence[Any]], Expression],
    of: Unit,
) -> Measure:
    """The figure that its parts make, 未提供 without any."""
    tree = made(parts) if parts else Given(label, Missing.NOT_PROVIDED)
    return Measure(f"{key}/{unit}", label, tree, of, 2, unit, f"{len(parts)} 份自评表")


def _weighted(forms: Sequence[FilledForm]) -> Expression:
    """The mean of the scores weighted by the year's budgets."""
    budgets = [form.amounts["budget"] for form in forms]
    points = [product(form.claimed, form.amounts["budget"]) for form in forms]
    return quotient(total(points), total(budgets))
