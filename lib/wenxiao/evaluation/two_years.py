"""Two years of one project side by side: money, execution rate, score, and 指标值 and 完成值 of the indicators that both list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.evaluation.rates import changes_between, changes_of
from wenxiao.evaluation.scoring import ScoreRow, comparable, score_rows
from wenxiao.fields.wording import tidy
from wenxiao.model import Given, Measure, Named


@dataclass(frozen=True, eq=False)
class YearsLine:
    """One figure in two years and its change: in its unit, of rates in points, else also in per cent; none without both."""

    name: str
    before: Measure | Given
    after: Measure | Given
    changes: tuple[Measure, ...]


def two_years(before: Evaluation, after: Evaluation) -> Iterator[YearsLine]:
    """What both years give, money first; an indicator where its path is that of one indicator in either year."""
    for key in ("initial_budget", "budget", "spent"):
        old, new = (each.funds.total.amounts.get(key) if each.funds else None for each in (before, after))
        if old is not None and new is not None:
            yield _line(old, new)
    yield _line(before.execution, after.execution)
    yield _line(before.verdict.score, after.verdict.score)
    earlier, later = (_rows(each) for each in (before, after))
    for path, row in later.items():
        if path in earlier:
            yield from _indicator(earlier[path], row)


def _line(old: Measure, new: Measure) -> YearsLine:
    known = old.number is not None and new.number is not None
    parts = (Named(f"上年{old.label}", old.expression), Named(f"本年{new.label}", new.expression))
    places = max(old.places, new.places)
    key = f"year_change/{new.key}"
    changes = changes_between(key, new.subject, *parts, new.unit, places, new.label) if known else ()
    return YearsLine(new.label, old, new, changes)


def _rows(evaluation: Evaluation) -> dict[tuple[str, ...], ScoreRow]:
    """The indicators of a scorecard by their paths, those whose path stands once."""
    tables = evaluation.scorecard.tables if evaluation.scorecard else evaluation.project.of_kind("targets")
    rows = [(tuple(map(tidy, row.path)), row) for table in tables for row in score_rows(table)]
    paths = [path for path, _ in rows]
    return {path: row for path, row in rows if paths.count(path) == 1}


def _indicator(old: ScoreRow, new: ScoreRow) -> Iterator[YearsLine]:
    for word, before, after in (("指标值", old.target, new.target), ("完成值", old.actual, new.actual)):
        if before.quantity is not None or after.quantity is not None:
            changes = changes_of(
                f"year_change/{word}/{new.key}", new.name, before, comparable(after, before), word
            )
            yield YearsLine(f"{new.name}{word}", before, after, changes)
