"""自评复核报告: what the review of one unit's self-evaluations found, for that unit, as a Word file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from wenxiao.display.facts import year_of
from wenxiao.display.official import SCORE_PLACES
from wenxiao.evaluation import Evaluation
from wenxiao.evaluation.review.deviations import Deviation, Deviations, deviations
from wenxiao.evaluation.review.lines import is_reviewed, names_of, title_of, unit_of
from wenxiao.evaluation.review.notes import Note
from wenxiao.evaluation.review.proposals import as_handed_in
from wenxiao.model import Given, Measure, Severity, mean
from wenxiao.model.units import POINTS
from wenxiao.model.written_text import written
from wenxiao.project.review_rule import ReviewRule
from wenxiao.reports.hand_over.document.blank import blank
from wenxiao.reports.hand_over.document.paper import Paper, packed
from wenxiao.reports.hand_over.document.sheet import body_sheet
from wenxiao.reports.hand_over.document.table import write_table
from wenxiao.reports.hand_over.printed import Content, Number, PrintedColumn, PrintedRow, PrintedTable

_KIND = "项目支出绩效自评复核报告"
_WITHHELD = "（原文涉及其他单位，略）"
_SHORTEST = 4
"""A project's name of fewer characters may be a common word (绿化): it gives no other unit away."""
_BLANK = "\N{IDEOGRAPHIC SPACE}" * 8


@dataclass(frozen=True, eq=False)
class _Reviewed:
    """One project of the unit: its evaluation and its deviations."""

    evaluation: Evaluation
    found: Deviations

    @property
    def name(self) -> str:
        return title_of(self.evaluation)


def review_report(unit: str, evaluations: Sequence[Evaluation]) -> bytes:
    """The report on the review of one unit's projects as `.docx`; the same input gives the same bytes.

    Only projects whose form names this unit, and which were reviewed, are in it. A remark that names another unit, or a project of one, is left out and says
    so. No word of it is a judgement of its own: scores, reasons and remarks are the reviewer's, the rest is what the audit
    found in the unit's form.
    """
    mine = [
        _Reviewed(each, deviations(each))
        for each in evaluations
        if unit_of(each) == unit and is_reviewed(each)
    ]
    strangers = _strangers(unit, evaluations, {each.name for each in mine})
    rules = dict(mine[0].evaluation.profile.review) if mine else {}
    title = f"{unit}{_year(mine)}{_KIND}"
    paper = Paper(blank(written(title), written(_KIND), ""))
    body_sheet(paper, title, "内部使用")
    paper.paragraph("Title", unit)
    paper.paragraph("Subtitle", f"{_year(mine)}{_KIND}")
    paper.heading(1, "复核对象和方法")
    for line in _subject(unit, mine, rules):
        paper.paragraph("BodyText", line)
    paper.heading(1, "复核结果")
    for line in _results(mine):
        paper.paragraph("BodyText", line)
    write_table(paper, _scores(mine))
    paper.heading(1, "扣分情况")
    _write_deductions(paper, mine, rules, strangers)
    paper.heading(1, "需要改正的事项")
    _write_corrections(paper, mine, strangers)
    paper.paragraph("SignatureLine", f"复核机构（盖章）：{_BLANK}日期：{_BLANK}")
    if rules:
        paper.annex("复核口径")
        write_table(paper, _rules(rules))
    return packed(paper.document)


def _strangers(unit: str, evaluations: Sequence[Evaluation], own: set[str]) -> frozenset[str]:
    """The names of other units, and of projects that are theirs alone."""
    others = [each for each in evaluations if unit_of(each) != unit]
    projects = {title_of(each) for each in others if len(title_of(each)) >= _SHORTEST} - own
    names = {name for each in others for name in names_of(each)}
    known = {name for each in evaluations if unit_of(each) == unit for name in names_of(each)}
    return frozenset(names | projects) - known - {""}


def _told(text: str, strangers: frozenset[str]) -> str:
    """The text, or the word that it is about another unit."""
    return _WITHHELD if any(name in text for name in strangers) else text


