"""What was not read of what came back: every cell that is in no merged value, every file that cannot be read, and why."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from wenxiao.collect.lists import ListSheet
from wenxiao.collect.register import TO_TYPE, UNREAD, Entry
from wenxiao.collect.sending import TemplateText
from wenxiao.collect.template_checks import is_own_formula
from wenxiao.collect.value import Value, has_number, raw_text
from wenxiao.model import CellRef, Problem, Role, SheetError, Table
from wenxiao.sheets import Container as Kept
from wenxiao.sheets import Grid, Reading
from wenxiao.sheets.cells.texture import Texture
from wenxiao.sheets.cells.wording import is_meta, joined

_RETYPE = "把其中的数录入样表，存为 .xlsx 放进同一文件夹"
_WORD = "用 Word 或 WPS 打开，另存为 .docx，再放进同一文件夹"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SCANS = {
    b"%PDF": "PDF 文件",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
    b"BM": "图片",
    b"II*\0": "图片（扫描件）",
    b"MM\0*": "图片（扫描件）",
    b"RIFF": "图片或音视频",
}
_BESIDE_CELLS = (
    ("/media/", "图片"),
    ("/comments", "批注"),
    ("/threadedcomments", "批注"),
    ("/embeddings/", "嵌入的文件"),
    ("/charts/chart", "图表"),
    ("/diagrams/data", "图形"),
    ("pictures/", "图片"),
)
_TEXT_BOX = re.compile(rb"<(?:\w+:)?(?:txBody|txbxContent|textbox)[\s>].*?<(?:a|w):t[\s>]", re.DOTALL)
_MOST_DRAWING = 8 << 20
BESIDE = "（单元格之外）"
HEADER = "表头"


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that came back and is in no merged value.

    `sheet` and `cell` are '' for a whole file or sheet; `cell` is a range for a whole table; `category` 文件, 工作表, 表,
    数, 文字 or 表头.
    """

    county: str
    file: str
    version: str
    sheet: str
    cell: str
    text: str
    category: str
    reason: str
    remedy: str


_HEADS = ("县区", "文件", "版本", "工作表", "单元格", "内容", "类别", "没有读入的原因", "怎么办")


def unread_list(lines: Iterable[Unread], of: str) -> ListSheet:
    """The list of what was not read, as a sheet; `of` is the title of the form."""
    rows = [
        (
            one.county,
            one.file,
            one.version,
            one.sheet,
            one.cell,
            one.text,
            one.category,
            one.reason,
            one.remedy,
        )
        for one in lines
    ]
    return ListSheet(
        "未读清单",
        f"未读清单 · {of}",
        _HEADS,
        rows,
        f"返回的文件中没有读入汇总的 {len(rows)} 处内容、原因和处理办法",
    )


def refusal(data: bytes, error: SheetError) -> tuple[str, Problem]:
    """What a file that cannot be read is: to be typed in (a scan, a PDF, a .doc) or unread, with what to do."""
    problem = error.problems[0]
    for magic, what in _SCANS.items():
        if data.startswith(magic):
            return TO_TYPE, Problem(f"这是{what}，里面的数不会自动读入", file=problem.file, remedy=_RETYPE)
    if data.startswith(_OLE) and "WordDocument".encode("utf-16-le") in data:
        return TO_TYPE, Problem("这是旧格式的 Word 文档（.doc）", file=problem.file, remedy=_WORD)
    if "Word 文档里没有表格" in problem.what:
        return TO_TYPE, problem
    if data.startswith(b"{\\rtf"):
        return TO_TYPE, Problem("这是 RTF 文档", file=problem.file, remedy=_WORD)
    if problem.file.lower().endswith((".et", ".ett")):
        said = f"WPS 表格文件读不出来：{problem.what}"
        return UNREAD, Problem(
            said, file=problem.file, remedy="用 WPS 打开，另存为 .xlsx（Microsoft Excel 文件）"
        )
    return UNREAD, problem


def not_cells(data: bytes) -> list[str]:
    """What a workbook or document has beside its cells, in words: 图片 2 个; nothing where it is no archive.

    >>> not_cells(b"")
    []
    """
    counts: dict[str, int] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for part in archive.infolist():
                name = f"/{part.filename.lower()}"
                for sign, what in _BESIDE_CELLS:
                    if sign in name and not name.endswith((".rels", ".vml")):
                        counts[what] = counts.get(what, 0) + 1
                        break
                if "/drawings/drawing" in name and name.endswith(".xml") and part.file_size <= _MOST_DRAWING:
                    boxes = len(_TEXT_BOX.findall(archive.read(part)))
                    if boxes:
                        counts["文本框"] = counts.get("文本框", 0) + boxes
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, zlib.error):
        return []
    return [f"{what} {count} 个" for what, count in counts.items()]


def unread_file(entry: Entry, reason: str, remedy: str = "") -> Unread:
    """The line of a file of which nothing is merged."""
    return Unread(entry.county, entry.file, entry.version, "", "", "", "文件", reason, remedy)


def unread_table(entry: Entry, table: Table, label: str, reason: str, remedy: str = "") -> Unread:
    """The line of a table of which nothing is merged, because another version speaks for it."""
    origin = table.origin
    area = str(origin).rpartition("］")[2]
    return Unread(entry.county, entry.file, entry.version, origin.sheet, area, label, "表", reason, remedy)


