"""要点: what a reader of the first screen must know, a line each, with the place on the page that says more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from wenxiao.display.districts import place_words, position_words
from wenxiao.display.funds import totals_words
from wenxiao.display.gaps import lacking_words
from wenxiao.display.inline import Inline, figures_in, listed, phrase, plain_text
from wenxiao.display.narrative import Words, words
from wenxiao.display.outline import anchor
from wenxiao.display.outputs import outputs_words
from wenxiao.display.portfolio import portfolio_words
from wenxiao.display.ranking import ranking_words
from wenxiao.display.rendering import Rendering
from wenxiao.display.robustness import firm_words
from wenxiao.display.scorecard import indicator_words, score_words
from wenxiao.evaluation import DistrictView, Evaluation, ListedProblem
from wenxiao.model import Finding, Given, Measure, Severity

_MOST = 3
"""So many problems and so many suggestions are named."""
_LONGEST = 48
"""A sentence of the analyst's is cut at the last clause within so many characters."""
_CLAUSE = re.compile(r"[，；：、]")

_VERDICT = "综合评价情况及评价结论"
_PROBLEMS = "主要经验及做法、存在的问题及原因分析/存在的问题"
_CHECKS = "其他需要说明的问题/勾稽核对"


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """One line: what it is about, what is said, the section or section/part where more stands."""

    label: str
    words: Inline
    place: str = ""
    internal: bool = False


@dataclass(frozen=True)
class KeyPoints:
    """The lines one below the other."""

    points: tuple[KeyPoint, ...]
    internal: bool = False

    def html(self, rendering: Rendering) -> Markup:
        """A list of terms; each leads to its place."""
        return Markup('<div class="wx-points"><b>要点</b><dl>{}</dl></div>').format(
            Markup("").join(
                Markup('<div><dt><a href="#{}">{}</a></dt><dd>{}</dd></div>').format(
                    anchor(each.place), each.label, rendering.inline(each.words)
                )
                for each in self.points
            )
        )

    def text(self) -> str:
        """A line each."""
        return "\n".join(f"{each.label}：{plain_text(each.words)}" for each in self.points)

    def figures(self) -> Iterator[Measure | Given]:
        """The figures in the lines."""
        for each in self.points:
            yield from figures_in(each.words)


def project_points(evaluation: Evaluation) -> KeyPoints | None:
    """Conclusion, money, outputs, problems, suggestions and the gravest findings, as far as there are any."""
    project, funds = evaluation.project, evaluation.funds
    verdict = [
        each.words for each in (score_words(evaluation), indicator_words(evaluation.scorecard)) if each
    ]
    said = words(project, "评价结论")
    if not verdict and said is not None:
        verdict = [phrase(_stopped(_sentences(said)[:1]))]
    problems = words(project, "存在的问题")
    named = _sentences(problems) if problems else [each.text for each in _gravest(evaluation.problems)]
    suggested = words(project, "有关建议")
    money = totals_words(funds, evaluation.execution)
    outputs = outputs_words(evaluation)
    return _points(
        KeyPoint("结论", phrase(*verdict), _VERDICT) if verdict else None,
        KeyPoint("资金", money.words, "基本情况/资金情况" if funds else "") if money else None,
        KeyPoint("产出", outputs.words, "基本情况/产出情况") if outputs else None,
        KeyPoint("主要问题", _listed(named), _PROBLEMS) if named else None,
        KeyPoint("建议", _listed(_sentences(suggested)), "有关建议") if suggested else None,
        _finding(evaluation.open_findings),
    )


def district_points(view: DistrictView) -> KeyPoints | None:
    """A district's place, its first figures, what it is short of, its problems and the gravest findings on it."""
    place, figures, lacking = place_words(view), position_words(view, _MOST), lacking_words(view)
    problems = [each for each in view.evaluation.problems if each.district == view.district]
    named = [each.text for each in _gravest(problems)]
    return _points(
        KeyPoint("结论", place.words, _VERDICT) if place else None,
        KeyPoint("主要数据", figures.words, "基本情况") if figures else None,
        KeyPoint("差距", lacking.words, "绩效评价指标分析", internal=True) if lacking else None,
        KeyPoint("主要问题", _listed(named), "绩效评价指标分析/存在的问题") if named else None,
        _finding([each for each in view.findings if not each.state]),
    )


