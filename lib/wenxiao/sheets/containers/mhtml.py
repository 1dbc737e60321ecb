"""A web page saved as a single file: its HTML parts, in their order, with the names of the sheets they hold."""

from __future__ import annotations

import email
import email.policy
import re
from email.message import EmailMessage

from wenxiao.sheets.cells.grid import Grid
from wenxiao.sheets.containers.container import refused
from wenxiao.sheets.containers.html_tables import markup_grids

_SHEET = re.compile(
    r"<x:ExcelWorksheet>.*?<x:Name>(.*?)</x:Name>(?:(?!</x:ExcelWorksheet>).)*?"
    r"(?:<x:WorksheetSource\s+HRef=\"([^\"]*)\")?(?:(?!</x:ExcelWorksheet>).)*</x:ExcelWorksheet>",
    re.DOTALL | re.IGNORECASE,
)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)


def message_grids(data: bytes, name: str, file: str) -> tuple[Grid, ...]:
    """The grids of all HTML parts; SheetError where there is none."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    pages = [
        (str(part.get("Content-Location", "")), _text(part))
        for part in message.walk()
        if part.get_content_type() in ("text/html", "application/xhtml+xml")
        and isinstance(part, EmailMessage)
    ]
    if not pages:
        raise refused(file, "单个文件网页里没有网页", "用 Excel 或 WPS 打开后另存为 .xlsx 再试")
    names = {
        source.rpartition("/")[2]: title
        for _, page in pages
        for title, source in _SHEET.findall(page)
        if source
    }
    grids: list[Grid] = []
    for location, page in pages:
        called = names.get(location.rpartition("/")[2]) or (name if not grids else f"{name} {len(grids) + 1}")
        grids += markup_grids(page, called, file)
    return tuple(grids)


def _text(part: EmailMessage) -> str:
    """The text of a part by its stated character set, else by that of the page itself, else UTF-8 or GB 18030."""
    content = part.get_payload(decode=True)
    data = content if isinstance(content, bytes) else b""
    stated = part.get_content_charset() or ""
    inner = _CHARSET.search(data[:4096])
    guesses = [stated, inner[1].decode("ascii", "replace") if inner is not None else ""]
    for guess in (*guesses, "utf-8-sig", "gb18030"):
        encoding = "gb18030" if guess.lower() in ("gb2312", "gbk", "x-gbk", "cp936") else guess
        try:
            if encoding and encoding != "us-ascii":
                return data.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("utf-8", "replace")
