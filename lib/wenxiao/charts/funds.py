"""The chart of funds: each source's amounts as the money moves on, in the words and for the sources they were given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from wenxiao.charts.chart import Chart, Data, Datum
from wenxiao.charts.columns import Column, numbers
from wenxiao.charts.labels import described, figure, figures, full, listed, rate, reach, ticks
from wenxiao.charts.lettering import shortened
from wenxiao.charts.native import NativeChart, Series, money_format
from wenxiao.charts.page import Page, Room, Words
from wenxiao.charts.rows import Rows
from wenxiao.charts.style import ACCENT, INK, SECOND, STAGE_COLOURS
from wenxiao.evaluation.funds import STAGES, Funds, FundsLine
from wenxiao.model import Measure

_BETWEEN = 12.0


@dataclass(frozen=True, slots=True)
class _Bar:
    """A row: one amount of a source, or the stages it has no amount of, with the word for that."""

    line: FundsLine
    stages: tuple[str, ...]
    first: bool
    absence: str = ""

    @property
    def measure(self) -> Measure:
        return self.line.amounts[self.stages[0]]

    @property
    def number(self) -> Fraction | None:
        return None if self.absence else self.measure.number

    @property
    def stage(self) -> str:
        return "、".join(_short(stage) for stage in self.stages)


def funds_by_source(funds: Funds | None) -> Chart | None:
    """The amounts of each source by stage as given; None where no source has any, or nothing but zeros.

    An amount given for several sources under one merged cell stands as that of the group, after its members; a stage
    that nobody gives is named below the title, not drawn.
    """
    if funds is None:
        return None
    lines = (*funds.lines, *funds.groups)
    stages = [s for s in funds.stages if any(line.amounts[s].number is not None for line in lines)]
    bars = [bar for line in _ordered(funds) for bar in _bars(line, stages, funds)]
    known = [float(bar.number) for bar in bars if bar.number is not None]
    if not any(known):
        return None
    low, high = reach(known)
    key = _rate_key(funds, stages)

    def draw(room: Room) -> Page:
        drawn = iter(figures([bar.measure for bar in bars if bar.number is not None]))
        texts = [bar.absence or next(drawn) for bar in bars]
        columns = [_names(bars, bold=len(stages) > 1)]
        if len(stages) > 1:
            columns.append(Column([Words(bar.stage, SECOND) for bar in bars], most=130))
        columns.append(numbers(texts, [bool(bar.absence) for bar in bars], "万元"))
        chart = Rows(
            room,
            columns,
            (low, high),
            right=[_rates_column(bars, key)] if key else [],
            ticks=ticks(low, high),
            height=22 if len(stages) > 1 else 28,
            before=[
                _BETWEEN * (len(stages) > 1 and bar.first and index > 0) for index, bar in enumerate(bars)
            ],
        )
        for index, bar in enumerate(bars):
            if bar.number is not None:
                end = float(bar.number)
                chart.bar(index, min(end, 0), max(end, 0), STAGE_COLOURS[bar.stages[0]])
        return chart.page

    absent = [STAGES[s] for s in funds.stages if s not in stages and funds.total.amounts[s].number is None]
    whole = [STAGES[s] for s in funds.stages if s not in stages and funds.total.amounts[s].number is not None]
    notes = [f"{'、'.join(absent)}未提供"] if absent else []
    notes += [f"{'、'.join(whole)}只有合计"] if whole else []
    data = Data(
        ("资金来源", *(STAGES[s] for s in funds.stages), *(r.label for r in _rates(funds.total))),
        tuple(_row(line, funds.stages, _rates(funds.total)) for line in (*_ordered(funds), funds.total)),
    )
    subtitle = "；".join([f"各资金来源的{'、'.join(STAGES[s] for s in stages)}，单位：万元", *notes])
    return Chart(
        "funds_by_source",
        _title(funds, stages, key),
        subtitle,
        described(
            "条形图：各资金来源的金额。",
            [f"{_name(bar.line)}{bar.stage} {bar.absence or full(bar.measure)}" for bar in bars],
        ),
        data,
        draw,
        "资金来源与使用情况",
        _native(funds, data, subtitle),
    )


def _native(funds: Funds, data: Data, subtitle: str) -> NativeChart:
    """Amounts by source, a series a stage; the rates beside."""
    amounts = {stage: data.figures(STAGES[stage])[:-1] for stage in funds.stages}
    drawn = {stage: values for stage, values in amounts.items() if any(v is not None for v in values)}
    series = tuple(
        Series(STAGES[s], values, STAGE_COLOURS[s] if len(drawn) > 1 else ACCENT, money_format(values))
        for s, values in drawn.items()
    )
    rates = tuple((each.label, data.figures(each.label)[:-1]) for each in _rates(funds.total))
    if any(value is None for values in drawn.values() for value in values):
        subtitle += "；没有填列的没有条形"
    sources = tuple(map(_name, _ordered(funds)))
    return NativeChart("bars", "资金来源", sources, series, rates, subtitle=subtitle)


def _members(group: FundsLine, funds: Funds) -> list[FundsLine]:
    named = group.source.split("、")
    return [line for line in funds.lines if line.group == group.source or line.source in named]


def _ordered(funds: Funds) -> list[FundsLine]:
    """The sources in the order of the sheets, each group behind its last member."""
    order: list[FundsLine] = []
    for line in funds.lines:
        order.append(line)
        order += [
            group for group in funds.groups if (members := _members(group, funds)) and members[-1] is line
        ]
    return order + [group for group in funds.groups if group not in order]


def _bars(line: FundsLine, stages: Sequence[str], funds: Funds) -> list[_Bar]:
    """The rows of a source: each amount it has, then one for each reason why it lacks others; of a group what it has."""
    given = [stage for stage in stages if line.amounts[stage].number is not None]
    rows = [_Bar(line, (stage,), index == 0) for index, stage in enumerate(given)]
    reasons: dict[str, list[str]] = {}
    for stage in stages:
        if stage not in given and not line.is_group:
            reasons.setdefault(_absence(line, stage, funds), []).append(stage)
    for reason, lacking in reasons.items():
        rows.append(_Bar(line, tuple(lacking), not rows, reason))
    return rows


def _absence(line: FundsLine, stage: str, funds: Funds) -> str:
    """The word for a missing amount: part of a group's, or why it is missing."""
    for group in funds.groups:
        if (
            line in _members(group, funds)
            and group.amounts[stage].given
            and group.amounts[stage].number is not None
        ):
            return f"并入{shortened(group.source, 8)}"
    return line.amounts[stage].text


