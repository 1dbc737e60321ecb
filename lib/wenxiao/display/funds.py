"""Funds (资金): amounts by source and stage with their rates, in a table and in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from wenxiao.display.blocks import Paragraph, sentence
from wenxiao.display.inline import Inline, Plain, Quiet, listed, phrase
from wenxiao.display.tables import Head, ReportTable, Row
from wenxiao.evaluation import STAGES, Evaluation, Funds, FundsLine
from wenxiao.evaluation.derived import POOLED
from wenxiao.model import Measure, Standing, quantity_text
from wenxiao.model.units import RATIO, WAN_YUAN

_RATE_HEADS = {"arrival_rate": "到位率", "execution_rate": "执行率", "investment_rate": "投资完成率"}


def funds_table(funds: Funds | None) -> ReportTable | None:
    """Funds by source: a column a stage, then the rates with their denominators; None without funds."""
    if funds is None or not (funds.lines or funds.groups or not funds.years):
        return None
    rates = _rates(funds)
    heads = [Head(STAGES[stage].removesuffix("资金")) for stage in funds.stages]
    heads += [Head(_RATE_HEADS.get(key, rate.label), rate.basis) for key, rate in rates.items()]
    rows = [_row(line, label, level, funds, rates) for line, label, level in _ordered(funds)]
    rows.append(Row("合计", _cells(funds.total, funds, rates), kind="summary"))
    notes: list[Inline] = []
    if funds.groups:
        names = "、".join(group.source for group in funds.groups)
        notes.append(f"{names}的部分数字报送时合并填列，列于该组一行，不再分摊。")
    return ReportTable(
        "资金来源与使用情况", Head("资金来源", words=True), tuple(heads), tuple(rows), "万元", tuple(notes)
    )


def funds_years_table(funds: Funds | None) -> ReportTable | None:
    """Funds by year beside the whole: a row a year with its sources below, the rates with their denominators.

    None without years.
    """
    if funds is None or not funds.years:
        return None
    totals = [year.total for year in funds.years]
    every = [*totals, *(line for year in funds.years for line in year.lines)]
    stages = [
        stage for stage in funds.stages if any(line.amounts[stage].number is not None for line in every)
    ]
    rates = _known_rates((funds.total, *every))
    heads = [Head(STAGES[stage].removesuffix("资金")) for stage in stages]
    heads += [Head(_RATE_HEADS.get(key, rate.label), rate.basis) for key, rate in rates.items()]
    rows = []
    for year in funds.years:
        rows.append(Row(year.total.source, _figures(year.total, stages, rates)))
        if len(year.lines) > 1:
            rows += [Row(line.source, _figures(line, stages, rates), level=1) for line in year.lines]
    rows.append(Row("合计", _figures(funds.total, stages, rates), kind="summary"))
    summed = [STAGES[stage] for stage in stages if stage not in funds.printed_totals]
    table = ReportTable("分年度资金情况", Head("年度", words=True), tuple(heads), tuple(rows), "万元")
    if summed:
        table = table.with_notes(f"{'、'.join(summed)}的合计为各部分之和；有一部分未提供的，合计列为未提供。")
    return table


def funds_years_words(funds: Funds | None) -> Paragraph | None:
    """The rates of each year in words, each with its denominator; None without years or rates."""
    if funds is None:
        return None
    parts: list[Inline] = []
    for key in ("execution_rate", "arrival_rate"):
        known = [
            rate for year in funds.years if (rate := year.total.rates.get(key)) and rate.number is not None
        ]
        if len(known) > 1:
            rates = [phrase(rate.subject, " ", rate) for rate in known]
            parts += [
                "；" if parts else "",
                known[0].label,
                Quiet(f"（{known[0].basis}）"),
                " ",
                listed(rates),
            ]
    return sentence("分年度看，", *parts, "。") if parts else None


def funds_words(funds: Funds | None) -> Paragraph | None:
    """The funds in words: each stage in total with its sources, the rates with their denominators."""
    if funds is None:
        return None
    stages = [stage for stage in funds.stages if funds.total.amounts[stage].number is not None]
    if not stages:
        return None
    parts: list[Inline] = []
    for i, stage in enumerate(stages):
        amount = funds.total.amounts[stage]
        parts += ["；" if i else "", STAGES[stage] + amount.label.removeprefix(STAGES[stage]), " ", amount]
        parts += [Quiet(f"（{amount.condition}）")] if amount.condition else []
        sources = list(_sources(funds, stage))
        if len(sources) > 1:
            parts += ["，其中", listed(sources)]
    parts.append("。")
    rates = [rate for rate in funds.total.rates.values() if rate.number is not None]
    if rates:
        parts += [
            listed([phrase(rate.label, " ", rate, Quiet(f"（{_basis(rate)}）")) for rate in rates], "，"),
            "。",
        ]
    return sentence(*parts)


def totals_words(funds: Funds | None, execution: Measure) -> Paragraph | None:
    """Each stage in total, and the rates with their denominators or else the `execution` rate that is reported.

    None where none is known.
    """
    total = funds.total if funds else None
    known = [(key, each) for key, each in total.amounts.items() if each.number is not None] if total else []
    amounts = [
        phrase(STAGES[key], " ", each, Quiet(f"（{each.condition}）") if each.condition else "")
        for key, each in known
    ]
    rates = [rate for rate in total.rates.values() if rate.number is not None] if total else []
    if not any(rate is execution for rate in rates) and execution.number is not None:
        rates.insert(0, execution)
    told = [phrase(rate.label, " ", rate, Quiet(f"（{_basis(rate)}）")) for rate in rates]
    return sentence(listed([*amounts, *told], "，"), "。") if amounts or told else None


def _basis(rate: Measure) -> str:
    """What a rate is divided by, and what is open about it."""
    return "；".join(filter(None, (rate.basis, rate.condition)))


def investment_words(evaluation: Evaluation) -> Paragraph | None:
    """Money against the total investment that the head gives; None where the funds plan it already."""
    shares = [
        m for m in evaluation.other_measures if m.key.endswith("_to_investment") and m.number is not None
    ]
    if not shares or (evaluation.funds and "investment_rate" in evaluation.funds.total.rates):
        return None
    parts = [
        phrase(m.label, " ", m, Quiet(f"（{m.basis}，总投资 "), m.inputs[-1], Quiet("）")) for m in shares
    ]
    return sentence(listed(parts, "；"), "。")


def derived_words(evaluation: Evaluation) -> Paragraph | None:
    """What reported figures imply, each with the condition under which it holds; None where nothing is derived."""
    known = [m for m in evaluation.other_measures if m.number is not None and m.unit in (RATIO, WAN_YUAN)]
    reported = [m for m in known if m.standing is Standing.REPORTED]
    derived = [m for m in known if m.standing is Standing.DERIVED and m.condition == POOLED]
    parts: list[Inline] = []
    if reported:
        rates = [phrase(_whose(m), m.label, " ", m) for m in reported]
        parts += ["报告所列", listed(rates), "，原始金额未提供。"]
    if derived:
        implied = [phrase(_whose(m), m.label, " ", m, _interval(m)) for m in derived]
        parts += ["据此推算，", listed(implied, "；"), f"。推算{POOLED}，括号内为报告数的位数所允许的范围。"]
    return sentence(*parts) if parts else None


def _whose(measure: Measure) -> str:
    return "" if measure.subject in ("", "全项目") else measure.subject


def _interval(measure: Measure) -> Quiet:
    interval = measure.interval
    if interval is None or interval.low is None or interval.high is None:
        return Quiet("")
    return Quiet(f"（{_end(measure, interval.low)} 至 {_end(measure, interval.high)}）")


def _end(measure: Measure, value: Fraction) -> str:
    return quantity_text(value, measure.unit, measure.places, with_unit=False)


def _rates(funds: Funds) -> dict[str, Measure]:
    """A measure of each kind of rate that any line knows, for its heading; none that is missing in every line."""
    return _known_rates((funds.total, *funds.groups, *funds.lines))


def _known_rates(lines: Sequence[FundsLine]) -> dict[str, Measure]:
    return {
        key: rate
        for line in reversed(lines)
        for key, rate in line.rates.items()
        if any(other.rates[key].number is not None for other in lines if key in other.rates)
    }


def _members(group: FundsLine, funds: Funds) -> list[FundsLine]:
    names = group.source.split("、")
    return [line for line in funds.lines if line.group == group.source or line.source in names]


def _ordered(funds: Funds) -> Iterator[tuple[FundsLine, Inline, int]]:
    """Each group before its members, the rest in source order."""
    placed: set[str] = set()
    for line in funds.lines:
        group = next((g for g in funds.groups if line in _members(g, funds)), None)
        if group is not None and group.source not in placed:
            placed.add(group.source)
            yield group, group.source, 0
        yield line, line.source, 1 if group is not None else 0


def _row(line: FundsLine, label: Inline, level: int, funds: Funds, rates: dict[str, Measure]) -> Row:
    return Row(label, _cells(line, funds, rates), level=level)


def _cells(line: FundsLine, funds: Funds, rates: dict[str, Measure]) -> tuple[Inline, ...]:
    return _figures(line, funds.stages, rates)


def _figures(line: FundsLine, stages: Sequence[str], rates: dict[str, Measure]) -> tuple[Inline, ...]:
    amounts: list[Inline] = [Plain(line.amounts[stage]) for stage in stages]
    return (*amounts, *(Plain(line.rates[key]) if key in line.rates else "" for key in rates))


def _sources(funds: Funds, stage: str) -> Iterator[Inline]:
    """The parts a stage is made of: a group where only the group has a figure."""
    for line, _, level in _ordered(funds):
        amount = line.amounts[stage]
        whole = level == 0 and not (line.is_group and not amount.given)
        if amount.number is not None and (whole or level == 1):
            yield phrase(line.source, " ", amount)
