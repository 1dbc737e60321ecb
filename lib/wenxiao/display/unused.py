"""未采用的数: the numbers of the sheets that no figure of the report rests on, with the reason of each range."""

from __future__ import annotations

from collections import Counter

from wenxiao.display.tables import Head, ReportTable, Row
from wenxiao.project import Project

_MOST_ROWS = 40


def unused_table(project: Project) -> ReportTable | None:
    """The ranges whose numbers are not used, the largest first; None where every number of the sheets is."""
    if not project.unused:
        return None
    heads = (Head("单元格"), Head("个数"), Head("原因", words=True), Head("所属", words=True))
    ordered = sorted(project.unused, key=lambda one: -one.count)
    rows = tuple(
        Row(
            f"{one.first.file}［{one.first.sheet}］",
            (one.address, str(one.count), one.reason.value, one.about),
        )
        for one in ordered[:_MOST_ROWS]
    )
    counts = Counter[str]()
    for one in project.unused:
        counts[one.reason.value] += one.count
    said = "；".join(f"{reason} {count} 个" for reason, count in counts.most_common())
    table = ReportTable("未采用的数", Head("工作表", words=True), heads, rows, internal=True)
    rest = len(ordered) - _MOST_ROWS
    notes = (
        f"共 {sum(counts.values())} 个：{said}。",
        *((f"另有 {rest} 处未逐一列出。",) if rest > 0 else ()),
    )
    return table.with_notes(*notes)