def ranking_points(evaluation: Evaluation) -> KeyPoints | None:
    """First, last and grades, how firm the ranks stand, and the gravest findings."""
    ranked, firm = ranking_words(evaluation.ranking), firm_words(evaluation)
    return _points(
        KeyPoint("结论", ranked.words, _VERDICT) if ranked else None,
        KeyPoint("稳健性", firm.words, f"{_VERDICT}/名次的稳健性") if firm else None,
        _finding(evaluation.open_findings),
    )


def portfolio_points(evaluations: Sequence[Evaluation]) -> KeyPoints | None:
    """Scores and grades, execution rates, and which projects have findings that weigh."""
    rates = [
        phrase(each.project.title, " ", each.execution)
        for each in evaluations
        if each.execution.number is not None
    ]
    grave = [
        f"{each.project.title} 错误 {each.count(Severity.ERROR)}、警示 {each.count(Severity.WARNING)}"
        for each in evaluations
        if each.count(Severity.ERROR) or each.count(Severity.WARNING)
    ]
    return _points(
        KeyPoint("结论", portfolio_words(evaluations).words, _VERDICT),
        KeyPoint(
            "资金",
            phrase("执行率：", listed(rates, "；"), "。口径不同，不宜直接比较。"),
            f"{_VERDICT}/资金与执行",
        )
        if rates
        else None,
        KeyPoint("核对事项", f"{'；'.join(grave)}。", _CHECKS, internal=True) if grave else None,
    )


def _points(*points: KeyPoint | None) -> KeyPoints | None:
    known = tuple(each for each in points if each is not None)
    return KeyPoints(known) if known else None


def _finding(findings: Iterable[Finding]) -> KeyPoint | None:
    """The first of the gravest findings, what to do, and how many more there are; None where there are only remarks."""
    grave = sorted((f for f in findings if f.severity < Severity.HINT), key=lambda f: f.severity)
    if not grave:
        return None
    first = grave[0]
    remedy = f"处理：{first.remedy.rstrip('。')}。" if first.remedy else ""
    more = f"错误和警示共 {len(grave)} 项。" if len(grave) > 1 else ""
    return KeyPoint("核对事项", f"{first.word}：{first.message}{remedy}{more}", _CHECKS, internal=True)


def _gravest(problems: Sequence[ListedProblem]) -> list[ListedProblem]:
    """The problems, those that cost most first; in the order of their list where none says what it cost."""
    return sorted(problems, key=lambda each: -each.deduction.quantity.value if each.deduction.quantity else 0)


def _listed(sentences: Sequence[str]) -> str:
    more = f"（共 {len(sentences)} 条）" if len(sentences) > _MOST else ""
    return f"{_stopped(sentences[:_MOST])}{more}"


def _stopped(sentences: Sequence[str]) -> str:
    return "；".join(each.rstrip("。；") for each in sentences) + "。"


def _sentences(said: Words) -> list[str]:
    """The first sentence of each item of a list, or of each paragraph; a heading among them is none."""
    tokens = said.tokens()
    return [
        first
        for before, token in pairwise(tokens)
        if before.type == "paragraph_open" and (first := _first(token.children or ()))
    ]


def _first(children: Iterable[object]) -> str:
    plain = "".join(
        getattr(each, "content", "") or " " * (getattr(each, "type", "") == "softbreak") for each in children
    )
    said = plain.strip().partition("。")[0]
    if len(said) <= _LONGEST:
        return said
    ends = [match.start() for match in _CLAUSE.finditer(said, 0, _LONGEST)]
    return f"{said[: ends[-1] if ends else _LONGEST]}……"
