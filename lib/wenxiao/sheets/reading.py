"""A workbook read: its tables, what was wrong or doubtful, and what was decided on the way."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from wenxiao.model import (
    CellRef,
    Finding,
    Form,
    Problem,
    Severity,
    SheetError,
    Table,
    by_severity,
    unit_named,
)
from wenxiao.model.finding import UnusedRange
from wenxiao.sheets.cells.grid import Grid
from wenxiao.sheets.columns.assembly import assembled
from wenxiao.sheets.columns.proposal import certain
from wenxiao.sheets.columns.recognition import views_of
from wenxiao.sheets.columns.remarks import grid_remarks
from wenxiao.sheets.columns.stated_units import Surroundings
from wenxiao.sheets.containers.container import Container, refused
from wenxiao.sheets.containers.garbage import collector_held
from wenxiao.sheets.containers.opening import Opened, bytes_of, opened_here
from wenxiao.sheets.doubts import Decision, doubts_of, proposals_of, row_doubts
from wenxiao.sheets.foreign_file import read_apart
from wenxiao.sheets.forms.continued import with_continued
from wenxiao.sheets.forms.scan import forms_in
from wenxiao.sheets.forms.tables import tables_of
from wenxiao.sheets.forms.titles import bands_of
from wenxiao.sheets.layout.layout import segment_at, segments_of
from wenxiao.sheets.layout.segment import Segment
from wenxiao.sheets.layout.surroundings import around
from wenxiao.sheets.layout.vocabulary import Vocabulary
from wenxiao.sheets.override import SheetSay, TableSay, say_beside, say_from
from wenxiao.sheets.unused import set_aside, unused_in

if TYPE_CHECKING:
    from wenxiao.fields import Registry


@dataclass(frozen=True, eq=False)
class Reading:
    """All that was read from one file: its tables, what was wrong with its cells, and what was decided on its sheets.

    Every number of a visible sheet is in a table with a role and a field, or in `unused` with its reason.

    >>> import pandas as pd, wenxiao as wx
    >>> reading = wx.read(pd.DataFrame({"县区": ["甲县", "乙县"], "得分": ["88.5", "待定"]}))
    >>> reading.tables[0].kind, [finding.code for finding in reading.findings]
    ('districts', ['sheet-not-a-number'])
    """

    file: str
    container: Container
    sha256: str
    tables: tuple[Table, ...]
    findings: tuple[Finding, ...] = ()
    decisions: tuple[Decision, ...] = ()
    unused: tuple[UnusedRange, ...] = ()
    grids: tuple[Grid, ...] = field(default=(), repr=False)


def read_workbook(
    path: Path, registry: Registry, *, name: str | None = None, override: Mapping[str, object] | None = None
) -> Reading:
    """The tables of a file, with the findings of reading it; SheetError where it cannot be read at all.

    `name` is the file name that addresses carry, the path's own where it is not given. `override` are a person's
    decisions (docs/sheets.md); where none are handed in, the YAML beside the file is read (资金.xlsx.yaml).
    """
    data = bytes_of(path)
    said = say_beside(path) if override is None else override
    return read_bytes(data, registry, name=name or path.name, override=said)


def read_bytes(
    data: bytes, registry: Registry, *, name: str, override: Mapping[str, object] | None = None
) -> Reading:
    """The tables that the bytes of a file hold; as `read_workbook`."""
    return read_apart(_read_here, name, data, override, kept=(registry,))


def _read_here(data: bytes, name: str, override: Mapping[str, object] | None, registry: Registry) -> Reading:
    with collector_held():
        opened = opened_here(data, name)
        sha256 = hashlib.sha256(data).hexdigest()
        return read_opened(opened, registry, name=name, sha256=sha256, override=override)


def _hidden_form(grid: Grid, name: str) -> Finding:
    """That a form stands on a sheet that nobody sees, and was not read for that."""
    return Finding(
        "hidden-form",
        Severity.WARNING,
        grid.name,
        f"{name} 的工作表“{grid.name}”是隐藏的，上面像是一份填报表，没有读。",
        cells=(CellRef(name, grid.name, 1, 1),),
        remedy=f"要用的取消隐藏，或在 {name}.yaml 中写明 read: true；不用的删去",
    )


def read_opened(
    source: Opened,
    registry: Registry,
    *,
    name: str,
    sha256: str,
    override: Mapping[str, object] | None = None,
) -> Reading:
    """The tables that the grids of a file hold; as `read_workbook`."""
    if source.container is Container.DOCX:
        source = replace(source, grids=with_continued(source.grids, registry))
    say = say_from(override, name, registry)
    findings: list[Finding] = []
    decisions = list(_container_decisions(source))
    tables: list[Table] = []
    unused: list[UnusedRange] = []
    names = [grid.name for grid in source.grids]
    if lost := [sheet for sheet in say.sheets if sheet not in names]:
        raise SheetError(
            Problem(
                f"旁注里的工作表“{sheet}”在文件中没有",
                file=f"{name}.yaml",
                sheet=sheet,
                remedy=f"文件中有：{'、'.join(names)}",
            )
            for sheet in lost
        )
    for grid in source.grids:
        said = say.of(grid.name)
        if said.read is False or (grid.hidden and not said.read):
            hidden = "是表格以外的文字" if source.container is Container.DOCX else "是隐藏的工作表"
            why = "旁注说不读" if said.read is False else hidden
            unused += () if grid.hidden else set_aside(grid, name)
            if said.read is None and source.container is not Container.DOCX and forms_in(grid, registry):
                findings.append(_hidden_form(grid, name))
            decisions.append(
                Decision(grid.name, "工作表", "跳过", why, f"sheets: {{{grid.name}: {{read: true}}}}")
            )
            continue
        read, found, decided, left = read_grid(grid, registry, name, said)
        tables += read
        unused += left
        findings += found
        decisions += decided
    if not tables and source.container is Container.DOCX:
        raise refused(name, "Word 文档里没有表格", "其中有要报的数时，录入样表；检查文件是否为正确的一份")
    if not tables:
        raise refused(
            name, "没有读到任何表格，工作表是空的", "检查文件是否为正确的一份，表格是否在隐藏的工作表里"
        )
    return Reading(
        name,
        source.container,
        sha256,
        tuple(tables),
        by_severity(findings),
        tuple(decisions),
        tuple(unused),
        source.grids,
    )


def read_grid(
    grid: Grid, registry: Registry, file: str, say: SheetSay | None = None
) -> tuple[list[Table], list[Finding], list[Decision], tuple[UnusedRange, ...]]:
    """The tables of one sheet, the findings of reading them, what was decided, and the numbers that no table uses."""
    if grid.height == 0 or grid.width == 0:
        empty = Finding(
            "sheet-empty",
            Severity.HINT,
            grid.name,
            f"{file}［{grid.name}］是空的工作表。",
            remedy="不用的工作表请删除",
        )
        return [], [empty], [], ()
    tables: list[Table] = []
    findings: list[Finding] = []
    decisions: list[Decision] = []
    for part in bands_of(grid, registry) if say is None or not say.tables else ():
        for filled in forms_in(part, registry):
            read, found = tables_of(part, filled, registry, file)
            tables += read
            findings += found
            decisions += [_form_decision(grid.name, read[0].form)] if read and read[0].form else []
    if tables:
        return tables, findings, decisions, unused_in(grid, tables, file, registry)
    repeated: set[int] = set()
    vocabulary = Vocabulary(registry)
    for number, (segment, said) in enumerate(
        _with_say(grid, segments_of(grid, vocabulary), say, vocabulary), start=1
    ):
        surroundings, unknown = around(grid, segment, file)
        surroundings = _as_said(surroundings, said)
        top = CellRef(file, grid.name, segment.top + 1, segment.left + 1)
        views = views_of(grid, segment, f"{surroundings.title} {grid.name}", registry, said)
        for view in views:
            table, remarks = assembled(grid, view, surroundings)
            tables.append(certain(table, view.proposals))
            findings += remarks + row_doubts(table, number)
            labels = {label for label, _ in view.twice}
            repeated |= {one.position + 1 for one in view.headings if one.label in labels}
            for finding, decision in proposals_of(grid, view, table, number):
                findings.append(finding)
                decisions.append(decision)
        findings += doubts_of(grid, segment, views, unknown, top, number)
    findings += grid_remarks(grid, file)
    return tables, findings, decisions, unused_in(grid, tables, file, registry, frozenset(repeated))


def _with_say(
    grid: Grid, segments: tuple[Segment, ...], say: SheetSay | None, vocabulary: Vocabulary
) -> list[tuple[Segment, TableSay | None]]:
    """The tables of a sheet with what a person said of each; a range they gave takes the place of what it overlaps."""
    if say is None or not say.tables:
        return [(segment, None) for segment in segments]
    said: dict[int, TableSay] = {table.table: table for table in say.tables if table.table is not None}
    kept: list[tuple[Segment, TableSay | None]] = []
    ranges = [
        (table, area) for table in say.tables if table.table is None and (area := table.area) is not None
    ]
    for number, segment in enumerate(segments, start=1):
        table = said.get(number)
        if table is not None and not table.skip:
            area = table.area or (segment.top, segment.left, segment.bottom, segment.right)
            changed = (
                segment_at(grid, area, table.header_rows, vocabulary)
                if table.area or table.header_rows
                else segment
            )
            kept += [(changed, table)] if changed is not None else []
        elif table is None and not any(_overlaps(segment, area) for _, area in ranges):
            kept.append((segment, None))
    for table, area in ranges:
        found = None if table.skip else segment_at(grid, area, table.header_rows, vocabulary)
        kept += [(found, table)] if found is not None else []
    return sorted(kept, key=lambda one: (one[0].top, one[0].left))


def _form_decision(sheet: str, form: Form) -> Decision:
    """What a sheet, or a part of it, was taken for, and the words that no block of it explains."""
    unread = "；".join(f"{block}“{block.words}”" for block in form.unread)
    return Decision(sheet, "表式", form.provenance, f"没有认出：{unread}" if unread else "")


def _overlaps(segment: Segment, area: tuple[int, int, int, int]) -> bool:
    top, left, bottom, right = area
    return segment.top <= bottom and top <= segment.bottom and segment.left <= right and left <= segment.right


def _as_said(surroundings: Surroundings, say: TableSay | None) -> Surroundings:
    if say is None:
        return surroundings
    unit = None if say.unit is None else unit_named(say.unit)
    return replace(
        surroundings,
        title=surroundings.title if say.title is None else say.title,
        units=surroundings.units if unit is None else (unit,),
        unit=surroundings.unit if unit is None else unit,
        roles={line - 1: role for line in say.roles if (role := say.role_of(line)) is not None},
    )


def _container_decisions(source: Opened) -> list[Decision]:
    frame = source.container is Container.FRAME
    why = "列名作为表头，一行一条" if frame else "按文件开头的字节判断"
    made = [Decision("", "文件格式", source.container.value, why)]
    if source.encoding:
        made.append(Decision("", "文字编码", source.encoding, "依次严格尝试 UTF-8、UTF-16、GB18030"))
    if source.delimiter:
        made.append(
            Decision(
                "", "分隔符", "制表符" if source.delimiter == "\t" else source.delimiter, "在各行中出现最多"
            )
        )
    return made
