"""A comparison as a page like the reports: one file, no script, no address outside it."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from wenxiao import __version__
from wenxiao.display import stylesheet
from wenxiao.reports.comparison.change import Part
from wenxiao.reports.comparison.compared import Comparison, RunComparison
from wenxiao.reports.comparison.terminal import shown_side
from wenxiao.reports.index import template
from wenxiao.reports.page import Heading

_DETAILED = 200
"""The changes of so many runs are listed; of more there is the line in the overview."""


def comparison_page(comparison: Comparison) -> str:
    """The HTML of a comparison; the same comparison gives the same text."""
    moved = comparison.moved
    single = len(comparison.runs) == 1 and not comparison.runs[0].name
    detailed = comparison.runs if single else moved[:_DETAILED]
    return template("compare.html.j2").render(
        comparison=comparison,
        moved=moved,
        single=single,
        detailed=detailed,
        left=len(moved) - len(detailed),
        parts=list(Part),
        counted=comparison.parts_moved,
        headings=list(_headings(comparison, detailed, single)),
        shown_side=shown_side,
        stylesheet=Markup(stylesheet()),
        version=__version__,
    )


def _headings(comparison: Comparison, detailed: tuple[RunComparison, ...], single: bool) -> Iterator[Heading]:
    if comparison.problems:
        yield Heading(2, "problems", "不能比较的运行")
    if single:
        for part in Part:
            if comparison.runs[0].of(part):
                yield Heading(2, f"run-1-{part.name.lower()}", part.value)
        return
    if comparison.added or comparison.gone:
        yield Heading(2, "one-sided", "只在一边的运行")
    if comparison.moved:
        yield Heading(2, "overview", "有变化的运行")
    for number, run in enumerate(detailed, 1):
        yield Heading(3, f"run-{number}", run.name)
