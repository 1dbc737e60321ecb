"""Satisfaction surveys (满意度调查): from counts of answers to rates by the profile's rule, and what their samples leave open.

Evaluation scores are not samples and have no sampling interval; a survey's rate has one, of its respondents (METHODS).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from wenxiao.evaluation.sampling import SampleInterval, possible_counts, wilson
from wenxiao.evaluation.survey_lines import SurveyLine, survey_lines
from wenxiao.model import (
    Constant,
    Expression,
    Given,
    Measure,
    Missing,
    Named,
    Standing,
    Table,
    mean,
    product,
    quotient,
    total,
    value_of,
)
from wenxiao.model.units import PERSONS, RATIO
from wenxiao.project.profile import SurveyRule, option_labels


@dataclass(frozen=True, eq=False)
class Survey:
    """One line of a survey: who was asked, how many answered and how, the printed rate, and what follows.

    `rate` is satisfied ÷ respondents where both are given, or from the answers by the profile's rule, else the rate as
    printed; `size` is the number of respondents and `counted` the number satisfied, None where neither a count nor answers
    give it. `options` are the answers by key, counts, `shares` what is printed of them in per cent. `likert` is the weighted
    mean of all answers where the profile asks for it. `interval` is the Wilson interval of a binary rate with known
    respondents, else None, and `open_because` says why. `whole` marks the total line of a table.
    """

    group: str
    respondents: Given
    satisfied: Given
    printed: Given
    rate: Measure
    size: Measure
    interval: SampleInterval | None
    open_because: str
    line: SurveyLine
    counted: Expression | None = None
    likert: Measure | None = None
    returns: tuple[Measure, ...] = ()
    whole: bool = False

    @property
    def options(self) -> Mapping[str, Given]:
        """The number of each answer, by key."""
        return self.line.options


@dataclass(frozen=True, eq=False)
class SurveySummary:
    """The lines of one table together: the pooled rate (汇总口径) and the plain mean of their rates, which are two numbers."""

    table: str
    pooled: Measure | None
    mean: Measure


def surveys_of(tables: Sequence[Table], rule: SurveyRule | None = None) -> tuple[Survey, ...]:
    """The lines of all tables of satisfaction surveys, in sheet order, each table's total behind its lines."""
    chosen = rule or SurveyRule()
    return tuple(
        _survey(line, chosen)
        for table in tables
        if table.kind == "satisfaction"
        for line in survey_lines(table, tables)
    )


def summaries_of(surveys: Sequence[Survey]) -> tuple[SurveySummary, ...]:
    """The pooled rate and the mean of each table with several lines that ask different people one thing.

    Lines that are questions to the same people are not pooled.
    """
    result = []
    for table in dict.fromkeys(survey.line.table for survey in surveys):
        lines = [s for s in surveys if s.line.table == table and not s.whole]
        rates = [survey.rate.expression for survey in lines if survey.rate.number is not None]
        if len(lines) < 2 or len(rates) < len(lines) or any(survey.line.question for survey in lines):
            continue
        counts = [survey.counted for survey in lines if survey.counted is not None]
        pooled = None
        if len(counts) == len(lines):
            pooled = Measure(
                f"satisfaction/pooled/{table}",
                "满意度",
                quotient(
                    Named("满意人数合计", total(counts)),
                    Named("样本数合计", total([survey.size.expression for survey in lines])),
                ),
                RATIO,
                4,
                subject=table,
                basis="汇总口径",
            )
        plain = Measure(
            f"satisfaction/mean/{table}",
            "平均满意度",
            mean(rates),
            RATIO,
            4,
            subject=table,
            basis=f"简单平均，{len(rates)} 个",
        )
        result.append(SurveySummary(table, pooled, plain))
    return tuple(result)


def overall(surveys: Sequence[Survey]) -> Survey | None:
    """The one survey that speaks for all: the only line there is, or the only total; else None."""
    if len(surveys) == 1:
        return surveys[0]
    totals = [survey for survey in surveys if survey.whole]
    return totals[0] if len(totals) == 1 else None


@dataclass(frozen=True)
class _Counting:
    """How the rate of a line is made: the number satisfied, the rate as a tree, and what it is called."""

    counted: Expression | None
    rate: Expression
    basis: str
    standing: Standing = Standing.COMPUTED
    sizes: Expression | None = field(default=None)


def _survey(line: SurveyLine, rule: SurveyRule) -> Survey:
    size: Expression = line.respondents
    word = line.size_word
    if line.respondents.quantity is None and line.complete:
        size, word = Named(f"{line.name}各选项人数之和", total(list(line.options.values()))), "各选项人数之和"
    counting = _counting(line, rule, size, word)
    rate = Measure(
        f"satisfaction/rate/{line.key}",
        "满意度",
        counting.rate,
        RATIO,
        4,
        subject=line.name,
        basis=counting.basis,
        standing=counting.standing,
    )
    interval, why = _sampled(counting, line, size, rule.confidence)
    respondents = Measure(
        f"satisfaction/respondents/{line.key}", "有效问卷数", size, PERSONS, 0, line.name, "调查结果"
    )
    return Survey(
        line.name,
        line.respondents,
        line.satisfied,
        line.printed,
        rate,
        respondents,
        interval,
        why,
        line,
        counting.counted,
        _likert(line, rule),
        tuple(_returns(line)),
        line.whole,
    )


