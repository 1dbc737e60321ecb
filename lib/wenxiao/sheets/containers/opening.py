"""The grids of a file, whatever its container."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import cast

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from wenxiao.model import SheetError
from wenxiao.sheets.cells.grid import Grid, Merge, grid_of
from wenxiao.sheets.cells.texture import Cell
from wenxiao.sheets.containers.container import Container, identify, refused
from wenxiao.sheets.containers.docx_tables import document_grids
from wenxiao.sheets.containers.html_tables import markup_grids
from wenxiao.sheets.containers.ods import OpenDocument
from wenxiao.sheets.containers.xls_formats import BinaryFormats
from wenxiao.sheets.containers.xlsb_records import PackedRecords
from wenxiao.sheets.containers.xlsx_formats import PackedFormats

_Formats = PackedFormats | PackedRecords | BinaryFormats | OpenDocument
_FORMATS: dict[Container, type[_Formats]] = {
    Container.XLSX: PackedFormats,
    Container.XLSB: PackedRecords,
    Container.XLS: BinaryFormats,
    Container.ODS: OpenDocument,
}
MOST_XLS_COLUMNS = 256
_DELIMITERS = "\t,;|"


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
    """The grids that `data` holds; SheetError naming `file` and the cause where it cannot be read."""
    container = identify(data, file)
    if container is Container.TEXT:
        return _delimited(data, file)
    if container is Container.HTML:
        text, encoding = _decoded(data, file)
        return Opened(container, markup_grids(text, Path(file).stem), encoding)
    if container is Container.DOCX:
        return Opened(container, document_grids(data, file))
    return Opened(container, _workbook(data, file, container))


def _workbook(data: bytes, file: str, container: Container) -> tuple[Grid, ...]:
    grids: list[Grid] = []
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        formats = _FORMATS[container](data) if container in _FORMATS else None
        for entry in book.sheets_metadata:
            if entry.typ is not SheetTypeEnum.WorkSheet:
                continue
            if isinstance(formats, (PackedFormats, PackedRecords, OpenDocument)):
                formats.check(entry.name, file)
            if isinstance(formats, PackedFormats):
                formats.begin(entry.name)
            sheet = book.get_sheet_by_name(entry.name)
            rows = cast("list[list[Cell]]", sheet.to_python(skip_empty_area=False))
            if isinstance(formats, (PackedFormats, PackedRecords)):
                for (row, column), fault in formats.faults(entry.name).items():
                    if row < len(rows) and column < len(rows[row]) and rows[row][column] == "":
                        rows[row][column] = fault
            merges = [
                Merge(top, left, bottom, right)
                for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
            ]
            height, width = len(rows), max(map(len, rows), default=0)
            if container is Container.XLS and width > MOST_XLS_COLUMNS:
                raise refused(
                    file, "文件已损坏，有单元格在工作表之外", "用 Excel 或 WPS 打开后另存为 .xlsx 再试"
                )
            if isinstance(formats, OpenDocument):
                merges = formats.merges(entry.name, height, width)
            elif isinstance(formats, PackedRecords):
                merges = formats.merges(entry.name)
            style_of = formats.styles(entry.name, height, width) if formats is not None else None
            grids.append(
                grid_of(
                    entry.name,
                    rows,
                    merges,
                    hidden=entry.visible is not SheetVisibleEnum.Visible,
                    palette=formats.palette if formats is not None else (),
                    style_of=style_of,
                    formulas_of=_formulas_of(formats, entry.name, height, width),
                )
            )
    except SheetError:
        raise
    except (
        CalamineError,
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        ValueError,
        KeyError,
        TypeError,
        NotImplementedError,
        EOFError,
    ) as error:
        if "password" in str(error).lower() or "encrypt" in str(error).lower():
            raise refused(file, "文件已加密", "取消密码后另存再试") from error
        raise refused(
            file, f"文件不完整或已损坏（{error}）", "用 Excel 或 WPS 打开后另存为 .xlsx 再试"
        ) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise refused(
            file, "文件已损坏，读取程序无法解析", "用 Excel 或 WPS 打开后另存为 .xlsx 再试"
        ) from error
    return tuple(grids)


def _formulas_of(
    formats: _Formats | None, sheet: str, height: int, width: int
) -> Callable[[], Mapping[tuple[int, int], str]] | None:
    if isinstance(formats, PackedFormats):
        return partial(formats.formulas, sheet)
    return partial(formats.formulas, sheet, height, width) if isinstance(formats, OpenDocument) else None


def _delimited(data: bytes, file: str) -> Opened:
    text, encoding = _decoded(data, file)
    lines = text.splitlines()
    delimiter = _delimiter(lines)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise refused(file, f"文本表格格式有误（{error}）", "检查引号是否成对，或另存为 .xlsx") from error
    return Opened(Container.TEXT, (grid_of(Path(file).stem, rows),), encoding, delimiter)


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


def _delimiter(lines: list[str]) -> str:
    """The sign that stands between cells: the one found most often in the first lines, a tab before a comma."""
    sample = [line for line in lines[:50] if line.strip()]
    counts = {sign: sum(line.count(sign) for line in sample) for sign in _DELIMITERS}
    if sample and sum("\t" in line for line in sample) * 2 >= len(sample):
        return "\t"
    return max(_DELIMITERS[1:], key=lambda sign: counts[sign])
