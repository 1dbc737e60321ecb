"""Errors in indicators and texts; each changes one thing of a form that agrees and leaves the rest agreeing."""

from __future__ import annotations

import random
from decimal import ROUND_HALF_UP, Decimal

from tests.evaluation.filled_forms import Form, Line, plain
from tests.seasons.errors_of_money import Marks, all_met, number, quiet, spend

NO_REASON = ("", "无", "/", "——", "无偏差")


def pick(
    form: Form, rng: random.Random, *kinds: str, full: bool | None = None, level1: str = ""
) -> int | None:
    """Returns the number of an indicator of the kinds, with full marks or without; None where there is none."""
    some = [
        k for k, line in enumerate(form.lines)
        if line.kind in kinds and (full is None or (line.score == line.weight) == full) and line.level1.startswith(level1)
    ]  # fmt: skip
    return rng.choice(some) if some else None


def of(k: int, *parts: str) -> Marks:
    """Returns the marks of an indicator's cells."""
    return tuple(f"{k}/{part}" for part in (parts or ("target", "actual", "score", "name")))


def changed(form: Form, k: int | None, actual: str, reason: str = "") -> Marks:
    """Sets what was done; returns the marks."""
    if k is None:
        return ()
    form.lines[k].actual, form.lines[k].reason = actual, reason
    quiet(form)
    return of(k)


def unmet_full(form: Form, rng: random.Random) -> Marks:
    """A target missed by 4 to 40 per cent, full marks."""
    k = pick(form, rng, "count", "share", "satisfaction", full=True)
    if k is None or form.lines[k].aim < 4:
        return ()
    line = form.lines[k]
    if line.unit == "%":
        return changed(form, k, f"{plain(line.aim - rng.choice((2, 5, 8)))}%")
    done = min(line.aim - 1, (line.aim * rng.randint(60, 96) / 100).to_integral_value(ROUND_HALF_UP))
    return changed(form, k, f"{done}{line.unit}")


def no_reason(form: Form, rng: random.Random) -> Marks:
    """Points taken off, and no word why."""
    k = pick(form, rng, "count", "share", "satisfaction", full=False)
    if k is None:
        return ()
    form.lines[k].reason = rng.choice(NO_REASON)
    return of(k, "score", "weight", "name", "reason", "actual")


def ceiling(form: Form, rng: random.Random) -> Marks:
    """More than a ceiling allows, full marks."""
    k = pick(form, rng, "unit cost", "cost")
    assert k is not None
    line = form.lines[k]
    if line.kind == "cost" or rng.random() < 0.4:
        line.name, aim, unit = rng.choice(
            (("安全责任事故", 1, "起"), ("投诉件数", 6, "件"), ("返工处数", 4, "处"), ("单位成本", 420, "元"))
        )
        line.level2 = "成本指标" if unit == "元" else "质量指标"
        line.target, line.actual = (
            f"{rng.choice(('≤', '不超过', '不高于'))}{aim}{unit}",
            f"{aim * 2 if aim < 100 else aim + 61}{unit}",
        )
    else:
        line.actual = f"{plain((line.aim * Decimal(rng.choice(('1.15', '1.3', '1.6')))).quantize(Decimal('0.1')))}{line.unit}"
    return of(k)


def far_above(form: Form, rng: random.Random) -> Marks:
    """130 per cent and more without a word."""
    k = pick(form, rng, "count", full=True)
    if k is None:
        return ()
    line = form.lines[k]
    done = (line.aim * rng.choice((136, 160, 240, 410)) / 100).to_integral_value(ROUND_HALF_UP)
    return (
        changed(form, k, f"{done}{line.unit}", rng.choice(("", "无"))) if done * 100 >= line.aim * 130 else ()
    )


def met_deducted(form: Form, rng: random.Random) -> Marks:
    """Met, and points taken off."""
    k = pick(form, rng, "count", "share", "satisfaction", full=True)
    if k is None:
        return ()
    line = form.lines[k]
    line.score -= rng.choice((1, 2)) if line.weight > 3 else 1
    line.reason = rng.choice(("", "留有余地", "谦虚扣分"))
    form.sum_up()
    return of(k, "score", "actual", "name", "reason", "weight")


def words(form: Form, rng: random.Random) -> Marks:
    """A word where a number is asked, full marks."""
    k = pick(form, rng, "count", "share", "satisfaction", "unit cost", full=True)
    return changed(
        form,
        k,
        rng.choice(("已完成", "全部完成", "按计划完成", "达到预期", "较好", "符合要求", "完成年度任务")),
    )


def actual_empty(form: Form, rng: random.Random) -> Marks:
    """Nothing said of what was done, full marks."""
    k = pick(form, rng, "count", "share", "words", "date", "satisfaction", "cost", "unit cost", full=True)
    return changed(form, k, rng.choice(("", "", "/", "—")))


def target_empty(form: Form, rng: random.Random) -> Marks:
    """No target."""
    k = rng.randrange(len(form.lines))
    form.lines[k].target = rng.choice(("", "", "/", "—"))
    return of(k)


def other_unit(form: Form, rng: random.Random) -> Marks:
    """Done in another unit than asked."""
    k = pick(form, rng, "count", full=True)
    if k is None or not form.lines[k].unit:
        return ()
    line = form.lines[k]
    others = [unit for unit in ("公里", "万元", "户", "平方米", "吨", "人次", "%") if unit not in line.unit]
    return changed(form, k, f"{plain(line.aim)}{rng.choice(others)}")


def twice(form: Form, rng: random.Random) -> Marks:
    """An output again as an effect."""
    a = pick(form, rng, "count", "share", full=True, level1="产出")
    b = pick(form, rng, "count", full=True, level1="效益")
    if a is None or b is None:
        return ()
    for part in ("name", "target", "actual", "unit", "aim", "kind"):
        setattr(form.lines[b], part, getattr(form.lines[a], part))
    return (*of(a), *of(b))


