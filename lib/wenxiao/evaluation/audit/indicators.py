"""Single indicators of a form: whether 指标值, 完成值 and 得分 can stand beside each other. One finding a kind and a table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wenxiao.evaluation.audit.check import Check
from wenxiao.evaluation.audit.judged_indicators import Judged, group, judged, unscored_tables
from wenxiao.evaluation.audit.reasons import score_tables
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.evaluation.scorecard import is_execution
from wenxiao.evaluation.scoring.application import plain
from wenxiao.evaluation.scoring.rows import is_review
from wenxiao.fields.relations import standard_relations
from wenxiao.fields.wording import tidy
from wenxiao.model import Finding, Missing, Severity, Table
from wenxiao.model.units import NUMBER, RATIO

_UNDONE = re.compile(r"尚未|未能|未完|未达|未全|未实|没有|部分|基本|正在|进行中")
_SAVED = ("节约", "节省", "降低", "下降", "压减", "减少")


def _single(evaluation: Evaluation) -> Iterator[Finding]:
    """What single indicators lack, or state in words or units that cannot be compared."""
    for table in (*score_tables(evaluation), *unscored_tables(evaluation)):
        rows = judged(table)
        yield from _stated(rows)
        computed = {(id(s.row.table), s.row.record) for s in evaluation.scoring if s.agrees is False}
        missed = [
            each
            for each in rows
            if each.full and each.met is False and (id(table), each.row.record) not in computed
        ]
        for severity, some in (
            (Severity.WARNING, [each for each in missed if not each.row.reason]),
            (Severity.HINT, [each for each in missed if each.row.reason]),
        ):
            yield from group(
                "full-marks-target-missed",
                severity,
                some,
                "没有达到指标值，却得满分",
                "按完成程度扣分，或写明不扣分的理由",
            )
        yield from _missed_unsaid(table, rows)
        yield from _half_done(rows)
        yield from _cost_floor(rows)
        yield from _above_whole(rows)
        yield from _repeated(rows)
        yield from _misplaced(rows)
        yield from _all_as_planned(rows)
        yield from _in_words(rows)


def _stated(rows: tuple[Judged, ...]) -> Iterator[Finding]:
    dated = {each.row.record for each in rows if each.dates is not None}
    some = [each for each in rows if each.row.record not in dated]
    lacking = [
        e
        for e in some
        if e.scored and e.row.actual.content is Missing.NOT_PROVIDED and not is_review(e.row.table)
    ]
    yield from group(
        "actual-missing", Severity.WARNING, lacking, "没有完成值，却有得分", "补填完成值，或不计得分"
    )
    aimless = [
        e
        for e in some
        if e.scored and e.row.target.content is Missing.NOT_PROVIDED and not is_execution(e.row.name)
    ]
    if any(each.row.target_text for each in rows):
        yield from group(
            "target-missing", Severity.WARNING, aimless, "没有指标值，得分无从判断", "补填指标值"
        )
    if any(each.row.filled.quantity for each in rows):
        unscored = [e for e in rows if e.row.actual_text and e.row.weight.quantity]
        yield from group(
            "score-missing",
            Severity.WARNING,
            [
                e
                for e in unscored
                if e.row.filled.content is Missing.NOT_PROVIDED and not is_review(e.row.table)
            ],
            "有分值和完成值，没有得分",
            "补填得分；没有完成的填 0",
        )
    words = [
        e for e in some if e.full and e.row.target.quantity and e.row.actual.content is Missing.UNREADABLE
    ]
    yield from group(
        "actual-in-words",
        Severity.WARNING,
        words,
        "的指标值是数，完成值却是文字，得满分没有数可依",
        "把完成值填成与指标值同单位的数",
    )
    yield from _units(some)


def _units(rows: list[Judged]) -> Iterator[Finding]:
    """完成值 in another unit than its 指标值: of another kind, a rate without its sign, another counting word."""
    other: list[Judged] = []
    unsure: list[Judged] = []
    bare: list[Judged] = []
    words: list[Judged] = []
    for each in rows:
        aim, done = each.row.target.quantity, each.row.actual.quantity
        if aim is None or done is None or aim.unit == done.unit:
            continue
        if RATIO in (aim.unit, done.unit) and NUMBER in (aim.unit, done.unit):
            number = done if done.unit == NUMBER else aim
            (unsure if abs(number.value) <= 1 else bare).append(each)
        elif NUMBER not in (aim.unit, done.unit) and aim.unit.dimension != done.unit.dimension:
            other.append(each)
        elif aim.unit.counts and done.unit.counts:
            words.append(each)
    for severity, some, what in (
        (Severity.WARNING, other, "的完成值与指标值单位不同，不能比较"),
        (Severity.HINT, words, "的完成值与指标值量词不同，所数的可能不是同一事物"),
    ):
        yield from group("actual-unit-differs", severity, some, what, "改正单位，或改正其中一数")
    for severity, some in ((Severity.WARNING, unsure), (Severity.HINT, bare)):
        yield from group(
            "percent-sign-missing",
            severity,
            some,
            "的指标值与完成值只有一个有百分号，读作比率还是百分数差一百倍",
            "补上百分号",
        )


def _missed_unsaid(table: Table, rows: tuple[Judged, ...]) -> Iterator[Finding]:
    """Targets missed without a reason in a form without points, where a column asks for one."""
    asked = table.has("reason") and not table.has("weight")
    some = [each for each in rows if asked and each.met is False and not each.row.reason]
    yield from group(
        "missed-without-reason",
        Severity.WARNING,
        some,
        "没有达到指标值，也没有写明原因",
        "写明未完成的原因和改进措施",
    )


def _half_done(rows: tuple[Judged, ...]) -> Iterator[Finding]:
    """Full marks for what the 完成值 itself says is not, or not wholly, done."""
    some = [
        each
        for each in rows
        if each.full
        and each.row.actual.content is Missing.UNREADABLE
        and (said := _UNDONE.search(each.row.actual_text))
        and said[0] not in each.row.target_text
    ]
    yield from group(
        "full-marks-half-done",
        Severity.WARNING,
        some,
        "的完成值写明没有全部达成，却得满分",
        "按达成程度评分（10号 第十六条），或改正完成值",
    )


def _cost_floor(rows: tuple[Judged, ...]) -> Iterator[Finding]:
    """A cost whose 指标值 is a floor: what costs more would be better."""
    some = [
        each
        for each in rows
        if len(each.row.path) > 1
        and "成本" in each.row.path[-2]
        and each.row.target.quantity is not None
        and each.row.target.quantity.qualifier in ("≥", ">")
        and not any(word in each.row.name for word in _SAVED)  # of which more is better
    ]
    yield from group(
        "cost-target-floor",
        Severity.WARNING,
        some,
        "是成本指标，指标值却是下限",
        "成本指标写上限（≤），或换成合适的指标",
    )


def _above_whole(rows: tuple[Judged, ...]) -> Iterator[Finding]:
    """Parts of a whole above 100%: of what cannot be, 错误; of a rate nothing is known of, 警示."""
    above = [
        each
        for each in rows
        if (done := each.row.actual.quantity) is not None
        and done.unit == RATIO
        and done.interval.low is not None
        and done.interval.low > 1
        and not any(word in each.row.name for word in standard_relations().free)
    ]
    sure = [each for each in above if any(word in each.row.name for word in standard_relations().bounded)]
    text = "超过 100%，部分不会大于总体"
    yield from group("share-above-whole", Severity.ERROR, sure, text, "核对完成值")
    rest = [each for each in above if each not in sure and each.row.name.endswith("率")]
    yield from group(
        "share-above-whole", Severity.WARNING, rest, "超过 100%", "核对完成值，属实的写明计算方法"
    )


def _repeated(rows: tuple[Judged, ...]) -> Iterator[Finding]:
    """One indicator scored twice: 警示 where it also states the same, else 提示."""
    by_name: dict[str, list[Judged]] = {}
    for each in rows:
        if len(each.row.path) > 1:
            by_name.setdefault(plain(each.row.name), []).append(each)
    for same in by_name.values():
        if len(same) < 2:
            continue
        alike = len({(each.row.target_text, each.row.actual_text) for each in same}) < len(same)
        where = "、".join("·".join(each.row.path[:-1]) for each in same)
        yield from group(
            "indicator-repeats",
            Severity.WARNING if alike else Severity.HINT,
            same,
            f"在 {where} 下各计一次分",
            "只在一处计分，另一处换成别的指标",
        )


def _misplaced(rows: tuple[Judged, ...]) -> Iterator[Finding]:
    for each in rows:
        above = plain(each.row.path[-2]) if len(each.row.path) > 2 else ""
        own = [
            kind
            for kind, words in standard_relations().levels.items()
            if any(word in each.row.name for word in words)
        ]
        named = [kind for kind in (*standard_relations().levels, "数量") if kind in above]
        if own and named and not set(own) & set(named):
            yield from group(
                "indicator-misplaced",
                Severity.HINT,
                [each],
                f"是{own[0]}指标，列在“{each.row.path[-2]}”下",
                "调整到相应的二级指标下，或换成合适的指标",
            )


def _all_as_planned(rows: tuple[Judged, ...]) -> Iterator[Finding]:
    figures = [each for each in rows if each.row.target.quantity is not None]
    if len(figures) > 3 and all(each.equal for each in figures) and all(each.full for each in rows):
        yield from group(
            "all-as-planned",
            Severity.HINT,
            figures,
            "的完成值都恰等于指标值，全部得满分",
            "核对完成值是否照抄指标值",
        )


def _in_words(rows: tuple[Judged, ...]) -> Iterator[Finding]:
    """A 完成值 that only says the words of its 指标值 again: 长期 against 长期."""
    same = [
        each
        for each in rows
        if (each.full or (each.counted and not each.scored))
        and each.dates is None
        and each.row.target.content is Missing.UNREADABLE
        and tidy(each.row.target_text) == tidy(each.row.actual_text)
    ]
    yield from group(
        "actual-repeats-target",
        Severity.HINT,
        same,
        "的完成值只是重复指标值的文字，得满分没有事实可依",
        "写明做了什么、取得什么效果及其依据",
    )


CHECKS = (
    Check(
        "actual-missing",
        "单项指标",
        "有得分的指标有指标值和完成值，二者单位相同；没有达到指标值（≥、≤、＝、期限）的不得满分；部分不大于总体；"
        "一项指标只计一次分，列在相应的二级指标下；全部满分而完成值都等于指标值的作提示",
        find=_single,
        also=(
            "target-missing",
            "actual-in-words",
            "score-missing",
            "actual-repeats-target",
            "actual-unit-differs",
            "percent-sign-missing",
            "full-marks-target-missed",
            "share-above-whole",
            "indicator-repeats",
            "indicator-misplaced",
            "all-as-planned",
            "missed-without-reason",
            "full-marks-half-done",
            "cost-target-floor",
        ),
    ),
)
