"""A comparison for people, as a page like the reports and for the terminal: there one table of a run's changes, or one line a run and the changes of the first few."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from wenxiao import __version__
from wenxiao.display import stylesheet
from wenxiao.language import _, ngettext
from wenxiao.model.written_text import shown_on_page
from wenxiao.reports.comparison.change import Change, Kind, Part
from wenxiao.reports.comparison.compared import Comparison, RunComparison
from wenxiao.reports.index import template
from wenxiao.reports.page import Heading

_DETAILED = 5
_SHA = 64
_STYLES = {Kind.ADDED: "green", Kind.GONE: "red", Kind.CHANGED: ""}


def comparison_lines(comparison: Comparison) -> Iterator[RenderableType]:
    """What a terminal shows of a comparison, in reading order."""
    heading = _("Comparison {before} → {after}").format(before=comparison.before, after=comparison.after)
    yield Text(heading, style="bold")
    runs = comparison.runs
    if len(runs) == 1 and not runs[0].name:
        yield from _run(runs[0])
        return
    moved = comparison.moved
    same = len(runs) - len(moved)
    counts = {"same": same, "moved": len(moved), "added": len(comparison.added), "gone": len(comparison.gone)}
    words = ngettext(
        "{count} run on both sides: {same} the same, {moved} changed; {added} added, {gone} gone",
        "{count} runs on both sides: {same} the same, {moved} changed; {added} added, {gone} gone",
        len(runs),
    )
    yield Text(words.format(count=len(runs), **counts))
    if moved:
        yield _overview(moved, comparison.parts_moved)
    for names, word, style in ((comparison.added, _("added"), "green"), (comparison.gone, _("gone"), "red")):
        for name in names:
            yield Text(f"{word}  {name}", style=style)
    for run in moved[:_DETAILED]:
        yield Text("")
        yield from _run(run)
    if len(moved) > _DETAILED:
        words = _(
            "The changes of {count} more are not listed; a page (--html) or data (--json) has them all."
        )
        yield Text(words.format(count=len(moved) - _DETAILED))


def shown_side(text: str) -> str:
    """A side of a change as it is shown: a hash by its first digits.

    >>> shown_side("0" * 64)
    '00000000'
    """
    is_hash = len(text) == _SHA and all(digit in "0123456789abcdef" for digit in text)
    return text[:8] if is_hash else text


def _overview(runs: tuple[RunComparison, ...], parts: tuple[Part, ...]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(_("run"), overflow="fold")
    for title in (_("score"), _("grade"), *map(_part, parts)):
        table.add_column(title, overflow="fold")
    for run in runs:
        score, grade = run.first("得分"), run.first("等级")
        counts = (run.counted(part) for part in parts)
        table.add_row(Text(run.name), _arrow(score), _arrow(grade), *(Text(count) for count in counts))
    return table


def _arrow(change: Change | None) -> Text:
    return Text(f"{change.before} → {change.after}") if change else Text("")


def _run(run: RunComparison) -> Iterator[RenderableType]:
    yield Text("  ".join(part for part in (run.name, run.title) if part), style="bold")
    if not run.changes:
        yield Text(_("Nothing changed"))
        return
    if not run.moved:
        yield Text(_("The results are the same; only the version of the software is another"))
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in (_("part"), "", _("what"), _("before"), _("after")):
        table.add_column(title, overflow="fold")
    table.add_column(_("difference"), justify="right", no_wrap=True)
    part: Part | None = None
    for change in run.changes:
        name = "" if change.part is part else _part(change.part)
        part = change.part
        sides = (Text(shown_side(change.before)), Text(shown_side(change.after)))
        kind = Text(_kind(change.kind), style=_STYLES[change.kind])
        table.add_row(Text(name), kind, Text(change.what), *sides, Text(change.text))
    yield table


def _part(part: Part) -> str:
    """The name of a part, which pages and data have in Chinese."""
    return {
        Part.VERDICT: _("verdict"),
        Part.SCORECARD: _("scorecard"),
        Part.RANKING: _("ranking"),
        Part.MEASURE: _("measures"),
        Part.FINDING: _("findings"),
        Part.INPUT: _("sources and rules"),
        Part.PARAMETER: _("parameters"),
        Part.VERSION: _("version"),
    }[part]


def _kind(kind: Kind) -> str:
    return {Kind.ADDED: _("added"), Kind.GONE: _("gone"), Kind.CHANGED: _("changed")}[kind]


_DETAILED_ON_PAGE = 200
"""The changes of so many runs are listed; of more there is the line in the overview."""


def comparison_page(comparison: Comparison) -> str:
    """The HTML of a comparison; the same comparison gives the same text."""
    moved = comparison.moved
    single = len(comparison.runs) == 1 and not comparison.runs[0].name
    detailed = comparison.runs if single else moved[:_DETAILED_ON_PAGE]
    page = template("compare.html.j2").render(
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
    return shown_on_page(page)


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
