"""Outputs (产出) as plan against actual, in a table and in words."""

from __future__ import annotations

from wenxiao.display.blocks import Paragraph, sentence
from wenxiao.display.inline import Inline, Plain, Quiet, listed, phrase
from wenxiao.display.tables import Head, ReportTable, Row
from wenxiao.evaluation import Evaluation, Output
from wenxiao.model import Given


def outputs_table(evaluation: Evaluation) -> ReportTable | None:
    """Plan, actual and completion rate of each output; None where no table gives any."""
    outputs = evaluation.outputs
    if not outputs:
        return None
    started = any(each.started is not None and each.started.quantity for each in outputs)
    heads = [Head("单位", words=True), Head("计划")]
    heads += [Head("开工")] if started else []
    heads += [Head("完成"), Head("完成率", "实际÷计划")]
    rows = tuple(Row(each.item, _cells(each, started)) for each in outputs)
    return ReportTable("产出完成情况", Head("产出指标", words=True), tuple(heads), rows)


def outputs_words(evaluation: Evaluation) -> Paragraph | None:
    """The outputs in words: the completion rates that can be computed, else what was started or planned."""
    rated = [
        each for each in evaluation.outputs if each.completion_rate.number is not None and not each.words
    ]
    if rated:
        parts = [phrase(_name(each), " ", each.completion_rate) for each in rated]
        return sentence("产出完成率", Quiet("（实际÷计划）"), "：", listed(parts), "。")
    words = [each for each in evaluation.outputs if each.words]
    if words:
        plans = [phrase(_name(each), " ", each.planned) for each in words]
        return sentence("计划", listed(plans), f"，报送资料称{words[0].words}，未另列完成数量。")
    started = [each for each in evaluation.outputs if each.started is not None and each.started.quantity]
    if started:
        counts = [phrase(_name(each), " ", each.started or "") for each in started]
        return sentence("开工", listed(counts), "；计划数与完成数未提供，完成率无从计算。")
    return None


def _name(output: Output) -> str:
    return (
        output.item.removeprefix("改造").removeprefix("惠及")
        if len(output.item) > len("改造")
        else output.item
    )


def _cells(output: Output, started: bool) -> tuple[Inline, ...]:
    cells: list[Inline] = [Quiet(_unit(output)), Plain(output.planned)]
    if started:
        cells.append(Plain(output.started) if output.started else "")
    cells.append(output.words or Plain(output.actual))
    return (*cells, Plain(output.completion_rate))


def _unit(output: Output) -> str:
    figures: tuple[Given | None, ...] = (output.planned, output.actual, output.started)
    return next((each.quantity.unit.symbol for each in figures if each and each.quantity), "")
