"""Outputs (产出) as plan against actual, and the surveys of satisfaction, in tables and in words."""

from __future__ import annotations

from wenxiao.display.blocks import Paragraph, sentence
from wenxiao.display.inline import Inline, Plain, Quiet, listed, phrase
from wenxiao.display.tables import Head, ReportTable, Row
from wenxiao.evaluation import Evaluation, Output
from wenxiao.evaluation.survey import Survey
from wenxiao.model import Given, quantity_text
from wenxiao.model.units import RATIO


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


def satisfaction_table(evaluation: Evaluation) -> ReportTable | None:
    """Satisfaction by group with the number of answers, 未提供 where it is not given; None without a survey."""
    surveys = evaluation.surveys
    if not surveys:
        return None
    sampled = any(each.interval for each in surveys)
    heads = [Head("有效问卷", "人"), Head("满意度"), *([Head("95% 置信区间", words=True)] if sampled else [])]
    rows = tuple(
        Row(each.group, (Plain(each.size), Plain(each.rate), *([_sampled(each)] if sampled else [])))
        for each in surveys
    )
    table = ReportTable("满意度调查情况", Head("调查对象", words=True), tuple(heads), rows)
    if sampled:
        table = table.with_notes("置信区间只反映抽样误差（Wilson 区间），以有效问卷为随机抽取为前提。")
    reasons = dict.fromkeys(each.open_because for each in surveys if each.open_because)
    return table.with_notes(*reasons)


def survey_words(evaluation: Evaluation) -> Paragraph | None:
    """What the sample of the survey leaves open in its score and in the total; None where that cannot be said."""
    if not evaluation.survey_effects:
        return None
    effect = evaluation.survey_effects[0]
    low, high = effect.change
    return sentence(
        "满意度按其 95% 置信区间的两端计分，得分在 ",
        effect.least,
        " 至 ",
        effect.most,
        " 之间，总分随之变动 ",
        low,
        " 至 ",
        high,
        "。",
    )


def _sampled(survey: Survey) -> Inline:
    if survey.interval is None:
        return Quiet("—")
    ends = (quantity_text(end, RATIO, 4) for end in (survey.interval.low, survey.interval.high))
    return "—".join(ends)


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
