"""Monitoring (绩效运行监控): spending and goals against time and the rules, the forecast, and the list of what is to be put right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from wenxiao.display.blocks import Paragraph, sentence
from wenxiao.display.cells import ranges
from wenxiao.display.inline import GradeWord, Inline, Plain, Quiet, listed, phrase
from wenxiao.display.key_points import KeyPoint, KeyPoints
from wenxiao.display.summary import Strip, Tile
from wenxiao.display.tables import Head, ReportTable, Row
from wenxiao.evaluation.monitoring import LIGHTS, Checkpoint, Monitored, Signal
from wenxiao.model import quantity_text
from wenxiao.model.units import RATIO
from wenxiao.project.profile import Profile

_PROJECT = Head("项目", words=True)
_FEW = 3
_SPENDING, _GOALS, _DUE = "支出进度", "绩效目标完成进度", "整改清单"


def rules_words(profile: Profile) -> Paragraph:
    """What the rules set for monitoring, and what they leave open."""
    rule, parts = profile.monitoring, []
    if rule.spent_by:
        due = "、".join(f"{month}月底 {_share(share)}" for month, share in sorted(rule.spent_by.items()))
        parts.append(f"支出应达到全年预算的比例为{due}")
    if rule.lights:
        against = "应达到的比例" if rule.spent_by else "时间进度"
        each = "、".join(
            f"{LIGHTS[light]}超过 {_share(share).removesuffix('%')} 个百分点"
            for light, share in rule.lights.items()
        )
        parts.append(f"落后于{against}：{each}，其余为绿灯")
    if rule.goals_apart is not None:
        points = _share(rule.goals_apart).removesuffix("%")
        parts.append(f"目标完成进度与执行率相差超过 {points} 个百分点的预警")
    if rule.answer_within:
        parts.append(f"收到预警之日起 {rule.answer_within} 个工作日内提出处理意见")
    if rule.reason_from:
        parts.append(_REASONS[rule.reason_from])
    if not (rule.spent_by or rule.lights):
        parts.insert(0, "没有规定序时要求和亮灯标准，只列支出进度，不作判定")
    said = "；".join(parts)
    return sentence(f"监控按{profile.title}：{said}。依据：{profile.source}。")


_REASONS = {
    "deviation": "有偏差的指标须填写偏差原因", "yellow": "红灯、黄灯须填写原因", "red": "红灯须填写原因",
}  # fmt: skip


def monitoring_tiles(monitored: Sequence[Monitored]) -> Strip | None:
    """How many projects, up to when, how many with a warning, how much is due."""
    if not monitored:
        return None
    months = {each.last.reached.month for each in monitored if each.last is not None}
    when = f"{max(months)}月底" if months else "—"
    behind, unjudged = (
        sum(each.behind for each in monitored),
        sum(not each.signal.light for each in monitored),
    )
    first = monitored[0].last
    tiles = [Tile("项目", str(len(monitored)), "个")]
    if len(monitored) == 1 and first is not None:
        tiles = [Tile("执行率", Plain(first.reached.rate), first.reached.rate.basis)]
    tiles.append(Tile("截至", when, f"时间进度 {_percent(max(months), 12)}" if months else ""))
    if any(each.signal.light or any(s.light for s in each.goal_signals) for each in monitored):
        note = f"{unjudged} 个未判定" if unjudged else ""
        tiles.append(Tile("有预警的项目", str(behind), note))
    tiles.append(Tile("整改事项", str(sum(len(each.due) for each in monitored)), "条"))
    return Strip(tuple(tiles))


def monitoring_points(monitored: Sequence[Monitored]) -> KeyPoints | None:
    """How spending stands, where goals and spending part, what it may come to, what is due."""
    if not monitored:
        return None
    spending = spending_words(monitored)
    apart = [
        phrase(each.project, "的", goal.name, "完成 ", goal.progress, "，执行率 ", goal.execution)
        for each in monitored
        for goal, signal in zip(each.goals, each.goal_signals, strict=True)
        if signal.behind and goal.progress is not None and goal.execution is not None
    ]
    due = [each for one in _furthest(monitored) for each in one.due]
    points = [KeyPoint("支出", spending.words, _SPENDING)] if spending else []
    if apart:
        more = f"等 {len(apart)} 项" if len(apart) > _FEW else ""
        points.append(
            KeyPoint("目标", phrase(listed(apart[:_FEW], "；"), more, "，目标与支出不相称。"), _GOALS)
        )
    if due:
        said = "；".join(f"{each.project}：{each.problem}" for each in due[:_FEW])
        more = f"（共 {len(due)} 条）" if len(due) > _FEW else ""
        points.append(KeyPoint("整改", f"{said}{more}。", _DUE))
    return KeyPoints(tuple(points)) if points else None


def spending_words(monitored: Sequence[Monitored]) -> Paragraph | None:
    """Who is behind at the last month, by the rules or, where they set nothing, of time; who cannot be judged, and why."""
    known = [
        each for each in monitored if each.last is not None and each.last.reached.rate.number is not None
    ]
    parts: list[Inline] = []
    if any(each.signal.light for each in known):
        behind = _furthest(each for each in known if each.signal.behind)
        lights = [phrase("（", GradeWord(each.signal.label), "，", each.signal.rule, "）") for each in behind]
        parts += _named("执行落后：", behind, lights) or ["没有项目落后于规定的进度。"]
    else:
        slow = [
            each for each in known if each.last and (each.last.reached.rate.number or 0) < each.last.elapsed
        ]
        times = [phrase("（", f"时间进度 {_elapsed(each.last)}", "）") for each in slow if each.last]
        parts += _named("执行率低于时间进度：", slow, times) or (
            ["没有项目的执行率低于时间进度。"] if known else []
        )
    unknown = [each for each in monitored if each not in known]
    if unknown:
        names = "、".join(each.project for each in unknown[:_FEW])
        reasons = list(dict.fromkeys(each.signal.rule for each in unknown))
        parts.append(f"未判定：{names}{_more(unknown)}（{'；'.join(reasons[:_FEW])}）。")
    return sentence(*parts) if parts else None


def _named(lead: str, among: Sequence[Monitored], said: Sequence[Inline]) -> list[Inline]:
    """The first of some projects with their rates and what is said of each, and how many there are; nothing without any."""
    some = [phrase(each.project, " ", _rate(each), words) for each, words in zip(among, said, strict=True)]
    return [lead, listed(some[:_FEW], "；"), _more(among), "。"] if some else []


def _furthest(monitored: Iterable[Monitored]) -> list[Monitored]:
    """Those furthest behind first, those that cannot be judged last."""
    return sorted(
        monitored, key=lambda each: -(each.last.lag.number or 0) if each.last and each.last.lag else 1
    )


def _more(among: Sequence[Monitored]) -> str:
    return f"等 {len(among)} 个项目" if len(among) > _FEW else ""


def spending_table(monitored: Sequence[Monitored]) -> ReportTable | None:
    """Budget and spending of each project at its last month, against time and what is due by then, with the light and its rule.

    Where the rules set nothing there is no column for it.
    """
    shown = [each for each in monitored if each.progress.reached or each.progress.lacking]
    if not shown:
        return None
    heads = [
        Head("全年预算", "万元"), Head("截至", words=True), Head("累计支出", "万元"), Head("执行率"), Head("时间进度"),
        Head("应达到"), Head("判定", words=True), Head("依据", words=True),
    ]  # fmt: skip
    rows = [(each.project, list(_spending(each))) for each in shown]
    note = "执行率为累计支出÷全年预算；应达到的比例和判定按评价规则。"
    if not any(each.signal.light for each in shown):
        note = "执行率为累计支出÷全年预算；没有规定序时要求的时点不作判定。"
        heads[5:] = [Head("说明", words=True)]
        for (_, cells), each in zip(rows, shown, strict=True):
            cells[5:] = ["" if each.last and each.last.reached.rate.number is not None else each.signal.rule]
    table = ReportTable(
        "支出进度", _PROJECT, tuple(heads), tuple(Row(name, tuple(cells)) for name, cells in rows)
    )
    return table.with_notes(note)


def periods_table(monitored: Sequence[Monitored]) -> ReportTable | None:
    """The execution rate of each project at each month end, below the share of time that is over."""
    several = [each for each in monitored if len(each.checkpoints) > 1]
    shown = [each for each in several if each.progress.budget.number]
    months = sorted({point.reached.month for each in shown for point in each.checkpoints})
    if not months:
        return None
    rows = [Row("时间进度", tuple(_percent(month, 12) for month in months), kind="group")]
    for each in shown:
        rates = {point.reached.month: point.reached.rate for point in each.checkpoints}
        rows.append(Row(each.project, tuple(Plain(rates[m]) if m in rates else Quiet("—") for m in months)))
    return ReportTable("各月末执行率", _PROJECT, tuple(Head(f"{month}月") for month in months), tuple(rows))


def goals_table(monitored: Sequence[Monitored]) -> ReportTable | None:
    """Each indicator's progress against the execution at the same time; without a comparison why there is none."""
    rows: list[Row] = []
    several = len(monitored) > 1
    for each in monitored:
        if each.goals and several:
            rows.append(Row(each.project, (), kind="group"))
        rows += [
            Row(
                goal.name,
                (
                    goal.target.text if goal.target.quantity else goal.target.raw or goal.target.text,
                    goal.actual.text if goal.actual.quantity else goal.actual.raw or goal.actual.text,
                    Plain(goal.progress) if goal.progress else Quiet("—"),
                    Plain(goal.execution) if goal.execution else Quiet("—"),
                    Plain(goal.apart) if goal.apart else Quiet("—"),
                    _light(signal),
                    phrase(signal.rule, Quiet(f"；{goal.deviates}") if goal.deviates else ""),
                ),
            )
            for goal, signal in zip(each.goals, each.goal_signals, strict=True)
        ]
    if not rows:
        return None
    heads = (
        Head("指标值", words=True), Head("执行情况", words=True), Head("完成进度"), Head("同期执行率"), Head("相差"),
        Head("判定", words=True), Head("依据", words=True),
    )  # fmt: skip
    return ReportTable("绩效目标完成进度与执行率", Head("指标", words=True), heads, tuple(rows)).with_notes(
        "完成进度为执行情况÷指标值，相差为完成进度－执行率；比率指标和上限指标不随时间累积，不比较。"
    )


