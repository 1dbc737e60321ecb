"""What a report says of projects under monitoring: spending by month, goals against it, the forecast, what is to be put right."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from wenxiao import charts
from wenxiao.contents.content import Outlet, Part, Subject, content
from wenxiao.display import monitoring as show
from wenxiao.display.findings import FindingsList
from wenxiao.evaluation import evaluate
from wenxiao.evaluation.monitoring import Monitored

_DRAWN = Outlet.PAGE | Outlet.SLIDES


def _monitored(subject: Subject) -> tuple[Monitored, ...]:
    """The projects under monitoring; of a report on one district none."""
    return () if subject.district else subject.evaluation.monitoring


@content("运行监控要点", optional=True)
def monitoring_summary(subject: Subject) -> Iterator[object]:
    """The strip of figures and the key points."""
    yield Part(show.monitoring_tiles(_monitored(subject)), Outlet.PAGE)
    yield Part(show.monitoring_points(_monitored(subject)), Outlet.PAGE)


content("监控规则", name="monitoring_rules", optional=True)(
    lambda subject: (Part(show.rules_words(subject.evaluation.profile), Outlet.PAGE),)
)


@content("支出进度", optional=True, place="funds")
def spending_progress(subject: Subject) -> Iterator[object]:
    """The execution by month or quarter, drawn, at its last month, and at each; in any report with its funds."""
    monitored, rule = _monitored(subject), subject.evaluation.profile.monitoring
    yield show.spending_words(monitored)
    due = {month: Fraction(share) for month, share in rule.spent_by.items()}
    yield Part(charts.spending_lines(monitored, due), _DRAWN)
    yield show.spending_table(monitored)
    yield show.periods_table(monitored)


content("绩效目标完成进度", name="goals_progress", optional=True)(
    lambda subject: (show.goals_table(_monitored(subject)),)
)
content("年末预测", name="forecast", optional=True)(
    lambda subject: (show.forecast_table(_monitored(subject)),)
)


@content("整改清单", internal=True, optional=True)
def rectification(subject: Subject) -> Iterator[object]:
    """What is to be put right, on the page and among the tables handed over; that there is nothing, on the page."""
    table = show.rectification_table(_monitored(subject))
    yield Part(table, Outlet.PAGE | Outlet.ANNEX, counted="项目")
    if table is None and _monitored(subject):
        yield Part("按评价规则没有列入整改清单的事项。", Outlet.PAGE)


@content("各监控表的核对事项", internal=True, optional=True)
def form_findings(subject: Subject) -> Iterator[object]:
    """What the audit says of each of several forms handed in together, beside what it says of the whole."""
    evaluation = subject.evaluation
    parts = [evaluate(each, evaluation.profile) for each in evaluation.project.projects]
    found = [each for part in parts for each in part.findings if each not in evaluation.findings]
    yield FindingsList(tuple(found)) if found else None
