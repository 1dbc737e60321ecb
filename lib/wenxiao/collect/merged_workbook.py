"""The merged workbook (汇总.xlsx): the project's tables from all counties, each value with the file and cell it comes from."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import xlsxwriter
import yaml
from xlsxwriter.format import Format
from xlsxwriter.utility import quote_sheetname, xl_col_to_name, xl_rowcol_to_cell

from wenxiao.collect.district_table import district_table
from wenxiao.collect.form import Form
from wenxiao.collect.lists import MOST_TEXT, ListSheet, width, write_lists
from wenxiao.collect.merged_table import SUMMED, MergedCell, MergedTable, detail_table, sum_table
from wenxiao.collect.roster import County
from wenxiao.collect.unread import Unread, unread_list
from wenxiao.collect.value import Value
from wenxiao.collect.version import Choice
from wenxiao.display.workbook import OutputWorkbook
from wenxiao.fields import Registry

_HEADER = 1  # title, then the header
_SPREADSHEET_DIGITS = 15
_MOST_TERMS = 200
_SOURCES = (
    "汇总工作表", "汇总单元格", "县区", "表", "行", "字段", "值", "单位", "原文", "文件", "版本", "工作表", "单元格",
)  # fmt: skip
_SAID = "每个数来自哪个县区的哪份文件、哪一版、哪张工作表、哪个单元格"


@dataclass(frozen=True, slots=True)
class MergedWorkbook:
    """The workbook, and the notes beside it (汇总.xlsx.yaml) that say which of its sheets are the project's tables."""

    content: bytes
    notes: bytes


def merged_workbook(
    project: str,
    counties: Sequence[County],
    values: Sequence[Value],
    choices: Sequence[Choice],
    unread: Sequence[Unread],
    form: Form,
    registry: Registry,
) -> MergedWorkbook:
    """The merged workbook of a collection, the same bytes from the same returns.

    Whatever a county typed stands as text or as a number; the only formulas are sums of cells of this workbook.
    """
    coverage = _coverage(counties, values)
    note = f"注：{coverage}。来源：{form.title}。"
    tables = tuple(
        replace(table, notes=(note,)) for table in merged_tables(counties, values, choices, form, registry)
    )
    held = io.BytesIO()
    with OutputWorkbook(held, {"title": f"{project} 汇总"}) as book:
        writer = _Writer(book, tables)
        writer.guide(f"{project} 县区填报汇总 · {form.title}", _guide(coverage, tables, choices, unread))
        for table in tables:
            writer.table(table)
        write_lists(
            book,
            [
                ListSheet("数据来源", f"数据来源 · {form.title}", _SOURCES, writer.sources(), _SAID),
                unread_list(unread, form.title),
            ],
        )
    return MergedWorkbook(held.getvalue(), _notes(tables))


def merged_tables(
    counties: Sequence[County],
    values: Sequence[Value],
    choices: Sequence[Choice],
    form: Form,
    registry: Registry,
) -> tuple[MergedTable, ...]:
    """The tables of the merged workbook: those that the project reads first, then the details."""
    found = {sheet.kind: detail_table(sheet, values, registry) for sheet in form.sheets}
    details = {kind: table for kind, table in found.items() if table is not None}
    read = [district_table(counties, values, choices, details, form, registry)]
    beside: list[MergedTable] = []
    for sheet in form.sheets:
        detail = details.get(sheet.kind)
        if detail is None:
            continue
        if sheet.kind in SUMMED:
            read.append(sum_table(sheet, detail, registry))
        (read if detail.kind else beside).append(detail)
    return (*read, *beside)


def _coverage(counties: Sequence[County], values: Iterable[Value]) -> str:
    within = {value.county for value in values}
    without = [county.name for county in counties if county.name not in within]
    said = f"已汇总 {len(counties) - len(without)}/{len(counties)} 个县区"
    return f"{said}，未含{'、'.join(without)}" if without else said


def _guide(
    coverage: str, tables: Sequence[MergedTable], choices: Sequence[Choice], unread: Sequence[Unread]
) -> list[str]:
    read = "”“".join(table.sheet for table in tables if table.kind)
    beside = "”“".join(table.sheet for table in tables if not table.kind)
    return [
        f"{coverage}。",
        "本工作簿由县区返回的填报表汇总而成，每次汇总重新写成；要改数，请县区补报，不要在这里改。",
        f"项目的表，评价和报告读这几张：“{read}”。",
        f"逐行列出各县区返回的内容，评价和报告不读：“{beside}”。",
        "合计是对本工作簿单元格求和的公式；县区填的内容一律作为文字或数字，不作公式。",
        "“数据来源”逐个写明每个数来自哪个县区的哪份文件、哪一版、哪张工作表、哪个单元格。",
        f"“未读清单”列出没有读入的 {len(unread)} 处内容、原因和处理办法。",
        *(
            f"待定：{choice.county}的{choice.label}，{choice.reason}"
            for choice in choices
            if choice.version is None
        ),
    ]


def _notes(tables: Sequence[MergedTable]) -> bytes:
    said: dict[str, object] = {name: {"read": False} for name in ("说明", "数据来源", "未读清单")}
    for table in tables:
        if not table.kind or not table.rows:
            said[table.sheet] = {"read": False}
            continue
        last = _HEADER + 1 + len(table.rows)
        area = f"A{_HEADER + 1}:{xl_col_to_name(len(table.headers) - 1)}{last}"
        said[table.sheet] = {
            "tables": [{"range": area, "header": f"{_HEADER + 1}", "kind": table.kind, "title": table.title}]
        }
    text = yaml.safe_dump({"sheets": said}, allow_unicode=True, sort_keys=False)
    return f"# 由 wenxiao collect merge 写成：汇总.xlsx 的哪些工作表是项目的表。\n{text}".encode()


