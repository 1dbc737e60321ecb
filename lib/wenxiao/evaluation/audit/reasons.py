"""Points taken off and changed: with a reason, with evidence, and as many as 分值 and 得分 leave."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from wenxiao.evaluation.audit.check import Check, cells_of
from wenxiao.evaluation.audit.constraint import Constraint
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.evaluation.scoring import ScoreRow, comparable, score_rows
from wenxiao.evaluation.scoring.application import score_by
from wenxiao.evaluation.scoring.computed import ComputedScore
from wenxiao.evaluation.scoring.rows import is_review, stated
from wenxiao.model import CellRef, Finding, Severity, Table, difference, quantity_text, quotient, value_of
from wenxiao.model.units import RATIO

_NAMED = 6


def score_tables(evaluation: Evaluation) -> Iterator[Table]:
    """The scorecards of the project and of its districts."""
    cards = ([evaluation.scorecard] if evaluation.scorecard else []) + list(
        evaluation.district_cards.values()
    )
    for card in cards:
        yield from card.tables


def _cut(table: Table) -> list[ScoreRow]:
    """The indicators of the lowest level that have lost points."""
    rows = []
    for row in score_rows(table):
        score, weight = row.filled.quantity, row.weight.quantity
        if score and weight and score.value < weight.value:
            rows.append(row)
    return rows


def _unexplained(evaluation: Evaluation) -> Iterator[Finding]:
    """Deductions without a reason, or without evidence, where the form has a column for it; one finding a table."""
    for table in score_tables(evaluation):
        for key, code, word, severity in (
            ("reason", "deduction-without-reason", "扣分原因", Severity.WARNING),
            ("evidence", "deduction-without-evidence", "佐证材料", Severity.HINT),
        ):
            silent = (
                [row for row in _cut(table) if not stated(table, row.record, key)] if table.has(key) else []
            )
            if not silent:
                continue
            column = table.column(key)
            heading = (column.label if column else "") or word
            names = "、".join(row.name for row in silent[:_NAMED])
            more = f"等 {len(silent)} 项" if len(silent) > _NAMED else ""
            yield Finding(
                code,
                severity,
                f"{table.name}{word}",
                f"{names}{more}得分低于分值，“{heading}”一栏没有填写。",
                printed="未填",
                recomputed=word,
                cells=(*_blanks(table, silent, key), *cells_of(*(row.filled for row in silent))),
                remedy=f"逐项补充{word}",
            )


def _blanks(table: Table, rows: list[ScoreRow], key: str) -> tuple[CellRef, ...]:
    found = (table.text_cell(row.record, key) for row in rows)
    return tuple(cell for cell in found if cell is not None)


def _deductions(evaluation: Evaluation) -> Iterator[Constraint]:
    """Points printed as taken off against 分值 − 得分; a form may print them with a minus."""
    for table in score_tables(evaluation):
        if not table.has("deduction"):
            continue
        for row in score_rows(table):
            printed = table.given(row.record, "deduction", f"{row.name}扣分")
            if printed.quantity is None:
                continue
            sides = (row.weight, row.filled)
            lost = difference(*(sides if printed.quantity.value >= 0 else sides[::-1]))
            yield Constraint(
                "deduction-differs",
                f"{row.name}扣分",
                printed,
                lost,
                f"{row.name}扣分列为 {{printed}}，按分值 {row.weight.text}－得分 {row.filled.text}应为 {{recomputed}}。",
                "核对扣分、分值和得分，改正其中有误的一处",
            )


def _changes(evaluation: Evaluation) -> Iterator[Finding]:
    """A score that a review changed without a reason."""
    everyone = {"": evaluation.review, **evaluation.district_reviews}
    for district, reviewed in ((name, each) for name, reviews in everyone.items() for each in reviews):
        name = f"{district}{reviewed.row.name}"
        for change in reviewed.changes:
            if change.explained:
                continue
            before, after = change.before, change.after
            yield Finding(
                "review-without-reason",
                Severity.WARNING,
                f"{name}{after.label}",
                f"{name}{before.label} {before.score.text}改为{after.label} {after.score.text}，没有写明原因。",
                printed=after.score.text,
                recomputed=before.score.text,
                cells=cells_of(before.score, after.score),
                about=(change.measure.key,),
                remedy="写明调整原因和复核人",
            )


def _computed(evaluation: Evaluation) -> Iterator[Finding]:
    """A score that the method of the rules does not give; one that its 指标值 earns by 10号 第十六条 is a question of the basis."""
    for score in evaluation.scoring:
        if score.agrees is not False or _reviewed_down(score):
            continue
        if score.allowed is None:
            right = score.computed.text_with_unit
            what = f"按“{score.method}”计算为 {right}"
        else:
            least, most = score.allowed
            right = f"{least.text}—{most.text_with_unit}"
            what = f"按完成值“{score.row.actual_text}”应在 {right}之间"
        earned = _earned(score, evaluation)
        yield Finding(
            "computed-score-differs",
            Severity.HINT if earned else Severity.WARNING,
            f"{score.row.name}得分",
            f"{score.row.name}填报得分 {score.filled.text_with_unit}，{what}（{evaluation.profile.title}）"
            + ("；按完成值与指标值之比则相符，请写明是按哪一种计分。" if earned else "。"),
            printed=score.filled.text_with_unit,
            recomputed=right,
            cells=cells_of(score.filled.expression, score.computed.expression),
            about=(score.computed.key,),
            remedy="核对指标值、完成值和得分，或说明计分方法",
        )


def _reviewed_down(score: ComputedScore) -> bool:
    """Whether a review took points off for a reason it gives, which no method of scoring knows."""
    below = score.difference.number
    return is_review(score.row.table) and bool(score.row.reason) and below is not None and below < 0


def _earned(score: ComputedScore, evaluation: Evaluation) -> bool:
    """Whether the default method for figures, by the indicator's own 指标值, gives the score as filled in."""
    method = evaluation.profile.default_methods.quantitative
    if method is None or score.row.target.quantity is None or score.filled.interval is None:
        return False
    applied = score_by(method, score.row)
    value = value_of(applied.score)
    return isinstance(value, Fraction) and score.filled.interval.holds(value)


