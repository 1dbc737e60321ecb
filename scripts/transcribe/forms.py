"""The three forms every project has: 项目基本情况, 报告数 and 问题清单."""

from __future__ import annotations

from .layout import Number, Row, Sheet, Value

HEAD_WIDTHS = (22, 52)
CLAIM_HEADER = ("序号", "出处", "对象", "事项", "报告数", "单位", "口径", "备注")
CLAIM_WIDTHS = (6, 24, 20, 16, 18, 10, 26, 30)
PROBLEM_HEADER = ("序号", "问题", "一级指标", "二级指标", "三级指标", "出处")
PROBLEM_WIDTHS = (6, 44, 12, 14, 20, 26)


def head(
    title: str,
    entries: tuple[tuple[str, Value], ...],
    *,
    name: str = "项目基本情况",
    header: tuple[str, str] = ("项目", "内容"),
    filler: str = "",
) -> Sheet:
    """The sheet of a project's particulars, one a row."""
    return Sheet(name, title, HEAD_WIDTHS, (header,), entries, filler=filler)


def claims(title: str, entries: tuple[tuple[str, ...], ...], origin: str) -> Sheet:
    """The sheet of the figures a report prints; each entry is 出处, 对象, 事项, 报告数, 单位, 口径, 备注."""
    return Sheet(
        "报告数",
        title,
        CLAIM_WIDTHS,
        (CLAIM_HEADER,),
        numbered(entries, len(CLAIM_HEADER)),
        notes=(f"数据来源：{origin}",),
        landscape=True,
    )


def problems(title: str, entries: tuple[tuple[str, ...], ...], origin: str) -> Sheet:
    """The sheet of the problems a report names; each entry is 问题, 一级, 二级, 三级指标, 出处."""
    return Sheet(
        "问题清单",
        title,
        PROBLEM_WIDTHS,
        (PROBLEM_HEADER,),
        numbered(entries, len(PROBLEM_HEADER)),
        notes=(
            "注：涉及指标按评分表及财预〔2020〕10号附2对应，无法对应的留空。",
            f"数据来源：{origin}",
        ),
        landscape=True,
    )


def numbered(entries: tuple[tuple[str, ...], ...], width: int) -> tuple[Row, ...]:
    """The entries as rows with a running 序号 before them, empty texts as blank cells, padded to the width."""
    rows = []
    for index, entry in enumerate(entries, start=1):
        padded = entry + ("",) * (width - 1 - len(entry))
        rows.append((Number(str(index)), *(text or None for text in padded)))
    return tuple(rows)
