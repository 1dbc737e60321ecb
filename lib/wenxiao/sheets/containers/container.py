"""What a file is, by its first bytes and never by its suffix; what cannot be read says why and what to do."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from enum import Enum

from wenxiao.model import Problem, SheetError
from wenxiao.sheets.containers.compound_file import hangs_together


class Container(Enum):
    """The kinds of file that are read, and the frame, which is none."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    TEXT = "csv"
    HTML = "html"
    MHTML = "mhtml"
    XML = "xml"
    DOCX = "docx"
    FRAME = "DataFrame"

    @property
    def label(self) -> str:
        """The Chinese words for it."""
        return _LABELS[self]


_LABELS = {
    Container.XLSX: "Excel 工作簿（xlsx、xlsm）",
    Container.XLSB: "Excel 二进制工作簿（xlsb）",
    Container.XLS: "Excel 97—2003 工作簿（xls）",
    Container.ODS: "ODF 表格（ods）",
    Container.TEXT: "文本表格（csv、tsv）",
    Container.HTML: "网页表格（html）",
    Container.MHTML: "单个文件网页（mht）",
    Container.XML: "XML 电子表格 2003（xml）",
    Container.DOCX: "Word 文档中的表格（docx）",
    Container.FRAME: "数据框（pandas）",
}

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_RESAVE = "用 Excel 或 WPS 打开后另存为 .xlsx 再试"
_FOREIGN = {
    b"%PDF": "这是 PDF 文件，不是表格",
    b"\x89PNG": "这是图片，不是表格",
    b"\xff\xd8\xff": "这是图片，不是表格",
    b"GIF8": "这是图片，不是表格",
    b"Rar!": "这是 RAR 压缩包，不是表格",
    b"7z\xbc\xaf": "这是 7z 压缩包，不是表格",
    b"\x1f\x8b": "这是 gzip 压缩包，不是表格",
    b"{\\rtf": "这是 RTF 文档，不是表格",
}
_LOOKED_AT = 1 << 20
_COMMENT = re.compile(r"<!--.*?(?:-->|$)", re.DOTALL)
_PAGE = re.compile(r"<(?:!doctype html|html|head|body|table|meta|style|div|tr|td|center|form|font|p|span)\b")
_MESSAGE = re.compile(
    r"(?:[a-z-]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){0,20}?content-type:\s*(?:multipart/[a-z]+|text/html)"
)
_OLD_BEGINNINGS = (b"\x09\x00", b"\x09\x02", b"\x09\x04", b"\x09\x08")
_OLD_LENGTHS = (b"\x04\x00", b"\x06\x00", b"\x08\x00", b"\x10\x00")
"""A workbook of Excel 2 to 5 without a compound file around it begins with the record BOF and its length."""
MOST_BYTES = 2 << 30
"""The most a workbook may unpack to: a national ledger takes a tenth of it, a zip bomb a thousand times."""


def identify(data: bytes, file: str) -> Container:
    """The container that `data` is; SheetError with the cause where it is none that can be read."""
    if not data:
        raise refused(file, "文件是空的（0 字节）", "向报送单位索取完整文件")
    head = data[:8]
    if head.startswith(_ZIP) or data[:4] == b"PK\x05\x06":
        return _packed(data, file)
    if head.startswith(OLE):
        return _compound(data, file)
    for magic, what in _FOREIGN.items():
        if head.startswith(magic):
            raise refused(file, what, "提供 .xlsx、.xls、.ods 或 .csv 格式的表格")
    if data[:2] in _OLD_BEGINNINGS and data[2:4] in _OLD_LENGTHS:
        return Container.XLS
    start = _beginning(data)
    if _MESSAGE.match(start):
        return Container.MHTML
    if start.startswith("<"):
        if "urn:schemas-microsoft-com:office:spreadsheet" in start and "<workbook" in start:
            return Container.XML
        if _PAGE.search(_COMMENT.sub("", start)):
            return Container.HTML
        if start.startswith("<?xml"):
            raise refused(file, "这是 XML 文件，不是可以读取的表格", _RESAVE)
    if data[:2] not in (b"\xff\xfe", b"\xfe\xff") and b"\0" in data[:4096]:
        raise refused(file, "不是可以识别的表格文件，可能已损坏", _RESAVE)
    return Container.TEXT


def _beginning(data: bytes) -> str:
    """The first signs of a text in lower case; a page's table may stand behind a long style or comment."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1"
    return data[:_LOOKED_AT].decode(encoding, "replace").lstrip("\u00ef\u00bb\u00bf\ufeff \t\r\n\0").lower()


def locked(file: str) -> SheetError:
    """The error for a file that needs a password."""
    return refused(file, "文件已加密", "取消密码后另存再试")


def refused(
    file: str, what: str, remedy: str, *, sheet: str = "", value: str = "", rule: str = ""
) -> SheetError:
    """The error for a file or sheet that cannot be read."""
    return SheetError(Problem(what, file=file, sheet=sheet, value=value, rule=rule, remedy=remedy))


def _packed(data: bytes, file: str) -> Container:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise refused(file, "文件不完整或已损坏，无法解开", "重新传输或另存一次后再试") from error
    if any(part.flag_bits & 1 for part in parts):
        raise locked(file)
    if (
        sum(part.compress_size for part in parts) > len(data)
        or sum(part.file_size for part in parts) > MOST_BYTES
    ):
        raise refused(
            file,
            "解开后大得反常，拒绝读取",
            "核实文件来源，另存为正常的工作簿",
            rule=f"解开后不超过 {MOST_BYTES >> 30} GB",
        )
    names = {part.filename.replace("\\", "/").lstrip("/") for part in parts}
    if "xl/workbook.bin" in names:
        return Container.XLSB
    if any(name.lower().startswith("xl/") for name in names) or _declares_workbook(archive, file):
        return Container.XLSX
    if "content.xml" in names:
        return Container.ODS
    if "word/document.xml" in names:
        return Container.DOCX
    raise refused(file, "这是压缩包，里面没有工作簿", "先解压，再提供其中的表格文件")


def _declares_workbook(archive: zipfile.ZipFile, file: str) -> bool:
    """Whether the types of a package name the main part of a workbook, wherever it stands."""
    if "[Content_Types].xml" not in archive.namelist():
        return False
    try:
        return b"spreadsheetml.sheet.main+xml" in archive.read("[Content_Types].xml")
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, NotImplementedError) as error:
        raise refused(file, f"文件不完整或已损坏（{error}）", "重新传输或另存一次后再试") from error


def _compound(data: bytes, file: str) -> Container:
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("Workbook") or holds("Book"):
        if not hangs_together(data):
            raise refused(file, "文件不完整或已损坏，内部的链断了", _RESAVE)
        return Container.XLS
    if holds("WordDocument"):
        raise refused(file, "这是旧格式的 Word 文档（.doc）", "用 Word 或 WPS 打开后另存为 .docx")
    raise refused(file, "不是可以识别的表格文件，可能已损坏", _RESAVE)