def _year(mine: Sequence[_Reviewed]) -> str:
    years = {year_of(each.evaluation.project) for each in mine}
    return years.pop() if len(years) == 1 else ""


def _subject(unit: str, mine: Sequence[_Reviewed], rules: Mapping[str, ReviewRule]) -> Iterator[str]:
    names = "、".join(each.name for each in mine)
    count = sum(len(each.found.each) for each in mine)
    yield f"本次复核{unit}自评的项目 {len(mine)} 个，指标 {count} 项：{names}。"
    basis = f"扣分按“{mine[0].evaluation.profile.title}”的口径，见附件。" if rules else ""
    yield f"自评得分照单位报送的自评表，复核得分和复核说明照复核底稿；偏差为复核得分减自评得分。{basis}"


def _results(mine: Sequence[_Reviewed]) -> Iterator[str]:
    for each in mine:
        if each.found.reviewed_total.unscored:
            lacking = "、".join(each.found.reviewed_total.unscored)
            yield f"{each.name}有指标没有复核得分（{lacking}），总分暂不计分，偏差不计算。"
    if len(mine) > 1 and (average := _means(mine)):
        own, reviewed, gap = (_figure(each).text for each in average)
        yield f"{len(mine)} 个项目自评平均 {own} 分，复核平均 {reviewed} 分，平均偏差 {gap} 分。"
    known = [each for each in mine if each.found.total.number is not None]
    lowest = min(known, key=lambda each: each.found.total.number or 0, default=None)
    if len(known) == 1 and lowest is not None:
        own, reviewed = (
            _text(total.measure) for total in (lowest.found.self_total, lowest.found.reviewed_total)
        )
        yield f"{lowest.name}自评 {own} 分，复核 {reviewed} 分，偏差 {_text(lowest.found.total)} 分。"
    elif lowest is not None and (lowest.found.total.number or 0) < 0:
        yield f"偏差最大的是{lowest.name}，{_text(lowest.found.total)} 分。"


def _means(mine: Sequence[_Reviewed]) -> tuple[Measure, Measure, Measure] | None:
    """The means of both totals and of the deviations; None where one total is not known."""
    totals = [(e.found.self_total.measure, e.found.reviewed_total.measure, e.found.total) for e in mine]
    if any(each.number is None for row in totals for each in row):
        return None
    own, reviewed, gap = (
        Measure(f"mean/{key}", "平均", mean([m.expression for m in column]), POINTS, SCORE_PLACES)
        for key, column in zip(("self", "reviewed", "deviation"), zip(*totals, strict=True), strict=True)
    )
    return own, reviewed, gap


def _figure(figure: Measure | Given) -> Number:
    number = figure.number if isinstance(figure, Measure) else figure.quantity and figure.quantity.value
    return Number(number or Fraction(0), POINTS, SCORE_PLACES)


def _content(figure: Measure | Given) -> Content:
    """A score as the report prints it: with two decimals, or the word for its absence."""
    if isinstance(figure, Measure):
        return figure.text if figure.number is None else _figure(figure)
    return figure.text if figure.quantity is None else _figure(figure)


def _text(figure: Measure | Given) -> str:
    content = _content(figure)
    return content if isinstance(content, str) else content.text


def _scores(mine: Sequence[_Reviewed]) -> PrintedTable:
    rows = [
        PrintedRow((
            each.name, _content(each.found.self_total.measure), _content(each.found.reviewed_total.measure),
            _content(each.found.total), _grade(each),
        ))
        for each in mine
    ]  # fmt: skip
    if len(mine) > 1 and (average := _means(mine)):
        rows.append(PrintedRow(("平均", *map(_content, average), ""), "summary"))
    heads = (
        ("项目名称", True),
        ("自评得分", False),
        ("复核得分", False),
        ("偏差", False),
        ("复核等级", True),
    )
    return PrintedTable("自评复核得分表", _columns(heads), tuple(rows), "分")


