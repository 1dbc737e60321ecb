"""What a report says of several projects side by side."""

from __future__ import annotations

from collections.abc import Iterator

from wenxiao import charts
from wenxiao import display as show
from wenxiao.contents.content import Subject, content

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
