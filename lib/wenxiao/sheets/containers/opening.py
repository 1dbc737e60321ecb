"""The grids of a file, whatever its container."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from wenxiao.model import SheetError
from wenxiao.sheets.cells.grid import Grid, Merge
from wenxiao.sheets.cells.texture import Cell
from wenxiao.sheets.containers.container import OLE, Container, identify, refused
from wenxiao.sheets.containers.delimited import delimited_grid
from wenxiao.sheets.containers.docx_tables import document_grids
from wenxiao.sheets.containers.encryption import is_locked, unlocked
from wenxiao.sheets.containers.ods import OpenDocument
from wenxiao.sheets.containers.package import BROKEN, usual, with_known_errors
from wenxiao.sheets.containers.spreadsheet_xml import spreadsheet_grids
from wenxiao.sheets.containers.xls_workbook import BinaryWorkbook
from wenxiao.sheets.containers.xlsb_records import PackedRecords
from wenxiao.sheets.containers.xlsx_workbook import PackedWorkbook
from wenxiao.sheets.foreign_file import read_apart

_Source = PackedWorkbook | PackedRecords | BinaryWorkbook | OpenDocument
_SOURCES: dict[Container, type[_Source]] = {
    Container.XLSX: PackedWorkbook,
    Container.XLSB: PackedRecords,
    Container.XLS: BinaryWorkbook,
    Container.ODS: OpenDocument,
}
_RESAVE = "用 Excel 或 WPS 打开后另存为 .xlsx 再试"
MOST_XLS_COLUMNS = 256


@dataclass(frozen=True)
class Opened:
    """A file's bytes as grids: the container, how it was decoded, and its sheets, hidden ones included."""

    container: Container
    grids: tuple[Grid, ...]
    encoding: str = ""
    delimiter: str = ""


def open_grids(path: Path) -> list[Grid]:
    """The sheets of a file as raw grids, hidden ones included; SheetError with the cause where it cannot be read."""
    return list(opened(bytes_of(path), path.name).grids)


def bytes_of(path: Path) -> bytes:
    """The bytes of a file; SheetError where there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise refused(path.name, "找不到文件", "检查文件名和所在文件夹") from None
    except IsADirectoryError:
        raise refused(path.name, "这是文件夹，不是文件", "指明其中的文件") from None
    except OSError as error:
        raise refused(path.name, f"文件打不开：{error.strerror}", "检查文件权限，关闭占用它的程序") from error


def opened(data: bytes, file: str) -> Opened:
    """The grids that `data` holds, read apart; SheetError naming `file` and the cause where it cannot be read."""
    return read_apart(opened_here, file, data)


def opened_here(data: bytes, file: str) -> Opened:
    """The same, read in this process."""
    if data.startswith(OLE) and is_locked(data):
        data = unlocked(data, file)
    container = identify(data, file)
    name = Path(file).stem
    if container is Container.TEXT:
        text, encoding = _decoded(data, file)
        grid, delimiter = delimited_grid(text, file)
        return Opened(container, (grid,), encoding, delimiter)
    if container is Container.HTML:
        from wenxiao.sheets.containers.html_tables import markup_grids  # noqa: PLC0415 - seldom, and loads bs4

        text, encoding = _decoded(data, file)
        return Opened(container, markup_grids(text, name, file), encoding)
    if container is Container.XML:
        text, encoding = _decoded(data, file)
        return Opened(container, spreadsheet_grids(text, file), encoding)
    if container is Container.MHTML:
        from wenxiao.sheets.containers.mhtml import message_grids  # noqa: PLC0415 - seldom, and loads bs4

        return Opened(container, message_grids(data, name, file))
    if container is Container.DOCX:
        return Opened(container, document_grids(data, file))
    return Opened(container, _workbook(data, file, container))


def _workbook(data: bytes, file: str, container: Container) -> tuple[Grid, ...]:
    try:
        if container is Container.XLSX:
            data = usual(data)
        source = _SOURCES[container](data)
        if isinstance(source, BinaryWorkbook) and source.old:
            return tuple(source.grids())
        try:
            return _sheets(data, file, container, source)
        except CalamineError as error:
            if container is not Container.XLSX or "Unsupported cell error value" not in str(error):
                raise
            return _sheets(with_known_errors(data), file, container, source)
    except SheetError:
        raise
    except (CalamineError, TypeError, struct.error, *BROKEN) as error:
        if "password" in str(error).lower() or "encrypt" in str(error).lower():
            raise refused(file, "文件已加密", "取消密码后另存再试") from error
        raise refused(file, f"文件不完整或已损坏（{error}）", _RESAVE) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise refused(file, "文件已损坏，读取程序无法解析", _RESAVE) from error


def _sheets(data: bytes, file: str, container: Container, source: _Source) -> tuple[Grid, ...]:
    """The sheets as calamine reads them, each with what it leaves out."""
    grids: list[Grid] = []
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for entry in book.sheets_metadata:
        if entry.typ is not SheetTypeEnum.WorkSheet:
            continue
        source.check(entry.name, file)
        source.begin(entry.name)
        sheet = book.get_sheet_by_name(entry.name)
        rows = cast("list[list[Cell]]", sheet.to_python(skip_empty_area=False))
        merges = [
            Merge(top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        ]
        height, width = len(rows), max(map(len, rows), default=0)
        if container is Container.XLS and width > MOST_XLS_COLUMNS:
            raise refused(file, "文件已损坏，有单元格在工作表之外", _RESAVE)
        hidden = entry.visible is not SheetVisibleEnum.Visible
        supplement = source.supplement(entry.name, height, width)
        grids.append(supplement.grid(entry.name, rows, merges, source.palette, hidden=hidden))
    return tuple(grids)


def _decoded(data: bytes, file: str) -> tuple[str, str]:
    """The text and the name of its encoding: UTF-8, UTF-16 by its mark, GB18030, each strictly, in this order."""
    encodings = ["utf-16"] if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding), "utf-8" if encoding == "utf-8-sig" else encoding
        except UnicodeDecodeError:
            continue
    raise refused(
        file, "文字编码无法识别，既不是 UTF-8、UTF-16，也不是 GB18030", "用 Excel 打开后另存为 .xlsx"
    )
