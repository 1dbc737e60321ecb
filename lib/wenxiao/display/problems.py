"""The problems (问题) a report names, each with the indicators it concerns."""

from __future__ import annotations

from wenxiao.display.inline import Quiet
from wenxiao.display.tables import Head, ReportTable, Row
from wenxiao.evaluation import Evaluation


def problems_table(evaluation: Evaluation) -> ReportTable | None:
    """The listed problems in source order with indicator and place; None where none are listed."""
    problems = evaluation.problems
    if not problems:
        return None
    rows = tuple(
        Row(
            each.text,
            (
                "—".join(filter(None, each.indicators)) or Quiet("未对应"),
                each.place,
                Quiet(each.cell.address),
            ),
        )
        for each in problems
    )
    heads = tuple(Head(name, words=True) for name in ("涉及指标", "出处", "单元格"))
    sheets = dict.fromkeys(f"{each.cell.file}［{each.cell.sheet}］" for each in problems)
    return ReportTable("问题清单", Head("问题", words=True), heads, rows, source="；".join(sheets))
