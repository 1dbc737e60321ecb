"""Text tables: what cuts the lines into cells, found where it cuts all of them alike, and the cells."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from wenxiao.model import CellRef, Finding, Severity
from wenxiao.sheets.cells.grid import Grid, grid_of
from wenxiao.sheets.cells.texture import Cell
from wenxiao.sheets.containers.container import refused

_DELIMITERS = "\t,;|，；"
_DECLARED = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)
_GUARDED = r'(?<![^{0}\r\n])[ \t]*="([^"\r\n]*)"[ \t]*(?=[{0}\r\n]|$)'
"""A cell written ="0123", which keeps a spreadsheet program from changing it."""
_AFTER_QUOTE = r'"[ \t]+(?=[{0}\r\n]|$)'
_THOUSANDS = re.compile(r"(?<![\d,])\d{1,3}(?:,\d{3})+(?![\d,])")
_SAMPLED = 200
_MOST_NAMED = 20
_QUOTES = "检查引号是否成对，或另存为 .xlsx"
csv.field_size_limit(1 << 27)


def delimited_grid(text: str, file: str) -> tuple[Grid, str]:
    """The cells of a text table, and the sign between them; SheetError where a quote does not end where a cell does.

    A line with more cells than the others is a finding: a comma within a number, most often, has moved its cells.
    """
    declared = _DECLARED.match(text)
    above = 1 if declared is not None else 0
    text = text[declared.end() :] if declared is not None else text
    sign = declared[1] if declared is not None else delimiter_of(text)
    rows: list[list[Cell]] = [[""]] * above
    lines = [above]
    for line, row in _rows(text, sign, file):
        rows.append(row)
        lines.append(line)
    name = Path(file).stem
    return grid_of(name, rows, findings=_uneven(rows, above, file, name)), sign


def delimiter_of(text: str) -> str:
    r"""The sign that cuts the most lines into the same number of cells, quotes and thousands in numbers left alone.

    >>> delimiter_of("县区;预算数\n甲县;1,234,567.00\n"), delimiter_of("a\t,b\t\n1\t,2\t\n")
    (';', ',')
    """
    lines = [line for line in text[: 1 << 20].splitlines()[:_SAMPLED] if line.strip()]
    quoted = [re.sub(r'"[^"]*"', '"', line) for line in lines]

    def evenness(sign: str) -> tuple[int, int]:
        cut = [
            line.count(sign) if sign != "," else _THOUSANDS.sub("0", line).count(sign)
            for line in (_without_padding(line, sign) for line in quoted)
        ]
        counts = Counter(count for count in cut if count)
        return max(((times, count) for count, times in counts.items()), default=(0, 0))

    best = {sign: evenness(sign) for sign in _DELIMITERS}
    if best[","] < (len(lines), 1):
        # The commas of a line may all look like thousands (100,200,300): then they count as they stand.
        plain = Counter(count for line in quoted if (count := line.count(",")))
        times, count = max(((times, count) for count, times in plain.items()), default=(0, 0))
        best[","] = max(best[","], (times, count))
    return max(_DELIMITERS, key=lambda sign: best[sign][0]) if any(best.values()) else ","


def _without_padding(line: str, sign: str) -> str:
    """A line without the tabs that pad cells before another delimiter."""
    return re.sub(r"\t+(?=[,;|]|$)", "", line) if sign == "\t" and re.search(r"\t[,;|]", line) else line


def _rows(text: str, sign: str, file: str) -> Iterator[tuple[int, list[Cell]]]:
    """Each row with the line it begins in."""
    mark = re.escape(sign)
    text = re.sub(_GUARDED.format(mark), r'"\1"', text)
    text = re.sub(_AFTER_QUOTE.format(mark), '"', text)
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=sign, strict=True, skipinitialspace=sign != "\t"
    )
    begin = 1
    width = 0
    try:
        for row in reader:
            if any("\n" in cell and _swallows(cell, sign, width) for cell in row):
                raise refused(
                    file,
                    f"文本表格第 {begin} 行的引号没有结束，把后面的行也包了进去",
                    _QUOTES,
                    rule="引号成对",
                )
            width = max(width, len(row))
            yield begin, list(row)
            begin = reader.line_num + 1
    except csv.Error as error:
        raise refused(
            file, f"文本表格第 {begin} 行起引号不成对，后面的内容读不准（{error}）", _QUOTES, rule="引号成对"
        ) from error


def _swallows(cell: str, sign: str, width: int) -> bool:
    """Whether a quoted cell holds whole lines of the table."""
    return width > 1 and any(line.count(sign) == width - 1 for line in cell.splitlines()[1:])


def _uneven(rows: list[list[Cell]], above: int, file: str, name: str) -> list[Finding]:
    widths = Counter(len(row) for row in rows[above:] if any(str(cell).strip() for cell in row))
    if len(widths) < 2:
        return []
    first = next((len(row) for row in rows[above:] if len(row) > 1), 0)
    usual, times = max(widths.items(), key=lambda item: (item[1], item[0] == first))
    usual = first if times * 2 <= sum(widths.values()) and first else usual
    longer = [at for at, row in enumerate(rows) if any(str(cell).strip() for cell in row[usual:])]
    if not longer or usual < 2:
        return []
    cells = tuple(CellRef(file, name, at + 1, usual + 1) for at in longer[:_MOST_NAMED])
    more = "等" if len(longer) > _MOST_NAMED else ""
    return [
        Finding(
            "sheet-uneven-lines", Severity.WARNING, name,
            f"{file} 的第 {'、'.join(str(cell.row) for cell in cells)}{more} 行比其他行多出格子（其他行 {usual} 格），"
            "可能是数里的千分号没有加引号，把一个数分成了几格。", cells=cells,
            remedy="给含分隔符的内容加引号，或另存为 .xlsx",
        )
    ]  # fmt: skip
