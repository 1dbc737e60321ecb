"""What a report says of projects: words, particulars, funds, outputs, works, method; problems and what does not agree; several."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from wenxiao import charts
from wenxiao import display as show
from wenxiao.contents.content import CONTENTS, Content, Outlet, Part, Subject, content
from wenxiao.display.inline import plain_text
from wenxiao.project.narrative import SECTIONS

_TITLES = {"主要经验": "主要经验及做法"}
_HOUSE, _OPTIONAL = "差异说明", "绩效目标"


def _written(subject: Subject, section: str) -> tuple[object, ...]:
    return (show.words(subject.project, section),)


for _section in SECTIONS:
    content(
        _TITLES.get(_section, _section),
        name=_section,
        internal=_section == _HOUSE,
        optional=_section == _OPTIONAL,
    )(partial(_written, section=_section))


def words(section: str) -> Content:
    """The analyst's words of a section of the narrative."""
    return CONTENTS[section]


@content("要点")
def summary(subject: Subject) -> Iterator[object]:
    """What a director reads first: the strip of figures, and the key points, which slides begin with."""
    evaluations = subject.evaluations
    if subject.district:
        tiles, points = show.district_tiles(subject.view), show.district_points(subject.view)
    elif len(evaluations) > 1:
        tiles, points = show.portfolio_tiles(evaluations), show.portfolio_points(evaluations)
    else:
        tiles, points = show.project_tiles(subject.evaluation), show.project_points(subject.evaluation)
    yield Part(tiles, Outlet.PAGE)
    yield Part(points, Outlet.PAGE | Outlet.SLIDES)


@content("项目基本信息")
def facts(subject: Subject) -> Iterator[object]:
    """Particulars, each with its own unit: on paper no table to be referred to, and none of figures."""
    table = show.facts_table(subject.project)
    yield Part(table, Outlet.PAGE)
    if table is not None:
        rows = tuple(replace(row, cells=tuple(map(plain_text, row.cells))) for row in table.rows)
        yield Part(replace(table, title="", rows=rows), Outlet.PAPER)


@content("资金情况")
def funds(subject: Subject) -> Iterator[object]:
    """What was planned, budgeted, received and spent, by source and by year."""
    evaluation, given = subject.evaluation, subject.evaluation.funds
    yield show.funds_words(given)
    yield show.funds_table(given)
    yield charts.funds_by_source(given)
    yield charts.composition(given)
    yield show.funds_years_words(given)
    yield show.funds_years_table(given)
    yield show.investment_words(evaluation)
    yield show.derived_words(evaluation)


@content("产出情况")
def outputs(subject: Subject) -> Iterator[object]:
    """What was done against what was planned."""
    yield show.outputs_words(subject.evaluation)
    yield show.outputs_table(subject.evaluation)
    yield charts.plan_against_actual(subject.evaluation.outputs)


@content("改造内容", optional=True)
def works(subject: Subject) -> Iterator[object]:
    """What the lists of neighbourhoods hold."""
    evaluation = subject.evaluation
    yield show.works_words(evaluation)
    yield show.works_table(evaluation)
    yield charts.works_by_kind(evaluation.works)
    if not subject.district:
        yield Part(show.neighbourhoods_table(evaluation), Outlet.PAGE | Outlet.ANNEX, counted="小区")
    yield show.contributions_table(evaluation)


content("评价依据和资料", name="conduct")(lambda subject: (show.conduct(subject.evaluation),))
content("等级的划分", name="grading")(
    lambda subject: (show.grading(subject.evaluation.profile, *subject.evaluations),)
)
content("比率的口径", name="denominators")(
    lambda subject: (show.denominators(subject.evaluation.profile, *subject.evaluations),)
)
# A page also says how its figures are opened.
content("未提供", name="missing")(
    lambda _: (
        Part(show.missing_note(), Outlet.PAGE),
        Part("“未提供”指资料中没有该数，不作 0 处理。", Outlet.PAPER),
    )
)


@content("存在的问题", optional=True)
def problems(subject: Subject) -> Iterator[object]:
    """The list of problems, numbered on paper where it has no numbers of its own."""
    table = show.problems_table(subject.evaluation, subject.district)
    numbered = table is not None and any(head.name == "编号" for head in table.heads)
    yield Part(table, Outlet.PAGE | Outlet.ANNEX, counted="" if numbered else "问题")


content("问题的反馈", name="replies", internal=True, place="problems")(
    lambda subject: (show.replies_table(subject.evaluation, subject.district),)
)


@content("勾稽核对", internal=True)
def findings(subject: Subject) -> Iterator[object]:
    """What does not agree: of a project, of one district, or counted for several projects."""
    evaluation = subject.evaluation
    if subject.district:
        yield subject.view.findings or "与本地区有关的各数之间未发现不一致。"
    elif len(subject.evaluations) > 1:
        yield show.findings_table(subject.evaluations)
    else:
        yield show.findings_words(evaluation)
        yield show.findings_list(evaluation)


content("已登记的更正", name="corrections", internal=True)(
    lambda subject: (show.corrections_table(subject.project),)
)
content("证据与意见", name="evidence", internal=True, optional=True)(
    lambda subject: (show.evidence_table(subject.evaluation),)
)
content("意见采纳", name="opinions", internal=True, place="evidence")(
    lambda subject: (Part(show.opinions_table(subject.evaluation), Outlet.PAGE | Outlet.ANNEX),)
)
content("未采用的数", name="unused", internal=True, optional=True)(
    lambda subject: (show.unused_table(subject.project),)
)


content("项目概览", name="projects")(lambda subject: (show.portfolio_words(subject.evaluations),))


@content("得分与等级")
def project_scores(subject: Subject) -> Iterator[object]:
    """The score and grade of each project."""
    yield show.results_table(subject.evaluations)
    yield charts.project_scores({each.project.title: each.verdict for each in subject.evaluations})


@content("资金与执行")
def execution(subject: Subject) -> Iterator[object]:
    """The money of each project and how much of it was spent."""
    yield show.money_table(subject.evaluations)
    yield charts.execution_rates({each.project.title: each.execution for each in subject.evaluations})
