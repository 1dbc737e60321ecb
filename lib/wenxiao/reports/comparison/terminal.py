"""A comparison for the terminal: one table of a run's changes, or one line a run and the changes of the first few."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from wenxiao.reports.comparison.change import Change, Kind, Part
from wenxiao.reports.comparison.compared import Comparison, RunComparison

_DETAILED = 5
_SHA = 64
_STYLES = {Kind.ADDED: "green", Kind.GONE: "red", Kind.CHANGED: ""}


def comparison_lines(comparison: Comparison) -> Iterator[RenderableType]:
    """What a terminal shows of a comparison, in reading order."""
    yield Text(f"比较 {comparison.before} → {comparison.after}", style="bold")
    runs = comparison.runs
    if len(runs) == 1 and not runs[0].name:
        yield from _run(runs[0])
        return
    moved = comparison.moved
    same = len(runs) - len(moved)
    yield Text(
        f"两边都有的 {len(runs)} 次运行：{same} 次相同，{len(moved)} 次有变化；"
        f"新增 {len(comparison.added)} 次，消失 {len(comparison.gone)} 次"
    )
    if moved:
        yield _overview(moved, comparison.parts_moved)
    for names, word, style in ((comparison.added, "新增", "green"), (comparison.gone, "消失", "red")):
        for name in names:
            yield Text(f"{word}  {name}", style=style)
    for run in moved[:_DETAILED]:
        yield Text("")
        yield from _run(run)
    if len(moved) > _DETAILED:
        yield Text(
            f"另有 {len(moved) - _DETAILED} 次的变化未逐条列出；写成网页（--html）或数据（--json）可看全部。"
        )


def shown_side(text: str) -> str:
    """A side of a change as it is shown: a hash by its first digits.

    >>> shown_side("0" * 64)
    '00000000'
    """
    is_hash = len(text) == _SHA and all(digit in "0123456789abcdef" for digit in text)
    return text[:8] if is_hash else text


def _overview(runs: tuple[RunComparison, ...], parts: tuple[Part, ...]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("运行", overflow="fold")
    for title in ("得分", "等级", *(part.value for part in parts)):
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
        yield Text("没有变化")
        return
    if not run.moved:
        yield Text("结果没有变化，只有软件版本不同")
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("部分", "", "事项", "原来", "现在"):
        table.add_column(title, overflow="fold")
    table.add_column("相差", justify="right", no_wrap=True)
    part: Part | None = None
    for change in run.changes:
        name = "" if change.part is part else change.part.value
        part = change.part
        sides = (Text(shown_side(change.before)), Text(shown_side(change.after)))
        kind = Text(change.kind.value, style=_STYLES[change.kind])
        table.add_row(Text(name), kind, Text(change.what), *sides, Text(change.text))
    yield table