def _grade(each: _Reviewed) -> str:
    """The grade of the reviewed total; none while an indicator has no score."""
    grade = each.evaluation.verdict.grade
    return "暂不评定" if each.found.reviewed_total.unscored or grade is None else grade.label


def _columns(heads: Iterable[tuple[str, bool]]) -> tuple[PrintedColumn, ...]:
    return tuple(PrintedColumn(*head) for head in heads)


def _write_deductions(
    paper: Paper, mine: Sequence[_Reviewed], rules: Mapping[str, ReviewRule], strangers: frozenset[str]
) -> None:
    """Writes what was taken off, by rule: each indicator with both scores and the reviewer's reason."""
    groups: dict[str, list[tuple[str, Deviation]]] = {}
    for each in mine:
        for deviation in each.found.lowered:
            groups.setdefault(_rule(deviation, rules), []).append((each.name, deviation))
    raised = [(e.name, d) for e in mine for d in e.found.each if (d.measure.number or 0) > 0]
    if raised:
        groups["复核调增"] = raised
    if not groups:
        paper.paragraph("BodyText", "复核没有改动自评得分。")
        return
    rows: list[PrintedRow] = []
    for title, found in groups.items():
        points = sum((Fraction(each.measure.number or 0) for _, each in found), Fraction(0))
        word = "增" if points > 0 else "扣"
        told = Number(abs(points), POINTS, SCORE_PLACES).text
        rows.append(PrintedRow((f"{title}（{len(found)} 项，{word} {told} 分）",), "group"))
        rows += [
            PrintedRow((
                name, each.line.name, _content(each.line.self_score), _content(each.line.reviewed), _content(each.measure),
                _told(each.line.note, strangers) or "未写明原因",
            ))
            for name, each in found
        ]  # fmt: skip
    lowered = sum(len(found) for found in groups.values()) - len(raised)
    paper.paragraph("BodyText", f"共 {lowered} 项指标扣分，按扣分的理由列示如下。")
    heads = (
        ("项目名称", True),
        ("指标", True),
        ("自评得分", False),
        ("复核得分", False),
        ("偏差", False),
        ("复核说明", True),
    )
    write_table(paper, PrintedTable("自评复核扣分表", _columns(heads), tuple(rows), "分"))


def _rule(deviation: Deviation, rules: Mapping[str, ReviewRule]) -> str:
    """What a deduction is listed under: the rule its 备注 names, of several the one that takes most."""
    named = Note.of(deviation.line.note, rules).named(rules, deviation.line.row.key)
    if named:
        return max(named, key=lambda rule: rule.takes or 0).title
    return "其他理由" if deviation.line.note else "没有写明理由"


def _write_corrections(paper: Paper, mine: Sequence[_Reviewed], strangers: frozenset[str]) -> None:
    """Writes what each project has to correct: what points were taken for, and what the audit found in its form."""
    for each in mine:
        items = [
            f"{deviation.line.name}：{_told(deviation.line.note, strangers) or '复核扣分，未写明原因'}"
            for deviation in each.found.lowered
        ]
        form = as_handed_in(each.evaluation)
        for finding in form.open_findings if form else ():
            if finding.severity is not Severity.HINT:
                remedy = f"请{finding.remedy}。" if finding.remedy else ""
                items.append(_told(f"{finding.message}{remedy}", strangers))
        if len(mine) > 1:
            paper.heading(2, each.name)
        if not items:
            paper.paragraph("BodyText", "没有需要改正的事项。")
            continue
        numbered = paper.begin_list()
        for item in dict.fromkeys(items):
            paper.item(numbered, 0, item)


def _rules(rules: Mapping[str, ReviewRule]) -> PrintedTable:
    rows = tuple(
        PrintedRow((str(number), rule.title, _takes(rule))) for number, rule in enumerate(rules.values(), 1)
    )
    return PrintedTable("", _columns((("序号", True), ("情形或要求", True), ("扣分", True))), rows)


def _takes(rule: ReviewRule) -> str:
    if rule.takes is None:
        return "报告要求"
    return f"分值的 {rule.takes:.0%}" if rule.takes else "不扣分，须注明"