def _counting(line: SurveyLine, rule: SurveyRule, size: Expression, word: str) -> _Counting:
    """The rate by the count of the satisfied, else by the answers that the rule counts, else as printed."""
    labels = option_labels()
    chosen = [key for key in labels if labels[key] in rule.satisfied]
    known = not isinstance(value_of(size), Missing)
    if line.satisfied.quantity is not None and known:
        return _Counting(line.satisfied, quotient(line.satisfied, size), f"满意人数÷{word}")
    names = "、".join(labels[key] for key in chosen if key in line.options or key in line.shares)
    counts = [line.options[key] for key in chosen if key in line.options]
    if counts and known and all(given.quantity is not None for given in counts):
        added: Expression = total(counts) if len(counts) > 1 else counts[0]
        named = Named(f"{line.name}{names}人数", added)
        return _Counting(named, quotient(named, size), f"{_together(line.options, chosen)}÷{word}")
    shares = [line.shares[key] for key in chosen if key in line.shares]
    if shares and all(given.quantity is not None for given in shares) and line.printed.quantity is None:
        return _Counting(None, total(shares) if len(shares) > 1 else shares[0], f"{names}占比之和")
    return _Counting(None, line.printed, "所列满意度", Standing.REPORTED)


def _together(given: Mapping[str, Given], chosen: Sequence[str]) -> str:
    """The answers that are added, as a formula has them: （非常满意＋满意）."""
    labels = option_labels()
    names = [labels[key] for key in chosen if key in given]
    return f"（{'＋'.join(names)}）" if len(names) > 1 else names[0]


def _likert(line: SurveyLine, rule: SurveyRule) -> Measure | None:
    """The weighted mean of all answers; None unless the profile asks for it and every answer is counted and weighted."""
    labels = option_labels()
    asked = {
        key: given for key, given in line.options.items() if key != "no_opinion" or labels[key] in rule.likert
    }
    if not rule.likert or len(asked) < 2:
        return None
    lacking = [labels[key] for key in asked if labels[key] not in rule.likert]
    weighted: list[Expression] = [
        product(Constant(Fraction(rule.likert[labels[key]]), f"{labels[key]}权重"), given)
        for key, given in asked.items()
        if labels[key] in rule.likert
    ]
    expression: Expression = quotient(total(weighted), Named("有态度的答卷", total(list(asked.values()))))
    if lacking:
        expression = Given(f"{'、'.join(lacking)}的权重", Missing.NOT_APPLICABLE)
    return Measure(
        f"satisfaction/likert/{line.key}",
        "量表均值",
        expression,
        RATIO,
        4,
        subject=line.name,
        basis="各选项按评价规则的权重加权",
    )


def _returns(line: SurveyLine) -> list[Measure]:
    """回收率 = 回收 ÷ 发放, 有效率 = 有效 ÷ 回收, where both sides are given."""
    found = []
    for key, label, above, below, basis in (
        ("return_rate", "回收率", line.returned, line.issued, "回收÷发放"),
        ("valid_rate", "有效率", line.respondents, line.returned, "有效÷回收"),
    ):
        if above.quantity is not None and below.quantity is not None and above.cell != below.cell:
            expression = quotient(above, below)
            found.append(
                Measure(f"satisfaction/{key}/{line.key}", label, expression, RATIO, 4, line.name, basis)
            )
    return found


def _sampled(
    counting: _Counting, line: SurveyLine, size: Expression, confidence: int
) -> tuple[SampleInterval | None, str]:
    count = whole_number(size)
    if count is None or count < 1:
        missing = isinstance(value_of(size), Missing)
        text = "样本数未提供" if missing else f"样本数 {line.respondents.text} 不是正整数"
        return None, f"{text}，抽样误差不能计算。"
    if counting.counted is not None:
        number = whole_number(counting.counted)
        if number is None or not 0 <= number <= count:
            said = line.satisfied.text if line.satisfied.quantity else "各满意选项之和"
            return None, f"满意人数 {said} 与样本数 {line.respondents.text} 不符。"
        return wilson(number, count, confidence), ""
    if line.printed.quantity is None:
        if counting.standing is Standing.COMPUTED:
            return None, "满意度由各选项占比相加，未提供人数，抽样误差不能计算。"
        return None, "满意人数和满意度均未提供。"
    counts = possible_counts(line.printed.quantity, count)
    if not counts:
        return None, f"满意度 {line.printed.text} 不能由 {count} 人得出。"
    return wilson(counts[0], count, confidence).hull(wilson(counts[-1], count, confidence)), ""


def whole_number(expression: Expression) -> int | None:
    """The value of a tree where it is a whole number not below 0, else None."""
    value = value_of(expression)
    if isinstance(value, Missing) or value.denominator != 1 or value < 0:
        return None
    return int(value)
