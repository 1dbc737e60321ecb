"""What could have been read another way, with the choice that was made and the line of YAML that would change it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from wenxiao.model import CellRef, Finding, Role, Severity, Table, column_letters
from wenxiao.model.row_tree import RowSum, Support
from wenxiao.sheets.cells.grid import Grid
from wenxiao.sheets.cells.texture import Texture
from wenxiao.sheets.cells.wording import is_meta, role_of
from wenxiao.sheets.columns.view import View
from wenxiao.sheets.layout.segment import Segment


@dataclass(frozen=True, slots=True)
class Decision:
    """Something that was chosen: what about, what was chosen and why, and the line of YAML that would change it."""

    sheet: str
    about: str
    choice: str
    why: str = ""
    override: str = ""


def doubts_of(
    grid: Grid,
    segment: Segment,
    views: Iterable[View],
    unknown_units: Iterable[str],
    top: CellRef,
    number: int,
) -> list[Finding]:
    """The doubts about the `number`-th table of a sheet."""
    found = [
        Finding(
            "sheet-unit-unknown", Severity.HINT, word, f"{top}附近的单位“{word}”不是已知的单位，按所写保留，不作换算。", cells=(top,),
            remedy=f"如有误，改用元、万元、亿元、㎡、万㎡等单位，或在旁注中写：{line_of_yaml(grid.name, number, 'unit: 万元')}",
        )
        for word in unknown_units
    ]  # fmt: skip
    for view in views:
        found += _kind(grid, view, top, number)
        found += _twice(grid, view, top, number)
        found += _hidden(grid, view, top, number)
        if not view.transposed:
            found += _header(grid, segment, top, number) or _years(grid, view, top, number)
    return found


def proposals_of(grid: Grid, view: View, table: Table, number: int) -> Iterator[tuple[Finding, Decision]]:
    """What was proposed for the headers of a table that no alias names: a finding, and the decision with its line of YAML.

    A proposal that the column or a printed total confirms is a hint; one by the header's wording alone is a warning.
    """
    for each in view.proposals:
        place = column_letters(each.heading.position + 1)
        cell = CellRef(
            table.origin.file, grid.name, max(view.segment.header[1], 0) + 1, each.heading.position + 1
        )
        confirmed = each.confirmed(table)
        line = line_of_yaml(grid.name, number, f"fields: {{{place}: {each.field.key}}}")
        why = each.why + ("" if each.certain else "；合计等于各行之和" if confirmed else "；没有合计可以印证")
        said = f"{cell}的表头“{each.heading.label}”没有登记，按“{each.field.label}”读取：{why}。"
        said += "" if confirmed or not each.field.numeric else "在确定之前，这一列的数暂不计算。"
        no_field = line_of_yaml(grid.name, number, f"fields: {{{place}: ''}}")
        remedy = f"属实的在旁注中写：{line}；不是的写：{no_field}"
        severity = Severity.HINT if confirmed else Severity.WARNING
        yield (
            Finding("sheet-field-proposed", severity, each.heading.label, said, cells=(cell,), remedy=remedy),
            Decision(grid.name, f"{cell.address} {each.heading.label}", each.field.label, why, line),
        )


def line_of_yaml(sheet: str, number: int, what: str) -> str:
    """The line of YAML that says something of one table."""
    return f"sheets: {{{sheet}: {{tables: [{{table: {number}, {what}}}]}}}}"


def row_doubts(table: Table, number: int) -> list[Finding]:
    """The doubts about the rows of the `number`-th table of a sheet: sums read in two ways, rows outside the total."""
    first = next(
        (column for column in table.columns if column.texts is not None and not column.numeric),
        table.columns[0],
    )
    found = []
    for one in table.tree.doubts:
        cell = table.cell(one.whole, first)
        mine, other = (_rows_said(table, parts) for parts in (one.parts, one.rivals[0]))
        found.append(
            Finding(
                "sheet-rows-ambiguous", Severity.WARNING, table.name,
                f"{cell}一行有两种读法：由{mine}相加，或由{other}相加，表中各数不能确定是哪一种。在确定之前，各行之和暂不计算。",
                cells=(cell, *(table.cell(part, first) for part in (*one.parts, *one.rivals[0])[:30])),
                remedy="在旁注中写明有疑问的行是数据还是其中："
                + line_of_yaml(table.origin.sheet, number, f"roles: {{{_open_lines(table, one)}}}"),
            )
        )  # fmt: skip
    for one in table.tree.by_whole.values():
        names = [first.text(record) for record in (one.whole, *one.parts)]
        words = [column.text(one.whole) for column in table.columns if column.texts is not None]
        if one.support is not Support.UPHELD or any(
            role_of(name) is not Role.DATA for name in (*names, *words)
        ):
            continue  # a word says it: 合计, or 其中 among the parts
        cell, role = table.cell(one.whole, first), Role(int(table.roles[one.whole]))
        found.append(
            Finding(
                "sheet-row-sum-found", Severity.HINT, names[0] or table.name,
                f"{cell}一行“{names[0]}”等于{_rows_said(table, one.parts)}之和，按{role.label}读取，没有再加一次。",
                cells=(cell, *(table.cell(part, first) for part in one.parts[:30])),
                remedy="如不是合计，在旁注中写："
                + line_of_yaml(table.origin.sheet, number, f"roles: {{{int(table.lines[one.whole])}: 数据}}"),
            )
        )  # fmt: skip
    for record in table.tree.outside:
        cell = table.cell(record, first)
        found.append(
            Finding(
                "sheet-row-outside", Severity.WARNING, table.name,
                f"{cell}一行不在合计之内：合计等于其他各行之和。这一行没有计入。", cells=(cell,),
                remedy="核对合计是否漏计这一行；如应计入，在旁注中写："
                + line_of_yaml(table.origin.sheet, number, f"roles: {{{int(table.lines[record])}: 数据}}"),
            )
        )  # fmt: skip
    return found


def _open_lines(table: Table, one: RowSum) -> str:
    """The lines that only one of two readings adds up, as entries of YAML."""
    rows = sorted(set(one.parts).symmetric_difference(one.rivals[0]))
    return ", ".join(f"{int(table.lines[row])}: 数据" for row in rows[:8])


def _rows_said(table: Table, records: Iterable[int]) -> str:
    lines = [str(int(table.lines[record])) for record in records]
    what = "列" if table.transposed else "行"
    return f"第 {'、'.join(lines[:8])}{' 等' if len(lines) > 8 else ''} {what}"


def _kind(grid: Grid, view: View, top: CellRef, number: int) -> list[Finding]:
    if not view.rivals:
        return []
    return [
        Finding(
            "sheet-kind-ambiguous", Severity.HINT, view.kind.label,
            f"{top}起的表按“{view.kind.label}”读取，表头与 {'、'.join(view.rivals)} 同样相符。", cells=(top,),
            remedy=f"如有误，在旁注中写：{line_of_yaml(grid.name, number, f'kind: {view.rivals[0]}')}",
        )
    ]  # fmt: skip


def _twice(grid: Grid, view: View, top: CellRef, number: int) -> list[Finding]:
    if not view.twice:
        return []
    letters = {heading.label: column_letters(heading.position + 1) for heading in view.headings}
    labels = [label for label, _ in view.twice]
    pairs = "，".join(f"“{label}”与“{earlier}”是同一字段" for label, earlier in view.twice)
    return [
        Finding(
            "sheet-field-twice", Severity.HINT, "、".join(labels),
            f"{top}起的表中{pairs}：以前一列为准，后一列按其表头原名保留。", cells=(top,),
            remedy="如应以此列为准，在旁注中写："
            + line_of_yaml(grid.name, number, f"fields: {{{letters.get(labels[0], 'C')}: 字段名}}"),
        )
    ]  # fmt: skip


def _years(grid: Grid, view: View, top: CellRef, number: int) -> list[Finding]:
    """The doubt about a header of nothing but years behind a label that says nothing: it may be the first record."""
    first, last = view.segment.header
    figures = np.isin(
        grid.textures[first, view.segment.left : view.segment.right + 1], (Texture.NUMBER, Texture.FIGURE)
    )
    label = view.headings[0].label
    proposed = any(each.heading is view.headings[0] for each in view.proposals)
    if first != last or not figures.any() or not label or (view.fields[0] is not None and not proposed):
        return []
    said = f"{top}起的表以第 {first + 1} 行的年份为表头，“{label}”不是已知的表头。"
    return [
        Finding(
            "sheet-header-ambiguous", Severity.HINT, grid.name, said,
            cells=(CellRef(top.file, top.sheet, first + 1, view.segment.left + 1),),
            remedy=f"如这一行是数据，在旁注中写：{line_of_yaml(grid.name, number, 'header: 无')}",
        )
    ]  # fmt: skip


def _hidden(grid: Grid, view: View, top: CellRef, number: int) -> list[Finding]:
    """Columns of figures that the sheet hides: not taken for a field; a doubt where no visible one bears the name."""
    seen = {heading.path for heading in view.headings if not heading.hidden}
    found = []
    for heading, of in zip(view.headings, view.fields, strict=True):
        at = heading.position
        if not heading.hidden or of is not None:
            continue
        lines = [(at, line) if view.transposed else (line, at) for line in view.lines]
        if not any(_figure(grid, place) for place in lines):
            continue
        letters = str(at + 1) if view.transposed else column_letters(at + 1)
        row, column = lines[0]
        found.append(
            Finding(
                "sheet-hidden-column", Severity.HINT if heading.path in seen else Severity.WARNING, heading.label,
                f"{top.file}［{top.sheet}］隐藏的{'第' if view.transposed else ' '}{letters} "
                f"{'行' if view.transposed else '列'}“{heading.label}”里有数，看不见的不采用。",
                cells=(CellRef(top.file, top.sheet, row + 1, column + 1),),
                remedy="要报的取消隐藏，不要的删除；或在旁注中写："
                + line_of_yaml(grid.name, number, f"fields: {{{letters}: 字段名}}"),
            )
        )  # fmt: skip
    return found


def _figure(grid: Grid, place: tuple[int, int]) -> bool:
    return grid.textures[place] in (Texture.NUMBER, Texture.FIGURE)


def _header(grid: Grid, segment: Segment, top: CellRef, number: int) -> list[Finding]:
    first, last = segment.header
    if first > last:
        return [
            Finding(
                "sheet-header-missing", Severity.WARNING, grid.name, f"{top}起的表没有找到表头，各列没有名称。", cells=(top,),
                remedy=f"补上表头，或在旁注中指明：{line_of_yaml(grid.name, number, 'header: 3')}",
            )
        ]  # fmt: skip
    others = [
        row
        for row in segment.titles
        if sum(
            grid.textures[row, column] == Texture.TEXT and not is_meta(grid.text(row, column))
            for column in range(segment.left, segment.right + 1)
        )
        >= 2
    ]
    if not others:
        return []
    said = f"header: {others[0] + 1}-{last + 1}" if others[0] < first else f"header: {others[0] + 1}"
    cells = tuple(CellRef(top.file, top.sheet, row + 1, segment.left + 1) for row in (others[0], first))
    return [
        Finding(
            "sheet-header-ambiguous", Severity.HINT, grid.name,
            f"{top}起的表以第 {first + 1} 行为表头，第 {others[0] + 1} 行也像表头。", cells=cells,
            remedy=f"如有误，在旁注中写：{line_of_yaml(grid.name, number, said)}",
        )
    ]  # fmt: skip