@dataclass
class _Writer:
    """Writes tables into a workbook; `places` say where each cell of them stands."""

    book: xlsxwriter.Workbook
    tables: Sequence[MergedTable]
    places: dict[int, tuple[str, int, int]] = field(default_factory=dict)
    formats: dict[tuple[int, bool, bool], Format] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for table in self.tables:
            for line, row in enumerate(table.rows, start=_HEADER + 1):
                for column, cell in enumerate(row):
                    self.places[id(cell)] = (table.sheet, line, column)
        base: dict[str, Any] = {"font_size": 11, "valign": "vcenter"}
        self.cell = {**base, "border": 1, "border_color": "#D0D7DE"}
        self.title = self.book.add_format({**base, "bold": True, "font_size": 14})
        self.header = self.book.add_format(
            {**self.cell, "bold": True, "bg_color": "#F0F2F5", "text_wrap": True, "align": "center"}
        )
        self.text = self.book.add_format({**self.cell, "text_wrap": True})
        self.bold = self.book.add_format({**self.cell, "bold": True, "bg_color": "#F0F2F5"})
        self.note = self.book.add_format({**base, "font_color": "#57606A"})
        self.wrapped = self.book.add_format({**base, "text_wrap": True})

    def guide(self, title: str, lines: Sequence[str]) -> None:
        """The first sheet: what this workbook is."""
        page = self.book.add_worksheet("说明")
        page.set_column(0, 0, 100)
        page.write_string(0, 0, title, self.title)
        for line, text in enumerate(lines, start=1):
            page.set_row(line, 18 * (1 + 2 * len(text) // 100))
            page.write_string(line, 0, text[:MOST_TEXT], self.wrapped)
        page.set_paper(9)
        page.fit_to_pages(1, 0)

    def table(self, table: MergedTable) -> None:
        """One table: title, header, rows, the notes below."""
        page = self.book.add_worksheet(table.sheet)
        page.write_string(0, 0, table.title, self.title)
        page.set_row(0, 26)
        page.set_row(_HEADER, 32)
        for column, header in enumerate(table.headers):
            page.write_string(_HEADER, column, header, self.header)
            shown = [str(row[column].content) for row in table.rows[:200]]
            page.set_column(column, column, max(11, width([header[:12], *shown])))
        for line, row in enumerate(table.rows, start=_HEADER + 1):
            last = table.total and line == _HEADER + len(table.rows)
            for column, cell in enumerate(row):
                self._write(page, table.sheet, line, column, cell, bold=last)
        for line, note in enumerate(table.notes, start=_HEADER + 1 + len(table.rows)):
            page.write_string(line, 0, note, self.note)
        self._finish(page, 1)

    def sources(self) -> list[tuple[str, ...]]:
        """A line for each returned value behind each cell of the tables, by sheet, row and column."""
        found: list[tuple[str, ...]] = []
        for table in self.tables:
            for row in table.rows:
                for cell in row:
                    sheet, line, column = self.places[id(cell)]
                    found += [
                        (
                            sheet, xl_rowcol_to_cell(line, column), one.county, one.table, one.row, one.field,
                            one.text, one.unit, one.raw, one.file, one.version, one.sheet, one.cell,
                        )
                        for one in cell.sources
                    ]  # fmt: skip
        return found

    def _write(self, page: Any, sheet: str, line: int, column: int, cell: MergedCell, *, bold: bool) -> None:
        content = cell.content
        if isinstance(content, str):
            style = self.bold if bold else self.text
            if content:
                page.write_string(line, column, content[:MOST_TEXT], style)
            else:
                page.write_blank(line, column, None, style)
            return
        style = self._number(cell, bold=bold)
        if len(content.normalize().as_tuple().digits) > _SPREADSHEET_DIGITS:
            page.write_string(line, column, f"{content:f}", style)
        elif (terms := self._terms(cell, sheet)) is not None:
            page.write_formula(line, column, f"=SUM({','.join(terms)})", style, float(content))
        else:
            page.write_number(line, column, float(content), style)

    def _terms(self, cell: MergedCell, sheet: str) -> list[str] | None:
        """The places that a cell adds up; None where it is no sum, or of too many, or of words (约 12)."""
        known = all(id(part) in self.places and not isinstance(part.content, str) for part in cell.parts)
        if not 0 < len(cell.parts) <= _MOST_TERMS or not known:
            return None
        terms = []
        for part in cell.parts:
            where, line, column = self.places[id(part)]
            at = xl_rowcol_to_cell(line, column)
            terms.append(at if where == sheet else f"{quote_sheetname(where)}!{at}")
        return terms

    def _number(self, cell: MergedCell, *, bold: bool) -> Format:
        places = max(0, cell.places - 2 if cell.percent else cell.places)
        key = (places, cell.percent, bold)
        if key not in self.formats:
            shape = (
                ("0" if cell.percent else "#,##0")
                + (f".{'0' * places}" if places else "")
                + ("%" if cell.percent else "")
            )
            look = {"bold": True, "bg_color": "#F0F2F5"} if bold else {}
            self.formats[key] = self.book.add_format(
                {**self.cell, **look, "num_format": shape, "align": "right"}
            )
        return self.formats[key]

    def _finish(self, page: Any, names: int) -> None:
        page.freeze_panes(_HEADER + 1, names)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0, _HEADER)
