"""The chart of funds: each source's amounts as the money moves on, in the words and for the sources they were given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from wenxiao.charts.chart import Chart, Data, Datum
from wenxiao.charts.labels import described, figure, listed, rate, reach, ticks
from wenxiao.charts.lettering import shortened
from wenxiao.charts.page import Page, Words
from wenxiao.charts.rows import Column, Rows, numbers
from wenxiao.charts.style import INK, SECOND, STAGE_COLOURS
from wenxiao.evaluation.funds import STAGES, Funds, FundsLine
from wenxiao.model import Measure, shown

_BETWEEN = 12.0


@dataclass(frozen=True, slots=True)
class _Bar:
    line: FundsLine
    stage: str
    first: bool
    words: str

    @property
    def number(self) -> Fraction | None:
        return self.line.amounts[self.stage].number


def funds_by_source(funds: Funds | None) -> Chart | None:
    """The amounts of each source by stage as given; None where no source has any.

    An amount given for several sources under one merged cell stands as that of the group, after its members; a stage
    that nobody gives is named below the title, not drawn.
    """
    if funds is None:
        return None
    lines = (*funds.lines, *funds.groups)
    stages = [s for s in funds.stages if any(line.amounts[s].number is not None for line in lines)]
    bars = [bar for line in _ordered(funds) for bar in _bars(line, stages, funds)]
    known = [float(bar.number) for bar in bars if bar.number is not None]
    if not known:
        return None
    low, high = reach(known)
    rates = [_rate(bar.line) if bar.first else "" for bar in bars]

    def draw(top: float) -> Page:
        columns = [
            Column([Words(_name(bar.line) if bar.first else "", INK, bold=True) for bar in bars], most=170, lines=1 if len(stages) > 1 else 2),
            Column([Words(_short(bar.stage), SECOND) for bar in bars]),
            numbers([figure(bar.line.amounts[bar.stage]) if bar.number is not None else bar.words for bar in bars],
                    [bar.number is None for bar in bars], "万元"),
        ]
        chart = Rows(
            top,
            columns,
            (low, high),
            right=[Column([Words(text, SECOND) for text in rates], "", "right", 170)] if any(rates) else [],
            ticks=ticks(low, high),
            height=22,
            before=[_BETWEEN * (bar.first and index > 0) for index, bar in enumerate(bars)],
        )
        for index, bar in enumerate(bars):
            if bar.number is not None:
                chart.bar(index, min(float(bar.number), 0), max(float(bar.number), 0), STAGE_COLOURS[bar.stage])
        return chart.page

    absent = [STAGES[s] for s in funds.stages if s not in stages and funds.total.amounts[s].number is None]
    whole = [STAGES[s] for s in funds.stages if s not in stages and funds.total.amounts[s].number is not None]
    notes = [f"{'、'.join(absent)}未提供"] if absent else []
    notes += [f"{'、'.join(whole)}只有合计"] if whole else []
    return Chart(
        "funds_by_source",
        _title(funds, stages),
        "；".join([f"各资金来源的{'、'.join(STAGES[s] for s in stages)}，单位：万元", *notes]),
        described(
            "条形图：各资金来源的金额。",
            [f"{_name(bar.line)}{STAGES[bar.stage]} {_amount(bar)}" for bar in bars],
        ),
        Data(
            ("资金来源", *(STAGES[s] for s in funds.stages), *(r.label for r in _rates(funds.total))),
            tuple(_row(line, funds.stages, _rates(funds.total)) for line in (*_ordered(funds), funds.total)),
        ),
        draw,
    )


def _members(group: FundsLine, funds: Funds) -> list[FundsLine]:
    named = group.source.split("、")
    return [line for line in funds.lines if line.group == group.source or line.source in named]


def _ordered(funds: Funds) -> list[FundsLine]:
    """The sources in the order of the sheets, each group behind its last member."""
    order: list[FundsLine] = []
    for line in funds.lines:
        order.append(line)
        order += [group for group in funds.groups if (members := _members(group, funds)) and members[-1] is line]
    return order + [group for group in funds.groups if group not in order]


def _bars(line: FundsLine, stages: Sequence[str], funds: Funds) -> list[_Bar]:
    """The rows of a source: every stage; of a group those it has."""
    shown_stages = [s for s in stages if not line.is_group or line.amounts[s].number is not None]
    return [_Bar(line, s, index == 0, _absence(line, s, funds)) for index, s in enumerate(shown_stages)]


def _absence(line: FundsLine, stage: str, funds: Funds) -> str:
    """The word for a missing amount: part of a group's, or why it is missing."""
    for group in funds.groups:
        if line in _members(group, funds) and group.amounts[stage].given and group.amounts[stage].number is not None:
            return f"并入{shortened(group.source, 8)}"
    return line.amounts[stage].text


def _amount(bar: _Bar) -> str:
    return bar.words if bar.number is None else bar.line.amounts[bar.stage].text_with_unit


def _name(line: FundsLine) -> str:
    return f"{line.source}（合并）" if line.is_group else line.source


def _short(stage: str) -> str:
    return STAGES[stage].removesuffix("资金")


def _rates(line: FundsLine) -> list[Measure]:
    """The rates that are known of the whole or may be of a part."""
    return [measure for measure in line.rates.values() if measure.number is not None]


def _rate(line: FundsLine) -> str:
    """The first known rate with what it divides, without which it says nothing."""
    known = _rates(line)
    return f"{known[0].basis} {figure(known[0])}" if known else ""


def _row(line: FundsLine, stages: Sequence[str], rates: Sequence[Measure]) -> tuple[Datum, ...]:
    found = [next((m for m in line.rates.values() if m.label == r.label), "") for r in rates]
    name = "合计" if line.source == line.amounts[stages[0]].subject == "全项目" else _name(line)
    return (name, *(line.amounts[s] for s in stages), *found)


def _title(funds: Funds, stages: Sequence[str]) -> str:
    total = funds.total
    rate_known = next(iter(_rates(total)), None)
    low = [(m.number, line.source) for line in (*funds.lines, *funds.groups)
           if rate_known and (m := _same(line, rate_known)) is not None and m.number is not None]
    if rate_known is not None:
        text = f"{rate_known.label} {rate_known.text}（{rate_known.basis}）"
        if len(low) > 1 and min(low)[0] != max(low)[0]:
            worst = min(low)
            text += f"，{shortened(worst[1])}最低（{_percent(worst[0])}）"
        return text
    stage = stages[0]
    whole = total.amounts[stage]
    known = [(n, line.source) for line in funds.lines if (n := line.amounts[stage].number) is not None]
    if not known:
        return f"{STAGES[stage]}共 {whole.text_with_unit}"
    most = max(n for n, _ in known)
    names = [name for n, name in known if n == most]
    if len(known) == 1:
        return f"{names[0]}{STAGES[stage]} {shown(most, whole.places)} 万元"
    top = f"{listed(names)}最多（{shown(most, whole.places)} 万元"
    share = f"，占 {rate(most / whole.number)}" if whole.number and len(names) == 1 else ""
    return f"{STAGES[stage]}共 {whole.text_with_unit}，{top}{share}）" if whole.number else f"{STAGES[stage]}：{top}）"


def _same(line: FundsLine, measure: Measure) -> Measure | None:
    return next((m for m in line.rates.values() if m.label == measure.label), None)


def _percent(number: Fraction) -> str:
    return rate(number, 2)
