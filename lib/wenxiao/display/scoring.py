"""Scores by method beside those filled in, and scores through their reviews, as tables."""

from __future__ import annotations

from wenxiao.display.inline import Inline, Plain, Quiet, phrase
from wenxiao.display.tables import Head, ReportTable, Row
from wenxiao.evaluation import Evaluation
from wenxiao.evaluation.scoring import ComputedScore, ReviewedScore, stage_totals, total_change


def computed_table(evaluation: Evaluation) -> ReportTable | None:
    """The scores the rules give beside those filled in, with the difference; None where no method fits an indicator."""
    scores = evaluation.scoring
    if not scores:
        return None
    rows = tuple(Row("—".join(each.row.path), _computed(each)) for each in scores)
    heads = (
        Head("分值"),
        Head("指标值", words=True),
        Head("完成值", words=True),
        Head("填报得分"),
        Head("计算得分"),
        Head("差异"),
        Head("计分方法", words=True),
    )
    title = "填报得分与按评价规则计算的得分"
    table = ReportTable(title, Head("指标", words=True), heads, rows, "分")
    return table.with_notes("差异为填报得分－计算得分；定性指标由评价人在所属分值区间内评定。")


def _computed(score: ComputedScore) -> tuple[Inline, ...]:
    row = score.row
    computed: Inline = Plain(score.computed)
    if score.computed.number is None and score.allowed is not None:
        least, most = score.allowed
        computed = f"{least.text}—{most.text}"
    gap: Inline = Plain(score.difference) if score.difference.number is not None else Quiet("—")
    words = f"{score.method}：{score.note}" if score.note else score.method
    return (
        Plain(row.weight),
        row.target_text or Quiet(row.target.text),
        row.actual_text or Quiet(row.actual.text),
        Plain(row.filled),
        computed,
        gap,
        words,
    )


def review_table(evaluation: Evaluation, district: str = "") -> ReportTable | None:
    """The scores that were changed between 自评 and 终评, or lack a stage, with why; None where the sheet has one stage only.

    Of the project's scorecard, or of one district's. Scores that every stage confirmed are counted below; the scorecard
    has them.
    """
    review = evaluation.district_reviews.get(district, ()) if district else evaluation.review
    if not review:
        return None
    stages = review[0].stages
    reasons = any(each.row.reason or change.reason for each in review for change in each.changes)
    reviewers = any(change.reviewer for each in review for change in each.changes)
    heads = [*(Head(stage.label) for stage in stages), Head("调整")]
    heads += [Head("原因", words=True, internal=True)] if reasons else []
    heads += [Head("复核人", words=True, internal=True)] if reviewers else []
    changed = [each for each in review if each.changes or any(s.score.quantity is None for s in each.stages)]
    rows = [Row("—".join(each.row.path), _reviewed(each, reasons, reviewers)) for each in changed]
    known = stage_totals(review, district) if district else evaluation.review_totals
    totals = [known[stage.key] for stage in stages]
    sums: list[Inline] = [Plain(each.measure) if not each.unscored else each.text for each in totals]
    change = total_change(known, district) if district else evaluation.review_change
    sums += [Plain(change)] if change and change.number is not None else []
    sums += [""] * (len(heads) - len(sums))
    rows.append(Row("合计", tuple(sums), kind="summary"))
    table = ReportTable(f"{district}各阶段评分", Head("指标", words=True), tuple(heads), tuple(rows), "分")
    same = len(review) - len(changed)
    if not same:
        return table
    return table.with_notes(f"{'其余' if changed else ''} {same} 项指标各阶段得分相同，不逐项列出。".strip())


def _reviewed(each: ReviewedScore, reasons: bool, reviewers: bool) -> tuple[Inline, ...]:
    cells: list[Inline] = [Plain(stage.score) for stage in each.stages]
    cells.append(Plain(each.changes[-1].measure) if each.changes else "")
    if reasons:
        cells.append(_told([(c.after.label, c.reason) for c in each.changes]) if each.changes else "")
    if reviewers:
        cells.append(_told([(c.after.label, c.reviewer) for c in each.changes]) if each.changes else "")
    return tuple(cells)


def _told(said: list[tuple[str, str]]) -> Inline:
    """What was said of each change: once where all say the same, else by the stage that made it."""
    words = dict.fromkeys(text for _, text in said)
    if len(words) == 1:
        return next(iter(words)) or Quiet("未写明")
    return phrase(*(part for stage, text in said for part in (Quiet(f"{stage}："), text or "未写明", " ")))
