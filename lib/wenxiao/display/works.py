"""Works by neighbourhood (改造内容): the kinds counted, the names that stand in more than one list, the lists."""

from __future__ import annotations

from wenxiao.display.blocks import Paragraph, sentence
from wenxiao.display.condensed import condensed
from wenxiao.display.inline import Inline, Plain, Quiet, phrase
from wenxiao.display.tables import Head, ReportTable, Row
from wenxiao.evaluation import Entry, Evaluation
from wenxiao.evaluation.derived import CONTRIBUTED


def works_words(evaluation: Evaluation) -> Paragraph | None:
    """How many lines and distinct neighbourhoods the lists hold; None where no table lists any."""
    works = evaluation.works
    if works is None:
        return None
    parts: list[Inline] = [
        "清单共 ",
        Plain(works.rows),
        " 条，涉及不重复的小区 ",
        Plain(works.distinct),
        " 个",
    ]
    several = [(name, group) for name, group in works.repeated if len({_list(each) for each in group}) > 1]
    if several:
        differ = "，改造内容各不相同" if all(_differ(group) for _, group in several) else ""
        parts.append(f"；{'、'.join(name for name, _ in several)}在不止一份清单中列出{differ}")
    again = [name for name, group in works.repeated if len({_list(each) for each in group}) < len(group)]
    if again:
        parts.append(f"；{'、'.join(again)}在同一清单中重复列出")
    return sentence(*parts, "。")


def works_table(evaluation: Evaluation) -> ReportTable | None:
    """Lines by kind of work, most first; None where no works are listed."""
    works = evaluation.works
    if works is None or not works.kinds:
        return None
    rows = tuple(Row(kind.subject, (Plain(kind),)) for kind in works.kinds)
    table = ReportTable("改造内容分类", Head("改造内容", words=True), (Head("清单条目", "条"),), rows)
    table = table.with_notes("一条清单含多项内容的，分别计入各类。")
    if works.unnamed:
        words = "、".join(f"{part} {len(entries)} 条" for part, entries in works.unnamed[:_NAMED])
        more = f"等 {len(works.unnamed)} 种" if len(works.unnamed) > _NAMED else ""
        table = table.with_notes(
            f"另有 {len(works.unmatched)} 条未归入以上各类；没有归类的写法：{words}{more}。"
        )
    if works.silent:
        table = table.with_notes(f"{len(works.silent)} 条没有写改造内容。")
    return table


_NAMED = 8


def neighbourhoods_table(evaluation: Evaluation) -> ReportTable | None:
    """The lists of neighbourhoods as they stand in the sheets, list by list; None where there are none.

    One list without sections needs no heading: its title is not one.
    """
    works = evaluation.works
    if works is None:
        return None
    described = any(entry.works for entry in works.entries)
    rows: list[Row] = []
    lists = dict.fromkeys(_list(entry) for entry in works.entries)
    sectioned = any(any(table.sections) for table in evaluation.project.of_kind("neighbourhoods"))
    for each in lists:
        if sectioned or len(lists) > 1:
            rows.append(Row(each[-1] or each[1], (), kind="group"))
        rows += [
            Row(
                entry.name,
                (*((entry.works or Quiet("未提供"),) if described else ()), Quiet(entry.cell.address)),
            )
            for entry in works.entries
            if _list(entry) == each
        ]
    names = ("改造内容", "单元格") if described else ("单元格",)
    heads = tuple(Head(name, words=True) for name in names)
    files = dict.fromkeys(f"{e.cell.file}［{e.cell.sheet}］" for e in works.entries)
    table = ReportTable("小区清单", Head("小区", words=True), heads, tuple(rows), source="；".join(files))
    return condensed(table, "改造内容")


def contributions_table(evaluation: Evaluation) -> ReportTable | None:
    """What residents paid, with the share as printed and the investment it implies; None where no table gives any."""
    implied = {m.subject: m for m in evaluation.other_measures if m.key.startswith("derived/investment/")}
    rows: list[Row] = []
    for table in evaluation.project.of_kind("contributions"):
        for record in table.records():
            name = table.text(record, "name")
            total = Plain(implied[name]) if name in implied else ""
            cells = (
                *(Plain(table.given(record, key, f"{name}{label}")) for key, label in CONTRIBUTED.items()),
                total,
            )
            rows.append(Row(name, (table.text(record, "works"), *cells)))
    if not rows:
        return None
    heads = (Head("改造内容", words=True), Head("居民出资"), Head("占总投资比例"), Head("推算总投资"))
    shown = ReportTable("居民出资情况", Head("小区", words=True), heads, tuple(rows), "万元")
    return shown.with_notes(
        phrase("推算总投资＝居民出资÷占总投资比例，", Quiet("按报告比例推算"), "，原报告未列。")
    )


def _list(entry: Entry) -> tuple[str, str, str]:
    """The list an entry stands in: two sheets may have the same title."""
    return entry.cell.file, entry.cell.sheet, entry.section


def _differ(group: tuple[Entry, ...]) -> bool:
    """Whether every line of a name gives works, each others."""
    works = {each.works for each in group}
    return len(works) == len(group) and "" not in works