def _above_target(evaluation: Evaluation) -> Iterator[Finding]:
    """An indicator of the scorecard far above its target, without a word why."""
    flags = evaluation.profile.flags
    for table in score_tables(evaluation):
        for row in score_rows(table) if table.has("target") and table.has("actual") else ():
            done, aim = comparable(row.actual, row.target), row.target.quantity
            if aim is None or aim.qualifier in ("≤", "<") or done.quantity is None or row.reason:
                continue
            rate = value_of(quotient(done, row.target))
            if isinstance(rate, Fraction) and rate >= Fraction(flags.over_completion):
                must = rate >= Fraction(flags.over_completion_mandatory)
                yield Finding(
                    "over-completion",
                    Severity.WARNING if must else Severity.HINT,
                    row.name,
                    f"{row.name}完成值 {row.actual.text}为指标值 {row.target.text} 的 {quantity_text(rate, RATIO, 4)}，"
                    f"{'必须' if must else '须'}说明原因。",
                    printed=row.actual.text,
                    recomputed=row.target.text,
                    cells=cells_of(row.actual, row.target),
                    remedy="说明目标偏低或超额完成的原因",
                )


def _over_completed(evaluation: Evaluation) -> Iterator[Finding]:
    """Outputs far above their plan, and indicators far above their target without a word why."""
    yield from _above_target(evaluation)
    flags = evaluation.profile.flags
    for output in evaluation.outputs:
        rate = output.completion_rate.number
        if rate is None or rate < Fraction(flags.over_completion):
            continue
        must = rate >= Fraction(flags.over_completion_mandatory)
        yield Finding(
            "over-completion",
            Severity.WARNING if must else Severity.HINT,
            output.item,
            f"{output.item}完成率 {output.completion_rate.text}，超过指标值较多，{'必须' if must else '须'}说明原因。",
            printed=output.actual.text,
            recomputed=output.planned.text,
            cells=cells_of(output.completion_rate.expression),
            about=(output.completion_rate.key,),
            remedy="说明目标偏低或超额完成的原因",
        )


CHECKS = (
    Check(
        "deduction-without-reason",
        "扣分原因",
        "得分低于分值的指标写明扣分原因；有佐证一栏的写明佐证材料",
        find=_unexplained,
        also=("deduction-without-evidence",),
    ),
    Check("deduction-differs", "扣分与分值、得分", "扣分等于分值减得分", constrain=_deductions),
    Check(
        "review-without-reason", "分数调整的原因", "自评、初评、复核、终评之间的改动写明原因", find=_changes
    ),
    Check("computed-score-differs", "填报得分与计分方法", "填报得分与评价规则的计分方法相符", find=_computed),
    Check(
        "over-completion",
        "超额完成",
        "完成率达到 120% 须说明原因，130% 必须说明",
        find=_over_completed,
    ),
)