def forecast_table(monitored: Sequence[Monitored]) -> ReportTable | None:
    """The execution rate at the year's end by each method and its range; why there is none where there is none."""
    if not any(each.forecast.methods for each in monitored):
        return None
    names = list(dict.fromkeys(_method(m.label) for each in monitored for m in each.forecast.methods))
    rows = []
    for each in monitored:
        found = {_method(m.label): m for m in each.forecast.methods}
        low, high = each.forecast.low, each.forecast.high
        span: Inline = Quiet(each.forecast.why_not)
        if low is not None and high is not None:
            same = low.text == high.text
            span = phrase(Plain(low), "（各方法相同）") if same else phrase(Plain(low), "～", Plain(high))
        rows.append(
            Row(each.project, (*(Plain(found[n]) if n in found else Quiet("—") for n in names), span))
        )
    heads = (*(Head(name) for name in names), Head("预测范围", words=True))
    return ReportTable("年末执行率预测", _PROJECT, heads, tuple(rows)).with_notes(
        "按时间比例：累计支出×12÷已过月数；按近几个月：累计支出＋近几个月平均×剩余月数；按上年同期比重：累计支出÷上年同期支出占上年全年的比重；单位预计：监控表所填全年预计执行数。"
        "均除以全年预算，未计入年末集中支付或调整预算，高于 100% 表示按此进度预算将提前用完。预测是推算，不是承诺。"
    )