def misplaced(form: Form, rng: random.Random) -> Marks:
    """A third level that its second level does not hold."""
    k = pick(form, rng, "count", full=True, level1="产出")
    if k is None:
        return ()
    line = form.lines[k]
    line.name, line.target, line.actual = rng.choice((
        ("资金支付率", "≥95%", "97%"), ("工程验收合格率", "≥98%", "100%"), ("服务对象满意度", "≥90%", "94%"),
        ("按期完工率", "100%", "100%"), ("单位成本", "≤300元", "280元"), ("资金到位率", "100%", "100%"),
    ))  # fmt: skip
    quiet(form)
    return (*of(k), f"{k}/level2")


def floor_of_cost(form: Form, rng: random.Random) -> Marks:
    """A floor for a cost."""
    k = pick(form, rng, "cost", "unit cost")
    assert k is not None
    line = form.lines[k]
    line.target = f"{rng.choice(('≥', '≥', '不低于', '不少于'))}{plain(line.aim)}{line.unit}"
    line.actual = f"{plain(line.aim)}{line.unit}"
    return of(k)


def no_survey(form: Form, rng: random.Random) -> Marks:
    """A satisfaction that nothing says was asked."""
    form.layout["survey"] = False
    k = pick(form, rng, "satisfaction")
    assert k is not None
    return of(k)


def copied(form: Form, rng: random.Random) -> Marks:
    """What was reached in the words of what was meant, as they are or nearly."""
    meant = form.goal[0]
    if len(meant) < 15:
        return ()
    form.goal = (
        meant,
        rng.choice(
            (
                meant,
                meant.rstrip("。"),
                "已完成：" + meant,
                meant.replace("保障", "保障了").replace("完成", "完成了"),
            )
        ),
    )
    return ("goal", "outcome")


def all_equal(form: Form, _rng: random.Random) -> Marks:
    """All marks full, all values just their targets."""
    spend(form, Decimal(1))
    for line in form.lines:
        all_met(line)
        if line.kind in ("words", "date"):
            line.actual = line.target
        if line.kind == "cost":
            line.actual = f"{plain(number(form.whole[2]))}万元"
    quiet(form)
    form.sum_up()
    return tuple(f"{k}/{part}" for k in range(len(form.lines)) for part in ("actual", "score", "target"))


def template(form: Form, _rng: random.Random) -> Marks:
    """Rows of the template left as they were."""
    form.layout["template"] = True
    return ("template",)


def late(form: Form, rng: random.Random) -> Marks:
    """Done after the day, full marks."""
    k = next(k for k, line in enumerate(form.lines) if line.level2 == "时效指标")
    line, y = form.lines[k], form.year
    line.name, line.kind = rng.choice(("完成时间", "竣工时间", "任务完成时限")), "date"
    line.target, line.actual = rng.choice((
        (f"{y}年12月31日前", f"{y + 1}年2月9日"), (f"{y}年9月底前", f"{y}年11月"), (f"{y}年11月30日前", f"{y}年12月18日完工"),
        (f"{y}年6月前", f"{y}年8月3日"), (f"≤{y}年10月", f"{y}年12月"), ("10月底前", "11月20日"), (f"{y}/9/30", f"{y}/10/25"),
    ))  # fmt: skip
    line.score, line.reason = line.weight, ""
    return of(k)


def share_above(form: Form, rng: random.Random) -> Marks:
    """A share above the whole."""
    k = pick(form, rng, "share", "satisfaction", full=True)
    return changed(form, k, rng.choice(("103%", "110.5%", "128%")))


def sign_missing(form: Form, rng: random.Random) -> Marks:
    """A share without its sign, of one or of a hundred."""
    k = pick(form, rng, "share", "satisfaction", full=True)
    if k is None:
        return ()
    held = Decimal(form.lines[k].actual[:-1])
    return changed(form, k, rng.choice((plain(held / 100), plain(held))))


def word_for_word(form: Form, rng: random.Random) -> Marks:
    """A word answered by itself, or a share that nothing measures for an effect in words."""
    k = pick(form, rng, "words")
    if k is None:
        return ()
    line = form.lines[k]
    if line.target[0] == "≥":
        line.target = "长期"
    line.actual = rng.choice((line.target, line.target, "长期"))
    if line.actual != line.target:
        line.target = line.actual
    line.score, line.reason = line.weight, ""
    form.sum_up()
    return of(k)


def partly_full(form: Form, rng: random.Random) -> Marks:
    """Said to be reached in part, full marks."""
    k = pick(form, rng, "words", full=True)
    return changed(
        form,
        k,
        rng.choice(
            ("部分达成预期指标并具有一定效果", "部分完成", "尚未完全实现", "基本未达到预期", "部分达到")
        ),
    )


def head_differs(form: Form, rng: random.Random) -> Marks:
    """A goal with another figure than its indicator, or a result with other spending than the table."""
    k = pick(form, rng, "count", level1="产出")
    assert k is not None
    line: Line = form.lines[k]
    if rng.random() < 0.6:
        unit = line.unit or line.name.removesuffix("）").split("（")[-1]
        name = line.name.split("（")[0]
        form.goal = (
            f"{name}{plain(line.aim + max(4, line.aim // 4))}{unit}，确保{form.project}按时完成。",
            f"{form.project}有序实施。",
        )
    else:
        amount = plain(number(form.whole[2]) + rng.choice((26, 88)))
        form.goal = (
            f"保障{form.project}有序实施。",
            f"全年{rng.choice(('支出', '执行资金', '实际使用资金'))}{amount}万元，{form.project}有序实施。",
        )
    return ("goal", "outcome")