def _name(line: FundsLine) -> str:
    return f"{line.source}（合并）" if line.is_group else line.source


def _short(stage: str) -> str:
    return STAGES[stage].removesuffix("资金")


def _rates(line: FundsLine) -> list[Measure]:
    """The rates that are known of the whole or may be of a part."""
    return [measure for measure in line.rates.values() if measure.number is not None]


def _has(line: FundsLine, key: str) -> bool:
    return key in line.rates and line.rates[key].number is not None


def _rate_key(funds: Funds, stages: Sequence[str]) -> str:
    """The first rate between two stages shown that any source or the whole has: one, since rates differ in kind."""
    parts = {_short(stage) for stage in stages}
    lines = (funds.total, *funds.lines, *funds.groups)
    keys = (key for line in lines for key, m in line.rates.items() if set(m.basis.split("÷")) <= parts)
    return next((key for key in keys if any(_has(line, key) for line in lines)), "")


def _rates_column(bars: Sequence[_Bar], key: str) -> Column:
    """The rate of each source beside its first bar, what it divides above."""
    cells = [Words(figure(bar.line.rates[key]) if bar.first and _has(bar.line, key) else "") for bar in bars]
    return Column(cells, next(bar.line.rates[key].basis for bar in bars if key in bar.line.rates), "right")


def _names(bars: Sequence[_Bar], *, bold: bool) -> Column:
    cells = [Words(_name(bar.line) if bar.first else "", INK, bold=bold) for bar in bars]
    return Column(cells, most=170, lines=1 if bold else 2)


def _row(line: FundsLine, stages: Sequence[str], rates: Sequence[Measure]) -> tuple[Datum, ...]:
    found = [next((m for m in line.rates.values() if m.label == r.label), "—") for r in rates]
    name = "合计" if line.source == line.amounts[stages[0]].subject == "全项目" else _name(line)
    return (name, *(line.amounts[s] for s in stages), *found)


def _title(funds: Funds, stages: Sequence[str], key: str) -> str:
    """The rate between two stages shown and who has the lowest; else the totals; else the largest source."""
    whole_rate = funds.total.rates.get(key)
    if whole_rate is not None and whole_rate.number is not None:
        return f"{whole_rate.label} {whole_rate.text}（{whole_rate.basis}）{_lowest(funds, key)}"
    totals = [funds.total.amounts[stage] for stage in stages if funds.total.amounts[stage].number is not None]
    if len(totals) > 1:
        return "，".join(f"{total.label}共 {full(total)}" for total in totals)
    stage = stages[0]
    whole = funds.total.amounts[stage]
    amounts = [m for line in funds.lines if (m := line.amounts[stage]).number is not None]
    if not amounts:
        return f"{STAGES[stage]}共 {full(whole)}"
    most = max(amounts, key=lambda m: m.number or 0)
    holders = [m.subject for m in amounts if m.number == most.number]
    if len(amounts) == 1:
        return f"{shortened(most.subject)}{STAGES[stage]} {full(most)}"
    if len(holders) == len(amounts):
        return f"{len(amounts)} 个来源的{STAGES[stage]}相同，各 {full(most)}"
    share = f"，占 {rate((most.number or 0) / whole.number)}" if whole.number and len(holders) == 1 else ""
    top = f"{listed(holders)}最多（{full(most)}{share}）"
    return (
        f"{STAGES[stage]}共 {full(whole)}，{top}" if whole.number is not None else f"{STAGES[stage]}：{top}"
    )


def _lowest(funds: Funds, key: str) -> str:
    """The source whose rate is lowest, where they differ."""
    rates = [line.rates[key] for line in (*funds.lines, *funds.groups) if _has(line, key)]
    if len({m.number for m in rates}) < 2:
        return ""
    least = min(rates, key=lambda m: m.number or 0)
    return f"，{shortened(least.subject)}最低（{least.text}）"