def rectification_table(monitored: Sequence[Monitored]) -> ReportTable | None:
    """The list of what is to be put right, a line an item; None where nothing is due."""
    due = [each for one in monitored for each in one.due]
    if not due:
        return None
    heads = tuple(Head(name, words=True) for name in ("事项", "要求", "依据", "期限", "单元格"))
    rows = tuple(
        Row(each.project, (each.problem, each.due, each.rule, each.until, Quiet(str(ranges(each.cells)))))
        for each in due
    )
    return ReportTable("整改清单", _PROJECT, heads, rows)


def _spending(each: Monitored) -> tuple[Inline, ...]:
    last, signal = each.last, each.signal
    said = (_light(signal), signal.rule)
    budget = Plain(each.progress.budget)
    if last is None:
        return (budget, Quiet("—"), Quiet("暂不计算"), Quiet("暂不计算"), Quiet("—"), Quiet("—"), *said)
    due: Inline = (
        _percent(last.due.numerator, last.due.denominator) if last.due is not None else Quiet("未规定")
    )
    return (
        budget,
        f"{last.reached.month}月底",
        Plain(last.reached.spent),
        Plain(last.reached.rate),
        _elapsed(last),
        due,
        *said,
    )


def _light(signal: Signal) -> Inline:
    return GradeWord(signal.label) if signal.light else Quiet(signal.label)


def _rate(each: Monitored) -> Inline:
    return each.last.reached.rate if each.last is not None else ""


def _elapsed(point: Checkpoint) -> str:
    return _percent(point.elapsed.numerator, point.elapsed.denominator)


def _percent(part: int, whole: int) -> str:
    return quantity_text(Fraction(part, whole), RATIO, 4)


def _share(share: Decimal) -> str:
    return quantity_text(share, RATIO, 2 if (share * 100) % 1 == 0 else 4)


def _method(label: str) -> str:
    return label.partition("（")[2].removesuffix("）")
