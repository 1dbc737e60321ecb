"""Surveys of satisfaction (满意度调查): who answered and how, the rates, and what their samples leave open."""

from __future__ import annotations

from wenxiao.display.blocks import Paragraph, sentence
from wenxiao.display.inline import Inline, Plain, Quiet, listed, phrase
from wenxiao.display.tables import Head, ReportTable, Row
from wenxiao.evaluation import Evaluation
from wenxiao.evaluation.survey import Survey, overall
from wenxiao.model import Given, Measure, quantity_text
from wenxiao.model.units import RATIO
from wenxiao.project.profile import option_labels


def satisfaction_words(evaluation: Evaluation) -> Paragraph | None:
    """How many forms went out and came back, the rate for all, pooled and as a mean where there are several lines.

    None without a survey of which this can be said.
    """
    parts: list[Inline] = []
    one = overall(evaluation.surveys)
    if one is not None:
        line = one.line
        counts = [
            phrase(word, " ", Plain(given), " 份")
            for word, given in (
                ("发放问卷", line.issued),
                ("回收", line.returned),
                ("有效", line.respondents),
            )
            if given.quantity is not None and (word != "有效" or line.size_word == "样本数")
        ]
        rates = [phrase(each.label, " ", each, Quiet(f"（{each.basis}）")) for each in one.returns]
        if len(counts) > 1 or rates:
            parts += [listed([*counts, *rates], "，"), "。"]
        if one.rate.number is not None:
            parts += ["满意度 ", one.rate, Quiet(f"（{one.rate.basis}）")]
            if one.likert is not None and one.likert.number is not None:
                parts += ["，", one.likert.label, " ", one.likert, Quiet(f"（{one.likert.basis}）")]
            parts += ["。"]
    for summary in evaluation.survey_summaries if one is None else ():
        known: list[Measure] = [*([summary.pooled] if summary.pooled else []), summary.mean]
        named = [phrase(each.label, " ", each, Quiet(f"（{each.basis}）")) for each in known]
        head = summary.table if len(evaluation.survey_summaries) > 1 else ""
        parts += [f"{head}：" if head else "", listed(named, "，"), "。"]
    return sentence(*parts) if parts else None


def satisfaction_table(evaluation: Evaluation) -> ReportTable | None:
    """Satisfaction by group with the number of answers, 未提供 where it is not given; None without a survey."""
    surveys = evaluation.surveys
    if not surveys:
        return None
    sampled = [each.interval for each in surveys if each.interval]
    means = any(each.likert for each in surveys)
    heads = [Head("有效问卷", "人"), Head("满意度")]
    heads += [Head("量表均值")] if means else []
    heads += [Head(f"{sampled[0].confidence}% 置信区间", words=True)] if sampled else []
    rows = tuple(
        Row(
            each.group,
            (
                Plain(each.size),
                Plain(each.rate),
                *([Plain(each.likert) if each.likert else Quiet("—")] if means else []),
                *([_sampled(each)] if sampled else []),
            ),
            kind="summary" if each.whole and len(surveys) > 1 else "data",
        )
        for each in surveys
    )
    table = ReportTable("满意度调查情况", Head("调查对象", words=True), tuple(heads), rows)
    bases = dict.fromkeys(each.rate.basis for each in surveys if each.rate.number is not None)
    if any("÷" in basis for basis in bases):
        table = table.with_notes(f"满意度＝{'；'.join(bases)}。")
    if sampled:
        table = table.with_notes("置信区间只反映抽样误差（Wilson 区间），以有效问卷为随机抽取为前提。")
    reasons = dict.fromkeys(each.open_because for each in surveys if each.open_because)
    return table.with_notes(*reasons)


def answers_table(evaluation: Evaluation) -> ReportTable | None:
    """How the answers are spread: a column an option, counts or the printed percentages; None where none are given."""
    surveys = [each for each in evaluation.surveys if each.options or each.line.shares]
    labels = {
        key: label
        for key, label in option_labels().items()
        if any(key in each.options or key in each.line.shares for each in surveys)
    }
    if len(labels) < 2:
        return None
    rows = tuple(
        Row(
            each.group,
            tuple(_answer(each, key) for key in labels),
            kind="summary" if each.whole and len(surveys) > 1 else "data",
        )
        for each in surveys
    )
    table = ReportTable(
        "满意度调查的选项分布",
        Head("调查对象", words=True),
        tuple(Head(label) for label in labels.values()),
        rows,
        "人" if any(each.options for each in surveys) else "",
    )
    counted = [label for label in labels.values() if label in evaluation.profile.survey.satisfied]
    note = (
        f"按评价规则，计为满意的选项为{'、'.join(counted)}。"
        if counted
        else "评价规则没有把所列选项计为满意。"
    )
    return table.with_notes(note)


def survey_words(evaluation: Evaluation) -> Paragraph | None:
    """What the sample of the survey leaves open in its score and in the total; None where that cannot be said."""
    if not evaluation.survey_effects:
        return None
    effect = evaluation.survey_effects[0]
    low, high = effect.change
    interval = effect.survey.interval
    return sentence(
        f"满意度按其 {interval.confidence if interval else 95}% 置信区间的两端计分，得分在 ",
        effect.least,
        " 至 ",
        effect.most,
        " 之间，总分随之变动 ",
        low,
        " 至 ",
        high,
        "。",
    )


def _answer(survey: Survey, key: str) -> Inline:
    """A count, with its printed percentage where there is one, or the percentage alone."""
    count: Given | None = survey.options.get(key)
    share: Given | None = survey.line.shares.get(key)
    if count is not None and share is not None and share.quantity is not None:
        return phrase(Plain(count), Quiet("（"), Plain(share), Quiet("）"))
    shown = count if count is not None else share
    return Quiet("—") if shown is None else Plain(shown)


def _sampled(survey: Survey) -> Inline:
    if survey.interval is None:
        return Quiet("—")
    ends = (quantity_text(end, RATIO, 4) for end in (survey.interval.low, survey.interval.high))
    return "—".join(ends)
