"""What a report says of the project: the analyst's words, its particulars, funds, outputs, works, how it was evaluated."""

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
