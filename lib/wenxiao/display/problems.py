"""The problems (问题) an evaluation lists: whose, under which indicator, what they cost; and what was replied to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from wenxiao.display.condensed import condensed
from wenxiao.display.districts import district_word
from wenxiao.display.inline import Inline, Quiet, bare
from wenxiao.display.tables import Head, ReportTable, Row
from wenxiao.evaluation import Evaluation, ListedProblem
from wenxiao.model import Given

_Column = tuple[Head, Callable[[ListedProblem], Inline]]


def problems_table(evaluation: Evaluation, own: str = "") -> ReportTable | None:
    """The listed problems in source order with indicator and place; None where none are listed.

    A 问题清单 with more than that also shows number, district, 扣分, amount and who is responsible, as far as it has them. Its
    figures stand as they are given, their cells beside them. With
    `own` it is the table of that district's problems.
    """
    problems = _own(evaluation, own)
    if not problems:
        return None
    columns: list[_Column] = [
        (
            Head("涉及指标", words=True),
            lambda each: "—".join(filter(None, each.indicators)) or Quiet("未对应"),
        )
    ]
    if any(each.district for each in problems) and not own:
        word = district_word(evaluation.project)
        columns.insert(0, (Head(word, words=True), lambda each: each.district or Quiet("—")))
    if any(each.number for each in problems):
        columns.insert(0, (Head("编号", words=True), lambda each: each.number or Quiet("未编号")))
    if any(each.deduction.quantity for each in problems):
        columns.append((Head("扣分", "分"), lambda each: _figure(each.deduction)))
    if any(each.amount.quantity for each in problems):
        columns.append((Head("涉及金额", "万元"), lambda each: _figure(each.amount)))
    if any(each.responsible for each in problems):
        columns.append((Head("责任单位", words=True), lambda each: each.responsible or Quiet("未写明")))
    if any(each.evidence for each in problems):
        columns.append((Head("证据编号", words=True, internal=True), _evidence))
    if any(each.place for each in problems):
        columns.append((Head("出处", words=True), lambda each: each.place))
    columns.append((Head("单元格", words=True), lambda each: Quiet(_cells(each))))
    return condensed(_table(f"{own}问题清单", columns, problems), district_word(evaluation.project))


def replies_table(evaluation: Evaluation, own: str = "") -> ReportTable | None:
    """What was replied to each problem that has a reply or a decision, and what was decided; internal. None without any."""
    problems = [each for each in _own(evaluation, own) if each.adopted.decided or each.feedback]
    if not problems:
        return None
    columns: list[_Column] = [
        (Head("反馈", words=True), lambda each: each.feedback or Quiet("未反馈")),
        (Head("是否采纳", words=True), _adopted),
        (Head("理由", words=True), _grounds),
    ]
    if any(each.number for each in problems):
        columns.insert(0, (Head("编号", words=True), lambda each: each.number or Quiet("未编号")))
    table = _table(f"{own}问题的反馈", columns, problems, internal=True)
    rest = len(_own(evaluation, own)) - len(problems)
    return table.with_notes(f"其余 {rest} 个问题没有反馈。") if rest else table


def _own(evaluation: Evaluation, own: str) -> Sequence[ListedProblem]:
    return [each for each in evaluation.problems if not own or each.district == own]


def _figure(given: Given) -> Inline:
    return bare(given) if given.quantity else Quiet("—")


def _cells(problem: ListedProblem) -> str:
    figures = (problem.deduction, problem.amount)
    cells = (problem.cell, *(each.cell for each in figures if each.quantity and each.cell))
    return "、".join(cell.address for cell in cells)


def _evidence(problem: ListedProblem) -> Inline:
    page = f"（页码 {problem.page}）" if problem.page else ""
    return f"{'、'.join(problem.evidence)}{page}" if problem.evidence else Quiet("未写明")


def _adopted(problem: ListedProblem) -> Inline:
    if problem.adopted.decided:
        return problem.adopted.value
    return Quiet(problem.adopted.value if problem.feedback else "—")


def _grounds(problem: ListedProblem) -> Inline:
    return problem.grounds or Quiet("未写明" if problem.adopted.decided else "—")


def _table(
    title: str, columns: Sequence[_Column], problems: Sequence[ListedProblem], *, internal: bool = False
) -> ReportTable:
    heads = tuple(head for head, _ in columns)
    rows = tuple(Row(each.text, tuple(cell(each) for _, cell in columns)) for each in problems)
    sheets = dict.fromkeys(f"{each.cell.file}［{each.cell.sheet}］" for each in problems)
    table = ReportTable(
        title, Head("问题", words=True), heads, rows, source="；".join(sheets), internal=internal
    )
    loose = sum(not each.indicator for each in problems)
    tied = 0 < loose < len(problems)
    return table.with_notes(f"{len(problems)} 个问题中有 {loose} 个未对应指标。") if tied else table