def left_over(
    entry: Entry,
    reading: Reading,
    data: bytes,
    taken: frozenset[tuple[str, str]],
    template: TemplateText,
) -> Iterator[Unread]:
    """The cells of a file that are in none of the values `taken` (sheet, cell), by sheet and row, each with the reason.

    First what the file has beside its cells: pictures, text boxes, comments.
    """
    read = {table.origin.sheet for table in reading.tables}
    for what in not_cells(data):
        yield Unread(
            entry.county, entry.file, entry.version, "", BESIDE, what, "其他", "不是单元格里的内容，没有读",
            "其中有要报的数时，写进表里",
        )  # fmt: skip
    for grid in reading.grids:
        if grid.hidden and reading.container is Kept.DOCX:
            yield from (
                Unread(
                    entry.county, entry.file, entry.version, grid.name, f"A{line}", raw_text(row[0]), "文字",
                    "是 Word 文档里表格以外的文字", "有要报的数时，写进表里",
                )
                for line, row in enumerate(grid.rows, start=1)
            )  # fmt: skip
            continue
        if grid.hidden and grid.name not in read:
            yield Unread(
                entry.county, entry.file, entry.version, grid.name, "", f"{_filled(grid)} 个有内容的单元格", "工作表",
                "隐藏的工作表没有读", "其中有要报的数时，取消隐藏后重报",
            )  # fmt: skip
            continue
        tables = [table for table in reading.tables if table.origin.sheet == grid.name]
        yield from _of_sheet(entry, grid, tables, taken, template)


def not_understood(entry: Entry, values: Iterable[Value], asked: Container[str]) -> Iterator[Unread]:
    """What is among the values and in no merged table: tables of a kind that was not `asked` for, columns without a header."""
    tables: dict[tuple[str, str], list[Value]] = {}
    for value in values:
        if value.kind not in asked:
            tables.setdefault((value.sheet, value.table), []).append(value)
        elif not value.headed and value.text:
            yield Unread(
                entry.county, entry.file, entry.version, value.sheet, value.cell, value.raw, "数" if value.figure else "文字",
                "这一列没有表头，不知道是什么数，只列在汇总数据中", "补上表头",
            )  # fmt: skip
    for (sheet, table), of in tables.items():
        what = "没有认出是哪一类表" if of[0].kind == "other" else "不是样表里要的表"
        yield Unread(
            entry.county, entry.file, entry.version, sheet, _range_of(of), table, "表",
            f"{what}，其中 {len(of)} 个单元格只列在汇总数据中，没有进汇总表",
            "是要报的表时，改用样表的表头；旁的资料可不管",
        )  # fmt: skip


def _range_of(values: Iterable[Value]) -> str:
    """The range that values stand in."""
    cells = [CellRef.at("", "", value.cell) for value in values]
    rows, columns = [cell.row for cell in cells], [cell.column for cell in cells]
    first, last = CellRef("", "", min(rows), min(columns)), CellRef("", "", max(rows), max(columns))
    return f"{first.address}:{last.address}"


def _of_sheet(
    entry: Entry,
    grid: Grid,
    tables: list[Table],
    taken: frozenset[tuple[str, str]],
    template: TemplateText,
) -> Iterator[Unread]:
    # Headers, titles and units without a figure in them were read as what they are.
    said = {text for table in tables for text in (table.title, *table.notes)}
    for row, cells in enumerate(grid.rows):
        for column, cell in enumerate(cells):
            if isinstance(cell, str) and not cell.strip():
                continue
            at = CellRef(entry.file, grid.name, row + 1, column + 1)
            if (grid.name, at.address) in taken or template.has(cells, cell):
                continue
            category, reason, remedy = _why(grid, row, column, tables)
            if not has_number(cell) and (
                category == HEADER or joined(str(cell)) in said or is_meta(str(cell))
            ):
                continue
            yield Unread(
                entry.county, entry.file, entry.version, grid.name, at.address, raw_text(cell), category, reason, remedy
            )  # fmt: skip
    for (row, column), formula in grid.formulas.items():
        if formula and not is_own_formula(formula):
            at = CellRef(entry.file, grid.name, row, column)
            yield Unread(
                entry.county, entry.file, entry.version, grid.name, at.address, formula, "公式",
                "公式没有存下结果，读不到数", "用 Excel 或 WPS 打开，重新计算后保存，再报一次",
            )  # fmt: skip


def _why(grid: Grid, row: int, column: int, tables: Iterable[Table]) -> tuple[str, str, str]:
    """What a cell that no value took is, why, and what to do."""
    number = grid.textures[row, column] in (Texture.NUMBER, Texture.FIGURE, Texture.DATE)
    what = "数" if number else "文字"
    merge = grid.cover.get((row, column))
    if merge is not None and (merge.top, merge.left) != (row, column):
        return what, "盖在合并单元格下面，看不见", "取消合并，核实哪个是要报的数"
    for table in tables:
        origin = table.origin
        if not (
            origin.top <= row + 1 <= origin.bottom and origin.left <= column + 1 <= origin.right
        ) and not (table.header[0] <= row + 1 <= table.header[1]):
            continue
        if not table.transposed and table.header[0] <= row + 1 <= table.header[1]:
            return HEADER, "是表头，读作各列的名称", ""
        role = _role(table, column + 1 if table.transposed else row + 1)
        if role is Role.TEMPLATE:
            return what, "是示例行，不读入，但与样表的示例不同", "是要报的数时，把行名改掉“示例”二字"
        if role in (Role.NOTE, Role.SECTION):
            return what, "是表中的说明行或小标题", "有要报的数时，写进表里"
    if number:
        return what, "在表外，没有表头说明它是什么", "是要报的数时，写进表里或补上表头"
    return what, "是表题、单位、说明或表外的文字", "有要报的数时，写进表里"


def _role(table: Table, line: int) -> Role | None:
    found = [
        int(role) for at, role in zip(table.lines.tolist(), table.roles.tolist(), strict=True) if at == line
    ]
    return Role(found[0]) if found else None


def _filled(grid: Grid) -> int:
    return sum(not (isinstance(cell, str) and not cell.strip()) for row in grid.rows for cell in row)
