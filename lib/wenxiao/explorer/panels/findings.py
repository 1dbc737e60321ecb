"""The findings, filtered, the cells they rest on, and how what was read is mended."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import islice

import ipywidgets as widgets

from wenxiao.display.tables import Head, ReportTable, Row
from wenxiao.explorer.panel import Pane, Panel, line, quiet
from wenxiao.explorer.session import Session
from wenxiao.explorer.words import say_of_table
from wenxiao.fields import standard_registry
from wenxiao.model import CellRef, Column, Finding, Role, Severity, Table, column_letters
from wenxiao.model.finding import UnusedRange
from wenxiao.sheets import Reading

_ALL = "全部"
_MOST = 60


class FindingsPanel(Panel):
    """Findings by severity and by a word; one chosen shows its cells where they stand."""

    def __init__(self, session: Session, jump: Callable[[tuple[CellRef, ...]], None]) -> None:
        super().__init__(session)
        self.jump = jump
        self.severity = widgets.ToggleButtons(options=(_ALL, *(each.label for each in Severity)))
        self.word = widgets.Text(
            description="含", placeholder="县区、指标、单元格 …", continuous_update=False
        )
        self.chosen = widgets.Select(
            description="差异", rows=6, layout=widgets.Layout(width="60em", max_width="100%")
        )
        self.go = widgets.Button(description="到所在的单元格", layout=widgets.Layout(width="12em"))
        self.count, self.detail = widgets.HTML(), Pane()
        self.children = (
            self.message, self.severity, line(self.word, self.count), self.chosen, self.go, self.detail,
        )  # fmt: skip
        self._found: tuple[Finding, ...] = ()
        self.when(self.severity, lambda value: session.choose(severity=value))
        self.when(self.word, lambda value: session.choose(word=value))
        self.when(
            self.chosen, lambda i: session.choose(finding=None if i is None else self._found[i].message)
        )
        self.press(self.go, self._jump)

    def draw(self) -> None:
        """Lists what passes the filter, and shows the finding that is chosen."""
        evaluation, looked_at = self.session.evaluation, self.session.state.chosen
        findings = evaluation.findings if evaluation else ()
        self.severity.value = looked_at.get("severity", _ALL)
        self.word.value = looked_at.get("word", "")
        self._found = tuple(each for each in findings if self._passes(each))
        self.count.value = quiet(f"{len(self._found)} 项，共 {len(findings)} 项")
        options = [
            (f"{each.word}　{each.subject}　{each.message}"[:_MOST], i) for i, each in enumerate(self._found)
        ]
        if list(self.chosen.options) != options:
            self.chosen.options = options
        wanted = (i for i, each in enumerate(self._found) if each.message == looked_at.get("finding"))
        i = next(wanted, 0 if self._found else None)
        self.chosen.value = i
        self.detail.show(None if i is None else self._found[i])
        self.go.disabled = i is None or not self._found[i].cells

    def _passes(self, finding: Finding) -> bool:
        word = self.word.value.strip()
        text = " ".join((finding.subject, finding.message, *map(str, finding.cells)))
        return self.severity.value in (_ALL, finding.word) and word in text

    def _jump(self) -> None:
        i = self.chosen.value
        if i is not None and self._found[i].cells:
            self.jump(self._found[i].cells)


_AS_READ, _NONE = "（按程序的读法）", "（不作字段）"
_MOST_MOVED = 8
_MARKED = 500


class MendingPanel(Panel):
    """The columns of one table with field, unit and role, and what is said instead; a change is read again at once."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        registry = standard_registry()
        fields = {f"{each.label}（{each.key}）": each.key for each in registry.fields}
        self.table = widgets.Dropdown(description="表", layout=widgets.Layout(width="26em", max_width="100%"))
        self.column = widgets.Dropdown(
            description="列", layout=widgets.Layout(width="22em", max_width="100%")
        )
        self.field = widgets.Dropdown(
            description="字段", options={_AS_READ: None, _NONE: "", **dict(sorted(fields.items()))},
            layout=widgets.Layout(width="22em", max_width="100%"),
        )  # fmt: skip
        self.unit = widgets.Text(
            description="单位", placeholder="不改则留空", layout=widgets.Layout(width="14em")
        )
        self.change_column = widgets.Button(description="改这一列")
        self.row = widgets.BoundedIntText(
            description="行", min=1, max=1_048_576, layout=widgets.Layout(width="12em")
        )
        self.role = widgets.Dropdown(
            description="性质", options={_AS_READ: None, **{role.label: role.label for role in Role}}
        )
        self.change_row = widgets.Button(description="改这一行")
        self.columns = Pane()
        self.unused = widgets.Select(
            description="未采用", rows=4, layout=widgets.Layout(width="60em", max_width="100%"),
            tooltip="选一处，标出它的单元格，并选好所在的表、列和行",
        )  # fmt: skip
        self._ranges: tuple[UnusedRange, ...] = ()
        self._tables: tuple[Table, ...] = ()
        self._positions: list[tuple[str, int]] = []
        self.children = (
            self.columns,
            self.unused,
            line(self.table, self.column, self.field, self.unit, self.change_column),
            line(self.row, self.role, self.change_row),
            self.message,
        )
        self.when(self.table, lambda _: self._draw_table())
        self.when(self.unused, self._point)
        self.press(self.change_column, self._change_column)
        self.press(self.change_row, self._change_row)

    def draw(self) -> None:
        """Leaves the choice as it is: the panel is given what it shows."""

    def follow(self) -> None:
        """Leaves what the last change moved standing."""

    def read(self, reading: Reading | None) -> None:
        """Shows how the tables of a file were read; of None, nothing."""
        self._tables = reading.tables if reading else ()
        seen: dict[str, int] = {}
        self._positions = []
        for table in self._tables:
            sheet = table.origin.sheet
            seen[sheet] = seen.get(sheet, 0) + 1
            self._positions.append((sheet, seen[sheet]))
        self.layout.display = None if self._tables else "none"
        options = [
            (f"［{table.origin.sheet}］{table.title or table.kind}", i)
            for i, table in enumerate(self._tables)
        ]
        if list(self.table.options) != options:
            self.table.options = options
            self.table.value = 0 if options else None
        self._drawn(self._draw_table)
        self._ranges = reading.unused if reading else ()
        lines = [
            (f"［{each.first.sheet}］{each.address}　{each.count} 个　{each.reason.value}　{each.about}", i)
            for i, each in enumerate(self._ranges)
        ]
        self.unused.layout.display = None if lines else "none"
        if list(self.unused.options) != lines:
            self.unused.options, self.unused.value = lines, None

    def _point(self, at: int | None) -> None:
        """Marks the cells of a range that is not used, and chooses the table, column and row it lies in."""
        if at is None:
            return
        first, last = self._ranges[at].first, self._ranges[at].last
        for i, table in enumerate(self._tables):
            origin = table.origin
            inside = origin.top <= first.row <= origin.bottom and origin.left <= first.column <= origin.right
            if origin.sheet == first.sheet and inside:
                self.table.value = i
                self._draw_table()
                place = str(first.row) if table.transposed else column_letters(first.column)
                if place in dict(self.column.options).values():
                    self.column.value = place
                self.row.value = first.column if table.transposed else first.row
        rows, columns = range(first.row, last.row + 1), range(first.column, last.column + 1)
        cells = (CellRef(first.file, first.sheet, row, column) for row in rows for column in columns)
        self.session.choose(file=first.file, cells=tuple(islice(cells, _MARKED)))

    def _draw_table(self) -> None:
        at = self.table.value
        if at is None or at >= len(self._tables):
            self.columns.value = ""
            return
        table = self._tables[at]
        options = [
            (f"{_place(each, table)}　{each.label}"[:30], _place(each, table)) for each in table.columns
        ]
        if list(self.column.options) != options:
            self.column.options = options
            self.column.value = options[0][1] if options else None
        self.columns.show(columns_table(table))

    def _change_column(self) -> None:
        place, unit = str(self.column.value), self.unit.value.strip()
        said: dict[str, Mapping[str | int, str | None]] = {"fields": {place: self.field.value}}
        if unit or self.field.value is None:
            said["units"] = {place: unit or None}
        self._say(said)

    def _change_row(self) -> None:
        self._say({"roles": {self.row.value: self.role.value}})

    def _say(self, said: Mapping[str, Mapping[str | int, str | None]]) -> None:
        at = self.table.value
        if at is None:
            return
        table, (sheet, number) = self._tables[at], self._positions[at]
        before = self._figures()
        path = say_of_table(self.session.folder / table.origin.file, sheet, number, said)
        self.session.reread()
        moved = [
            f"{label} {before.get(key, (label, '无'))[1]} → {text}"
            for key, (label, text) in self._figures().items()
            if before.get(key, (label, "无"))[1] != text
        ]
        gone = len(before.keys() - self._figures().keys())
        told = "；".join(moved[:_MOST_MOVED]) + (f" 等 {len(moved)} 个数" if len(moved) > _MOST_MOVED else "")
        told = (told or "没有数变动") + (f"；{gone} 个数不再有" if gone else "")
        self.say(quiet(f"已写入 {self.session.workspace.relative(path)}，重新读取后：{told}。"))

    def _figures(self) -> dict[str, tuple[str, str]]:
        evaluation = self.session.evaluation
        measures = evaluation.measures.items() if evaluation else ()
        return {key: (f"{each.label}（{each.subject}）", each.text) for key, each in measures}


def columns_table(table: Table) -> ReportTable:
    """The columns of a table with what each was taken for; one that no field of the registry fits says so."""
    registry = standard_registry()
    rows = tuple(
        Row(
            _place(each, table),
            (
                each.label,
                registry.field(each.key, table.kind).label if each.key else "未识别，按原表头保留",
                each.unit.symbol if each.numeric and not each.row_units else "",
                "数" if each.numeric else "文字",
            ),
        )
        for each in table.columns
    )
    heads = tuple(Head(name, words=True) for name in ("表头", "字段", "单位", "内容"))
    place = "行" if table.transposed else "列"
    return ReportTable(f"各{place}的读法：{table.name}", Head(place, words=True), heads, rows)


def _place(column: Column, table: Table) -> str:
    return str(column.position) if table.transposed else column_letters(column.position)
