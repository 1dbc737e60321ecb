"""A workbook read: its tables, what was wrong or doubtful, and what was decided on the way."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from wenxiao.model import CellRef, Finding, Severity, Table, by_severity
from wenxiao.sheets.assembly import Assembly
from wenxiao.sheets.container import Container, refused
from wenxiao.sheets.grid import Grid
from wenxiao.sheets.layout import segments_of
from wenxiao.sheets.opening import Opened, bytes_of, opened
from wenxiao.sheets.recognition import views_of
from wenxiao.sheets.surroundings import around
from wenxiao.sheets.vocabulary import Vocabulary

if TYPE_CHECKING:
    from wenxiao.fields import Registry


@dataclass(frozen=True, slots=True)
class Decision:
    """Something that was chosen: what about, what was chosen and why, and the line of YAML that would change it."""

    sheet: str
    about: str
    choice: str
    why: str = ""
    override: str = ""


@dataclass(frozen=True, eq=False)
class Reading:
    """All that was read from one file."""

    file: str
    container: Container
    sha256: str
    tables: tuple[Table, ...]
    findings: tuple[Finding, ...] = ()
    decisions: tuple[Decision, ...] = ()
    grids: tuple[Grid, ...] = field(default=(), repr=False)


def read_workbook(
    path: Path, registry: Registry, *, name: str | None = None, override: Mapping[str, object] | None = None
) -> Reading:
    """The tables of a file, with the findings of reading it; SheetError where it cannot be read at all.

    `name` is the file name that addresses carry, the path's own where it is not given; `override` are a person's
    decisions (docs/sheets.md).
    """
    data = bytes_of(path)
    return read_bytes(data, registry, name=name or path.name, override=override)


def read_bytes(
    data: bytes, registry: Registry, *, name: str, override: Mapping[str, object] | None = None
) -> Reading:
    """The tables that the bytes of a file hold; as `read_workbook`."""
    source = opened(data, name)
    findings: list[Finding] = []
    decisions = list(_container_decisions(source))
    tables: list[Table] = []
    for grid in source.grids:
        if grid.hidden:
            decisions.append(Decision(grid.name, "工作表", "跳过", "是隐藏的工作表", f"sheets: {{{grid.name}: {{read: true}}}}"))
            continue
        read, found, decided = read_grid(grid, registry, name)
        tables += read
        findings += found
        decisions += decided
    if not tables:
        raise refused(name, "没有读到任何表格，工作表是空的", "检查文件是否为正确的一份，表格是否在隐藏的工作表里")
    return Reading(
        name, source.container, hashlib.sha256(data).hexdigest(), tuple(tables), by_severity(findings), tuple(decisions), source.grids
    )  # fmt: skip


def read_grid(grid: Grid, registry: Registry, file: str) -> tuple[list[Table], list[Finding], list[Decision]]:
    """The tables of one sheet, the findings of reading them, and what was decided."""
    if grid.height == 0 or grid.width == 0:
        empty = Finding(
            "sheet-empty", Severity.HINT, grid.name, f"{file}［{grid.name}］是空的工作表。", remedy="不用的工作表请删除"
        )
        return [], [empty], []
    tables: list[Table] = []
    findings: list[Finding] = []
    decisions: list[Decision] = []
    for segment in segments_of(grid, Vocabulary(registry)):
        surroundings, unknown = around(grid, segment, file)
        top = CellRef(file, grid.name, segment.rows[0] + 1, segment.left + 1)
        findings += [
            Finding(
                "sheet-unit-unknown", Severity.WARNING, word, f"{top}附近的单位“{word}”不是已知的单位，未采用。",
                cells=(top,), remedy="改用元、万元、亿元、㎡、万㎡等单位，或在旁注 YAML 中用 unit 指明",
            )
            for word in unknown
        ]  # fmt: skip
        for view in views_of(grid, segment, f"{surroundings.title} {grid.name}", registry):
            assembly = Assembly(grid, view, surroundings)
            tables.append(assembly.table())
            findings += assembly.findings
            if view.rivals:
                decisions.append(
                    Decision(grid.name, f"{top.address} 起的表的类别", view.kind.key, f"与 {'、'.join(view.rivals)} 同样相符")
                )
    return tables, findings, decisions


def _container_decisions(source: Opened) -> list[Decision]:
    made = [Decision("", "文件格式", source.container.value, "按文件开头的字节判断")]
    if source.encoding:
        made.append(Decision("", "文字编码", source.encoding, "依次严格尝试 UTF-8、UTF-16、GB18030"))
    if source.delimiter:
        made.append(Decision("", "分隔符", "制表符" if source.delimiter == "\t" else source.delimiter, "在各行中出现最多"))
    return made
